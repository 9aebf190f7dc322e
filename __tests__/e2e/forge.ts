import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { unzip } from '../../src/zip.ts';
import { zipOf } from '../helpers/zip.ts';
import { scratch } from './scratch.ts';

const Manifest = z.looseObject({
  images: z.array(z.looseObject({ digest: z.string() })),
  dataset: z.looseObject({ classes: z.array(z.string()) }),
});
/** What of a run.json is forged. */
export type Manifest = z.infer<typeof Manifest>;

const FILES = ['run.json', 'detections.parquet', 'truth.parquet'];

/** A baseline artifact whose run.json says something else, with the digest of its new bytes. */
export async function withManifest(
  archive: Uint8Array,
  change: (manifest: Manifest) => object,
): Promise<{ bytes: Buffer; digest: string }> {
  const folder = await scratch('forged');
  await writeFile(join(folder, 'a.zip'), archive);
  await unzip(join(folder, 'a.zip'), join(folder, 'a'), {
    files: FILES,
    bytes: 2 ** 30,
    ratio: 1000,
  });
  const entries = await Promise.all(
    FILES.map(async (name) => ({ name, content: await readFile(join(folder, 'a', name)) })),
  );
  const manifest = Manifest.parse(JSON.parse(entries[0]!.content.toString()));
  entries[0]!.content = Buffer.from(JSON.stringify({ ...manifest, ...change(manifest) }));
  const bytes = zipOf(entries);
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}
