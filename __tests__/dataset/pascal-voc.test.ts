import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pascalVoc } from '../../src/dataset/formats/pascal-voc.ts';
import { parseAnnotation } from '../../src/dataset/voc/annotation.ts';
import { contextOf } from '../helpers/context.ts';
import { jpeg } from '../helpers/dataset.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { vocScene } from '../helpers/formats.ts';
import { folderOf } from '../helpers/tmp.ts';

const xml = (objects: string, database = 'The VOC2007 Database') => `<annotation>
<source><database>${database}</database></source>
<size><width>64</width><height>48</height><depth>3</depth></size>
${objects}
</annotation>
`;
const object = (name: string, box: readonly [number, number, number, number], more = '') =>
  `<object><name>${name}</name>${more}<bndbox><xmin>${box[0]}</xmin><ymin>${box[1]}</ymin><xmax>${box[2]}</xmax><ymax>${box[3]}</ymax></bndbox>
<part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part></object>`;

const read = (directory: string, split = 'valid') =>
  pascalVoc.read({ format: 'pascal-voc', path: '.', split }, contextOf(directory));

const kit = async (text: string) =>
  folderOf({
    'ImageSets/Main/val.txt': '000001\n',
    'JPEGImages/000001.jpg': await jpeg(1),
    'JPEGImages/000002.jpg': await jpeg(2),
    'Annotations/000001.xml': text,
  });

describe('a Pascal VOC data set', () => {
  it('reads the development kit: split lists, pixels from 1, difficult objects ignored, parts left alone', async () => {
    const directory = await kit(
      xml(
        object('dog', [1, 1, 32, 24]) + object('cat', [11, 11, 20, 20], '<difficult>1</difficult>'),
      ),
    );
    const { classes, samples } = await read(directory);
    expect(classes).toEqual(['cat', 'dog']);
    expect(samples.map(({ id }) => id)).toEqual(['JPEGImages/000001.jpg']);
    expect([...samples[0]!.groundTruth.boxes]).toEqual([0, 0, 32, 24, 10, 10, 20, 20]);
    expect([...samples[0]!.groundTruth.ignored]).toEqual([0, 1]);
  });

  it.each([
    [
      'a box that is no number',
      object('a', [1, Number.NaN, 3, 4]),
      /000001\.xml:\d+\n {2}the object has no <bndbox> of four numbers/,
    ],
    ['an object without a name', object('', [1, 1, 3, 4]), /the object has no <name>/],
    ['broken XML', '<object>', /000001\.xml:\d+\n {2}not well-formed XML/],
    [
      'a box outside',
      object('a', [1, 1, 90, 4]),
      /000001\.xml:4\n {2}box 0, 0, 90, 4 leaves the image/,
    ],
  ])('names file and line of %s', async (_, objects, problem) => {
    const directory = await kit(xml(objects));
    expect(await gateErrorOf(() => read(directory))).toMatch(problem);
  });

  it('does not unfold entities', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<annotation><object><name>&b;&c;</name></object></annotation>`;
    const { objects, problems } = parseAnnotation(bomb, 'a.xml');
    expect(objects).toEqual([]);
    expect(problems[0]?.message).toBe('not well-formed XML');
  });

  it('names the labels of a half export that have no image', async () => {
    const directory = await folderOf(await vocScene());
    await rm(join(directory, 'valid/1_jpg.rf.abababab1.jpg'));
    expect(await gateErrorOf(() => read(directory))).toMatch(
      /the label file has no image: valid\/1_jpg\.rf\.abababab1\.xml/,
    );
  });

  it('says which format a folder has that is not Pascal VOC', async () => {
    const directory = await folderOf({
      'valid/a.jpg': await jpeg(1),
      'valid/_annotations.coco.json': '{}',
    });
    expect(await gateErrorOf(() => read(directory))).toMatch(
      /_annotations\.coco\.json is there: COCO labels: set dataset\.format: coco/,
    );
  });

  it('names the split that is not there', async () => {
    expect(await gateErrorOf(async () => read(await kit(xml('')), 'test'))).toMatch(
      /no split "test" in .*: neither ImageSets\/Main\/test\.txt nor a folder/,
    );
  });
});
