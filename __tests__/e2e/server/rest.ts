import { z } from 'zod';
import { FORBIDDEN, issueRoutes } from './issues.ts';
import { type Call, type Handler, NOT_FOUND, type Reply } from './call.ts';
import { ancestorsOf, type ArtifactRecord, type RunRecord, type ServerState } from './state.ts';

const Body = z.object({ query: z.string().default('') });

/** The REST requests that the action makes, by `METHOD /path below the repository`. */
const routes: readonly (readonly [RegExp, Handler])[] = [
  [/^GET \/commits$/, listCommits],
  [/^GET \/commits\/(\w+)$/, getCommit],
  [/^GET \/compare\/(\w+)\.\.\.(\w+)$/, compareCommits],
  [/^GET \/contents\/(.+)$/, getContent],
  [/^GET \/actions\/workflows\/([\w.-]+)\/runs$/, listRuns],
  [/^GET \/actions\/runs\/(\d+)$/, getRun],
  [/^GET \/actions\/runs\/(\d+)\/artifacts$/, listArtifacts],
  [/^GET \/actions\/artifacts$/, listAllArtifacts],
  [/^GET \/actions\/artifacts\/(\d+)\/zip$/, downloadArtifact],
  ...issueRoutes,
];

/** Answers a REST or GraphQL request as GitHub does; null when it is none. */
export function answerRest(state: ServerState, call: Call): Reply | null {
  if (call.path === '/graphql') return graphql(state, call);
  const prefix = `/repos/${state.owner}/${state.repo}`;
  if (!call.path.startsWith(`${prefix}/`)) return null;
  const request = `${call.method} ${call.path.slice(prefix.length)}`;
  const rights = state.tokens.get(call.token);
  if (!rights) return { status: 401, json: { message: 'Bad credentials' } };
  if (rights.permissions && !permits(rights.permissions, request)) return FORBIDDEN;
  for (const [pattern, handler] of routes) {
    const match = pattern.exec(decodeURIComponent(request));
    if (match) return handler(state, { ...call, parts: match.slice(1) });
  }
  return NOT_FOUND;
}

/** What a request needs of a job's `permissions`; any one of them will do. */
const needs: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\w+ \/(commits|compare|contents)\b/, ['contents']],
  [/^\w+ \/actions\//, ['actions']],
  [/^\w+ \/(pulls|issues\/(\d+\/)?comments)\b/, ['pull-requests', 'issues']],
  [/^\w+ \/issues\b/, ['issues']],
];

function permits(permissions: Readonly<Record<string, string>>, request: string): boolean {
  const [, names = []] = needs.find(([pattern]) => pattern.test(request)) ?? [];
  const levels = names.map((name) => permissions[name]);
  return levels.includes('write') || (request.startsWith('GET ') && levels.includes('read'));
}

function graphql(state: ServerState, { token, body }: Call): Reply {
  const rights = state.tokens.get(token);
  if (!rights || !Body.parse(body).query.includes('viewer')) return NOT_FOUND;
  return { status: 200, json: { data: { viewer: { login: rights.login } } } };
}

function listCommits(state: ServerState, { query }: Call): Reply {
  const from = query.get('sha') ?? '';
  if (!state.commits.has(from)) return NOT_FOUND;
  const page = ancestorsOf(state, from).slice(0, Number(query.get('per_page') ?? 30));
  return { status: 200, json: page.map((sha) => commitJson(state, sha)) };
}

function getCommit(state: ServerState, { parts: [sha = ''] }: Call): Reply {
  return state.commits.has(sha) ? { status: 200, json: commitJson(state, sha) } : NOT_FOUND;
}

function commitJson(state: ServerState, sha: string): object {
  return { sha, parents: (state.commits.get(sha) ?? []).map((parent) => ({ sha: parent })) };
}

function getContent(state: ServerState, { parts: [path = ''], query }: Call): Reply {
  const bytes = state.files.get(`${query.get('ref') ?? ''}:${path}`);
  return bytes ? { status: 200, bytes, type: 'application/vnd.github.raw' } : NOT_FOUND;
}

function compareCommits(state: ServerState, { parts: [base = '', head = ''] }: Call): Reply {
  if (!state.commits.has(base) || !state.commits.has(head)) return NOT_FOUND;
  const [before, after] = [ancestorsOf(state, base), ancestorsOf(state, head)];
  const ahead = after.filter((sha) => !before.includes(sha)).length;
  const behind = before.filter((sha) => !after.includes(sha)).length;
  const status =
    ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical';
  const common = after.find((sha) => before.includes(sha));
  return {
    status: 200,
    json: { status, ahead_by: ahead, behind_by: behind, merge_base_commit: { sha: common } },
  };
}

function listRuns(state: ServerState, { parts: [file = ''], query }: Call): Reply {
  const wanted = (name: string, value: string): boolean =>
    query.get(name) === null || query.get(name) === value;
  const runs = state.runs
    .filter(({ path }) => path.split('@')[0]?.endsWith(`/${file}`))
    .filter((run) => wanted('branch', run.branch) && wanted('event', run.event))
    .filter((run) => wanted('status', run.status))
    .sort((a, b) => b.number - a.number)
    .slice(0, Number(query.get('per_page') ?? 30));
  const workflow_runs = runs.map((run) => runJson(state, run));
  return { status: 200, json: { total_count: runs.length, workflow_runs } };
}

function getRun(state: ServerState, { parts: [id] }: Call): Reply {
  const run = state.runs.find((known) => known.id === Number(id));
  return run ? { status: 200, json: runJson(state, run) } : NOT_FOUND;
}

function runJson(state: ServerState, run: RunRecord): object {
  return {
    id: run.id,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.status === 'completed' ? 'success' : null,
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.path,
    html_url: `https://github.example/${state.owner}/${state.repo}/actions/runs/${run.id}`,
    repository: { id: state.repositoryId },
    head_repository: run.headRepositoryId === null ? null : { id: run.headRepositoryId },
  };
}

function listArtifacts(state: ServerState, { parts: [run], query }: Call): Reply {
  return artifactsReply(state, query, (artifact) => artifact.run === Number(run));
}

function listAllArtifacts(state: ServerState, { query }: Call): Reply {
  return artifactsReply(state, query, () => true);
}

function artifactsReply(
  state: ServerState,
  query: URLSearchParams,
  wanted: (artifact: ArtifactRecord) => boolean,
): Reply {
  const artifacts = state.artifacts
    .filter(wanted)
    .filter(({ name }) => query.get('name') === null || name === query.get('name'))
    .map(({ id, name, bytes, digest, expired, run: made, of = made }) => ({
      id,
      name,
      size_in_bytes: bytes.length,
      digest,
      expired,
      workflow_run: {
        id: of,
        repository_id: state.repositoryId,
        head_repository_id: state.runs.find((known) => known.id === made)?.headRepositoryId,
      },
    }));
  return { status: 200, json: { total_count: artifacts.length, artifacts } };
}

function downloadArtifact(state: ServerState, { parts: [id], blobs }: Call): Reply {
  const artifact = state.artifacts.find((known) => known.id === Number(id));
  if (!artifact) return NOT_FOUND;
  if (artifact.expired) return { status: 410, json: { message: 'Artifact has expired' } };
  return { status: 302, location: `${blobs}/download/${artifact.id}?sig=secret` };
}
