import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { decodeImage } from '../src/image/codec.ts';
import type { Size } from '../src/image/image.ts';
import { loadOnnxRuntime } from '../src/native.ts';
import { SuiteSchema, suiteConditions } from '../src/perturb/suite.ts';
import { CONFIDENCE_FLOOR } from '../src/predict/limits.ts';
import { fillInput, placeImage } from '../src/predict/letterbox.ts';
import { yolov8 } from '../src/predict/decode/yolov8.ts';
import { bareSession } from './bare.ts';
import { inFolder, least, measureChild, measureCli, type Usage } from './measure.ts';
import { type MadeModel, UNSPREAD, yolov8nSized } from './models.ts';
import { demo, DEMO_CLASSES, writeProject } from './project.ts';
import { root } from './python.ts';
import { type Row, rowOf } from './results.ts';
import { labelByModel } from './truth.ts';

const SIDE = 640;
const SQUARE = { width: SIDE, height: SIDE };
/** As many boxes over the floor as a trained detector leaves on a busy picture. */
const CANDIDATES = 800;

/** Where the stock models lie, which are not ours to ship. */
const MODELS = process.env['BENCH_MODELS'] ?? resolve(root, '../shared/models');

interface Subject {
  readonly id: string;
  readonly title: string;
  readonly model: string;
  readonly input: Size;
  readonly decoder: string;
  readonly classes: readonly string[];
  readonly images: number;
  readonly rounds: number;
  readonly target: number;
}

/** The whole run beside bare inference of as many inputs with as many threads. */
export async function timePipe(): Promise<{ rows: Row[]; notes: string[] }> {
  return inFolder(async (folder) => {
    const suite = { preset: 'standard' };
    const conditions = suiteConditions(SuiteSchema.parse(suite)).length;
    const [rows, notes]: [Row[], string[]] = [[], []];
    for (const subject of [nano(), await sizedLikeYolov8n(folder, notes)]) {
      const { images, model, input, classes } = subject;
      const project = { images, side: SIDE, model, classes, suite };
      const config = await writeProject(join(folder, subject.id), project);
      await labelByModel(config);
      for (const threads of [1, 2]) {
        const [bare, whole]: [Usage[], Usage[]] = [[], []];
        for (let round = 0; round < subject.rounds; round++) {
          const count = String(images * conditions);
          bare.push(await measureChild(['bare', model, ...sizeOf(input), count, String(threads)]));
          whole.push(
            await runPipe(config, join(folder, subject.id, `${threads}-${round}`), threads),
          );
        }
        rows.push(ratioRow(subject, threads, least(whole), least(bare)));
      }
      notes.push(await stages(subject, config, images * conditions));
    }
    return { rows, notes };
  });
}

function nano(): Subject {
  const stock = join(MODELS, 'yolox-nano-coco.onnx');
  const common = { id: 'pipe-yolox-nano', decoder: 'yolox', images: 12, rounds: 2, target: 1.6 };
  if (!existsSync(stock)) {
    const model = join(demo, 'models/b.onnx');
    const title = 'the demo’s model, for want of YOLOX-nano';
    return { ...common, title, model, input: { width: 416, height: 320 }, classes: DEMO_CLASSES };
  }
  const input = { width: 416, height: 416 };
  return { ...common, title: 'YOLOX-nano, 416', model: stock, input, classes: numbered(80) };
}

async function sizedLikeYolov8n(folder: string, notes: string[]): Promise<Subject> {
  const model = join(folder, 'yolov8n-sized.onnx');
  const made = await calibrated(model);
  await writeFile(model, made.bytes);
  notes.push(
    `The YOLOv8n-sized model has random weights: ${made.gflop.toFixed(1)} GFLOP at ${SIDE}, ${made.parameters.toFixed(1)} M parameters, about ${CANDIDATES} boxes over the floor.`,
  );
  return {
    id: 'pipe-yolov8n',
    title: 'a YOLOv8n-sized model, 640',
    model,
    input: SQUARE,
    decoder: 'yolov8',
    classes: numbered(80),
    images: 6,
    rounds: 1,
    target: 1.15,
  };
}

const sizeOf = ({ width, height }: Size): string[] => [String(width), String(height)];
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `class ${i}`);

/** Spreads the scores by what the unspread model says of a scene. */
async function calibrated(file: string): Promise<MadeModel> {
  await writeFile(file, yolov8nSized(UNSPREAD).bytes);
  const session = await bareSession(file);
  const image = await decodeImage(join(demo, 'images/test/site-0000.jpg'));
  const data = new Float32Array(3 * SIDE * SIDE);
  fillInput(image, SQUARE, placeImage(image, SQUARE, 'letterbox'), yolov8.preprocess, data);
  const { Tensor } = loadOnnxRuntime();
  const { output } = await session.run({ images: new Tensor('float32', data, [1, 3, SIDE, SIDE]) });
  await session.release();
  if (!(output?.data instanceof Float32Array)) throw new Error('the made model answers no floats');
  const scores = output.data.subarray(4 * (output.data.length / 84));
  const logits = Float64Array.from(scores, (score) => Math.log(score / (1 - score))).sort();
  const mean = logits.reduce((sum, value) => sum + value, 0) / logits.length;
  const variance = logits.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logits.length;
  const gain = 2 / Math.sqrt(variance);
  const floor = Math.log(CONFIDENCE_FLOOR / (1 - CONFIDENCE_FLOOR));
  return yolov8nSized({ gain, bias: floor - gain * logits[logits.length - CANDIDATES]! });
}

/** Runs the command line with nothing cached. */
function runPipe(config: string, folder: string, workers: number): Promise<Usage> {
  const paths = ['--cache', join(folder, 'cache'), '--out', join(folder, 'run')];
  return measureCli(['run', '-c', config, '--quiet', '--workers', String(workers), ...paths]);
}

function ratioRow(
  { id, title, target }: Subject,
  threads: number,
  whole: Omit<Usage, 'stdout'>,
  bare: Omit<Usage, 'stdout'>,
): Row {
  const [cpu, wall] = [whole.cpu / bare.cpu, whole.wall / bare.wall];
  return rowOf({
    id: `${id}-${threads}`,
    what: `whole run / bare inference: ${title}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
    target: { bound: 'at most', value: target },
    unit: '',
    measured: Math.max(cpu, wall),
    detail: `CPU ${cpu.toFixed(2)} (${whole.cpu.toFixed(1)} s / ${bare.cpu.toFixed(1)} s), wall ${wall.toFixed(2)} (${whole.wall.toFixed(1)} s / ${bare.wall.toFixed(1)} s)`,
  });
}

/** Where a worker's time goes, for one image under one condition. */
async function stages(subject: Subject, config: string, count: number): Promise<string> {
  const { decoder, input } = subject;
  const { stdout } = await measureChild(['profile', config, decoder, ...sizeOf(input)]);
  const spent = z.record(z.string(), z.number()).parse(JSON.parse(stdout));
  const parts = Object.entries(spent).map(
    ([stage, seconds]) => `${stage} ${((1000 * seconds) / count).toFixed(2)}`,
  );
  return `CPU milliseconds of one image under one condition, ${subject.title}: ${parts.join(', ')}.`;
}
