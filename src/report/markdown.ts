import type { RunManifest } from '../baseline/manifest.ts';
import type { ClassComparison, FailureExample, NodeComparison } from '../compare/comparison.ts';
import { type Metric, metrics } from '../compare/metric.ts';
import type { AugmentationEffect } from '../judge/effects.ts';
import { nodeTitle } from '../judge/titles.ts';
import { effectText, effectTitle } from './effects.ts';
import { code, codeCell, link, prose } from './escape.ts';
import { count, inputText, points, pValue, share, short } from './format.ts';
import { dropRange } from './information.ts';
import type { Report } from './report.ts';
import type { ShownNode } from './single.ts';
import { classDrop, dropText, type NodeState, nodeState, otherMetric, tally } from './words.ts';

/** Marks that differ in shape; what a row without a mark means is said by `markLegend`. */
const stateCells: Record<NodeState, { mark: string; means: string } | null> = {
  regressed: { mark: '❌', means: 'regressed' },
  waived: { mark: '~', means: 'regressed, but waived' },
  worse: { mark: '▼', means: 'worse, but not surely more than is allowed' },
  better: { mark: '▲', means: 'better' },
  'no visible change': null,
  identical: { mark: '=', means: 'identical' },
  'not judged': { mark: '–', means: 'not judged' },
};

/** A GFM table. Cells are Markdown already. */
export function table(
  header: readonly string[],
  align: readonly ('l' | 'r')[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(align.map((side) => (side === 'r' ? '--:' : ':--'))),
    ...rows.map(line),
  ].join('\n');
}

/** Nodes as a table that fits a phone, both models or the candidate alone, and what its marks mean. */
export function nodeTable(nodes: readonly ShownNode[], metric: Metric): string {
  if (nodes.every(({ comparison }) => comparison === null)) {
    const rows = nodes.map((node) => [title(node), points(node.candidate)]);
    return table(['mAP × 100', 'candidate'], ['l', 'r'], rows);
  }
  const rows = nodes.map((node) => {
    const { comparison, baseline, candidate } = node;
    const mark = comparison ? stateCells[nodeState(comparison)] : null;
    const bold = comparison?.regressed ? '**' : '';
    return [
      `${mark ? `${mark.mark}\u00a0` : ''}${bold}${title(node)}${otherMetric(comparison, metric)}${bold}`,
      `${points(baseline)} → ${points(candidate)}`,
      `${bold}${comparison ? dropText(comparison) : ''}${bold}`,
    ].map((cell, i) => (i === 0 ? cell : cell.replaceAll(' ', '\u00a0')));
  });
  const text = table(
    [metrics[metric].scale, 'baseline → candidate', 'drop'],
    ['l', 'r', 'r'],
    rows,
  );
  return `${text}\n\n${markLegend(nodes)}`;
}

function markLegend(nodes: readonly ShownNode[]): string {
  const states = new Set(
    nodes.flatMap(({ comparison }) => (comparison ? [nodeState(comparison)] : [])),
  );
  const used = Object.entries(stateCells).flatMap(([state, cell]) =>
    cell && [...states].some((other) => other === state) ? [`${cell.mark} ${cell.means}`] : [],
  );
  const unmarked = states.has('no visible change') ? ['no mark: no visible change'] : [];
  return `<sub>${[...used, ...unmarked].join(' · ')}</sub>`;
}

function title({ level, name }: Pick<ShownNode, 'level' | 'name'>): string {
  return level === 'overall' ? 'overall' : prose(nodeTitle({ level, name }));
}

/** One regressed node with its numbers. */
export function regressedItem(node: NodeComparison): string {
  const { baseline, candidate, adjustedP } = node;
  return `- **${title(node)}**: ${points(baseline)} → ${points(candidate)}, a drop of ${dropText(node)} points (${pValue(adjustedP)})`;
}

/** Classes on clean and on perturbed images, both models. */
export function classTable(classes: readonly ClassComparison[]): string {
  return table(
    ['class', 'objects', 'clean', 'perturbed', 'drop'],
    ['l', 'r', 'r', 'r', 'r'],
    classes.map((entry) => {
      return [
        codeCell(entry.name),
        String(entry.objects),
        `${points(entry.clean[0])} → ${points(entry.clean[1])}`,
        `${points(entry.perturbed[0])} → ${points(entry.perturbed[1])}`,
        dropRange(classDrop(entry), entry.standardError),
      ];
    }),
  );
}

/** One failure example as a list item. */
export function failureItem({ imageId, condition, classes }: FailureExample): string {
  const lost = tally(classes)
    .slice(0, 4)
    .map(({ name, times }) => code(name) + (times > 1 ? ` × ${times}` : ''));
  const more = new Set(classes).size > lost.length ? ', …' : '';
  const where = prose(nodeTitle({ level: 'condition', name: condition }));
  return `- ${code(imageId)} under ${where} loses ${lost.join(', ')}${more}`;
}

/** What one augmentation did, as a list item. */
export function effectItem(entry: AugmentationEffect): string {
  return `- **${prose(effectTitle(entry))}**: ${entry.effect} (${prose(effectText(entry))})`;
}

/** Which baseline was compared with. */
export function baselineLine({ source, baseline }: Report): string | null {
  if (!source || !baseline) return null;
  const { commit, distance, description, url } = source;
  const parts = [
    link(prose(description), url),
    ...(commit === null ? [] : [`commit ${code(short(commit))}`]),
    ...(distance === null || distance === 0 ? [] : [`${count(distance, 'commit')} before`]),
    `model ${code(baseline.model.file)} (${code(short(baseline.model.digest, 12))})`,
  ];
  return `Baseline: ${parts.join(', ')}.`;
}

/** How the numbers came about, as list items. */
export function settings({ candidate, baseline, comparison }: Report): string[] {
  const { predictor, confidence, suite, engine, model } = candidate;
  const source = confidence.source === 'f1' ? 'the best F1 on clean images' : 'from the config';
  const test = comparison?.test;
  return [
    ...(comparison && test
      ? [
          `${count(test.tested, 'comparison')} tested together (paired bootstrap over ${count(comparison.groups, 'group')}, max-T, ${test.replicates} replicates, seed ${test.seed}): however many comparisons there are, about ${share(test.alpha)} at most of the pull requests in which no drop exceeds what is allowed are called regressed`,
          `± of a drop is half of the two-sided interval that holds for all judged rows at once, at ${share(1 - test.alpha)}; the test itself is one-sided, so a regressed row’s ± may reach a little under what is allowed; ± of the risk is 1.96 standard errors, not adjusted; critical values ${test.critical.toFixed(2)} (one-sided), ${test.criticalTwoSided.toFixed(2)} (two-sided)`,
        ]
      : []),
    ...(comparison && comparison.metric !== 'map'
      ? [`judged by ${metrics[comparison.metric].definition}`]
      : []),
    `mAP is COCO’s AP@[.50:.95] × 100, the mean over classes; overall is the mean over families`,
    `candidate ${code(model.file)} (${code(short(model.digest, 12))}), ${predictorText(predictor)}`,
    `risk, consistency and failure examples count detections of confidence ${confidence.value.toFixed(3)} or more (${source}${baseline ? `; the baseline’s ${baseline.confidence.value.toFixed(3)}` : ''}), at IoU 0.5`,
    `${count(candidate.images.length, 'image')} × ${count(suite.conditions.length, 'condition')}, seed ${suite.seed}, ${prose(engine.name)} ${prose(engine.version)} on ${prose(engine.processor)}`,
  ].map((item) => `- ${item}`);
}

/** A fold-out. The content is Markdown. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function predictorText({ kind, decoder, input }: RunManifest['predictor']): string {
  if (decoder === null) return `predictor ${code(kind)}`;
  return `decoder ${code(decoder)}, input ${inputText(input)}`;
}
