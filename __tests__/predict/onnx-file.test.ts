import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseNames, readOnnxFile } from '../../src/predict/onnx/file.ts';
import { constantModel } from '../helpers/onnx.ts';

describe('the metadata of an ONNX file', () => {
  it('gives names and image size as Ultralytics writes them', () => {
    const bytes = constantModel({
      input: [1, 3, 8, 8],
      outputs: [{ name: 'o', dims: [1], values: [0] }],
      metadata: { names: `{0: 'NO-Hardhat', 1: "driver's seat"}`, imgsz: '[320, 416]' },
    });
    expect(readOnnxFile(bytes)).toEqual({
      names: ['NO-Hardhat', "driver's seat"],
      imageSize: { width: 416, height: 320 },
      task: null,
      endToEnd: false,
      externalData: false,
    });
  });

  it.each([
    [
      { task: 'segment', end2end: 'True' },
      { task: 'segment', endToEnd: true },
    ],
    [{ args: "{'batch': 1, 'nms': True}" }, { endToEnd: true }],
    [{ args: "{'batch': 1, 'nms': False}", end2end: 'False' }, { endToEnd: false }],
  ])('tells from %j whether boxes are final', (metadata, expected) => {
    const bytes = constantModel({
      input: [1, 3, 8, 8],
      outputs: [{ name: 'o', dims: [1], values: [0] }],
      metadata,
    });
    expect(readOnnxFile(bytes)).toMatchObject(expected);
  });

  it.each([
    [`['a', 'b']`, ['a', 'b']],
    [`{"0": "a", "1": "b"}`, ['a', 'b']],
    [`{0: 'it\\'s', 1: 'b, c: 2'}`, ["it's", 'b, c: 2']],
    [`{1: 'a'}`, null],
    [`{0: 'a', 2: 'b'}`, null],
    ['nonsense', null],
    ['', null],
  ])('reads %j as %j', (text, names) => {
    expect(parseNames(text)).toEqual(names);
  });

  it('takes arbitrary bytes for no model, and never crashes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const file = readOnnxFile(bytes);
        expect(file === null || typeof file.externalData === 'boolean').toBe(true);
      }),
    );
  });
});
