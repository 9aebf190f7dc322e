#!/usr/bin/env node
// Runs the product on real detectors and real photographs and holds the numbers against the measured ones.
//   node __tests__/acceptance/models.mjs
// The data and the models are not in the repository: without them the script says that it skips.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const shared = resolve(root, '../shared');
const TOLERANCE = 0.01;

if (!existsSync(join(shared, 'models'))) {
  console.log(`skipped: ${shared} is not there`);
  process.exit(0);
}

// AP50 from the README beside the models; the conditions that are exactly the same here.
const CASES = [
  { model: 'css-yolox-nano-a.onnx', clean: 0.57, flip: 0.553, map: 0.283 },
  { model: 'css-yolox-nano-b.onnx', clean: 0.424, flip: 0.432, map: 0.189 },
  { model: 'css-yolox-nano-c.onnx', clean: 0.548, flip: 0.54, map: 0.275 },
  { model: 'css-yolox-nano-a-int8-channel.onnx', clean: 0.557, map: 0.275 },
  {
    model: 'yolox-nano-coco.onnx',
    classes: { person: 'Person', car: 'vehicle', bus: 'vehicle', truck: 'vehicle' },
    names: true,
    perClass: { Person: 0.626, vehicle: 0.097 },
  },
  {
    model: 'nanodet-m-416-coco.onnx',
    classes: { person: 'Person', car: 'vehicle', bus: 'vehicle', truck: 'vehicle' },
    names: true,
    perClass: { Person: 0.541, vehicle: 0.065 },
  },
  {
    model: 'fastestdet-coco.onnx',
    classes: { person: 'Person', car: 'vehicle', bus: 'vehicle', truck: 'vehicle' },
    names: true,
    perClass: { Person: 0.551, vehicle: 0.034 },
  },
];

const COCO =
  'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush'.split(
    ',',
  );

let failed = 0;
const check = (what, actual, expected) => {
  const fine = Math.abs(actual - expected) <= TOLERANCE;
  if (!fine) failed += 1;
  console.log(
    `${fine ? 'ok  ' : 'FAIL'} ${what}: ${actual.toFixed(3)}, measured ${expected.toFixed(3)}`,
  );
};

const work = mkdtempSync(join(tmpdir(), 'robustness-gate-acceptance-'));
for (const { model, clean, flip, map, classes, names, perClass } of CASES) {
  const config = {
    version: 1,
    dataset: {
      format: 'yolo',
      path: join(shared, 'data/construction-site-safety/data.yaml'),
      split: 'valid',
    },
    predictor: {
      kind: 'onnx',
      model: join(shared, 'models', model),
      nms: 0.65,
      ...(classes ? { classes } : {}),
      ...(names ? { names: COCO } : {}),
    },
    suite: { perturbations: ['horizontal_flip'] },
  };
  const file = join(work, 'robustness.yml');
  writeFileSync(file, JSON.stringify(config));
  const out = join(work, model);
  execFileSync(
    process.execPath,
    [
      join(root, 'dist/cli.js'),
      'run',
      '-c',
      file,
      '--out',
      out,
      '--cache',
      join(work, 'cache'),
      '--quiet',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  const [first, second] = run.metrics;
  if (clean) check(`${model} clean AP50`, first.ap50 / 100, clean);
  if (map) check(`${model} clean mAP`, first.map / 100, map);
  if (flip) check(`${model} horizontal flip AP50`, second.ap50 / 100, flip);
  for (const [name, expected] of Object.entries(perClass ?? {})) {
    check(
      `${model} ${name} AP50`,
      first.classes50[run.dataset.classes.indexOf(name)] / 100,
      expected,
    );
  }
}
process.exit(failed > 0 ? 1 : 0);
