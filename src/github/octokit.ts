import { getOctokitOptions, GitHub } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { messageOf } from '../errors.ts';

/** A client of GitHub's REST API. */
export type Octokit = InstanceType<typeof GitHub>;

/** Longest wait that a rate limit may ask for. */
const MAX_WAIT_SECONDS = 120;
const MAX_RETRIES = 2;

/**
 * Opens a client that retries what may be retried and keeps to GitHub's rate limits.
 *
 * @param warn Told when a limit makes it wait.
 */
export function createOctokit(
  token: string,
  apiUrl: string,
  warn: (message: string) => void,
): Octokit {
  const wait = (kind: string) => (seconds: number, options: object, _: unknown, tries: number) => {
    const again = seconds <= MAX_WAIT_SECONDS && tries < MAX_RETRIES;
    const what = 'url' in options ? String(options.url) : 'a request';
    warn(`GitHub's ${kind} limit at ${what}: ${again ? `waiting ${seconds} s` : 'giving up'}`);
    return again;
  };
  const quiet = (): void => {};
  const Client = GitHub.plugin(retry, throttling);
  return new Client(
    getOctokitOptions(token, {
      baseUrl: apiUrl,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      throttle: { onRateLimit: wait('rate'), onSecondaryRateLimit: wait('secondary rate') },
    }),
  );
}

/** HTTP status of what a request ended in; null when it was not an answer. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;
}

/** What went wrong with a request, for a person. */
export function requestProblem(error: unknown): string {
  const status = statusOf(error);
  const permission =
    status === 403 || status === 404 ? ' (does the job have the permission for it?)' : '';
  return `${status === null ? '' : `${status} `}${messageOf(error)}${permission}`;
}
