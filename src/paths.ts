import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type ErrorCode, GateError } from './errors.ts';

/** How paths of a config are read. */
export interface Location {
  /** Folder that relative paths are relative to. */
  readonly directory: string;
  /** Folder that no path may leave, links followed (the workspace, in CI); null where the user may name any path. */
  readonly root: string | null;
}

/**
 * The absolute path of something that exists.
 *
 * @returns The path with links followed; `missing` when nothing is there; `outside` when it leaves `root`.
 */
export async function locate(
  path: string,
  { directory, root }: Location,
): Promise<{ kind: 'found'; path: string } | { kind: 'missing' | 'outside' }> {
  const wanted = resolve(directory, path);
  // A path that leaves the root by its own words is told so whether or not anything is there.
  if (root !== null && !isInside(wanted, resolve(root))) return { kind: 'outside' };
  const real = await realpath(wanted).catch(() => null);
  if (real === null) return { kind: 'missing' };
  if (root !== null && !isInside(real, await realpath(root))) return { kind: 'outside' };
  return { kind: 'found', path: real };
}

/** Whether `path` is `folder` or lies in it. Both absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

const LFS_POINTER = Buffer.from('version https://git-lfs');

/**
 * Reads a file of bounded size: a device, a folder or a giant is told, not read; so is what Git LFS left in its place.
 *
 * @param what     What the file is, for messages.
 * @param maxBytes Larger files are refused.
 * @throws GateError when it is not there, no regular file, or too large.
 */
export async function readBounded(
  file: string,
  what: string,
  maxBytes: number,
  code: ErrorCode,
): Promise<Buffer> {
  const stats = await stat(file).catch(() => null);
  const problem =
    stats === null
      ? 'is not there'
      : !stats.isFile()
        ? 'is not a file'
        : stats.size > maxBytes
          ? `has ${stats.size} bytes, at most ${maxBytes} are read`
          : null;
  if (problem !== null) {
    throw new GateError(code, { message: `${what} ${problem}`, place: { file } });
  }
  const bytes = await readFile(file);
  if (bytes.subarray(0, LFS_POINTER.length).equals(LFS_POINTER)) {
    throw new GateError(code, {
      message: `${what} is only a Git LFS pointer: the file itself was not pulled`,
      place: { file },
      fix: 'run `git lfs pull` (in a workflow: actions/checkout with `lfs: true`)',
    });
  }
  return bytes;
}
