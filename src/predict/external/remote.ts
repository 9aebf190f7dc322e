import { z } from 'zod';
import type { Detections } from '../../boxes/labels.ts';
import { GateError } from '../../errors.ts';
import { type HttpBody, type HttpRequest, placeOf, request } from '../../http/request.ts';
import { redactAll } from '../../http/secrets.ts';
import type { PredictorContext } from '../predictor.ts';
import { createPace } from './pace.ts';

/** Keys of the config of predictors that are asked over HTTP. */
export const remoteShape = {
  concurrency: z.int().min(1).max(64).default(8).meta({
    description: 'Requests under way at once.',
  }),
  requestsPerSecond: z.number().positive().max(1000).default(20).meta({
    description: 'Requests that begin in a second, at most.',
  }),
  maxRequests: z.int().min(1).default(100_000).meta({
    description:
      'A run that needs more requests, over all its shards and looks, ends before the first. How many it needs is told (`validate`).',
  }),
  timeout: z
    .number()
    .positive()
    .max(3600)
    .default(60)
    .meta({ description: 'Seconds for one request.' }),
};

const MAX_ANSWER = 32 * 2 ** 20;

/** What a remote predictor shares among its requests. */
interface RemoteOptions {
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  readonly timeout: number;
}

/** Asks a server about images. */
export interface Remote {
  readonly concurrency: number;
  /**
   * @param headers What the body is.
   * @param read    Reads the answer's JSON.
   * @throws GateError when the request fails for good or the answer is none: never "no detections".
   */
  ask(
    body: HttpBody,
    headers: Readonly<Record<string, string>>,
    read: (answer: unknown) => Detections,
  ): Promise<Detections>;
}

/**
 * @param secrets Never shown.
 */
export function openRemote(
  url: URL,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
  options: RemoteOptions,
  { workers }: PredictorContext,
): Remote {
  const pace = createPace(options.requestsPerSecond / workers);
  const template: Omit<HttpRequest, 'body'> = {
    url,
    method: 'POST',
    headers: { accept: 'application/json', ...headers },
    timeout: options.timeout * 1000,
    maxBytes: MAX_ANSWER,
    secrets,
    code: 'predictor',
  };
  return {
    concurrency: Math.max(1, Math.floor(options.concurrency / workers)),
    async ask(body, own, read) {
      await pace();
      const all = { ...own, ...template.headers };
      const answer = await request({ ...template, headers: all, body });
      // A server may say back what it was told.
      return read(redactAll(parseJson(answer.body.toString(), url), secrets));
    },
  };
}

function parseJson(text: string, url: URL): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new GateError(
      'predictor',
      {
        message: `${placeOf(url)} answered ${text.trimStart().startsWith('<') ? 'an HTML page' : 'something'} that is not JSON`,
        fix: 'is it the address of the model, and is nobody asked to log in?',
      },
      { cause: error },
    );
  }
}
