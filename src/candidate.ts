import { type ManifestHead, predictorKey } from './baseline/head.ts';
import { copyRun, keepRun, keptRun, restoreRun } from './baseline/kept.ts';
import type { Baseline } from './baseline/open.ts';
import { openTables, readRun } from './baseline/read.ts';
import type { Run } from './baseline/run.ts';
import { writeManifest, writeTables } from './baseline/write.ts';
import { GateError } from './errors.ts';
import { type CheckClean, missingJobs, predictSuite } from './evaluate/evaluate.ts';
import { CACHE_BYTES, pruneCache } from './evaluate/prune.ts';
import { refuseTooMany } from './evaluate/requests.ts';
import { scoreRun } from './evaluate/score-run.ts';
import { type SetupCheck, stopWrongSetup } from './evaluate/setup.ts';
import { changedTruth } from './perturb/change.ts';
import { type EvaluateOptions, makePlan, type Plan } from './plan.ts';

/** How a candidate is evaluated beside its baseline. */
export interface CandidateOptions extends EvaluateOptions {
  /** Asks predictors that may have changed under an unchanged name again, whatever is known of them. */
  readonly afresh?: boolean;
  /** A run directory of this very plan that was made elsewhere (merged shards): nothing is predicted. */
  readonly evaluated?: string;
}

/**
 * Evaluates one model and leaves its run directory.
 *
 * @throws GateError when the config, the data set or the model cannot be used; what is finished is kept.
 */
export async function evaluateModel(options: EvaluateOptions): Promise<Run> {
  const plan = await makePlan(options);
  await checkRequests(plan, { kind: 'none', reasons: [] }, options);
  return evaluatePlan(plan, options, stopWrongSetup(setupOf(plan, options, null)));
}

export async function evaluateCandidate(
  plan: Plan,
  baseline: Baseline,
  options: CandidateOptions,
): Promise<Run> {
  if (options.evaluated !== undefined) return adoptRun(options.evaluated, plan, options);
  const clean = baseline.kind === 'found' ? (baseline.run.manifest.metrics[0]?.map ?? null) : null;
  const check = stopWrongSetup(setupOf(plan, options, clean));
  if (baseline.kind === 'found' && isBaselines(plan, baseline, options)) {
    await copyRun(baseline.directory, options.outDirectory);
    return readRun(options.outDirectory);
  }
  return evaluatePlan(plan, { ...options, cacheDirectory: cacheOf(plan, options) }, check);
}

/** Whether the baseline's detections are the candidate's, and are to be believed. */
function isBaselines(plan: Plan, baseline: Baseline, options: CandidateOptions): boolean {
  return (
    baseline.kind === 'found' && !isAskedAfresh(plan, options) && sameRun(baseline.run, plan.head)
  );
}

function isAskedAfresh({ config }: Plan, { afresh }: CandidateOptions): boolean {
  return afresh === true && !REPEATABLE.includes(config.predictor.kind);
}

function cacheOf(plan: Plan, options: CandidateOptions): string {
  return isAskedAfresh(plan, options) ? `${options.outDirectory}-cache` : options.cacheDirectory;
}

/**
 * Holds all that a candidate will be asked, in whatever order and however many looks, against the config's
 * `maxRequests`.
 *
 * @throws GateError before the first request.
 */
export async function checkRequests(
  plan: Plan,
  baseline: Baseline,
  options: CandidateOptions,
): Promise<void> {
  const { config, head } = plan;
  if (options.evaluated !== undefined || isBaselines(plan, baseline, options)) return;
  const cacheDirectory = cacheOf(plan, options);
  await refuseTooMany(config.predictor, async () => {
    const kept = await readRun(keptRun(cacheDirectory, head)).catch(() => null);
    if (kept !== null) return 0;
    const { seed } = config.suite;
    const key = predictorKey(head, config.predictor);
    const jobs = await missingJobs({ ...plan, seed, cacheDirectory, predictorKey: key });
    return jobs.reduce((sum, { conditions }) => sum + conditions.length, 0);
  });
}

/**
 * What a check of the model's settings needs to know; null for a model that is fed elsewhere.
 *
 * @param baseline The baseline's mAP on clean images, x 100; null without one.
 */
export function setupOf(
  { config: { predictor }, dataset, location, head }: Plan,
  { allowed, cacheDirectory }: Pick<EvaluateOptions, 'allowed' | 'cacheDirectory'>,
  baseline: number | null,
): SetupCheck | null {
  const { preprocess, classes: names } = head.predictor;
  if (predictor.kind !== 'onnx' || preprocess === null) return null;
  const context = { location, allowed, cacheDirectory, workers: 1 };
  return { dataset, predictor, names, preprocess, context, baseline };
}

async function adoptRun(directory: string, plan: Plan, options: CandidateOptions): Promise<Run> {
  if (!sameRun(await readRun(directory), plan.head)) {
    throw new GateError('incomparable', {
      message: 'the shards are not of this config, data set and model (or of another version)',
      fix: 'check out the same commit with the same files in the shards’ job and in the merge job',
    });
  }
  await copyRun(directory, options.outDirectory);
  return readRun(options.outDirectory);
}

/** Predictors whose detections are decided by what the run has digests of. */
const REPEATABLE: readonly string[] = ['onnx', 'detections-file'];

/** Every digest is equal: the baseline's detections are the candidate's. */
export function sameRun({ manifest }: Run, head: ManifestHead): boolean {
  return (
    manifest.configDigest === head.configDigest &&
    manifest.model.digest === head.model.digest &&
    manifest.tool === head.tool
  );
}

/**
 * Evaluates what is planned and leaves the run directory.
 *
 * @param checkClean Told what was found in the first clean images; what it throws ends the run before the suite.
 */
export async function evaluatePlan(
  plan: Plan,
  options: EvaluateOptions,
  checkClean: CheckClean,
): Promise<Run> {
  const { config, location, dataset, conditions, head } = plan;
  const { seed } = config.suite;
  options.progress.say(`decoder ${head.predictor.decoder}: ${head.predictor.evidence}`);
  const kept = keptRun(options.cacheDirectory, head);
  const restored = await restoreRun(kept, options.outDirectory);
  if (restored !== null) {
    const total = dataset.samples.length * conditions.length;
    options.progress.start('predict', total, total);
    options.progress.finish();
    return restored;
  }
  const load = await predictSuite({
    dataset,
    conditions,
    seed,
    predictor: config.predictor,
    predictorKey: predictorKey(head, config.predictor),
    location,
    allowed: options.allowed,
    cacheDirectory: options.cacheDirectory,
    workers: options.workers,
    workerFile: options.workerFile,
    progress: options.progress,
    signal: options.signal,
    checkClean,
  });
  const files = await writeTables(options.outDirectory, head, async (rank) => ({
    truth: conditions.map((condition) => changedTruth(dataset.samples[rank]!, condition, seed)),
    detections: await load(rank),
  }));
  const tables = await openTables(options.outDirectory, { ...head, files });
  const scores = await scoreRun(head, tables, config.predictor.confidence, options.progress);
  const manifest = { ...head, ...scores, files };
  await writeManifest(options.outDirectory, manifest);
  await keepRun(kept, options.outDirectory);
  await pruneCache(options.cacheDirectory, CACHE_BYTES);
  return { manifest, ...tables };
}
