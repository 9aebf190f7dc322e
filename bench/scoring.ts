import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { scoreCocoData } from '../src/evaluate/coco.ts';
import { readCoco } from '../src/evaluate/coco-files.ts';
import { inFolder, measureChild, measurePython } from './measure.ts';
import { type Row, rowOf } from './results.ts';
import { type Box, drawAnswers, drawObjects } from './scenes.ts';

/** About what COCO's val2017 has. */
const SCENES = { images: 5000, classes: 80, objects: 7.2, detections: 60, width: 640, height: 480 };
const ROUNDS = 2;
const SAME = 1e-9;

/** CPU seconds, and the twelve numbers in COCO's order. */
const Scored = z.strictObject({ load: z.number(), score: z.number(), stats: z.array(z.number()) });
type Scored = z.infer<typeof Scored>;

/** Scores a results file, timed. */
export async function scoreTimed(truth: string, detections: string): Promise<Scored> {
  const seconds = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const start = seconds();
  const data = await readCoco(truth, detections);
  const loaded = seconds();
  const stats: number[] = Object.values({ ...scoreCocoData(data) });
  return { load: loaded - start, score: seconds() - loaded, stats };
}

/** COCO's twelve numbers of 5,000 images, pycocotools beside ours. */
export async function timeScoring(python: string): Promise<{ rows: Row[]; notes: string[] }> {
  return inFolder(async (folder) => {
    const files = [join(folder, 'truth.json'), join(folder, 'detections.json')] as const;
    const drawn = await writeCoco(...files);
    const [ours, theirs]: [Scored[], Scored[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(parse((await measurePython(python, 'score.py', files)).stdout));
      ours.push(parse((await measureChild(['score', ...files])).stdout));
    }
    ours[0]!.stats.forEach((value, i) => {
      const expected = theirs[0]!.stats[i]!;
      if (Math.abs(value - expected) > SAME) {
        throw new Error(`COCO number ${i} is ${value}, pycocotools says ${expected}`);
      }
    });
    const seconds = (runs: readonly Scored[], of: (run: Scored) => number): number =>
      Math.min(...runs.map(of));
    const row = (id: string, what: string, of: (run: Scored) => number): Row => {
      const [peer, own] = [seconds(theirs, of), seconds(ours, of)];
      return rowOf({
        id,
        what: `COCO scoring of 5,000 images, pycocotools / ours: ${what}`,
        target: { bound: 'at least', value: 5 },
        unit: '',
        measured: peer / own,
        detail: `CPU ${peer.toFixed(2)} s / ${own.toFixed(2)} s`,
      });
    };
    return {
      rows: [
        row('scoring', 'files read before', ({ score }) => score),
        row('scoring-files', 'with reading the files', ({ load, score }) => load + score),
      ],
      notes: [`COCO scoring: ${drawn}; all twelve numbers are equal to ${SAME}.`],
    };
  });
}

const parse = (text: string): Scored => Scored.parse(JSON.parse(text));

async function writeCoco(truthFile: string, detectionsFile: string): Promise<string> {
  const objects = drawObjects(SCENES, 1);
  const answers = drawAnswers(objects, SCENES, 0.8, 2);
  const flat = (images: readonly (readonly Box[])[]) =>
    images.flatMap((boxes, image) =>
      boxes.map(({ class: of, box: [x1, y1, x2, y2], confidence }) => ({
        image_id: image + 1,
        category_id: of + 1,
        bbox: [x1, y1, x2 - x1, y2 - y1],
        score: confidence,
      })),
    );
  const annotations = flat(objects).map(({ score, ...object }, i) => {
    const [, , w = 0, h = 0] = object.bbox;
    return { ...object, id: i + 1, area: w * h, iscrowd: score < 0.01 ? 1 : 0 };
  });
  const detections = flat(answers);
  await writeFile(
    truthFile,
    JSON.stringify({
      images: objects.map((_, i) => ({ id: i + 1, width: SCENES.width, height: SCENES.height })),
      categories: Array.from({ length: SCENES.classes }, (_, i) => ({ id: i + 1, name: `${i}` })),
      annotations,
    }),
  );
  await writeFile(detectionsFile, JSON.stringify(detections));
  return `${annotations.length} objects, ${detections.length} detections, ${SCENES.classes} classes`;
}
