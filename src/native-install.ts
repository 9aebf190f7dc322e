import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { GateError, messageOf } from './errors.ts';

const PackageSchema = z.object({ version: z.string() });
const PinsSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

const COMPLETE = '.complete';
const TIMEOUT_MS = 300_000;

export interface NativeOptions {
  /** Folder that the user installed them in; null to find or install them. */
  readonly given: string | null;
  /** The bundle, beside which `native/` lies. */
  readonly bundle: URL;
  /** Folder that keeps what is installed. */
  readonly cache: string;
  readonly tell: (message: string) => void;
}

/**
 * Finds the two native packages: in the folder that the user names, in the bundle's own node_modules, in the
 * tool cache, or by one `npm ci` of the lock file beside the bundle, which is kept in the tool cache.
 *
 * @returns The folder for `useNativeDirectory`; null for the bundle's own node_modules.
 * @throws GateError when they cannot be had, with what to do about it.
 */
export async function prepareNatives(options: NativeOptions): Promise<string | null> {
  const { given, bundle, cache, tell } = options;
  const source = fileURLToPath(new URL('native/', bundle));
  const lock = await readFile(join(source, 'package-lock.json'));
  const { dependencies } = PinsSchema.parse(await readJson(join(source, 'package.json')));
  if (given !== null) {
    if (await holds(given, Object.keys(dependencies))) return given;
    throw new GateError('native', {
      message: `native-dir ${given} has no node_modules with ${Object.keys(dependencies).join(' and ')}`,
      fix: 'copy package.json and package-lock.json of dist/native there and run `npm ci --ignore-scripts`',
    });
  }
  // Other versions that happen to lie above the bundle would give other numbers.
  const pinned = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`);
  if (await holds(fileURLToPath(new URL('.', bundle)), pinned)) return null;
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const directory = join(
    cache,
    'robustness-gate-native',
    key,
    `${process.platform}-${process.arch}`,
  );
  if (!existsSync(join(directory, COMPLETE))) {
    tell(`installing ${pinned.join(' and ')} into ${directory}`);
    await install(source, directory);
  }
  return directory;
}

/** Whether a require from this folder finds all packages, in these versions where they are given. */
async function holds(folder: string, packages: readonly string[]): Promise<boolean> {
  for (const wanted of packages) {
    const [name = '', version] = wanted.split('@');
    const folders = createRequire(join(folder, 'package.json')).resolve.paths(name) ?? [];
    const manifest = folders
      .map((modules) => join(modules, name, 'package.json'))
      .find((file) => existsSync(file));
    if (manifest === undefined) return false;
    const { version: found } = PackageSchema.parse(await readJson(manifest));
    if (version !== undefined && found !== version) return false;
  }
  return true;
}

async function install(source: string, directory: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  const fresh = await mkdtemp(`${directory}-`);
  try {
    await cp(source, fresh, { recursive: true });
    await npmCi(fresh);
    await prune(join(fresh, 'node_modules/onnxruntime-node/bin'));
    await writeFile(join(fresh, COMPLETE), '');
    // Renamed when it is whole: a job beside this one sees all of it or nothing.
    await rename(fresh, directory);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (existsSync(join(directory, COMPLETE))) return;
    throw new GateError(
      'native',
      {
        message: `the native packages could not be installed: ${messageOf(error).slice(0, 600)}`,
        fix: 'the first run on a machine needs the npm registry; without it, install dist/native elsewhere and set the input native-dir',
      },
      { cause: error },
    );
  }
}

/** Runs npm's own script with this Node: no shell, on Windows neither. */
async function npmCi(directory: string): Promise<void> {
  const script = await findNpm();
  const secrets = /^(INPUT_|ACTIONS_|GITHUB_)/;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !secrets.test(name)),
  );
  const args = ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'];
  // Without a registry this says so within seconds instead of minutes.
  const impatient = [
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
    '--loglevel=error',
  ];
  await promisify(execFile)(process.execPath, [script, ...args, ...impatient], {
    cwd: directory,
    env,
    timeout: TIMEOUT_MS,
  });
}

async function findNpm(): Promise<string> {
  const folders = [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders.filter(Boolean)) {
    const beside = ['node_modules/npm/bin/npm-cli.js', '../lib/node_modules/npm/bin/npm-cli.js'];
    const known = beside.map((path) => join(folder, path)).find((path) => existsSync(path));
    if (known !== undefined) return known;
    const linked = await realpath(join(folder, 'npm')).catch(() => '');
    if (linked.endsWith('npm-cli.js')) return linked;
  }
  throw new Error('npm is not on the PATH');
}

/** onnxruntime-node ships the binaries of every platform: 290 MB, of which one is needed. */
async function prune(binaries: string): Promise<void> {
  for (const api of await readdir(binaries)) {
    for (const platform of await readdir(join(binaries, api))) {
      for (const arch of await readdir(join(binaries, api, platform))) {
        if (platform === process.platform && arch === process.arch) continue;
        await rm(join(binaries, api, platform, arch), { recursive: true });
      }
    }
  }
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
