import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { conditionOfSize, type Size, sizes } from '../../src/evaluate/sizes.ts';
import {
  matchCondition,
  type OverlappedCondition,
  scoreCondition,
} from '../../src/evaluate/score.ts';
import { type DetectionRow, detectionTable, type TruthRow, truthTable } from '../helpers/tables.ts';

const bbox = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .transform(([x, y, w, h]) => [x, y, x + w, y + h] as const);
const Golden = z.object({
  truth: z.object({
    images: z.array(z.object({ id: z.number() })),
    categories: z.array(z.object({ id: z.number() })),
    annotations: z.array(
      z.object({
        id: z.number(),
        image_id: z.number(),
        category_id: z.number(),
        bbox,
        area: z.number(),
        iscrowd: z.number(),
      }),
    ),
  }),
  detections: z.array(
    z.object({ image_id: z.number(), category_id: z.number(), bbox, score: z.number() }),
  ),
  score: z.object({ APs: z.number(), APm: z.number(), APl: z.number() }),
});

const goldens = join(import.meta.dirname, '../goldens/evaluate/coco');
// Of an annotation with id 0 pycocotools sees no match: a run has no such ids.
const scenarios = (await readdir(goldens)).filter((file) => file !== 'id-zero.json').sort();

function sizePrecision(condition: OverlappedCondition, size: Size): number | null {
  const ofSize = conditionOfSize(condition, size);
  return ofSize && scoreCondition(ofSize).map;
}

function precisions(truth: TruthRow[], found: DetectionRow[]): Record<Size, number | null> {
  const condition = matchCondition(truthTable([truth]), detectionTable([found]), 1);
  const of = (size: Size): number | null => sizePrecision(condition, size);
  return { small: of('small'), medium: of('medium'), large: of('large') };
}

describe.each(scenarios)('AP by size of %s', (file) => {
  it('equals APs, APm and APl of pycocotools', async () => {
    const golden = Golden.parse(JSON.parse(await readFile(join(goldens, file), 'utf8')));
    const images = golden.truth.images.map(({ id }) => id).sort((a, b) => a - b);
    const categories = golden.truth.categories.map(({ id }) => id).sort((a, b) => a - b);
    const ofImage = <Entry extends { image_id: number }>(entries: Entry[]): Entry[][] =>
      images.map((id) => entries.filter(({ image_id: image }) => image === id));
    const truth = truthTable(
      ofImage(golden.truth.annotations).map((rows) =>
        rows.map(({ category_id: category, bbox: box, area, iscrowd }) => ({
          class: categories.indexOf(category),
          box,
          area,
          crowd: iscrowd === 1,
        })),
      ),
    );
    const detections = detectionTable(
      ofImage(golden.detections).map((rows) =>
        rows.map(({ category_id: category, bbox: box, score }) => ({
          class: categories.indexOf(category),
          box,
          confidence: score,
        })),
      ),
    );
    const condition = matchCondition(truth, detections, categories.length);
    const theirs = [golden.score.APs, golden.score.APm, golden.score.APl];
    sizes.forEach((size, i) => {
      const value = sizePrecision(condition, size);
      expect(Math.abs((value === null ? -1 : value / 100) - theirs[i]!)).toBeLessThan(1e-9);
    });
  });
});

describe('AP by size', () => {
  const little: TruthRow = { box: [0, 0, 20, 20] };
  const big: TruthRow = { box: [100, 0, 300, 200] };

  it('is undefined where no object has the size', () => {
    const { small, medium, large } = precisions([little], [{ ...little, confidence: 0.9 }]);
    expect(small).toBeCloseTo(100, 9);
    expect([medium, large]).toEqual([null, null]);
  });

  it('does not count a false detection of another size', () => {
    const wrong: DetectionRow = { box: [400, 0, 410, 10], confidence: 0.95 };
    const found = [little, big].map(({ box }): DetectionRow => ({ box, confidence: 0.9 }));
    const { small, large } = precisions([little, big], [wrong, ...found]);
    expect(small).toBeCloseTo(50, 9);
    expect(large).toBeCloseTo(100, 9);
  });

  it('leaves out an object that a condition ignores', () => {
    const { small } = precisions([{ ...little, ignored: true }], [{ ...little, confidence: 0.9 }]);
    expect(small).toBeNull();
  });
});
