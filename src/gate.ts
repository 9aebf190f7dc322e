import { basename, dirname, resolve } from 'node:path';
import type { Allowed } from './allowed.ts';
import { describeRun, type ManifestHead, predictorKey } from './baseline/head.ts';
import { copyRun, keepRun, keptRun, restoreRun } from './baseline/kept.ts';
import type { BaselineLookup } from './baseline/lookup.ts';
import { type Baseline, openBaseline } from './baseline/open.ts';
import { openTables, readRun } from './baseline/read.ts';
import type { Run } from './baseline/run.ts';
import { writeManifest, writeTables } from './baseline/write.ts';
import { type LimitComparison, measureLimits } from './compare/limits.ts';
import type { GatePolicy } from './compare/policy.ts';
import { withoutImages } from './compare/restrict.ts';
import { currentWaivers } from './compare/waivers.ts';
import { checkClassNames } from './config/classes.ts';
import { type BaseConfig, holdConfig } from './config/integrity.ts';
import { loadConfig } from './config/load.ts';
import type { GateConfig } from './config/schema.ts';
import type { Dataset } from './dataset/dataset.ts';
import { readDataset } from './dataset/read.ts';
import { GateError } from './errors.ts';
import { type CheckClean, predictSuite } from './evaluate/evaluate.ts';
import { type SetupCheck, stopWrongSetup } from './evaluate/setup.ts';
import type { Progress } from './evaluate/progress.ts';
import { CACHE_BYTES, pruneCache } from './evaluate/prune.ts';
import { scoreRun } from './evaluate/score-run.ts';
import { augmentationEffects } from './judge/effects.ts';
import { type Look, looksOf, stoppedVerdict, stops } from './judge/early-stop.ts';
import { type Judged, judgeRuns } from './judge/judge-runs.ts';
import type { Verdict } from './judge/verdict.ts';
import { worseVerdict } from './judge/worse.ts';
import { type Location, locate } from './paths.ts';
import type { Condition } from './perturb/condition.ts';
import { changedTruth } from './perturb/change.ts';
import { suiteConditions } from './perturb/suite.ts';
import { describePredictor } from './predict/open.ts';
import type { PredictorInfo } from './predict/predictor.ts';
import { showFailures } from './report/images.ts';
import { type Report, referenceReport } from './report/report.ts';

export interface EvaluateOptions {
  /** Path of robustness.yml; relative paths in it are relative to its folder. */
  readonly configFile: string;
  /** This model in place of the config's, relative to the config too. */
  readonly model?: string;
  /** The run directory is written here. */
  readonly outDirectory: string;
  readonly cacheDirectory: string;
  /** Worker threads, one model session each. */
  readonly workers: number;
  /** The bundled worker.js. */
  readonly workerFile: URL;
  /** Folder that no path of the config may leave; null where the user may name any. */
  readonly root: string | null;
  readonly allowed: Allowed;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface GateOptions extends EvaluateOptions {
  /** The config that this one is held against. */
  readonly baseConfig: BaseConfig;
  /** ISO date, for waivers: the pipe has no clock. */
  readonly today: string;
  readonly findBaseline: (name: string) => Promise<BaselineLookup>;
  /** Finds the run directory of `gate.reference`: absent where main has none. The path is absolute. */
  readonly findReference: (directory: string) => Promise<BaselineLookup>;
  /** Whether a baseline of other classes, floor or seed ends in an error (a pull request) or counts as none (main, which makes the next). */
  readonly onRefused: 'error' | 'no-baseline';
  /** Whether `gate.earlyStop` counts: not where the run is to be a baseline. */
  readonly mayStopEarly: boolean;
  /** Whether the check fails when there is no baseline. */
  readonly failWithoutBaseline: boolean;
  /** Asks predictors that may have changed under an unchanged name again, whatever is known of them. */
  readonly afresh?: boolean;
  /** A run directory of this very plan that was made elsewhere (merged shards): nothing is predicted. */
  readonly evaluated?: string;
}

export interface GateResult {
  readonly config: GateConfig;
  readonly verdict: Verdict;
  readonly report: Report;
  readonly runDirectory: string;
}

/** Everything that is known before the first inference. */
export interface Plan {
  readonly config: GateConfig;
  /** In which way the config that counts is not the pull request's. */
  readonly changes: readonly string[];
  readonly location: Location;
  readonly dataset: Dataset;
  readonly conditions: readonly Condition[];
  readonly predictor: PredictorInfo;
  readonly head: ManifestHead;
}

/** The second baseline, which the config names (`gate.reference`). */
interface Reference {
  /** What it is called: the last part of its path. */
  readonly name: string;
  readonly opened: Baseline;
}

/**
 * Judges a candidate against the baseline: the whole pipe.
 *
 * @throws GateError when it could not judge.
 */
export async function runGate(options: GateOptions): Promise<GateResult> {
  const plan = await makePlan(options, options.baseConfig);
  const { current, notes } = currentWaivers(plan.config.gate.waivers, options.today);
  const policy = { ...plan.config.gate, waivers: current };
  const baselines = {
    baseline: await findBaseline(plan, options),
    reference: await findReference(plan, options),
  };
  const groups = plan.dataset.samples.map(({ group }) => group);
  const looks = looksOf(groups, {
    ...policy,
    earlyStop: mayStop(plan, baselines, options, policy),
  });
  for (const look of looks.early) {
    const outcome = await judgeLook(plan, baselines, look, options);
    if (stops(outcome.verdict)) return finish(plan, stopped(outcome, plan), notes, options);
  }
  return finish(plan, await judgeLook(plan, baselines, looks.last, options), notes, options);
}

/** Looks cost alpha: where nothing is held against a baseline, or nothing is evaluated, none are taken. */
function mayStop(
  plan: Plan,
  { baseline }: Baselines,
  { mayStopEarly }: GateOptions,
  { earlyStop }: GatePolicy,
): boolean {
  if (!mayStopEarly || !earlyStop) return false;
  return baseline.kind === 'found' && !sameRun(baseline.run, plan.head);
}

/** What a candidate is held against. */
interface Baselines {
  readonly baseline: Baseline;
  /** Null where the config names none. */
  readonly reference: Reference | null;
}

/** What came out of one look. */
interface Outcome {
  readonly verdict: Verdict;
  /** Of the images that were looked at. */
  readonly plan: Plan;
  readonly baseline: Baseline;
  readonly candidate: Run;
  readonly judged: Judged;
  readonly reference: (Reference & Judged) | null;
  readonly limits: readonly LimitComparison[];
}

/** Evaluates the images of a look and judges them, and nothing else. */
async function judgeLook(
  whole: Plan,
  { baseline: found, reference }: Baselines,
  { images, policy }: Look,
  options: GateOptions,
): Promise<Outcome> {
  const plan = partOf(whole, images);
  const seen = new Set(images);
  const unseen = new Set(
    whole.dataset.samples.flatMap(({ digest }, rank) => (seen.has(rank) ? [] : [digest])),
  );
  const baseline = withoutUnseen(found, unseen);
  const candidate = await evaluateCandidate(plan, baseline, options);
  const { progress, failWithoutBaseline } = options;
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha, progress);
  const judged = await judgeRuns(
    baseline,
    candidate,
    policy,
    limits,
    failWithoutBaseline,
    progress,
  );
  const opened = reference && withoutUnseen(reference.opened, unseen);
  const second = opened && (await judgeRuns(opened, candidate, policy, [], false, progress));
  const verdict =
    second && reference
      ? worseVerdict(judged.verdict, second.verdict, reference.name)
      : judged.verdict;
  return {
    verdict,
    plan,
    baseline,
    candidate,
    judged,
    reference: second && opened && reference && { ...reference, opened, ...second },
    limits,
  };
}

function stopped(outcome: Outcome, { dataset }: Plan): Outcome {
  const seen = outcome.plan.dataset.samples.length;
  return { ...outcome, verdict: stoppedVerdict(outcome.verdict, seen, dataset.samples.length) };
}

/** The plan of some of the images. */
function partOf(plan: Plan, images: readonly number[]): Plan {
  const { config, conditions, predictor } = plan;
  if (images.length === plan.dataset.samples.length) return plan;
  const dataset = { ...plan.dataset, samples: images.map((rank) => plan.dataset.samples[rank]!) };
  const head = describeRun(config.predictor, predictor, dataset, conditions, config.suite.seed);
  return { ...plan, dataset, head };
}

/** The baseline without the images that are not looked at yet: they are not missing, they are to come. */
function withoutUnseen(baseline: Baseline, unseen: ReadonlySet<string>): Baseline {
  return baseline.kind === 'none' || unseen.size === 0
    ? baseline
    : { ...baseline, run: withoutImages(baseline.run, unseen) };
}

async function finish(
  { config }: Plan,
  { plan, baseline, candidate, judged, reference, limits, verdict }: Outcome,
  notes: readonly string[],
  { outDirectory, progress }: GateOptions,
): Promise<GateResult> {
  const made = await makeReport(plan, baseline, candidate, judged, reference, verdict, progress);
  const report = { ...made, limits, notes: [...notes, ...made.notes] };
  return { config, verdict, report, runDirectory: outDirectory };
}

/**
 * Evaluates one model and leaves its run directory.
 *
 * @throws GateError when the config, the data set or the model cannot be used; what is finished is kept.
 */
export async function evaluateModel(options: EvaluateOptions): Promise<Run> {
  const plan = await makePlan(options);
  return evaluatePlan(plan, options, stopWrongSetup(setupOf(plan, options, null)));
}

type PlanOptions = Pick<
  EvaluateOptions,
  'configFile' | 'model' | 'root' | 'cacheDirectory' | 'allowed'
>;

/**
 * Reads config, data set and model.
 *
 * @throws GateError with everything that is wrong with the first of them that cannot be used.
 */
export async function makePlan(
  { configFile, model, root, cacheDirectory, allowed }: PlanOptions,
  baseConfig: BaseConfig = { kind: 'none' },
): Promise<Plan> {
  if (root !== null && (await locate(configFile, { directory: '.', root })).kind === 'outside') {
    throw new GateError('config', { message: `the config leaves the workspace: ${configFile}` });
  }
  const { config: written, changes } = holdConfig(await loadConfig(configFile), baseConfig);
  const config = withModel(written, model);
  const location = { directory: dirname(resolve(configFile)), root };
  const world = { location, cacheDirectory, allowed };
  const dataset = await readDataset(config.dataset, world);
  checkClassNames(config.gate, dataset.classes, configFile);
  const conditions = suiteConditions(config.suite);
  const predictor = await describePredictor(config.predictor, {
    ...world,
    classes: dataset.classes,
    workers: 1,
  });
  const head = describeRun(config.predictor, predictor, dataset, conditions, config.suite.seed);
  return { config, changes, location, dataset, conditions, predictor, head };
}

/** @throws GateError where the predictor has no model to put another in place of. */
function withModel(config: GateConfig, model: string | undefined): GateConfig {
  const { predictor } = config;
  if (model === undefined) return config;
  if (!('model' in predictor)) {
    throw new GateError('usage', {
      message: `--model: the predictor ${predictor.kind} has no model file`,
      fix: 'leave it out',
    });
  }
  return { ...config, predictor: { ...predictor, model } };
}

async function findBaseline(plan: Plan, options: GateOptions): Promise<Baseline> {
  return openBaseline(await options.findBaseline(plan.config.name), plan.head, {
    who: 'the baseline',
    refused: options.onRefused,
    different: 'no-baseline',
  });
}

/** Being configured, it is judged against or the run fails; on main it is said, so that main leaves its baseline. */
async function findReference(plan: Plan, options: GateOptions): Promise<Reference | null> {
  const { reference } = plan.config.gate;
  if (reference === undefined) return null;
  const directory = resolve(plan.location.directory, reference);
  if ((await locate(reference, plan.location)).kind === 'outside') {
    throw new GateError('config', {
      message: `gate.reference leaves the workspace: ${reference}`,
      place: { file: options.configFile, key: 'gate.reference' },
    });
  }
  const opened = await openBaseline(await options.findReference(directory), plan.head, {
    who: 'the reference (gate.reference)',
    refused: options.onRefused,
    different: options.onRefused,
  });
  return { name: basename(directory), opened };
}

async function evaluateCandidate(
  plan: Plan,
  baseline: Baseline,
  options: GateOptions,
): Promise<Run> {
  if (options.evaluated !== undefined) return adoptRun(options.evaluated, plan, options);
  const clean = baseline.kind === 'found' ? (baseline.run.manifest.metrics[0]?.map ?? null) : null;
  const check = stopWrongSetup(setupOf(plan, options, clean));
  if (options.afresh && !REPEATABLE.includes(plan.config.predictor.kind)) {
    const cacheDirectory = `${options.outDirectory}-cache`;
    return evaluatePlan(plan, { ...options, cacheDirectory }, check);
  }
  if (baseline.kind === 'found' && sameRun(baseline.run, plan.head)) {
    await copyRun(baseline.directory, options.outDirectory);
    return readRun(options.outDirectory);
  }
  return evaluatePlan(plan, options, check);
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

async function adoptRun(directory: string, plan: Plan, options: GateOptions): Promise<Run> {
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
function sameRun({ manifest }: Run, head: ManifestHead): boolean {
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

async function makeReport(
  plan: Plan,
  baseline: Baseline,
  candidate: Run,
  { comparison }: Judged,
  reference: (Reference & Judged) | null,
  verdict: Verdict,
  progress: Progress,
): Promise<Report> {
  const { config, dataset } = plan;
  const { samples } = dataset;
  const images = { samples, reason: null, most: config.report.failures };
  const run = baseline.kind === 'found' ? baseline.run : null;
  return {
    name: config.name,
    verdict,
    baseline: baseline.kind === 'found' ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    effects: comparison ? augmentationEffects(config.trainedWith, comparison) : [],
    source: baseline.kind === 'found' ? baseline.source : null,
    reference: reference && referenceReport(reference.name, reference.opened, reference),
    ...(await showFailures(comparison, run, candidate, images, progress)),
    audit: null,
    limits: [],
    changes: plan.changes,
    notes: candidate.manifest.notes,
    links: { report: null, run: null },
  };
}
