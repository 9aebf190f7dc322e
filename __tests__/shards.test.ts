import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { ManifestHead } from '../src/baseline/head.ts';
import { readRun } from '../src/baseline/read.ts';
import { parseShard, shardRange, writeShardManifest } from '../src/baseline/shard.ts';
import { type ImageResult, writeTables } from '../src/baseline/write.ts';
import { evaluateModel } from '../src/candidate.ts';
import { type EvaluateOptions, makePlan } from '../src/plan.ts';
import { evaluateShard, mergeShards } from '../src/shards.ts';
import { runCli, workerFile } from './helpers/bundle.ts';
import { nothingAllowed } from './helpers/context.ts';
import { yoloFiles } from './helpers/dataset.ts';
import { gateErrorOf } from './helpers/errors.ts';
import { constantModel } from './helpers/onnx.ts';
import { manifestOf } from './helpers/runs.ts';
import { folderOf, temporaryDirectory } from './helpers/tmp.ts';

// Each part starts worker threads of its own.
jest.setTimeout(60_000);

const model = (confidence: number) =>
  constantModel({
    input: [1, 3, 48, 64],
    metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
    outputs: [
      {
        name: 'output0',
        dims: [1, 6, 2],
        values: [20, 50, 21, 10, 19, 10, 19, 10, confidence, 0.3, 0, 0],
      },
    ],
  });

const config = `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
suite: {perturbations: [gaussian_noise, rotation], severities: [1, 3]}
`;

async function project(confidence = 0.9, images = 7): Promise<EvaluateOptions> {
  const directory = await folderOf({
    ...(await yoloFiles(images)),
    'm.onnx': model(confidence),
    'robustness.yml': config,
  });
  return {
    configFile: join(directory, 'robustness.yml'),
    outDirectory: join(directory, 'run'),
    cacheDirectory: join(directory, 'cache'),
    workers: 2,
    workerFile,
    root: null,
    allowed: nothingAllowed,
    progress: { say: () => {}, start: () => {}, advance: () => {}, finish: () => {} },
  };
}

async function shardsOf(options: EvaluateOptions, of: number): Promise<string[]> {
  const directories: string[] = [];
  for (let index = 1; index <= of; index++) {
    const outDirectory = join(options.outDirectory, `../shard-${index}`);
    await evaluateShard(await makePlan(options), { index, of }, { ...options, outDirectory });
    directories.push(outDirectory);
  }
  return directories;
}

const bytesOf = (directory: string) =>
  Promise.all(
    ['run.json', 'detections.parquet', 'truth.parquet'].map((file) =>
      readFile(join(directory, file)),
    ),
  );

describe('shards of a run', () => {
  it.each([1, 3, 9])('merge to the bytes of the run that was never sharded: %d', async (of) => {
    const options = await project();
    const shards = await shardsOf(options, of);
    const merged = join(options.outDirectory, '../merged');
    await mergeShards(shards.toReversed(), merged);
    await evaluateModel({ ...options, cacheDirectory: join(merged, '../other-cache') });
    expect(await bytesOf(merged)).toEqual(await bytesOf(options.outDirectory));
  });

  it('merge to the same bytes where tables have several row groups', async () => {
    const { run, shards } = await largeRun(3);
    const merged = await temporaryDirectory();
    const { manifest } = await mergeShards(shards, merged);
    for (const file of ['detections.parquet', 'truth.parquet']) {
      const [a, b] = [await readFile(join(merged, file)), await readFile(join(run, file))];
      expect(a.equals(b)).toBe(true);
    }
    expect(manifest.images).toHaveLength(50);
  });

  it('are parts that cover every image once', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 256 }), (images, of) => {
        const ranges = Array.from({ length: of }, (_, i) =>
          shardRange(images, { index: i + 1, of }),
        );
        expect(ranges[0]?.[0]).toBe(0);
        expect(ranges.at(-1)?.[1]).toBe(images);
        for (let i = 1; i < of; i++) expect(ranges[i]?.[0]).toBe(ranges[i - 1]?.[1]);
        const sizes = ranges.map(([start, end]) => end - start);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are refused when some are missing, each named', async () => {
    const [first] = await shardsOf(await project(), 4);
    expect(await gateErrorOf(async () => mergeShards([first ?? ''], await temporaryDirectory())))
      .toMatchInlineSnapshot(`
"shard 2 of 4 is missing
  fix: run it again
shard 3 of 4 is missing
  fix: run it again
shard 4 of 4 is missing
  fix: run it again"
`);
  });

  it('are refused when one is there twice', async () => {
    const [first = '', second = ''] = await shardsOf(await project(), 2);
    const text = await gateErrorOf(async () =>
      mergeShards([first, second, second], await temporaryDirectory()),
    );
    expect(text).toContain('shard 2 of 2 is there more than once');
  });

  it.each<[string, string, (file: string) => Promise<void>]>([
    [
      'another model',
      'model differs',
      async (directory) => {
        const options = await project(0.8);
        const plan = await makePlan(options);
        await evaluateShard(plan, { index: 2, of: 2 }, { ...options, outDirectory: directory });
      },
    ],
    [
      'another number of shards',
      'one is of 2 shards, the other of 3',
      async (directory) => {
        const options = await project();
        const plan = await makePlan(options);
        await evaluateShard(plan, { index: 2, of: 3 }, { ...options, outDirectory: directory });
      },
    ],
  ])('are refused when one is of %s', async (_, reason, change) => {
    const [first = '', second = ''] = await shardsOf(await project(), 2);
    await change(second);
    const text = await gateErrorOf(async () =>
      mergeShards([first, second], await temporaryDirectory()),
    );
    expect(text).toContain(reason);
    expect(text).toContain('is not of the same run');
  });

  it('are refused when a table is damaged', async () => {
    const [first = '', second = ''] = await shardsOf(await project(), 2);
    await writeFile(join(second, 'truth.parquet'), 'PAR1');
    const text = await gateErrorOf(async () =>
      mergeShards([first, second], await temporaryDirectory()),
    );
    expect(text).toContain('truth.parquet is missing or damaged');
  });

  it('are no runs', async () => {
    const [first = ''] = await shardsOf(await project(), 2);
    expect(await gateErrorOf(() => readRun(first))).toContain('run.json is missing');
  });

  it('say which processors they ran on, where those differ', async () => {
    const [first = '', second = ''] = await shardsOf(await project(), 2);
    const file = join(second, 'shard.json');
    const other = (await readFile(file, 'utf8')).replace(
      /"processor":"[^"]*"/,
      '"processor":"z80"',
    );
    await writeFile(file, other);
    const { manifest } = await mergeShards([first, second], await temporaryDirectory());
    expect(manifest.engine.processor).toMatch(/ \+ z80$/);
  });
});

describe('a part that the user names', () => {
  it.each(['1/4', '4/4', '256/256'])('may be %s', (text) => {
    expect(parseShard(text)).not.toBeNull();
  });

  it.each(['0/4', '5/4', '1/0', '1/257', 'a/b', '1', '01/4', '-1/4', '1/4/2'])(
    'is not %s',
    (text) => {
      expect(parseShard(text)).toBeNull();
    },
  );
});

describe('robustness-gate merge', () => {
  it('joins what run --shard left', async () => {
    const { outDirectory } = await project();
    const cwd = join(outDirectory, '..');
    for (const part of ['1/2', '2/2']) {
      const out = `s${part[0]}`;
      const { code, stderr } = await runCli(['run', '--quiet', '--shard', part, '--out', out], cwd);
      expect({ code, stderr }).toEqual({ code: 0, stderr: `shard: ${out}\n` });
    }
    const { code } = await runCli(['merge', 's1', 's2', '--out', 'merged'], cwd);
    expect(code).toBe(0);
    await cp(join(cwd, 'merged'), join(cwd, 'copy'), { recursive: true });
    expect((await readRun(join(cwd, 'copy'))).manifest.images).toHaveLength(7);
  });

  it('refuses a part that is none', async () => {
    const cwd = join((await project()).outDirectory, '..');
    const { code, stderr } = await runCli(['run', '--shard', '5/4'], cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a part like 1/4, found "5/4"');
  });
});

/** Tables of over 100,000 rows, whole and in parts. */
async function largeRun(of: number): Promise<{ run: string; shards: string[] }> {
  const rows = 1000;
  const { files: _, metrics: __, confidence: ___, ...all } = manifestOf(50);
  const head: ManifestHead = all;
  const truth = {
    boxes: Float64Array.of(0, 0, 10, 10),
    classes: Int32Array.of(0),
    areas: Float64Array.of(100),
    crowd: Uint8Array.of(0),
    ignored: Uint8Array.of(0),
  };
  const result = (image: number): ImageResult => ({
    truth: head.suite.conditions.map(() => truth),
    detections: head.suite.conditions.map((__unused, condition) => ({
      boxes: Float64Array.from({ length: 4 * rows }, (___unused, i) => (i % 4) * 7 + image),
      classes: Int32Array.from({ length: rows }, (___unused, i) => i % 2),
      confidences: Float64Array.from({ length: rows }, (___unused, i) =>
        Math.fround(1 / (2 + i + condition)),
      ),
    })),
  });
  const run = await temporaryDirectory();
  await writeTables(run, head, async (image) => result(image));
  const shards: string[] = [];
  for (let index = 1; index <= of; index++) {
    const directory = await temporaryDirectory();
    const [start, end] = shardRange(50, { index, of });
    const images = head.images.slice(start, end);
    const files = await writeTables(directory, { ...head, images }, async (image) =>
      result(start + image),
    );
    await writeShardManifest(directory, { index, of }, head, { confidence: null, files });
    shards.push(directory);
  }
  return { run, shards };
}
