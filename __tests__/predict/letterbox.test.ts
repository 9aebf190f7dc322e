import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillInputPortable } from '../portable/letterbox.ts';
import { fillInput, placeImage } from '../../src/predict/letterbox.ts';
import type { Preprocess } from '../../src/predict/predictor.ts';

const plain: Preprocess = {
  resize: 'letterbox',
  color: 'rgb',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

describe('letterbox', () => {
  it('keeps the aspect and centres', () => {
    expect(
      placeImage({ width: 1280, height: 720 }, { width: 640, height: 640 }, 'letterbox'),
    ).toEqual({
      width: 640,
      height: 360,
      left: 0,
      top: 140,
    });
  });

  it('puts the image top left for YOLOX', () => {
    expect(
      placeImage({ width: 500, height: 333 }, { width: 416, height: 416 }, 'letterbox-top-left'),
    ).toEqual({ width: 416, height: 277, left: 0, top: 0 });
  });

  it('lies inside the input whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(side, side, side, side, (w, h, W, H) => {
        for (const resize of ['letterbox', 'letterbox-top-left', 'stretch'] as const) {
          const at = placeImage({ width: w, height: h }, { width: W, height: H }, resize);
          expect(at.left).toBeGreaterThanOrEqual(0);
          expect(at.top).toBeGreaterThanOrEqual(0);
          expect(at.left + at.width).toBeLessThanOrEqual(W);
          expect(at.top + at.height).toBeLessThanOrEqual(H);
        }
      }),
    );
  });

  it('fills the border with 114 and the planes in the model’s channel order', () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };
    const input = { width: 2, height: 3 };
    const target = new Float32Array(18);
    const place = placeImage(image, input, 'letterbox');
    fillInput(image, input, place, plain, target);
    expect([...target]).toEqual([
      114, 114, 10, 40, 114, 114, 114, 114, 20, 50, 114, 114, 114, 114, 30, 60, 114, 114,
    ]);
    fillInput(image, input, place, { ...plain, color: 'bgr' }, target);
    expect([...target.subarray(0, 6)]).toEqual([114, 114, 30, 60, 114, 114]);
  });

  it('scales, then takes the mean, then divides by the deviation', () => {
    const image = { width: 1, height: 1, data: Uint8Array.of(255, 0, 51) };
    const target = new Float32Array(3);
    const preprocess: Preprocess = {
      ...plain,
      scale: 1 / 255,
      mean: [0.5, 0.5, 0.2],
      std: [0.5, 0.25, 1],
    };
    const input = { width: 1, height: 1 };
    fillInput(image, input, placeImage(image, input, 'stretch'), preprocess, target);
    expect([...target].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, -2, 0]);
  });

  it('halves an image as OpenCV’s bilinear does: the mean of four pixels', () => {
    const data = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => (i * 37) % 256);
    const image = { width: 4, height: 4, data };
    const input = { width: 2, height: 2 };
    const target = new Float32Array(12);
    fillInput(image, input, placeImage(image, input, 'stretch'), plain, target);
    const mean = (x: number, y: number): number =>
      (data[(y * 4 + x) * 3]! +
        data[(y * 4 + x + 1) * 3]! +
        data[((y + 1) * 4 + x) * 3]! +
        data[((y + 1) * 4 + x + 1) * 3]!) /
      4;
    expect(target[0]).toBeCloseTo(mean(0, 0), -0.3);
    expect(target[3]).toBeCloseTo(mean(2, 2), -0.3);
  });

  it('has the same bits in WebAssembly as in plain JavaScript', () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 60 }),
      height: fc.integer({ min: 1, max: 60 }),
    });
    const resize = fc.constantFrom('letterbox', 'letterbox-top-left', 'stretch');
    const color = fc.constantFrom('rgb', 'bgr');
    fc.assert(
      fc.property(size, fc.option(size), resize, color, fc.nat(), (from, to, how, order, seed) => {
        const input = to ?? from;
        const data = Uint8Array.from(
          { length: from.width * from.height * 3 },
          (_, i) => (i * i * 31 + seed) % 256,
        );
        const image = { ...from, data };
        const preprocess: Preprocess = {
          resize: how,
          color: order,
          scale: 1 / 255,
          mean: [0.485, 0.456, 0.406],
          std: [0.229, 0.224, 0.225],
        };
        const place = placeImage(image, input, how);
        const [target, twin] = [0, 1].map(() => new Float32Array(3 * input.width * input.height));
        fillInput(image, input, place, preprocess, target!);
        fillInputPortable(image, input, place, preprocess, twin!);
        expect(target).toEqual(twin);
      }),
    );
  });
});
