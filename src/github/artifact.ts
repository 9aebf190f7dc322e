import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { RUN_FILES } from '../baseline/read.ts';
import { SHARD_FILES, type ShardNumber } from '../baseline/shard.ts';
import { messageOf } from '../errors.ts';
import { baselineArtifact } from './baseline.ts';
import { type Context, runUrl } from './context.ts';

export interface UploadOptions {
  readonly context: Context;
  /** Name of the gate. */
  readonly name: string;
  /** Null for the repository's setting. */
  readonly retentionDays: number | null;
}

/**
 * Leaves a run directory as the baseline that later runs are compared with.
 *
 * @throws Error when it cannot be uploaded.
 */
export async function uploadBaseline(runDirectory: string, options: UploadOptions): Promise<void> {
  await withFolder(options.context, async (folder) => {
    // The client follows links: only plain copies made here are handed to it.
    const files = RUN_FILES.map((file) => join(folder, file));
    for (const [i, file] of RUN_FILES.entries()) {
      await copyFile(join(runDirectory, file), files[i] ?? '');
    }
    await upload(baselineArtifact(options.name), files, folder, options, {});
  });
}

/**
 * Uploads the report as it is, so that a browser opens it.
 *
 * @returns The address of its page.
 * @throws Error when it cannot be uploaded.
 */
export async function uploadReport(html: string, options: UploadOptions): Promise<string> {
  return withFolder(options.context, async (folder) => {
    // Un-zipped, the file's name is the artifact's.
    const file = join(folder, `robustness-report-${options.name}.html`);
    await writeFile(file, html);
    const id = await upload('', [file], folder, options, { skipArchive: true });
    return `${runUrl(options.context)}/artifacts/${id}`;
  });
}

/** What the artifacts are called that a run leaves which may not comment; the gate's name follows. */
export const VERDICT_ARTIFACT = 'robustness-verdict-';
export const VERDICT_FILE = 'verdict.json';

/**
 * Leaves a verdict for the workflow that comments in this one's place.
 *
 * @param text As `writeExchange` writes it.
 * @throws Error when it cannot be uploaded.
 */
export async function uploadVerdict(text: string, options: UploadOptions): Promise<void> {
  await withFolder(options.context, async (folder) => {
    const file = join(folder, VERDICT_FILE);
    await writeFile(file, text);
    await upload(`${VERDICT_ARTIFACT}${options.name}`, [file], folder, options, {});
  });
}

/**
 * Uploads one file that we wrote ourselves, as an artifact called `name`.
 *
 * @throws Error when it cannot be uploaded.
 */
export async function uploadFile(file: string, options: UploadOptions): Promise<void> {
  await upload(options.name, [file], dirname(file), options, {});
}

/** What a shard's artifact is called. */
function shardArtifact(name: string, { index, of }: ShardNumber): string {
  return `robustness-shard-${name}-${index}-of-${of}`;
}

/**
 * Leaves a shard for the job that merges. A re-run's takes the place of the one before.
 *
 * @throws Error when it cannot be uploaded.
 */
export async function uploadShard(
  directory: string,
  shard: ShardNumber,
  options: UploadOptions,
): Promise<void> {
  await withFolder(options.context, async (folder) => {
    const files = SHARD_FILES.map((file) => join(folder, file));
    for (const [i, file] of SHARD_FILES.entries()) {
      await copyFile(join(directory, file), files[i] ?? '');
    }
    await upload(shardArtifact(options.name, shard), files, folder, options, {});
  });
}

async function upload(
  name: string,
  files: string[],
  folder: string,
  { retentionDays }: UploadOptions,
  settings: { skipArchive?: boolean },
): Promise<number> {
  const retention = retentionDays === null ? {} : { retentionDays };
  const client = new DefaultArtifactClient();
  const once = async (): Promise<number> => {
    const { id } = await client.uploadArtifact(name, files, folder, { ...settings, ...retention });
    if (id === undefined) throw new Error('GitHub gave the artifact no id');
    return id;
  };
  try {
    return await once();
  } catch (error) {
    // The client itself repeats what the service refuses for a time, but not what the network breaks off.
    if (/\(409\)|already exists/.test(messageOf(error))) {
      await client.deleteArtifact(settings.skipArchive ? basename(files[0] ?? '') : name);
    } else if (
      !/ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|socket hang up|network/i.test(messageOf(error))
    ) {
      throw error;
    }
    return once();
  }
}

async function withFolder<T>(
  { temporary }: Context,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(temporary, 'robustness-upload-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
