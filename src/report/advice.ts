import { metrics } from '../compare/metric.ts';
import type { RunManifest } from '../baseline/manifest.ts';
import type { NodeComparison } from '../compare/comparison.ts';
import { nodeTitle } from '../judge/titles.ts';
import { augmentations } from '../perturb/augmentations.ts';
import { plain } from './escape.ts';
import { points } from './format.ts';
import type { Report } from './report.ts';
import { nodeValues } from './single.ts';
import { regressedDetails } from './words.ts';

/** Training augmentations that Roboflow does not have. */
const others = new Map([
  ['contrast', 'contrast (of Roboflow’s, exposure comes nearest)'],
  ['jpeg_compression', 'copies compressed again as JPEG'],
]);

/** What to do next. */
export interface Advice {
  /** The family that comes first. */
  readonly family: string;
  readonly sentence: string;
}

/**
 * The family to work on first: what regressed most, else where the candidate is weakest, with the
 * perturbation that makes it so and the augmentation that corresponds to it. Null without perturbations.
 */
export function advise({ comparison, candidate }: Report): Advice | null {
  const regressed = (comparison?.nodes ?? [])
    .filter((node) => node.regressed && !node.waiver && node.level === 'family')
    .sort((a, b) => b.drop - a.drop);
  const [first] = regressed;
  if (first) return regressedAdvice(first, comparison?.nodes ?? [], candidate);
  const [detail] = regressedDetails(comparison?.nodes ?? []);
  return (detail && detailAdvice(detail, candidate)) ?? weakest(candidate);
}

/** A perturbation or a condition that regressed by itself. */
function detailAdvice(node: NodeComparison, candidate: RunManifest): Advice | null {
  const perturbation = node.name.split('/')[0] ?? '';
  const family = familyOf(candidate, perturbation);
  if (family === null) return null;
  const { lost } = metrics[node.metric];
  return {
    family,
    sentence: `Start with ${plain(nodeTitle(node))}: it ${lost} ${points(node.drop)} points (${points(node.baseline)} → ${points(node.candidate)}).${cureOf(perturbation)}`,
  };
}

function regressedAdvice(
  family: NodeComparison,
  nodes: readonly NodeComparison[],
  candidate: RunManifest,
): Advice {
  const [worst] = nodes
    .filter(
      ({ level, name }) => level === 'perturbation' && familyOf(candidate, name) === family.name,
    )
    .sort((a, b) => b.drop - a.drop);
  const most = worst
    ? `, most under ${plain(nodeTitle(worst))} (${points(worst.baseline)} → ${points(worst.candidate)})`
    : '';
  const cure = worst ? cureOf(worst.name) : '';
  return {
    family: family.name,
    sentence: `Start with ${plain(family.name)}: it ${metrics[family.metric].lost} ${points(family.drop)} points${most}.${cure}`,
  };
}

function weakest(candidate: RunManifest): Advice | null {
  const values = nodeValues(candidate);
  const lowest = (level: string, family: string | null): { name: string; map: number } | null =>
    values
      .flatMap((node) =>
        node.level === level &&
        node.map !== null &&
        (family === null || familyOf(candidate, node.name) === family)
          ? [{ name: node.name, map: node.map }]
          : [],
      )
      .sort((a, b) => a.map - b.map)[0] ?? null;
  const family = lowest('family', null);
  if (!family) return null;
  const worst = lowest('perturbation', family.name);
  const most = worst
    ? `, lowest under ${plain(nodeTitle({ level: 'perturbation', name: worst.name }))} (${points(worst.map)})`
    : '';
  return {
    family: family.name,
    sentence: `Weakest family: ${plain(family.name)}, mAP ${points(family.map)}${most}.${worst ? cureOf(worst.name) : ''}`,
  };
}

function cureOf(perturbation: string): string {
  const counterparts = augmentations
    .filter(({ nearest }) => nearest.some((id) => id.split('/')[0] === perturbation))
    .map(({ name, range }) => `${name.toLowerCase()} (${range})`);
  const augmentation = others.get(perturbation) ?? counterparts.join(' or ');
  return augmentation === ''
    ? ''
    : ` The training augmentation that corresponds to it: ${augmentation}.`;
}

/** The family of a perturbation or condition; null where the suite has neither. */
export function familyOf({ suite }: RunManifest, name: string): string | null {
  const condition = suite.conditions.find(
    (entry) => entry.kind === 'perturbed' && (entry.perturbation === name || entry.id === name),
  );
  return condition?.kind === 'perturbed' ? condition.family : null;
}
