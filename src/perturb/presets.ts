import { perturbations } from './registry.ts';

/** A fixed list of perturbations, each at the same severities. */
interface Preset {
  readonly names: readonly string[];
  readonly severities: readonly number[];
}

/** The suites that a config can name. */
export const presets = {
  /** A first look: every family at the middle severity. */
  quick: {
    names: [
      'gaussian_noise',
      'motion_blur',
      'fog',
      'brightness',
      'darkness',
      'jpeg_compression',
      'rotation',
      'cutout',
    ],
    severities: [3],
  },
  /** The default: every family, what cameras meet most and what says something of its own (docs/presets.md). */
  standard: {
    names: [
      'gaussian_noise',
      'shot_noise',
      'impulse_noise',
      'gaussian_blur',
      'motion_blur',
      'zoom_blur',
      'snow',
      'fog',
      'rain',
      'brightness',
      'darkness',
      'contrast',
      'shadow',
      'jpeg_compression',
      'packet_loss',
      'horizontal_flip',
      'rotation',
      'scale',
      'perspective',
      'cutout',
      'dark_spots',
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
