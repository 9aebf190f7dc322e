import type { RunManifest } from '../baseline/manifest.ts';
import { short } from './format.ts';

/**
 * What of all that decides a run's numbers differs between two, one sentence each: who reads that numbers fell
 * overnight asks this first. Names come from files and are escaped where they are shown.
 */
export function whatChanged(before: RunManifest, now: RunManifest): string[] {
  const sentences = [
    before.model.digest !== now.model.digest &&
      `The model changed: ${modelText(before)} → ${modelText(now)}.`,
    dataText(before, now),
    before.suite.digest !== now.suite.digest && 'The suite changed.',
    !same(before.predictor, now.predictor) && 'The settings of the predictor changed.',
    !same(before.engine, now.engine) &&
      `The machine or the engine changed: ${engineText(before)} → ${engineText(now)}.`,
    before.tool !== now.tool && `Robustness Gate changed: ${before.tool} → ${now.tool}.`,
  ].filter((sentence) => sentence !== false);
  if (sentences.length > 0) return sentences;
  return before.files.detections === now.files.detections
    ? [
        'Nothing changed: model, data, suite, settings and machine are the same, and so are the detections.',
      ]
    : [
        `Neither model, data, suite, settings nor machine changed, but the detections did: what answers behind the predictor (${now.predictor.kind}) changed under the same name.`,
      ];
}

function dataText(before: RunManifest, now: RunManifest): string | false {
  const [was, is] = [before.dataset, now.dataset];
  const parts = [
    was.imagesDigest !== is.imagesDigest &&
      `images (${before.images.length} → ${now.images.length})`,
    was.labelsDigest !== is.labelsDigest && 'labels',
    !same(was.classes, is.classes) && 'classes',
  ].filter((part) => part !== false);
  return parts.length > 0 && `The data set changed: ${parts.join(', ')}.`;
}

function modelText({ model }: RunManifest): string {
  return `${model.file} (${short(model.digest, 12)})`;
}

function engineText({ engine }: RunManifest): string {
  return `${engine.name} ${engine.version}, ${engine.processor}`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
