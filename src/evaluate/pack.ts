import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Images by predictor and content, as `cacheFile` names them. */
const NAME = /^[0-9a-f]{32}\/[0-9a-f]{2}\/[0-9a-f]{64}\.bin$/;
const MAX_NAME_BYTES = 128;
const MAX_FILE_BYTES = 256 * 2 ** 20;
const HEADER_BYTES = 8;

/**
 * Packs the images of a cache into one file: length of the name, length of the content (32 bits each), name,
 * content; one after the other.
 *
 * @returns How many there are.
 */
export async function packCache(directory: string, file: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true }).catch(() => []);
  const names = entries.map((name) => name.split(sep).join('/')).filter((name) => NAME.test(name));
  async function* records(): AsyncGenerator<Buffer> {
    for (const name of names.toSorted()) {
      const content = await readFile(join(directory, name));
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt32LE(name.length, 0);
      header.writeUInt32LE(content.length, 4);
      yield Buffer.concat([header, Buffer.from(name), content]);
    }
  }
  await pipeline(Readable.from(records()), createWriteStream(file));
  return names.length;
}

/**
 * Unpacks what `packCache` packed. What is in it need not be trusted: names are checked here, and each file has a
 * digest that `readCache` checks.
 *
 * @returns How many there are.
 * @throws Error when it is cut off or names what is no image of a cache.
 */
export async function unpackCache(file: string, directory: string): Promise<number> {
  await using packed = await open(file);
  const { size } = await packed.stat();
  let count = 0;
  for (let at = 0; at < size; count++) {
    const header = await readBytes(HEADER_BYTES);
    const [nameBytes, bytes] = [header.readUInt32LE(0), header.readUInt32LE(4)];
    if (nameBytes > MAX_NAME_BYTES || bytes > MAX_FILE_BYTES) throw new Error('it is no cache');
    const name = (await readBytes(nameBytes)).toString();
    if (!NAME.test(name)) throw new Error('it names what is no image of a cache');
    const target = join(directory, name);
    const content = await readBytes(bytes);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.tmp`, content);
    await rename(`${target}.tmp`, target);

    async function readBytes(length: number): Promise<Buffer> {
      const { bytesRead, buffer } = await packed.read(Buffer.alloc(length), 0, length, at);
      if (bytesRead !== length) throw new Error('it is cut off');
      at += length;
      return buffer;
    }
  }
  return count;
}
