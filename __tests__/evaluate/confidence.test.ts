import { describe, expect, it } from '@jest/globals';
import { bestF1Confidence } from '../../src/evaluate/confidence.ts';
import { matchCondition } from '../../src/evaluate/score.ts';
import { type DetectionRow, detectionTable, truthTable } from '../helpers/tables.ts';

const truth = truthTable([
  [
    { class: 0, box: [0, 0, 10, 10] },
    { class: 1, box: [20, 0, 30, 10] },
    { class: 1, box: [40, 0, 50, 10] },
  ],
]);

function best(detections: DetectionRow[]): number {
  return bestF1Confidence(matchCondition(truth, detectionTable([detections]), 2));
}

describe('operating confidence', () => {
  it('is where F1 pooled over classes is best', () => {
    // Down to .9: F1 = 2·1/(1+3) = 1/2; .6: 2·2/(3+3) = 2/3; .5: 4/7.
    const found: DetectionRow[] = [
      { class: 0, box: [0, 0, 10, 10], confidence: 0.9 },
      { class: 0, box: [80, 0, 90, 10], confidence: 0.7 },
      { class: 1, box: [20, 0, 30, 10], confidence: 0.6 },
      { class: 1, box: [90, 0, 99, 10], confidence: 0.5 },
    ];
    expect(best(found)).toBe(0.6);
  });

  it('takes equal confidences together', () => {
    const found: DetectionRow[] = [
      { class: 0, box: [0, 0, 10, 10], confidence: 0.6 },
      { class: 0, box: [80, 0, 90, 10], confidence: 0.6 },
      { class: 1, box: [20, 0, 30, 10], confidence: 0.6 },
    ];
    expect(best(found)).toBe(0.6);
  });

  it('is a half where nothing is found', () => {
    expect(best([])).toBe(0.5);
  });
});
