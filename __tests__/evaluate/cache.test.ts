import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contentKey } from '../../src/content-key.ts';
import { cacheFile, readCache, writeCache } from '../../src/evaluate/cache.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';

const detections = {
  boxes: Float64Array.of(1.5, 2.25, 3, Math.fround(4.1)),
  classes: Int32Array.of(3),
  confidences: Float64Array.of(Math.fround(0.7)),
};

describe('the cache of detections', () => {
  it('gives back exactly what was kept', async () => {
    const file = cacheFile(await temporaryDirectory(), contentKey(['model']), 'ab'.repeat(32));
    const images = new Map([
      ['clean', detections],
      [
        'noise',
        { boxes: new Float64Array(), classes: new Int32Array(), confidences: new Float64Array() },
      ],
    ]);
    await writeCache(file, images);
    expect(await readCache(file)).toEqual(images);
  });

  it('takes a missing or damaged file as nothing', async () => {
    const file = join(await temporaryDirectory(), 'a', 'b.bin');
    expect(await readCache(file)).toEqual(new Map());
    await writeCache(file, new Map([['clean', detections]]));
    const bytes = await readFile(file);
    for (const at of [0, 33, bytes.length - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(file, damaged);
      expect(await readCache(file)).toEqual(new Map());
    }
    await writeFile(file, bytes.subarray(0, 20));
    expect(await readCache(file)).toEqual(new Map());
  });

  it('keys by content', () => {
    expect(contentKey([1, { a: 2 }])).toBe(contentKey([1, { a: 2 }]));
    expect(contentKey([1, { a: 2 }])).not.toBe(contentKey([1, { a: 3 }]));
  });
});
