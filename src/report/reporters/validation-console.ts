import { metrics } from '../../compare/metric.ts';
import { LEAST_GROUPS } from '../../compare/policy.ts';
import { type Resolution, smallestDrop } from '../../compare/resolution.ts';
import { nodeTitle } from '../../judge/titles.ts';
import type { Validation } from '../../validate/validation.ts';
import { terminal } from '../escape.ts';
import { count, grouped, points } from '../format.ts';

/** The findings of `validate` for a terminal; the first line is a sentence. */
export function renderValidation(validation: Validation): string {
  const { warnings, notes, families, conditions, inferences, cached, workers, classes, clean } =
    validation;
  const ready =
    warnings.length === 0
      ? 'Ready to run: config, data set and model are usable.'
      : `Usable, but with ${count(warnings.length, 'warning')}.`;
  const left = inferences - cached;
  const time =
    left === 0
      ? 'all of them in the cache already'
      : `${cached > 0 ? `${grouped(left)} not in the cache yet, ` : ''}about ${duration(validation.seconds)} with ${count(workers, 'worker')}`;
  return [
    ready,
    ...warnings.map((warning) => `  warning: ${terminal(warning)}`),
    ...notes.map((note) => `  note: ${terminal(note)}`),
    '',
    `Data set     ${count(validation.images, 'image')} in ${count(validation.groups, 'independent group')}`,
    ...classes.map(({ name, objects }) => `  ${terminal(name, 40)}: ${count(objects, 'object')}`),
    `Model        mAP ${points(clean.map)} on ${count(clean.images, 'clean image')}`,
    `Suite        clean and ${families.map((family) => `${family.name} ${family.conditions}`).join(', ')}: ${count(conditions, 'condition')}`,
    `Inferences   ${grouped(inferences)}, ${time}`,
    '',
    ...resolutionLines(validation),
  ].join('\n');
}

function resolutionLines({ resolution, wanted, groups }: Validation): string[] {
  if (groups < LEAST_GROUPS) {
    return [
      `No drop would be judged: that takes ${LEAST_GROUPS} independent groups of images, there are ${groups}.`,
    ];
  }
  const worst = resolution ? smallestDrop(resolution) : null;
  if (!resolution || !worst) return ['Nothing can be judged: the model finds next to nothing.'];
  return [
    `A drop of about ${points(worst.detectableDrop)} points (${metrics[worst.metric].title}) or more, on clean images or in any family, would be seen about 4 times out of 5.`,
    ...resolution.nodes.map(
      (node) =>
        `  ${nodeTitle(node)}${node.metric === worst.metric ? '' : ` (${metrics[node.metric].title})`}: about ${points(node.detectableDrop)} (${points(node.maxDrop)} allowed); when nothing changed, drops over about ${points(node.ruledOut)} are ruled out`,
    ),
    basis(resolution),
    wanted.groups === null
      ? `ruleOut (${points(wanted.drop)}) is not over maxDrop: no number of images shows a drop that small.`
      : wanted.groups <= groups
        ? `The config asks for ${points(wanted.drop)} points (ruleOut): these images are enough.`
        : `The config asks for ${points(wanted.drop)} points (ruleOut): about ${grouped(wanted.groups)} independent images would be needed, there are ${grouped(groups)}.`,
  ];
}

function basis({ source, gated }: Resolution): string {
  const other =
    gated === 'map'
      ? ''
      : ` The gate judges the ${metrics[gated].title}, of which no rule of thumb is known.`;
  return source === 'run'
    ? 'Forecast from a run of these images, for a candidate that is as like it as models usually are; every comparison prints its own.'
    : `By rule of thumb from the objects of each class; real models often do better.${other} With --baseline DIR, or after a run, it is computed.`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}
