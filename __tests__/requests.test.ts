import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evaluateModel } from '../src/candidate.ts';
import { runGate } from '../src/gate.ts';
import { type EvaluateOptions, makePlan } from '../src/plan.ts';
import { evaluateShard } from '../src/shards.ts';
import { workerFile } from './helpers/bundle.ts';
import { nothingAllowed } from './helpers/context.ts';
import { yoloFiles } from './helpers/dataset.ts';
import { gateErrorOf } from './helpers/errors.ts';
import { httpServer } from './helpers/http.ts';
import { square } from './helpers/predictors.ts';
import { folderOf } from './helpers/tmp.ts';

const quiet = { say: () => {}, start: () => {}, advance: () => {}, finish: () => {} };
// Looks are taken at 50 and 75 of so many: each asks for less than the whole.
const IMAGES = 100;

const config = (url: string, version: number, most: number): string => `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: http, url: "${url}/p", version: "${version}", requestsPerSecond: 1000, maxRequests: ${most}}
suite: {perturbations: [grayscale]}
gate: {earlyStop: true}
`;

/** A project whose model is a server that finds the square of every image, and a baseline of it. */
async function project() {
  const server = await httpServer(() => ({ status: 200, body: { detections: [square] } }));
  const directory = await folderOf(await yoloFiles(IMAGES));
  const configFile = join(directory, 'robustness.yml');
  const options: EvaluateOptions = {
    configFile,
    outDirectory: join(directory, 'run'),
    cacheDirectory: join(directory, 'cache'),
    workers: 2,
    workerFile,
    root: null,
    allowed: { ...nothingAllowed, origins: [server.origin] },
    progress: quiet,
  };
  const configure = (version: number, most: number): Promise<void> =>
    writeFile(configFile, config(server.origin, version, most));
  return { server, directory, options, configure };
}

describe('a limit on requests', () => {
  it('holds over the whole run, however many looks and shards it is made in', async () => {
    const { server, directory, options, configure } = await project();
    await using _ = server;
    const baseline = join(directory, 'baseline');
    await configure(1, 200);
    await evaluateModel({ ...options, outDirectory: baseline });
    expect(server.asked).toHaveLength(200);

    await configure(2, 199);
    const gate = () =>
      runGate({
        ...options,
        baseConfig: { kind: 'none' },
        today: '2026-11-25',
        onRefused: 'error',
        mayStopEarly: true,
        failWithoutBaseline: false,
        findBaseline: async () => ({
          kind: 'found',
          directory: baseline,
          source: { description: 'a test', commit: null, url: null, distance: null },
        }),
        findReference: async () => ({ kind: 'absent', reasons: [] }),
      });
    const shard = async () => evaluateShard(await makePlan(options), { index: 2, of: 4 }, options);
    for (const made of [gate, shard]) {
      expect(await gateErrorOf(made)).toMatch(
        /this run needs 200 requests, predictor\.maxRequests allows 199; none was made/,
      );
    }
    expect(server.asked).toHaveLength(200);

    // What is known already is not asked again, and not counted.
    await configure(1, 1);
    await evaluateModel(options);
    expect((await gate()).verdict.status).toBe('pass');
    expect(server.asked).toHaveLength(200);
  }, 60_000);
});
