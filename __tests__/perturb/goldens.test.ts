import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '../../src/image/codec.ts';
import type { Image } from '../../src/image/image.ts';
import { createRandom } from '../../src/image/random.ts';
import type { Perturbation } from '../../src/perturb/perturbation.ts';
import { perturbations } from '../../src/perturb/registry.ts';

const folder = join(import.meta.dirname, '../goldens/perturb');
const golden = (name: string): string => join(folder, `${name}.png`);

const inputs = [
  { label: 'scene', left: 0, width: 64, height: 48 },
  { label: 'gradient', left: 64, width: 40, height: 56 },
  { label: 'noise', left: 104, width: 35, height: 33 },
];

function crop(sheet: Image, left: number, top: number, width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * sheet.width + left) * 3;
    data.set(sheet.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}

/** The changed images of one severity, with what the reference made of the same. */
async function pairs(perturbation: Perturbation, severity: number): Promise<[Image, Image][]> {
  const originals = await decodeImage(golden('inputs'));
  const sheet = await decodeImage(golden(perturbation.name));
  const rowHeight = sheet.height / perturbation.severities.length;
  let left = 0;
  const result: [Image, Image][] = [];
  for (const { label, ...input } of inputs) {
    const original = crop(originals, input.left, 0, input.width, input.height);
    const random = createRandom(0, label, perturbation.name, severity);
    const params = perturbation.params.parse(perturbation.severities[severity - 1]);
    const changed = await perturbation.apply(original, params, random);
    const top = (severity - 1) * rowHeight;
    result.push([changed, crop(sheet, left, top, changed.width, changed.height)]);
    left += changed.width;
  }
  return result;
}

describe.each(perturbations.filter(({ name }) => existsSync(golden(name))))(
  '$name',
  (perturbation: Perturbation) => {
    it.each(perturbation.severities.map((_, index) => index + 1))(
      'equals the reference at severity %d',
      async (severity) => {
        const differences = (await pairs(perturbation, severity)).flatMap(([changed, reference]) =>
          Array.from(changed.data, (sample, i) => Math.abs(sample - reference.data[i]!)),
        );
        const share = (limit: number): number =>
          differences.filter((difference) => difference <= limit).length / differences.length;
        expect({ within1: share(1) >= 0.999, within2: share(2), share1: share(1) }).toMatchObject({
          within1: true,
          within2: 1,
        });
      },
    );
  },
);
