import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRun } from '../src/baseline/read.ts';
import { evaluateModel } from '../src/candidate.ts';
import type { EvaluateOptions } from '../src/plan.ts';
import { decodeImage } from '../src/image/codec.ts';
import { ChangedImages } from '../src/predict/predictors/detections-file.ts';
import { onnx } from '../src/predict/predictors/onnx.ts';
import { runCli, workerFile } from './helpers/bundle.ts';
import { contextOf, nothingAllowed } from './helpers/context.ts';
import { gateErrorOf } from './helpers/errors.ts';
import { httpServer } from './helpers/http.ts';
import { subject } from './helpers/predictors.ts';
import { lackingPackages, python } from './helpers/python.ts';
import { temporaryDirectory } from './helpers/tmp.ts';

const quiet = { say: () => {}, start: () => {}, advance: () => {}, finish: () => {} };
const demo = join(import.meta.dirname, '../examples/construction-site');

const names = [
  'Hardhat',
  'NO-Hardhat',
  'NO-Safety Vest',
  'Person',
  'Safety Cone',
  'Safety Vest',
  'machinery',
  'vehicle',
];

const configOf = (predictor: string): string => `version: 1
dataset: {format: yolo, path: ${demo}/data.yaml, split: test, limit: 6}
predictor: ${predictor}
suite: {perturbations: [gaussian_noise, rotation], severities: [2]}
`;

const openDemo = () =>
  onnx.open(onnx.options.parse({ kind: 'onnx', model: 'models/b.onnx' }), {
    ...contextOf(demo),
    classes: names,
    workers: 1,
  });

/** A run of the demonstration's first images with some predictor. */
async function evaluate(
  predictor: string,
  allowed = {},
  folder: string | null = null,
  out = 'run',
): Promise<string> {
  const directory = folder ?? (await temporaryDirectory());
  const configFile = join(directory, 'robustness.yml');
  await writeFile(configFile, configOf(predictor));
  const options: EvaluateOptions = {
    configFile,
    outDirectory: join(directory, out),
    cacheDirectory: join(directory, 'cache'),
    workers: 2,
    workerFile,
    root: null,
    allowed: { ...nothingAllowed, ...allowed },
    progress: quiet,
  };
  await evaluateModel(options);
  return options.outDirectory;
}

/** From 1 a threshold of the API is per cent, under it a fraction. */
const fraction = (threshold: string | null): number =>
  Number(threshold) >= 1 ? Number(threshold) / 100 : Number(threshold);

/**
 * Roboflow's documented API in front of a real model: base64 in, centres and sizes out, thresholds in the query.
 *
 * @param account What images cost; without credits none is looked at.
 */
async function roboflowServer(account = { credits: Infinity, spent: 0 }) {
  const predictor = await openDemo();
  let turn: Promise<unknown> = Promise.resolve();
  let asked = 0;
  return httpServer(async ({ url, body, origin }) => {
    const { pathname, searchParams } = new URL(url, origin);
    if (searchParams.get('api_key') !== 'rf_key')
      return { status: 401, body: { message: 'no key' } };
    if (pathname !== '/site/3') return { status: 404, body: { message: 'no model' } };
    asked += 1;
    if (asked % 5 === 0) return { status: 429, headers: { 'retry-after': '0' } };
    if (account.spent === account.credits) {
      return { status: 402, body: { message: 'Not enough credits' } };
    }
    account.spent += 1;
    const image = await decodeImage(Buffer.from(body.toString(), 'base64'));
    const answer = turn.then(() => predictor.predict(image, subject));
    turn = answer;
    const { boxes, classes, confidences } = await answer;
    const least = fraction(searchParams.get('confidence'));
    const predictions = [...classes].flatMap((of, i) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(4 * i, 4 * i + 4);
      const confidence = confidences[i]!;
      if (confidence < least) return [];
      const name = predictor.info.classes[of];
      const [width, height] = [x2 - x1, y2 - y1];
      return [{ x: (x1 + x2) / 2, y: (y1 + y2) / 2, width, height, confidence, class: name }];
    });
    const { width, height } = image;
    return { status: 200, body: { time: 0.1, image: { width, height }, predictions } };
  });
}

describe('a model outside', () => {
  it('behind Roboflow’s API gives the numbers that it gives here', async () => {
    await using server = await roboflowServer();
    const remote = await evaluate(`{kind: roboflow, model: site/3, url: "${server.origin}"}`, {
      origins: [server.origin],
      environment: { ROBOFLOW_API_KEY: 'rf_key' },
    });
    const local = await evaluate(`{kind: onnx, model: ${demo}/models/b.onnx}`);
    const [far, near] = [await readRun(remote), await readRun(local)];
    expect(far.manifest).toMatchObject({
      predictor: { kind: 'roboflow', floor: 0.01, pixels: 'png' },
      engine: { processor: 'a server' },
    });
    for (const condition of [0, 1, 2]) {
      const { classes, confidences, boxes } = await far.detections(condition);
      const here = await near.detections(condition);
      const sure = [...here.confidences.keys()].filter((i) => here.confidences[i]! > 0.01);
      expect(sure.length).toBeGreaterThan(20);
      expect([...classes]).toEqual(sure.map((i) => here.classes[i]));
      expect([...confidences]).toEqual(sure.map((i) => here.confidences[i]));
      sure.forEach((i, k) => {
        for (let c = 0; c < 4; c++) expect(boxes[4 * k + c]).toBeCloseTo(here.boxes[4 * i + c]!, 3);
      });
    }
  }, 60_000);

  it('whose credits end is an error, keeps what it has found, and is not asked for it again', async () => {
    const directory = await temporaryDirectory();
    const ask = async (server: { origin: string }, out: string) =>
      evaluate(
        `{kind: roboflow, model: site/3, url: "${server.origin}", concurrency: 1}`,
        { origins: [server.origin], environment: { ROBOFLOW_API_KEY: 'rf_key' } },
        directory,
        out,
      );
    const account = { credits: 11, spent: 0 };
    await using server = await roboflowServer(account);
    const text = await gateErrorOf(() => ask(server, 'half'));
    expect(text).toMatch(
      / under .*402: Not enough credits.*\n {2}fix: .*what was finished is kept/,
    );
    expect(text).not.toContain('rf_key');
    account.credits = Infinity;
    await ask(server, 'whole');
    // What one image under all conditions costs may be spent twice: it was not finished.
    const { spent } = account;
    expect(spent).toBeLessThanOrEqual(18 + 3 * 2);
    await ask(server, 'once-more');
    expect(account.spent).toBe(spent);
  }, 60_000);

  it('that needs more requests than the config allows is not asked once', async () => {
    await using server = await roboflowServer();
    const text = await gateErrorOf(() =>
      evaluate(`{kind: roboflow, model: site/3, url: "${server.origin}", maxRequests: 17}`, {
        origins: [server.origin],
        environment: { ROBOFLOW_API_KEY: 'rf_key' },
      }),
    );
    expect(text).toMatch(
      /this run needs 18 requests, predictor\.maxRequests allows 17; none was made/,
    );
    expect(server.asked).toEqual([]);
  });

  it('that fails names image and condition', async () => {
    await using server = await httpServer(() => ({ status: 400, body: { error: 'bad image' } }));
    const text = await gateErrorOf(() =>
      evaluate(`{kind: http, url: "${server.origin}/p", version: "1"}`, {
        origins: [server.origin],
      }),
    );
    expect(text).toMatch(
      /images\/test\/site-\d+\.\w+ under clean: POST http.*\/p answered 400: bad image/,
    );
  }, 30_000);

  it('that predicted elsewhere what `perturb --config` wrote gives the numbers of one that predicts here', async () => {
    const directory = await temporaryDirectory();
    const configFile = join(directory, 'robustness.yml');
    await writeFile(configFile, configOf('{kind: onnx, model: none.onnx}'));
    const changed = join(directory, 'changed');
    const written = await runCli(['perturb', '-c', configFile, '--all', changed], directory);
    expect(written).toMatchObject({ code: 0, stderr: `18 images, images.json: ${changed}\n` });
    await using predictor = await openDemo();
    const { images } = ChangedImages.parse(
      JSON.parse(await readFile(join(changed, 'images.json'), 'utf8')),
    );
    const results: object[] = [];
    for (const { id, file_name } of images) {
      const image = await decodeImage(join(changed, file_name));
      const found = await predictor.predict(image, subject);
      found.classes.forEach((of, i) => {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = found.boxes.subarray(4 * i, 4 * i + 4);
        results.push({
          image_id: id,
          category_id: of + 1,
          bbox: [x1, y1, x2 - x1, y2 - y1],
          score: found.confidences[i],
        });
      });
    }
    await writeFile(join(changed, 'results.json'), JSON.stringify(results));
    const elsewhere = await readRun(
      await evaluate(
        `{kind: detections-file, path: ${changed}/results.json, images: ${changed}/images.json}`,
      ),
    );
    const here = await readRun(await evaluate(`{kind: onnx, model: ${demo}/models/b.onnx}`));
    expect(elsewhere.manifest.metrics.map(({ map }) => map?.toFixed(3))).toEqual(
      here.manifest.metrics.map(({ map }) => map?.toFixed(3)),
    );
  }, 60_000);

  const withPython = lackingPackages([]) === null ? it.skip : it;
  withPython(
    'that the Python example predicted into a COCO results file is judged as one of the same boxes',
    async () => {
      const directory = await temporaryDirectory();
      const configFile = join(directory, 'robustness.yml');
      const predictor =
        '{kind: detections-file, path: changed/results.json, images: changed/images.json}';
      await writeFile(configFile, configOf(predictor));
      const changed = join(directory, 'changed');
      await runCli(['perturb', '-c', configFile, '--all', changed], directory);
      const script = join(demo, '../predictors/python/coco_results.py');
      execFileSync(python, ['-B', script, changed, join(changed, 'results.json')]);
      const ran = await runCli(['run', '-c', configFile, '--out', 'run'], directory);
      expect(ran).toMatchObject({ code: 0 });
      const { classes, confidences } = await (await readRun(join(directory, 'run'))).detections(0);
      expect(new Set(classes)).toEqual(new Set([names.indexOf('Person')]));
      expect(confidences).toHaveLength(6);
    },
    60_000,
  );
});
