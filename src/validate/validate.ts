import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareManifests } from '../baseline/compatible.ts';
import { predictorKey } from '../baseline/head.ts';
import { readRun } from '../baseline/read.ts';
import type { Run } from '../baseline/run.ts';
import { LEAST_GROUPS } from '../compare/policy.ts';
import {
  groupsNeeded,
  type Resolution,
  resolutionOfCounts,
  resolutionOfRun,
} from '../compare/resolution.ts';
import { missingJobs } from '../evaluate/evaluate.ts';
import { type CleanScore, detectionsByImage, scoreClean } from '../evaluate/clean.ts';
import { findWrongSetup, LEAST_CLEAN } from '../evaluate/setup.ts';
import type { Detections } from '../boxes/labels.ts';
import type { Problem } from '../errors.ts';
import { evaluatePlan, setupOf } from '../candidate.ts';
import { type EvaluateOptions, makePlan, type Plan } from '../plan.ts';
import { decodeImage } from '../image/codec.ts';
import { changedImage } from '../perturb/change.ts';
import { conditionKey } from '../perturb/condition.ts';
import { families } from '../perturb/perturbation.ts';
import { openPredictor } from '../predict/open.ts';
import type { Validation } from './validation.ts';

/** Clean images that the model is tried on. */
const TRIED_IMAGES = 50;
/** With fewer groups a verdict has a warning. */
const ENOUGH_GROUPS = 80;
/** A class with fewer objects has an uncertain AP. */
const FEW_OBJECTS = 5;
/** Seconds that the timing may take. */
const TIMING_BUDGET = 8;

export interface ValidateOptions extends Omit<EvaluateOptions, 'outDirectory'> {
  /** Run directory of the baseline, or null. */
  readonly baseline: string | null;
  /** Seconds on any clock. */
  readonly now: () => number;
}

/**
 * Checks everything that can be checked before a run: config, data set, model, the model on some clean images;
 * and forecasts how long it takes and how small a drop would be seen.
 *
 * @throws GateError when something cannot be used.
 */
export async function validateGate(options: ValidateOptions): Promise<Validation> {
  const plan = await makePlan(options);
  const { config, dataset, conditions, head } = plan;
  const baseline = options.baseline === null ? null : await readRun(options.baseline);
  const differences = baseline ? compareManifests(baseline.manifest, head) : null;
  const found = await tryClean(plan, options);
  const clean = scoreClean(dataset, found);
  const reference = baseline?.manifest.metrics[0]?.map ?? null;
  const setup = setupOf(plan, options, reference);
  const wrong = setup && (await findWrongSetup(setup, found));
  const missing = await countMissing(plan, options);
  const inferences = dataset.samples.length * conditions.length;
  const { groups } = head.dataset;
  const known =
    baseline && differences?.kind === 'comparable'
      ? await resolutionOfRun(baseline, config.gate)
      : missing === 0
        ? await withRun(plan, options, (run) => resolutionOfRun(run, config.gate))
        : null;
  const classes = countObjects(plan);
  const resolution = groups < LEAST_GROUPS ? null : (known ?? byCounts(plan, classes));
  const unlike =
    differences && differences.kind !== 'comparable'
      ? [
          `The baseline cannot be compared with: ${differences.differences.map((d) => (typeof d === 'string' ? d : d.message)).join('; ')}.`,
        ]
      : [];
  const perSecond = missing > 0 ? await timeInferences(plan, options) : 0;
  return {
    images: dataset.samples.length,
    groups,
    families: families.flatMap((name) => {
      const count = conditions.filter((c) => c.kind === 'perturbed' && c.family === name).length;
      return count > 0 ? [{ name, conditions: count }] : [];
    }),
    conditions: conditions.length,
    inferences,
    cached: inferences - missing,
    workers: options.workers,
    seconds: (missing * perSecond) / options.workers,
    classes,
    clean,
    resolution,
    wanted: {
      drop: config.gate.ruleOut,
      groups: resolution && groupsNeeded(resolution, groups, config.gate.ruleOut),
    },
    warnings: [...unlike, ...warningsOf(clean, wrong, groups, classes)],
    notes: head.notes,
  };
}

/** The plan of fewer images or conditions; its detections share the cache with the whole. */
function part(plan: Plan, images: number, onlyClean: boolean): Plan {
  const { dataset, head } = plan;
  const conditions = onlyClean ? plan.conditions.slice(0, 1) : plan.conditions;
  return {
    ...plan,
    dataset: { ...dataset, samples: dataset.samples.slice(0, images) },
    conditions,
    head: {
      ...head,
      images: head.images.slice(0, images),
      suite: { ...head.suite, conditions: [...conditions] },
    },
  };
}

/** Evaluates a plan into a folder that goes afterwards. */
async function withRun<T>(
  plan: Plan,
  options: ValidateOptions,
  use: (run: Run) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'robustness-gate-validate-'));
  try {
    return await use(
      await evaluatePlan(plan, { ...options, outDirectory: folder }, async () => {}),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Images rank by content hash, so the first ones are a random sample. */
async function tryClean(plan: Plan, options: ValidateOptions): Promise<Detections[]> {
  return withRun(part(plan, TRIED_IMAGES, true), options, async (run) =>
    detectionsByImage(await run.detections(0)),
  );
}

async function countMissing(plan: Plan, { cacheDirectory }: ValidateOptions): Promise<number> {
  const { dataset, conditions, config, head } = plan;
  const jobs = await missingJobs({
    dataset,
    conditions,
    seed: config.suite.seed,
    cacheDirectory,
    predictorKey: predictorKey(head, config.predictor),
  });
  return jobs.reduce((sum, job) => sum + job.conditions.length, 0);
}

function countObjects({ dataset }: Plan): Validation['classes'] {
  const objects = dataset.classes.map(() => 0);
  for (const { groundTruth } of dataset.samples) {
    groundTruth.classes.forEach((of, i) => {
      if (!groundTruth.crowd[i] && !groundTruth.ignored[i]) objects[of]! += 1;
    });
  }
  return dataset.classes.map((name, i) => ({ name, objects: objects[i]! }));
}

function byCounts(plan: Plan, classes: Validation['classes']): Resolution {
  const { dataset, conditions, config, head } = plan;
  const size = { images: dataset.samples.length, groups: head.dataset.groups };
  return resolutionOfCounts(
    classes.map(({ objects }) => objects),
    size,
    conditions,
    config.gate,
  );
}

/** Mean seconds to perturb and predict an image, one thread: every condition of the first one while time lasts. */
async function timeInferences(
  plan: Plan,
  { now, allowed, cacheDirectory }: ValidateOptions,
): Promise<number> {
  const { config, dataset, conditions, location } = plan;
  const sample = dataset.samples[0];
  if (!sample) return 0;
  await using predictor = await openPredictor(config.predictor, {
    location,
    classes: dataset.classes,
    allowed,
    cacheDirectory,
    workers: 1,
  });
  const image = await decodeImage(sample.path);
  // The first inference sets the model up.
  await predictor.predict(image, { digest: sample.digest, condition: 'clean' });
  const began = now();
  let done = 0;
  for (const condition of conditions) {
    const { seed } = config.suite;
    const changed = await changedImage(image, sample.digest, condition, seed);
    const subject = { digest: sample.digest, condition: conditionKey(condition, seed) };
    await predictor.predict(changed, subject);
    done += 1;
    if (now() - began > TIMING_BUDGET) break;
  }
  return (now() - began) / done;
}

function warningsOf(
  { map, images }: CleanScore,
  wrong: Problem | null,
  groups: number,
  classes: Validation['classes'],
): string[] {
  const low = map === null || map < LEAST_CLEAN;
  const few = classes.filter(({ objects }) => objects > 0 && objects < FEW_OBJECTS);
  const names = (list: Validation['classes']): string => list.map(({ name }) => name).join(', ');
  return [
    ...(wrong
      ? [`A run would stop: ${wrong.message}. ${wrong.fix ?? ''}`]
      : low
        ? [
            `On ${images} clean images the model finds next to nothing (mAP ${map?.toFixed(1) ?? '–'}), and no other resizing, colour order or scale of pixel values fits: is it the right decoder, and are predictor.names its classes?`,
          ]
        : []),
    ...(groups < LEAST_GROUPS
      ? [`${groups} independent groups of images are too few: a verdict needs ${LEAST_GROUPS}.`]
      : groups < ENOUGH_GROUPS
        ? [
            `${groups} independent groups of images are few: ${ENOUGH_GROUPS} or more make a verdict firmer.`,
          ]
        : []),
    ...(few.length > 0
      ? [`Classes with fewer than ${FEW_OBJECTS} objects, so their AP is uncertain: ${names(few)}.`]
      : []),
  ];
}
