import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchCondition, scoreCondition } from '../../src/evaluate/score.ts';
import { drawDetections, drawTruth, uniform } from '../helpers/scenes.ts';
import { type DetectionRow, detectionTable, type TruthRow, truthTable } from '../helpers/tables.ts';

interface Scene {
  readonly truth: TruthRow[][];
  readonly detections: DetectionRow[][];
}

const scenes = fc.integer({ min: 1, max: 1e6 }).map((seed): Scene => {
  const random = uniform(seed);
  const truth = drawTruth(6, random);
  return { truth, detections: drawDetections(truth, 0.7, random) };
});

function mapOf(truth: readonly (readonly TruthRow[])[], detections: DetectionRow[][]): number {
  const matched = matchCondition(truthTable(truth), detectionTable(detections), 2);
  return scoreCondition(matched).map ?? NaN;
}

describe('mAP of a condition', () => {
  it('lies between 0 and 100', () => {
    fc.assert(
      fc.property(scenes, ({ truth, detections }) => {
        const value = mapOf(truth, detections);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('is 100 where every object is found exactly', () => {
    fc.assert(
      fc.property(scenes, ({ truth }) => {
        const perfect = truth.map((rows) => rows.map((row) => ({ ...row, confidence: 0.5 })));
        expect(mapOf(truth, perfect)).toBeCloseTo(100, 9);
      }),
    );
  });

  it('does not depend on the order of images or rows', () => {
    fc.assert(
      fc.property(scenes, ({ truth, detections }) => {
        const backwards = detections.map((rows) => [...rows].reverse()).reverse();
        expect(mapOf([...truth].reverse(), backwards)).toBeCloseTo(mapOf(truth, detections), 9);
      }),
    );
  });

  it('depends on the order of confidences alone', () => {
    fc.assert(
      fc.property(scenes, ({ truth, detections }) => {
        const squeezed = detections.map((rows) =>
          rows.map((row) => ({ ...row, confidence: row.confidence ** 3 / 2 })),
        );
        expect(mapOf(truth, squeezed)).toBe(mapOf(truth, detections));
      }),
    );
  });

  it('is never raised by a false detection', () => {
    fc.assert(
      fc.property(
        scenes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ truth, detections }, confidence) => {
          const wrong: DetectionRow = { box: [5000, 0, 5050, 50], confidence };
          const more = detections.map((rows, i) => (i === 0 ? [...rows, wrong] : rows));
          expect(mapOf(truth, more)).toBeLessThanOrEqual(mapOf(truth, detections) + 1e-9);
        },
      ),
    );
  });

  it('is undefined without ground truth', () => {
    const matched = matchCondition(
      truthTable([[]]),
      detectionTable([[{ box: [0, 0, 9, 9], confidence: 1 }]]),
      1,
    );
    expect(scoreCondition(matched)).toEqual({
      map: null,
      ap50: null,
      classes: [null],
      classes50: [null],
    });
  });

  it('leaves out an ignored object and the detection that matches it', () => {
    const truth: TruthRow[][] = [
      [{ box: [0, 0, 10, 10] }, { box: [50, 0, 60, 10], ignored: true }],
    ];
    const detections: DetectionRow[][] = [
      [
        { box: [50, 0, 60, 10], confidence: 0.9 },
        { box: [0, 0, 10, 10], confidence: 0.8 },
      ],
    ];
    expect(mapOf(truth, detections)).toBeCloseTo(100, 9);
  });
});
