import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Coarse enough that another machine's letters look the same, fine enough that a lost chart or a wrong ground does not. */
const WIDTH = 40;
const HEIGHT = 30;

/**
 * How far a picture is from the one that is kept under a name: the mean difference of a 40 x 30 reduction, 0 to 1.
 * Writes the picture where there is none, or where UPDATE_PICTURES is set.
 *
 * @param picture PNG.
 */
export async function differenceFrom(name: string, picture: Uint8Array): Promise<number> {
  const file = new URL(`../fixtures/pictures/${name}.png`, import.meta.url);
  const small = sharp(picture).resize(WIDTH, HEIGHT, { fit: 'fill' }).removeAlpha();
  const kept = await readFile(file).catch(() => null);
  if (kept === null || process.env['UPDATE_PICTURES']) {
    await mkdir(new URL('.', file), { recursive: true });
    await small.clone().png().toFile(fileURLToPath(file));
    return 0;
  }
  const [now, before] = [
    await small.raw().toBuffer(),
    await sharp(kept).removeAlpha().raw().toBuffer(),
  ];
  const sum = now.reduce((total, value, i) => total + Math.abs(value - (before[i] ?? 0)), 0);
  return sum / (255 * now.length);
}
