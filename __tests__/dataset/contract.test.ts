import { describe, expect, it } from '@jest/globals';
import { datasetFormats } from '../../src/dataset/registry.ts';
import { contextOf } from '../helpers/context.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { formatCases, scene } from '../helpers/formats.ts';
import { folderOf } from '../helpers/tmp.ts';

it('covers every format of the registry', () => {
  expect(formatCases.map(({ format }) => format)).toEqual(datasetFormats.map(({ name }) => name));
});

describe.each(formatCases)('$format', ({ files, read }) => {
  const open = async (selection = {}) => read(contextOf(await folderOf(await files())), selection);
  const numberOf = (id: string): number => Number(/(\d)_jpg/.exec(id)?.[1]);

  it('gives every object with its class, its box in pixels and its area', async () => {
    const { classes, samples } = await open();
    expect(classes).toEqual(['Hardhat', 'Person']);
    expect(samples).toHaveLength(scene.length);
    for (const { id, groundTruth, width, height } of samples) {
      expect([width, height]).toEqual([64, 48]);
      const expected = scene[numberOf(id)]!;
      expect([...groundTruth.classes].map((of) => classes[of])).toEqual(
        expected.map((object) => object.class),
      );
      expected.forEach(({ box: [x1, y1, x2, y2] }, k) => {
        const found = [...groundTruth.boxes.subarray(4 * k, 4 * k + 4)];
        [x1, y1, x2, y2].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
        expect(groundTruth.areas[k]).toBeCloseTo((x2 - x1) * (y2 - y1), 6);
      });
      expect([...groundTruth.crowd, ...groundTruth.ignored].every((flag) => flag === 0)).toBe(true);
    }
  });

  it('ranks images by content and groups Roboflow’s copies', async () => {
    const { samples } = await open();
    const digests = samples.map(({ digest }) => digest);
    expect(digests).toEqual([...digests].sort());
    expect(samples.map(({ group }) => group).sort()).toEqual(['0_jpg', '1_jpg', '2_jpg', '3_jpg']);
  });

  it('keeps the wanted classes alone, images without them as showing nothing', async () => {
    const { classes, samples, notes } = await open({ classes: ['Person'] });
    expect(classes).toEqual(['Person']);
    expect(samples).toHaveLength(scene.length);
    const counts = samples.map(({ id, groundTruth }) => [numberOf(id), groundTruth.classes.length]);
    expect(Object.fromEntries(counts)).toEqual({ 0: 1, 1: 0, 2: 1, 3: 0 });
    expect(notes).toContain('dataset.classes: 1 of 2 classes; objects of the others are left out.');
  });

  it('names a wanted class that is not there', async () => {
    expect(await gateErrorOf(() => open({ classes: ['Persn'] }))).toMatch(
      /the data set has no class "Persn"\n {2}fix: it has Hardhat, Person/,
    );
  });

  it('takes the images whose content hashes come first when they are limited', async () => {
    const all = await open();
    const some = await open({ limit: 2 });
    expect(some.samples.map(({ digest }) => digest)).toEqual(
      all.samples.slice(0, 2).map(({ digest }) => digest),
    );
    expect(some.notes).toContain('dataset.limit: 2 of 4 images.');
  });

  it('leaves images out by pattern, and names a pattern that matches none', async () => {
    const { samples } = await open({ exclude: ['**0_jpg*', '**/1_*', '1_*'].slice(0, 1) });
    expect(samples.map(({ id }) => numberOf(id)).sort()).toEqual([1, 2, 3]);
    expect(await gateErrorOf(() => open({ exclude: ['gone.jpg'] }))).toMatch(
      /dataset\.exclude names no image: gone\.jpg/,
    );
  });
});
