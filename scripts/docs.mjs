#!/usr/bin/env node
// Writes what the docs say of config, perturbations, inputs, speed and false alarms, from the sources and what bench/,
// simulate/ and experiment/ measured.
//   node scripts/docs.mjs           writes README.md, docs/{config,perturbations,speed,how-sure,experiment}.md and schema.json
//   node scripts/docs.mjs --check   fails when they are not fresh
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { root } from './bundle.mjs';

const outdir = join(root, 'node_modules/.cache/robustness-gate-docs');
await build({
  absWorkingDir: root,
  entryPoints: {
    docs: 'src/config/docs.ts',
    bench: 'bench/docs.ts',
    simulate: 'simulate/docs.ts',
    experiment: 'experiment/docs.ts',
  },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['sharp', 'onnxruntime-node'],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const load = (name) => import(pathToFileURL(join(outdir, `${name}.mjs`)).href);
const [docs, bench, simulate] = [await load('docs'), await load('bench'), await load('simulate')];
const experiment = await load('experiment');
const experimented = await experiment.readResults(join(root, 'experiment/results.json'));
const simulated = await simulate.readResults(join(root, 'simulate/results.json'));
const results = await bench.readResults(join(root, 'bench/results.json'));
const replaceAll = (text, parts) =>
  parts.reduce((changed, [name, content]) => docs.replaceBetween(changed, name, content), text);

const readme = await readFile(join(root, 'README.md'), 'utf8');
const page = await readFile(join(root, 'docs/perturbations.md'), 'utf8');
const keys = await readFile(join(root, 'docs/config.md'), 'utf8');
const sure = await readFile(join(root, 'docs/how-sure.md'), 'utf8');
const post = await readFile(join(root, 'docs/experiment.md'), 'utf8');
const speed = await readFile(join(root, 'docs/speed.md'), 'utf8');
const action = parse(await readFile(join(root, 'action.yml'), 'utf8'));
const texts = new Map([
  [
    'README.md',
    replaceAll(readme, [
      ['sure', simulate.summaryTable(simulated)],
      ['speed', bench.resultsTable(results)],
      ['config', docs.sectionTable()],
      ['perturbations', docs.familyTable()],
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
    ]),
  ],
  [
    'docs/speed.md',
    replaceAll(speed, [
      ['speed', bench.resultsTable(results)],
      ['details', bench.resultsDetails(results)],
      ['perturbations', bench.perturbationTimesTable(results)],
    ]),
  ],
  [
    'docs/how-sure.md',
    replaceAll(sure, [
      ['synthetic', simulate.syntheticTable(simulated)],
      ['early', simulate.earlyTable(simulated)],
      ['pools', simulate.poolTable(simulated)],
      ['audit', simulate.auditTable(simulated)],
    ]),
  ],
  [
    'docs/experiment.md',
    replaceAll(post, [
      ['setup', experiment.setupLine(experimented)],
      ['models', experiment.modelTable(experimented)],
      ['claims', experiment.claimTable(experimented)],
      ['verdicts', experiment.verdictTable(experimented)],
      ['augmentations', experiment.augmentationTable(experimented)],
      ['failures', experiment.failureList(experimented)],
    ]),
  ],
  ['docs/config.md', docs.replaceBetween(keys, 'config', docs.configTable())],
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
