import { loadSharp } from '../native.ts';
import type { Image } from './image.ts';
import { drawText } from './text.ts';

/** How the edge of a box is drawn. Styles differ by width and dashes, so that colour is never needed. */
export interface LineStyle {
  /** `#rrggbb`. */
  readonly color: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels drawn and left out in turn; null for a solid line. */
  readonly dash: readonly [drawn: number, left: number] | null;
}

/** A box of a panel in pixels of its image. */
export interface PanelBox {
  readonly box: readonly [number, number, number, number];
  readonly style: LineStyle;
  /** Written beside it; null for none. */
  readonly label: string | null;
}

/** A picture with its heading. */
export interface Panel {
  readonly title: string;
  readonly image: Image;
  /** Later ones lie over earlier ones; labels are placed from the last to the first. */
  readonly boxes: readonly PanelBox[];
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Input = { input: Uint8Array; left: number; top: number };

const GAP = 16;
const HEAD = 34;
const FOOT = 40;
const LEAST_WIDTH = 640;
const MOST_WIDTH = 1280;
const LEGEND_BOX = { width: 34, height: 20 };
const TEXT = '#1a1f26';

/**
 * Pictures side by side, their boxes drawn in, with a legend below: a PNG. Small pictures are enlarged by a whole
 * factor, pixel by pixel; wide ones are shrunk.
 *
 * @param panels At least one. All are drawn at the scale that suits the first.
 * @param legend What each style means.
 */
export async function drawPanels(
  panels: readonly Panel[],
  legend: readonly { style: LineStyle; meaning: string }[],
): Promise<Uint8Array> {
  const sharp = loadSharp();
  const scale = scaleOf(panels[0]?.image.width ?? LEAST_WIDTH);
  const pictures: Input[] = [];
  let left = GAP;
  let bottom = 0;
  for (const panel of panels) {
    const size = scaledSize(panel.image, scale);
    const title = await drawText(panel.title, TEXT, null, size.width);
    pictures.push({ ...title, left, top: GAP / 2 });
    pictures.push({ input: await drawPanel(panel, scale), left, top: HEAD });
    left += size.width + GAP;
    bottom = Math.max(bottom, HEAD + size.height);
  }
  const lines = await drawLegend(legend, left - GAP, bottom + GAP);
  const height = Math.max(bottom + GAP, ...lines.map(({ top }) => top + FOOT - GAP));
  return sharp({ create: { width: left, height, channels: 3, background: '#ffffff' } })
    .composite(
      [...pictures, ...lines].map((entry) => ({ ...entry, input: Buffer.from(entry.input) })),
    )
    .png()
    .toBuffer();
}

function scaleOf(width: number): number {
  return width < LEAST_WIDTH ? Math.ceil(LEAST_WIDTH / width) : Math.min(1, MOST_WIDTH / width);
}

function scaledSize({ width, height }: Image, scale: number): { width: number; height: number } {
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** One picture with its boxes and labels, as PNG. */
async function drawPanel({ image, boxes }: Panel, scale: number): Promise<Uint8Array> {
  const sharp = loadSharp();
  const { width, height } = scaledSize(image, scale);
  const raw = { width: image.width, height: image.height, channels: 3 as const };
  const data = await sharp(image.data, { raw })
    .resize(width, height, { fit: 'fill', kernel: scale > 1 ? 'nearest' : 'lanczos3' })
    .raw()
    .toBuffer();
  const canvas = { width, height, data: new Uint8Array(data) };
  const scaled = boxes.map((entry) => ({ ...entry, area: areaOf(entry.box, scale) }));
  for (const { area, style } of scaled) drawEdge(canvas, area, style);
  const labels = await placeLabels(scaled, width, height);
  return sharp(canvas.data, { raw: { width, height, channels: 3 } })
    .composite(labels.map((entry) => ({ ...entry, input: Buffer.from(entry.input) })))
    .png()
    .toBuffer();
}

function areaOf([x1, y1, x2, y2]: PanelBox['box'], scale: number): Area {
  const [left, top] = [Math.round(x1 * scale), Math.round(y1 * scale)];
  return {
    left,
    top,
    width: Math.max(1, Math.round(x2 * scale) - left),
    height: Math.max(1, Math.round(y2 * scale) - top),
  };
}

/** The edge of a box, on a dark line that is a little wider so that it is seen on any ground. */
function drawEdge(image: Image, area: Area, style: LineStyle): void {
  strokeEdge(image, area, { color: '#000000', width: style.width + 2, dash: style.dash });
  strokeEdge(image, area, style);
}

function strokeEdge(image: Image, { left, top, width, height }: Area, style: LineStyle): void {
  const half = Math.floor(style.width / 2);
  const [drawn, skipped] = style.dash ?? [Infinity, 0];
  const stroke = (x: number, y: number, long: number, level: boolean): void => {
    for (let at = 0; at < long; at += drawn + skipped) {
      const length = Math.min(drawn, long - at);
      const part = level
        ? { left: x + at, top: y - half, width: length, height: style.width }
        : { left: x - half, top: y + at, width: style.width, height: length };
      fillArea(image, part, style.color);
    }
  };
  stroke(left, top, width, true);
  stroke(left, top + height, width, true);
  stroke(left, top, height, false);
  stroke(left + width, top, height, false);
}

function fillArea(image: Image, area: Area, color: string): void {
  const value = Number.parseInt(color.slice(1), 16);
  const rgb = [value >> 16, (value >> 8) & 255, value & 255];
  const right = Math.min(image.width, area.left + area.width);
  const bottom = Math.min(image.height, area.top + area.height);
  for (let y = Math.max(0, area.top); y < bottom; y++) {
    for (let x = Math.max(0, area.left); x < right; x++) {
      image.data.set(rgb, 3 * (y * image.width + x));
    }
  }
}

/** Labels where they hide no other one: over the box, under it, inside it, else not at all. */
async function placeLabels(
  boxes: readonly (PanelBox & { area: Area })[],
  width: number,
  height: number,
): Promise<Input[]> {
  const placed: (Area & Input)[] = [];
  for (const { area, label, style } of boxes.toReversed()) {
    if (label === null) continue;
    const text = await drawText(label, '#111111', style.color, width);
    const left = Math.max(0, Math.min(area.left, width - text.width));
    const tops = [area.top - text.height, area.top + area.height, area.top + 1];
    const free = tops
      .map((top) => ({ ...text, left, top }))
      .find(
        (place) =>
          place.top >= 0 &&
          place.top + place.height <= height &&
          !placed.some((other) => overlap(place, other)),
      );
    if (free) placed.push(free);
  }
  return placed.map(({ input, left, top }) => ({ input, left, top }));
}

function overlap(a: Area, b: Area): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

async function drawLegend(
  legend: readonly { style: LineStyle; meaning: string }[],
  width: number,
  top: number,
): Promise<Input[]> {
  const inputs: Input[] = [];
  let [x, y] = [GAP, top];
  for (const { style, meaning } of legend) {
    const text = await drawText(meaning, TEXT, null, width);
    const wide = LEGEND_BOX.width + 8 + text.width;
    if (x > GAP && x + wide > width) [x, y] = [GAP, y + LEGEND_BOX.height + 12];
    inputs.push({ input: await drawKey(style), left: x, top: y });
    inputs.push({ input: text.input, left: x + LEGEND_BOX.width + 8, top: y });
    x += wide + GAP + 8;
  }
  return inputs;
}

async function drawKey(style: LineStyle): Promise<Uint8Array> {
  const { width, height } = LEGEND_BOX;
  const image = { width, height, data: new Uint8Array(width * height * 3).fill(85) };
  drawEdge(image, { left: 4, top: 4, width: width - 9, height: height - 9 }, style);
  return loadSharp()(image.data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
