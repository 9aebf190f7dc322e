import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aboutCentre } from '../../src/boxes/affine.ts';
import { moveBoxes, moveGroundTruth } from '../../src/boxes/move.ts';
import type { Warp } from '../../src/boxes/warp.ts';
import { exactCos, exactSin } from '../../src/image/exact.ts';
import type { Image } from '../../src/image/image.ts';
import { createRandom } from '../../src/image/random.ts';
import { warpAffine } from '../../src/image/resample.ts';
import type { Perturbation } from '../../src/perturb/perturbation.ts';
import { perturbations } from '../../src/perturb/registry.ts';
import { truthOf } from '../helpers/boxes.ts';
import { named } from '../helpers/perturbations.ts';

const size = { width: 200, height: 120 };

function turned(degrees: number): Warp {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return aboutCentre(size, [cosine, -sine, sine, cosine]);
}

/** The largest difference between two lists of numbers. */
function difference(actual: Iterable<number>, expected: Iterable<number>): number {
  const others = [...expected];
  return Math.max(...Array.from(actual, (value, i) => Math.abs(value - (others[i] ?? Infinity))));
}

function warpOf(name: string, severity = 1, digest = 'x', of = size): Warp {
  const perturbation = named(name);
  const params = perturbation.params.parse(perturbation.severities[severity - 1]);
  const warp = perturbation.warp?.(of, params, createRandom(0, digest, name, severity));
  if (!warp) throw new RangeError(`${name} moves nothing`);
  return warp;
}

/** A box inside the image, at least a pixel wide and high. */
const box = fc
  .tuple(
    fc.double({ min: 0, max: 150, noNaN: true }),
    fc.double({ min: 0, max: 80, noNaN: true }),
    fc.double({ min: 1, max: 50, noNaN: true }),
    fc.double({ min: 1, max: 40, noNaN: true }),
  )
  .map(([x, y, width, height]) => Float64Array.of(x, y, x + width, y + height));

const moving = perturbations.filter(({ family }) => family === 'geometry');
const movement = fc
  .record({
    name: fc.constantFrom(...moving.map(({ name }) => name)),
    level: fc.integer({ min: 1, max: 5 }),
    digest: fc.string(),
  })
  .map(({ name, level, digest }) =>
    warpOf(name, Math.min(level, named(name).severities.length), digest),
  );

/** Bounds of 1,024 mapped points of a box's ellipse, clipped to the image. */
function boundsOfAll([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: Float64Array, warp: Warp): number[] {
  const points = Array.from({ length: 1024 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 1024;
    return warp.point(
      (x1 + x2) / 2 + ((x2 - x1) / 2) * exactCos(angle),
      (y1 + y2) / 2 + ((y2 - y1) / 2) * exactSin(angle),
    );
  });
  const { width, height } = warp.size;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const inside = (value: number, limit: number): number => Math.min(Math.max(value, 0), limit);
  return [
    inside(Math.min(...xs), width),
    inside(Math.min(...ys), height),
    inside(Math.max(...xs), width),
    inside(Math.max(...ys), height),
  ];
}

describe('moveBoxes', () => {
  it('flips twice to where it was', () => {
    fc.assert(
      fc.property(box, (before) => {
        for (const name of ['horizontal_flip', 'vertical_flip']) {
          const warp = warpOf(name);
          expect(difference(moveBoxes(moveBoxes(before, warp), warp), before)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('turns by a quarter four times to where it was', () => {
    fc.assert(
      fc.property(box, (before) => {
        let boxes: Float64Array = before;
        let of = size;
        for (let turn = 0; turn < 4; turn++) {
          const warp = warpOf('rotate_90', 1, 'x', of);
          boxes = moveBoxes(boxes, warp);
          of = warp.size;
        }
        expect(of).toEqual(size);
        expect(difference(boxes, before)).toBeLessThan(1e-6);
      }),
    );
  });

  it('turns by 90 degrees as by a quarter', () => {
    fc.assert(
      fc.property(box, (before) => {
        const square = { width: 200, height: 200 };
        const quarter = warpOf('rotate_90', 1, 'x', square);
        expect(
          difference(
            moveBoxes(before, aboutCentre(square, [0, -1, 1, 0])),
            moveBoxes(before, quarter),
          ),
        ).toBeLessThan(1e-6);
      }),
    );
  });

  it('stays inside the changed image', () => {
    fc.assert(
      fc.property(box, movement, (before, warp) => {
        const [x1 = -1, y1 = -1, x2 = -1, y2 = -1] = moveBoxes(before, warp);
        expect(0 <= x1 && x1 <= x2 && x2 <= warp.size.width).toBe(true);
        expect(0 <= y1 && y1 <= y2 && y2 <= warp.size.height).toBe(true);
      }),
    );
  });

  it('bounds the turned ellipse, not the turned corners', () => {
    const moved = moveBoxes(Float64Array.of(80, 40, 120, 80), turned(45));
    expect(difference(moved, [80, 40, 120, 80])).toBeLessThan(1e-6);
  });

  it('bounds an ellipse under a map that is not affine as one that is, within 0.01 px', () => {
    const affine = turned(20);
    const before = Float64Array.of(40, 20, 160, 110);
    const sampled = moveBoxes(before, { ...affine, affine: null });
    expect(difference(sampled, moveBoxes(before, affine))).toBeLessThan(0.01);
  });

  it('finds the outermost of all 1,024 points of an ellipse without mapping them all', () => {
    fc.assert(
      fc.property(box, movement, (before, warp) => {
        const sampled = { ...warp, affine: null };
        expect(difference(moveBoxes(before, sampled), boundsOfAll(before, sampled))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('moveGroundTruth', () => {
  const right = (pixels: number): Warp => aboutCentre(size, [1, 0, 0, 1], [pixels, 0]);

  it('ignores what has under a quarter of its area inside', () => {
    const truth = truthOf([100, 0, 140, 40]);
    expect([...moveGroundTruth(truth, [null], right(89)).ignored]).toEqual([0]);
    expect([...moveGroundTruth(truth, [null], right(91)).ignored]).toEqual([1]);
    expect([...moveGroundTruth(truth, [null], right(500)).ignored]).toEqual([1]);
  });

  it('keeps rows, order and what was ignored before', () => {
    const truth = { ...truthOf([0, 0, 10, 10, 190, 0, 200, 10]), ignored: Uint8Array.of(1, 0) };
    const moved = moveGroundTruth(truth, [null, null], right(50));
    expect([...moved.ignored]).toEqual([1, 1]);
    expect(difference(moved.boxes.subarray(0, 4), [50, 0, 60, 10])).toBeLessThan(1e-6);
    expect(moved.classes).toHaveLength(2);
  });

  it('takes the bounds of the polygon where there is one', () => {
    const diamond = Float64Array.of(100, 20, 120, 40, 100, 60, 80, 40);
    const moved = moveGroundTruth(truthOf([80, 20, 120, 60]), [diamond], turned(45));
    const reach = Math.sqrt(200);
    const [cx, cy] = turned(45).point(100, 40);
    expect(difference(moved.boxes, [cx - reach, cy - reach, cx + reach, cy + reach])).toBeLessThan(
      1e-6,
    );
  });

  it('never sees more of a box than there is', () => {
    fc.assert(
      fc.property(box, movement, (before, warp) => {
        const moved = moveGroundTruth(truthOf([...before]), [null], warp);
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = moved.boxes;
        const everywhere = { ...warp, size: { width: 1e6, height: 1e6 } };
        const shift = aboutCentre({ width: 0, height: 0 }, [1, 0, 0, 1], [1e3, 1e3]);
        const [wx1 = 0, wy1 = 0, wx2 = 0, wy2 = 0] = moveBoxes(before, {
          ...everywhere,
          affine: null,
          point: (x, y) => shift.point(...warp.point(x, y)),
        });
        expect((x2 - x1) * (y2 - y1)).toBeLessThanOrEqual(
          (wx2 - wx1) * (wy2 - wy1) + 1e-3 * (wx2 - wx1 + wy2 - wy1),
        );
      }),
    );
  });
});

describe.each(moving)('$name', (perturbation: Perturbation) => {
  it.each(perturbation.severities.map((_, index) => index + 1))(
    'moves pixels and boxes together at severity %d',
    async (severity) => {
      const marker = Float64Array.of(90, 50, 110, 70);
      const data = new Uint8Array(size.width * size.height * 3);
      for (let y = 0; y < size.height; y++) {
        for (let x = 0; x < size.width; x++) {
          const inside = (x + 0.5 - 100) ** 2 + (y + 0.5 - 60) ** 2 <= 100;
          if (inside) data.fill(255, (y * size.width + x) * 3, (y * size.width + x) * 3 + 3);
        }
      }
      const params = perturbation.params.parse(perturbation.severities[severity - 1]);
      const random = createRandom(0, 'marker', perturbation.name, severity);
      const changed = await perturbation.apply({ ...size, data }, params, random);
      const warp = perturbation.warp?.(size, params, random);
      if (!warp) throw new RangeError('no warp');
      const found = boundsOfBright(changed);
      expect(difference(found, moveBoxes(marker, warp))).toBeLessThanOrEqual(1.5);
    },
  );
});

function boundsOfBright({ width, height, data }: Image): number[] {
  let [x1, y1, x2, y2] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 3]! < 128) continue;
      x1 = Math.min(x1, x);
      y1 = Math.min(y1, y);
      x2 = Math.max(x2, x + 1);
      y2 = Math.max(y2, y + 1);
    }
  }
  return [x1, y1, x2, y2];
}

describe('warpAffine', () => {
  it('leaves an image that is not moved as it is', () => {
    const data = Uint8Array.from({ length: 36 }, (_, i) => i * 7);
    const image = { width: 4, height: 3, data };
    expect(warpAffine(image, aboutCentre(image, [1, 0, 0, 1]))).toEqual(image);
  });
});
