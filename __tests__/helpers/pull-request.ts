import type { Context } from '../../src/github/context.ts';
import type { TestServer } from '../e2e/server/server.ts';
import { addCommit, type ServerState } from '../e2e/server/state.ts';

/** The context of pull request 7 on top of a commit. */
export function pullRequestContext(
  state: ServerState,
  server: TestServer,
  base: string,
  changes: Partial<Context> = {},
): Context {
  const head = addCommit(state, 'head', base);
  return {
    owner: state.owner,
    repo: state.repo,
    repositoryId: state.repositoryId,
    defaultBranch: 'main',
    baseBranch: 'main',
    event: 'pull_request',
    sha: addCommit(state, 'merge', base, head),
    ref: 'refs/pull/7/merge',
    runId: 1,
    runAttempt: 1,
    workflow: '.github/workflows/robustness.yml',
    pullRequest: { number: 7, head, base, fork: false },
    mergeGroupBase: null,
    finishedRun: null,
    apiUrl: server.url,
    serverUrl: server.site,
    workspace: '/work',
    temporary: '/tmp',
    toolCache: null,
    ...changes,
  };
}
