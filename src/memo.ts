import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

const DIGEST_CHARACTERS = 64;

/**
 * Reads back what was found out before. A file that is missing, damaged or foreign is as if it were not there.
 *
 * @param file In the cache, by the content that decides the value.
 */
export async function readMemo<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const body = text.slice(DIGEST_CHARACTERS);
  if (text.slice(0, DIGEST_CHARACTERS) !== digestOf(body)) return null;
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps a value that JSON can write; the file is whole or not there at all. */
export async function writeMemo(file: string, value: unknown): Promise<void> {
  const body = JSON.stringify(value);
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, digestOf(body) + body);
  await rename(temporary, file);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
