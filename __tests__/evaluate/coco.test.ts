import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { formatCocoScore, scoreCoco } from '../../src/evaluate/coco.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { folderOf } from '../helpers/tmp.ts';

const Golden = z.object({
  truth: z.unknown(),
  detections: z.unknown(),
  score: z.record(z.string(), z.number()),
  printed: z.string(),
});
const goldens = join(import.meta.dirname, '../goldens/evaluate/coco');
const scenarios = (await readdir(goldens)).sort();

const image = { id: 1 };
const truth = {
  images: [image],
  categories: [{ id: 1 }],
  annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 9, 9], area: 81, iscrowd: 0 }],
};
const detection = { image_id: 1, category_id: 1, bbox: [0, 0, 9, 9], score: 0.5 };

async function score(truthValue: unknown, detections: unknown): ReturnType<typeof scoreCoco> {
  const folder = await folderOf({
    'truth.json': JSON.stringify(truthValue),
    'detections.json': JSON.stringify(detections),
  });
  return scoreCoco(join(folder, 'truth.json'), join(folder, 'detections.json'));
}

describe.each(scenarios)('COCO numbers of %s', (file) => {
  it('equal pycocotools, printed alike', async () => {
    const golden = Golden.parse(JSON.parse(await readFile(join(goldens, file), 'utf8')));
    const ours = await score(golden.truth, golden.detections);
    expect(Object.keys(ours)).toEqual(Object.keys(golden.score));
    for (const [key, value] of Object.entries(ours)) {
      expect(Math.abs(value - golden.score[key]!)).toBeLessThan(1e-9);
    }
    expect(formatCocoScore(ours)).toBe(golden.printed);
  });
});

describe('a COCO file that is not as it should be', () => {
  it('scores an empty results file as nothing found', async () => {
    const { AP, AR100, APm } = await score(truth, []);
    expect([AP, AR100, APm]).toEqual([0, 0, -1]);
  });

  it('names each entry of an unknown image or class', async () => {
    const text = await gateErrorOf(() =>
      score(truth, [{ ...detection, image_id: 8 }, detection, { ...detection, category_id: 9 }]),
    );
    expect(text).toContain('detections.json  [0]');
    expect(text).toContain('image_id 8');
    expect(text).toContain('detections.json  [2]');
    expect(text).toContain('category_id 9');
  });

  it('names an annotation id that is used twice', async () => {
    const [annotation] = truth.annotations;
    const text = await gateErrorOf(() =>
      score({ ...truth, annotations: [annotation, annotation] }, [detection]),
    );
    expect(text).toContain('annotations[1]');
    expect(text).toContain('id 1 is used twice');
  });

  it('names every key that is missing or of another type', async () => {
    const text = await gateErrorOf(() =>
      score(truth, [
        { ...detection, score: 'high' },
        { ...detection, bbox: [1, 2, 3] },
      ]),
    );
    expect(text).toContain('[0].score\n  must be a number, found "high"');
    expect(text).toMatch(/\[1\]\.bbox\n {2}must be at least 4 entries/);
    expect(text).not.toMatch(/Invalid input|expected (number|array)/);
  });

  it('says what is not JSON and what is not there', async () => {
    const folder = await folderOf({ 'truth.json': '{', 'detections.json': '[]' });
    const at = (name: string): string => join(folder, name);
    expect(await gateErrorOf(() => scoreCoco(at('truth.json'), at('detections.json')))).toContain(
      'not JSON',
    );
    expect(await gateErrorOf(() => scoreCoco(at('gone.json'), at('detections.json')))).toContain(
      'not found',
    );
  });
});
