import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config/load.ts';
import { findGate } from '../../src/init/find.ts';
import { configText } from '../../src/init/write.ts';
import { runCli } from '../helpers/bundle.ts';
import { yoloFiles } from '../helpers/dataset.ts';
import { cocoScene, vocScene } from '../helpers/formats.ts';
import { constantModel } from '../helpers/onnx.ts';
import { folderOf } from '../helpers/tmp.ts';

const model = constantModel({
  input: [1, 3, 48, 64],
  metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
  outputs: [{ name: 'o', dims: [1, 6, 8], values: Array.from({ length: 48 }, () => 0) }],
});

/** Finds the Person of the scene's first image. */
const finder = constantModel({
  input: [1, 3, 48, 64],
  metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
  outputs: [{ name: 'output0', dims: [1, 6, 1], values: [20, 25, 20, 30, 0.9, 0.1] }],
});

/** The scene in COCO's own layout. */
async function cocoLayout(): Promise<Record<string, string | Uint8Array>> {
  return Object.fromEntries(
    Object.entries(await cocoScene()).map(([name, content]) => [
      name.endsWith('.json')
        ? 'annotations/instances_val2017.json'
        : name.replace('valid/', 'val2017/'),
      content,
    ]),
  );
}

async function siteYaml(): Promise<Record<string, string | Uint8Array>> {
  const { 'data.yaml': data = '', ...files } = await yoloFiles(3);
  return { ...files, 'site.yaml': data, 'compose.yaml': 'services: {}\n' };
}

const under = (folder: string, files: Record<string, string | Uint8Array>) =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]),
  );

describe('init', () => {
  it('writes a config and a workflow that work at once', async () => {
    const cwd = await folderOf({ ...under('data', await yoloFiles(3)), 'models/m.onnx': model });
    const made = await runCli(['init'], cwd);
    expect(made.stderr).toMatch(/wrote robustness\.yml[^]*next: robustness-gate validate/);
    expect(made.code).toBe(0);
    const workflow: unknown = parse(
      await readFile(join(cwd, '.github/workflows/robustness.yml'), 'utf8'),
    );
    expect(workflow).toMatchObject({ permissions: { contents: 'read', 'pull-requests': 'write' } });
    const config = join(cwd, 'robustness.yml');
    expect(parseConfig(await readFile(config, 'utf8'), config)).toMatchObject({
      dataset: { format: 'yolo', path: 'data/data.yaml' },
      predictor: { model: 'models/m.onnx' },
    });
    const again = await runCli(['init'], cwd);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/robustness\.yml is there already, nothing was written/);
  }, 30_000);

  it.each<[string, () => Promise<Record<string, string | Uint8Array>>]>([
    ['COCO as Roboflow exports it', cocoScene],
    ['COCO in its own layout', cocoLayout],
    ['Pascal VOC as Roboflow exports it', vocScene],
    ['YOLO whose file is called otherwise', siteYaml],
  ])(
    'writes what validate and run take at once: %s',
    async (_, files) => {
      const cwd = await folderOf({ ...under('data', await files()), 'best.onnx': finder });
      for (const command of [['init'], ['validate'], ['run', '--out', 'run', '--quiet']]) {
        const { code, stderr } = await runCli(command, cwd);
        expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({
          command,
          code: 0,
          stderr: '',
        });
      }
    },
    120_000,
  );

  it('says how weights become a model', async () => {
    const cwd = await folderOf({ ...(await yoloFiles(1)), 'runs/best.pt': 'x' });
    expect((await runCli(['init'], cwd)).stderr).toMatch(
      /found no model.*\n {2}fix: export runs\/best\.pt to ONNX \(Ultralytics: yolo export/,
    );
  }, 30_000);

  it.each([
    ['coco', cocoScene, { format: 'coco', path: 'data', split: 'valid' }],
    ['pascal-voc', vocScene, { format: 'pascal-voc', path: 'data', split: 'valid' }],
  ])('finds %s', async (_, files, expected) => {
    const folder = await folderOf(under('data', await files()));
    expect((await findGate(folder)).datasets).toEqual([expected]);
  });

  it('finds COCO’s own layout, and prefers what was not trained on', async () => {
    const folder = await folderOf({
      'coco/annotations/instances_train2017.json': '{}',
      'coco/annotations/instances_val2017.json': '{}',
      'coco/val2017/a.jpg': 'x',
      'weights/last.onnx': model,
      'weights/best.onnx': model,
    });
    const { datasets, models } = await findGate(folder);
    expect(datasets[0]).toEqual({
      format: 'coco',
      path: 'coco/annotations/instances_val2017.json',
      images: 'coco/val2017',
    });
    expect(models).toEqual(['weights/best.onnx', 'weights/last.onnx']);
  });

  it('quotes names that YAML would take for something else', () => {
    const text = configText({ format: 'yolo', path: 'a: b/#1.yaml', split: 'val' }, '- x.onnx');
    expect(parseConfig(text, 'robustness.yml')).toMatchObject({
      dataset: { path: 'a: b/#1.yaml' },
      predictor: { model: '- x.onnx' },
    });
  });

  it('says what it did not find', async () => {
    const { code, stderr } = await runCli(['init'], await folderOf({ 'm.onnx': model }));
    expect(code).toBe(2);
    expect(stderr).toMatch(/found no data set/);
  });
});
