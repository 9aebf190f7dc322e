import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { runReport } from '../../src/report/alone.ts';
import type { Report } from '../../src/report/report.ts';
import { renderHtml } from '../../src/report/reporters/html.tsx';
import {
  inconclusiveReport,
  makeComparison,
  makeManifest,
  makeNode,
  makePicture,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const reports: [string, Report][] = [
  ['pass', passReport()],
  ['identical', passReport({ comparison: makeComparison(0, { identical: true }) })],
  ['regressed', regressedReport({ pictures: [makePicture('Person')] })],
  ['inconclusive', inconclusiveReport()],
  ['no-baseline', noBaselineReport()],
  ['one model alone', runReport(makeManifest())],
  ['untrusted', untrustedReport(`<script>alert(1)</script>${'W'.repeat(10_000)}`)],
];

describe('the page', () => {
  it.each(reports)('has no script and a strict policy: %s', (_, report) => {
    const html = renderHtml(report);
    expect(html).not.toMatch(/<script|\son\w+=|href="(?!https:|#)|src="(?!data:image\/webp)/i);
    expect(html).toContain("default-src 'none'");
  });

  it('gives the first heading to the verdict', () => {
    const heading = /<h1[^>]*>(.*?)<\/h1>/.exec(renderHtml(regressedReport()))?.[1];
    expect(heading).toMatch(/^Robustness regressed: mAP under noise fell by 6\.1 ± 0\.9 points/);
  });

  it('says what to do next', () => {
    expect(renderHtml(regressedReport())).toContain('Start with noise: it lost 6.1 points');
    expect(renderHtml(noBaselineReport())).toContain('Run the gate once on the default branch');
  });

  it('shows names as text', () => {
    const html = renderHtml(untrustedReport('<img src=x>&"\u202eabc'));
    expect(html).toContain('&lt;img src=x>&amp;');
    expect(html).not.toMatch(/<img src=x|\u202e/);
  });

  it('stays under 5 MB with 5,000 nodes and names of 10 kB', () => {
    const name = (i: number): string => `${i} ${'<b>'.repeat(3_000)}`;
    const nodes = Array.from({ length: 5_000 }, (_, i) =>
      makeNode(i < 2_500 ? 'family' : 'condition', name(i), 5),
    );
    expect(
      renderHtml(regressedReport({ comparison: makeComparison(1, { nodes }) })).length,
    ).toBeLessThan(5e6);
  });
});

const inBrowser = existsSync(executablePath) ? describe : describe.skip;

inBrowser('the page in Chromium (skipped where there is none; CHROMIUM names another)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  }, 60_000);
  afterAll(async () => browser.close());

  it.each(reports)(
    'logs nothing, requests nothing and fits 360 pixels: %s',
    async (_, report) => {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
      const events: string[] = [];
      page.on('console', (message) => events.push(message.text()));
      page.on('pageerror', (error) => events.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) events.push(request.url());
      });
      await page.setContent(renderHtml(report));
      const widths = [];
      for (const width of [360, 1000, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        widths.push(await page.evaluate('document.documentElement.scrollWidth'));
      }
      await page.close();
      expect(events).toEqual([]);
      expect(widths).toEqual([360, 1000, 1920]);
    },
    60_000,
  );

  it('shows one picture of a failure at a time, and hides the boxes, without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.setContent(renderHtml(regressedReport({ pictures: [makePicture('Person')] })));
    await page.getByRole('radio', { name: 'Changed' }).check();
    const frames = [
      await page.locator('figure.original').isVisible(),
      await page.locator('figure.changed').isVisible(),
    ];
    await page.getByLabel('show boxes').uncheck();
    const boxes = await page.locator('figure.changed .frame svg').isVisible();
    await context.close();
    expect({ frames, boxes }).toEqual({ frames: [false, true], boxes: false });
  }, 60_000);
});
