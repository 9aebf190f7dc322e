import type { LeftOut } from './common.ts';

const MAX_NAMES = 5;

/**
 * What was left out of a comparison, one sentence each: what the candidate's run took away comes first.
 * Names of conditions come from a file and are escaped where they are shown.
 */
export function leftOutSentences({ images, conditions, groups }: LeftOut): string[] {
  const { removed, added, relabelled } = images;
  const sentences = [
    removed > 0 &&
      `${count(removed, 'image')} of the baseline ${are(removed)} not in this run (${percent(removed, images.baseline)} of its ${images.baseline}).`,
    added > 0 &&
      `${count(added, 'image')} of this run ${are(added)} not in the baseline (${percent(added, images.candidate)} of ${images.candidate}).`,
    relabelled > 0 &&
      `${count(relabelled, 'image')} ${relabelled === 1 ? 'has' : 'have'} other labels than in the baseline (${percent(relabelled, images.baseline)} of its ${images.baseline}).`,
    conditionSentence(conditions.removed, 'of the baseline', 'not in this run'),
    conditionSentence(conditions.changed, 'of both runs', 'of other params in each'),
    conditionSentence(conditions.added, 'of this run', 'not in the baseline'),
    groups !== null &&
      `Images are grouped otherwise (baseline ${count(groups.baseline, 'group')}, this run ${groups.candidate}): what either takes for dependent counts as one, ${count(groups.common, 'group')} in all.`,
  ];
  return sentences.filter((sentence) => sentence !== false);
}

/** What remained to be compared. */
export function scopeSentence({ images, conditions }: LeftOut): string {
  return `Judged on what both have: ${count(images.common, 'image')} under ${count(conditions.common, 'condition')}.`;
}

/** What the candidate's run lacks of the baseline, in one sentence to read before the verdict; null where it lacks nothing. */
export function lackSentence({ images, conditions }: LeftOut): string | null {
  const lost = images.removed + images.relabelled;
  const fewer = conditions.removed.length + conditions.changed.length;
  const why =
    images.relabelled === 0
      ? 'not in this run'
      : images.removed === 0
        ? 'labelled otherwise in this run'
        : `${images.removed} not in this run, ${images.relabelled} labelled otherwise`;
  const parts = [
    lost > 0 &&
      `${lost} of the baseline’s ${count(images.baseline, 'image')} (${percent(lost, images.baseline)}; ${why})`,
    fewer > 0 &&
      `${fewer} of its ${count(conditions.baseline, 'condition')} (${percent(fewer, conditions.baseline)})`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `Judged without ${parts.join(' and ')}.` : null;
}

/** A share in whole percent; what is more than nothing is never `0 %`, what is less than all never `100 %`. */
export function percent(part: number, all: number): string {
  const rounded = Math.round((100 * part) / all);
  if (part > 0 && rounded === 0) return 'under 1 %';
  return part < all && rounded === 100 ? 'over 99 %' : `${rounded} %`;
}

function conditionSentence(ids: readonly string[], whose: string, what: string): string | false {
  if (ids.length === 0) return false;
  const more = ids.length > MAX_NAMES ? ` and ${ids.length - MAX_NAMES} more` : '';
  const names = ids.slice(0, MAX_NAMES).join(', ');
  return `${count(ids.length, 'condition')} ${whose} ${are(ids.length)} ${what}: ${names}${more}.`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function are(n: number): string {
  return n === 1 ? 'is' : 'are';
}
