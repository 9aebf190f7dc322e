import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import type { HistoryEntry } from '../../src/report/history.ts';
import { historyEntry, renderHistory } from '../../src/report/reporters/history.ts';
import { renderJson } from '../../src/report/reporters/json.ts';
import { renderSite } from '../../src/report/site/page.tsx';
import { byGate, changeOf, dateOf, type SiteRun } from '../../src/report/site/runs.ts';
import { axeViolations, inBrowser, launchBrowser, show } from '../helpers/browser.ts';
import { runCli } from '../helpers/bundle.ts';
import { configOf, projectFolder } from '../helpers/project.ts';
import { differenceFrom } from '../helpers/snapshot.ts';
import { folderOf, temporaryDirectory } from '../helpers/tmp.ts';
import {
  inconclusiveReport,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

const pass = historyEntry(passReport());

function runsOf(entries: readonly HistoryEntry[]): SiteRun[] {
  return entries.map((entry, i) => ({
    when: `2026-11-${String(i + 1).padStart(2, '0')}`,
    label: `commit${i}`,
    entry,
    report: i % 2 === 0 ? `reports/${i}.html` : null,
  }));
}

const history = runsOf([
  historyEntry(noBaselineReport()),
  pass,
  historyEntry(regressedReport()),
  historyEntry(inconclusiveReport()),
  { ...pass, dataset: { ...pass.dataset, labelsDigest: 'f'.repeat(64) } },
]);

describe('the name of a history’s file', () => {
  it.each([
    ['2026-11-24T0300-3f9d2c1', '2026-11-24 03:00', '3f9d2c1'],
    ['2026-11-24T03-00-00Z_3f9d2c1', '2026-11-24 03:00', '3f9d2c1'],
    ['2026-11-24', '2026-11-24', ''],
    ['2026-11-24 nightly', '2026-11-24', 'nightly'],
    ['2026-13-24-x', null, '2026-13-24-x'],
    ['v1.2.0', null, 'v1.2.0'],
  ])('%s says when and what', (name, when, label) => {
    expect(dateOf(name)).toEqual({ when, label });
  });
});

describe('a history', () => {
  it('says where numbers cannot be held against those before', () => {
    expect(history.map((_, i) => changeOf(history, i))).toEqual([
      null,
      null,
      null,
      null,
      'labels changed',
    ]);
  });

  it('breaks its lines there', () => {
    const page = renderSite(byGate(history));
    expect(page.match(/class="break"/g)).toHaveLength(7);
    expect(page).toContain('no run before that can be held against it');
  });

  it('shows each gate by itself', () => {
    const night = { ...pass, name: 'night' };
    const gates = byGate(runsOf([pass, night, pass]));
    expect(gates.map(({ name, runs }) => [name, runs.length])).toEqual([
      ['default', 2],
      ['night', 1],
    ]);
    expect(renderSite(gates)).toContain('night: Pass');
  });

  it('shows untrusted names as text and links to nothing but reports', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('<script>', '"><img src=x>', 'javascript:alert(1)', '\u202egnp', '../../x'),
    );
    fc.assert(
      fc.property(names, (name) => {
        const entry = { ...historyEntry(untrustedReport(name)), name };
        const run = { when: null, label: name, entry, report: name };
        const page = renderSite(byGate([run, run])).replace(/<style>.*?<\/style>/s, '');
        expect(page).not.toMatch(/<script|<img|href="(?!#gate)|[\u202a-\u202e]/i);
      }),
      { numRuns: 40 },
    );
  });
});

describe('robustness-gate site', () => {
  it('takes history files, verdicts and run directories, and copies the reports beside them', async () => {
    const cwd = await projectFolder({ 'robustness.yml': configOf('brightness') });
    await runCli(['run', '--quiet', '--out', '2026-11-20-first'], cwd);
    const folder = join(cwd, 'night');
    await mkdir(folder);
    await writeFile(join(folder, '2026-11-22-b.json'), renderHistory(regressedReport()));
    await writeFile(join(folder, '2026-11-22-b.html'), 'the report of b');
    await writeFile(join(folder, '2026-11-21-a.json'), renderJson(passReport()));
    const { code, stderr } = await runCli(
      ['site', '2026-11-20-first', 'night', '--out', 'site'],
      cwd,
    );
    expect(stderr).toMatch(/^site: site.index\.html, 3 runs\n$/);
    expect(code).toBe(0);
    expect(await readdir(join(cwd, 'site'))).toEqual(['badge.json', 'index.html', 'reports']);
    expect(await readdir(join(cwd, 'site/reports'))).toEqual([
      '2026-11-20-first.html',
      '2026-11-22-b.html',
    ]);
    const page = await readFile(join(cwd, 'site/index.html'), 'utf8');
    const rows = [...page.matchAll(/<th scope="row">(\d{4}-\d\d-\d\d)/g)].map(([, when]) => when);
    expect(rows).toEqual(['2026-11-22', '2026-11-21', '2026-11-20']);
    expect(page).toContain('href="reports/2026-11-22-b.html"');
    expect(page).toContain('href="https://github.com/acme/site/actions/runs/4712/artifacts/9"');
    const badge: unknown = JSON.parse(await readFile(join(cwd, 'site/badge.json'), 'utf8'));
    expect(badge).toMatchObject({ message: 'regressed, risk 39.1', color: 'red' });
  }, 60_000);

  it.each([
    ['what is no JSON', '{', /^a\.json\n {2}not JSON/],
    ['what is no history', '{"schemaVersion":1}', /^a\.json\n {2}not a history: name is missing/],
    ['a folder with nothing in it', null, /^no history in \./],
  ])('refuses %s', async (_, content, message) => {
    const cwd = await folderOf(content === null ? {} : { 'a.json': content });
    const what = content === null ? '.' : 'a.json';
    const { code, stderr } = await runCli(['site', what, '--out', 's'], cwd);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

const histories: [string, string][] = [
  ['nights of one gate', renderSite(byGate(history))],
  ['one night', renderSite(byGate(history.slice(0, 1)))],
  [
    'hostile names, two gates',
    renderSite(
      byGate([
        ...history,
        ...runsOf([
          historyEntry(untrustedReport(`<script>](javascript:a)\u202e😀${'W'.repeat(10_000)}`)),
        ]),
      ]),
    ),
  ],
];

inBrowser('the history in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser.close());

  it.each(histories)(
    'scrolls sideways at no width, asks for nothing and logs nothing: %s',
    async (_, html) => {
      await using view = await show(browser, html, { width: 360 });
      for (const width of [360, 768, 1280, 1920]) {
        await view.page.setViewportSize({ width, height: 800 });
        expect(await view.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      expect(view.events).toEqual([]);
    },
    60_000,
  );

  it.each(histories)(
    'has nothing that axe calls serious, light and dark: %s',
    async (_, html) => {
      for (const scheme of ['light', 'dark'] as const) {
        await using view = await show(browser, html, { scheme });
        expect(await axeViolations(view.page)).toEqual([]);
      }
    },
    60_000,
  );

  it('opens from disk', async () => {
    const file = join(await temporaryDirectory(), 'index.html');
    await writeFile(file, renderSite(byGate(history)));
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator('h1').innerText()).toMatch(/^No regression/);
    await page.close();
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'looks as it did: %s',
    async (scheme) => {
      await using view = await show(browser, renderSite(byGate(history)), { scheme });
      const picture = await view.page.screenshot();
      expect(await differenceFrom(`history-${scheme}`, picture)).toBeLessThan(0.04);
    },
    60_000,
  );
});
