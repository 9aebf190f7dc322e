import type { RunManifest } from '../baseline/manifest.ts';
import type { ClassComparison } from './comparison.ts';

/** Classes seen in fewer groups leave the gated mAP; in fewer than `FEW_GROUPS` they get a note. */
export const LEAST_CLASS_GROUPS = 2;
const FEW_GROUPS = 5;

/** What a reader of a comparison should know, one sentence each. */
export function compareNotes(
  baseline: RunManifest,
  candidate: RunManifest,
  classes: readonly ClassComparison[],
): string[] {
  const listed = (wanted: (groups: number) => boolean): string =>
    classes
      .filter(({ groups }) => groups > 0 && wanted(groups))
      .map(({ name, objects, groups }) => `${name} (${count(objects, 'object')} in ${groups})`)
      .join(', ');
  const left = listed((groups) => groups < LEAST_CLASS_GROUPS);
  const few = listed((groups) => groups >= LEAST_CLASS_GROUPS && groups < FEW_GROUPS);
  const [before, now] = [machineOf(baseline), machineOf(candidate)];
  const notes = [
    left !== '' &&
      `Too rare to be judged (objects in one group of images only), left out of the gated mAP: ${left}.`,
    few !== '' &&
      `Rare (objects in fewer than ${FEW_GROUPS} groups of images), so their AP is uncertain: ${few}.`,
    findsNothing(candidate) &&
      'The candidate finds nothing at its operating confidence: its risk score of 0 says nothing.',
    before !== now &&
      `Baseline and candidate were made on different machines (${before}; ${now}): scores may differ in the seventh digit.`,
  ];
  return notes.filter((note) => note !== false);
}

/** What decides the last digits of a score. */
function machineOf({ engine, predictor }: RunManifest): string {
  const device =
    predictor.device === 'cpu' || predictor.device === null ? '' : ` with ${predictor.device}`;
  return `${engine.processor}${device}, ${engine.name} ${engine.version}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Nothing found on clean images and nothing false on changed ones: a risk score has nothing to count. */
function findsNothing({ metrics }: RunManifest): boolean {
  const risks = metrics.flatMap(({ risk }) => (risk ? [risk] : []));
  return risks.length > 0 && risks.every(({ found, spurious }) => found + spurious === 0);
}
