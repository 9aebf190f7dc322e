import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';
import { runCli } from '../helpers/bundle.ts';
import { folderOf } from '../helpers/tmp.ts';

// A real model looks at real images.
jest.setTimeout(240_000);

const demo = fileURLToPath(new URL('../../examples/construction-site', import.meta.url));
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

/** The demo's model under one perturbation, set up as the config says. */
async function run(predictor: Record<string, unknown>) {
  const config = {
    version: 1,
    dataset: { format: 'yolo', path: join(demo, 'data.yaml'), split: 'test' },
    predictor: { kind: 'onnx', model: join(demo, 'models/a.onnx'), names, ...predictor },
    suite: { perturbations: ['brightness'], severities: [1] },
  };
  const cwd = await folderOf({ 'robustness.yml': JSON.stringify(config) });
  return runCli(['run', '--quiet', '--workers', '2', '--cache', 'cache'], cwd);
}

describe('a model that is set up wrongly', () => {
  it('stops before the suite and says which scale of pixel values would fit', async () => {
    const { code, stderr } = await run({ preprocess: { scale: 1 } });
    expect(stderr).toMatch(
      /on 12 clean images the model has mAP \d\.\d as it is fed \(letterbox, RGB, pixel × 1\), but \d\d\.\d with letterbox, RGB, pixel × 1\/255/,
    );
    expect(stderr).toMatch(/fix: predictor\.preprocess: \{.*scale: 0\.00392156862745098/);
    expect(code).toBe(2);
  });

  it('is told when its classes are in another order', async () => {
    const [first, ...others] = names;
    const { code, stderr } = await run({ names: [...others, first] });
    expect(stderr).toMatch(
      /the boxes are right .* but the classes are not .*: Hardhat is called NO-Hardhat/,
    );
    expect(stderr).toMatch(/fix: put predictor\.names in the model’s order/);
    expect(code).toBe(2);
  });
});

describe('a model that is only bad', () => {
  it('goes on to its run, whatever it calls the classes that it lacks', async () => {
    // Everything that it finds is a person, as a model of persons alone would say.
    const { code, stderr } = await run({
      names: names.map((name, index) => (name === 'Person' ? name : `other ${index}`)),
      classes: { 'other 0': 'Person', 'other 4': 'Person', 'other 5': 'Person' },
    });
    expect(stderr).not.toMatch(/fix:/);
    expect(code).toBe(0);
  });
});
