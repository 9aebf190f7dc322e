import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GateError } from '../../errors.ts';
import { type Location, locate } from '../../paths.ts';
import type { PredictorContext } from '../predictor.ts';
import { fetchModel, isAddress } from './fetch.ts';
import { type OnnxFile, readOnnxFile } from './file.ts';

const MAX_MODEL_BYTES = 2 ** 31;

/**
 * Reads a model file whole; its digest is the SHA-256, hex.
 *
 * @param model  Path, relative to the config, or an address.
 * @param sha256 What the file must hash to.
 * @throws GateError when it is not there, not ONNX, a Git LFS pointer, or keeps weights in another file.
 */
export async function readModel(
  { model, sha256 }: { model: string; sha256?: string | undefined },
  { location, cacheDirectory }: PredictorContext,
): Promise<{ bytes: Uint8Array; digest: string; file: OnnxFile }> {
  const fail = failFor(model);
  const bytes = isAddress(model)
    ? await downloaded(model, sha256, cacheDirectory)
    : await fromDisk(model, location);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== undefined && digest !== sha256) {
    return fail(
      `the model has the SHA-256 ${digest}, predictor.sha256 says ${sha256}`,
      'name the version that was meant, or its hash',
    );
  }
  if (Buffer.from(bytes.subarray(0, 40)).toString('latin1').startsWith('version https://git-lfs')) {
    return fail(
      'the model is a Git LFS pointer, not the file',
      'run `git lfs pull` (checkout: `lfs: true`)',
    );
  }
  const file = readOnnxFile(bytes);
  if (file === null)
    return fail('not an ONNX model', 'export the model to ONNX and name that file');
  if (file.externalData) {
    return fail(
      'the model keeps weights in another file',
      'save it as a single file (external data off)',
    );
  }
  return { bytes, digest, file };
}

function failFor(model: string): (message: string, fix: string) => never {
  return (message, fix) => {
    throw new GateError('model', { message: `${message}: ${model}`, fix });
  };
}

async function fromDisk(model: string, location: Location): Promise<Uint8Array> {
  const fail = failFor(model);
  const found = await locate(model, location);
  if (found.kind === 'outside')
    return fail('the model leaves the workspace', 'keep it in the repository');
  const stats = found.kind === 'found' ? await stat(found.path) : null;
  if (found.kind !== 'found' || !stats?.isFile()) {
    return fail('the model file was not found', 'set predictor.model, relative to the config file');
  }
  if (stats.size > MAX_MODEL_BYTES) return fail('the model is over 2 GiB', 'export a smaller one');
  return readFile(found.path);
}

function downloaded(
  model: string,
  sha256: string | undefined,
  cacheDirectory: string,
): Promise<Uint8Array> {
  if (sha256 === undefined) {
    return failFor(model)(
      'a model at an address needs its hash',
      'set predictor.sha256 to what `sha256sum` prints: what lies at an address may change',
    );
  }
  return fetchModel(model, sha256, join(cacheDirectory, 'models'), MAX_MODEL_BYTES);
}
