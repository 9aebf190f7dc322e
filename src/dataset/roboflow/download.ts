import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Allowed } from '../../allowed.ts';
import { GateError, messageOf } from '../../errors.ts';
import { checkOrigin, placeOf, request } from '../../http/request.ts';
import { fillSecrets, redact } from '../../http/secrets.ts';
import { byteLimit, unzip } from '../../zip.ts';

/** One export of one version of a project. */
export interface Export {
  readonly workspace: string;
  readonly project: string;
  readonly version: number;
  /** Roboflow's name of the format. */
  readonly format: string;
  readonly apiUrl: string;
  /** `$NAME` of the key. */
  readonly apiKey: string;
}

export const ROBOFLOW_API = 'https://api.roboflow.com';

const ANSWER_BYTES = 2 ** 20;
const ANSWER_MS = 60_000;
const DOWNLOAD_MS = 3_600_000;
const MAX_PACKED_BYTES = 20 * 2 ** 30;
const LIMITS = { files: 1_000_000, bytes: 40 * 2 ** 30, ratio: 1000 };
const REDIRECTS = 5;
/** How often Roboflow is asked whether the export is made, and how long. */
const POLL_MS = 2_000;
const POLLS = 450;

const Answer = z.looseObject({
  export: z.looseObject({ link: z.url() }).optional(),
  progress: z.number().optional(),
});

/**
 * Downloads an export into a folder, once: a folder that is there is whole.
 *
 * @throws GateError with Roboflow's own message, or what is wrong with the archive.
 */
export async function fetchExport(wanted: Export, folder: string, allowed: Allowed): Promise<void> {
  if (await stat(folder).catch(() => null)) return;
  const { text: key, secrets } = fillSecrets(wanted.apiKey, allowed, 'dataset.apiKey');
  const link = await exportLink(wanted, key, secrets, allowed);
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}.`);
  try {
    const archive = join(temporary, 'export.zip');
    await download(link, archive, [...secrets, ...link.searchParams.values()]);
    await unzip(archive, join(temporary, 'export'), LIMITS);
    await rename(join(temporary, 'export'), folder);
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError(
      'dataset',
      {
        message: `the export ${nameOf(wanted)} cannot be unpacked: ${redact(messageOf(error), secrets)}`,
        fix: 'run again; if it stays so, make the export anew in Roboflow',
      },
      { cause: error },
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** `workspace/project/3 (coco)` */
export function nameOf({ workspace, project, version, format }: Export): string {
  return `${workspace}/${project}/${version} (${format})`;
}

/** Asks for the export until it is made. */
async function exportLink(
  wanted: Export,
  key: string,
  secrets: readonly string[],
  allowed: Allowed,
): Promise<URL> {
  const { workspace, project, version, format, apiUrl } = wanted;
  const path = [workspace, project, String(version), format].map(encodeURIComponent).join('/');
  const url = new URL(`${apiUrl.replace(/\/+$/, '')}/${path}`);
  checkOrigin(url, [ROBOFLOW_API], allowed, true);
  // The API takes either; servers like it and older ones of its own take the query's alone.
  url.searchParams.set('api_key', key);
  for (let poll = 0; poll < POLLS; poll++) {
    const { body } = await request({
      url,
      method: 'GET',
      headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
      timeout: ANSWER_MS,
      maxBytes: ANSWER_BYTES,
      secrets,
      code: 'dataset',
    });
    const answer = parseAnswer(body.toString());
    if (answer?.export) return checkedLink(new URL(answer.export.link), url);
    if (answer?.progress === undefined) {
      throw new GateError('dataset', {
        message: `${placeOf(url)} answered something else than a link to the export${body.toString().trimStart().startsWith('<') ? ' (an HTML page)' : ''}`,
        fix: 'is dataset.apiUrl the address of Roboflow’s API?',
      });
    }
    await sleep(POLL_MS);
  }
  throw new GateError('dataset', {
    message: `Roboflow has not made the export ${nameOf(wanted)} in ${(POLLS * POLL_MS) / 60_000} minutes`,
    fix: 'make it in Roboflow’s web page, then run again',
  });
}

function parseAnswer(text: string): z.infer<typeof Answer> | null {
  try {
    return Answer.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The archive lies with a storage provider: over TLS, unless the API itself was asked without. */
function checkedLink(link: URL, api: URL): URL {
  if (link.protocol !== 'https:' && link.protocol !== api.protocol) {
    throw new GateError('dataset', { message: `the export lies at ${placeOf(link)}, not https` });
  }
  return link;
}

/** No key goes along, so redirects are followed. The link itself lets anyone in: it is never shown. */
async function download(link: URL, file: string, secrets: readonly string[]): Promise<void> {
  let url = link;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(DOWNLOAD_MS),
    }).catch((error: unknown) => {
      throw new GateError('dataset', {
        message: `the export cannot be downloaded from ${url.origin}: ${redact(messageOf(error), secrets)}`,
      });
    });
    const next =
      response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (next) {
      await response.body?.cancel();
      url = checkedLink(new URL(next, url), link);
      continue;
    }
    if (!response.ok || !response.body) {
      throw new GateError('dataset', {
        message: `the export cannot be downloaded from ${url.origin}: it answered ${response.status}`,
        fix: 'run again',
      });
    }
    const tooMuch = () => new Error(`it has over ${MAX_PACKED_BYTES} bytes`);
    await pipeline(
      Readable.from(response.body),
      byteLimit({ left: MAX_PACKED_BYTES }, tooMuch),
      createWriteStream(file, { flags: 'wx' }),
    );
    return;
  }
  throw new GateError('dataset', {
    message: 'the download of the export is redirected in circles',
  });
}
