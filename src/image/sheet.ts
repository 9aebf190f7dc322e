import { loadSharp } from '../native.ts';
import type { Image } from './image.ts';

/** One line of a contact sheet: a name, and pictures from left to right; null leaves a place empty. */
export interface SheetRow {
  readonly label: string;
  readonly images: readonly (Image | null)[];
}

const GAP = 6;
const LABEL_WIDTH = 150;
const HEAD = 28;

/**
 * A labelled contact sheet as PNG.
 *
 * @param rows    At least one.
 * @param columns Heading of each column.
 * @param width   Of a thumbnail, pixels; heights follow the first picture's shape, others are fitted in.
 */
export async function drawSheet(
  rows: readonly SheetRow[],
  columns: readonly string[],
  width: number,
): Promise<Uint8Array> {
  const sharp = loadSharp();
  const first = rows.flatMap(({ images }) => images).find((image) => image !== null);
  const height = first ? Math.max(1, Math.round((width * first.height) / first.width)) : width;
  const place = (column: number, row: number): { left: number; top: number } => ({
    left: LABEL_WIDTH + column * (width + GAP),
    top: HEAD + row * (height + GAP),
  });
  const thumbnails = await Promise.all(
    rows.flatMap(({ images }, row) =>
      images.map(async (image, column) => {
        if (!image) return [];
        const raw = { width: image.width, height: image.height, channels: 3 as const };
        const input = await sharp(image.data, { raw })
          .resize(width, height, { fit: 'contain', background: '#ffffff' })
          .png()
          .toBuffer();
        return [{ input, ...place(column, row) }];
      }),
    ),
  );
  const size = {
    width: LABEL_WIDTH + columns.length * (width + GAP),
    height: HEAD + rows.length * (height + GAP),
  };
  const texts = [
    ...columns.map((text, column) => label(text, place(column, 0).left, 8)),
    ...rows.map((row, i) => label(row.label, 8, place(0, i).top + Math.round(height / 2) - 8)),
  ];
  return sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
    .composite([...thumbnails.flat(), ...texts])
    .png()
    .toBuffer();
}

/** Pango draws it: the codec refuses SVG in this process. */
function label(text: string, left: number, top: number) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return { input: { text: { text: escaped, font: 'sans 10', dpi: 96, rgba: true } }, left, top };
}
