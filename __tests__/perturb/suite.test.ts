import { describe, expect, it } from '@jest/globals';
import { families } from '../../src/perturb/perturbation.ts';
import { presets } from '../../src/perturb/presets.ts';
import { perturbations } from '../../src/perturb/registry.ts';
import { suiteConditions, SuiteSchema } from '../../src/perturb/suite.ts';

const ids = (suite: object): string[] =>
  suiteConditions(SuiteSchema.parse(suite)).map(({ id }) => id);

describe('a suite', () => {
  it('starts with the clean condition and gives what has one level one condition', () => {
    expect(ids({ perturbations: ['horizontal_flip', 'rotation'], severities: [5, 1, 1] })).toEqual([
      'clean',
      'horizontal_flip',
      'rotation/1',
      'rotation/5',
    ]);
  });

  it('lets an entry’s own severities win', () => {
    expect(
      ids({ severities: [1], perturbations: ['brightness', { contrast: { severities: [2] } }] }),
    ).toEqual(['clean', 'brightness/1', 'contrast/2']);
  });

  it('orders conditions as the registry does, whatever the config’s order', () => {
    expect(ids({ perturbations: ['rotation', 'gaussian_noise'], severities: [3] })).toEqual([
      'clean',
      'gaussian_noise/3',
      'rotation/3',
    ]);
  });
});

describe('presets', () => {
  const names = new Set<string>(perturbations.map(({ name }) => name));

  it.each(Object.entries(presets))(
    '%s names perturbations that there are, each once',
    (_, preset) => {
      expect(preset.names.filter((name) => !names.has(name))).toEqual([]);
      expect(new Set(preset.names).size).toBe(preset.names.length);
    },
  );

  it.each(['quick', 'standard', 'full'])('%s covers every family', (preset) => {
    const covered = suiteConditions(SuiteSchema.parse({ preset })).flatMap((condition) =>
      condition.kind === 'perturbed' ? [condition.family] : [],
    );
    expect(new Set(covered)).toEqual(new Set(families));
  });

  it('are as large as the docs say', () => {
    const size = (preset: string): number => ids({ preset }).length - 1;
    expect([size('quick'), size('standard'), size('imagenet-c')]).toEqual([8, 61, 75]);
  });
});
