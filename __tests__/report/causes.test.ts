import { describe, expect, it } from '@jest/globals';
import { whatChanged } from '../../src/report/causes.ts';
import { makeManifest } from './fixtures.ts';

const before = makeManifest();
const other = 'f'.repeat(64);

describe('what changed between two runs', () => {
  it('is the model where its bytes are others', () => {
    expect(whatChanged(before, makeManifest({ model: { file: 'b.onnx', digest: other } }))).toEqual(
      ['The model changed: a.onnx (aaaaaaaaaaaa) → b.onnx (ffffffffffff).'],
    );
  });

  it('is the data set where images or labels are others, and the model where both are', () => {
    const dataset = { ...before.dataset, labelsDigest: other };
    expect(whatChanged(before, makeManifest({ dataset }))).toEqual([
      'The data set changed: labels.',
    ]);
    const both = makeManifest({
      dataset: { ...dataset, imagesDigest: other },
      images: before.images.slice(1),
      model: { file: 'a.onnx', digest: other },
    });
    expect(whatChanged(before, both)).toEqual([
      expect.stringContaining('The model changed'),
      'The data set changed: images (96 → 95), labels.',
    ]);
  });

  it('is what answers behind a name where detections differ and nothing else does', () => {
    const files = { ...before.files, detections: other };
    const predictor = { ...before.predictor, kind: 'roboflow' };
    const hosted = makeManifest({ predictor });
    expect(whatChanged(hosted, makeManifest({ predictor, files }))).toEqual([
      expect.stringContaining(
        'what answers behind the predictor (roboflow) changed under the same name',
      ),
    ]);
  });

  it('is the machine where only that differs', () => {
    const engine = { ...before.engine, processor: 'Intel' };
    const files = { ...before.files, detections: other };
    expect(whatChanged(before, makeManifest({ engine, files }))).toEqual([
      expect.stringContaining('The machine or the engine changed'),
    ]);
  });

  it('is nothing where all is the same', () => {
    expect(whatChanged(before, makeManifest())).toEqual([
      expect.stringContaining('Nothing changed'),
    ]);
  });
});
