import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readRun } from '../src/baseline/read.ts';
import { type EvaluateOptions, evaluateModel, runGate } from '../src/gate.ts';
import { decodeImage } from '../src/image/codec.ts';
import { workerFile } from './helpers/bundle.ts';
import { jpeg, yoloFiles } from './helpers/dataset.ts';
import { gateErrorOf } from './helpers/errors.ts';
import { constantModel } from './helpers/onnx.ts';
import { folderOf } from './helpers/tmp.ts';

const quiet = { start: () => {}, advance: () => {}, finish: () => {} };

/** A detector that finds the square of every image where it is, and once where it is not. */
const model = (confidence: number) =>
  constantModel({
    input: [1, 3, 48, 64],
    metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
    outputs: [
      {
        name: 'output0',
        dims: [1, 6, 8],
        values: [
          [20, 50, 0, 0, 0, 0, 0, 0],
          [21, 10, 0, 0, 0, 0, 0, 0],
          [19, 10, 0, 0, 0, 0, 0, 0],
          [19, 10, 0, 0, 0, 0, 0, 0],
          [confidence, 0.3, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0],
        ].flat(),
      },
    ],
  });

const config = `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx, confidence: 0.25}
suite: {perturbations: [gaussian_noise, horizontal_flip], severities: [1, 3]}
`;

async function project(count: number, files: Record<string, string | Uint8Array> = {}) {
  const directory = await folderOf({
    ...(await yoloFiles(count)),
    'm.onnx': model(0.9),
    'robustness.yml': config,
    ...files,
  });
  const options: EvaluateOptions = {
    configFile: join(directory, 'robustness.yml'),
    outDirectory: join(directory, 'run'),
    cacheDirectory: join(directory, 'cache'),
    workers: 2,
    workerFile,
    root: null,
    progress: quiet,
  };
  return { directory, options };
}

const bytesOf = async (directory: string) =>
  Promise.all(
    ['run.json', 'detections.parquet', 'truth.parquet'].map((file) =>
      readFile(join(directory, file)),
    ),
  );

const absent = async () => ({
  kind: 'absent' as const,
  reasons: ['No push to main has left one.'],
});

describe('a run', () => {
  it('predicts every image under every condition and scores it', async () => {
    const { options } = await project(6);
    const { manifest } = await evaluateModel(options);
    expect(manifest.suite.conditions.map(({ id }) => id)).toEqual([
      'clean',
      'gaussian_noise/1',
      'gaussian_noise/3',
      'horizontal_flip',
    ]);
    expect(manifest.images).toHaveLength(6);
    expect(manifest.metrics[0]?.ap50).toBeCloseTo(100);
    // Mirrored, the square is elsewhere and the constant detector misses every one.
    expect(manifest.metrics[3]).toMatchObject({
      condition: 'horizontal_flip',
      ap50: 0,
      risk: { found: 6, lost: 6 },
    });
    expect(manifest.confidence).toEqual({ value: 0.25, source: 'config' });
  });

  it('has the same bytes with one worker, with three, and from the cache', async () => {
    const { directory, options } = await project(5);
    const out = (name: string) => join(directory, name);
    await evaluateModel({ ...options, workers: 1, outDirectory: out('one') });
    await evaluateModel({
      ...options,
      workers: 3,
      outDirectory: out('three'),
      cacheDirectory: out('cache3'),
    });
    await evaluateModel({ ...options, workers: 1, outDirectory: out('again') });
    const one = await bytesOf(out('one'));
    expect(await bytesOf(out('three'))).toEqual(one);
    expect(await bytesOf(out('again'))).toEqual(one);
  });

  it('leaves the process’s codec alone when a worker starts: another thread may be decoding', async () => {
    const { options } = await project(2);
    const gif = await sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } })
      .gif()
      .toBuffer();
    const loaders = { operation: ['VipsForeignLoadNsgif'] };
    await decodeImage(await jpeg(1));
    sharp.unblock(loaders);
    await evaluateModel(options);
    // Had a worker blocked the loaders anew, this one would be blocked again.
    await expect(sharp(gif).metadata()).resolves.toMatchObject({ format: 'gif' });
    sharp.block(loaders);
  });

  it('predicts only what is new when the suite grows', async () => {
    const { directory, options } = await project(3);
    const counted: number[] = [];
    const progress = {
      ...quiet,
      start: (_: string, total: number, done: number) => counted.push(total, done),
    };
    await evaluateModel({ ...options, progress });
    await evaluateModel({
      ...(
        await project(3, {
          'robustness.yml': config.replace('horizontal_flip', 'horizontal_flip, darkness'),
        })
      ).options,
      cacheDirectory: options.cacheDirectory,
      outDirectory: join(directory, 'grown'),
      progress,
    });
    expect(counted).toEqual([12, 0, 18, 12]);
  });

  it('ends with image and condition named when the model answers nonsense, and keeps what is finished', async () => {
    const { options } = await project(2, { 'm.onnx': model(Number.NaN) });
    expect(await gateErrorOf(() => evaluateModel(options))).toMatch(
      /images\/val\/\d\.jpg under clean: the model answered NaN/,
    );
  });

  it('stops when it is interrupted, and goes on from there', async () => {
    const { options } = await project(4);
    const stop = new AbortController();
    stop.abort();
    expect(await gateErrorOf(() => evaluateModel({ ...options, signal: stop.signal }))).toMatch(
      /interrupted; what was finished is kept/,
    );
    expect((await evaluateModel(options)).manifest.images).toHaveLength(4);
  });
});

describe('the gate', () => {
  const found = (directory: string) => async () => ({
    kind: 'found' as const,
    directory,
    source: { description: 'a test', commit: null, url: null, distance: null },
  });
  const policies = {
    baseConfig: { kind: 'none' },
    today: '2026-11-25',
    onRefused: 'error',
    failWithoutBaseline: false,
  } as const;

  it('says no-baseline, and why, when there is none', async () => {
    const { options } = await project(2);
    const { verdict, report } = await runGate({ ...options, ...policies, findBaseline: absent });
    expect(verdict).toMatchObject({ status: 'no-baseline', failed: false });
    expect(verdict.reasons.map(({ message }) => message)).toEqual([
      'No push to main has left one.',
    ]);
    expect(report.candidate.metrics).toHaveLength(4);
  });

  it('reuses the baseline’s detections when nothing changed', async () => {
    const { directory, options } = await project(3);
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    const { verdict, runDirectory } = await runGate({
      ...options,
      ...policies,
      cacheDirectory: join(directory, 'empty'),
      workerFile: new URL('file:///nowhere/worker.js'),
      findBaseline: found(baseline),
    });
    expect(verdict).toMatchObject({ status: 'pass', failed: false });
    expect(await bytesOf(runDirectory)).toEqual(await bytesOf(baseline));
  });

  it('is inconclusive with too few images', async () => {
    const { directory, options } = await project(3, { 'worse.onnx': model(0.2) });
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    const { verdict } = await runGate({
      ...options,
      ...policies,
      model: 'worse.onnx',
      findBaseline: found(baseline),
    });
    expect(verdict).toMatchObject({
      status: 'inconclusive',
      failed: false,
      reasons: [{ code: 'too-few-groups' }],
    });
  });

  it('refuses a baseline of another seed on a pull request, and takes it for none on main', async () => {
    const { directory, options } = await project(2);
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    const other = await project(2, {
      'robustness.yml': config.replace('suite: {', 'suite: {seed: 7, '),
    });
    const gate = (onRefused: 'error' | 'no-baseline') =>
      runGate({ ...other.options, ...policies, onRefused, findBaseline: found(baseline) });
    expect(await gateErrorOf(() => gate('error'))).toMatch(
      /cannot be compared: the seed: baseline 0, candidate 7/,
    );
    expect((await gate('no-baseline')).verdict.status).toBe('no-baseline');
  });

  it('takes a baseline of other images for none, naming the digests', async () => {
    const { directory, options } = await project(2);
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    const other = await project(3);
    const { verdict } = await runGate({
      ...other.options,
      ...policies,
      findBaseline: found(baseline),
    });
    expect(verdict.status).toBe('no-baseline');
    expect(verdict.reasons[0]?.message).toMatch(/imagesDigest\): baseline [0-9a-f]{64}/);
  });

  it('is not fooled by a damaged baseline', async () => {
    const { directory, options } = await project(2);
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    await rm(join(baseline, 'truth.parquet'));
    expect(
      await gateErrorOf(() =>
        runGate({ ...options, ...policies, findBaseline: found(resolve(baseline)) }),
      ),
    ).toMatch(/truth\.parquet is missing/);
    await expect(readRun(baseline)).rejects.toThrow(/missing/);
  });
});
