#!/usr/bin/env node
// Writes docs/perturbations.md and its pictures: the demo scene clean and at severity 1, 3 and 5.
//   npm run build && node scripts/perturbations-page.mjs && npm run docs
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './bundle.mjs';

const SCENE = join(root, 'examples/construction-site/images/test/site-0003.jpg');
const WIDTH = 208;
const HEIGHT = 160;
const GAP = 4;

const cli = (...args) =>
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), ...args], { encoding: 'utf8' });
const pictures = join(root, 'docs/images/perturbations');
const changed = await mkdtemp(join(tmpdir(), 'perturbations-'));
cli('perturb', SCENE, '--all', changed);
await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });

async function strip(files, target) {
  const tiles = await Promise.all(
    files.map(async (file, i) => ({
      input: await sharp(file)
        .resize(WIDTH, HEIGHT, { fit: 'contain', background: '#ffffff' })
        .png()
        .toBuffer(),
      left: i * (WIDTH + GAP),
      top: 0,
    })),
  );
  const width = files.length * (WIDTH + GAP) - GAP;
  await sharp({ create: { width, height: HEIGHT, channels: 3, background: '#ffffff' } })
    .composite(tiles)
    .webp({ quality: 70 })
    .toFile(target);
}

const perturbations = JSON.parse(cli('perturbations', '--json'));
const families = [...new Set(perturbations.map(({ family }) => family))];
const parts = [
  '# Perturbations',
  '',
  `${perturbations.length} ways in which a camera or the world changes a picture, at severities 1 to 5. Each picture shows the demo's scene clean and at severity 1, 3 and 5 (clean and changed, for what has one level). Written by \`scripts/perturbations-page.mjs\` from the registry.`,
];
for (const family of families) {
  parts.push('', `## ${family[0].toUpperCase()}${family.slice(1)}`);
  for (const { name, simulates, severities, source } of perturbations.filter(
    (entry) => entry.family === family,
  )) {
    const single = severities.length === 1;
    const levels = single ? [name] : [1, 3, 5].map((severity) => `${name}-${severity}`);
    await strip(
      [join(changed, 'clean.png'), ...levels.map((level) => join(changed, `${level}.png`))],
      join(pictures, `${name}.webp`),
    );
    const keys = Object.keys(severities[0]);
    const params = keys
      .map(
        (key) =>
          `${key} ${severities.map((entry) => JSON.stringify(entry[key]) ?? '–').join(', ')}`,
      )
      .join('; ');
    parts.push(
      '',
      `### \`${name}\``,
      '',
      `Simulates ${simulates}. ${single ? 'One level.' : `Severities: ${params}.`} Source: ${source.paper}; ${source.reference}.`,
      '',
      `![${name}: clean${single ? ' and changed' : ', severity 1, 3 and 5'}](images/perturbations/${name}.webp)`,
    );
  }
}
parts.push(
  '',
  '## Roboflow’s augmentations',
  '',
  'What Roboflow does to training images by default, and the condition that comes nearest. An augmentation draws from its whole range; a condition is one strength. Where a default is known from: the *documentation* shows the control’s own value ([augmentation types](https://docs.roboflow.com/datasets/versions/dataset-versions/image-augmentation/augmentation-types)); *exports* are the values most often found in the `README.roboflow.txt` of some 90 public data sets, the older defaults (brightness and exposure ±25 %, shear ±15°) apart; an *example* is what the documentation’s picture was made with; *unconfirmed* is hearsay.',
  '',
  '<!-- augmentations:start -->',
  '<!-- augmentations:end -->',
);
await writeFile(join(root, 'docs/perturbations.md'), `${parts.join('\n')}\n`);
await rm(changed, { recursive: true });
