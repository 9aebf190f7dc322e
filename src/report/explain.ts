import type { Run } from '../baseline/run.ts';
import { type FoundCondition, findObjects } from '../evaluate/risk.ts';
import { matchCondition } from '../evaluate/score.ts';
import type { LineStyle, PanelBox } from '../image/panels.ts';
import { nodeTitle } from '../judge/titles.ts';
import { plain, terminal } from './escape.ts';
import { boxAt, hits, imageTables } from './pictures.ts';

/** What a box of an explained image is; `missed` is not found on the original image either. */
type Kind = 'truth' | 'found' | 'missed' | 'spurious' | 'lost';

interface ExplainedBox {
  readonly kind: Kind;
  readonly box: readonly [number, number, number, number];
  readonly class: string;
  /** Null for what is ground truth. */
  readonly confidence: number | null;
}

/** What a model finds in one image, on the original and under a condition. */
export interface ExplainedRun {
  /** "candidate", "baseline". */
  readonly role: string;
  readonly model: string;
  /** At which the model's detections count. */
  readonly confidence: number;
  readonly original: readonly ExplainedBox[];
  readonly changed: readonly ExplainedBox[];
}

interface KindText {
  readonly style: LineStyle;
  readonly meaning: string;
  readonly word: string;
}

/** Told apart by width and dashes and by the word in front of the label. In the order in which they are drawn. */
const kinds: Record<Kind, KindText> = {
  truth: {
    style: { color: '#ffffff', width: 1, dash: [2, 4] },
    meaning: 'ground truth that is found',
    word: '',
  },
  found: { style: { color: '#58d5ff', width: 2, dash: null }, meaning: 'found', word: '' },
  missed: {
    style: { color: '#ffffff', width: 2, dash: [6, 6] },
    meaning: 'missed, on the original too',
    word: 'missed ',
  },
  spurious: {
    style: { color: '#ff8fd0', width: 3, dash: [3, 3] },
    meaning: 'spurious: nothing is there',
    word: 'spurious ',
  },
  lost: {
    style: { color: '#ff9d3c', width: 4, dash: [14, 6] },
    meaning: 'lost: found on the original',
    word: 'lost ',
  },
};

const order: readonly Kind[] = ['truth', 'found', 'missed', 'spurious', 'lost'];

/** What the styles of `panelBoxes` mean. */
export const explainLegend = order
  .toReversed()
  .map((kind) => ({ style: kinds[kind].style, meaning: kinds[kind].meaning }));

/**
 * What a run found in one image on the original and under a condition, at its own operating confidence and IoU .50.
 * Ignored objects and crowd regions are left out.
 *
 * @param rank      Of the image.
 * @param condition Its id; the run has it.
 */
export async function explainRun(
  run: Run,
  role: string,
  rank: number,
  condition: string,
): Promise<ExplainedRun> {
  const { suite, dataset, confidence, model } = run.manifest;
  const found = async (id: string): Promise<FoundCondition> => {
    const index = suite.conditions.findIndex((entry) => entry.id === id);
    const tables = { truth: await run.truth(index), detections: await run.detections(index) };
    const { truth, detections } = imageTables(tables, rank);
    const matched = matchCondition(truth, detections, dataset.classes.length);
    return findObjects(matched, confidence.value);
  };
  const original = await found('clean');
  const changed = await found(condition);
  const at = confidence.value;
  const foundBefore = (row: number): boolean => original.findings.found[row] === 1;
  return {
    role,
    model: model.file,
    confidence: at,
    original: boxesOf(original, dataset.classes, at, () => false),
    changed: boxesOf(changed, dataset.classes, at, foundBefore),
  };
}

function boxesOf(
  condition: FoundCondition,
  classes: readonly string[],
  confidence: number,
  foundBefore: (row: number) => boolean,
): ExplainedBox[] {
  const { truth, detections, findings } = condition;
  const objects = [...truth.classes.keys()]
    .filter((row) => !truth.ignored[row] && !truth.crowd[row])
    .map((row): ExplainedBox => ({
      kind: findings.found[row] ? 'truth' : foundBefore(row) ? 'lost' : 'missed',
      box: boxAt(truth.boxes, row),
      class: classes[truth.classes[row] ?? -1] ?? '',
      confidence: null,
    }));
  const detected = (kind: Kind, row: number): ExplainedBox => ({
    kind,
    box: boxAt(detections.boxes, row),
    class: classes[detections.classes[row] ?? -1] ?? '',
    confidence: detections.confidences[row] ?? null,
  });
  const boxes = [
    ...objects,
    ...hits(condition, confidence).map((row) => detected('found', row)),
    ...(findings.spurious[0] ?? []).map((row) => detected('spurious', row)),
  ];
  return boxes.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** Boxes as they are drawn: every one but found ground truth has a label. */
export function panelBoxes(boxes: readonly ExplainedBox[]): PanelBox[] {
  return boxes.map((entry) => ({
    box: entry.box,
    style: kinds[entry.kind].style,
    label: entry.kind === 'truth' ? null : plain(titleOf(entry, plain(entry.class, 24))),
  }));
}

function titleOf({ kind, confidence }: ExplainedBox, name: string): string {
  return `${kinds[kind].word}${name}${confidence === null ? '' : ` ${confidence.toFixed(2)}`}`;
}

/** `2 lost, 1 missed, 3 found` of the boxes of a picture. */
export function explainCounts(boxes: readonly ExplainedBox[]): string {
  const counts = order
    .toReversed()
    .map((kind) => ({ kind, n: boxes.filter((box) => box.kind === kind).length }))
    .filter(({ kind, n }) => n > 0 && kind !== 'truth')
    .map(({ kind, n }) => `${n} ${kind}`);
  return counts.length === 0 ? 'nothing found' : counts.join(', ');
}

/** The same in words, for a terminal: for each run its counts, then what is not as it should be, box by box. */
export function explainText(
  imageId: string,
  condition: string,
  runs: readonly ExplainedRun[],
): string {
  const title = nodeTitle({ level: 'condition', name: condition });
  const blocks = runs.map(({ role, model, confidence, original, changed }) => {
    const wrong = changed.filter(({ kind }) => kind !== 'truth' && kind !== 'found').toReversed();
    return [
      `${role} ${terminal(model, 60)}, at confidence ${confidence.toFixed(3)}`,
      `  original: ${explainCounts(original)}`,
      `  changed:  ${explainCounts(changed)}`,
      ...wrong.map((box) => `    ${titleOf(box, terminal(box.class, 24))}, ${corners(box.box)}`),
    ].join('\n');
  });
  return [`${terminal(imageId)} under ${title}`, ...blocks].join('\n\n');
}

function corners([x1, y1, x2, y2]: ExplainedBox['box']): string {
  const at = (value: number): string => value.toFixed(0);
  return `from (${at(x1)}, ${at(y1)}) to (${at(x2)}, ${at(y2)})`;
}
