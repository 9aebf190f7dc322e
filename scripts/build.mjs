#!/usr/bin/env node
// Writes dist/.
//   node scripts/build.mjs           writes it
//   node scripts/build.mjs --check   builds elsewhere and fails when dist/ is not equal
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildInto, root } from './bundle.mjs';

async function digests(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const pairs = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [
        relative(folder, path),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ];
    }),
  );
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv.includes('--check')) {
  const fresh = await mkdtemp(join(tmpdir(), 'robustness-gate-dist-'));
  await buildInto(fresh);
  const [expected, actual] = [await digests(fresh), await digests(join(root, 'dist'))];
  await rm(fresh, { recursive: true });
  const names = new Set([...expected.keys(), ...actual.keys()]);
  const different = [...names].filter((name) => expected.get(name) !== actual.get(name));
  if (different.length > 0) {
    process.stderr.write(
      `dist/ is not what the sources give (run: npm run build, and commit it): ${different.join(', ')}\n`,
    );
    process.exit(1);
  }
  process.stdout.write(`dist/ is fresh: ${names.size} files\n`);
} else {
  await buildInto(join(root, 'dist'));
}
