import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GateError, messageOf } from '../../errors.ts';
import { placeOf } from '../../http/request.ts';

const REDIRECTS = 5;
const DOWNLOAD_MS = 1_800_000;

/** Whether a model is named by its address. */
export function isAddress(model: string): boolean {
  return /^https?:\/\//i.test(model);
}

/**
 * The bytes of a model at an address, downloaded once and kept by their hash. No key goes along, so redirects are
 * followed; the hash is what is trusted, not the address.
 *
 * @param address  https, or http to this machine.
 * @param sha256   What the bytes must hash to, hex.
 * @param cache    Folder in which models are kept.
 * @param maxBytes Larger ones are refused.
 * @throws GateError when it cannot be downloaded or is another file.
 */
export async function fetchModel(
  address: string,
  sha256: string,
  cache: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const kept = join(cache, `${sha256}.onnx`);
  const there = await readFile(kept).catch(() => null);
  if (there && hashOf(there) === sha256) return there;
  const bytes = await download(new URL(address), maxBytes);
  const actual = hashOf(bytes);
  if (actual !== sha256) {
    throw new GateError('model', {
      message: `what lies at ${placeOf(new URL(address))} has the SHA-256 ${actual}, predictor.sha256 says ${sha256}`,
      fix: 'name the version that was meant, or its hash',
    });
  }
  await mkdir(dirname(kept), { recursive: true });
  const temporary = `${kept}.${process.pid}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, kept);
  return bytes;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function download(from: URL, maxBytes: number): Promise<Buffer> {
  let url = from;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    checkAddress(url);
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(DOWNLOAD_MS),
    }).catch((error: unknown) => fail(url, `cannot be reached: ${messageOf(error)}`));
    const next =
      response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (next) {
      await response.body?.cancel();
      url = new URL(next, url);
      continue;
    }
    if (!response.ok) return fail(url, `answered ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > maxBytes) return fail(url, `is larger than ${maxBytes} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
  return fail(from, 'is redirected in circles');
}

function checkAddress(url: URL): void {
  // What `fetch` says of such an address has the password in it.
  if (url.username !== '' || url.password !== '')
    fail(url, 'has a user name or password in its address');
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && local)) return;
  fail(url, 'is not https');
}

function fail(url: URL, what: string): never {
  throw new GateError('model', {
    message: `the model at ${placeOf(url)} ${what}`,
    fix: 'a model that needs a login is downloaded by an earlier step: docs/models.md',
  });
}
