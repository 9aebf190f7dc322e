import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { moveGroundTruth } from '../../src/boxes/move.ts';
import type { Warp } from '../../src/boxes/warp.ts';
import { createRandom } from '../../src/image/random.ts';
import { perturbations } from '../../src/perturb/registry.ts';
import { truthOf } from '../helpers/boxes.ts';
import { named } from '../helpers/perturbations.ts';

const quad = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const cases = z
  .array(
    z.object({
      perturbation: z.string(),
      severity: z.number(),
      uniforms: z.array(z.number()),
      boxes: z.array(quad),
      moved: z.array(quad.nullable()),
    }),
  )
  .parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../goldens/boxes/moved.json'), 'utf8')),
  );

/**
 * Pixels. Albumentations looks at 360 points of an ellipse, which lie inside its bounds by up to 1 - cos 0.5°
 * = 0.00004 of its reach, 0.004 px here, and computes in float32.
 */
const NEAR = 0.01;

function warpOf({ perturbation: name, severity, uniforms }: (typeof cases)[number]): Warp {
  const perturbation = named(name);
  const params = perturbation.params.parse(perturbation.severities[severity - 1]);
  const random = createRandom(0, '', name, severity);
  const uniform = (index: number): number => uniforms[index]!;
  const warp = perturbation.warp?.({ width: 200, height: 100 }, params, { ...random, uniform });
  if (!warp) throw new RangeError(`${name} moves nothing`);
  return warp;
}

describe('moveGroundTruth', () => {
  it.each(cases.map((one, index) => [one.perturbation, one.severity, index] as const))(
    'moves boxes under %s at severity %d as the reference does (case %d)',
    (_name, _severity, index) => {
      const one = cases[index]!;
      const truth = moveGroundTruth(
        truthOf(one.boxes.flat()),
        one.boxes.map(() => null),
        warpOf(one),
      );
      expect([...truth.ignored]).toEqual(one.moved.map((box) => Number(box === null)));
      const distances = one.moved.flatMap((box, row) =>
        (box ?? []).map((value, side) => Math.abs(value - truth.boxes[4 * row + side]!)),
      );
      expect(distances.filter((distance) => !(distance < NEAR))).toEqual([]);
    },
  );

  it('is shown every perturbation that moves points', () => {
    const moving = perturbations.filter(({ family }) => family === 'geometry');
    expect(new Set(cases.map(({ perturbation }) => perturbation))).toEqual(
      new Set(moving.map(({ name }) => name)),
    );
  });
});
