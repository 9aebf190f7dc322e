import { describe, expect, it } from '@jest/globals';
import { augmentations } from '../../src/perturb/augmentations.ts';
import { suiteConditions, SuiteSchema } from '../../src/perturb/suite.ts';

const conditions = new Map(
  suiteConditions(SuiteSchema.parse({ preset: 'full' })).map((condition) => [
    condition.id,
    condition.kind === 'perturbed' ? condition.params : null,
  ]),
);

describe('Roboflow’s augmentations', () => {
  it('are all there', () => {
    expect(augmentations.map(({ name }) => name).join(', ')).toBe(
      'Flip, 90° Rotate, Crop, Rotation, Shear, Grayscale, Hue, Saturation, Brightness, Exposure, Blur, Noise, Cutout, Mosaic, Motion Blur, Camera Gain',
    );
  });

  it('come nearest to conditions that there are, all but mosaic', () => {
    const known = augmentations.flatMap(({ nearest }) => nearest);
    expect(known.filter((id) => !conditions.has(id))).toEqual([]);
    expect(
      augmentations.filter(({ nearest }) => nearest.length === 0).map(({ name }) => name),
    ).toEqual(['Mosaic']);
  });

  it.each([
    ['rotation/3', { degrees: 15 }],
    ['shear/3', { degrees: 10 }],
    ['crop/3', { keep: 0.8 }],
    ['cutout/1', { count: 3, size: 0.1 }],
  ])('have the far end of their range in %s', (id, params) => {
    expect(conditions.get(id)).toEqual(params);
  });
});
