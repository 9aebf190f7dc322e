import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { decodeImage } from '../src/image/codec.ts';
import { drawPanels } from '../src/image/panels.ts';
import { type CliResult, runCli } from './helpers/bundle.ts';
import { jpeg } from './helpers/dataset.ts';
import { configOf, projectFolder } from './helpers/project.ts';

let folder = '';

beforeAll(async () => {
  folder = await projectFolder({
    'robustness.yml': configOf('brightness, horizontal_flip, rotate_90'),
  });
  await runCli(['run', '--quiet', '--out', 'r'], folder);
});

const explain = (...args: string[]): Promise<CliResult> =>
  runCli(['explain', 'r', ...args], folder);

describe('robustness-gate explain', () => {
  it('tells in words what was lost and where, without the images', async () => {
    const args = ['--image', '1.jpg', '--condition', 'horizontal_flip', '-c', 'none.yml'];
    const { code, stdout } = await explain(...args);
    expect(code).toBe(0);
    expect(stdout).toBe(`images/val/1.jpg under horizontal flip

candidate m.onnx, at confidence 0.900
  original: 1 found
  changed:  1 lost, 1 spurious
    lost Person, from (34, 11) to (54, 31)
    spurious Person 0.90, from (11, 12) to (30, 31)
`);
  });

  it('draws the changed image beside the original, the same every time', async () => {
    const args = ['--image', '1.jpg', '--condition', 'rotate_90', '--baseline', 'r', '-o'];
    const { code, stderr, stdout } = await explain(...args, 'a.png');
    expect(stderr).toBe('picture: a.png\n');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^baseline m\.onnx/m);
    await explain(...args, 'b.png');
    const bytes = await readFile(join(folder, 'a.png'));
    expect(bytes.equals(await readFile(join(folder, 'b.png')))).toBe(true);
    // 64 x 48 ten times enlarged, and twice 48 x 64, with margins.
    expect((await sharp(bytes).metadata()).width).toBe(640 + 480 + 480 + 4 * 16);
  });

  it.each([
    [
      'an image',
      ['--image', '9.jpg', '--condition', 'clean'],
      /no image "9\.jpg"\n {2}fix: did you mean "\d\.jpg"\?/,
    ],
    [
      'a condition',
      ['--image', '1.jpg', '--condition', 'brigtness/1'],
      /no condition "brigtness\/1"\n {2}fix: did you mean "brightness\/1"\?/,
    ],
    [
      'a severity',
      ['--image', '1.jpg', '--condition', 'brightness/5'],
      /fix: it has brightness\/1$/m,
    ],
  ])('names the nearest of %s that the run does not have', async (_, args, message) => {
    const { code, stderr, stdout } = await explain(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('draws no image whose content is not what the run saw', async () => {
    const file = join(folder, 'images/val/2.jpg');
    const before = await readFile(file);
    await writeFile(file, await jpeg(77));
    const { code, stderr } = await explain(
      '--image',
      '2.jpg',
      '--condition',
      'clean',
      '-o',
      'x.png',
    );
    await writeFile(file, before);
    expect(stderr).toMatch(
      /images\/val\/2\.jpg is not the file that r saw: its content has changed/,
    );
    expect(code).toBe(2);
  });
});

describe('pictures side by side', () => {
  const style = { color: '#ff9d3c', width: 4, dash: null };
  const image = { width: 640, height: 100, data: new Uint8Array(640 * 100 * 3).fill(90) };

  it('show each box by its edge', async () => {
    const boxes = [{ box: [100, 20, 300, 80] as const, style, label: null }];
    const sheet = await decodeImage(await drawPanels([{ title: 't', image, boxes }], []));
    const at = (x: number, y: number): number[] => {
      const start = 3 * ((y + 34) * sheet.width + x + 16);
      return [...sheet.data.subarray(start, start + 3)];
    };
    expect(at(200, 20)).toEqual([255, 157, 60]);
    expect(at(100, 50)).toEqual([255, 157, 60]);
    expect(at(200, 50)).toEqual([90, 90, 90]);
  });

  it('take names with markup, marks and no letters at all as text', async () => {
    const boxes = ['<b>&amp;"\'', '\u202egnp', '🚧', '', ' '].map((label) => ({
      box: [0, 0, 5000, 5000] as const,
      style,
      label,
    }));
    const sheet = await drawPanels([{ title: '</span><i>', image, boxes }], []);
    expect((await sharp(sheet).metadata()).width).toBe(640 + 32);
  });
});
