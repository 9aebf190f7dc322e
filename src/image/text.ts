import { loadSharp } from '../native.ts';

/** Pixels between a label's text and its edge. */
const PLATE = 3;

/** One line of text as PNG, cut to `most` pixels, on a plate or on nothing. Pango draws it: the codec refuses SVG. */
export async function drawText(
  text: string,
  color: string,
  plate: string | null,
  most: number,
): Promise<{ input: Uint8Array; width: number; height: number }> {
  const sharp = loadSharp();
  // Pango refuses what has nothing to see.
  const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text : '?';
  const escaped = visible.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const markup = `<span foreground="${color}">${escaped}</span>`;
  const ink = await sharp({ text: { text: markup, font: 'sans 10', dpi: 96, rgba: true } })
    .png()
    .toBuffer({ resolveWithObject: true });
  const width = Math.min(most, ink.info.width + 2 * PLATE);
  const height = ink.info.height + 2 * PLATE;
  const background = plate ?? { r: 0, g: 0, b: 0, alpha: 0 };
  const cut = await sharp(ink.data)
    .extract({
      left: 0,
      top: 0,
      width: Math.max(1, Math.min(ink.info.width, width - PLATE)),
      height: ink.info.height,
    })
    .png()
    .toBuffer();
  const input = await sharp({ create: { width, height, channels: 4, background } })
    .composite([{ input: cut, left: PLATE, top: PLATE }])
    .png()
    .toBuffer();
  return { input, width, height };
}
