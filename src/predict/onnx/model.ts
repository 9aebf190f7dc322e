import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { GateError } from '../../errors.ts';
import { locate } from '../../paths.ts';
import type { PredictorContext } from '../predictor.ts';
import { type OnnxFile, readOnnxFile } from './file.ts';

const MAX_MODEL_BYTES = 2 ** 31;

/**
 * Reads a model file whole; its digest is the SHA-256, hex.
 *
 * @param model Path, relative to the config.
 * @throws GateError when it is not there, not ONNX, a Git LFS pointer, or keeps weights in another file.
 */
export async function readModel(
  model: string,
  { location }: PredictorContext,
): Promise<{ bytes: Uint8Array; digest: string; file: OnnxFile }> {
  const fail = (message: string, fix: string): never => {
    throw new GateError('model', { message: `${message}: ${model}`, fix });
  };
  const found = await locate(model, location);
  if (found.kind === 'outside')
    return fail('the model leaves the workspace', 'keep it in the repository');
  const stats = found.kind === 'found' ? await stat(found.path) : null;
  if (found.kind !== 'found' || !stats?.isFile()) {
    return fail('the model file was not found', 'set predictor.model, relative to the config file');
  }
  if (stats.size > MAX_MODEL_BYTES) return fail('the model is over 2 GiB', 'export a smaller one');
  const bytes = await readFile(found.path);
  if (bytes.subarray(0, 40).toString('latin1').startsWith('version https://git-lfs')) {
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
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex'), file };
}
