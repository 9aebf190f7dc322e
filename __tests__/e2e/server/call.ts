import type { ServerState } from './state.ts';

/** A request, taken apart. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The token it came with, empty for none. */
  readonly token: string;
  readonly raw: Buffer;
  /** The JSON of `raw`; null where it is none. */
  readonly body: unknown;
  /** What the route's pattern caught. */
  readonly parts: readonly string[];
  /** Address of the blob store: another origin, as GitHub's is. */
  readonly blobs: string;
}

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly location?: string;
  readonly bytes?: Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one kind of request. */
export type Handler = (state: ServerState, call: Call) => Reply;

export const NOT_FOUND: Reply = { status: 404, json: { message: 'Not Found' } };
