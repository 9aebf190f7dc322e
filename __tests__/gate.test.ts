import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readRun } from '../src/baseline/read.ts';
import { evaluateModel } from '../src/candidate.ts';
import { type GateOptions, runGate } from '../src/gate.ts';
import type { EvaluateOptions } from '../src/plan.ts';
import { decodeImage } from '../src/image/codec.ts';
import { nothingAllowed } from './helpers/context.ts';
import { workerFile } from './helpers/bundle.ts';
import { jpeg, yoloFiles } from './helpers/dataset.ts';
import { gateErrorOf } from './helpers/errors.ts';
import { constantModel } from './helpers/onnx.ts';
import { folderOf } from './helpers/tmp.ts';

const quiet = { say: () => {}, start: () => {}, advance: () => {}, finish: () => {} };

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
    allowed: nothingAllowed,
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

  it('has the same bytes with one worker, with two, with four, and from the cache', async () => {
    const { directory, options } = await project(5);
    const out = (name: string) => join(directory, name);
    await evaluateModel({ ...options, workers: 1, outDirectory: out('one') });
    for (const workers of [2, 4]) {
      const cacheDirectory = out(`cache${workers}`);
      await evaluateModel({ ...options, workers, outDirectory: out(`${workers}`), cacheDirectory });
    }
    await evaluateModel({ ...options, workers: 1, outDirectory: out('again') });
    const one = await bytesOf(out('one'));
    expect(await bytesOf(out('2'))).toEqual(one);
    expect(await bytesOf(out('4'))).toEqual(one);
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

  it('is taken from the cache whole when nothing changed, and made again where that is damaged', async () => {
    const { directory, options } = await project(2);
    await evaluateModel(options);
    const bytes = await bytesOf(options.outDirectory);
    const again = {
      ...options,
      workerFile: new URL('file:///nowhere/worker.js'),
      outDirectory: join(directory, 'again'),
    };
    await evaluateModel(again);
    expect(await bytesOf(again.outDirectory)).toEqual(bytes);
    const runs = join(options.cacheDirectory, 'runs');
    const [kept = ''] = await readdir(runs);
    await writeFile(join(runs, kept, 'detections.parquet'), 'damaged');
    await evaluateModel(again);
    expect(await bytesOf(again.outDirectory)).toEqual(bytes);
  });

  it('predicts only what is new when the suite grows', async () => {
    const { directory, options } = await project(3);
    const counted: number[] = [];
    const progress = {
      ...quiet,
      start: (label: string, total: number, done: number) => {
        if (label === 'predict') counted.push(total, done);
      },
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
    mayStopEarly: true,
    failWithoutBaseline: false,
    findReference: (directory: string) => found(directory)(),
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
      /cannot be compared: the seed differs: baseline 0, candidate 7\n {2}fix: set suite\.seed to 0/,
    );
    expect((await gate('no-baseline')).verdict.status).toBe('no-baseline');
  });

  it('takes a baseline with too little in common for none, saying how little, before any inference', async () => {
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
    expect(verdict.reasons.map(({ message }) => message)).toEqual([
      'the baseline, a test, cannot be compared: Too little in common: 2 of 3 images (67 %), at least 80 % are needed (baseline 2, this run 3).',
      'the baseline, a test, cannot be compared: 1 image of this run is not in the baseline (33 % of 3).',
    ]);
  });

  it('judges on what both runs have, the images that the candidate lacks told first', async () => {
    const { directory, options } = await project(6);
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    await rm(join(directory, 'images/val/2.jpg'));
    await rm(join(directory, 'labels/val/2.txt'));
    await writeFile(join(directory, 'm.onnx'), model(0.2));
    const { report, verdict } = await runGate({
      ...options,
      ...policies,
      findBaseline: found(baseline),
    });
    expect(verdict.sentence).toMatch(
      /^Judged without 1 of the baseline’s 6 images \(17 %; not in this run\)\. Not judged safe/,
    );
    expect(report.comparison).toMatchObject({
      images: 5,
      leftOut: { images: { common: 5, removed: 1, added: 0, relabelled: 0 } },
    });
    expect(report.candidate.images).toHaveLength(5);
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

describe('a gate that may stop early', () => {
  const stopping = `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx, confidence: 0.25}
suite: {perturbations: [grayscale]}
gate: {earlyStop: true}
`;
  // A quarter of so many images is too few to judge by: looks are taken at 50 and 75.
  const IMAGES = 100;

  async function judged(confidence: number, changes: Partial<GateOptions> = {}) {
    const { directory, options } = await project(IMAGES, { 'robustness.yml': stopping });
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    await writeFile(join(directory, 'm.onnx'), model(confidence));
    const predicted: string[] = [];
    const progress = {
      ...quiet,
      start: (label: string, total: number, done: number) => {
        if (label === 'predict') predicted.push(`${done} of ${total}`);
      },
    };
    const gate = (more: Partial<GateOptions> = {}) =>
      runGate({
        ...options,
        progress,
        baseConfig: { kind: 'none' },
        today: '2026-11-25',
        onRefused: 'error',
        mayStopEarly: true,
        failWithoutBaseline: false,
        findBaseline: async () => ({
          kind: 'found' as const,
          directory: baseline,
          source: { description: 'a test', commit: null, url: null, distance: null },
        }),
        findReference: absent,
        ...changes,
        ...more,
      });
    return { directory, gate, predicted, result: await gate() };
  }

  it('stops as soon as what was seen is enough to call it regressed, and says so', async () => {
    const { predicted, result } = await judged(0.2);
    expect(predicted).toEqual(['0 of 100']);
    expect(result.verdict).toMatchObject({ status: 'regressed', failed: true });
    expect(result.verdict.sentence).toMatch(/Seen were 50 of 100 images\.$/);
    expect(result.verdict.reasons.map(({ code }) => code)).toContain('stopped-early');
    expect(result.report.comparison).toMatchObject({
      images: 50,
      leftOut: null,
      test: { alpha: 0.0025 },
    });
    const { manifest } = await readRun(result.runDirectory);
    expect(manifest.images).toHaveLength(50);
  }, 30_000);

  it('gives the same verdict from the cache, goes on from there, and is no baseline', async () => {
    const { directory, gate, predicted, result } = await judged(0.2);
    expect((await gate()).verdict).toEqual(result.verdict);
    const stoppedRun = join(directory, 'stopped');
    await cp(result.runDirectory, stoppedRun, { recursive: true });
    const whole = await gate({ mayStopEarly: false });
    expect(predicted).toEqual(['0 of 100', '100 of 100', '100 of 200']);
    expect(whole.report.comparison).toMatchObject({ images: 100, test: { alpha: 0.05 } });
    const later = await gate({
      findBaseline: async () => ({
        kind: 'found' as const,
        directory: stoppedRun,
        source: { description: 'a test', commit: null, url: null, distance: null },
      }),
    });
    expect(later.verdict.status).toBe('no-baseline');
    expect(later.verdict.reasons[0]?.message).toMatch(/Too little in common: 50 of 100 images/);
  }, 30_000);

  it('judges all images at the alpha that is left where nothing stops it', async () => {
    const { predicted, result } = await judged(0.95);
    expect(predicted).toEqual(['0 of 100', '100 of 150', '150 of 200']);
    expect(result.verdict.status).toBe('pass');
    expect(result.report.comparison!.images).toBe(100);
    expect(result.report.comparison!.test.alpha).toBeCloseTo(0.045);
    expect(result.report.comparison!.test.ruleOutAlpha).toBe(0.05);
  }, 30_000);
});

describe('a gate with a reference', () => {
  const found = (directory: string) => ({
    kind: 'found' as const,
    directory,
    source: { description: 'a test', commit: null, url: null, distance: null },
  });
  const pinned = config.replace('suite:', 'gate: {reference: pinned/v1}\nsuite:');

  async function pinnedProject(count = 3) {
    const { directory, options } = await project(count, { 'robustness.yml': pinned });
    const baseline = join(directory, 'baseline');
    await evaluateModel({ ...options, outDirectory: baseline });
    const gate = (changes: Partial<GateOptions> = {}) =>
      runGate({
        ...options,
        baseConfig: { kind: 'none' },
        today: '2026-11-25',
        onRefused: 'error',
        mayStopEarly: true,
        failWithoutBaseline: false,
        findBaseline: async () => found(baseline),
        findReference: async (wanted) => found(wanted),
        ...changes,
      });
    return { directory, options, gate };
  }

  it('gives the worse of both verdicts, and tells both', async () => {
    const { directory, options, gate } = await pinnedProject();
    await writeFile(join(directory, 'better.onnx'), model(0.8));
    const outDirectory = join(directory, 'pinned/v1');
    await evaluateModel({ ...options, model: 'better.onnx', outDirectory });
    const { verdict, report } = await gate();
    // Nothing changed since main, but three images are too few to say that of the release.
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.sentence).toMatch(
      /^Against v1: Not judged safe: .* Against the baseline: Nothing changed/,
    );
    expect(report.reference).toMatchObject({
      name: 'v1',
      verdict: { status: 'inconclusive' },
      comparison: { images: 3 },
    });
  });

  it('fails, naming the directory, where there is no run', async () => {
    const { gate } = await pinnedProject();
    expect(await gateErrorOf(gate)).toMatch(/pinned\/v1\/run\.json\n {2}there is no run here/);
  });

  it('fails before any inference where the run cannot be compared; main only says so', async () => {
    const { directory, options, gate } = await pinnedProject();
    const other = await project(6);
    await evaluateModel({ ...other.options, outDirectory: join(directory, 'pinned/v1') });
    const nothing = {
      cacheDirectory: join(directory, 'empty'),
      workerFile: new URL('file:///x.js'),
    };
    expect(await gateErrorOf(() => gate({ ...nothing, model: 'm.onnx' }))).toMatch(
      /the reference \(gate\.reference\), a test, cannot be compared: Too little in common: 3 of 6 images/,
    );
    const { verdict } = await gate({ ...options, onRefused: 'no-baseline' });
    expect(verdict).toMatchObject({ status: 'pass', failed: false });
    expect(verdict.reasons[0]?.message).toMatch(
      /^against v1: the reference .* Too little in common/,
    );
  });

  it('judges without it, and says so, where main has none yet', async () => {
    const { gate } = await pinnedProject();
    const reasons = ['pinned/v1 is not in abc: a reference counts from its merge on'];
    const { verdict } = await gate({ findReference: async () => ({ kind: 'absent', reasons }) });
    expect(verdict).toMatchObject({
      status: 'pass',
      reasons: [{ code: 'no-baseline', message: `against v1: ${reasons[0]}` }],
    });
  });

  it('does not follow a reference out of the workspace', async () => {
    const { directory, options, gate } = await pinnedProject();
    await writeFile(options.configFile, pinned.replace('pinned/v1', '../../elsewhere'));
    expect(await gateErrorOf(() => gate({ root: directory }))).toMatch(
      /gate\.reference leaves the workspace: \.\.\/\.\.\/elsewhere/,
    );
  });
});
