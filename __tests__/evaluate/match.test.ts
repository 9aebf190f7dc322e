import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IOU_THRESHOLDS, matchOverlaps, overlapList } from '../../src/evaluate/match.ts';

interface Image {
  /** IoU of each detection with each ground truth. */
  readonly ious: readonly (readonly number[])[];
  readonly ignore: readonly number[];
  readonly crowd: readonly number[];
}

/** `evaluateImg` of pycocotools line by line: the ground truth that each detection takes at a threshold, or -1. */
function reference({ ious, ignore, crowd }: Image, threshold: number): number[] {
  const order = [...ignore.keys()].sort((a, b) => ignore[a]! - ignore[b]! || a - b);
  const taken = new Set<number>();
  return ious.map((row) => {
    let iou = Math.min(threshold, 1 - 1e-10);
    let match = -1;
    for (const g of order) {
      if (taken.has(g) && !crowd[g]) continue;
      if (match > -1 && ignore[match] === 0 && ignore[g] === 1) break;
      if (row[g]! < iou) continue;
      iou = row[g]!;
      match = g;
    }
    if (match > -1) taken.add(match);
    return match;
  });
}

// Few values, thresholds among them, so that ties are common.
const iou = fc.constantFrom(0, 0.3, 0.5, 0.5, 0.55, 0.62, 0.7, 0.7, 0.9, 1);
const image = fc
  .record({ objects: fc.integer({ min: 0, max: 5 }), detections: fc.integer({ min: 0, max: 8 }) })
  .chain(({ objects, detections }) => {
    const exactly = <T>(one: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> =>
      fc.array(one, { minLength: count, maxLength: count });
    return fc.record({
      ious: exactly(exactly(iou, objects), detections),
      flags: exactly(fc.constantFrom('counts', 'counts', 'ignored', 'crowd'), objects),
    });
  })
  .map(({ ious, flags }): Image => ({
    ious,
    ignore: flags.map((flag) => Number(flag !== 'counts')),
    crowd: flags.map((flag) => Number(flag === 'crowd')),
  }));

describe('matching', () => {
  it('takes what pycocotools takes, at every threshold', () => {
    fc.assert(
      fc.property(image, (drawn) => {
        const { ious, ignore, crowd } = drawn;
        const overlaps = overlapList();
        ious.forEach((row, d) =>
          row.forEach((value, g) => {
            if (value >= IOU_THRESHOLDS[0]!) overlaps.add(d, g, value);
          }),
        );
        const { matched, ignored, object } = matchOverlaps(overlaps, ious.length, {
          ignore,
          crowd,
        });
        IOU_THRESHOLDS.forEach((threshold, t) => {
          const theirs = reference(drawn, threshold);
          const bitOf = (bits: Uint16Array): number[] => Array.from(bits, (of) => (of >> t) & 1);
          expect(bitOf(matched)).toEqual(theirs.map((g) => Number(g >= 0)));
          expect(bitOf(ignored)).toEqual(theirs.map((g) => Number(g >= 0 && ignore[g] === 1)));
        });
        expect([...object]).toEqual(reference(drawn, IOU_THRESHOLDS[0]!));
      }),
      { numRuns: 500 },
    );
  });
});
