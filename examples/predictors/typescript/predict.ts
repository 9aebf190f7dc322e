// predictor: {kind: module, module: predict.ts}; robustness-gate run --allow-command (Node 22.18 or later)

interface Image {
  readonly width: number;
  readonly height: number;
  /** RGB, 8 bits, row by row. */
  readonly data: Uint8Array;
}

interface Found {
  readonly class: string;
  readonly confidence: number;
  /** Pixels of the image. */
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number];
}

export const classes = ['Person'];
export const model = 'darkest thing';

/** Finds the darkest thing in each picture: put your own model here. */
export async function predict(images: readonly Image[]): Promise<Found[][]> {
  return images.map(darkest);
}

function darkest({ width, height, data }: Image): Found[] {
  const light = (x: number, y: number): number => {
    const at = 3 * (y * width + x);
    return data[at]! + data[at + 1]! + data[at + 2]!;
  };
  let [least, most] = [765, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      least = Math.min(least, light(x, y));
      most = Math.max(most, light(x, y));
    }
  }
  let [x1, y1, x2, y2] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (light(x, y) >= (least + most) / 2) continue;
      [x1, y1] = [Math.min(x1, x), Math.min(y1, y)];
      [x2, y2] = [Math.max(x2, x + 1), Math.max(y2, y + 1)];
    }
  }
  return x2 > x1 ? [{ class: 'Person', confidence: 0.9, box: [x1, y1, x2, y2] }] : [];
}
