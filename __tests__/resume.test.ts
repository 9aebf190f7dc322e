import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cliFile, runCli } from './helpers/bundle.ts';
import { yoloFiles } from './helpers/dataset.ts';
import { constantModel } from './helpers/onnx.ts';
import { folderOf } from './helpers/tmp.ts';

const IMAGES = 40;

const model = constantModel({
  input: [1, 3, 48, 64],
  metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
  outputs: [{ name: 'output0', dims: [1, 6, 1], values: [20, 20, 20, 20, 0.9, 0.1] }],
});

const project = async (): Promise<string> =>
  folderOf({
    ...(await yoloFiles(IMAGES)),
    'm.onnx': model,
    'robustness.yml':
      'version: 1\ndataset: {format: yolo, path: data.yaml}\npredictor: {kind: onnx, model: m.onnx}\n',
  });

/** Images whose predictions are kept. */
async function finished(cache: string): Promise<number> {
  const names = await readdir(cache, { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.bin')).length;
}

const bytesOf = (directory: string) =>
  Promise.all(
    ['run.json', 'detections.parquet', 'truth.parquet'].map((file) =>
      readFile(join(directory, file)),
    ),
  );

describe('a run that is ended', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)(
    'by %s leaves what is finished; the next goes on from there and ends in the same bytes',
    async (signal) => {
      const directory = await project();
      const run = (out: string, cache: string) => [
        'run',
        '--out',
        out,
        '--cache',
        cache,
        '--quiet',
      ];
      const child = spawn(process.execPath, [cliFile, ...run('half', 'cache')], { cwd: directory });
      const closed = new Promise((resolve) => child.on('close', resolve));
      const cache = join(directory, 'cache');
      while (child.exitCode === null && (await finished(cache)) === 0) await sleep(5);
      child.kill(signal);
      await closed;
      const kept = await finished(cache);
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThan(IMAGES);

      expect(await runCli(run('resumed', 'cache'), directory)).toMatchObject({ code: 0 });
      expect(await runCli(run('whole', 'other'), directory)).toMatchObject({ code: 0 });
      expect(await bytesOf(join(directory, 'resumed'))).toEqual(
        await bytesOf(join(directory, 'whole')),
      );
    },
    120_000,
  );
});
