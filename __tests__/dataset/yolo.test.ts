import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { yolo } from '../../src/dataset/formats/yolo.ts';
import { labelPathOf, parseYoloLabels } from '../../src/dataset/yolo/labels.ts';
import { dataYaml, jpeg, yoloFiles } from '../helpers/dataset.ts';
import { contextOf } from '../helpers/context.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { folderOf, temporaryDirectory } from '../helpers/tmp.ts';

const read = async (files: Record<string, string | Uint8Array>, split = 'valid', root?: string) => {
  const directory = await folderOf(files);
  return readIn(directory, split, root);
};

const readIn = async (
  directory: string,
  split: string,
  root: string | null = null,
  cacheDirectory = join(directory, '.cache'),
) =>
  yolo.read(
    { format: 'yolo', path: 'data.yaml', split },
    { ...contextOf(directory, root), cacheDirectory },
  );

describe('a YOLO data set', () => {
  it('gives boxes in pixels, classes by name, and samples ranked by content', async () => {
    const dataset = await read(await yoloFiles(3));
    expect(dataset.classes).toEqual(['Person', 'Hardhat']);
    expect(dataset.samples).toHaveLength(3);
    const [sample] = dataset.samples;
    expect(
      [...(sample?.groundTruth.boxes ?? [])].map((value) => Math.round(value * 100) / 100),
    ).toEqual([10.4, 11.4, 29.6, 30.6]);
    const digests = dataset.samples.map(({ digest }) => digest);
    expect(digests).toEqual([...digests].sort());
  });

  it('takes val and valid for one split and names as a map', async () => {
    const files = await yoloFiles(1);
    files['data.yaml'] = 'path: .\nval: images/val\nnames: {0: Person, 1: Hardhat}\n';
    expect((await read(files, 'val')).samples).toHaveLength(1);
    expect((await read(files, 'valid')).classes).toEqual(['Person', 'Hardhat']);
  });

  it("finds Roboflow's ../valid/images beside data.yaml", async () => {
    const dataset = await read({
      'data.yaml': 'train: ../train/images\nval: ../valid/images\nnc: 1\nnames: [a]\n',
      'valid/images/x_jpg.rf.1234.jpg': await jpeg(1),
      'valid/labels/x_jpg.rf.1234.txt': '0 .5 .5 .2 .2\n',
    });
    expect(dataset.samples.map(({ id, group }) => [id, group])).toEqual([
      ['valid/images/x_jpg.rf.1234.jpg', 'x_jpg'],
    ]);
  });

  it('reads a list file of images', async () => {
    const files = await yoloFiles(2);
    files['data.yaml'] = 'test: test.txt\nnames: [Person, Hardhat]\n';
    files['test.txt'] = './images/val/1.jpg\n';
    expect((await read(files, 'test')).samples.map(({ id }) => id)).toEqual(['images/val/1.jpg']);
  });

  it('keeps a polygon and takes its bounds as the box', async () => {
    const files = await yoloFiles(1);
    files['labels/val/0.txt'] = '1 0.25 0.25 0.75 0.25 0.5 0.75\n';
    const [sample] = (await read(files)).samples;
    expect([...(sample?.groundTruth.boxes ?? [])]).toEqual([16, 12, 48, 36]);
    expect([...(sample?.polygons[0] ?? [])]).toEqual([16, 12, 48, 12, 32, 36]);
  });

  it('names file and line of every label that does not parse, all at once', async () => {
    const files = await yoloFiles(2);
    files['labels/val/0.txt'] = '0 .5 .5 .2 .2\n7 .5 .5 .2 .2\n';
    files['labels/val/1.txt'] = '0 .5 .5 wide .2\n0 .5 .5\n0 .5 2.5 .2 .2\n';
    const text = await gateErrorOf(() => read(files));
    expect(text).toMatch(/labels\/val\/0\.txt:2\n {2}class 7, but data\.yaml names 2 classes/);
    expect(text).toMatch(/labels\/val\/1\.txt:1\n {2}field 4 is not a number/);
    expect(text).toMatch(/labels\/val\/1\.txt:2\n {2}3 fields: neither a box/);
    expect(text).toMatch(/labels\/val\/1\.txt:3\n {2}coordinate 2\.5 is outside the image/);
  });

  it('names every image that cannot be decoded', async () => {
    const files = await yoloFiles(4);
    files['images/val/1.jpg'] = (await jpeg(1)).slice(0, 400);
    files['images/val/2.jpg'] = 'not an image';
    const text = await gateErrorOf(() => read(files));
    expect(text).toContain('images/val/1.jpg');
    expect(text).toContain('images/val/2.jpg');
    expect(text).not.toContain('images/val/3.jpg');
  });

  it('counts an image without a label file as showing nothing, and says so', async () => {
    const files = await yoloFiles(2);
    delete files['labels/val/1.txt'];
    const dataset = await read(files);
    expect(dataset.samples.map(({ groundTruth }) => groundTruth.classes.length).sort()).toEqual([
      0, 1,
    ]);
    expect(dataset.notes.join(' ')).toMatch(/1 image has no label file .*images\/val\/1\.jpg/);
  });

  it('refuses a data set without any label file, saying where it looked', async () => {
    const text = await gateErrorOf(async () =>
      read({ 'data.yaml': dataYaml, 'images/val/a.jpg': await jpeg(1) }),
    );
    expect(text).toMatch(/none of 1 images has a label file.*labels\/val\/a\.txt/);
  });

  it('takes two files with one content for one image, and says so', async () => {
    const files = await yoloFiles(1);
    files['images/val/copy.jpg'] = await jpeg(0);
    files['labels/val/copy.txt'] = files['labels/val/0.txt'] ?? '';
    const dataset = await read(files);
    expect(dataset.samples).toHaveLength(1);
    expect(dataset.notes.join(' ')).toMatch(/repeats the bytes of another/);
  });

  it('refuses two files with one content but different labels', async () => {
    const files = await yoloFiles(1);
    files['images/val/copy.jpg'] = await jpeg(0);
    files['labels/val/copy.txt'] = '1 .5 .5 .1 .1\n';
    expect(await gateErrorOf(() => read(files))).toMatch(/same image with different labels/);
  });

  it('groups in linear time, whatever the pattern', async () => {
    const directory = await folderOf({
      'data.yaml': dataYaml,
      [`images/val/${'a'.repeat(40)}!.jpg`]: await jpeg(1),
      [`labels/val/${'a'.repeat(40)}!.txt`]: '',
    });
    const dataset = await yolo.read(
      { format: 'yolo', path: 'data.yaml', split: 'val', group: '^(a+)+\\.jpg$' },
      contextOf(directory),
    );
    expect(dataset.samples).toHaveLength(1);
  });

  it('is the same with and without what is kept of its images, damaged or not', async () => {
    const directory = await folderOf(await yoloFiles(3));
    const cache = await temporaryDirectory();
    const fresh = await readIn(directory, 'val', null, cache);
    const [name = ''] = await readdir(join(cache, 'sizes'));
    const file = join(cache, 'sizes', name);
    const kept = await readFile(file, 'utf8');
    expect(await readIn(directory, 'val', null, cache)).toEqual(fresh);
    await writeFile(file, kept.replace(/\[\d+,/g, '[7,'));
    expect(await readIn(directory, 'val', null, cache)).toEqual(fresh);
    expect(await readFile(file, 'utf8')).toBe(kept);
  });

  it('tells a broken image though its old bytes are known', async () => {
    const directory = await folderOf(await yoloFiles(2));
    const cache = await temporaryDirectory();
    await readIn(directory, 'val', null, cache);
    await writeFile(join(directory, 'images/val/1.jpg'), 'no image');
    const text = await gateErrorOf(() => readIn(directory, 'val', null, cache));
    expect(text).toMatch(/images\/val\/1\.jpg[\s\S]*cannot be decoded/);
  });

  it('does not show lines of a list file that name no image', async () => {
    const files = await yoloFiles(1);
    files['data.yaml'] = 'val: list.txt\nnames: [Person, Hardhat]\n';
    files['list.txt'] = 'images/val/0.jpg\npassword = hunter2\n';
    const text = await gateErrorOf(() => read(files));
    expect(text).toMatch(/list\.txt:2\n {2}not the path of an image/);
    expect(text).not.toMatch(/hunter2/);
  });

  it('takes a polygon of any length', () => {
    const points = Array.from({ length: 300_000 }, (_, i) => (i % 100) / 100).join(' ');
    expect(parseYoloLabels(`0 ${points}\n`, 'a.txt', 1).objects).toHaveLength(1);
  });

  it('names the splits that there are when the wanted one is not', async () => {
    const files = await yoloFiles(1);
    expect(await gateErrorOf(() => read(files, 'test'))).toMatch(
      /no split "test" \(there are: val\)/,
    );
  });

  it('refuses images outside the workspace', async () => {
    const outside = await folderOf({ 'images/x.jpg': await jpeg(3) });
    const files = await yoloFiles(1);
    files['data.yaml'] = `val: ${outside}/images\nnames: [Person, Hardhat]\n`;
    const directory = await folderOf(files);
    const text = await gateErrorOf(() => readIn(directory, 'val', directory));
    expect(text).toMatch(/leaves the workspace/);
  });

  it('does not show what a label file outside the workspace says', async () => {
    const outside = await folderOf({ environ: 'TOKEN=secret' });
    const directory = await folderOf(await yoloFiles(1));
    await rm(join(directory, 'labels/val/0.txt'));
    await symlink(join(outside, 'environ'), join(directory, 'labels/val/0.txt'));
    const text = await gateErrorOf(() => readIn(directory, 'val', directory));
    expect(text).toMatch(/the label file leaves the workspace/);
    expect(text).not.toMatch(/secret/);
  });

  it.each([
    ['nc: 3\nnames: [a, b]\nval: images/val\n', /nc is 3, but 2 names are listed/],
    ['names: [a, a]\nval: images/val\n', /two classes have one name: a/],
    ['names: {0: a, 2: b}\nval: images/val\n', /class 1 has no name/],
    ['val: [\n', /not valid YAML/],
    [
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]\n`,
      /aliases unfold into too much/,
    ],
    ['val: images/val\n', /names/],
  ])('refuses the data.yaml %j', async (text, message) => {
    const files = await yoloFiles(1);
    files['data.yaml'] = text;
    expect(await gateErrorOf(() => read(files))).toMatch(message);
  });
});

describe('a YOLO label line', () => {
  it('counts once when it stands twice, and not when it has no area', () => {
    const labels = parseYoloLabels('0 .5 .5 .1 .1\n0 .5 .5 .1 .1\n0 .5 .5 0 .1\n', 'a.txt', 1);
    expect(labels).toMatchObject({ doubles: 1, empty: 1, problems: [] });
    expect(labels.objects).toHaveLength(1);
  });

  it('lies in labels/ beside the last images/ of the path', () => {
    expect(labelPathOf('/d/images/train/images/a.b.jpg')).toBe('/d/images/train/labels/a.b.txt');
    expect(labelPathOf('/d/all/a.jpg')).toBe('/d/all/a.txt');
  });
});
