import { createHash } from 'node:crypto';

/** Who a token speaks for and what it may do. */
interface TokenRights {
  readonly login: string;
  readonly comments: boolean;
  /** `permissions` of the job; everything where there is none. */
  readonly permissions?: Readonly<Record<string, string>>;
}

export interface RunRecord {
  readonly id: number;
  readonly number: number;
  readonly event: string;
  readonly branch: string;
  readonly sha: string;
  /** `.github/workflows/x.yml`, as the API writes it. */
  readonly path: string;
  readonly headRepositoryId: number | null;
  status: 'in_progress' | 'completed';
}

export interface ArtifactRecord {
  readonly id: number;
  readonly name: string;
  readonly run: number;
  readonly type: string;
  /** What is served; tests damage it. */
  bytes: Uint8Array;
  /** What the API says. */
  digest: string | null;
  expired: boolean;
  /** The run that the API says it is of, where that is another. */
  of?: number;
}

interface CommentRecord {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  body: string;
}

interface RequestRecord {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly authorization: string | null;
}

/** Pull requests: those of forks have another repository's id. */
interface PullRecord {
  readonly number: number;
  readonly open: boolean;
  readonly owner: string;
  readonly branch: string;
  readonly head: string;
  readonly repositoryId: number;
}

export interface IssueRecord {
  readonly id: number;
  readonly author: string;
  title: string;
  body: string;
  readonly labels: readonly string[];
  state: 'open' | 'closed';
}

/** What goes wrong with the next requests whose `METHOD /path` matches. */
export type Fault = { readonly request: RegExp; times: number } & (
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** The request is done all the same: only its answer is lost. */
      readonly done?: boolean;
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
);

/** All that the server knows: plain data, which tests set up, read and damage. */
export interface ServerState {
  readonly owner: string;
  readonly repo: string;
  readonly repositoryId: number;
  readonly defaultBranch: string;
  /** Parents of each commit. */
  readonly commits: Map<string, readonly string[]>;
  /** Content of files, by `commit:path`. */
  readonly files: Map<string, Uint8Array>;
  readonly runs: RunRecord[];
  readonly artifacts: ArtifactRecord[];
  readonly comments: CommentRecord[];
  readonly pulls: PullRecord[];
  readonly issues: IssueRecord[];
  readonly tokens: Map<string, TokenRights>;
  readonly requests: RequestRecord[];
  readonly faults: Fault[];
  /** Uploads that are under way, by the id in their address. */
  readonly uploads: Map<
    string,
    { blocks: Map<string, Uint8Array>; bytes: Uint8Array; type: string }
  >;
  nextId: number;
}

/** A repository without commits, and one token that may do everything. */
export function emptyState(): ServerState {
  return {
    owner: 'octo',
    repo: 'site',
    repositoryId: 4711,
    defaultBranch: 'main',
    commits: new Map(),
    files: new Map(),
    runs: [],
    artifacts: [],
    comments: [],
    pulls: [],
    issues: [],
    tokens: new Map([['ghs_full', { login: 'github-actions[bot]', comments: true }]]),
    requests: [],
    faults: [],
    uploads: new Map(),
    nextId: 1000,
  };
}

/** Adds a commit and gives its SHA. */
export function addCommit(state: ServerState, message: string, ...parents: string[]): string {
  const sha = createHash('sha1')
    .update([message, ...parents].join('\n'))
    .digest('hex');
  state.commits.set(sha, parents);
  return sha;
}

/** Adds a workflow run, in progress. */
export function addRun(
  state: ServerState,
  run: Pick<RunRecord, 'event' | 'branch' | 'sha'> & Partial<RunRecord>,
): RunRecord {
  const record: RunRecord = {
    id: state.nextId++,
    number: state.runs.length + 1,
    path: '.github/workflows/robustness.yml',
    headRepositoryId: state.repositoryId,
    status: 'in_progress',
    ...run,
  };
  state.runs.push(record);
  return record;
}

/** Adds an artifact as its upload would have. */
export function addArtifact(
  state: ServerState,
  run: number,
  name: string,
  bytes: Uint8Array,
): ArtifactRecord {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const id = state.nextId++;
  const artifact = { id, name, run, type: 'application/zip', bytes, digest, expired: false };
  state.artifacts.push(artifact);
  return artifact;
}

/** A commit and all that led to it, nearest first. */
export function ancestorsOf(state: ServerState, sha: string): string[] {
  const found = [sha];
  for (const commit of found) {
    for (const parent of state.commits.get(commit) ?? []) {
      if (!found.includes(parent)) found.push(parent);
    }
  }
  return found;
}
