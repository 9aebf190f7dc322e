import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { imageLoader, severalExamples, shownExamples } from '../../src/report/images.ts';
import { jpeg } from '../helpers/dataset.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';
import { makeComparison, makeManifest, makePicture } from './fixtures.ts';

const digest = 'd'.repeat(64);

async function samples() {
  const path = join(await temporaryDirectory(), 'moved-elsewhere.jpg');
  await writeFile(path, await jpeg(1));
  return [{ path, digest }];
}

describe('images of failures', () => {
  it('are found by their content, and changed as the run changed them', async () => {
    const load = imageLoader(await samples(), makeManifest());
    const pair = await load(3, 'darkness/3');
    const mean = (data: Uint8Array | undefined): number =>
      (data ?? new Uint8Array()).reduce((sum, value) => sum + value, 0) / (data?.length ?? 1);
    expect(pair?.changed.width).toBe(pair?.original.width);
    expect(mean(pair?.changed.data)).toBeLessThan(mean(pair?.original.data));
  });

  it('are not at hand where the file is another, or the perturbation of another version', async () => {
    const manifest = makeManifest();
    const conditions = manifest.suite.conditions.map((condition) =>
      condition.kind === 'clean' ? condition : { ...condition, version: 99 },
    );
    const newer = { ...manifest, suite: { ...manifest.suite, conditions } };
    const have = await samples();
    expect(await imageLoader([], manifest)(3, 'darkness/3')).toBeNull();
    expect(await imageLoader(have, manifest)(3, 'no_such/3')).toBeNull();
    expect(await imageLoader(have, newer)(3, 'darkness/3')).toBeNull();
  });
});

describe('examples with pictures', () => {
  const broken = makePicture('a').example;
  const fixed = makePicture('a', 'fixed').example;
  const comparison = makeComparison(1, {
    failures: Array.from({ length: 20 }, (_, image) => ({ ...broken, image })),
    fixes: Array.from({ length: 20 }, (_, image) => ({ ...fixed, image: 50 + image })),
  });

  it('are as many failures as asked for and a quarter as many fixes', () => {
    const kinds = shownExamples(comparison, 12).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'broken')).toHaveLength(12);
    expect(kinds.filter((kind) => kind === 'fixed')).toHaveLength(3);
    expect(shownExamples(null, 12)).toEqual([]);
  });

  it('of several runs show an image under a condition once', () => {
    const examples = severalExamples({ againstFirst: [comparison, comparison] }, 12);
    expect(examples).toHaveLength(8);
    expect(examples[0]?.changes).toEqual([
      { run: 1, kind: 'broken', classes: ['a'] },
      { run: 2, kind: 'broken', classes: ['a'] },
    ]);
  });
});
