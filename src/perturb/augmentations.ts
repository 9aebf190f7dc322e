/** One of Roboflow's training augmentations and what in a suite comes nearest to it. */
interface Augmentation {
  /** As Roboflow names it. */
  readonly name: string;
  /** What it does unless told otherwise. */
  readonly range: string;
  /**
   * How sure the range is. `documentation`: it shows the control's own value; `exports`: the value most often found in
   * some 90 README.roboflow.txt, older defaults apart; `example`: what the documentation's picture was made with.
   */
  readonly evidence: 'documentation' | 'exports' | 'example' | 'unconfirmed';
  /** Ids of conditions; none where no camera does that. */
  readonly nearest: readonly string[];
  /** How the two compare. */
  readonly comparison: string;
}

/**
 * Roboflow's augmentations, in its own order.
 *
 * @see https://docs.roboflow.com/datasets/versions/dataset-versions/image-augmentation/augmentation-types
 */
export const augmentations: readonly Augmentation[] = [
  {
    name: 'Flip',
    range: 'horizontal or vertical, half of the images each',
    evidence: 'exports',
    nearest: ['horizontal_flip', 'vertical_flip'],
    comparison: 'the same, all images',
  },
  {
    name: '90° Rotate',
    range: 'clockwise, counter-clockwise, upside down',
    evidence: 'exports',
    nearest: ['rotate_90'],
    comparison: 'clockwise only',
  },
  {
    name: 'Crop',
    range: '0 to 20 %',
    evidence: 'exports',
    nearest: ['crop/3'],
    comparison: 'the far end: 80 % of width and height are kept, and enlarged',
  },
  {
    name: 'Rotation',
    range: '±15°',
    evidence: 'exports',
    nearest: ['rotation/3'],
    comparison: 'the far end: 15°, one way or the other',
  },
  {
    name: 'Shear',
    range: '±10° across and down',
    evidence: 'exports',
    nearest: ['shear/3'],
    comparison: 'the far end: 10° both ways',
  },
  {
    name: 'Grayscale',
    range: 'a part of the images (15 %)',
    evidence: 'unconfirmed',
    nearest: ['grayscale'],
    comparison: 'the same, all images',
  },
  {
    name: 'Hue',
    range: '±15°',
    evidence: 'example',
    nearest: ['hue/2'],
    comparison: '18°, one way or the other; 9° at severity 1',
  },
  {
    name: 'Saturation',
    range: '±25 %',
    evidence: 'documentation',
    nearest: ['saturate/1', 'saturate/3'],
    comparison: 'farther: the benchmark has -70 % and +100 % and nothing milder',
  },
  {
    name: 'Brightness',
    range: '±15 %',
    evidence: 'exports',
    nearest: ['brightness/1', 'brightness/2', 'darkness/1'],
    comparison:
      '10 and 20 % of full scale are added; darker ones are multiplied by 0.7 and not shifted',
  },
  {
    name: 'Exposure',
    range: '±10 %',
    evidence: 'exports',
    nearest: ['exposure/1'],
    comparison:
      'farther: half a stop; if Roboflow’s 10 % are a gamma of 0.9 to 1.1, mid-grey moves by a fifth of a stop',
  },
  {
    name: 'Blur',
    range: '0 to 2.5 px',
    evidence: 'example',
    nearest: ['gaussian_blur/2', 'gaussian_blur/3'],
    comparison:
      'sigma 2 and 3 px; Roboflow calls its pixels a radius here and a kernel size there, and as a kernel size they are milder than severity 1',
  },
  {
    name: 'Noise',
    range: 'salt and pepper on up to 0.1 % of pixels',
    evidence: 'unconfirmed',
    nearest: ['impulse_noise/1'],
    comparison:
      'far more: 3 % of samples, the benchmark’s mildest; exports have 0.06 to 25 %, older ones mostly 5 %, between severity 1 and 2',
  },
  {
    name: 'Cutout',
    range: '3 boxes of 10 % each',
    evidence: 'unconfirmed',
    nearest: ['cutout/1'],
    comparison:
      '3 black boxes of 10 % of width and height; the documentation’s example has 10 boxes',
  },
  {
    name: 'Mosaic',
    range: 'four images as one',
    evidence: 'unconfirmed',
    nearest: [],
    comparison:
      'no camera does that; the small and cut objects that it makes are what `scale` and `crop` test',
  },
  {
    name: 'Motion Blur',
    range: 'length 100 px',
    evidence: 'example',
    nearest: ['motion_blur/5'],
    comparison: 'shorter: the longest streak is 40 px and fades; the angle is drawn up to ±45°',
  },
  {
    name: 'Camera Gain',
    range: 'variance multiplier 0.01',
    evidence: 'example',
    nearest: ['gaussian_noise/1', 'shot_noise/1'],
    comparison:
      'a variance of 0.01 of full scale is a sigma of 0.1 (0.08 and 0.12 at severity 1 and 2) or, growing with the light, 100 photons (60 at severity 1); Roboflow does not say which',
  },
];
