import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unzip, type ZipLimits } from '../src/zip.ts';
import { type TestEntry, zipOf } from './helpers/zip.ts';
import { temporaryDirectory } from './helpers/tmp.ts';

const limits: ZipLimits = { files: ['run.json', 'truth.parquet'], bytes: 10_000, ratio: 50 };
const good: TestEntry[] = [
  { name: 'run.json', content: Buffer.from('{"a":1}') },
  { name: 'truth.parquet', content: Buffer.from('PAR1') },
];

/** What unpacking says of an archive, and what it leaves. */
async function unpacked(archive: Uint8Array): Promise<{ problem: string | null; files: string[] }> {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'a.zip'), archive);
  const problem = await unzip(join(folder, 'a.zip'), join(folder, 'out'), limits).then(
    () => null,
    (error: unknown) => String(error),
  );
  const outside = (await readdir(folder)).filter((name) => name !== 'a.zip' && name !== 'out');
  const inside = await readdir(join(folder, 'out')).catch(() => []);
  return { problem, files: [...outside.map((name) => `../${name}`), ...inside] };
}

describe('an archive that nobody vouches for', () => {
  it('is unpacked when it holds just the expected files', async () => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, 'a.zip'), zipOf(good));
    await unzip(join(folder, 'a.zip'), join(folder, 'out'), limits);
    expect(await readFile(join(folder, 'out/run.json'), 'utf8')).toBe('{"a":1}');
    expect(await readFile(join(folder, 'out/truth.parquet'), 'utf8')).toBe('PAR1');
  });

  it.each<[string, TestEntry[], RegExp]>([
    ['another file', [...good, { name: 'x', content: Buffer.of() }], /other files/],
    ['a missing file', good.slice(1), /other files/],
    ['a file twice', [good[0]!, good[0]!], /other files/],
    ['a way out', [good[0]!, { ...good[1]!, name: '../truth.parquet' }], /invalid|other/],
    ['an absolute path', [good[0]!, { ...good[1]!, name: '/tmp/t.parquet' }], /invalid|absolute/],
    ['a link', [good[0]!, { ...good[1]!, mode: 0o120777 }], /not a plain file/],
    ['a bomb', [good[0]!, { ...good[1]!, content: Buffer.alloc(9_000) }], /times its size/],
    ['too many bytes', [good[0]!, { ...good[1]!, content: noise(11_000) }], /at most 10000/],
    [
      'a size that lies',
      [good[0]!, { ...good[1]!, content: noise(9_000), said: 12 }],
      /too many bytes|more than/,
    ],
  ])('is refused with %s', async (_, entries, reason) => {
    const { problem, files } = await unpacked(zipOf(entries));
    expect(problem).toMatch(reason);
    expect(files.filter((name) => name.startsWith('..'))).toEqual([]);
  });

  it('is refused or unpacked when any byte is changed, and never writes outside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 300 }), fc.nat({ max: 255 }), async (at, value) => {
        const archive = zipOf(good);
        archive[at % archive.length] = value;
        const { files } = await unpacked(archive);
        for (const name of files) expect(limits.files).toContain(name);
      }),
    );
  });
});

describe('an archive of any files', () => {
  const any: ZipLimits = { files: 3, bytes: 10_000, ratio: 50 };
  const unpackedAny = async (entries: readonly TestEntry[]) => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, 'a.zip'), zipOf(entries));
    await unzip(join(folder, 'a.zip'), join(folder, 'out'), any);
    return readdir(join(folder, 'out'), { recursive: true });
  };

  it('keeps its folders', async () => {
    const entries = [
      { name: 'valid/', content: Buffer.of(), mode: 0o40755 },
      { name: 'valid/a.txt', content: Buffer.from('a') },
    ];
    expect((await unpackedAny(entries)).sort()).toEqual(['valid', 'valid/a.txt']);
  });

  it.each<[string, TestEntry[], RegExp]>([
    ['a way out', [{ name: '../a', content: Buffer.of() }], /invalid/],
    ['a link', [{ name: 'a', content: Buffer.from('/etc'), mode: 0o120777 }], /not a plain file/],
    [
      'too many files',
      [0, 1, 2, 3].map((i) => ({ name: `${i}`, content: Buffer.of() })),
      /more than 3/,
    ],
  ])('is refused for %s', async (_, entries, problem) => {
    await expect(unpackedAny(entries)).rejects.toThrow(problem);
  });
});

function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
