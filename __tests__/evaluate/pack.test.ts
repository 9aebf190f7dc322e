import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packCache, unpackCache } from '../../src/evaluate/pack.ts';
import { folderOf, temporaryDirectory } from '../helpers/tmp.ts';

const nameOf = (seed: string): string => {
  const digest = createHash('sha256').update(seed).digest('hex');
  return `${'a'.repeat(32)}/${digest.slice(0, 2)}/${digest}.bin`;
};

/** A packed cache of one file with this name. */
function packOf(name: string, content = 'x', length = content.length): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(name.length, 0);
  header.writeUInt32LE(length, 4);
  return Buffer.concat([header, Buffer.from(name + content)]);
}

describe('a packed cache', () => {
  it('is unpacked as it was, without what is no image of it', async () => {
    const files = { [nameOf('a')]: 'one', [nameOf('b')]: 'another', 'runs/x/run.json': '{}' };
    const packed = join(await temporaryDirectory(), 'partial.bin');
    expect(await packCache(await folderOf(files), packed)).toBe(2);
    const folder = await temporaryDirectory();
    expect(await unpackCache(packed, folder)).toBe(2);
    expect(await readFile(join(folder, nameOf('b')), 'utf8')).toBe('another');
  });

  it('is empty where there is no cache', async () => {
    const packed = join(await temporaryDirectory(), 'partial.bin');
    expect(await packCache('/nowhere', packed)).toBe(0);
    expect(await unpackCache(packed, await temporaryDirectory())).toBe(0);
  });

  it.each([
    ['leaves the folder', packOf('../../../etc/passwd'), 'no image of a cache'],
    ['is absolute', packOf('/etc/passwd'), 'no image of a cache'],
    ['is cut off', packOf(nameOf('a'), 'x', 99), 'cut off'],
    ['asks for gigabytes', packOf(nameOf('a'), 'x', 2 ** 31), 'no cache'],
  ])('is refused when it %s', async (_, bytes, reason) => {
    const packed = join(await temporaryDirectory(), 'partial.bin');
    await writeFile(packed, bytes);
    const folder = await temporaryDirectory();
    await expect(unpackCache(packed, folder)).rejects.toThrow(reason);
    expect((await readdir(folder, { recursive: true })).filter((n) => n.endsWith('.bin'))).toEqual(
      [],
    );
  });
});
