import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BaselineLookup } from '../../src/baseline/lookup.ts';
import { findBaseline } from '../../src/github/baseline.ts';
import type { Context } from '../../src/github/context.ts';
import type { BaselineInput } from '../../src/github/inputs.ts';
import { createOctokit } from '../../src/github/octokit.ts';
import { findReference } from '../../src/github/reference.ts';
import { startServer, type TestServer } from '../e2e/server/server.ts';
import {
  addArtifact,
  addCommit,
  addRun,
  type ArtifactRecord,
  emptyState,
  type RunRecord,
  type ServerState,
} from '../e2e/server/state.ts';
import { pullRequestContext } from '../helpers/pull-request.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { manifestOf } from '../helpers/runs.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';
import { type TestEntry, zipOf } from '../helpers/zip.ts';

let state: ServerState;
let server: TestServer;
const archive = archiveOfARun();
/** main's commits, oldest first. */
let commits: string[];

beforeEach(async () => {
  state = emptyState();
  commits = [];
  for (const message of ['first', 'second', 'third', 'fourth']) {
    commits.push(addCommit(state, message, ...commits.slice(-1)));
  }
  server = await startServer(state);
});

afterEach(() => server[Symbol.asyncDispose]());

/** A run directory as an artifact holds it. Its tables are only opened by their digests. */
function archiveOfARun(): Buffer {
  const tables = { detections: Buffer.from('PAR1 detections'), truth: Buffer.from('PAR1 truth') };
  const manifest = {
    ...manifestOf(2),
    files: { detections: sha256(tables.detections), truth: sha256(tables.truth) },
  };
  return zipOf([
    { name: 'run.json', content: Buffer.from(JSON.stringify(manifest)) },
    { name: 'detections.parquet', content: tables.detections },
    { name: 'truth.parquet', content: tables.truth },
  ]);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A finished run on main of the `n`-th commit that left a baseline. */
function addBaseline(n: number, changes: Partial<RunRecord> = {}): ArtifactRecord {
  const sha = commits[n] ?? '';
  const run = addRun(state, {
    event: 'push',
    branch: 'main',
    sha,
    status: 'completed',
    ...changes,
  });
  return addArtifact(state, run.id, 'robustness-baseline-site', archive);
}

/** Looks for the baseline of a pull request on top of main's last commit. */
async function look(
  input: BaselineInput = { kind: 'auto' },
  changes: Partial<Context> = {},
): Promise<BaselineLookup> {
  const context = await contextOf(changes);
  const octokit = createOctokit('ghs_full', server.url, () => {});
  return findBaseline({ octokit, context, input, workflows: [], directory: '/work' }, 'site');
}

async function lookForReference(
  directory: string,
  changes: Partial<Context> = {},
): Promise<BaselineLookup> {
  const octokit = createOctokit('ghs_full', server.url, () => {});
  return findReference(octokit, await contextOf(changes), directory);
}

async function contextOf(changes: Partial<Context>): Promise<Context> {
  const temporary = await temporaryDirectory();
  return pullRequestContext(state, server, commits.at(-1) ?? '', { temporary, ...changes });
}

async function reasonsOf(found: Promise<BaselineLookup>): Promise<string> {
  const lookup = await found;
  return lookup.kind === 'absent' ? lookup.reasons.join('\n') : 'found';
}

describe('the baseline of a pull request', () => {
  it('is the one of the commit that it is merged into', async () => {
    addBaseline(2);
    addBaseline(3);
    addBaseline(1);
    expect(await look()).toMatchObject({
      kind: 'found',
      source: { commit: commits[3], distance: 0, description: 'run 2 on main' },
    });
  });

  it('is else the nearest ancestor’s, with its distance', async () => {
    addBaseline(2);
    addBaseline(0);
    expect(await look()).toMatchObject({ source: { commit: commits[2], distance: 1 } });
  });

  it('is not that of main’s newer commits', async () => {
    addBaseline(1);
    const newer = addCommit(state, 'newer', commits.at(-1) ?? '');
    addBaseline(0, { sha: newer });
    expect(await look()).toMatchObject({ source: { commit: commits[1], distance: 2 } });
  });

  it('is the newest of the artifacts that attempts of a run have left', async () => {
    const old = addBaseline(3);
    const bytes = Buffer.from('of the first attempt');
    state.artifacts.unshift({ ...old, id: old.id - 1, bytes });
    expect((await look()).kind).toBe('found');
  });

  it('is downloaded without handing the token to the blob store', async () => {
    addBaseline(3);
    await look();
    const blobs = state.requests.filter(({ path }) => path.startsWith('/download/'));
    expect(blobs.map(({ authorization }) => authorization)).toEqual([null]);
  });

  it('costs at most a dozen requests', async () => {
    addBaseline(2);
    await look();
    expect(state.requests.length).toBeLessThanOrEqual(12);
  });

  it('is never that of a commit that was pushed away by force', async () => {
    const gone = addCommit(state, 'rewritten', commits[1] ?? '');
    addBaseline(3, { sha: gone });
    addBaseline(1);
    expect(await look()).toMatchObject({ source: { commit: commits[1], distance: 2 } });
  });

  it('is not that of an old commit because its run was run again', async () => {
    addBaseline(2);
    // Made last, so its artifact is the newest of all; GitHub keeps the run's number.
    const again = addBaseline(0);
    state.runs.unshift(...state.runs.splice(-1));
    expect(again.id).toBeGreaterThan(state.artifacts[0]!.id);
    expect(await look()).toMatchObject({ source: { commit: commits[2], distance: 1 } });
  });

  it('is found beneath a flood of a fork’s runs on a branch of main’s name', async () => {
    addBaseline(3);
    for (let i = 0; i < 120; i++) {
      addRun(state, {
        event: 'pull_request',
        branch: 'main',
        sha: 'e'.repeat(40),
        status: 'completed',
        headRepositoryId: 666,
      });
    }
    expect(await look()).toMatchObject({ source: { commit: commits[3], distance: 0 } });
  });

  it('is of the queue’s base in a merge queue', async () => {
    addBaseline(3);
    addBaseline(1);
    const found = look(
      { kind: 'auto' },
      { event: 'merge_group', pullRequest: null, mergeGroupBase: commits[2] ?? '' },
    );
    expect(await found).toMatchObject({ source: { commit: commits[1], distance: 1 } });
  });

  it('is of the merge base where the head itself is checked out', async () => {
    addBaseline(1);
    const head = addCommit(state, 'old head', commits[1] ?? '');
    const pullRequest = { number: 7, head, base: commits[3] ?? '', fork: false };
    expect(await look({ kind: 'auto' }, { sha: head, pullRequest })).toMatchObject({
      source: { commit: commits[1], distance: 0 },
    });
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['a fork', { headRepositoryId: 666 }, 'another repository'],
    ['a deleted fork', { headRepositoryId: null }, 'another repository'],
    ['a tag of main’s name', { sha: 'f'.repeat(40) }, 'no ancestor'],
  ])('is never that of %s', async (_, changes, reason) => {
    if (changes.sha) state.commits.set(changes.sha, [commits[0] ?? '']);
    addBaseline(3, changes);
    expect(await reasonsOf(look())).toContain(reason);
  });

  it.each<[string, Partial<RunRecord>]>([
    ['a pull request’s run', { event: 'pull_request' }],
    ['a run that worked on a fork’s data', { event: 'workflow_run' }],
    ['another branch', { branch: 'feature' }],
    ['another workflow', { path: '.github/workflows/other.yml' }],
    ['an unfinished run', { status: 'in_progress' }],
  ])('is never that of %s', async (_, changes) => {
    addBaseline(3, changes);
    expect(await reasonsOf(look())).toContain(
      'no finished run of .github/workflows/robustness.yml',
    );
  });

  it.each<[string, (artifact: ArtifactRecord) => void, string]>([
    ['expired', (artifact) => void (artifact.expired = true), 'expired'],
    ['without a digest', (artifact) => void (artifact.digest = null), 'no digest'],
    ['damaged', (artifact) => void (artifact.bytes = archive.subarray(9)), 'has the SHA-256'],
    ['not an archive', (artifact) => forge(artifact, Buffer.from('no')), 'not a zip file'],
    [
      'not a run',
      (artifact) => forge(artifact, zipOf([{ name: 'evil.sh', content: Buffer.of() }])),
      'other files than',
    ],
    ['truncated', (artifact) => forge(artifact, archive.subarray(0, -30)), 'zip'],
    ['a bomb', (artifact) => forge(artifact, zipOf(runFiles(bomb))), 'over 200 times its size'],
    [
      'larger than it says',
      (artifact) => forge(artifact, zipOf(runFiles({ content: Buffer.alloc(999), said: 9 }))),
      'run',
    ],
    [
      'a link',
      (artifact) =>
        forge(artifact, zipOf(runFiles({ content: Buffer.from('/etc/passwd'), mode: 0o120777 }))),
      'is not a plain file',
    ],
    [
      'a path',
      (artifact) => forge(artifact, zipOf([{ name: '../../run.json', content: Buffer.of() }])),
      'invalid relative path',
    ],
    [
      'of another version',
      (artifact) =>
        forge(artifact, zipOf(runFiles({ content: Buffer.from('{"schemaVersion":9}') }))),
      'not a run of this version',
    ],
    ['of another run', (artifact) => void Object.assign(artifact, { of: 1 }), 'is of run 1'],
  ])('is refused when it is %s, and the next one is taken', async (_, spoil, reason) => {
    spoil(addBaseline(3));
    expect(await reasonsOf(look())).toContain(reason);
    addBaseline(1);
    expect(await look()).toMatchObject({ source: { commit: commits[1] } });
  });
});

const bomb = { content: Buffer.alloc(1 << 20) };

/** A run directory whose run.json is something else. */
function runFiles(manifest: Omit<TestEntry, 'name'>): TestEntry[] {
  const content = Buffer.from('PAR1');
  return [
    { name: 'run.json', ...manifest },
    { name: 'detections.parquet', content },
    { name: 'truth.parquet', content },
  ];
}

/** Other bytes with their own right digest. */
function forge(artifact: ArtifactRecord, bytes: Buffer): void {
  artifact.bytes = bytes;
  artifact.digest = `sha256:${sha256(bytes)}`;
}

describe('a baseline that is committed', () => {
  const files = new Map<string, Uint8Array>();

  beforeEach(() => {
    const tables = { detections: Buffer.from('PAR1 d'), truth: Buffer.from('PAR1 t') };
    const manifest = {
      ...manifestOf(2),
      files: { detections: sha256(tables.detections), truth: sha256(tables.truth) },
    };
    files.set('run.json', Buffer.from(JSON.stringify(manifest)));
    files.set('detections.parquet', tables.detections);
    files.set('truth.parquet', tables.truth);
  });

  const commit = (sha: string | undefined): void => {
    for (const [file, bytes] of files) {
      state.files.set(`${sha}:.robustness/baseline/site/${file}`, bytes);
    }
  };

  it('is taken where no run has left one, as it is in the base commit', async () => {
    commit(commits[3]);
    expect(await look()).toMatchObject({
      kind: 'found',
      source: { description: '.robustness/baseline/site in git', commit: commits[3] },
    });
  });

  it('comes after what a run has left', async () => {
    commit(commits[3]);
    addBaseline(1);
    expect(await look()).toMatchObject({ source: { description: 'run 1 on main' } });
  });

  it('is none where only the pull request has it', async () => {
    const base = commits.at(-1) ?? '';
    const sha = addCommit(state, 'merged', base, addCommit(state, 'pull', base));
    commit(sha);
    expect(await reasonsOf(look({ kind: 'auto' }, { sha }))).toContain(
      '.robustness/baseline/site is not in',
    );
  });

  it('is refused when it is damaged', async () => {
    files.set('truth.parquet', Buffer.from('PAR1 other'));
    commit(commits[3]);
    expect(await reasonsOf(look())).toContain('is damaged');
  });
});

describe('the baseline of a pull request into another branch', () => {
  let release: string;
  const into = () => {
    const head = addCommit(state, 'fix', release);
    const sha = addCommit(state, 'merged fix', release, head);
    const pullRequest = { number: 7, head, base: release, fork: false };
    return look({ kind: 'auto' }, { baseBranch: 'release', sha, pullRequest });
  };

  beforeEach(() => {
    release = addCommit(state, 'released', commits[1] ?? '');
  });

  it('is that branch’s own', async () => {
    addBaseline(0);
    addBaseline(1, { branch: 'release', sha: release });
    addBaseline(3);
    expect(await into()).toMatchObject({
      source: { commit: release, distance: 0, description: 'run 2 on release' },
    });
  });

  it('is the default branch’s from before it began, where it has none', async () => {
    addBaseline(1);
    addBaseline(3);
    expect(await into()).toMatchObject({
      source: { commit: commits[1], distance: 1, description: 'run 1 on main' },
    });
  });

  it.each<[string, Partial<RunRecord>]>([
    ['a fork’s branch of the same name', { headRepositoryId: 666 }],
    ['a deleted fork’s', { headRepositoryId: null }],
    ['a third branch', { branch: 'feature' }],
    ['another workflow', { path: '.github/workflows/other.yml' }],
    ['a pull request', { event: 'pull_request' }],
    ['a tag of its name, elsewhere', { sha: '9'.repeat(40) }],
  ])('is never that of %s', async (_, changes) => {
    state.commits.set('9'.repeat(40), [commits[0] ?? '']);
    addBaseline(1, { branch: 'release', sha: release, ...changes });
    expect((await into()).kind).toBe('absent');
  });

  it('is not what it leaves for a pull request into main', async () => {
    addBaseline(3, { branch: 'release' });
    expect(await reasonsOf(look())).toMatch(/no finished run of .* on main is known/);
  });

  it('is made by letting the workflow run there', async () => {
    expect(await reasonsOf(into())).toMatch(
      /on release or main is known[^]*run on `push` to release too/,
    );
  });
});

describe('the baseline of a push to main', () => {
  it('is that of an earlier run, not its own', async () => {
    addBaseline(2);
    const own = addBaseline(3);
    const found = await look(
      { kind: 'auto' },
      { event: 'push', pullRequest: null, sha: commits[3] ?? '', runId: own.run },
    );
    expect(found).toMatchObject({ source: { commit: commits[2], distance: 1 } });
  });
});

describe('the baseline of a night', () => {
  const tonight = (): Partial<Context> => ({
    event: 'schedule',
    pullRequest: null,
    sha: commits[3] ?? '',
    ref: 'refs/heads/main',
  });

  it('is the last night’s, at the same commit too', async () => {
    addBaseline(2, { event: 'schedule' });
    const last = addBaseline(3, { event: 'schedule' });
    expect(await look({ kind: 'auto' }, tonight())).toMatchObject({ source: { run: last.run } });
  });

  it('is the last good night’s while an issue is open', async () => {
    const good = addBaseline(2, { event: 'schedule' });
    addBaseline(3, { event: 'schedule' });
    state.issues.push({
      id: 5,
      author: 'github-actions[bot]',
      title: 'Robustness at night',
      body: `<!-- robustness-gate:v1 night name=site state=regressed good=${good.run} green=0 -->`,
      labels: ['robustness-gate'],
      state: 'open',
    });
    expect(await look({ kind: 'auto' }, tonight())).toMatchObject({ source: { run: good.run } });
    good.expired = true;
    expect((await look({ kind: 'auto' }, tonight())).kind).toBe('found');
  });
});

describe('a baseline directory that the workflow names', () => {
  const directory = '/work/.robustness/v1';

  it('is main’s on a pull request, whatever that makes of it', async () => {
    for (const file of ['run.json', 'detections.parquet', 'truth.parquet']) {
      state.files.set(`${commits[3]}:.robustness/v1/${file}`, Buffer.from(`main's ${file}`));
    }
    const found = await look({ kind: 'directory', directory });
    if (found.kind === 'absent') throw new Error('not found');
    expect(found.source.commit).toBe(commits[3]);
    expect(await readFile(join(found.directory, 'run.json'), 'utf8')).toBe("main's run.json");
  });

  it('is none where the pull request itself brings it: nobody sets their own bar', async () => {
    const base = commits.at(-1) ?? '';
    const sha = addCommit(state, 'merged', base, addCommit(state, 'pull', base));
    state.files.set(`${sha}:.robustness/v1/run.json`, Buffer.from('{}'));
    expect(await look({ kind: 'directory', directory }, { sha })).toMatchObject({
      kind: 'absent',
      reasons: [expect.stringContaining('is brought by this pull request')],
    });
  });

  it.each([directory, '/tmp/left-by-an-earlier-step'])(
    'is as it lies where main has none: %s',
    async (path) => {
      expect(await look({ kind: 'directory', directory: path })).toMatchObject({ directory: path });
    },
  );
});

describe('the reference of a pull request', () => {
  const directory = '/work/.robustness/v1';
  const files = ['run.json', 'detections.parquet', 'truth.parquet'];
  const commit = (sha: string | undefined, names: readonly string[]) => {
    for (const file of names) state.files.set(`${sha}:.robustness/v1/${file}`, Buffer.from(file));
  };

  it('is main’s, whatever the pull request makes of it', async () => {
    commit(commits[3], files);
    const found = await lookForReference(directory);
    if (found.kind === 'absent') throw new Error('not found');
    expect(found.source).toMatchObject({
      description: 'directory .robustness/v1',
      commit: commits[3],
    });
    expect(await readFile(join(found.directory, 'run.json'), 'utf8')).toBe('run.json');
  });

  it('is absent, and said to be, where main has none', async () => {
    expect(await lookForReference(directory)).toMatchObject({
      kind: 'absent',
      reasons: [
        expect.stringMatching(/^\.robustness\/v1 is not in [0-9a-f]{7}: a reference counts/),
      ],
    });
  });

  it('is an error where main has half of one', async () => {
    commit(commits[3], files.slice(0, 2));
    await expect(lookForReference(directory)).rejects.toThrow(/v1 in [0-9a-f]{7}, is not whole/);
  });

  it('is as it lies on a push to main', async () => {
    expect(
      await lookForReference(directory, {
        event: 'push',
        ref: 'refs/heads/main',
        pullRequest: null,
      }),
    ).toMatchObject({ kind: 'found', directory });
  });
});

describe('a baseline run that the workflow names', () => {
  it('is taken from that run', async () => {
    const { run } = addBaseline(0, { event: 'schedule' });
    expect(await look({ kind: 'run', run })).toMatchObject({ source: { commit: commits[0] } });
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['of a fork', { headRepositoryId: 666 }, 'another repository'],
    ['of a pull request', { event: 'pull_request' }, 'nobody has reviewed'],
  ])('is an error when the run is one %s', async (_, changes, reason) => {
    const { run } = addBaseline(0, changes);
    expect(await gateErrorOf(() => look({ kind: 'run', run }))).toContain(reason);
  });

  it('is an error when there is no such run', async () => {
    expect(await gateErrorOf(() => look({ kind: 'run', run: 5 }))).toContain('no such run');
  });

  it('is an error when the permission is missing', async () => {
    state.faults.push({
      kind: 'answer',
      request: /workflows/,
      status: 403,
      message: 'Resource not accessible by integration',
      times: 9,
    });
    expect(await gateErrorOf(() => look())).toContain('actions: read');
  });
});
