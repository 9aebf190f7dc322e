import { perturbations } from './registry.ts';

/** A fixed list of perturbations, each at the same severities. */
interface Preset {
  readonly names: readonly string[];
  readonly severities: readonly number[];
}

/** The suites that a config can name. */
export const presets = {
  /** A first look: every family, the middle severity. */
  quick: {
    names: [
      'gaussian_noise',
      'gaussian_blur',
      'motion_blur',
      'brightness',
      'darkness',
      'contrast',
      'jpeg_compression',
      'rotation',
    ],
    severities: [3],
  },
  /** The default. */
  standard: {
    names: [
      'gaussian_noise',
      'impulse_noise',
      'gaussian_blur',
      'motion_blur',
      'brightness',
      'darkness',
      'contrast',
      'jpeg_compression',
      'horizontal_flip',
      'rotation',
    ],
    severities: [1, 3, 5],
  },
  /** The 15 of the published benchmark; its frost has our own texture. @see Hendrycks & Dietterich 2019 */
  'imagenet-c': {
    names: [
      'gaussian_noise',
      'shot_noise',
      'impulse_noise',
      'defocus_blur',
      'glass_blur',
      'motion_blur',
      'zoom_blur',
      'snow',
      'frost',
      'fog',
      'brightness',
      'contrast',
      'elastic_transform',
      'pixelate',
      'jpeg_compression',
    ],
    severities: [1, 2, 3, 4, 5],
  },
  /** Everything, at every severity. */
  full: { names: perturbations.map(({ name }) => name), severities: [1, 2, 3, 4, 5] },
} satisfies Record<string, Preset>;
