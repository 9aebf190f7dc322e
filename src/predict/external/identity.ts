import { createHash } from 'node:crypto';
import { z } from 'zod';
import { contentKey } from '../../content-key.ts';
import { GateError } from '../../errors.ts';
import { type Location, locate, readBounded } from '../../paths.ts';

const MAX_BYTES = 2 ** 31;

/** Keys of the config that tell one model outside from another. */
export const identityShape = {
  files: z
    .array(z.string().min(1))
    .default([])
    .meta({
      description:
        'Files that decide what the model answers (weights, code): when one changes, so does the model.',
      examples: [['weights/best.pt']],
    }),
  version: z.string().min(1).max(200).optional().meta({
    description: 'What the model is called, where no file tells one from another.',
  }),
};

/**
 * SHA-256 of what identifies a model that runs elsewhere. Nothing of the kind is an error: a changed model would
 * pass for the baseline's.
 *
 * @param said What the model says of itself, if it does.
 * @param own  Further files that count, by path.
 * @throws GateError when nothing tells the model from another, or a file is not there.
 */
export async function modelDigest(
  { files, version }: { files: readonly string[]; version?: string | undefined },
  said: string | null,
  own: readonly string[],
  location: Location,
): Promise<string> {
  const paths = [...new Set([...own, ...files])];
  if (paths.length === 0 && version === undefined && said === null) {
    throw new GateError('config', {
      message: 'nothing tells this model from another: a changed one would pass for the baseline’s',
      fix: 'list the files that decide what it answers (predictor.files), or name it (predictor.version)',
    });
  }
  const digests = await Promise.all(
    paths.map(async (path) => {
      const found = await locate(path, location);
      if (found.kind !== 'found') {
        throw new GateError('model', {
          message: `predictor.files: ${found.kind === 'missing' ? 'not found' : 'leaves the workspace'}: ${path}`,
          fix: 'paths are relative to the config file',
        });
      }
      const bytes = await readBounded(found.path, 'the file', MAX_BYTES, 'model');
      return [path, createHash('sha256').update(bytes).digest('hex')];
    }),
  );
  return contentKey([digests, version ?? null, said]);
}
