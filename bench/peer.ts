import { readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SuiteSchema, suiteConditions } from '../src/perturb/suite.ts';
import { presets } from '../src/perturb/presets.ts';
import { inFolder, least, measureCli, measurePython, type Usage } from './measure.ts';
import { demo, DEMO_CLASSES, writeProject } from './project.ts';
import { type Row, rowOf } from './results.ts';
import { readRun } from '../src/baseline/read.ts';

const IMAGES = 4;
const NMS = 0.6;
/** mAP, 0 to 1: what the two may differ by where nothing is drawn. */
const SAME = 1e-3;

const Scores = z.record(z.string(), z.number());
type Scores = z.infer<typeof Scores>;

/** The ImageNet-C conditions but frost, whose texture is not the reference's. */
function suite(seed: number) {
  const perturbations = presets['imagenet-c'].names.filter((name) => name !== 'frost');
  return { perturbations, severities: [1, 3, 5], seed };
}

/** The same work by a script of imagecorruptions, onnxruntime and pycocotools, beside ours. */
export async function timePeer(python: string): Promise<{ rows: Row[]; notes: string[] }> {
  return inFolder(async (folder) => {
    const model = join(demo, 'models/b.onnx');
    const project = { images: IMAGES, side: null, model, classes: DEMO_CLASSES };
    const ours: { usage: Usage; scores: Scores }[] = [];
    const run = async (seed: number): Promise<void> => {
      const options = { ...project, suite: suite(seed), predictor: { nms: NMS } };
      const config = await writeProject(join(folder, `${seed}`), options);
      const out = join(folder, `${seed}`, 'run');
      const paths = ['--cache', join(folder, `${seed}`, 'cache'), '--out', out];
      const usage = await measureCli(['run', '-c', config, '--quiet', ...paths]);
      ours.push({ usage, scores: await scoresOf(out) });
    };
    await run(0);
    const theirs = await measurePython(python, 'evaluate.py', [
      await writeTask(folder, join(folder, '0'), model),
    ]);
    await run(1);
    const { map } = z.strictObject({ map: Scores }).parse(JSON.parse(theirs.stdout));
    const own = least(ours.map(({ usage }) => usage));
    const [wall, cpu] = [theirs.wall / own.wall, theirs.cpu / own.cpu];
    return {
      rows: [
        rowOf({
          id: 'peer',
          what: 'the same work in Python on all cores / ours',
          target: { bound: 'at least', value: 3 },
          unit: '',
          measured: Math.min(wall, cpu),
          detail: `wall ${wall.toFixed(1)} (${theirs.wall.toFixed(1)} s / ${own.wall.toFixed(1)} s), CPU ${cpu.toFixed(1)} (${theirs.cpu.toFixed(1)} s / ${own.cpu.toFixed(1)} s); ${IMAGES} of the demo’s images, ${Object.keys(map).length} conditions`,
        }),
      ],
      notes: [agreement(map, ours[0]!.scores, ours[1]!.scores)],
    };
  });
}

/** How far Python's mAP lies from ours, beside what another seed alone does. */
function agreement(theirs: Scores, ours: Scores, reseeded: Scores): string {
  const clean = Math.abs(theirs['clean']! - ours['clean']!);
  if (clean > SAME) throw new Error(`clean mAP is ${ours['clean']}, in Python ${theirs['clean']}`);
  const largest = (a: Scores, b: Scores): [string, number] =>
    Object.keys(a)
      .map((id): [string, number] => [id, Math.abs(a[id]! - b[id]!)])
      .reduce((most, one) => (one[1] > most[1] ? one : most));
  const points = (value: number): string => (100 * value).toFixed(2);
  const [peer, drawn] = [largest(theirs, ours), largest(ours, reseeded)];
  return `mAP of Python and ours differ by ${points(clean)} points on clean images, by at most ${points(peer[1])} under a condition (${peer[0]}, other random draws); another seed of ours makes up to ${points(drawn[1])} (${drawn[0]}).`;
}

async function scoresOf(run: string): Promise<Scores> {
  const { manifest } = await readRun(run);
  return Object.fromEntries(
    manifest.metrics.map(({ condition, map }) => [condition, (map ?? 0) / 100]),
  );
}

/** Tells the script what to do; its path. */
async function writeTask(folder: string, project: string, model: string): Promise<string> {
  const file = join(folder, 'task.json');
  const images = (await readdir(join(project, 'images/test'))).sort();
  const conditions = suiteConditions(SuiteSchema.parse(suite(0)));
  await writeFile(
    file,
    JSON.stringify({
      model,
      decoder: await decoderOf(join(project, 'run')),
      nms: NMS,
      images: images.map((name) => ({
        image: join(project, 'images/test', name),
        labels: join(project, 'labels/test', name.replace(/\.jpg$/, '.txt')),
      })),
      classes: DEMO_CLASSES,
      conditions: conditions.map((condition) =>
        condition.kind === 'clean'
          ? { id: condition.id, name: null, severity: 0 }
          : { id: condition.id, name: condition.perturbation, severity: condition.severity },
      ),
      processes: availableParallelism(),
    }),
  );
  return file;
}

async function decoderOf(run: string): Promise<string> {
  const text: unknown = JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));
  return z.looseObject({ predictor: z.looseObject({ decoder: z.string() }) }).parse(text).predictor
    .decoder;
}
