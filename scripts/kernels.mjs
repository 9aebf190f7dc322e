#!/usr/bin/env node
// Compiles kernels/*.ts (AssemblyScript) and writes them into src/image as base64.
//   node scripts/kernels.mjs           writes them
//   node scripts/kernels.mjs --check   fails when they are not fresh
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { root } from './bundle.mjs';

const target = join(root, 'src/image/kernels-wasm.ts');
const { error, binary } = await compile('kernels/index.ts');
if (error) process.exit(1);
const text = `// Made from kernels/*.ts by \`npm run kernels\`.\n\n/** The WebAssembly module, base64. */\nexport const KERNELS_WASM =\n  '${Buffer.from(binary).toString('base64')}';\n`;
if (process.argv.includes('--check')) {
  if (text !== (await readFile(target, 'utf8').catch(() => ''))) {
    process.stderr.write(
      'src/image/kernels-wasm.ts is not what kernels/ gives (run: npm run kernels)\n',
    );
    process.exit(1);
  }
} else await writeFile(target, text);

async function compile(file) {
  let wasm;
  const result = await asc.main(
    [
      file,
      '--baseDir',
      root,
      '--outFile',
      'out.wasm',
      '--optimizeLevel',
      '3',
      '--shrinkLevel',
      '0',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--noAssert',
      '--importMemory',
      // Places in memory are counted with 32 bits; vectors pass between kernels alone.
      '--disableWarning',
      '201',
      '--disableWarning',
      '112',
    ],
    {
      stderr: process.stderr,
      writeFile(name, contents) {
        if (name === 'out.wasm') wasm = contents;
      },
    },
  );
  return { error: result.error, binary: wasm };
}
