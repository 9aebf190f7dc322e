import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { RUN_FILES } from '../baseline/read.ts';
import { isInside } from '../paths.ts';
import type { Context } from './context.ts';
import { type Octokit, statusOf } from './octokit.ts';

/**
 * Fetches a run directory as it is in a commit: what a pull request has made of it does not count.
 *
 * @param directory Absolute path in the workspace.
 * @returns         A new folder; null where the commit has no such directory.
 */
export async function fetchCommitted(
  octokit: Octokit,
  context: Context,
  directory: string,
  commit: string,
): Promise<string | null> {
  const { workspace, temporary } = context;
  if (!isInside(directory, workspace)) return null;
  const path = relative(workspace, directory).split(sep).join('/');
  const folder = await mkdtemp(join(temporary, 'robustness-committed-'));
  for (const file of RUN_FILES) {
    const name = path === '' ? file : `${path}/${file}`;
    const body = await committedFile(octokit, context, name, commit);
    if (body === null) return null;
    await pipeline(body, createWriteStream(join(folder, file)));
  }
  return folder;
}

/**
 * A file as it is in a commit; null where there is none.
 *
 * @param path In the repository, with slashes.
 */
export async function committedFile(
  octokit: Octokit,
  { owner, repo }: Context,
  path: string,
  commit: string,
): Promise<Readable | null> {
  const body = await octokit
    .request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner,
      repo,
      path,
      ref: commit,
      mediaType: { format: 'raw' },
      request: { parseSuccessResponseBody: false },
    })
    .then(
      ({ data }): unknown => data,
      (error: unknown) => {
        if (statusOf(error) === 404) return null;
        throw error;
      },
    );
  return body instanceof ReadableStream ? Readable.fromWeb(body) : null;
}

/** Whether a commit has a run in this directory. */
export async function isCommitted(
  octokit: Octokit,
  { owner, repo, workspace }: Context,
  directory: string,
  commit: string,
): Promise<boolean> {
  if (!isInside(directory, workspace)) return false;
  const path = [...relative(workspace, directory).split(sep), 'run.json'].filter(Boolean).join('/');
  return octokit.rest.repos.getContent({ owner, repo, path, ref: commit }).then(
    () => true,
    (error: unknown) => {
      if (statusOf(error) === 404) return false;
      throw error;
    },
  );
}
