import { exactPow } from './exact.ts';

const LIGHT = Array.from({ length: 256 }, (_, sample) => {
  const value = sample / 255;
  return value <= 0.04045 ? value / 12.92 : exactPow((value + 0.055) / 1.055, 2.4);
});

/** Light, 0 to 1, of an sRGB sample, a whole number from 0 to 255. @see IEC 61966-2-1 */
export function lightOf(sample: number): number {
  return LIGHT[sample]!;
}

/** The sRGB sample, 0 to 255, of light; over 1 is clipped. @see IEC 61966-2-1 */
export function sampleOf(light: number): number {
  if (light >= 1) return 255;
  const value = light <= 0.0031308 ? 12.92 * light : 1.055 * exactPow(light, 1 / 2.4) - 0.055;
  return value * 255;
}
