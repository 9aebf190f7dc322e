import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { evaluateModel } from '../src/candidate.ts';
import { type GateResult, runGate } from '../src/gate.ts';
import { createProgress } from '../src/cli/progress.ts';
import { baselineIn } from '../src/cli/shared.ts';
import { renderHtml } from '../src/report/reporters/html.tsx';
import { drawExample } from './picture.ts';
import { augmentationTable, claimTable, modelTable, verdictTable } from './docs.ts';
import type { Pair, Results } from './results.ts';

const root = resolve(import.meta.dirname, '../../..');
// npm run experiment -- [where the runs go] [where the data of the original are]
const shared = resolve(process.argv[3] ?? join(root, '../shared'));
/** Pictures of failure examples on the page, at most so many of a model. */
const PICTURES_OF_MODEL = 2;

interface Model {
  readonly name: string;
  readonly file: string;
  readonly trainedWith: readonly string[];
}

interface Setup {
  readonly data: string;
  readonly dataset: object;
  readonly predictor: object;
  readonly models: readonly Model[];
  /** Whether docs/experiment.md is about these data. */
  readonly published: boolean;
}

const FLIPS = ['horizontal_flip', 'vertical_flip'];
const SEVERAL = [
  ...FLIPS,
  'rotation',
  'shear',
  'brightness',
  'exposure',
  'gaussian_blur',
  'impulse_noise',
];

/** The data of the original post where they are, else the embedded demo. */
function chooseSetup(): Setup {
  const model = (name: string, file: string, trainedWith: readonly string[]): Model => ({
    name,
    file,
    trainedWith,
  });
  const data = join(shared, 'data/construction-site-safety/data.yaml');
  const file = (name: string): string => join(shared, `models/css-yolox-nano-${name}.onnx`);
  if (existsSync(data) && existsSync(file('a'))) {
    return {
      data: 'Construction Site Safety, version 28, validation split',
      dataset: { format: 'yolo', path: data, split: 'valid' },
      predictor: {},
      models: [
        model('A', file('a'), []),
        model('B', file('b'), SEVERAL),
        model('C', file('c'), FLIPS),
      ],
      published: true,
    };
  }
  const demo = join(root, 'examples/construction-site');
  return {
    data: 'the embedded demo (drawn scenes)',
    dataset: { format: 'yolo', path: join(demo, 'data.yaml'), split: 'test' },
    predictor: {
      nms: 0.6,
      names: [
        'Hardhat',
        'NO-Hardhat',
        'NO-Safety Vest',
        'Person',
        'Safety Cone',
        'Safety Vest',
        'machinery',
        'vehicle',
      ],
    },
    // examples/construction-site/train.py
    models: [
      model('A', join(demo, 'models/a.onnx'), []),
      model(
        'B',
        join(demo, 'models/b.onnx'),
        SEVERAL.filter((name) => name !== 'vertical_flip'),
      ),
      model('C', join(demo, 'models/c.onnx'), FLIPS),
    ],
    published: false,
  };
}

async function main(): Promise<void> {
  const out = resolve(process.argv[2] ?? join(root, 'experiment-output'));
  const setup = chooseSetup();
  if (!setup.published) {
    console.log(
      `${shared} is not there: the embedded demo models are compared instead. The page is not written.`,
    );
  }
  await mkdir(out, { recursive: true });
  const pairs: GateResult[] = [];
  const named: Pair[] = [];
  for (const model of setup.models) await evaluateModel(await optionsOf(setup, model, out));
  for (const [from, to] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    const [baseline, candidate] = [setup.models[from]!, setup.models[to]!];
    const result = await judgePair(setup, baseline, candidate, out);
    pairs.push(result);
    named.push(pairOf(baseline, candidate, result));
  }
  const first = pairs[0]!.report;
  const results: Results = {
    data: setup.data,
    images: first.candidate.images.length,
    groups: first.candidate.dataset.groups,
    conditions: first.candidate.suite.conditions.length,
    engine: `${first.candidate.engine.name} ${first.candidate.engine.version}`,
    pairs: named,
    failures: await examplesOf(setup, pairs, out),
  };
  console.log(
    [
      modelTable(results),
      claimTable(results),
      verdictTable(results),
      augmentationTable(results),
    ].join('\n\n'),
  );
  console.log(`\nreports: ${out}`);
  if (!setup.published) return;
  const file = join(root, 'experiment/results.json');
  await writeFile(file, `${JSON.stringify(results, null, 1)}\n`);
  console.log(`${file} is written; \`npm run docs\` writes docs/experiment.md from it`);
}

async function optionsOf(setup: Setup, { name, file, trainedWith }: Model, out: string) {
  const configFile = join(out, `robustness-${name}.json`);
  const config = {
    version: 1,
    name: `experiment-${name}`,
    dataset: setup.dataset,
    predictor: { kind: 'onnx', model: file, ...setup.predictor },
    suite: { preset: 'standard' },
    trainedWith,
    report: { failures: 24 },
  };
  await writeFile(configFile, `${JSON.stringify(config, null, 2)}\n`);
  return {
    configFile,
    outDirectory: join(out, name),
    cacheDirectory: join(out, 'cache'),
    workers: 2,
    workerFile: new URL('./worker.mjs', import.meta.url),
    root: null,
    allowed: { command: false, origins: [], environment: {}, secrets: new Set<string>() },
    progress: createProgress(process.stderr, { quiet: false, now: () => performance.now() }),
  };
}

async function judgePair(
  setup: Setup,
  baseline: Model,
  candidate: Model,
  out: string,
): Promise<GateResult> {
  const pair = `${baseline.name}-${candidate.name}`;
  const result = await runGate({
    ...(await optionsOf(setup, candidate, out)),
    outDirectory: join(out, pair),
    findBaseline: async () => baselineIn(join(out, baseline.name)),
    findReference: async (directory) => baselineIn(directory),
    baseConfig: { kind: 'none' },
    today: '1970-01-01',
    onRefused: 'error',
    failWithoutBaseline: true,
    mayStopEarly: false,
  });
  await writeFile(join(out, `${pair}.html`), renderHtml(result.report));
  return result;
}

function pairOf(baseline: Model, candidate: Model, { report, verdict }: GateResult): Pair {
  const comparison = report.comparison!;
  const shown = ['clean', 'overall', 'family', 'perturbation'] as const;
  return {
    baseline: baseline.name,
    candidate: candidate.name,
    verdict: verdict.status,
    sentence: verdict.sentence,
    confidences: [report.baseline!.confidence.value, report.candidate.confidence.value],
    nodes: comparison.nodes.flatMap(({ level, name, interval, change, ...node }) => {
      const own = shown.find((one) => one === level);
      if (own === undefined) return [];
      const { baseline: before, candidate: after, drop } = node;
      const bounds: [number, number] = [interval[0], interval[1]];
      return [
        { level: own, name, baseline: before, candidate: after, drop, interval: bounds, change },
      ];
    }),
    risk: comparison.risk.map(({ level, name, rise, standardError, ...risk }) => ({
      level,
      name,
      baseline: risk.baseline.value,
      candidate: risk.candidate.value,
      rise,
      standardError,
    })),
    effects: report.effects.map(({ perturbation, effect }) => ({ perturbation, effect })),
  };
}

/** Persons that a model finds on the original image and misses on the changed one, with a picture of each. */
async function examplesOf(
  setup: Setup,
  pairs: readonly GateResult[],
  out: string,
): Promise<Results['failures']> {
  const folder = setup.published ? join(root, 'docs/images/experiment') : join(out, 'pictures');
  await mkdir(folder, { recursive: true });
  const candidates = [setup.models[1]!, setup.models[2]!, setup.models[2]!];
  const failures: Results['failures'] = [];
  for (const [index, { report }] of pairs.entries()) {
    const model = candidates[index]!.name;
    const people = report.pictures.filter(({ example }) => example.classes.includes('Person'));
    for (const picture of people) {
      const { example } = picture;
      const seen = failures.filter((one) => one.model === model).length;
      const known = failures.some(
        ({ image, condition }) => image === example.imageId || condition === example.condition,
      );
      if (seen >= PICTURES_OF_MODEL || known) continue;
      const file = `${model.toLowerCase()}-${example.condition.replace('/', '-')}.webp`;
      await writeFile(join(folder, file), await drawExample(picture));
      const persons = example.classes.filter((name) => name === 'Person').length;
      failures.push({ file, model, condition: example.condition, image: example.imageId, persons });
    }
  }
  return failures;
}

await main();
