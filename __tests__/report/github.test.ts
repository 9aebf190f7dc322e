import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import { renderComment } from '../../src/report/reporters/comment.ts';
import { renderSummary } from '../../src/report/reporters/summary.ts';
import { githubPage, renderGithubMarkdown } from '../helpers/github-markdown.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';
import {
  inconclusiveReport,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

const nasty = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '](javascript:alert(1))',
  '[click](https://evil.example)',
  'https://evil.example www.evil.example @everyone #1',
  '<!-- robustness-gate:v1 -->',
  '| a | b |\n| - | - |',
  '`` ` ``</details>',
];

/** Addresses that the page links to or loads. */
function addresses(html: string): string[] {
  return [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? '');
}

describe('the comment as GitHub shows it', () => {
  it('has the verdict as heading, a table and fold-outs', () => {
    const html = renderGithubMarkdown(renderComment(regressedReport()));
    expect(html).toMatch(/<h3>❌ Regressed<\/h3>\s*<p>Robustness regressed: mAP under noise/);
    expect(html.match(/<table>/g)).toHaveLength(5);
    expect(html.match(/<details>/g)).toHaveLength(3);
    expect(html).toContain('<strong>What to do next</strong>: Start with noise');
    expect(html).not.toMatch(/\*\*|\\|^\s*\|/m);
  });

  it('takes a heading and two lines when nothing happened', () => {
    const html = renderGithubMarkdown(renderComment(passReport()));
    expect(html).toMatch(/^<h3>✅ Pass<\/h3>\n<p>[^\n]*\n[^\n]*<\/p>\n$/);
  });

  it.each(nasty)('shows %j as text, and links to nothing of it', (name) => {
    for (const render of [renderComment, renderSummary]) {
      const html = renderGithubMarkdown(render(untrustedReport(name)));
      expect(
        addresses(html).filter((address) => !address.startsWith('https://github.com/')),
      ).toEqual([]);
      expect(html).not.toMatch(/<(script|img|input)\b/);
      // What is not seen through as markup is seen as words.
      expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
    }
  });
});

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

(existsSync(executablePath) ? describe : describe.skip)('the comment in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);

  afterAll(() => browser.close());

  const reports = [
    ['a regression', renderComment(regressedReport())],
    ['a pass', renderComment(passReport())],
    ['an inconclusive verdict', renderComment(inconclusiveReport())],
    ['no baseline', renderComment(noBaselineReport())],
    ['the summary', renderSummary(regressedReport())],
  ] as const;

  it.each(reports)(
    'fits a phone and a desk: %s',
    async (_, markdown) => {
      const file = join(await temporaryDirectory(), 'comment.html');
      await writeFile(file, await githubPage(markdown));
      for (const width of [360, 800]) {
        const page = await browser.newPage({ viewport: { width, height: 700 } });
        await page.goto(pathToFileURL(file).href);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        // The family table is whole, not scrolled inside itself.
        const wide: unknown = await page.evaluate(
          `[...document.querySelectorAll('article > table')].some((t) => t.scrollWidth > t.clientWidth + 1)`,
        );
        expect(wide).toBe(false);
        const shot = await sharp(await page.screenshot()).stats();
        expect(shot.isOpaque && shot.entropy > 0.1).toBe(true);
        await page.close();
      }
    },
    60_000,
  );
});
