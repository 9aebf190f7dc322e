import { brightness } from './perturbations/brightness.ts';
import { colorTemperature } from './perturbations/color-temperature.ts';
import { contrast } from './perturbations/contrast.ts';
import { crop } from './perturbations/crop.ts';
import { cutout } from './perturbations/cutout.ts';
import { darkSpots } from './perturbations/dark-spots.ts';
import { darkness } from './perturbations/darkness.ts';
import { defocusBlur } from './perturbations/defocus-blur.ts';
import { elasticTransform } from './perturbations/elastic-transform.ts';
import { exposure } from './perturbations/exposure.ts';
import { fog } from './perturbations/fog.ts';
import { frost } from './perturbations/frost.ts';
import { gaussianBlur } from './perturbations/gaussian-blur.ts';
import { gaussianNoise } from './perturbations/gaussian-noise.ts';
import { glare } from './perturbations/glare.ts';
import { glassBlur } from './perturbations/glass-blur.ts';
import { grayscale } from './perturbations/grayscale.ts';
import { horizontalFlip } from './perturbations/horizontal-flip.ts';
import { hue } from './perturbations/hue.ts';
import { impulseNoise } from './perturbations/impulse-noise.ts';
import { jpegCompression } from './perturbations/jpeg-compression.ts';
import { lensDistortion } from './perturbations/lens-distortion.ts';
import { medianBlur } from './perturbations/median-blur.ts';
import { motionBlur } from './perturbations/motion-blur.ts';
import { oilSpots } from './perturbations/oil-spots.ts';
import { packetLoss } from './perturbations/packet-loss.ts';
import { perspective } from './perturbations/perspective.ts';
import { pixelDropout } from './perturbations/pixel-dropout.ts';
import { pixelate } from './perturbations/pixelate.ts';
import { posterize } from './perturbations/posterize.ts';
import { rain } from './perturbations/rain.ts';
import { rotate90 } from './perturbations/rotate-90.ts';
import { rotation } from './perturbations/rotation.ts';
import { saturate } from './perturbations/saturate.ts';
import { scale } from './perturbations/scale.ts';
import { shadow } from './perturbations/shadow.ts';
import { shear } from './perturbations/shear.ts';
import { shotNoise } from './perturbations/shot-noise.ts';
import { snow } from './perturbations/snow.ts';
import { spatter } from './perturbations/spatter.ts';
import { speckleNoise } from './perturbations/speckle-noise.ts';
import { translation } from './perturbations/translation.ts';
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
  frost,
  fog,
  rain,
  spatter,
  brightness,
  darkness,
  contrast,
  saturate,
  hue,
  exposure,
  colorTemperature,
  shadow,
  glare,
  jpegCompression,
  pixelate,
  elasticTransform,
  grayscale,
  posterize,
  packetLoss,
  horizontalFlip,
  verticalFlip,
  rotate90,
  rotation,
  shear,
  scale,
  translation,
  crop,
  perspective,
  lensDistortion,
  cutout,
  darkSpots,
  oilSpots,
] as const;
