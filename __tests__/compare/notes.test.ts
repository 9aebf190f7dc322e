import { describe, expect, it } from '@jest/globals';
import { compareNotes } from '../../src/compare/notes.ts';
import { manifestOf } from '../helpers/runs.ts';

const run = manifestOf(60);
const seen = (name: string, objects: number, groups: number) => ({
  name,
  objects,
  groups,
  clean: [50, 50] as const,
  perturbed: [40, 40] as const,
  standardError: 1,
});

describe('the notes of a comparison', () => {
  it('are none where there is nothing to know', () => {
    expect(
      compareNotes(run, run, [seen('car', 90, 50), seen('dog', 9, 5), seen('ship', 0, 0)]),
    ).toEqual([]);
  });

  it('name rare classes with their objects and groups', () => {
    expect(
      compareNotes(run, run, [seen('car', 90, 50), seen('dog', 7, 1), seen('cat', 4, 4)]),
    ).toEqual([
      'Too rare to be judged (objects in one group of images only), left out of the gated mAP: dog (7 objects in 1).',
      'Rare (objects in fewer than 5 groups of images), so their AP is uncertain: cat (4 objects in 4).',
    ]);
  });

  it.each([
    [
      'processor',
      { engine: { ...run.engine, processor: 'y' } },
      'x, onnxruntime 1; y, onnxruntime 1',
    ],
    ['engine', { engine: { ...run.engine, version: '2' } }, 'onnxruntime 1; x, onnxruntime 2'],
    [
      'device',
      { predictor: { ...run.predictor, device: 'cuda' } },
      'x, onnxruntime 1; x with cuda',
    ],
  ])('say that the runs were made with another %s', (_, changes, found) => {
    const [note] = compareNotes(run, { ...run, ...changes }, []);
    expect(note).toContain(`on different machines (`);
    expect(note).toContain(found);
  });
});
