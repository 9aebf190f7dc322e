import { arch, cpus } from 'node:os';
import type { Dataset } from '../dataset/dataset.ts';
import { contentKey } from '../content-key.ts';
import { METRIC_VERSION } from '../evaluate/score.ts';
import type { Condition } from '../perturb/condition.ts';
import { MAX_DETECTIONS } from '../predict/limits.ts';
import type { PredictorOptions } from '../predict/open.ts';
import type { PredictorInfo } from '../predict/predictor.ts';
import { TOOL_VERSION } from '../version.ts';
import { SCHEMA_VERSION, type RunManifest } from './manifest.ts';

/** What of the manifest is known before anything is predicted. */
export type ManifestHead = Omit<RunManifest, 'files' | 'metrics' | 'confidence'>;

/**
 * Describes a run before it is made, so that it can be held against the baseline first.
 *
 * @param options   The config's `predictor`.
 * @param predictor What the predictor says of itself.
 */
export function describeRun(
  options: PredictorOptions,
  predictor: PredictorInfo,
  dataset: Dataset,
  conditions: readonly Condition[],
  seed: number,
): ManifestHead {
  const images = dataset.samples.map(({ id, digest, labelsDigest, group, width, height }) => ({
    id,
    digest,
    labels: labelsDigest,
    group,
    width,
    height,
  }));
  const head = {
    predictor: {
      kind: options.kind,
      decoder: predictor.decoder,
      evidence: predictor.evidence,
      classes: [...predictor.classes],
      input: predictor.input,
      preprocess: predictor.preprocess && {
        ...predictor.preprocess,
        mean: triple(predictor.preprocess.mean),
        std: triple(predictor.preprocess.std),
      },
      floor: predictor.floor,
      nms: predictor.nms,
      maxDetections: MAX_DETECTIONS,
      device: predictor.device,
      pixels: predictor.pixels,
    },
    dataset: {
      classes: [...dataset.classes],
      imagesDigest: contentKey(images.map(({ digest }) => digest)),
      labelsDigest: contentKey(images.map(({ labels }) => labels)),
      groups: new Set(images.map(({ group }) => group)).size,
    },
    suite: { digest: contentKey([seed, conditions]), seed, conditions: [...conditions] },
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: TOOL_VERSION,
    metricVersion: METRIC_VERSION,
    configDigest: contentKey([
      SCHEMA_VERSION,
      head,
      images,
      options.classes,
      options.confidence ?? null,
    ]),
    model: { file: predictor.model.name, digest: predictor.model.digest },
    ...head,
    engine: {
      name: predictor.engine.name,
      version: predictor.engine.version,
      processor: predictor.engine.remote
        ? 'a server'
        : `${cpus()[0]?.model.trim() ?? 'unknown'} (${arch()})`,
    },
    images,
    notes: [...dataset.notes, ...predictor.notes],
  };
}

/** Key of everything but image and condition that decides detections, the engine and processor included. */
export function predictorKey(head: ManifestHead, options: PredictorOptions): string {
  return contentKey([
    head.model.digest,
    head.predictor,
    head.engine,
    options.classes,
    head.dataset.classes,
  ]);
}

function triple([a, b, c]: readonly [number, number, number]): [number, number, number] {
  return [a, b, c];
}
