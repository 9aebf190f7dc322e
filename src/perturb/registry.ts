import { brightness } from './perturbations/brightness.ts';
import { contrast } from './perturbations/contrast.ts';
import { darkness } from './perturbations/darkness.ts';
import { defocusBlur } from './perturbations/defocus-blur.ts';
import { elasticTransform } from './perturbations/elastic-transform.ts';
import { fog } from './perturbations/fog.ts';
import { gaussianBlur } from './perturbations/gaussian-blur.ts';
import { gaussianNoise } from './perturbations/gaussian-noise.ts';
import { glassBlur } from './perturbations/glass-blur.ts';
import { grayscale } from './perturbations/grayscale.ts';
import { horizontalFlip } from './perturbations/horizontal-flip.ts';
import { hue } from './perturbations/hue.ts';
import { impulseNoise } from './perturbations/impulse-noise.ts';
import { jpegCompression } from './perturbations/jpeg-compression.ts';
import { medianBlur } from './perturbations/median-blur.ts';
import { motionBlur } from './perturbations/motion-blur.ts';
import { pixelDropout } from './perturbations/pixel-dropout.ts';
import { pixelate } from './perturbations/pixelate.ts';
import { posterize } from './perturbations/posterize.ts';
import { rotate90 } from './perturbations/rotate-90.ts';
import { rotation } from './perturbations/rotation.ts';
import { saturate } from './perturbations/saturate.ts';
import { shotNoise } from './perturbations/shot-noise.ts';
import { snow } from './perturbations/snow.ts';
import { speckleNoise } from './perturbations/speckle-noise.ts';
import { verticalFlip } from './perturbations/vertical-flip.ts';
import { zoomBlur } from './perturbations/zoom-blur.ts';

/** Every perturbation, family by family: the order of a suite. */
export const perturbations = [
  gaussianNoise,
  shotNoise,
  impulseNoise,
  speckleNoise,
  pixelDropout,
  gaussianBlur,
  defocusBlur,
  motionBlur,
  zoomBlur,
  glassBlur,
  medianBlur,
  snow,
  fog,
  brightness,
  darkness,
  contrast,
  saturate,
  hue,
  jpegCompression,
  pixelate,
  elasticTransform,
  grayscale,
  posterize,
  horizontalFlip,
  verticalFlip,
  rotate90,
  rotation,
] as const;
