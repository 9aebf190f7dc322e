#!/usr/bin/env node
// Bundles bench/ and runs it: npm run bench [-- NAME ...]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildInto, root } from './bundle.mjs';

const outdir = join(root, 'node_modules/.cache/robustness-bench');
await buildInto(join(root, 'node_modules/.cache/robustness-gate'));
await build({
  absWorkingDir: root,
  entryPoints: ['bench/bench.ts', 'bench/child.ts'],
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
await import(pathToFileURL(join(outdir, 'bench.mjs')).href);
