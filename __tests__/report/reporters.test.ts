import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { runReport } from '../../src/report/alone.ts';
import { plain } from '../../src/report/escape.ts';
import { writeReports } from '../../src/report/files.ts';
import { HistorySchema } from '../../src/report/history.ts';
import { type Reporter, reporters } from '../../src/report/registry.ts';
import type { Report } from '../../src/report/report.ts';
import { renderBadge } from '../../src/report/reporters/badge.ts';
import { renderHistory } from '../../src/report/reporters/history.ts';
import { renderJunit } from '../../src/report/reporters/junit.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';
import {
  inconclusiveReport,
  makeComparison,
  makeManifest,
  makeNode,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

/** Numbers of a comparison that nothing could be computed from. */
function undefinedReport(): Report {
  const node = makeNode('family', 'noise', NaN, {
    standardError: NaN,
    interval: [NaN, Infinity],
    adjustedP: NaN,
  });
  const manifest = makeManifest();
  return regressedReport({
    candidate: { ...manifest, metrics: manifest.metrics.map((of) => ({ ...of, map: null })) },
    comparison: makeComparison(NaN, { nodes: [node, makeNode('clean', 'clean', NaN)] }),
  });
}

const reports: [string, Report][] = [
  ['a pass', passReport()],
  ['a regression', regressedReport()],
  ['an inconclusive verdict', inconclusiveReport()],
  ['no baseline', noBaselineReport()],
  ['one model alone', runReport(makeManifest())],
  ['numbers that are none', undefinedReport()],
];

/** What must not be in a text for a person or a machine, whatever a pull request calls its things. */
const forbidden: Record<string, RegExp> = {
  html: /<script|<img src=x/i,
  comment: /(?<!\\)<script|<!--|(?<![\\`])\]\(javascript/i,
  summary: /(?<!\\)<script|<!--|(?<![\\`])\]\(javascript/i,
  junit: /<script|\]\]>|<!\[CDATA/,
  console: /\p{Cc}(?<!\n)|::error|##\[/u,
};

const unseen = /[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u;

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '](javascript:alert(1))',
    '<!-- robustness-gate:v1 -->',
    ']]><x>',
    '\u202egnp.exe',
    '\ufffe\uffff\u0000\u001b[2J',
    '::error::x\n##[error]',
    '🚧'.repeat(5_000),
  ),
);

describe.each(reporters.map((reporter): [string, Reporter] => [reporter.name, reporter]))(
  'the %s reporter',
  (name, reporter) => {
    const forPeople = name !== 'json' && name !== 'history';

    it.each(reports)('renders %s, the same every time', (_, report) => {
      const text = reporter.render(report);
      expect(text.length).toBeGreaterThan(10);
      expect(reporter.render(report)).toBe(text);
      expect(text).not.toMatch(
        name === 'html' ? /\[object/ : /\bNaN\b|Infinity|undefined|\[object/,
      );
    });

    it('shows untrusted names as text', () => {
      fc.assert(
        fc.property(nasty, (text) => {
          const rendered = reporter.render(untrustedReport(text));
          // In a code span nothing is markup.
          const outside =
            name === 'comment' || name === 'summary'
              ? rendered.replace(/(`+)[^`](.*?[^`])?\1(?!`)/g, '')
              : rendered;
          expect(outside).not.toMatch(forbidden[name] ?? /(?!)/);
          expect(rendered).not.toMatch(forPeople ? unseen : /(?!)/);
        }),
        { numRuns: 40 },
      );
    });
  },
);

describe('writing reports', () => {
  it('goes on after one that throws and one that cannot be written', async () => {
    const folder = await temporaryDirectory();
    const warnings: string[] = [];
    const breaks: Reporter = {
      name: 'breaks',
      title: '',
      file: null,
      option: true,
      render: () => {
        throw new Error('no such\nthing');
      },
    };
    const badge = reporters.find(({ name }) => name === 'badge')!;
    const wanted = [
      { reporter: breaks, file: join(folder, 'x') },
      { reporter: badge, file: join(folder, 'none', 'badge.json') },
      { reporter: badge, file: join(folder, 'badge.json') },
    ];
    const written = await writeReports(passReport(), wanted, (text) => warnings.push(text));
    expect(written).toEqual([wanted[2]]);
    expect(await readdir(folder)).toEqual(['badge.json']);
    expect(warnings).toEqual([
      'breaks could not be made: no such thing',
      expect.stringMatching(/^cannot write .*none.badge\.json: .*ENOENT/),
    ]);
  });
});

/** Elements of well-formed XML, with the outcome of each test case. */
function parseJunit(text: string): {
  counts: Record<string, string>;
  outcomes: Map<string, string>;
} {
  const outcomes = new Map<string, string>();
  const counts: Record<string, string> = {};
  let current = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'testsuites') Object.assign(counts, attributes);
    else if (name === 'testcase') {
      current = `${attributes['classname']}: ${attributes['name']}`;
      outcomes.set(current, 'passed');
    } else if (name !== 'testsuite') outcomes.set(current, name);
  });
  parser.write(text).close();
  return { counts, outcomes };
}

describe('JUnit XML', () => {
  it('has a failure for each regressed quantity and for the verdict', () => {
    const { counts, outcomes } = parseJunit(renderJunit(regressedReport()));
    expect(counts).toEqual({
      name: 'robustness',
      tests: '46',
      failures: String([...outcomes.values()].filter((kind) => kind === 'failure').length),
      errors: '0',
      skipped: '0',
    });
    expect(outcomes.get('robustness.verdict: verdict')).toBe('failure');
    expect(outcomes.get('robustness.families: noise')).toBe('failure');
    expect(outcomes.get('robustness.families: digital')).toBe('passed');
    expect(outcomes.get('robustness.conditions: rotation at severity 5')).toBe('failure');
  });

  it('says in a failure what fell, how far and how sure', () => {
    expect(renderJunit(regressedReport())).toContain(
      '<testcase classname="robustness.families" name="noise"><failure message="mAP 26.3 → 20.2, a drop of 6.1 ± 0.9 points, 1.0 allowed (p &lt; 0.001)"></failure></testcase>',
    );
  });

  it('passes a pass; skips what is green but not judged safe; errs where time ran out', () => {
    const verdictOf = (report: Report): string | undefined =>
      parseJunit(renderJunit(report)).outcomes.get('robustness.verdict: verdict');
    expect(verdictOf(passReport())).toBe('passed');
    expect(verdictOf(inconclusiveReport())).toBe('skipped');
    expect(verdictOf(noBaselineReport())).toBe('skipped');
    const { verdict } = inconclusiveReport();
    expect(verdictOf(inconclusiveReport({ verdict: { ...verdict, failed: true } }))).toBe(
      'failure',
    );
    expect(
      verdictOf(passReport({ verdict: { ...verdict, status: 'incomplete', failed: true } })),
    ).toBe('error');
  });

  it('skips what was waived, with the reason', () => {
    const waiver = { node: 'noise', reason: 'new camera <b>', until: '2030-01-01' } as const;
    const nodes = [makeNode('family', 'noise', 6, { waiver })];
    const text = renderJunit(regressedReport({ comparison: makeComparison(1, { nodes }) }));
    expect(parseJunit(text).outcomes.get('robustness.families: noise')).toBe('skipped');
    expect(text).toContain('waived: new camera &lt;b&gt;');
  });

  it('is well-formed whatever things are called', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const { outcomes } = parseJunit(renderJunit(untrustedReport(name)));
        expect(outcomes.size).toBeGreaterThan(1);
      }),
    );
  });
});

describe('the badge', () => {
  it('is what shields.io’s endpoint takes', () => {
    expect(JSON.parse(renderBadge(regressedReport()))).toEqual({
      schemaVersion: 1,
      label: 'robustness',
      message: 'regressed, risk 39.1',
      color: 'red',
    });
  });

  it('names the gate where there are several', () => {
    expect(JSON.parse(renderBadge(passReport({ name: 'night\u202e' })))).toMatchObject({
      label: `robustness: ${plain('night\u202e')}`,
      message: 'pass, risk 39.1',
      color: 'brightgreen',
    });
  });
});

describe('the history entry', () => {
  it('holds a run’s main numbers in a few kilobytes', () => {
    const text = renderHistory(regressedReport());
    const entry = HistorySchema.parse(JSON.parse(text));
    expect(text.length).toBeLessThan(4_000);
    expect(entry.candidate.nodes.map(({ name }) => name)).toEqual([
      'clean',
      'overall',
      'noise',
      'blur',
      'lighting',
      'digital',
      'geometry',
    ]);
    expect(entry.comparison?.nodes[1]).toMatchObject({ level: 'overall', drop: 3.5 });
  });

  it('is part of the verdict’s JSON document', () => {
    const json = reporters.find(({ name }) => name === 'json')!;
    const document = HistorySchema.parse(JSON.parse(json.render(regressedReport())));
    expect(document.verdict.status).toBe('regressed');
  });
});
