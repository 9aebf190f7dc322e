import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import type { Context } from './context.ts';
import type { Octokit } from './octokit.ts';
import { byteLimit, unzip, type ZipLimits } from '../zip.ts';

const MAX_PACKED_BYTES = 1 << 30;

export type Artifact = Awaited<
  ReturnType<Octokit['rest']['actions']['listWorkflowRunArtifacts']>
>['data']['artifacts'][number];

/** An artifact that is wanted, and what it must be to be taken. */
export interface WantedArtifact {
  readonly name: string;
  /** Id of the run that must have made it. */
  readonly run: number;
  /** Id of the repository whose code that run ran. */
  readonly headRepository: number;
  readonly limits: ZipLimits;
}

/** The artifacts of a run that have a name, or all of them. */
export async function listArtifacts(
  octokit: Octokit,
  { owner, repo }: Context,
  run: number,
  name?: string,
): Promise<Artifact[]> {
  const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({
    owner,
    repo,
    run_id: run,
    ...(name === undefined ? {} : { name }),
    per_page: 100,
  });
  return data.artifacts;
}

/**
 * Downloads an artifact into a new folder.
 *
 * @returns A folder with exactly the files that `wanted` names.
 * @throws Error saying why the artifact is not to be used; what was downloaded is removed.
 */
export async function downloadArtifact(
  octokit: Octokit,
  context: Context,
  wanted: WantedArtifact,
): Promise<string> {
  const artifacts = await listArtifacts(octokit, context, wanted.run, wanted.name);
  const digest = checkArtifact(newest(artifacts, wanted.name), wanted, context);
  const folder = await mkdtemp(join(context.temporary, 'robustness-artifact-'));
  try {
    const file = join(folder, 'artifact.zip');
    const actual = await save(octokit, context, digest.id, file);
    if (actual !== digest.sha256) {
      throw new Error(
        `what was downloaded has the SHA-256 ${actual}, GitHub says ${digest.sha256}`,
      );
    }
    await unzip(file, join(folder, 'files'), wanted.limits);
    await rm(file);
    return join(folder, 'files');
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Attempts of one run may each have left one. */
function newest(artifacts: readonly Artifact[], name: string): Artifact {
  const named = artifacts.filter((artifact) => artifact.name === name);
  const last = named.sort((a, b) => b.id - a.id)[0];
  if (!last) throw new Error(`it has no artifact ${name}`);
  return last;
}

function checkArtifact(
  artifact: Artifact,
  { run, headRepository }: WantedArtifact,
  { repositoryId }: Context,
): { id: number; sha256: string } {
  const { id, expired, size_in_bytes: bytes, digest, workflow_run: made } = artifact;
  if (expired) throw new Error('its artifact is expired');
  if (made?.repository_id !== repositoryId || made.head_repository_id !== headRepository) {
    throw new Error('its artifact is of another repository');
  }
  if (made.id !== run) throw new Error(`its artifact is of run ${made.id}`);
  if (bytes > MAX_PACKED_BYTES) {
    throw new Error(`its artifact has ${bytes} bytes, at most ${MAX_PACKED_BYTES} are taken`);
  }
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
  if (sha256 === undefined) throw new Error('GitHub has no digest for its artifact');
  return { id, sha256 };
}

/** Saves an artifact as it is, no more than is allowed, and gives its SHA-256. */
async function save(
  octokit: Octokit,
  { owner, repo }: Context,
  artifact: number,
  file: string,
): Promise<string> {
  // GitHub answers with a redirect to its blob store; fetch drops the token on the way to another origin.
  const response = await octokit.request(
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    {
      owner,
      repo,
      artifact_id: artifact,
      archive_format: 'zip',
      request: { parseSuccessResponseBody: false },
    },
  );
  const body: unknown = response.data;
  if (!(body instanceof ReadableStream)) throw new Error('its artifact came without a body');
  const tooMuch = () => new Error(`its artifact has over ${MAX_PACKED_BYTES} bytes`);
  await pipeline(
    Readable.fromWeb(body),
    byteLimit({ left: MAX_PACKED_BYTES }, tooMuch),
    createWriteStream(file, { flags: 'wx' }),
  );
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
