import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  averagePrecisions,
  type ClassMatches,
  mean,
} from '../../src/evaluate/average-precision.ts';
import { weighedMatches, weightedPrecision } from '../../src/evaluate/weighted-precision.ts';

const THRESHOLDS = [...Array(10).keys()];

interface DrawnImage {
  readonly group: number;
  readonly positives: number;
  readonly rows: readonly {
    readonly confidence: number;
    readonly matched: number;
    readonly ignored: number;
  }[];
}

/** Detections of some images, few confidences among them so that many tie, and how often each group is there. */
const weighed = fc.integer({ min: 1, max: 6 }).chain((groups) =>
  fc.record({
    groups: fc.constant(groups),
    images: fc.array<DrawnImage>(
      fc.record({
        group: fc.nat(groups - 1),
        positives: fc.nat(3),
        rows: fc.array(
          fc.record({
            confidence: fc.integer({ min: 1, max: 5 }),
            matched: fc.nat(1023),
            ignored: fc.nat(1023),
          }),
          { maxLength: 6 },
        ),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    weights: fc.array(fc.nat(4), { minLength: groups, maxLength: groups }),
  }),
);

/** The matches where each row is there so many times, in its place. */
function repeated(images: readonly DrawnImage[], times: (group: number) => number): ClassMatches {
  const rows = images
    .flatMap(({ group, rows: found }, image) => found.map((row) => ({ ...row, image, group })))
    .sort((a, b) => b.confidence - a.confidence)
    .flatMap((row) => Array.from({ length: times(row.group) }, () => row));
  const positivesOfImage = Int32Array.from(
    images,
    ({ positives, group }) => positives * times(group),
  );
  return {
    images: Int32Array.from(rows, ({ image }) => image),
    matched: Uint16Array.from(rows, ({ matched }) => matched),
    ignored: Uint16Array.from(rows, ({ ignored }) => ignored),
    positives: positivesOfImage.reduce((sum, count) => sum + count, 0),
    positivesOfImage,
  };
}

describe('the AP of a weighted sample', () => {
  it('is to the last bit that of the sample in which each row is repeated', () => {
    fc.assert(
      fc.property(weighed, ({ groups, images, weights }) => {
        const groupOf = Int32Array.from(images, ({ group }) => group);
        const laidOut = weighedMatches(
          repeated(images, () => 1),
          groupOf,
          groups,
          THRESHOLDS,
        );
        const long = averagePrecisions(repeated(images, (group) => weights[group]!));
        expect(weightedPrecision(laidOut, weights)).toBe(long && mean(long));
      }),
      { numRuns: 2000 },
    );
  });
});
