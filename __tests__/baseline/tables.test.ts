import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { openTables } from '../../src/baseline/read.ts';
import { writeTables } from '../../src/baseline/write.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';

const classes = ['Person', 'NO-Hardhat'];
const images = ['b.jpg', 'a "quoted", name.jpg'].map((id, i) => ({
  id,
  digest: `${i}`.repeat(64),
  labels: 'f'.repeat(64),
  group: id,
  width: 100,
  height: 50,
}));
const keys = {
  images,
  dataset: { classes, imagesDigest: '', labelsDigest: '', groups: 2 },
  suite: {
    digest: '',
    seed: 0,
    conditions: [
      { id: 'clean' as const, kind: 'clean' as const },
      {
        id: 'rotation/1',
        kind: 'perturbed' as const,
        perturbation: 'rotation',
        family: 'geometry' as const,
        severity: 1,
        params: {},
        version: 1,
      },
    ],
  },
};

const truth = (x: number) => ({
  boxes: Float64Array.of(x, 1.1, x + 20.3, 30),
  classes: Int32Array.of(1),
  areas: Float64Array.of(20.3 * 28.9),
  crowd: Uint8Array.of(0),
  ignored: Uint8Array.of(x > 50 ? 1 : 0),
});
const found = (...rows: [number, number][]) => ({
  boxes: Float64Array.from(rows.flatMap(([, c]) => [c, c, Math.fround(c + 10.1), c + 10])),
  classes: Int32Array.from(rows, ([k]) => k),
  confidences: Float64Array.from(rows, ([, c]) => Math.fround(c)),
});

async function write(): Promise<{
  directory: string;
  files: { detections: string; truth: string };
}> {
  const directory = await temporaryDirectory();
  const files = await writeTables(directory, keys, async (rank) => ({
    truth: [truth(rank), truth(60 + rank)],
    detections: [found([1, 0.25], [0, 0.5], [1, 0.75]), found()],
  }));
  return { directory, files };
}

describe('the tables of a run', () => {
  it('are read by DuckDB, sorted by image rank, condition, class and confidence', async () => {
    const { directory } = await write();
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = async (file: string) =>
      (await connection.runAndReadAll(`select * from '${join(directory, file)}'`)).getRowObjects();
    const detections = await rows('detections.parquet');
    expect(
      detections.map((row) => [row['image'], row['condition'], row['class'], row['confidence']]),
    ).toEqual(
      images.flatMap(({ id }) => [
        [id, 'clean', 'Person', 0.5],
        [id, 'clean', 'NO-Hardhat', 0.75],
        [id, 'clean', 'NO-Hardhat', 0.25],
      ]),
    );
    expect(await rows('truth.parquet')).toHaveLength(4);
    expect((await rows('truth.parquet'))[1]).toMatchObject({
      image: 'b.jpg',
      condition: 'rotation/1',
      object: 0,
      class: 'NO-Hardhat',
      x1: 60,
      area: 20.3 * 28.9,
      crowd: false,
      ignored: true,
    });
  });

  it('come back as they were written', async () => {
    const { directory, files } = await write();
    const tables = await openTables(directory, { ...keys, files });
    const detections = await tables.detections(0);
    expect([...detections.offsets]).toEqual([0, 3, 6]);
    expect([...detections.confidences]).toEqual([0.5, 0.75, 0.25, 0.5, 0.75, 0.25]);
    expect(detections.boxes[2]).toBe(Math.fround(10.6));
    expect([...(await tables.detections(1)).offsets]).toEqual([0, 0, 0]);
    expect([...(await tables.truth(1)).ignored]).toEqual([1, 1]);
    expect((await tables.truth(0)).boxes[2]).toBe(20.3);
  });

  it('have the same bytes when written again', async () => {
    const [first, second] = [await write(), await write()];
    expect(first.files).toEqual(second.files);
    for (const file of ['detections.parquet', 'truth.parquet']) {
      expect(await readFile(join(first.directory, file))).toEqual(
        await readFile(join(second.directory, file)),
      );
    }
  });

  it('are refused by name when damaged or missing', async () => {
    const { directory, files } = await write();
    await appendFile(join(directory, 'truth.parquet'), 'x');
    expect(await gateErrorOf(() => openTables(directory, { ...keys, files }))).toMatch(
      /truth\.parquet is damaged/,
    );
    const other = await temporaryDirectory();
    expect(await gateErrorOf(() => openTables(other, { ...keys, files }))).toMatch(
      /detections\.parquet is missing/,
    );
  });

  const scored = (confidence: number) => ({
    ...found([0, 0.5]),
    confidences: Float64Array.of(confidence),
  });
  const boxed = (x: number) => ({ ...found([0, 0.5]), boxes: Float64Array.of(x, 1, 20, 20) });
  it.each([
    [
      'a score that is no number',
      scored(Number.NaN),
      /has NaN, which is no confidence from 0 to 1/,
    ],
    ['a score over 1', scored(1.5), /has 1\.5, which is no confidence from 0 to 1/],
    ['an infinite box', boxed(Infinity), /has Infinity, which is no number to count with/],
  ])('are refused for %s, image and condition named', async (_, wrong, message) => {
    const directory = await temporaryDirectory();
    const files = await writeTables(directory, keys, async (rank) => ({
      truth: [truth(rank), truth(rank)],
      detections: [found(), rank === 1 ? wrong : found()],
    }));
    const tables = await openTables(directory, { ...keys, files });
    const text = await gateErrorOf(() => tables.detections(0));
    expect(text).toMatch(message);
    expect(text).toContain('image "a \\"quoted\\", name.jpg" under "rotation/1"');
    expect(text).toContain('fix: evaluate that model again');
  });
});
