import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '24.21.0';
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/robustness-gate-node24');

/** A real Node 24, which GitHub's runner has: this process's own, or npm's binary package of it, fetched once. */
export async function findNode24(): Promise<string> {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const binary = join(FOLDER, 'node_modules', name, file);
  if (!existsSync(binary)) {
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefix', FOLDER];
    await promisify(execFile)('npm', ['install', ...flags, `${name}@${VERSION}`], {
      shell: process.platform === 'win32',
    });
  }
  return binary;
}
