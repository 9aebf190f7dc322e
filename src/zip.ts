import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** What an archive may hold at most. */
export interface ZipLimits {
  /** The archive's files, all of them and no other; or how many there may be, of any name. */
  readonly files: readonly string[] | number;
  /** All files together, unpacked. */
  readonly bytes: number;
  /** Unpacked over packed, of each file. */
  readonly ratio: number;
}

// Unix file type in the upper half of the external attributes.
const TYPE_MASK = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/**
 * Unpacks an archive that nobody vouches for into an empty folder.
 *
 * @throws Error saying which limit it breaks; nothing outside `directory` is ever written.
 */
export async function unzip(file: string, directory: string, limits: ZipLimits): Promise<void> {
  const zip = await openPromise(file, { strictFileNames: true, autoClose: false });
  try {
    const entries: Entry[] = [];
    const most = typeof limits.files === 'number' ? limits.files : limits.files.length;
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > most) break;
    }
    checkEntries(entries, limits);
    await mkdir(directory, { recursive: true });
    // Sizes in the archive's own index may lie: what comes out is counted too.
    const budget = { left: limits.bytes };
    for (const entry of entries) await extract(zip, entry, directory, budget);
  } finally {
    zip.close();
  }
}

function checkEntries(entries: readonly Entry[], { files, bytes, ratio }: ZipLimits): void {
  checkNames(
    entries.map(({ fileName }) => fileName),
    files,
  );
  let total = 0;
  for (const entry of entries) {
    const type = (entry.externalFileAttributes >>> 16) & TYPE_MASK;
    const folder = entry.fileName.endsWith('/') && typeof files === 'number';
    if (type !== 0 && type !== REGULAR && !(folder && type === FOLDER))
      throw new Error(`${entry.fileName} is not a plain file`);
    if (entry.isEncrypted()) throw new Error(`${entry.fileName} is encrypted`);
    total += entry.uncompressedSize;
    if (entry.uncompressedSize > ratio * Math.max(entry.compressedSize, 1)) {
      throw new Error(`${entry.fileName} unpacks to over ${ratio} times its size`);
    }
  }
  if (total > bytes) throw new Error(`it unpacks to ${total} bytes, at most ${bytes} are taken`);
}

function checkNames(found: readonly string[], files: ZipLimits['files']): void {
  if (typeof files === 'number') {
    if (found.length > files) throw new Error(`it holds more than ${files} files`);
    return;
  }
  const same = found.length === files.length && files.every((name) => found.includes(name));
  if (!same) throw new Error(`it holds other files than ${files.join(', ')}`);
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  directory: string,
  budget: { left: number },
): Promise<void> {
  const target = join(directory, entry.fileName);
  await mkdir(dirname(target), { recursive: true });
  // A folder has an entry of its own in some archives.
  if (entry.fileName.endsWith('/')) return;
  const meter = byteLimit(budget, () => new Error('it unpacks to more than it says'));
  const source = await zip.openReadStreamPromise(entry);
  await pipeline(source, meter, createWriteStream(target, { flags: 'wx' }));
}

/**
 * Passes bytes on until a budget is used up.
 *
 * @param budget  Shared by all streams that it is given to.
 * @param failure What the stream ends in beyond it.
 */
export function byteLimit(budget: { left: number }, failure: () => Error): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _, done) {
      budget.left -= chunk.byteLength;
      if (budget.left < 0) done(failure());
      else done(null, chunk);
    },
  });
}
