import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import type { DetectionTable, TruthTable } from '../../src/boxes/labels.ts';
import type { FailureExample } from '../../src/compare/comparison.ts';
import { decodeImage } from '../../src/image/codec.ts';
import type { Image } from '../../src/image/image.ts';
import { drawFailures } from '../../src/report/pictures.ts';
import { makeManifest } from './fixtures.ts';

const example: FailureExample = {
  image: 1,
  imageId: 'b.jpg',
  condition: 'darkness/3',
  objects: [0],
  classes: ['Person'],
  influence: 1,
};

/** Two images; the second has two objects of class 2, at x 100 and at x 300. */
const truth: TruthTable = {
  offsets: Uint32Array.of(0, 1, 3),
  boxes: Float64Array.of(0, 0, 9, 9, 100, 100, 200, 200, 300, 100, 400, 200),
  classes: Int32Array.of(0, 2, 2),
  areas: Float64Array.of(81, 1e4, 1e4),
  crowd: new Uint8Array(3),
  ignored: new Uint8Array(3),
};

function detections(...rows: [x: number, confidence: number][]): DetectionTable {
  return {
    offsets: Uint32Array.of(0, 0, rows.length),
    boxes: Float64Array.from(rows.flatMap(([x]) => [x, 100, x + 100, 200])),
    classes: Int32Array.from(rows, () => 2),
    confidences: Float64Array.from(rows, ([, confidence]) => confidence),
  };
}

function makeRun(changed: DetectionTable): Run {
  return {
    manifest: makeManifest(),
    truth: async () => truth,
    detections: async (condition) =>
      condition === 0 ? detections([105, 0.9], [305, 0.8], [500, 0.1]) : changed,
  };
}

function grey(width: number, height: number): Image {
  return { width, height, data: new Uint8Array(width * height * 3).fill(128) };
}

const load = async (): Promise<{ original: Image; changed: Image }> => ({
  original: grey(1280, 640),
  changed: grey(1280, 640),
});

describe('pictures of failures', () => {
  it('hold what the candidate found on both images, and what it lost', async () => {
    const run = makeRun(detections([305, 0.7], [600, 0.6], [105, 0.2]));
    const [picture] = await drawFailures([example], run, load);
    const kinds = (boxes: readonly { kind: string; box: readonly number[] }[] | undefined) =>
      boxes?.map(({ kind, box }) => `${kind} ${box[0]}`);
    expect(kinds(picture?.original.boxes)).toEqual(['found 105', 'found 305']);
    expect(kinds(picture?.changed.boxes)).toEqual(['lost 100', 'found 305', 'spurious 600']);
  });

  it('are at most 640 pixels wide; the boxes keep the frame of the image', async () => {
    const [picture] = await drawFailures([example], makeRun(detections()), load);
    const image = await decodeImage(Buffer.from(picture?.changed.webp ?? '', 'base64'));
    expect([image.width, image.height]).toEqual([640, 320]);
    expect([picture?.changed.width, picture?.changed.height]).toEqual([1280, 640]);
    expect(image.data[3 * 640 * 100]).toBeGreaterThan(120);
  });

  it('are none where there are no examples', async () => {
    expect(await drawFailures([], makeRun(detections()), load)).toEqual([]);
  });
});
