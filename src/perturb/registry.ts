import { brightness } from './perturbations/brightness.ts';
import { contrast } from './perturbations/contrast.ts';
import { darkness } from './perturbations/darkness.ts';
import { gaussianBlur } from './perturbations/gaussian-blur.ts';
import { gaussianNoise } from './perturbations/gaussian-noise.ts';
import { horizontalFlip } from './perturbations/horizontal-flip.ts';
import { impulseNoise } from './perturbations/impulse-noise.ts';
import { jpegCompression } from './perturbations/jpeg-compression.ts';
import { motionBlur } from './perturbations/motion-blur.ts';
import { rotation } from './perturbations/rotation.ts';

/** Every perturbation, family by family: the order of a suite. */
export const perturbations = [
  gaussianNoise,
  impulseNoise,
  gaussianBlur,
  motionBlur,
  brightness,
  darkness,
  contrast,
  jpegCompression,
  horizontalFlip,
  rotation,
] as const;
