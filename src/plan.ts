import { dirname, resolve } from 'node:path';
import type { Allowed } from './allowed.ts';
import { describeRun, type ManifestHead } from './baseline/head.ts';
import { checkClassNames } from './config/classes.ts';
import { type BaseConfig, holdConfig } from './config/integrity.ts';
import { loadConfig } from './config/load.ts';
import type { GateConfig } from './config/schema.ts';
import type { Dataset } from './dataset/dataset.ts';
import { readDataset } from './dataset/read.ts';
import { GateError } from './errors.ts';
import type { Progress } from './evaluate/progress.ts';
import { redactAll } from './http/secrets.ts';
import { type Location, locate } from './paths.ts';
import type { Condition } from './perturb/condition.ts';
import { suiteConditions } from './perturb/suite.ts';
import { describePredictor } from './predict/open.ts';
import type { PredictorInfo } from './predict/predictor.ts';

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

/** Everything that is known before the first inference. */
export interface Plan {
  readonly config: GateConfig;
  /** In which way the config that counts is not the pull request's. */
  readonly changes: readonly string[];
  readonly location: Location;
  readonly dataset: Dataset;
  readonly conditions: readonly Condition[];
  readonly predictor: PredictorInfo;
  /** What nothing may show. */
  readonly secrets: ReadonlySet<string>;
  readonly head: ManifestHead;
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
  const parts = { config, dataset, conditions, predictor };
  const { secrets } = allowed;
  return { ...parts, changes, location, secrets, head: headOf(parts, secrets) };
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

/** A model outside may say back what it was told: names and notes of a run have no secret in them. */
function headOf(
  {
    config,
    predictor,
    dataset,
    conditions,
  }: Pick<Plan, 'config' | 'predictor' | 'dataset' | 'conditions'>,
  secrets: ReadonlySet<string>,
): ManifestHead {
  const { seed } = config.suite;
  return redactAll(describeRun(config.predictor, predictor, dataset, conditions, seed), secrets);
}

/** The plan of some of the images. */
export function partOf(plan: Plan, images: readonly number[]): Plan {
  if (images.length === plan.dataset.samples.length) return plan;
  const dataset = { ...plan.dataset, samples: images.map((rank) => plan.dataset.samples[rank]!) };
  return { ...plan, dataset, head: headOf({ ...plan, dataset }, plan.secrets) };
}
