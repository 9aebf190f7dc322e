import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Licences that may ship in a bundle. */
const PERMISSIVE = new Set(
  'MIT ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD BSL-1.0 CC0-1.0 Unlicense BlueOak-1.0.0'.split(
    ' ',
  ),
);

/**
 * Unpacking of @actions/artifact, which is never called (src/zip.ts unpacks under caps) and depends on a
 * package that states no licence.
 */
const leaveOut = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^unzip-stream$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'export default {};' }));
  },
};

/** Bundles the action, the command line and the worker. The same sources give the same bytes, wherever they lie. */
export async function buildInto(outdir) {
  await rm(outdir, { recursive: true, force: true });
  const entryPoints = {
    index: 'src/action.ts',
    post: 'src/post.ts',
    cli: 'src/cli.ts',
    worker: 'src/worker.ts',
  };
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      Object.entries(entryPoints).filter(([, file]) => existsSync(join(root, file))),
    ),
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    charset: 'utf8',
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    external: ['sharp', 'onnxruntime-node'],
    plugins: [leaveOut],
    alias: { 'unzip-stream': './scripts/unzip-stream.mjs' },
    // Some bundled packages call require.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(outdir, 'package.json'), '{"type":"module"}\n');
  await writeFile(join(outdir, 'licenses.txt'), await licencesOf(Object.keys(metafile.inputs)));
  await mkdir(join(outdir, 'native'), { recursive: true });
  if (existsSync(join(root, 'native')))
    await cp(join(root, 'native'), join(outdir, 'native'), { recursive: true });
}

/** The licence of every package that has a file in the bundle; packages with the same text share it. */
async function licencesOf(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const {
      name,
      version,
      license = '',
    } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const licences = license.replace(/[()]/g, '').split(/ (?:OR|AND) /);
    if (!licences.every((id) => PERMISSIVE.has(id)))
      throw new Error(`${name} has the licence "${license}": not known as permissive`);
    const text = await licenceText(folder);
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...packages]
    .map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceText(folder) {
  const names = (await readdir(join(root, folder)))
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  const parts = await Promise.all(names.map((name) => readFile(join(root, folder, name), 'utf8')));
  return parts.join('\n').replaceAll('\r\n', '\n').trim();
}
