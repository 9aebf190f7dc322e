// predictor: {kind: module, module: predict.mjs}; robustness-gate run --allow-command
// The same as predict.ts for a Node that does not read TypeScript.

export const classes = ['Person'];
export const model = 'darkest thing';

/** @param {{width: number, height: number, data: Uint8Array}[]} images RGB, 8 bits, row by row. */
export async function predict(images) {
  return images.map(({ width, data }) => {
    const light = Array.from(
      { length: data.length / 3 },
      (_, i) => data[3 * i] + data[3 * i + 1] + data[3 * i + 2],
    );
    const sorted = Uint16Array.from(light).sort();
    const limit = (sorted[0] + sorted[sorted.length - 1]) / 2;
    const dark = light.flatMap((value, i) => (value < limit ? [i] : []));
    if (dark.length === 0) return [];
    const [xs, ys] = [dark.map((i) => i % width), dark.map((i) => Math.floor(i / width))];
    const bounds = (values) => values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [1e9, 0]);
    const [[x1, x2], [y1, y2]] = [bounds(xs), bounds(ys)];
    return [{ class: 'Person', confidence: 0.9, box: [x1, y1, x2 + 1, y2 + 1] }];
  });
}
