import { describe, expect, it } from '@jest/globals';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { markUsed, pruneCache } from '../../src/evaluate/prune.ts';
import { folderOf } from '../helpers/tmp.ts';

const kilobyte = new Uint8Array(1000);

/** Three files, the first used longest ago. */
async function cache(): Promise<string> {
  const directory = await folderOf({
    'a/1.bin': kilobyte,
    'a/2.bin': kilobyte,
    'b/3.bin': kilobyte,
  });
  for (const [index, file] of ['a/1.bin', 'a/2.bin', 'b/3.bin'].entries()) {
    const time = new Date(2026, 0, 1 + index);
    await utimes(join(directory, file), time, time);
  }
  return directory;
}

async function left(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.filter((name) => name.endsWith('.bin')).sort();
}

describe('the cache', () => {
  it('stays as it is within its bound', async () => {
    const directory = await cache();
    await pruneCache(directory, 3000);
    expect(await left(directory)).toEqual(['a/1.bin', 'a/2.bin', 'b/3.bin']);
  });

  it('loses first what was not of use for longest', async () => {
    const directory = await cache();
    await markUsed(join(directory, 'a/1.bin'));
    await pruneCache(directory, 2999);
    expect(await left(directory)).toEqual(['a/1.bin', 'b/3.bin']);
  });

  it('need not be there', async () => {
    await expect(pruneCache('/nowhere/at/all', 1)).resolves.toBeUndefined();
  });
});
