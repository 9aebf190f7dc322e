import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/** Scenes of a pool, and what they are drawn by: others than the demo's. */
const SCENES = { n: '2000', seed: '4242' };

/**
 * Draws the demo's scenes and runs some of its models on all of them, `quick` suite. What is there already is kept.
 *
 * @param root   Of the repository.
 * @param folder Gets a run directory for each model.
 * @param models Names of the demo's models.
 * @throws Error when a program fails.
 */
export async function makePools(
  root: string,
  folder: string,
  models: readonly string[],
): Promise<void> {
  const demo = join(root, 'examples/construction-site');
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'data.yaml'))) {
    const { n, seed } = SCENES;
    const drawn = ['--out', data, '--split', 'test', '--n', n, '--seed', seed];
    await run([join(demo, 'generate.mjs'), ...drawn]);
  }
  await mkdir(join(data, 'models'), { recursive: true });
  for (const model of models) {
    const config = parseDocument(await readFile(join(demo, 'robustness.yml'), 'utf8'));
    config.setIn(['predictor', 'model'], `models/${model}.onnx`);
    config.set('suite', { preset: 'quick' });
    await copyFile(join(demo, `models/${model}.onnx`), join(data, `models/${model}.onnx`));
    await writeFile(join(data, `${model}.yml`), config.toString());
    const places = ['--cache', join(folder, 'cache'), '--out', join(folder, model)];
    const cli = join(root, 'node_modules/.cache/robustness-gate/cli.js');
    await run([cli, 'run', '-c', join(data, `${model}.yml`), ...places]);
  }
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...args], { stdio: 'inherit' });
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`${args[0]} ended with code ${child.exitCode}`);
}
