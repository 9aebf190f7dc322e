import { cp, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { compareManifests, type Compatibility } from './baseline/compatible.ts';
import { describeRun, type ManifestHead, predictorKey } from './baseline/head.ts';
import type { BaselineLookup, BaselineSource } from './baseline/lookup.ts';
import { openTables, readRun, RUN_FILES } from './baseline/read.ts';
import type { Run } from './baseline/run.ts';
import { writeManifest, writeTables } from './baseline/write.ts';
import type { Comparison } from './compare/comparison.ts';
import { compareRuns } from './compare/compare.ts';
import { loadConfig } from './config/load.ts';
import type { GateConfig } from './config/schema.ts';
import type { Dataset } from './dataset/dataset.ts';
import { readDataset } from './dataset/read.ts';
import { GateError } from './errors.ts';
import { predictSuite } from './evaluate/evaluate.ts';
import type { Progress } from './evaluate/progress.ts';
import { scoreRun } from './evaluate/score-run.ts';
import { decodeImage } from './image/codec.ts';
import { augmentationEffects } from './judge/effects.ts';
import { judge, judgeAlone } from './judge/judge.ts';
import type { Verdict } from './judge/verdict.ts';
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
  readonly findBaseline: (name: string) => Promise<BaselineLookup>;
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
  readonly location: Location;
  readonly dataset: Dataset;
  readonly conditions: readonly Condition[];
  readonly head: ManifestHead;
}

type Baseline =
  | {
      readonly kind: 'found';
      readonly run: Run;
      readonly directory: string;
      readonly source: BaselineSource;
    }
  | { readonly kind: 'none'; readonly reasons: readonly string[] };

/**
 * Judges a candidate against the baseline: the whole pipe.
 *
 * @throws GateError when it could not judge.
 */
export async function runGate(options: GateOptions): Promise<GateResult> {
  const plan = await makePlan(options);
  const baseline = await openBaseline(plan, options);
  const candidate = await evaluateCandidate(plan, baseline, options);
  const comparison =
    baseline.kind === 'found' ? await compareRuns(baseline.run, candidate, plan.config.gate) : null;
  const verdict =
    comparison === null
      ? judgeAlone(baseline.kind === 'none' ? baseline.reasons : [], options.failWithoutBaseline)
      : judge(comparison, plan.config.gate);
  const report = await makeReport(plan, baseline, candidate, comparison, verdict);
  return { config: plan.config, verdict, report, runDirectory: options.outDirectory };
}

/**
 * Evaluates one model and leaves its run directory.
 *
 * @throws GateError when the config, the data set or the model cannot be used; what is finished is kept.
 */
export async function evaluateModel(options: EvaluateOptions): Promise<Run> {
  return evaluatePlan(await makePlan(options), options);
}

/**
 * Reads config, data set and model.
 *
 * @throws GateError with everything that is wrong with the first of them that cannot be used.
 */
export async function makePlan({
  configFile,
  model,
  root,
}: Pick<EvaluateOptions, 'configFile' | 'model' | 'root'>): Promise<Plan> {
  if (root !== null && (await locate(configFile, { directory: '.', root })).kind === 'outside') {
    throw new GateError('config', { message: `the config leaves the workspace: ${configFile}` });
  }
  const written = await loadConfig(configFile);
  const config =
    model === undefined ? written : { ...written, predictor: { ...written.predictor, model } };
  const location = { directory: dirname(resolve(configFile)), root };
  const dataset = await readDataset(config.dataset, location);
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
  return { config, location, dataset, conditions, head };
}

async function openBaseline(plan: Plan, options: GateOptions): Promise<Baseline> {
  const found = await options.findBaseline(plan.config.name);
  if (found.kind === 'absent') return { kind: 'none', reasons: found.reasons };
  const run = await readRun(found.directory);
  const match: Compatibility = compareManifests(run.manifest, plan.head);
  if (match.kind === 'comparable') return { ...found, run };
  if (match.kind === 'refused' && options.onRefused === 'error') {
    throw new GateError('incomparable', {
      message: `the baseline (${found.source.description}) cannot be compared: ${match.differences.join('; ')}`,
      fix: 'run both with the same classes, floor and seed: make a new baseline on main first',
    });
  }
  const where = `the baseline (${found.source.description}) is of something else`;
  return {
    kind: 'none',
    reasons: match.differences.map((difference) => `${where}: ${difference}`),
  };
}

async function evaluateCandidate(
  plan: Plan,
  baseline: Baseline,
  options: GateOptions,
): Promise<Run> {
  if (baseline.kind === 'found' && sameRun(baseline.run, plan.head)) {
    await mkdir(options.outDirectory, { recursive: true });
    for (const file of RUN_FILES) {
      await cp(join(baseline.directory, file), join(options.outDirectory, file));
    }
    return readRun(options.outDirectory);
  }
  return evaluatePlan(plan, options);
}

/** Every digest is equal: the baseline's detections are the candidate's. */
function sameRun({ manifest }: Run, head: ManifestHead): boolean {
  return (
    manifest.configDigest === head.configDigest &&
    manifest.model.digest === head.model.digest &&
    manifest.tool === head.tool
  );
}

/** Evaluates what is planned and leaves the run directory. */
export async function evaluatePlan(plan: Plan, options: EvaluateOptions): Promise<Run> {
  const { config, location, dataset, conditions, head } = plan;
  const { seed } = config.suite;
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
  });
  const files = await writeTables(options.outDirectory, head, async (rank) => ({
    truth: conditions.map((condition) => changedTruth(dataset.samples[rank]!, condition, seed)),
    detections: await load(rank),
  }));
  const tables = await openTables(options.outDirectory, { ...head, files });
  const scores = await scoreRun(head, tables, config.predictor.confidence);
  const manifest = { ...head, ...scores, files };
  await writeManifest(options.outDirectory, manifest);
  return { manifest, ...tables };
}

async function makeReport(
  plan: Plan,
  baseline: Baseline,
  candidate: Run,
  comparison: Comparison | null,
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
    pictures: await drawFailures(examples, candidate, loadPair),
    notes: candidate.manifest.notes,
    links: { report: null, run: null },
  };
}
