import { describe, expect, it } from '@jest/globals';
import { GatePolicySchema } from '../src/compare/policy.ts';
import { groupsNeeded, resolutionOfCounts, smallestDrop } from '../src/compare/resolution.ts';
import { runCli } from './helpers/bundle.ts';
import { yoloFiles } from './helpers/dataset.ts';
import { constantModel } from './helpers/onnx.ts';
import { conditions } from './helpers/runs.ts';
import { folderOf } from './helpers/tmp.ts';

/** Finds the square of every image as class `found`. */
const model = (found: number, x = 20) =>
  constantModel({
    input: [1, 3, 48, 64],
    metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
    outputs: [
      {
        name: 'o',
        dims: [1, 6, 8],
        values: [x, 21, 19, 19, found === 0 ? 0.9 : 0, found === 1 ? 0.9 : 0].flatMap((value) => [
          value,
          ...Array.from({ length: 7 }, () => 0),
        ]),
      },
    ],
  });

const config = `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
suite: {perturbations: [brightness, rotation], severities: [1]}
`;

const project = async (bytes: Uint8Array, images = 3) =>
  folderOf({ ...(await yoloFiles(images)), 'm.onnx': bytes, 'robustness.yml': config });

const cache = ['--cache', 'cache', '--quiet'];

describe('robustness-gate validate', () => {
  it('tells the plan, and that three images are too few', async () => {
    const { code, stdout } = await runCli(['validate', ...cache], await project(model(0)));
    expect(stdout).toMatch(/^Usable, but with 2 warnings\.\n {2}warning: 3 independent groups/);
    expect(stdout).toMatch(/Suite {8}clean and lighting 1, geometry 1: 3 conditions/);
    expect(stdout).toMatch(/Inferences {3}9, 6 not in the cache yet, about 1 s/);
    expect(stdout).toMatch(/No drop would be judged: that takes 50/);
    expect(code).toBe(0);
  });

  it('asks about classes when the boxes are right, and about pixels when nothing is', async () => {
    const names = await runCli(['validate', ...cache], await project(model(1)));
    expect(names.stdout).toMatch(
      /A run would stop: .*the classes are not \(mAP 0\.0\): Person is called Hardhat \(3 of 3\)\. put predictor\.names in the model’s order/,
    );
    const nothing = await runCli(['validate', ...cache], await project(model(0, 50)));
    expect(nothing.stdout).toMatch(/no other resizing, colour order or scale of pixel values fits/);
    expect(nothing.code).toBe(0);
  });

  it('computes from the run that is in the cache, and prints one JSON document', async () => {
    const cwd = await project(model(0), 50);
    const before = await runCli(['validate', '--json', ...cache], cwd);
    expect(JSON.parse(before.stdout)).toMatchObject({ resolution: { source: 'counts' } });
    await runCli(['run', '--out', 'r', ...cache], cwd);
    const { stdout } = await runCli(['validate', '--json', ...cache], cwd);
    expect(JSON.parse(stdout)).toMatchObject({
      inferences: 150,
      cached: 150,
      resolution: { source: 'run' },
    });
  });

  it('ends with exit code 2 where a run would', async () => {
    const { code, stderr } = await runCli(['validate', '-c', 'none.yml'], await project(model(0)));
    expect(stderr).toMatch(/config file not found/);
    expect(code).toBe(2);
  });
});

describe('the rule of thumb', () => {
  const policy = GatePolicySchema.parse({});
  // Construction Site Safety: 114 images.
  const objects = [79, 21, 69, 74, 106, 166, 44, 41, 55, 42];
  const at = (scale: number) =>
    resolutionOfCounts(
      objects.map((count) => (count * scale) / 114),
      { images: scale, groups: scale },
      conditions,
      policy,
    );
  const family = (images: number) =>
    at(images).nodes.find(({ level }) => level === 'family')?.detectableDrop;

  it('gives the simulated sizes of STATISTICS.md 4.1', () => {
    expect(family(100)).toBeCloseTo(7.3, 0);
    expect(family(200)).toBeCloseTo(5.4, 0);
    expect(family(1000)).toBeCloseTo(3, 0);
  });

  it('asks for as many groups as then show the wanted drop', () => {
    const needed = groupsNeeded(at(100), 100, 5) ?? 0;
    expect(smallestDrop(at(needed))?.detectableDrop).toBeCloseTo(5, 0);
    expect(groupsNeeded(at(100), 100, 1)).toBe(null);
  });
});
