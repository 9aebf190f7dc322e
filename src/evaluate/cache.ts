import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Detections } from '../boxes/labels.ts';

const Header = z.strictObject({
  entries: z.array(z.strictObject({ condition: z.string(), rows: z.int().min(0) })),
});

const DIGEST_BYTES = 32;
/** Four coordinates, confidence, class: 32 bits each. */
const ROW_BYTES = 24;

/** Detections of one image by condition key. */
export type CachedImage = ReadonlyMap<string, Detections>;

/**
 * Where an image's detections are kept: one file an image, by the content that decides them.
 *
 * @param directory   The cache.
 * @param predictor   Key of model, settings and engine.
 * @param imageDigest SHA-256 of the image file, hex.
 */
export function cacheFile(directory: string, predictor: string, imageDigest: string): string {
  return join(directory, predictor.slice(0, 32), imageDigest.slice(0, 2), `${imageDigest}.bin`);
}

/**
 * Reads what is kept of an image. A file that is missing, damaged or foreign is as if it were not there.
 */
export async function readCache(file: string): Promise<CachedImage> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length < DIGEST_BYTES + 4) return new Map();
  const body = bytes.subarray(DIGEST_BYTES);
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(0, DIGEST_BYTES))) {
    return new Map();
  }
  const headerBytes = body.readUInt32LE(0);
  const header = parseHeader(body.subarray(4, 4 + headerBytes).toString('utf8'));
  if (header === null) return new Map();
  let at = 4 + headerBytes;
  const images = new Map<string, Detections>();
  for (const { condition, rows } of header.entries) {
    if (at + rows * ROW_BYTES > body.length) return new Map();
    images.set(condition, unpack(body, at, rows));
    at += rows * ROW_BYTES;
  }
  return images;
}

function parseHeader(text: string): z.infer<typeof Header> | null {
  try {
    return Header.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps an image's detections; the file is whole or not there at all. */
export async function writeCache(file: string, images: CachedImage): Promise<void> {
  const header = Buffer.from(
    JSON.stringify({
      entries: [...images].map(([condition, { classes }]) => ({ condition, rows: classes.length })),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([length, header, ...[...images.values()].map(pack)]);
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, [createHash('sha256').update(body).digest(), body]);
  await rename(temporary, file);
}

function pack({ boxes, classes, confidences }: Detections): Buffer {
  const rows = Buffer.alloc(classes.length * ROW_BYTES);
  for (let i = 0; i < classes.length; i++) {
    const at = i * ROW_BYTES;
    for (let k = 0; k < 4; k++) rows.writeFloatLE(boxes[4 * i + k]!, at + 4 * k);
    rows.writeFloatLE(confidences[i]!, at + 16);
    rows.writeInt32LE(classes[i]!, at + 20);
  }
  return rows;
}

function unpack(body: Buffer, start: number, rows: number): Detections {
  const boxes = new Float64Array(4 * rows);
  const classes = new Int32Array(rows);
  const confidences = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = start + i * ROW_BYTES;
    for (let k = 0; k < 4; k++) boxes[4 * i + k] = body.readFloatLE(at + 4 * k);
    confidences[i] = body.readFloatLE(at + 16);
    classes[i] = body.readInt32LE(at + 20);
  }
  return { boxes, classes, confidences };
}
