import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareNatives } from '../src/native-install.ts';
import { gateErrorOf } from './helpers/errors.ts';
import { folderOf, temporaryDirectory } from './helpers/tmp.ts';

const source = join(import.meta.dirname, '../native');

/** A bundle with its lock file, far from any node_modules. */
async function bundleAlone(): Promise<URL> {
  const folder = await folderOf({
    'index.js': '',
    'native/package.json': await readFile(join(source, 'package.json')),
    'native/package-lock.json': await readFile(join(source, 'package-lock.json')),
  });
  return pathToFileURL(join(folder, 'index.js'));
}

async function fakePackages(versions: Record<string, string>): Promise<string> {
  return folderOf(
    Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version }),
      ]),
    ),
  );
}

const silent = (): void => {};

describe('the native packages', () => {
  const before = { ...process.env };

  beforeEach(async () => {
    process.env['npm_config_offline'] = 'true';
    process.env['npm_config_cache'] = await temporaryDirectory();
  });

  afterEach(() => {
    process.env = { ...before };
  });

  it('are the bundle’s own where they have the pinned versions', async () => {
    const bundle = pathToFileURL(join(import.meta.dirname, '../dist/index.js'));
    const cache = await temporaryDirectory();
    expect(await prepareNatives({ given: null, bundle, cache, tell: silent })).toBeNull();
    expect(await readdir(cache)).toEqual([]);
  });

  it('are taken from the folder that the user names, whatever their versions', async () => {
    const given = await fakePackages({ sharp: '0.0.1', 'onnxruntime-node': '0.0.1' });
    const options = { given, bundle: await bundleAlone(), cache: given, tell: silent };
    expect(await prepareNatives(options)).toBe(given);
  });

  it('are told to be missing in the folder that the user names', async () => {
    const given = await fakePackages({ sharp: '0.35.5' });
    const bundle = await bundleAlone();
    const text = await gateErrorOf(() =>
      prepareNatives({ given, bundle, cache: given, tell: silent }),
    );
    expect(text).toContain('has no node_modules with onnxruntime-node and sharp');
    expect(text).toContain('npm ci --ignore-scripts');
  });

  it('are taken from the tool cache only where it is complete', async () => {
    const bundle = await bundleAlone();
    const cache = await temporaryDirectory();
    const text = await gateErrorOf(() =>
      prepareNatives({ given: null, bundle, cache, tell: silent }),
    );
    expect(text).toContain('could not be installed');
    expect(text).toContain('native-dir');
    const [key = ''] = await readdir(join(cache, 'robustness-gate-native'));
    expect(await readdir(join(cache, 'robustness-gate-native', key))).toEqual([]);
  });
});
