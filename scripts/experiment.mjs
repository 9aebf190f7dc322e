#!/usr/bin/env node
// Bundles experiment/ and runs it: npm run experiment -- [OUT] [SHARED]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './bundle.mjs';

const outdir = join(root, 'node_modules/.cache/robustness-experiment');
await build({
  absWorkingDir: root,
  entryPoints: { experiment: 'experiment/experiment.ts', worker: 'src/worker.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  external: ['sharp', 'onnxruntime-node'],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await import(pathToFileURL(join(outdir, 'experiment.mjs')).href);
