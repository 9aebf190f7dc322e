import { describe, expect, it } from '@jest/globals';
import { IOU_THRESHOLDS } from '../../src/evaluate/match.ts';
import type { ClassMatches } from '../../src/evaluate/average-precision.ts';
import { classInfluence } from '../../src/evaluate/influence.ts';
import { classMatches, matchCondition } from '../../src/evaluate/score.ts';
import { standardErrorOf } from '../../src/compare/max-t.ts';
import { drawDetections, drawTruth, uniform } from '../helpers/scenes.ts';
import { detectionTable, truthTable } from '../helpers/tables.ts';

const IMAGES = 200;

function drawMatches(): ClassMatches {
  const random = uniform(7);
  const truth = drawTruth(IMAGES, random);
  const detections = drawDetections(truth, 0.8, random);
  return classMatches(matchCondition(truthTable(truth), detectionTable(detections), 2), 0);
}

/** Mean over thresholds of the all-points AP without one group: the definition, nothing shared with the product. */
function averagePrecisionWithout(matches: ClassMatches, left: number, groupOf: Int32Array): number {
  const rows = [...matches.images.keys()].filter((d) => groupOf[matches.images[d]!] !== left);
  const positives = [...matches.positivesOfImage.keys()]
    .filter((image) => groupOf[image] !== left)
    .reduce((sum, image) => sum + matches.positivesOfImage[image]!, 0);
  const values = [...IOU_THRESHOLDS.keys()].map((t) => {
    const hits = rows.map((d) => (matches.matched[d]! >> t) & 1);
    const precisions = hits.map(
      (_, d) => hits.slice(0, d + 1).reduce((sum, hit) => sum + hit, 0) / (d + 1),
    );
    for (let d = precisions.length - 2; d >= 0; d--) {
      precisions[d] = Math.max(precisions[d]!, precisions[d + 1]!);
    }
    return hits.reduce((sum, hit, d) => sum + hit * precisions[d]!, 0) / positives;
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function jackknife(matches: ClassMatches, groupOf: Int32Array, groups: number): number {
  const left = Array.from({ length: groups }, (_, g) =>
    averagePrecisionWithout(matches, g, groupOf),
  );
  const mean = left.reduce((sum, value) => sum + value, 0) / groups;
  const squares = left.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(((groups - 1) / groups) * squares);
}

describe('influence values', () => {
  it.each([
    ['images', 1],
    ['groups of four images', 4],
  ])('give the standard error of the delete-one jackknife over %s', (_, size) => {
    const matches = drawMatches();
    const groups = IMAGES / size;
    const groupOf = Int32Array.from({ length: IMAGES }, (__, image) => Math.floor(image / size));
    const ours = standardErrorOf(classInfluence(matches, groupOf, groups));
    const exact = jackknife(matches, groupOf, groups);
    expect(Math.abs(ours / exact - 1)).toBeLessThan(0.01);
  });

  it('add up to 0', () => {
    const matches = drawMatches();
    const groupOf = Int32Array.from({ length: IMAGES }, (_, image) => image);
    const influence = classInfluence(matches, groupOf, IMAGES + 1);
    expect(influence.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  });
});
