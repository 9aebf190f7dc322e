import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser } from 'playwright-core';
import { runReport } from '../../src/report/alone.ts';
import type { Report } from '../../src/report/report.ts';
import { renderHtml } from '../../src/report/reporters/html.tsx';
import { renderSeveralHtml } from '../../src/report/reporters/several-html.tsx';
import { axeViolations, inBrowser, launchBrowser, show } from '../helpers/browser.ts';
import type { SeveralReport } from '../../src/report/several.ts';
import { differenceFrom } from '../helpers/snapshot.ts';
import {
  brokenReport,
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
import {
  brokenSeveral,
  makeSeveralPicture,
  severalReport,
  untrustedSeveral,
} from './several-fixtures.ts';

const pictured = regressedReport({
  pictures: [makePicture('Person'), makePicture('Hardhat', 'fixed')],
});

const hostile = `<script>alert(1)</script>](javascript:a)\u202e😀${'W'.repeat(10_000)}`;
const three = severalReport({ pictures: [makeSeveralPicture('Person')] });

const reports: [string, Report][] = [
  ['pass', passReport()],
  ['identical', passReport({ comparison: makeComparison(0, { identical: true }) })],
  ['regressed', pictured],
  ['without pictures', regressedReport({ noPictures: 'run directories hold no images' })],
  ['inconclusive', inconclusiveReport()],
  ['no-baseline', noBaselineReport()],
  ['one model alone', runReport(makeManifest())],
  ['nothing found, nothing known', brokenReport()],
  ['untrusted', untrustedReport(hostile)],
];

const several: [string, SeveralReport][] = [
  ['three models', three],
  ['three models without pictures', severalReport({ noPictures: 'there is no config' })],
  ['three models, nothing found, nothing known', brokenSeveral()],
  ['three models, untrusted', untrustedSeveral(hostile)],
  ['fourteen models', severalReport({}, 14)],
];

/** Both kinds of pages hold to the same. */
const pages: [string, string][] = [
  ...reports.map(([name, report]): [string, string] => [name, renderHtml(report)]),
  ...several.map(([name, report]): [string, string] => [name, renderSeveralHtml(report)]),
];

describe('the page', () => {
  it.each(pages)('has no script and a strict policy: %s', (_, html) => {
    const links = /href="(?!https:|#|data:(text\/csv|application\/json);base64,)/;
    expect(html).not.toMatch(
      /<script|\son\w+=|src="(?!data:image\/webp)|url\((?!data:image\/webp|#)/i,
    );
    expect(html).not.toMatch(links);
    expect(html).toContain("default-src 'none'");
  });

  it.each(pages)('shows no NaN and nothing undefined: %s', (_, html) => {
    const shown = html.replace(/href="[^"]*"/g, '');
    expect(shown).not.toMatch(/NaN|undefined|Infinity|\bnull\b/);
  });

  it('gives the first heading to the verdict', () => {
    const heading = /<h1[^>]*>(.*?)<\/h1>/.exec(renderHtml(regressedReport()))?.[1];
    expect(heading).toMatch(/^Robustness regressed: mAP under noise fell by 6\.1 ± 0\.9 points/);
  });

  it('says what to do next, and with which augmentation of which range', () => {
    expect(renderHtml(regressedReport())).toMatch(
      /Start with noise: it lost 6\.1 points.*corresponds to it: camera gain \(variance multiplier 0\.01\)\./,
    );
    expect(renderHtml(noBaselineReport())).toContain('Run the gate once on the default branch');
  });

  it('shows a condition that regressed by itself under its family', () => {
    const nodes = [
      makeNode('clean', 'clean', 0),
      makeNode('family', 'noise', 0.1),
      makeNode('family', 'blur', 0.1),
      makeNode('condition', 'impulse_noise/5', 6),
    ];
    const html = renderHtml(regressedReport({ comparison: makeComparison(1, { nodes }) }));
    const chart = html.slice(html.indexOf('<tbody>'), html.indexOf('</tbody>'));
    const rows = [...chart.matchAll(/<th scope="row">(.*?)<\/th>/g)].map(([, title]) => title);
    expect(rows).toEqual(['Clean images', 'Noise', 'Impulse noise at severity 5', 'Blur']);
    expect(html).toContain('Start with impulse noise at severity 5: it lost 6.0 points');
  });

  it('shows names as text', () => {
    const html = renderHtml(untrustedReport('<img src=x>&"\u202eabc'));
    expect(html).toContain('&lt;img src=x>&amp;');
    expect(html).not.toMatch(/<img src=x|\u202e/);
  });

  it('holds its numbers as files', () => {
    const links = [
      ...renderHtml(pictured).matchAll(/download="([^"]+)" href="data:[^,]+,([^"]+)"/g),
    ];
    const files = new Map(
      links.map(([, name, text]) => [name, Buffer.from(text ?? '', 'base64').toString()]),
    );
    expect([...files.keys()]).toEqual(['numbers.csv', 'classes.csv', 'verdict.json']);
    expect(files.get('numbers.csv')).toContain('family,noise,');
    expect(JSON.parse(files.get('verdict.json') ?? '')).toMatchObject({
      verdict: { status: 'regressed' },
    });
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

  it('stays under 5 MB with 10,000 images, 200 classes and 44 perturbations, pictures apart', () => {
    const names = Array.from({ length: 200 }, (_, i) => `class ${i} of two hundred`);
    const columns = Array.from({ length: 45 }, (_, i) => (i === 0 ? 'clean' : `change_${i}`));
    const drops = names.map(() => ({ drop: 3.25, standardError: 1.5, change: 'worse' as const }));
    const [image] = makeManifest().images;
    const candidate = makeManifest({ images: Array.from({ length: 10_000 }, () => image!) });
    const comparison = makeComparison(1, {
      classes: names.map((name) => ({
        name,
        objects: 100,
        groups: 60,
        clean: [40, 41],
        perturbed: [30, 27],
        standardError: 0.5,
      })),
      classDrops: columns.map((name) => ({ name, drops })),
    });
    const html = renderHtml(regressedReport({ candidate, comparison }));
    expect(html.length).toBeLessThan(5e6);
    expect(html).toContain('176 more classes');
  });
});

describe('the page of several models', () => {
  it.each([3, 14])(
    'stays under 5 MB with 200 classes and 44 perturbations, pictures apart: %d models',
    (runs) => {
      const drops = Array.from({ length: 200 }, () => ({
        drop: 3.25,
        standardError: 1.5,
        change: 'worse' as const,
      }));
      const classes = drops.map((_, i) => ({
        name: `class ${i} of two hundred`,
        objects: 100,
        groups: 60,
        clean: [40, 41] as const,
        perturbed: [30, 27] as const,
        standardError: 0.5,
      }));
      const classDrops = Array.from({ length: 45 }, (_, i) => ({ name: `change_${i}`, drops }));
      const report = severalReport({}, runs);
      const againstFirst = report.comparison.againstFirst.map((against) => ({
        ...against,
        classes,
        classDrops,
      }));
      const html = renderSeveralHtml({
        ...report,
        comparison: { ...report.comparison, againstFirst },
      });
      expect(html.length).toBeLessThan(5e6);
      expect(html).toMatch(/and \d+ more with smaller drops: they are in the raw data/);
    },
  );
});

inBrowser('the page in Chromium (skipped where there is none; CHROMIUM names another)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => browser.close());

  it.each(pages)(
    'logs nothing, requests nothing and scrolls sideways at no width: %s',
    async (_, html) => {
      await using view = await show(browser, html, { width: 360, height: 740 });
      const widths = [];
      for (const width of [360, 1000, 1920]) {
        await view.page.setViewportSize({ width, height: 900 });
        widths.push(await view.page.evaluate('document.documentElement.scrollWidth'));
      }
      expect(view.events).toEqual([]);
      expect(widths).toEqual([360, 1000, 1920]);
    },
    60_000,
  );

  it.each(pages)(
    'has nothing that axe calls serious, light and dark: %s',
    async (_, html) => {
      for (const scheme of ['light', 'dark'] as const) {
        await using view = await show(browser, html, { scheme });
        await view.page.evaluate(
          "document.querySelectorAll('details').forEach((d) => { d.open = true; })",
        );
        expect(await axeViolations(view.page)).toEqual([]);
      }
    },
    120_000,
  );

  it.each([
    ['a laptop', 1280, 800],
    ['a large screen', 1920, 1080],
  ])(
    'answers whether, where and how sure without scrolling: %s',
    async (_, width, height) => {
      await using view = await show(browser, renderHtml(pictured), { width, height });
      const wanted = ['h1', '.cards', '.next', '.family-chart'];
      const bottoms = [];
      for (const selector of wanted) {
        const box = await view.page.locator(selector).first().boundingBox();
        bottoms.push((box?.y ?? Infinity) + (box?.height ?? Infinity));
      }
      expect(Math.max(...bottoms)).toBeLessThanOrEqual(height);
    },
    60_000,
  );

  it('lays the numbers and the advice before the chart on a phone', async () => {
    await using view = await show(browser, renderHtml(pictured), { width: 390, height: 844 });
    const top = async (selector: string): Promise<number> =>
      (await view.page.locator(selector).first().boundingBox())?.y ?? Number.NaN;
    const tops = [
      await top('h1'),
      await top('.cards'),
      await top('.next'),
      await top('.family-chart'),
    ];
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(tops[2]).toBeLessThan(844);
  }, 60_000);

  it('shows boxes of one model, of both, side by side or none, without scripts', async () => {
    await using view = await show(browser, renderHtml(pictured), { scripts: false });
    const shot = view.page.locator('#failure-1');
    const visible = async (): Promise<boolean[]> => [
      await shot.locator('figure.changed .layer.of-0').isVisible(),
      await shot.locator('figure.changed .layer.of-1').isVisible(),
      await shot.locator('figure.each').first().isVisible(),
    ];
    const seen = [await visible()];
    for (const name of ['baseline', 'side by side', 'none']) {
      await view.page.getByRole('radio', { name, exact: true }).check();
      seen.push(await visible());
    }
    await view.page.locator('#boxes-all').check();
    seen.push(await visible());
    expect(seen).toEqual([
      [false, true, false],
      [true, false, false],
      [false, false, true],
      [false, false, false],
      [true, true, false],
    ]);
  }, 60_000);

  it('shows the heat map of each run against the first in turn, without scripts and by keyboard', async () => {
    await using view = await show(browser, renderSeveralHtml(three), { scripts: false });
    const heads = view.page.locator('#heat .panel h3');
    const seen = (): Promise<boolean[]> =>
      Promise.all([heads.nth(0).isVisible(), heads.nth(1).isVisible()]);
    const first = await seen();
    await view.page.locator('#heat-1').focus();
    await view.page.keyboard.press('ArrowRight');
    expect([first, await seen()]).toEqual([
      [true, false],
      [false, true],
    ]);
    await view.page.emulateMedia({ media: 'print' });
    expect(await seen()).toEqual([true, true]);
  }, 60_000);

  it('shows several models side by side, and one alone, without scripts', async () => {
    const names = Array.from({ length: 14 }, (_, i) => i);
    const picture = makeSeveralPicture('Person');
    const models = names.map((i) => picture.changed.models[i % 3]!);
    const changed = { ...picture.changed, models };
    const pictures = [{ ...picture, changed, original: changed }];
    const html = renderSeveralHtml(severalReport({ pictures }, names.length));
    await using view = await show(browser, html, { scripts: false });
    const shot = view.page.locator('#failure-1');
    expect(await shot.locator('figure.each:visible').count()).toBe(14);
    await view.page.getByRole('radio', { name: 'N', exact: true }).check();
    expect(await shot.locator('figure.changed .layer[class*="of-"]:visible').count()).toBe(1);
  }, 60_000);

  it('shows one of the two pictures, ground truth and labels as asked, without scripts', async () => {
    await using view = await show(browser, renderHtml(pictured), { scripts: false });
    const { page } = view;
    const shot = page.locator('#failure-1');
    await page.getByRole('radio', { name: 'changed' }).check();
    const frames = [
      await shot.locator('figure.original').isVisible(),
      await shot.locator('figure.changed').isVisible(),
    ];
    await page.getByLabel('ground truth').check();
    const truth = await shot.locator('figure.changed .layer.truth').isVisible();
    await page.getByLabel('labels').uncheck();
    const tag = await shot.locator('figure.changed .of-1 .tag').first().isVisible();
    expect({ frames, truth, tag }).toEqual({ frames: [false, true], truth: true, tag: false });
  }, 60_000);

  it.each([
    ['of one verdict', renderHtml(pictured), []],
    ['of several models', renderSeveralHtml(three), ['heat-1', 'A#heat']],
  ])(
    'has all of its switches, fold-outs and links in reach of the keyboard, and shows where it is: %s',
    async (_, html, more) => {
      await using view = await show(browser, html);
      const { page } = view;
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the verdict');
      const reached = new Set<unknown>();
      for (let press = 0; press < 120; press++) {
        reached.add(
          await page.evaluate(
            `(({ activeElement: e }) => e.id || e.tagName + (e.getAttribute('href') || e.getAttribute('download') || ''))(document)`,
          ),
        );
        await page.keyboard.press('Tab');
      }
      for (const name of ['view-both', 'show-truth', 'SUMMARY', 'A#failures', ...more]) {
        expect(reached).toContain(name);
      }
      await page.locator('#boxes-1').focus();
      await page.keyboard.press('ArrowLeft');
      expect(await page.locator('#boxes-0').isChecked()).toBe(true);
      const outline = await page.evaluate(
        "getComputedStyle(document.querySelector('#boxes-0').closest('label')).outlineStyle",
      );
      expect(outline).toBe('solid');
    },
    60_000,
  );

  it('prints with its folded parts open and without its switches', async () => {
    await using view = await show(browser, renderHtml(pictured));
    await view.page.emulateMedia({ media: 'print' });
    expect(await view.page.locator('.tools').isVisible()).toBe(false);
    const height = await view.page.evaluate(
      "document.querySelector('#numbers details table').getBoundingClientRect().height",
    );
    expect(height).toBeGreaterThan(100);
  }, 60_000);

  it.each([
    ['first-light', renderHtml(pictured), 1280, 'light', null],
    ['first-dark', renderHtml(pictured), 1280, 'dark', null],
    ['first-phone', renderHtml(pictured), 390, 'light', null],
    ['failure', renderHtml(pictured), 1280, 'light', '#failure-1'],
    ['heat', renderHtml(pictured), 1280, 'light', '#heat'],
    ['several-light', renderSeveralHtml(three), 1280, 'light', null],
    ['several-dark', renderSeveralHtml(three), 1280, 'dark', null],
    ['several-phone', renderSeveralHtml(three), 390, 'light', null],
    ['several-heat', renderSeveralHtml(three), 1280, 'light', '#heat'],
  ] as const)(
    'looks as it did: %s',
    async (name, html, width, scheme, selector) => {
      await using view = await show(browser, html, { width, scheme });
      const target = selector === null ? view.page : view.page.locator(selector);
      const difference = await differenceFrom(name, await target.screenshot());
      expect(difference).toBeLessThan(0.04);
    },
    60_000,
  );
});
