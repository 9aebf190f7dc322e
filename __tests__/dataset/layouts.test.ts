import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { type DatasetOptions, readDataset } from '../../src/dataset/read.ts';
import { ConfigSchema } from '../../src/config/schema.ts';
import { contextOf } from '../helpers/context.ts';
import { jpeg } from '../helpers/dataset.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { cocoScene, vocScene } from '../helpers/formats.ts';
import { folderOf } from '../helpers/tmp.ts';

type Files = Record<string, string | Uint8Array>;

async function read(dataset: Record<string, unknown>, files: Files): Promise<Dataset> {
  const folder = await folderOf(files);
  const predictor = { kind: 'onnx', model: 'm.onnx' };
  const options: DatasetOptions = ConfigSchema.parse({ version: 1, dataset, predictor }).dataset;
  return readDataset(options, contextOf(folder, dirname(folder)));
}

const refusal = (dataset: Record<string, unknown>, files: Files): Promise<string> =>
  gateErrorOf(() => read(dataset, files));

/** Corners of all objects, rounded. */
const boxesOf = ({ samples }: Dataset): number[][] =>
  samples.map(({ groundTruth }) => [...groundTruth.boxes].map((value) => Math.round(value)));

const yolo = { format: 'yolo', path: 'data.yaml' };
const box = '0 0.5 0.5 0.25 0.5';
const inPixels = [24, 12, 40, 36];
const yaml = 'val: images/val\nnames: [Person, Hardhat]\n';

const one = async (label: string, data = yaml, more: Files = {}): Promise<Files> => ({
  'data.yaml': data,
  'images/val/a.jpg': await jpeg(0),
  'labels/val/a.txt': label,
  ...more,
});

describe('a YOLO data set', () => {
  it.each([
    ['three numbers each', '[4, 3]', '0.1 0.1 2 '.repeat(4)],
    // As many numbers as a polygon may have.
    ['three numbers each, none visible', '[4, 3]', '0.1 0.1 0 '.repeat(4)],
    ['two numbers each', '[5, 2]', '0.1 0.1 '.repeat(5)],
  ])('of poses counts by its boxes: %s', async (_, shape, keypoints) => {
    const dataset = await read(
      yolo,
      await one(`${box} ${keypoints}`, `${yaml}kpt_shape: ${shape}\n`),
    );
    expect(boxesOf(dataset)).toEqual([inPixels]);
    expect(dataset.samples[0]?.polygons).toEqual([null]);
    expect(dataset.notes.join()).toMatch(/Keypoints of the labels do not count/);
  });

  it('of poses refuses a row of another number of keypoints', async () => {
    const row = `${box} ${'0.1 0.1 2 '.repeat(17)}`;
    expect(await refusal(yolo, await one(row, `${yaml}kpt_shape: [4, 3]\n`))).toMatch(
      /a\.txt:1\n {2}56 fields: neither a box \(5\) nor one with keypoints \(17\)/,
    );
  });

  it.each([
    ['a path of another machine', 'path: /home/someone/datasets/site\n'],
    ['a path in Ultralytics’ folder of data sets', 'path: ../datasets/site\n'],
    ['an empty path', 'path:\n'],
    ['no path', ''],
  ])('is found beside its data.yaml with %s', async (_, path) => {
    expect(boxesOf(await read(yolo, await one(box, path + yaml)))).toEqual([inPixels]);
  });

  it.each([
    ['dev', 'dev'],
    ['validation', 'valid'],
    ['valid', 'val'],
  ])('has a split of the key %s', async (key, split) => {
    const data = `${key}: images/val\nnames: [Person]\n`;
    expect(boxesOf(await read({ ...yolo, split }, await one(box, data)))).toEqual([inPixels]);
  });

  it.each([
    ['val.txt', './images/val/a.jpg\r\n\r\n'],
    ['lists/val.txt', '../images/val/a.jpg\n'],
    ['lists/val.txt', 'images/val/a.jpg\n'],
  ])('reads the list %s of %j', async (list, text) => {
    const files = await one(box, `val: ${list}\nnames: [Person]\n`, { [list]: text });
    expect(boxesOf(await read(yolo, files))).toEqual([inPixels]);
  });

  it.each<[string, Files, RegExp]>([
    [
      'an image of its list that is not there',
      { 'data.yaml': 'val: v.txt\nnames: [P]\n', 'v.txt': 'images/val/a.jpg\nimages/val/z.jpg' },
      /image is not there: .*z\.jpg\n {2}fix: get the whole data set/,
    ],
    [
      'labels beside some of the images',
      { 'images/val/b.jpg': 'b', 'images/val/b.txt': box },
      /images\/val\/b\.txt\n {2}the labels of .*b\.jpg are at another place\n.*move them there/,
    ],
    [
      'labels of Pascal VOC',
      { 'images/val/b.jpg': 'b', 'labels/val/b.xml': '<annotation/>' },
      /b\.xml\n {2}the labels of .*b\.jpg are of another format\n {2}fix: expected .*b\.txt/,
    ],
    [
      'an image that Git LFS did not pull',
      { 'images/val/b.jpg': 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n' },
      /b\.jpg\n {2}the image is only a Git LFS pointer.*\n {2}fix: run `git lfs pull`/,
    ],
    [
      'a path that is none',
      { 'data.yaml': `path: 3\n${yaml}` },
      /data\.yaml {2}path\n {2}must be a path/,
    ],
  ])('names %s', async (_, more, problem) => {
    expect(await refusal(yolo, await one(box, yaml, more))).toMatch(problem);
  });

  it('says which file is meant where its folder is named', async () => {
    expect(await refusal({ ...yolo, path: '.' }, await one(box))).toMatch(
      /dataset\.path is a folder: \.\n {2}fix: set it to data\.yaml/,
    );
    expect(await refusal({ ...yolo, path: 'valid' }, await cocoScene())).toMatch(
      /is a folder: valid\n.*_annotations\.coco\.json is there: COCO labels/,
    );
  });
});

const annotation = { image_id: 1, category_id: 1, bbox: [1, 1, 10, 10], area: 80, iscrowd: 0 };
const cocoOf = async (changed: object): Promise<Files> => ({
  'a.json': JSON.stringify({
    images: [{ id: 1, file_name: 'a.jpg', width: 64, height: 48 }],
    categories: [{ id: 1, name: 'Person' }],
    annotations: [{ ...annotation, ...changed }],
  }),
  'a.jpg': await jpeg(0),
});

describe('a COCO data set', () => {
  it.each<[object, RegExp]>([
    [{ iscrowd: 2 }, /a\.json {2}annotations\.0\.iscrowd\n {2}must be 0 or 1/],
    [{ area: -1 }, /annotations\.0\.area\n {2}must be 0 or more/],
    [{ bbox: null }, /annotations\.0\.bbox\n {2}must be \[x, y, width, height\]/],
    [{ bbox: [1, 1, 100, 9] }, /a\.json.*annotations\[0\]\n {2}box 1, 1, 101, 10 leaves the image/],
  ])('says in words what is wrong with %j', async (changed, problem) => {
    expect(await refusal({ format: 'coco', path: 'a.json' }, await cocoOf(changed))).toMatch(
      problem,
    );
  });

  it('is not what a model has found', async () => {
    const files = { ...(await cocoOf({})), 'a.json': '[{"image_id": 1}]' };
    expect(await refusal({ format: 'coco', path: 'a.json' }, files)).toMatch(
      /a list: those are detections.*\n.*detections-file/,
    );
  });

  it('says which path is meant where the folder of a split is named', async () => {
    expect(await refusal({ format: 'coco', path: 'valid' }, await cocoScene())).toMatch(
      /fix: set dataset\.path to the _annotations\.coco\.json in it, or to the folder above/,
    );
  });
});

describe('a Pascal VOC data set', () => {
  const voc = { format: 'pascal-voc', path: '.' };

  it('says which path is meant where the folder of a split is named', async () => {
    expect(await refusal({ ...voc, path: 'valid' }, await vocScene())).toMatch(
      /fix: .*set dataset\.path to the folder above, and dataset\.split: valid/,
    );
  });

  it('says which folders there are where the split is not', async () => {
    expect(await refusal({ ...voc, split: 'test' }, await vocScene())).toMatch(
      /no split "test".*\n {2}fix: .*\(folders: valid\)/,
    );
  });

  it('names labels of another format where an image’s own are missing', async () => {
    const files = Object.entries(await vocScene());
    const [first = ''] = files.map(([name]) => name).filter((name) => name.endsWith('.xml'));
    const other = files.map(([name, content]) =>
      name === first ? ([name.replace('.xml', '.txt'), box] as const) : ([name, content] as const),
    );
    expect(await refusal(voc, Object.fromEntries(other))).toMatch(
      /\.txt\n {2}the labels of .* are of another format\n {2}fix: expected .*\.xml/,
    );
  });
});
