import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { GateError, messageOf } from '../errors.ts';
import { findGate } from '../init/find.ts';
import { configText, WORKFLOW } from '../init/write.ts';
import { note } from './shared.ts';

const CONFIG = 'robustness.yml';
const WORKFLOW_FILE = join('.github', 'workflows', 'robustness.yml');

/** `init`: a config and a workflow for what lies in a folder. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('look for a data set and a model, and write robustness.yml and a workflow')
    .argument('[folder]', 'the repository', '.')
    .action(async (folder: string) => {
      const { datasets, models, weights } = await findGate(folder);
      const [dataset, ...otherDatasets] = datasets;
      const [model, ...otherModels] = models;
      if (!dataset || model === undefined) {
        throw new GateError('usage', {
          message: `found ${dataset ? 'no model (*.onnx)' : 'no data set (data.yaml, _annotations.coco.json, instances_*.json, Pascal VOC)'} in ${folder}`,
          fix: `${dataset && weights[0] !== undefined ? `export ${weights[0]} to ONNX (Ultralytics: yolo export model=${weights[0]} format=onnx)` : 'put it there'}, or write robustness.yml yourself: README, "The config"; other models: docs/predictors.md`,
        });
      }
      const files = [
        { file: CONFIG, text: configText(dataset, model) },
        { file: WORKFLOW_FILE, text: WORKFLOW },
      ];
      await refuseExisting(files.map(({ file }) => join(folder, file)));
      for (const { file, text } of files) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeNew(join(folder, file), text);
        note(`wrote ${join(folder, file)}`);
      }
      note(
        `data set: ${dataset.format}, ${dataset.path}${others(otherDatasets.map(({ path }) => path))}`,
      );
      note(`model: ${model}${others(otherModels)}`);
      note('next: robustness-gate validate');
    });
}

function others(names: readonly string[]): string {
  return names.length > 0 ? ` (there are also: ${names.slice(0, 5).join(', ')})` : '';
}

/** All or nothing: no file is written when one of them is there. */
async function refuseExisting(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) throw exists(file);
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    throw new GateError('usage', { message: `cannot write ${file}: ${messageOf(error)}` });
  });
}

function exists(file: string): GateError {
  return new GateError('usage', {
    message: `${file} is there already, nothing was written`,
    fix: 'remove it first if it is to be written anew',
  });
}
