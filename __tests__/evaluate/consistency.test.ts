import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectedOf, imageConsistency, type WarpOf } from '../../src/evaluate/consistency.ts';
import { riskCounts } from '../../src/evaluate/risk.ts';
import { drawDetections, drawTruth, uniform } from '../helpers/scenes.ts';
import { type DetectionRow, detectionTable } from '../helpers/tables.ts';

const stay: WarpOf = () => null;

/** To the right, in an image that ends at x = 100. */
const right = (by: number): WarpOf => {
  const affine = [1, 0, by, 0, 1, 0] as const;
  const size = { width: 100, height: 100 };
  return () => ({ size, affine, point: (x, y) => [x + by, y] });
};

function counts(
  before: DetectionRow[],
  now: DetectionRow[],
  warpOf: WarpOf = stay,
): ReturnType<typeof riskCounts> {
  const [clean, changed] = [detectionTable([before]), detectionTable([now])];
  return riskCounts(imageConsistency(expectedOf(clean, 0.5, 2), changed, 0.5, warpOf));
}

function overlap([a, b, c, d]: DetectionRow['box'], [e, f, g, h]: DetectionRow['box']): number {
  const shared =
    Math.max(0, Math.min(c, g) - Math.max(a, e)) * Math.max(0, Math.min(d, h) - Math.max(b, f));
  return shared / ((c - a) * (d - b) + (g - e) * (h - f) - shared);
}

/** The definition, word by word: each changed detection, the surest first, takes its best free counterpart. */
function oracle(before: DetectionRow[], now: DetectionRow[]): ReturnType<typeof riskCounts> {
  const strong = (rows: DetectionRow[]): DetectionRow[] =>
    rows.filter(({ confidence }) => confidence >= 0.5);
  const free = new Set(strong(before));
  let spurious = 0;
  for (const one of strong(now).sort((a, b) => b.confidence - a.confidence)) {
    const [best] = [...free]
      .filter((other) => other.class === one.class && overlap(other.box, one.box) >= 0.5)
      .sort((a, b) => overlap(b.box, one.box) - overlap(a.box, one.box));
    if (best) free.delete(best);
    else spurious += 1;
  }
  return { found: strong(before).length, lost: free.size, spurious };
}

describe('consistency counts', () => {
  const here: DetectionRow = { class: 0, box: [10, 10, 30, 30], confidence: 0.9 };
  const there: DetectionRow = { class: 0, box: [60, 10, 90, 40], confidence: 0.8 };

  it('are those of the definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = uniform(seed);
        const truth = drawTruth(1, random);
        const [before] = drawDetections(truth, 0.8, random);
        const [now] = drawDetections(truth, 0.6, random);
        expect(counts(before!, now!)).toEqual(oracle(before!, now!));
      }),
    );
  });

  it('are without loss where nothing changed, and know nothing of labels', () => {
    expect(counts([here, there], [here, there])).toEqual({ found: 2, lost: 0, spurious: 0 });
  });

  it('call lost what has no counterpart of its class, and spurious what appears', () => {
    expect(counts([here, there], [here, { ...there, class: 1 }])).toEqual({
      found: 2,
      lost: 1,
      spurious: 1,
    });
  });

  it('count a second box about one counterpart as spurious', () => {
    const twice: DetectionRow = { ...here, box: [11, 10, 31, 30], confidence: 0.7 };
    expect(counts([here], [here, twice])).toEqual({ found: 1, lost: 0, spurious: 1 });
  });

  it('leave out what is not sure enough', () => {
    expect(counts([here, { ...there, confidence: 0.4 }], [{ ...here, confidence: 0.3 }])).toEqual({
      found: 1,
      lost: 1,
      spurious: 0,
    });
  });

  it('look for counterparts where the perturbation has moved them', () => {
    const moved: DetectionRow = { ...here, box: [30, 10, 50, 30] };
    expect(counts([here], [moved], right(20))).toEqual({ found: 1, lost: 0, spurious: 0 });
    expect(counts([here], [moved])).toEqual({ found: 1, lost: 1, spurious: 1 });
  });

  it('forget what has left the image, and what is seen of it', () => {
    expect(counts([here, there], [{ ...here, box: [45, 10, 65, 30] }], right(35))).toEqual({
      found: 1,
      lost: 0,
      spurious: 0,
    });
    const rest: DetectionRow = { ...there, box: [95, 10, 100, 40] };
    expect(counts([there], [rest], right(35))).toEqual({ found: 0, lost: 0, spurious: 0 });
  });
});
