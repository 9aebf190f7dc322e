import { describe, expect, it } from '@jest/globals';
import { errorCounts } from '../../src/evaluate/errors.ts';
import { findObjects } from '../../src/evaluate/risk.ts';
import { matchCondition } from '../../src/evaluate/score.ts';
import { type DetectionRow, detectionTable, type TruthRow, truthTable } from '../helpers/tables.ts';

const object: TruthRow = { class: 0, box: [100, 100, 200, 200] };

function count(objects: TruthRow[], detections: DetectionRow[]) {
  const matched = matchCondition(truthTable([objects]), detectionTable([detections]), 2);
  return errorCounts(findObjects(matched, 0.5));
}

function at(x: number, changes: Partial<DetectionRow> = {}): DetectionRow {
  return { class: 0, box: [x, 100, x + 100, 200], confidence: 0.9, ...changes };
}

describe('errors of detections', () => {
  it.each([
    ['no detection is a miss', [], { missed: 1 }],
    ['a weak detection is none', [at(100, { confidence: 0.4 })], { missed: 1 }],
    ['a detection beside the object is moved', [at(160)], { moved: 1 }],
    ['one of another class in its place is renamed', [at(110, { class: 1 })], { renamed: 1 }],
    ['one of another class beside it is a ghost', [at(160, { class: 1 })], { missed: 1, ghost: 1 }],
    ['one far away is a ghost', [at(400)], { missed: 1, ghost: 1 }],
    ['a second detection of a found object is a ghost', [at(100), at(102)], { ghost: 1 }],
    ['a detection in its place is no error', [at(102)], {}],
  ])('%s', (_, detections, expected) => {
    const none = { objects: 1, missed: 0, ghost: 0, moved: 0, renamed: 0 };
    expect(count([object], detections)).toEqual({ ...none, ...expected });
  });

  it('give an object one explanation: the detection that overlaps it most', () => {
    const found = [at(150), at(110, { class: 1 })];
    expect(count([object], found)).toMatchObject({ renamed: 1, moved: 0, ghost: 1, missed: 0 });
  });

  it('leave out ignored objects and crowds', () => {
    const none = { objects: 0, missed: 0, ghost: 0, moved: 0, renamed: 0 };
    expect(count([{ ...object, ignored: true }], [at(100)])).toEqual(none);
    expect(count([{ ...object, crowd: true }], [])).toEqual(none);
  });
});
