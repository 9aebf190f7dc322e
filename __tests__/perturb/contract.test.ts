import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { moveBoxes } from '../../src/boxes/move.ts';
import { decodeImage } from '../../src/image/codec.ts';
import type { Image } from '../../src/image/image.ts';
import { createRandom } from '../../src/image/random.ts';
import { families, type Perturbation } from '../../src/perturb/perturbation.ts';
import { perturbations } from '../../src/perturb/registry.ts';

const whole = await decodeImage(
  join(import.meta.dirname, '../../examples/construction-site/images/test/site-0000.jpg'),
);
const scene = crop(whole);

/** The middle has so few of the stripes that packets hold that the first severities lose as many. */
const damagedScene = ({ name }: Perturbation): Image => (name === 'packet_loss' ? whole : scene);

/** Images over which damage is averaged: what hides few whole stripes varies most. */
const drawsOf = ({ name }: Perturbation): number => (name === 'packet_loss' ? 40 : 4);

/** The middle: enough to see every change, small enough to try them all. */
function crop({ width, data }: Image): Image {
  const rows = Array.from({ length: 72 }, (_, y) => {
    const from = ((y + 128) * width + 160) * 3;
    return data.subarray(from, from + 96 * 3);
  });
  return { width: 96, height: 72, data: new Uint8Array(Buffer.concat(rows)) };
}

function changed(
  perturbation: Perturbation,
  image: Image,
  severity = 1,
  digest = 'scene',
): Promise<Image> | Image {
  const params = perturbation.params.parse(perturbation.severities[severity - 1]);
  const random = createRandom(0, digest, perturbation.name, severity);
  return perturbation.apply(image, params, random);
}

/** Mean squared difference of the two, where they have one size. */
function damage(a: Image, b: Image): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return sum / a.data.length;
}

function plain(width: number, height: number, grey?: number): Image {
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => grey ?? (i * 7919 + 13) % 256,
  );
  return { width, height, data };
}

/** Of these the damage to pixels is not measured: they move them. */
const moves = ({ family }: Perturbation): boolean => family === 'geometry';
/** The reference's own constants: their damage to pixels goes up and down. */
const unordered = new Set(['glass_blur', 'snow', 'frost', 'fog', 'saturate']);

describe.each(perturbations)('$name', (perturbation: Perturbation) => {
  it('gives bytes of its own: they are used again once an image is predicted', async () => {
    const [first, second] = [
      await changed(perturbation, scene),
      await changed(perturbation, scene),
    ];
    expect(first.data === second.data && first.data !== scene.data).toBe(false);
  });

  const levels = perturbation.severities.map((_, index) => index + 1);

  it('says what it is', () => {
    expect(perturbation.name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
    expect(families).toContain(perturbation.family);
    expect([1, 5]).toContain(perturbation.severities.length);
    for (const text of [
      perturbation.title,
      perturbation.simulates,
      perturbation.source.paper,
      perturbation.source.reference,
    ]) {
      expect(text).not.toBe('');
    }
    for (const params of perturbation.severities) {
      expect(perturbation.params.parse(params)).toEqual(params);
    }
  });

  it('keeps the size that its warp says, leaves the input untouched and gives the same bytes again', async () => {
    for (const severity of levels) {
      const input = { ...scene, data: Uint8Array.from(scene.data) };
      const result = await changed(perturbation, input, severity);
      const params = perturbation.params.parse(perturbation.severities[severity - 1]);
      const random = createRandom(0, 'scene', perturbation.name, severity);
      const size = perturbation.warp?.(input, params, random).size ?? input;
      expect([result.width, result.height]).toEqual([size.width, size.height]);
      expect(result.data).toHaveLength(size.width * size.height * 3);
      expect(Buffer.compare(input.data, scene.data)).toBe(0);
      const again = await changed(perturbation, input, severity);
      expect(Buffer.compare(again.data, result.data)).toBe(0);
      expect(result.data.buffer).not.toBe(input.data.buffer);
    }
  });

  it('changes the picture, more with every severity', async () => {
    const original = damagedScene(perturbation);
    const differences: number[] = [];
    for (const severity of levels) {
      let sum = 0;
      for (let draw = 0; draw < drawsOf(perturbation); draw++) {
        const result = await changed(perturbation, original, severity, `draw ${draw}`);
        if (result.width !== original.width) return;
        sum += damage(original, result);
      }
      differences.push(sum);
    }
    expect(differences[0]).toBeGreaterThan(0);
    if (moves(perturbation) || unordered.has(perturbation.name)) return;
    expect(differences).toEqual([...differences].sort((a, b) => a - b));
  });

  it.each([
    [1, 1],
    [1, 37],
    [37, 1],
    [2, 3],
    [33, 17],
  ])('takes an image of %d x %d, and a grey one', async (width, height) => {
    for (const severity of levels) {
      for (const image of [
        plain(width, height),
        plain(width, height, 0),
        plain(width, height, 255),
      ]) {
        const result = await changed(perturbation, image, severity);
        expect(result.data).toHaveLength(width * height * 3);
      }
    }
  });

  it('keeps boxes inside, in number and in order of their corners', () => {
    const boxes = Float64Array.of(0, 0, 20, 20, 100, 80, 220, 200, 380, 290, 416, 320);
    for (const severity of levels) {
      const params = perturbation.params.parse(perturbation.severities[severity - 1]);
      const random = createRandom(0, 'scene', perturbation.name, severity);
      const warp = perturbation.warp?.({ width: 416, height: 320 }, params, random);
      if (!warp) continue;
      const moved = moveBoxes(boxes, warp);
      expect(moved).toHaveLength(boxes.length);
      for (let i = 0; i < moved.length; i += 4) {
        const [x1, y1, x2, y2] = moved.subarray(i, i + 4);
        expect(0 <= x1! && x1! <= x2! && x2! <= warp.size.width).toBe(true);
        expect(0 <= y1! && y1! <= y2! && y2! <= warp.size.height).toBe(true);
      }
    }
  });
});

describe('the registry', () => {
  it('names every perturbation once, family by family', () => {
    expect(new Set(perturbations.map(({ name }) => name)).size).toBe(perturbations.length);
    const order = perturbations.map(({ family }) => families.indexOf(family));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});
