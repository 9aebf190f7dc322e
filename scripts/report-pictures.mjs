#!/usr/bin/env node
// Writes the docs' pictures of the report: the demo's own report, photographed in Chromium (CHROMIUM names another).
//   npm run build && node scripts/report-pictures.mjs            runs the demo first, two minutes
//   node scripts/report-pictures.mjs demo-output/report.html     of a report that is there
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { root } from './bundle.mjs';

const images = join(root, 'docs/images');
const made = await mkdtemp(join(tmpdir(), 'report-pictures-'));
const given = process.argv[2];
if (given === undefined) {
  // From within its folder: the report names the baseline's directory.
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'demo'], {
    cwd: made,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
const report = pathToFileURL(
  given === undefined ? join(made, 'demo-output/report.html') : resolve(given),
);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

async function photograph(name, { width = 1280, height = 800, scheme = 'light' }, act) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  await page.goto(report.href);
  const clip = await act(page);
  const picture = await page.screenshot(clip ? { clip, fullPage: true } : {});
  await sharp(picture)
    .webp({ quality: 88, effort: 6 })
    .toFile(join(images, `${name}.webp`));
  await page.close();
}

/** From the top of one element to the bottom of another. */
async function around(page, first, last = first) {
  const boxes = await Promise.all(
    [first, last].map((selector) => page.locator(selector).first().boundingBox()),
  );
  const [from, to] = boxes;
  const { scrollY } = await page.evaluate('({ scrollY })');
  return { x: from.x, y: from.y + scrollY, width: from.width, height: to.y + to.height - from.y };
}

await photograph('report', {}, async () => null);
await photograph('report-failures', { height: 1000 }, async (page) => {
  await page.locator('#boxes-each').check({ force: true });
  return around(page, '#failures', '#failure-1');
});
await photograph('report-heat', {}, (page) => around(page, '#heat'));
await photograph('report-severity', { scheme: 'dark' }, (page) => around(page, '#severity'));
await browser.close();
await rm(made, { recursive: true });
