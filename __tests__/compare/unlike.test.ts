import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import { compareRuns } from '../../src/compare/compare.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { judge } from '../../src/judge/judge.ts';
import { drawRun } from '../helpers/runs.ts';
import { detectionTable, truthTable } from '../helpers/tables.ts';

const policy = GatePolicySchema.parse({});
const able = [0.9, 0.8, 0.7, 0.8, 0.7];
const weak = [0.9, 0.55, 0.4, 0.8, 0.7];
const IMAGES = 100;

/** The tables of a run as they would be if it had been made on these images and conditions, in this order. */
function part(run: Run, ranks: readonly number[], conditions: readonly number[]): Run {
  const { manifest } = run;
  const rowsOf = <T>(
    table: { readonly offsets: Uint32Array; readonly boxes: Float64Array },
    row: (at: number, box: [number, number, number, number]) => T,
  ): T[][] =>
    ranks.map((rank) => {
      const [from, to] = [table.offsets[rank]!, table.offsets[rank + 1]!];
      return Array.from({ length: to - from }, (_, i) => {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = table.boxes.subarray(4 * (from + i));
        return row(from + i, [x1, y1, x2, y2]);
      });
    });
  return {
    manifest: {
      ...manifest,
      images: ranks.map((rank) => manifest.images[rank]!),
      suite: {
        ...manifest.suite,
        conditions: conditions.map((index) => manifest.suite.conditions[index]!),
      },
    },
    truth: async (condition) => {
      const table = await run.truth(conditions[condition]!);
      return truthTable(rowsOf(table, (row, box) => ({ class: table.classes[row]!, box })));
    },
    detections: async (condition) => {
      const table = await run.detections(conditions[condition]!);
      const { classes, confidences } = table;
      return detectionTable(
        rowsOf(table, (row, box) => ({ class: classes[row]!, box, confidence: confidences[row]! })),
      );
    },
  };
}

const all = Array.from({ length: IMAGES }, (_, rank) => rank);
const whole = [0, 1, 2, 3, 4];

describe('runs of different data', () => {
  const [baseline, candidate] = [drawRun(IMAGES, able, 1), drawRun(IMAGES, weak, 2)];
  const some = all.filter((rank) => rank % 6 !== 2);
  const few = [0, 1, 2, 4];

  it('are compared condition by condition by name, whatever order each has them in', async () => {
    const inOrder = await compareRuns(baseline, candidate, policy, 100);
    const turned = part(baseline, all, [0, 3, 4, 1, 2]);
    const { nodes } = await compareRuns(turned, candidate, policy, 100);
    expect(nodes.map(({ name, drop }) => [name, drop])).toEqual(
      inOrder.nodes.map(({ name, drop }) => [name, drop]),
    );
  });

  it('are compared as if both had been made on what they have in common', async () => {
    const alike = await compareRuns(part(baseline, some, few), part(candidate, some, few), policy);
    const unlike = await compareRuns(
      part(baseline, all, few),
      part(candidate, some, whole),
      policy,
    );
    const { leftOut, failures, fixes, ...numbers } = unlike;
    expect(numbers).toEqual({
      ...alike,
      leftOut: undefined,
      failures: undefined,
      fixes: undefined,
    });
    expect(failures).toEqual(alike.failures);
    expect(fixes).toEqual(alike.fixes);
    expect(leftOut).toMatchObject({
      images: { common: 83, baseline: 100, candidate: 83, removed: 17 },
      conditions: { common: 4, added: ['gaussian_blur/1'] },
    });
  });

  it('name failures by the rank that the image has in the candidate’s run', async () => {
    const { failures } = await compareRuns(part(baseline, some, whole), candidate, policy);
    expect(failures.length).toBeGreaterThan(0);
    for (const { image, imageId } of failures) {
      expect(candidate.manifest.images[image]?.id).toBe(imageId);
      expect(some).toContain(image);
    }
  });

  it('cannot hide a loss by taking a fifth of the images away: it is said before the verdict', async () => {
    const kept = all.slice(19);
    const verdict = judge(await compareRuns(baseline, part(baseline, kept, whole), policy), policy);
    expect(verdict.sentence).toMatch(
      /^Judged without 19 of the baseline’s 100 images \(19 %; not in this run\)\. /,
    );
  });

  it('are judged without a word before the verdict where the candidate only adds', async () => {
    const comparison = await compareRuns(part(baseline, some, whole), candidate, policy);
    expect(judge(comparison, policy).sentence).toMatch(/^Robustness regressed/);
  });

  it('are counted in the groups of both', async () => {
    const pairs = await compareRuns(drawRun(IMAGES, able, 1, 2), candidate, policy);
    expect(pairs.groups).toBe(IMAGES / 2);
    expect(judge(pairs, policy).reasons.map(({ code }) => code)).toContain('few-groups');
  });
});
