#!/usr/bin/env node
// Bundles simulate/ and runs it: npm run simulate -- NAME ...
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildInto, root } from './bundle.mjs';

const outdir = join(root, 'node_modules/.cache/robustness-simulate');
if (process.argv[2] === 'pool') await buildInto(join(root, 'node_modules/.cache/robustness-gate'));
await build({
  absWorkingDir: root,
  entryPoints: ['simulate/simulate.ts', 'simulate/worker.ts'],
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['sharp', 'onnxruntime-node'],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await import(pathToFileURL(join(outdir, 'simulate.mjs')).href);
