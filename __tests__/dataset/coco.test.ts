import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { coco } from '../../src/dataset/formats/coco.ts';
import { contextOf } from '../helpers/context.ts';
import { jpeg } from '../helpers/dataset.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { cocoScene } from '../helpers/formats.ts';
import { folderOf } from '../helpers/tmp.ts';

const instances = (annotations: readonly object[], more: object = {}) =>
  JSON.stringify({
    images: [{ id: 7, file_name: 'sub/a.jpg', width: 64, height: 48 }],
    categories: [
      { id: 18, name: 'dog' },
      { id: 1, name: 'person', supercategory: 'person' },
    ],
    annotations,
    ...more,
  });

const open = async (json: string, files: Record<string, string | Uint8Array> = {}) => {
  const directory = await folderOf({
    'annotations/instances_val.json': json,
    'val/sub/a.jpg': await jpeg(1),
    ...files,
  });
  return coco.read(
    {
      format: 'coco',
      path: 'annotations/instances_val.json',
      images: 'val',
      split: 'valid',
    },
    contextOf(directory),
  );
};

describe('a COCO data set', () => {
  it('orders classes by id, keeps areas, crowds and polygons, and finds images in sub-folders', async () => {
    const { classes, samples } = await open(
      instances([
        { id: 1, image_id: 7, category_id: 18, bbox: [1, 2, 10, 20], area: 77, iscrowd: 0 },
        {
          id: 2,
          image_id: 7,
          category_id: 1,
          bbox: [0, 0, 30, 30],
          area: 500,
          iscrowd: 1,
          segmentation: { counts: [1, 2], size: [48, 64] },
        },
        {
          id: 3,
          image_id: 7,
          category_id: 1,
          bbox: [2, 2, 10, 10],
          area: 60,
          iscrowd: 0,
          segmentation: [
            [2, 2, 12, 2, 12, 6],
            [2, 8, 6, 12, 2, 12],
          ],
        },
      ]),
    );
    expect(classes).toEqual(['person', 'dog']);
    const [sample] = samples;
    expect(sample?.id).toBe('sub/a.jpg');
    expect([...(sample?.groundTruth.classes ?? [])]).toEqual([1, 0, 0]);
    expect([...(sample?.groundTruth.areas ?? [])]).toEqual([77, 500, 60]);
    expect([...(sample?.groundTruth.crowd ?? [])]).toEqual([0, 1, 0]);
    expect(sample?.polygons.map((polygon) => polygon && polygon.length)).toEqual([null, null, 12]);
  });

  it('names every image of a half export that is not there', async () => {
    const directory = await folderOf(await cocoScene());
    await rm(join(directory, 'valid/1_jpg.rf.abababab1.jpg'));
    const text = await gateErrorOf(() =>
      coco.read({ format: 'coco', path: '.', split: 'valid' }, contextOf(directory)),
    );
    expect(text).toMatch(/image is not there: .*1_jpg\.rf\.abababab1\.jpg/);
  });

  it('says on which line a JSON that was cut off ends', async () => {
    const text = instances([]).replaceAll(',', ',\n').slice(0, 80);
    expect(await gateErrorOf(() => open(text))).toMatch(/instances_val\.json:\d+\n {2}not JSON/);
  });

  it.each([
    [
      'a stranger among images',
      { image_id: 8, category_id: 1 },
      /annotations\[0\]\n {2}image_id 8/,
    ],
    ['a stranger among classes', { image_id: 7, category_id: 2 }, /category_id 2 is not among/],
    [
      'a box outside',
      { image_id: 7, category_id: 1, bbox: [60, 0, 20, 5] },
      /box 60, 0, 80, 5 leaves/,
    ],
    ['no box', { image_id: 7, category_id: 1, bbox: 'x' }, /annotations\.0\.bbox/],
  ])('names the annotation with %s', async (_, annotation, problem) => {
    const json = instances([{ id: 1, bbox: [0, 0, 5, 5], ...annotation }]);
    expect(await gateErrorOf(() => open(json))).toMatch(problem);
  });

  it('refuses labels that were made for another size', async () => {
    const images = [{ id: 7, file_name: 'sub/a.jpg', width: 640, height: 480 }];
    expect(await gateErrorOf(() => open(instances([], { images })))).toMatch(
      /sub\/a\.jpg is 64 x 48, but its labels are for 640 x 480/,
    );
  });

  it('tells of images that the JSON does not list', async () => {
    const { notes } = await open(instances([]), { 'val/b.jpg': await jpeg(2) });
    expect(notes).toContain(
      '1 image in the folder that the JSON does not list is left out (first: b.jpg).',
    );
  });

  it('leaves out boxes without an area, and says so', async () => {
    const { samples, notes } = await open(
      instances([{ id: 1, image_id: 7, category_id: 1, bbox: [3, 3, 0, 9] }]),
    );
    expect(samples[0]?.groundTruth.classes).toHaveLength(0);
    expect(notes).toContain('1 label has no width or height and is left out.');
  });

  it('says which format a folder has that is not COCO', async () => {
    const directory = await folderOf({ 'data.yaml': '', 'valid/a.jpg': await jpeg(1) });
    expect(
      await gateErrorOf(() =>
        coco.read({ format: 'coco', path: '.', split: 'valid' }, contextOf(directory)),
      ),
    ).toMatch(/data\.yaml is there: a YOLO data set: set dataset\.format: yolo/);
  });

  it('refuses a file name that leaves the workspace', async () => {
    const directory = await folderOf({
      'a.json': instances([], {
        images: [{ id: 7, file_name: '../../x.jpg', width: 64, height: 48 }],
      }),
    });
    expect(
      await gateErrorOf(() =>
        coco.read(
          { format: 'coco', path: 'a.json', split: 'valid' },
          contextOf(directory, directory),
        ),
      ),
    ).toMatch(/leaves the workspace/);
  });
});
