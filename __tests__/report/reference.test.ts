import { describe, expect, it } from '@jest/globals';
import { renderComment } from '../../src/report/reporters/comment.ts';
import { renderConsole } from '../../src/report/reporters/console.ts';
import { renderHtml } from '../../src/report/reporters/html.tsx';
import { renderJson } from '../../src/report/reporters/json.ts';
import {
  makeComparison,
  makeManifest,
  noBaselineReport,
  passReport,
  regressedReport,
} from './fixtures.ts';

const { verdict, comparison } = regressedReport();
const reference = {
  name: 'v1.2.0',
  verdict,
  comparison,
  baseline: makeManifest(),
  source: { description: 'directory .robustness/v1.2.0', commit: null, url: null, distance: null },
};
const report = passReport({
  reference,
  verdict: { ...verdict, sentence: 'Against v1.2.0: fell.' },
});

describe('a report with a reference', () => {
  it.each([
    ['the console', renderConsole(report, { color: false })],
    ['the comment', renderComment(report)],
    ['the page', renderHtml(report)],
  ])('shows the verdict against it in %s, with where it fell', (_, text) => {
    expect(text).toMatch(/Against v1\.2\.0: (✕|❌) Regressed/);
    expect(text).toMatch(/[Gg]aussian noise/);
    expect(text).toContain('.robustness/v1.2.0');
  });

  it('has it in the JSON document, beside the comparison with main', () => {
    expect(JSON.parse(renderJson(report))).toMatchObject({
      comparison: { identical: false },
      reference: {
        name: 'v1.2.0',
        verdict: { status: 'regressed' },
        baseline: { source: { description: 'directory .robustness/v1.2.0' } },
        comparison: { groups: 96 },
      },
    });
  });

  it('tells that main has none yet', () => {
    const absent = { ...reference, ...noBaselineReport(), name: 'v1.2.0', comparison: null };
    expect(renderComment(passReport({ reference: absent, verdict }))).toContain(
      'Against v1.2.0: ℹ️ No baseline',
    );
  });

  it('escapes its name', () => {
    const name = '<img src=x>|@all';
    const html = renderHtml({ ...report, reference: { ...reference, name } });
    expect(html).not.toContain('<img src=x>');
    expect(renderComment({ ...report, reference: { ...reference, name } })).not.toContain(
      '<img src',
    );
  });
});

describe('a report of different data', () => {
  const leftOut = {
    images: { common: 81, baseline: 100, candidate: 86, removed: 19, added: 5, relabelled: 0 },
    conditions: { common: 29, baseline: 29, candidate: 29, removed: [], added: [], changed: [] },
    groups: null,
  };
  const unlike = passReport({ comparison: makeComparison(0, { leftOut }) });

  it.each([
    ['the console', renderConsole(unlike, { color: false })],
    ['the comment', renderComment(unlike)],
    ['the page', renderHtml(unlike)],
  ])('says in %s what was left out, what was taken away before what was added', (_, text) => {
    const [taken, added, judged] = [
      '19 images of the baseline are not in this run',
      '5 images of this run are not in the baseline',
      'Judged on what both have: 81 images',
    ].map((sentence) => text.indexOf(sentence));
    expect(taken).toBeGreaterThan(0);
    expect(added).toBeGreaterThan(taken!);
    expect(judged).toBeGreaterThan(added!);
  });
});
