import { describe, expect, it } from '@jest/globals';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { readExchange, writeExchange } from '../../src/report/exchange.ts';
import { renderComment } from '../../src/report/reporters/comment.ts';
import type { Report } from '../../src/report/report.ts';
import {
  inconclusiveReport,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

const TODAY = '2026-11-25';

function exchanged(report: Report): Report {
  const text = writeExchange(report, {
    pullRequest: 7,
    policy: GatePolicySchema.parse({}),
    failWithoutBaseline: false,
    trainedWith: ['horizontal_flip'],
  });
  const { pullRequest, report: read } = readExchange(text, TODAY);
  expect(pullRequest).toBe(7);
  return read;
}

describe('a report that goes to another run', () => {
  it.each([
    ['pass', passReport()],
    ['regressed', regressedReport()],
    ['inconclusive', inconclusiveReport()],
    ['no-baseline', noBaselineReport()],
  ])('keeps the numbers that a comment shows: %s', (_, report) => {
    const read = exchanged(report);
    const onlyOnThePage = { classDrops: [], errors: [], fixes: [] };
    expect(read.comparison).toEqual(
      report.comparison && { ...report.comparison, ...onlyOnThePage },
    );
    expect(read.candidate).toEqual(report.candidate);
    expect(read.pictures).toEqual([]);
  });

  it('is judged anew: what it says of its own verdict is not taken over', () => {
    const forged = regressedReport({
      verdict: { status: 'pass', sentence: 'Approved by @maintainer', reasons: [], failed: false },
    });
    const read = exchanged(forged);
    expect(read.verdict.status).toBe('regressed');
    expect(read.verdict.sentence).toMatch(/^Robustness regressed: mAP under/);
    expect(renderComment(read)).not.toContain('maintainer');
  });

  it('links to nothing that it names itself', () => {
    const read = exchanged(regressedReport());
    expect(read.source?.url).toBeNull();
    expect(read.links).toEqual({ report: null, run: null });
  });

  it('shows names that would be markup as text', () => {
    const read = exchanged({
      ...untrustedReport('<img src=x> @octo #1 [a](http://evil) ![b](c)'),
      name: 'site',
      source: null,
    });
    const comment = renderComment(read).replace(/`[^`]*`/g, '');
    expect(comment).not.toMatch(/<img|@octo/);
    expect(comment).not.toMatch(/\]\(http:\/\/evil/);
  });

  it.each([
    ['no JSON', 'not json'],
    ['another version', '{"version":2}'],
    ['numbers that are none', '{"version":1,"pullRequest":"7"}'],
  ])('is refused when it is %s', (_, text) => {
    expect(() => readExchange(text, TODAY)).toThrow(/JSON|version|pullRequest/);
  });
});
