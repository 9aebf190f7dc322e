import type { Allowed } from '../allowed.ts';
import type { Detections } from '../boxes/labels.ts';
import type { Dataset, Sample } from '../dataset/dataset.ts';
import type { Location } from '../paths.ts';
import { type Condition, conditionKey } from '../perturb/condition.ts';
import type { PredictorOptions } from '../predict/open.ts';
import { currentNativeDirectory } from '../native.ts';
import { cacheFile, readCache, writeCache } from './cache.ts';
import type { Job } from './job.ts';
import { runJobs } from './pool.ts';
import { markUsed } from './prune.ts';
import type { Progress } from './progress.ts';

export interface Evaluation {
  readonly dataset: Dataset;
  readonly conditions: readonly Condition[];
  readonly seed: number;
  readonly predictor: PredictorOptions;
  /** Key of everything about the predictor that decides its detections. */
  readonly predictorKey: string;
  readonly location: Location;
  readonly allowed: Allowed;
  readonly cacheDirectory: string;
  readonly workers: number;
  readonly workerFile: URL;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
  /** Not asked when everything is in the cache. */
  readonly checkClean: CheckClean;
}

/** Told what was found in the first clean images before the suite goes on; what it throws ends the run. */
export type CheckClean = (found: readonly Detections[]) => Promise<void>;

/** Clean images that are looked at first. Images rank by content hash, so they are a random sample. */
const FIRST_IMAGES = 24;

/** Detections of one image, a list entry for each condition. */
export type LoadDetections = (sample: number) => Promise<readonly Detections[]>;

/**
 * Predicts every image under every condition that is not in the cache yet, and leaves all of it there.
 * The unit of work is one image with all its conditions: an interrupted run goes on where it was, an
 * unchanged model costs nothing, and memory does not grow with the number of images.
 *
 * @returns Reads the detections of one image back.
 * @throws GateError when an image cannot be predicted, or on interruption; what is finished is kept.
 */
export async function predictSuite(evaluation: Evaluation): Promise<LoadDetections> {
  const { dataset, conditions, progress } = evaluation;
  const keys = conditions.map((condition) => conditionKey(condition, evaluation.seed));
  const fileOf = (sample: Sample): string =>
    cacheFile(evaluation.cacheDirectory, evaluation.predictorKey, sample.digest);
  const jobs = await missingJobs(evaluation);
  const total = dataset.samples.length * conditions.length;
  const missing = jobs.reduce((sum, job) => sum + job.conditions.length, 0);
  progress.start(labelOf(evaluation.predictor), total, total - missing);
  try {
    if (jobs.length > 0) await predictJobs(jobs, keys, fileOf, evaluation);
  } finally {
    progress.finish();
  }
  return async (sample) => {
    const cached = await readCache(fileOf(dataset.samples[sample]!));
    return keys.map((key) => {
      const detections = cached.get(key);
      if (!detections) throw new Error(`the cache lost ${dataset.samples[sample]?.id}`);
      return detections;
    });
  };
}

/** What is not in the cache yet: an entry for each image that lacks conditions. */
export async function missingJobs({
  dataset,
  conditions,
  seed,
  cacheDirectory,
  predictorKey,
}: Pick<
  Evaluation,
  'dataset' | 'conditions' | 'seed' | 'cacheDirectory' | 'predictorKey'
>): Promise<Job[]> {
  const keys = conditions.map((condition) => conditionKey(condition, seed));
  const jobs: Job[] = [];
  for (const [sample, { id, path, digest }] of dataset.samples.entries()) {
    const cached = await readCache(cacheFile(cacheDirectory, predictorKey, digest));
    const missing = [...conditions.keys()].filter((index) => !cached.has(keys[index]!));
    if (missing.length > 0) jobs.push({ sample, id, path, digest, conditions: missing });
    else await markUsed(cacheFile(cacheDirectory, predictorKey, digest));
  }
  return jobs;
}

/** What progress says: requests cost money, so they are called by their name. */
function labelOf(predictor: PredictorOptions): string {
  return 'maxRequests' in predictor
    ? `predict by requests to ${new URL(predictor.url).host}`
    : 'predict';
}

/** A program of the user's is heavy: as many of it as the config says. */
function mostWorkers(predictor: PredictorOptions): number {
  return predictor.kind === 'command' ? predictor.processes : Infinity;
}

async function predictJobs(
  jobs: readonly Job[],
  keys: readonly string[],
  fileOf: (sample: Sample) => string,
  evaluation: Evaluation,
): Promise<void> {
  const { dataset, conditions, seed, predictor, location, allowed, progress } = evaluation;
  const workers = Math.min(evaluation.workers, jobs.length, mostWorkers(predictor));
  const first = jobs.filter(beginsClean).map((job) => ({ ...job, conditions: [0] }));
  await runJobs([...first, ...jobs.flatMap(afterClean)], {
    setup: {
      predictor,
      classes: dataset.classes,
      location,
      allowed,
      cacheDirectory: evaluation.cacheDirectory,
      workers,
      conditions,
      seed,
      nativeDirectory: currentNativeDirectory(),
    },
    workers,
    workerFile: evaluation.workerFile,
    signal: evaluation.signal,
    onStep: (condition) => progress.advance(1, conditions[condition]?.id ?? ''),
    async onDone(job, detections) {
      const file = fileOf(dataset.samples[job.sample]!);
      const images = new Map(await readCache(file));
      job.conditions.forEach((condition, i) => images.set(keys[condition]!, detections[i]!));
      await writeCache(file, images);
    },
    first: first.length,
    async onFirst() {
      const found: Detections[] = [];
      for (const sample of dataset.samples.slice(0, FIRST_IMAGES)) {
        found.push((await readCache(fileOf(sample))).get(keys[0]!)!);
      }
      await evaluation.checkClean(found);
    },
  });
}

/** Whether the job's clean image is one of the first. */
function beginsClean({ sample, conditions }: Job): boolean {
  return sample < FIRST_IMAGES && conditions[0] === 0;
}

/** What is left of a job when the first clean images are done. */
function afterClean(job: Job): Job[] {
  if (!beginsClean(job)) return [job];
  const conditions = job.conditions.slice(1);
  return conditions.length > 0 ? [{ ...job, conditions }] : [];
}
