import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { uniform } from '../__tests__/helpers/scenes.ts';
import { inFolder, measureCli } from './measure.ts';
import { stubModel } from './models.ts';
import { writeConfig } from './project.ts';
import { type Row, rowOf } from './results.ts';

const SIDE = 64;
const FEW = 500;
const MANY = 5000;

/** Peak memory of evaluating and of comparing, at two sizes of data set. */
export async function measureMemory(): Promise<{ rows: Row[]; notes: string[] }> {
  return inFolder(async (folder) => {
    const few = await measureSize(join(folder, 'few'), FEW);
    const many = await measureSize(join(folder, 'many'), MANY);
    const row = (id: string, what: string, measured: number, value: number, unit: string): Row =>
      rowOf({
        id,
        what,
        target: { bound: 'at most', value },
        unit,
        measured,
        detail: `evaluating ${few.evaluate.toFixed(2)} GiB at ${FEW} images, ${many.evaluate.toFixed(2)} at ${MANY}; comparing ${few.compare.toFixed(2)} and ${many.compare.toFixed(2)}`,
      });
    return {
      rows: [
        row(
          'memory-evaluate',
          'peak memory, 5,000 images x 62 conditions, two workers: evaluating',
          many.evaluate,
          1.5,
          'GiB',
        ),
        row(
          'memory-flat',
          'the same / with 500 images: evaluating',
          many.evaluate / few.evaluate,
          1.25,
          '',
        ),
        row('memory-compare', 'the same: comparing', many.compare, 1.5, 'GiB'),
      ],
      notes: [],
    };
  });
}

/** GiB of evaluating so many images, and of comparing the run with itself. */
async function measureSize(
  folder: string,
  images: number,
): Promise<{ evaluate: number; compare: number }> {
  await mkdir(join(folder, 'images/test'), { recursive: true });
  await mkdir(join(folder, 'labels/test'), { recursive: true });
  const random = uniform(images);
  for (let i = 0; i < images; i++) {
    const pixels = Uint8Array.from({ length: 3 * SIDE * SIDE }, () => 256 * random());
    const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
    await sharp(pixels, { raw })
      .png()
      .toFile(join(folder, `images/test/${i}.png`));
    await writeFile(
      join(folder, `labels/test/${i}.txt`),
      Array.from({ length: 5 }, (_, k) => `${k % 2} ${cell(random)} ${cell(random)} 0.125 0.125\n`),
    );
  }
  const model = join(folder, 'stub.onnx');
  await writeFile(model, stubModel());
  const options = { model, classes: ['a', 'b'], suite: { preset: 'standard' }, predictor: {} };
  const config = await writeConfig(folder, options);
  const out = join(folder, 'run');
  const paths = ['--cache', join(folder, 'cache'), '--out', out];
  const evaluate = await measureCli(['run', '-c', config, '--workers', '2', '--quiet', ...paths]);
  const compare = await measureCli(['compare', out, out]);
  return { evaluate: evaluate.memory, compare: compare.memory };
}

/** Centre of one of the stub's boxes. */
const cell = (random: () => number): number => (Math.floor(8 * random()) + 0.5) / 8;
