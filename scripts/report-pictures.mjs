#!/usr/bin/env node
// Writes the docs' pictures: the demo's own report, comment and explained image, photographed in Chromium (CHROMIUM
// names another; for the comment's marks it needs a font of emoji).
//   npm run build && node scripts/report-pictures.mjs            runs the demo first, two minutes
//   node scripts/report-pictures.mjs demo-output/report.html     of a report that is there
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
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
const file = given === undefined ? join(made, 'demo-output/report.html') : resolve(given);
const report = pathToFileURL(file);
const output = dirname(file);

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

// The renderer with GitHub's rules that the tests look through.
const renderer = join(root, 'node_modules/.cache/github-markdown.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['__tests__/helpers/github-markdown.ts'],
  outfile: renderer,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
const { githubPage } = await import(pathToFileURL(renderer).href);
const comment = await browser.newPage({
  viewport: { width: 860, height: 400 },
  deviceScaleFactor: 1.5,
});
await comment.setContent(await githubPage(await readFile(join(output, 'comment.md'), 'utf8')));
await comment.addStyleTag({
  content: 'body{padding:12px}article{border:1px solid #d1d9e0;border-radius:6px}',
});
await sharp(await comment.screenshot({ fullPage: true }))
  .png({ palette: true, effort: 10 })
  .toFile(join(images, 'comment.png'));
await browser.close();

const explained = join(made, 'explained.png');
execFileSync(process.execPath, [
  join(root, 'dist/cli.js'),
  'explain',
  join(output, 'candidate'),
  '--baseline',
  join(output, 'baseline'),
  '--image',
  'site-0000.jpg',
  '--condition',
  'darkness/3',
  '-c',
  join(root, 'examples/construction-site/robustness.yml'),
  '-o',
  explained,
]);
await sharp(explained)
  .resize({ width: 1400 })
  .webp({ quality: 80, effort: 6 })
  .toFile(join(images, 'explain.webp'));
await rm(made, { recursive: true });
