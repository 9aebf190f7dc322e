import { describe, expect, it } from '@jest/globals';
import {
  findObjects,
  type FoundCondition,
  imageRisk,
  riskCounts,
  riskScore,
} from '../../src/evaluate/risk.ts';
import { matchCondition } from '../../src/evaluate/score.ts';
import { type DetectionRow, detectionTable, type TruthRow, truthTable } from '../helpers/tables.ts';

const left: TruthRow = { box: [0, 0, 10, 10] };
const right: TruthRow = { box: [20, 0, 30, 10] };
const hit = ({ box }: TruthRow, confidence = 0.9): DetectionRow => ({ box, confidence });
const wrong: DetectionRow = { box: [50, 0, 60, 10], confidence: 0.8 };
const same = (_: number, boxes: Float64Array): Float64Array => boxes;

function found(truth: TruthRow[], detections: DetectionRow[]): FoundCondition {
  return findObjects(matchCondition(truthTable([truth]), detectionTable([detections]), 1), 0.5);
}

function counts(clean: FoundCondition, changed: FoundCondition, forward = same): object {
  return riskCounts(imageRisk(clean, changed, forward));
}

describe('risk counts', () => {
  const clean = found([left, right], [hit(left), hit(right), wrong]);

  it('are without loss where nothing changed', () => {
    expect(counts(clean, clean)).toEqual({ found: 2, lost: 0, spurious: 0 });
  });

  it('call lost what was found before, and tell its row', () => {
    const changed = found([left, right], [hit(left), hit(right, 0.4)]);
    const risk = imageRisk(clean, changed, same);
    expect(riskCounts(risk)).toEqual({ found: 2, lost: 1, spurious: 0 });
    expect(risk.lostObjects).toEqual([1]);
  });

  it('never credit what appears only in the changed image', () => {
    const missed = found([left, right], [hit(left)]);
    const all = found([left, right], [hit(left), hit(right)]);
    expect(counts(missed, all)).toEqual({ found: 1, lost: 0, spurious: 0 });
  });

  it('call spurious only what was not false before', () => {
    const other: DetectionRow = { box: [80, 0, 90, 10], confidence: 0.7 };
    const changed = found([left, right], [hit(left), hit(right), wrong, other]);
    expect(counts(clean, changed)).toEqual({ found: 2, lost: 0, spurious: 1 });
  });

  it('map false detections into the changed frame', () => {
    const down = (_: number, boxes: Float64Array): Float64Array =>
      boxes.map((value, i) => (i % 2 === 1 ? value + 40 : value));
    const changed = found(
      [{ box: [0, 40, 10, 50] }, { box: [20, 40, 30, 50] }],
      [
        { box: [0, 40, 10, 50], confidence: 0.9 },
        { box: [20, 40, 30, 50], confidence: 0.9 },
        { box: [50, 40, 60, 50], confidence: 0.8 },
      ],
    );
    expect(counts(clean, changed, down)).toEqual({ found: 2, lost: 0, spurious: 0 });
    expect(counts(clean, changed)).toEqual({ found: 2, lost: 0, spurious: 1 });
  });

  it('leave out an object that has left the image', () => {
    const changed = found([left, { ...right, ignored: true }], [hit(left)]);
    expect(counts(clean, changed)).toEqual({ found: 1, lost: 0, spurious: 0 });
  });
});

describe('risk score', () => {
  it('is the share of what did not stay as it was', () => {
    expect(riskScore({ found: 97, lost: 32, spurious: 3 })).toBe(35);
  });

  it('is 0 where nothing was found', () => {
    expect(riskScore({ found: 0, lost: 0, spurious: 0 })).toBe(0);
  });

  it('is 100 where nothing is left', () => {
    expect(riskScore({ found: 4, lost: 4, spurious: 2 })).toBe(100);
  });
});
