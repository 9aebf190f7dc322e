import type { Size } from '../image/image.ts';
import type { Preprocess } from '../predict/predictor.ts';

const PLAIN = { mean: [0, 0, 0], std: [1, 1, 1] } as const;
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** How pixels are scaled by one framework or another. */
const SCALES = [
  { scale: 1 / 255, ...PLAIN },
  { scale: 1, ...PLAIN },
  { scale: 1 / 255, ...IMAGENET },
] as const;

/**
 * Settings to try, step by step: colours with scales, then the resizing, which makes no difference to images that are
 * square.
 */
export function preprocessVariants(images: readonly Size[]): Partial<Preprocess>[][] {
  const pixels = (['rgb', 'bgr'] as const).flatMap((color) =>
    SCALES.map((scale) => ({ color, ...scale })),
  );
  const square = images.every(({ width, height }) => width === height);
  const resizes = square ? [] : (['letterbox', 'letterbox-top-left', 'stretch'] as const);
  return [pixels, resizes.map((resize) => ({ resize }))];
}

/** `letterbox, RGB, pixel × 1/255`, and mean and deviation where there are any. */
export function preprocessWords({ resize, color, scale, mean, std }: Preprocess): string {
  const factor = Math.abs(scale * 255 - 1) < 1e-9 ? '1/255' : String(scale);
  const none = mean.every((value) => value === 0) && std.every((value) => value === 1);
  const normal = none ? '' : `, minus ${mean.join(', ')}, divided by ${std.join(', ')}`;
  return `${resize}, ${color.toUpperCase()}, pixel × ${factor}${normal}`;
}
