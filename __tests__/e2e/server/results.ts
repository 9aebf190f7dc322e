import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Call, Reply } from './call.ts';
import type { ArtifactRecord, ServerState } from './state.ts';

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';

const Create = z.object({ name: z.string(), mime_type: z.string().optional() });
const Finalize = z.object({ name: z.string(), size: z.string(), hash: z.string() });

const Named = z.object({ name: z.string() });
const List = z.object({ name_filter: z.string().optional(), id_filter: z.string().optional() });

/** A runtime token as the runner gives it; nobody checks its signature. */
export function runtimeToken(run: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ scp: `Actions.Results:run-${run}:job-1` })}.x`;
}

/** Answers the artifact service and the blob store; null when the request is for neither. */
export function answerResults(state: ServerState, call: Call): Reply | null {
  if (call.path.startsWith(SERVICE)) return artifactService(state, call);
  const [, area, id = ''] = call.path.split('/');
  if (area === 'upload' && call.method === 'PUT') return putBlob(state, call, id);
  if (area === 'download' && call.method === 'GET') return getBlob(state, Number(id));
  return null;
}

function artifactService(state: ServerState, { path, token, body, blobs }: Call): Reply {
  const run = runOf(token);
  if (run === null) return { status: 401, json: { msg: 'no runtime token' } };
  switch (path.slice(SERVICE.length)) {
    case 'CreateArtifact': {
      const { name, mime_type: type = 'application/zip' } = Create.parse(body);
      if (state.artifacts.some((known) => known.run === run && known.name === name)) {
        return { status: 409, json: { msg: 'an artifact with this name already exists' } };
      }
      const id = uploadId(run, name);
      state.uploads.set(id, { blocks: new Map(), bytes: Buffer.alloc(0), type });
      const signed_upload_url = `${blobs}/upload/${id}?sig=secret`;
      return { status: 200, json: { ok: true, signed_upload_url } };
    }
    case 'FinalizeArtifact': {
      const { name, size, hash } = Finalize.parse(body);
      const upload = state.uploads.get(uploadId(run, name));
      if (!upload || upload.bytes.length !== Number(size)) {
        return { status: 400, json: { msg: 'not what was uploaded' } };
      }
      const digest = `sha256:${createHash('sha256').update(upload.bytes).digest('hex')}`;
      if (digest !== hash) return { status: 400, json: { msg: 'wrong hash' } };
      const id = state.nextId++;
      const { bytes, type } = upload;
      state.artifacts.push({ id, name, run, type, bytes, digest, expired: false });
      return { status: 200, json: { ok: true, artifact_id: String(id) } };
    }
    case 'ListArtifacts': {
      const { name_filter: name, id_filter: id } = List.parse(body);
      const artifacts = artifactsOf(state, run)
        .filter((known) => name === undefined || known.name === name)
        .filter((known) => id === undefined || known.id === Number(id))
        .map((known) => ({
          workflow_run_backend_id: `run-${run}`,
          workflow_job_run_backend_id: 'job-1',
          database_id: String(known.id),
          name: known.name,
          size: String(known.bytes.length),
          created_at: '2026-11-25T00:00:00Z',
          digest: known.digest,
        }));
      return { status: 200, json: { artifacts } };
    }
    case 'GetSignedArtifactURL': {
      const { name } = Named.parse(body);
      const found = artifactsOf(state, run).findLast((known) => known.name === name);
      if (!found) return { status: 404, json: { msg: 'no such artifact' } };
      return { status: 200, json: { signed_url: `${blobs}/download/${found.id}?sig=secret` } };
    }
    case 'DeleteArtifact': {
      const { name } = Named.parse(body);
      const found = state.artifacts.findLastIndex(
        (known) => known.run === run && known.name === name,
      );
      if (found < 0) return { status: 404, json: { msg: 'no such artifact' } };
      const [gone] = state.artifacts.splice(found, 1);
      return { status: 200, json: { ok: true, artifact_id: String(gone?.id) } };
    }
    default:
      return { status: 404, json: { msg: 'no such call' } };
  }
}

function artifactsOf(state: ServerState, run: number): ArtifactRecord[] {
  return state.artifacts.filter((known) => known.run === run);
}

function uploadId(run: number, name: string): string {
  return createHash('sha256').update(`${run}/${name}`).digest('hex');
}

function runOf(token: string): number | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  const scopes = Buffer.from(payload, 'base64url').toString();
  const run = /Actions\.Results:run-(\d+):/.exec(scopes)?.[1];
  return run === undefined ? null : Number(run);
}

/** Azure's block blobs: blocks first, then the list that puts them in order. */
function putBlob(state: ServerState, { query, raw }: Call, id: string): Reply {
  const upload = state.uploads.get(id);
  if (!upload) return { status: 403 };
  if (query.get('comp') === 'block') upload.blocks.set(query.get('blockid') ?? '', raw);
  else {
    const ids = [...raw.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(
      ([, block]) => block,
    );
    upload.bytes = Buffer.concat(
      ids.map((block = '') => upload.blocks.get(block) ?? Buffer.alloc(0)),
    );
  }
  return { status: 201 };
}

function getBlob(state: ServerState, id: number): Reply {
  const artifact = state.artifacts.find((known) => known.id === id);
  return artifact ? { status: 200, bytes: artifact.bytes, type: artifact.type } : { status: 404 };
}
