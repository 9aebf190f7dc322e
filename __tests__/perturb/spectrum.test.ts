import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeImage } from '../../src/image/codec.ts';
import type { Image } from '../../src/image/image.ts';
import { changedImage } from '../../src/perturb/change.ts';
import { perturbations } from '../../src/perturb/registry.ts';
import { conditionOf } from '../../src/perturb/suite.ts';

const goldens = join(import.meta.dirname, '../goldens/perturb');
const SIDE = 32;
const DRAWS = 1000;

/**
 * Joint standard errors. Of 760 figures one is farther off by chance in 1 suite of 2,000; a figure that has
 * a standard error of 1 %, as most powers have, may be off by 7 % at most.
 */
const FARTHEST = 5;

const spectra = z
  .record(z.string(), z.object({ means: z.array(z.number()), errors: z.array(z.number()) }))
  .parse(JSON.parse(await readFile(join(goldens, 'spectra.json'), 'utf8')));

/** The radius in the spectrum of each cell of a transform, the last with all beyond. */
const RADII = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const distance = (index: number): number => Math.min(index, SIDE - index);
  const radius = Math.hypot(distance(i % SIDE), distance(Math.floor(i / SIDE)));
  return Math.min(Math.round(radius), SIDE / 2);
});

const CELLS = Array.from({ length: SIDE / 2 + 1 }, (_, radius) =>
  RADII.reduce((count, other) => count + Number(other === radius), 0),
);

const angles = Float64Array.from({ length: SIDE }, (_, i) => (2 * Math.PI * i) / SIDE);
const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)];

/** Transforms every row of complex numbers and lays it down as a column. */
function transformRows(real: Float64Array, imaginary: Float64Array): [Float64Array, Float64Array] {
  const [outReal, outImaginary] = [new Float64Array(real.length), new Float64Array(real.length)];
  for (let row = 0; row < SIDE; row++) {
    for (let k = 0; k < SIDE; k++) {
      let a = 0;
      let b = 0;
      for (let x = 0, turn = 0; x < SIDE; x++, turn = (turn + k) % SIDE) {
        const re = real[row * SIDE + x]!;
        const im = imaginary[row * SIDE + x]!;
        a += re * cosines[turn]! + im * sines[turn]!;
        b += im * cosines[turn]! - re * sines[turn]!;
      }
      outReal[k * SIDE + row] = a;
      outImaginary[k * SIDE + row] = b;
    }
  }
  return [outReal, outImaginary];
}

/** Mean power at each radius. */
function spectrumOf(plane: Float64Array): number[] {
  const [real, imaginary] = transformRows(...transformRows(plane, new Float64Array(plane.length)));
  const sums = new Float64Array(SIDE / 2 + 1);
  for (let i = 0; i < plane.length; i++) {
    sums[RADII[i]!]! += (real[i]! ** 2 + imaginary[i]! ** 2) / SIDE ** 2;
  }
  return Array.from(sums, (sum, radius) => sum / CELLS[radius]!);
}

function covariance(a: Float64Array, b: Float64Array): number {
  let [sumA, sumB, product] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
    product += a[i]! * b[i]!;
  }
  return product / a.length - (sumA / a.length) * (sumB / a.length);
}

/** Mean, variance, covariance of red with blue, and green's spectrum: as make_spectra.py has them. */
function figures(before: Image, after: Image): number[] {
  const change = new Float64Array(after.data.length);
  const channels = [0, 1, 2].map(() => new Float64Array(SIDE * SIDE));
  const [red, green, blue] = [channels[0]!, channels[1]!, channels[2]!];
  let sum = 0;
  for (let i = 0; i < change.length; i++) {
    change[i] = after.data[i]! - before.data[i]!;
    channels[i % 3]![(i - (i % 3)) / 3] = change[i]!;
    sum += change[i]!;
  }
  return [
    sum / change.length,
    covariance(change, change),
    covariance(red, blue),
    ...spectrumOf(green),
  ];
}

let scene: Image;

beforeAll(async () => {
  const { width, data } = await decodeImage(join(goldens, 'inputs.png'));
  const rows = Array.from({ length: SIDE }, (_, y) => {
    const from = ((y + 8) * width + 16) * 3;
    return data.subarray(from, from + SIDE * 3);
  });
  scene = { width: SIDE, height: SIDE, data: new Uint8Array(Buffer.concat(rows)) };
});

/** Means and standard errors of the figures over all draws. */
async function statistics(
  name: string,
  severity: number,
): Promise<{ means: number[]; errors: number[] }> {
  const perturbation = perturbations.find((candidate) => candidate.name === name);
  if (!perturbation) throw new RangeError(name);
  const condition = conditionOf(perturbation, severity);
  const rows: number[][] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    rows.push(figures(scene, await changedImage(scene, `draw ${draw}`, condition, 0)));
  }
  const columns = rows[0]!.map((_, k) => Float64Array.from(rows, (row) => row[k]!));
  return {
    means: columns.map((column) => column.reduce((sum, value) => sum + value, 0) / DRAWS),
    errors: columns.map((column) => Math.sqrt(covariance(column, column) / (DRAWS - 1))),
  };
}

describe('over 1,000 draws', () => {
  it.each(Object.entries(spectra))(
    '%s has the mean, the variance and the spectrum of the reference',
    async (id, reference) => {
      const [name = '', severity] = id.split('/');
      const ours = await statistics(name, Number(severity));
      const distances = ours.means.map(
        (mean, k) =>
          Math.abs(mean - reference.means[k]!) /
          Math.hypot(ours.errors[k]!, reference.errors[k]!, 1e-9),
      );
      expect(distances.filter((distance) => !(distance < FARTHEST))).toEqual([]);
    },
    60_000,
  );
});
