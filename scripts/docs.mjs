#!/usr/bin/env node
// Writes what the docs say of config, perturbations and inputs, from the sources.
//   node scripts/docs.mjs           writes README.md, docs/perturbations.md and schema.json
//   node scripts/docs.mjs --check   fails when they are not fresh
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { root } from './bundle.mjs';

const outfile = join(root, 'node_modules/.cache/robustness-gate-docs.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['src/config/docs.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['sharp', 'onnxruntime-node'],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const docs = await import(pathToFileURL(outfile).href);

const readme = await readFile(join(root, 'README.md'), 'utf8');
const page = await readFile(join(root, 'docs/perturbations.md'), 'utf8');
const action = parse(await readFile(join(root, 'action.yml'), 'utf8'));
const texts = new Map([
  [
    'README.md',
    [
      ['config', docs.configTable()],
      ['perturbations', docs.perturbationTable()],
      ['inputs', docs.inputTable(action.inputs)],
      [
        'outputs',
        docs
          .inputTable(action.outputs)
          .replace(
            '| input | default | what it does |\n| --- | --- | --- |',
            '| output | | what it is |\n| --- | --- | --- |',
          ),
      ],
    ].reduce((text, [name, content]) => docs.replaceBetween(text, name, content), readme),
  ],
  ['docs/perturbations.md', docs.replaceBetween(page, 'augmentations', docs.augmentationTable())],
  ['schema.json', `${JSON.stringify(docs.configJsonSchema(), null, 2)}\n`],
]);
let stale = false;
for (const [name, text] of texts) {
  const file = join(root, name);
  if (text === (await readFile(file, 'utf8').catch(() => ''))) continue;
  if (process.argv.includes('--check')) {
    process.stderr.write(`${name} is not what the sources say (run: npm run docs)\n`);
    stale = true;
  } else await writeFile(file, text);
}
process.exit(stale ? 1 : 0);
