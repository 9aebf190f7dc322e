import { describe, expect, it } from '@jest/globals';
import { addCandidate, createCandidates } from '../../src/predict/candidates.ts';
import { suppress } from '../../src/predict/nms.ts';

describe('non-maximum suppression', () => {
  const list = (...rows: [number, number, number, number, number, number][]) => {
    const candidates = createCandidates();
    for (const row of rows) addCandidate(candidates, ...row);
    return candidates;
  };

  it('drops the weaker of two that overlap by more than the threshold', () => {
    // IoU 0.8 of the first two.
    const boxes = list([0, 0, 10, 10, 0, 0.5], [0, 0, 10, 8, 0, 0.9], [20, 20, 30, 30, 0, 0.1]);
    expect(suppress(boxes, 0.7, 300)).toEqual([1, 2]);
    expect(suppress(boxes, 0.8, 300)).toEqual([1, 0, 2]);
  });

  it('keeps boxes of different classes', () => {
    expect(suppress(list([0, 0, 9, 9, 0, 0.5], [0, 0, 9, 9, 1, 0.6]), 0.5, 300)).toEqual([1, 0]);
  });

  it('keeps the model’s order among equal confidences and stops at the limit', () => {
    const boxes = list([0, 0, 1, 1, 0, 0.5], [5, 5, 6, 6, 0, 0.5], [8, 8, 9, 9, 0, 0.5]);
    expect(suppress(boxes, 0.5, 2)).toEqual([0, 1]);
  });

  it('grows past its first room', () => {
    const many = createCandidates();
    for (let i = 0; i < 3000; i++) addCandidate(many, 2 * i, 0, 2 * i + 1, 1, 0, 0.5);
    expect(suppress(many, 0.5, 5000)).toHaveLength(3000);
  });
});
