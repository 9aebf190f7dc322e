import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import type { Allowed } from '../allowed.ts';
import { type ErrorCode, GateError, harmless, messageOf } from '../errors.ts';
import { redact } from './secrets.ts';

/** Tries of one request, the first included. */
const TRIES = 6;
const FIRST_WAIT_MS = 500;
/** A server that asks for a longer wait is not busy: a quota is used up. */
const LONGEST_WAIT_MS = 60_000;
/** Of a server's own words this much is told. */
const TOLD = 300;

/** Bytes, a text, or a form, which brings its own content type. */
export type HttpBody = Uint8Array<ArrayBuffer> | string | FormData;

export interface HttpRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: HttpBody;
  /** Milliseconds for one try. */
  readonly timeout: number;
  /** Larger answers are an error. */
  readonly maxBytes: number;
  /** Never shown, whatever the server says. */
  readonly secrets: readonly string[];
  /** Code of the errors. */
  readonly code: ErrorCode;
}

/** An answer with a status of 200 to 299. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

type Failure = {
  readonly message: string;
  readonly retry: boolean;
  readonly after: number | null;
  readonly cause?: unknown;
};

/**
 * Sends a request until it is answered: again, after a wait that doubles (or as long as the server says), when
 * the server is busy (429), fails (5xx) or cannot be reached. Redirects are errors: they would take the key
 * elsewhere.
 *
 * @param tell Called before each wait.
 * @throws GateError with the server's own message, without secrets.
 */
export async function request(
  wanted: HttpRequest,
  tell: (message: string) => void = () => {},
): Promise<HttpAnswer> {
  let wait = FIRST_WAIT_MS;
  for (let attempt = 1; ; attempt++) {
    const result = await once(wanted);
    if (!('message' in result)) return result;
    const tooLong = result.after !== null && result.after > LONGEST_WAIT_MS;
    if (!result.retry || tooLong || attempt === TRIES) {
      const tries = attempt > 1 ? ` (${attempt} times)` : '';
      const later = tooLong ? `, and asks to wait ${Math.ceil((result.after ?? 0) / 1000)} s` : '';
      throw new GateError(
        wanted.code,
        { message: `${result.message}${tries}${later}`, fix: fixOf(result.message) },
        { cause: result.cause },
      );
    }
    const delay = result.after ?? wait;
    tell(`${result.message}; again in ${(delay / 1000).toFixed(1)} s`);
    await sleep(delay);
    wait *= 2;
  }
}

/** Where a request goes, without what may be secret. */
export function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/**
 * Refuses an origin that nobody vouched for: a config may come from a pull request, and a key would go with it.
 *
 * @param vendors Origins that need no leave.
 * @param keyed   Whether a secret goes along: then only over TLS, or to this machine.
 * @throws GateError
 */
export function checkOrigin(
  url: URL,
  vendors: readonly string[],
  { origins }: Allowed,
  keyed: boolean,
): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new GateError('config', { message: `not an http(s) address: ${placeOf(url)}` });
  }
  if (url.username !== '' || url.password !== '') {
    throw new GateError('config', {
      message: `the address of ${url.host} holds a user name or password`,
      fix: 'put them into a header from the environment: headers: {Authorization: "Basic $NAME"}',
    });
  }
  if (!vendors.includes(url.origin) && !origins.includes(url.origin)) {
    throw new GateError('config', {
      message: `nobody allowed requests to ${url.origin}: the origin comes from the workflow or the command line, not from the config`,
      fix: `allow it: --predictor-origin ${url.origin} (the action: input \`predictor-origin\`)`,
    });
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (keyed && url.protocol === 'http:' && !local) {
    throw new GateError('config', {
      message: `a secret would go to ${url.origin} unencrypted`,
      fix: 'use https',
    });
  }
}

async function once(wanted: HttpRequest): Promise<HttpAnswer | Failure> {
  const { url, method, headers, body, timeout, maxBytes, secrets } = wanted;
  const place = `${method} ${placeOf(url)}`;
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    const bytes = await readBody(response, maxBytes);
    if (response.ok) return { status: response.status, body: bytes };
    return {
      message: `${place} answered ${describe(response, bytes, secrets)}`,
      retry: response.status === 429 || response.status >= 500,
      after: retryAfter(response.headers.get('retry-after')),
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return { message: `${place}: ${error.message}`, retry: false, after: null, cause: error };
    }
    // `fetch failed` says nothing: what failed is its cause.
    const cause = isNativeError(error) && error.cause !== undefined ? error.cause : error;
    const reason = isTimeout(error)
      ? `has not answered for ${timeout / 1000} seconds`
      : `cannot be reached: ${redact(messageOf(cause), secrets)}`;
    return { message: `${place} ${reason}`, retry: true, after: null, cause: error };
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) {
      throw new RangeError(`the answer has more than ${maxBytes} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function describe(response: Response, body: Buffer, secrets: readonly string[]): string {
  const { status } = response;
  if (status >= 300 && status < 400) {
    return `${status}, a redirect, which is not followed: a key would go with it`;
  }
  const words = wordsOf(body);
  return `${status}${words === '' ? '' : `: ${harmless(redact(words, secrets)).slice(0, TOLD)}`}`;
}

/** What a server says, from the fields that APIs put it into. */
function wordsOf(body: Buffer): string {
  const text = body.subarray(0, 10_000).toString().trim();
  if (text.startsWith('<')) return 'an HTML page';
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return text;
    const fields = new Map<string, unknown>(Object.entries(value));
    const said = ['message', 'error', 'detail']
      .map((key) => fields.get(key))
      .find((field) => field !== undefined && field !== null);
    return (typeof said === 'string' ? said : JSON.stringify(said ?? value)).replace(/\s+/g, ' ');
  } catch {
    return text.replace(/\s+/g, ' ');
  }
}

/** Milliseconds that a Retry-After asks for, in seconds or as a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function fixOf(message: string): string {
  if (/answered 40[13]/.test(message)) {
    return 'is the key right, and may it use this project?';
  }
  if (/answered 404/.test(message)) return 'check the names in the address';
  if (/answered 402/.test(message))
    return 'credits or quota are used up: what was finished is kept';
  if (/answered 4(15|22)/.test(message)) {
    return 'the server expects another kind of request; a server of your own: set predictor.body to what it takes';
  }
  if (/answered 429/.test(message)) {
    return 'ask for fewer requests a second, or look at the quota; what was finished is kept';
  }
  return 'run the same command again: what was finished is kept';
}
