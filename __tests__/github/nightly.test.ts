import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { goodNight, keepIssue } from '../../src/github/nightly.ts';
import { createOctokit } from '../../src/github/octokit.ts';
import type { Report } from '../../src/report/report.ts';
import { startServer, type TestServer } from '../e2e/server/server.ts';
import { addCommit, emptyState, type ServerState } from '../e2e/server/state.ts';
import { pullRequestContext } from '../helpers/pull-request.ts';
import { inconclusiveReport, passReport, regressedReport } from '../report/fixtures.ts';

const PATIENCE = 40_000;
let state: ServerState;
let server: TestServer;

beforeEach(async () => {
  state = emptyState();
  server = await startServer(state);
});

afterEach(() => server[Symbol.asyncDispose]());

const client = () => createOctokit('ghs_full', server.url, () => {});
const context = () =>
  pullRequestContext(state, server, addCommit(state, 'main'), {
    event: 'schedule',
    pullRequest: null,
  });

function night(report: Report, day = '2026-11-25', run = 41): ReturnType<typeof keepIssue> {
  const source = report.source && { ...report.source, run };
  const links = { report: null, run: 'https://github.com/octo/site/actions/runs/50' };
  return keepIssue(client(), context(), { ...report, name: 'site', source, links }, day);
}

describe('the issue that a gate keeps', () => {
  it('is not there while all is well', async () => {
    expect(await night(passReport())).toBe('none');
    expect(state.issues).toEqual([]);
  });

  it(
    'is opened by a bad night, lists the nights, tells changes of state, and is closed by two good ones',
    async () => {
      expect(await night(regressedReport(), '2026-11-20')).toBe('opened');
      const [issue] = state.issues;
      expect(issue).toMatchObject({ title: 'Robustness at night: site', state: 'open' });
      expect(issue?.labels).toEqual(['robustness-gate']);
      expect(issue?.body).toContain('### ❌ Regressed');
      expect(issue?.body).toContain('The model changed');

      expect(await night(regressedReport(), '2026-11-21')).toBe('updated');
      expect(state.comments).toEqual([]);

      expect(await night(passReport(), '2026-11-22')).toBe('updated');
      expect(state.comments.map(({ body }) => body)).toEqual([expect.stringContaining('Pass')]);

      expect(await night(passReport(), '2026-11-23')).toBe('closed');
      expect(state.issues).toHaveLength(1);
      expect(issue?.state).toBe('closed');
      expect(issue?.body.match(/^\| 2026-11-2\d/gm)).toEqual([
        '| 2026-11-23',
        '| 2026-11-22',
        '| 2026-11-21',
        '| 2026-11-20',
      ]);
    },
    PATIENCE,
  );

  it(
    'keeps the run of the last good night, so that a loss that stays does not look well',
    async () => {
      await night(regressedReport(), '2026-11-20', 41);
      expect(await goodNight(client(), context(), 'site')).toBe(41);
      await night(regressedReport(), '2026-11-21', 42);
      expect(await goodNight(client(), context(), 'site')).toBe(41);
      expect(await goodNight(client(), context(), 'other')).toBeNull();
    },
    PATIENCE,
  );

  it(
    'is opened again, not twice, and forgets the night that was good before',
    async () => {
      await night(regressedReport(), '2026-11-20', 41);
      state.issues[0]!.state = 'closed';
      expect(await goodNight(client(), context(), 'site')).toBeNull();
      expect(await night(regressedReport(), '2026-11-21', 43)).toBe('opened');
      expect(state.issues).toHaveLength(1);
      expect(await goodNight(client(), context(), 'site')).toBe(43);
    },
    PATIENCE,
  );

  it(
    'is not closed by nights that cannot say',
    async () => {
      await night(regressedReport(), '2026-11-20');
      await night(passReport(), '2026-11-21');
      await night(inconclusiveReport(), '2026-11-22');
      await night(passReport(), '2026-11-23');
      expect(state.issues[0]?.state).toBe('open');
    },
    PATIENCE,
  );

  it(
    'is not one that somebody else planted',
    async () => {
      state.issues.push({
        id: 5,
        author: 'mallory',
        title: 'x',
        body: '<!-- robustness-gate:v1 night name=site state=pass good=666 green=9 -->',
        labels: ['robustness-gate'],
        state: 'open',
      });
      expect(await goodNight(client(), context(), 'site')).toBeNull();
      await night(regressedReport());
      expect(state.issues).toHaveLength(2);
      expect(state.issues[0]?.body).toContain('good=666');
    },
    PATIENCE,
  );
});
