import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Tests in a browser; skipped where there is none. */
export const inBrowser = existsSync(executablePath) ? describe : describe.skip;

/** Starts Chromium, quiet: it asks the network for nothing. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface ViewOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly scripts?: boolean;
}

/** A page of the report, with what it logged and requested. */
export interface View extends AsyncDisposable {
  readonly page: Page;
  readonly events: readonly string[];
}

/** Shows a document. Its own scripts are off unless asked for; what the test evaluates runs all the same. */
export async function show(
  browser: Browser,
  html: string,
  { width = 1280, height = 800, scheme = 'light', scripts = true }: ViewOptions = {},
): Promise<View> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const events: string[] = [];
  page.on('console', (message) => events.push(message.text()));
  page.on('pageerror', (error) => events.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) events.push(request.url());
  });
  await page.setContent(html);
  return { page, events, [Symbol.asyncDispose]: () => context.close() };
}

/** What axe finds in the page, worst first: `serious color-contrast: …`. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The policy of the page forbids scripts; this one comes from outside it.
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) =>
      impact + ' ' + id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`,
  );
  return Array.isArray(found) ? found.map(String) : [];
}
