import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { RunManifest } from '../../src/baseline/manifest.ts';
import { readRun } from '../../src/baseline/read.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { manifestOf } from '../helpers/runs.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';

const plain = manifestOf(2);

describe('a run directory', () => {
  it.each<[string, Partial<RunManifest>, string]>([
    [
      'does not begin with clean images',
      { suite: { ...plain.suite, conditions: plain.suite.conditions.slice(1) } },
      'suite.conditions: the first one has to be clean',
    ],
    [
      'has a condition twice',
      { suite: { ...plain.suite, conditions: [0, 1, 1].map((i) => plain.suite.conditions[i]!) } },
      'suite.conditions: two have the same id',
    ],
    [
      'has an image twice',
      { images: [0, 0].map((i) => plain.images[i]!) },
      'images: two have the same id',
    ],
  ])('is refused when it %s', async (_, changes, problem) => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'run.json'), JSON.stringify({ ...plain, ...changes }));
    expect(await gateErrorOf(() => readRun(directory))).toContain(problem);
  });
});
