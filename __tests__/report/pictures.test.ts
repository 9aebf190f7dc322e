import { describe, expect, it, jest } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import type { DetectionTable, TruthTable } from '../../src/boxes/labels.ts';
import type { FailureExample } from '../../src/compare/comparison.ts';
import { decodeImage } from '../../src/image/codec.ts';
import type { Image } from '../../src/image/image.ts';
import { drawFailures } from '../../src/report/pictures.ts';
import type { PictureBox } from '../../src/report/report.ts';
import { makeManifest } from './fixtures.ts';

const example: FailureExample = {
  kind: 'broken',
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
    manifest: makeManifest({
      images: makeManifest()
        .images.slice(0, 2)
        .map((image, rank) => ({ ...image, digest: String(rank).repeat(64) })),
    }),
    truth: async () => truth,
    detections: async (condition) =>
      condition === 0 ? detections([105, 0.9], [305, 0.8], [500, 0.1]) : changed,
  };
}

function grey(width: number, height: number): Image {
  return { width, height, data: new Uint8Array(width * height * 3).fill(128) };
}

const load = async (): Promise<{ original: Image; changed: Image }> => ({
  original: grey(800, 400),
  changed: grey(800, 400),
});

// Encoding in a busy sandbox takes its time.
jest.setTimeout(60_000);

describe('pictures of failures', () => {
  it('hold what each model makes of both images, and what it lost', async () => {
    const candidate = makeRun(detections([305, 0.7], [600, 0.6], [105, 0.2]));
    const baseline = makeRun(detections([105, 0.8], [350, 0.7]));
    const [picture] = await drawFailures([example], [baseline, candidate], load);
    const kinds = (boxes: readonly PictureBox[] | null | undefined) =>
      boxes?.map(({ kind, box }) => `${kind} ${box[0]}`);
    expect(picture?.original.models.map(kinds)).toEqual([
      ['found 105', 'found 305'],
      ['found 105', 'found 305'],
    ]);
    expect(picture?.changed.models.map(kinds)).toEqual([
      ['lost 300', 'found 105', 'moved 350'],
      ['lost 100', 'found 305', 'ghost 600'],
    ]);
    expect(kinds(picture?.changed.truth)).toEqual(['truth 100', 'truth 300']);
  });

  it('are at most 640 pixels wide; the boxes keep the frame of the image', async () => {
    const [picture] = await drawFailures([example], [makeRun(detections())], load);
    const image = await decodeImage(Buffer.from(picture?.changed.webp ?? '', 'base64'));
    expect([image.width, image.height]).toEqual([640, 320]);
    expect([picture?.changed.width, picture?.changed.height]).toEqual([800, 400]);
    expect(image.data[3 * 640 * 100]).toBeGreaterThan(120);
  });

  it('of noise are made smaller until they fit', async () => {
    const noise: Image = { width: 640, height: 640, data: new Uint8Array(640 * 640 * 3) };
    noise.data.forEach((_, i) => (noise.data[i] = (Math.imul(i + 1, 0x9e3779b1) >>> 13) & 255));
    const [picture] = await drawFailures([example], [makeRun(detections())], async () => ({
      original: grey(64, 64),
      changed: noise,
    }));
    expect(picture?.changed.webp.length).toBeLessThan(150_000);
  });

  it('leave out images that are not at hand', async () => {
    const one = async (rank: number) => (rank === 1 ? load() : null);
    const drawn = await drawFailures(
      [{ ...example, image: 0 }, example],
      [makeRun(detections())],
      one,
    );
    expect(drawn.map(({ example: { image } }) => image)).toEqual([1]);
  });

  it('find an image of another rank by its content, and say where a model never saw it', async () => {
    const candidate = makeRun(detections([305, 0.7]));
    const { images } = candidate.manifest;
    const moved = { ...candidate.manifest, images: [images[1]!, images[0]!] };
    const other = { ...candidate, manifest: { ...moved, images: [images[1]!] } };
    const [picture] = await drawFailures(
      [example],
      [{ ...candidate, manifest: { ...moved, images: [images[0]!] } }, other, candidate],
      load,
    );
    expect(picture?.changed.models.map((boxes) => boxes?.length ?? null)).toEqual([null, 1, 2]);
  });

  it('are none where there are no examples', async () => {
    expect(await drawFailures([], [makeRun(detections())], load)).toEqual([]);
  });
});
