import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { Call, Reply } from './call.ts';
import { answerRest } from './rest.ts';
import { answerResults } from './results.ts';
import type { Fault, ServerState } from './state.ts';

export interface TestServer {
  /** GITHUB_API_URL and ACTIONS_RESULTS_URL. */
  readonly url: string;
  /** GITHUB_SERVER_URL: a host that the artifact client takes for GitHub's. */
  readonly site: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Serves GitHub's REST API, artifact service and blob store from `state`, on a free port of this machine. */
export async function startServer(state: ServerState): Promise<TestServer> {
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    site: `http://github.localhost:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

async function serve(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = parseCall(request, await buffer(request));
  const authorization = request.headers.authorization ?? null;
  state.requests.push({ method: call.method, path: request.url ?? '/', authorization });
  const fault = faultOf(state, call);
  if (fault?.kind === 'reset') {
    request.socket.destroy();
    return;
  }
  if (fault?.kind === 'slow') await setTimeout(fault.milliseconds);
  const refused = fault?.kind === 'answer' && !fault.done;
  const reply = refused ? null : (answerRest(state, call) ?? answerResults(state, call));
  if (fault?.kind === 'answer') {
    const { status, message, headers = {} } = fault;
    send(response, { status, json: { message }, headers });
  } else send(response, reply ?? { status: 404, json: { message: 'Not Found' } });
}

function parseCall(request: IncomingMessage, raw: Buffer): Call {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const json = request.headers['content-type']?.startsWith('application/json') === true;
  const body: unknown = json && raw.length > 0 ? JSON.parse(raw.toString()) : null;
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    token: (request.headers.authorization ?? '').replace(/^(token|bearer) /i, ''),
    raw,
    body,
    parts: [],
    blobs: `http://localhost:${request.socket.localPort}`,
  };
}

function faultOf(state: ServerState, { method, path }: Call): Fault | null {
  const fault = state.faults.find(
    ({ request, times }) => times > 0 && request.test(`${method} ${path}`),
  );
  if (!fault) return null;
  fault.times--;
  return fault;
}

function send(
  response: ServerResponse,
  { status, json, location, bytes, type, headers }: Reply,
): void {
  const all = {
    ...headers,
    ...(location === undefined ? {} : { location }),
    ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  response.writeHead(status, all).end(bytes ?? (json === undefined ? '' : JSON.stringify(json)));
}
