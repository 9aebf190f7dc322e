import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import { compareRuns } from '../../src/compare/compare.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { resolutionOfCounts, resolutionOfRun } from '../../src/compare/resolution.ts';
import { conditions, drawRun, sharedTruth } from '../helpers/runs.ts';
import { detectionTable } from '../helpers/tables.ts';

const IMAGES = 120;
const run = drawRun(IMAGES, [0.9, 0.8, 0.7, 0.8, 0.7], 1);

/** It finds nothing, so that all of the error of its drop is the other model's. */
const silent: Run = {
  ...run,
  manifest: { ...run.manifest, files: { ...run.manifest.files, detections: 'f'.repeat(64) } },
  detections: () => Promise.resolve(detectionTable(sharedTruth(IMAGES).map(() => []))),
};

// Two like models: sqrt(2 (1 - 0.78)) of one model's error; of a risk score 2.22 of 3.0.
const cases = [
  ['map', 'map', Math.sqrt(0.44)],
  ['ap50', 'ap50', Math.sqrt(0.44)],
  ['risk', 'map', 0.74],
] as const;

describe.each(cases)('a forecast of %s', (metric, ofClean, pairing) => {
  const policy = GatePolicySchema.parse({ metric });

  it('speaks of the metric that the gate judges, of clean images as the gate does', async () => {
    const { gated, nodes } = await resolutionOfRun(run, policy);
    expect(gated).toBe(metric);
    expect(nodes.map((node) => [node.name, node.metric])).toEqual([
      ['clean', ofClean],
      ['noise', metric],
      ['blur', metric],
    ]);
  });

  it('takes the error of one model for that of two like ones', async () => {
    const { nodes } = await resolutionOfRun(run, policy);
    const compared = await compareRuns(run, silent, policy, 50);
    for (const { name, ruledOut } of nodes.filter(({ level }) => level === 'family')) {
      const node = compared.nodes.find((other) => other.level === 'family' && other.name === name)!;
      expect(ruledOut).toBeCloseTo(pairing * (node.ruledOut - node.drop), 9);
    }
  });
});

describe('the resolution by rule of thumb', () => {
  it('rules less out at a smaller ruleOutAlpha, as the verdict does, and shows drops as before', () => {
    const [usual, strict] = [{}, { ruleOutAlpha: 0.01 }].map((gate) =>
      resolutionOfCounts(
        [100, 80],
        { images: 100, groups: 100 },
        conditions,
        GatePolicySchema.parse(gate),
      ),
    );
    usual!.nodes.forEach((node, i) => {
      const other = strict!.nodes[i]!;
      // Quantiles of Student's t with 99 degrees of freedom.
      expect(other.ruledOut / node.ruledOut).toBeCloseTo(2.3646 / 1.6604, 3);
      expect(other.detectableDrop).toBe(node.detectableDrop);
    });
  });
});
