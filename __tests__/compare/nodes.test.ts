import { describe, expect, it } from '@jest/globals';
import { suiteNodes, weigh } from '../../src/compare/nodes.ts';
import { SuiteSchema, suiteConditions } from '../../src/perturb/suite.ts';

const suite = SuiteSchema.parse({
  perturbations: ['gaussian_noise', 'impulse_noise', 'gaussian_blur'],
  severities: [1, 5],
});
const conditions = suiteConditions(suite);
const nodes = suiteNodes(conditions);

describe('the nodes of a suite', () => {
  it('are clean, overall, families, perturbations and conditions, each once', () => {
    const count = (level: string): number => nodes.filter((node) => node.level === level).length;
    expect(['clean', 'overall', 'family', 'perturbation', 'condition'].map(count)).toEqual([
      1, 1, 2, 3, 6,
    ]);
    expect(new Set(nodes.map(({ level, name }) => `${level} ${name}`)).size).toBe(nodes.length);
  });

  it('are means: the weights of each sum to 1', () => {
    for (const { weights } of nodes) {
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
  });

  it('weigh families alike, however many perturbations they have', () => {
    const values = conditions.map((condition) =>
      condition.kind === 'perturbed' && condition.family === 'noise' ? 30 : 60,
    );
    const overall = nodes.find(({ level }) => level === 'overall');
    expect(weigh(overall?.weights ?? new Float64Array(), values)).toBeCloseTo(45, 12);
  });

  it('are the clean one alone where nothing is perturbed', () => {
    expect(suiteNodes([{ id: 'clean', kind: 'clean' }]).map(({ name }) => name)).toEqual(['clean']);
  });
});
