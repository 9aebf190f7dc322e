import { basename, dirname, resolve } from 'node:path';
import { describeRun, type ManifestHead, predictorKey } from './baseline/head.ts';
import { copyRun, keepRun, keptRun, restoreRun } from './baseline/kept.ts';
import type { BaselineLookup } from './baseline/lookup.ts';
import { type Baseline, openBaseline } from './baseline/open.ts';
import { openTables, readRun } from './baseline/read.ts';
import type { Run } from './baseline/run.ts';
import { writeManifest, writeTables } from './baseline/write.ts';
import { measureLimits } from './compare/limits.ts';
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
import { decodeImage } from './image/codec.ts';
import { augmentationEffects } from './judge/effects.ts';
import { type Judged, judgeRuns } from './judge/judge-runs.ts';
import type { Verdict } from './judge/verdict.ts';
import { worseVerdict } from './judge/worse.ts';
import { type Location, locate } from './paths.ts';
import type { Condition } from './perturb/condition.ts';
import { changedImage, changedTruth } from './perturb/change.ts';
import { suiteConditions } from './perturb/suite.ts';
import { openPredictor } from './predict/open.ts';
import { drawFailures } from './report/pictures.ts';
import type { Report } from './report/report.ts';

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
  /** Whether the check fails when there is no baseline. */
  readonly failWithoutBaseline: boolean;
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
  const baseline = await findBaseline(plan, options);
  const reference = await findReference(plan, options);
  const candidate = await evaluateCandidate(plan, baseline, options);
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha);
  const judged = await judgeRuns(baseline, candidate, policy, limits, options.failWithoutBaseline);
  const second = reference && {
    ...reference,
    ...(await judgeRuns(reference.opened, candidate, policy, [], false)),
  };
  const verdict = second
    ? worseVerdict(judged.verdict, second.verdict, second.name)
    : judged.verdict;
  const made = await makeReport(plan, baseline, candidate, judged, second, verdict);
  const report = { ...made, limits, notes: [...notes, ...made.notes] };
  return { config: plan.config, verdict, report, runDirectory: options.outDirectory };
}

/**
 * Evaluates one model and leaves its run directory.
 *
 * @throws GateError when the config, the data set or the model cannot be used; what is finished is kept.
 */
export async function evaluateModel(options: EvaluateOptions): Promise<Run> {
  const plan = await makePlan(options);
  return evaluatePlan(plan, options, stopWrongSetup({ ...setupOf(plan), baseline: null }));
}

/**
 * Reads config, data set and model.
 *
 * @throws GateError with everything that is wrong with the first of them that cannot be used.
 */
export async function makePlan(
  { configFile, model, root }: Pick<EvaluateOptions, 'configFile' | 'model' | 'root'>,
  baseConfig: BaseConfig = { kind: 'none' },
): Promise<Plan> {
  if (root !== null && (await locate(configFile, { directory: '.', root })).kind === 'outside') {
    throw new GateError('config', { message: `the config leaves the workspace: ${configFile}` });
  }
  const { config: written, changes } = holdConfig(await loadConfig(configFile), baseConfig);
  const config =
    model === undefined ? written : { ...written, predictor: { ...written.predictor, model } };
  const location = { directory: dirname(resolve(configFile)), root };
  const dataset = await readDataset(config.dataset, location);
  checkClassNames(config.gate, dataset.classes, configFile);
  const conditions = suiteConditions(config.suite);
  await using predictor = await openPredictor(config.predictor, {
    location,
    classes: dataset.classes,
  });
  const head = describeRun(
    config.predictor,
    predictor.info,
    dataset,
    conditions,
    config.suite.seed,
  );
  return { config, changes, location, dataset, conditions, head };
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
  if (baseline.kind === 'found' && sameRun(baseline.run, plan.head)) {
    await copyRun(baseline.directory, options.outDirectory);
    return readRun(options.outDirectory);
  }
  const clean = baseline.kind === 'found' ? (baseline.run.manifest.metrics[0]?.map ?? null) : null;
  return evaluatePlan(plan, options, stopWrongSetup({ ...setupOf(plan), baseline: clean }));
}

/** What a check of the model's settings needs to know. */
export function setupOf({ config, dataset, location, head }: Plan): Omit<SetupCheck, 'baseline'> {
  const { preprocess, classes } = head.predictor;
  return { dataset, predictor: config.predictor, names: classes, preprocess, location };
}

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
  const scores = await scoreRun(head, tables, config.predictor.confidence);
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
): Promise<Report> {
  const { config, dataset, conditions } = plan;
  const loadPair = async (rank: number, conditionId: string) => {
    const sample = dataset.samples[rank]!;
    const condition = conditions.find(({ id }) => id === conditionId)!;
    const original = await decodeImage(sample.path);
    const changed = await changedImage(original, sample.digest, condition, config.suite.seed);
    return { original, changed };
  };
  const examples = (comparison?.failures ?? []).slice(0, config.report.failures);
  return {
    name: config.name,
    verdict,
    baseline: baseline.kind === 'found' ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    effects: comparison ? augmentationEffects(config.trainedWith, comparison) : [],
    source: baseline.kind === 'found' ? baseline.source : null,
    reference: reference && {
      name: reference.name,
      verdict: reference.verdict,
      baseline: reference.opened.kind === 'found' ? reference.opened.run.manifest : null,
      comparison: reference.comparison,
      source: reference.opened.kind === 'found' ? reference.opened.source : null,
    },
    pictures: await drawFailures(examples, candidate, loadPair),
    limits: [],
    changes: plan.changes,
    notes: candidate.manifest.notes,
    links: { report: null, run: null },
  };
}
