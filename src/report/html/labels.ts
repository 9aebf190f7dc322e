import type { PictureBox } from '../report.ts';
import { plain } from '../escape.ts';

/**
 * Width at which labels are laid out, in pixels of the page: pictures are shown at this width or wider, and a label
 * is anchored at a corner, so that what is apart here is apart there.
 */
const WIDTH = 300;
const LINE = 16;
const LETTER = 6.6;
const PADDING = 8;

/** Longest class name in a label. */
const MAX_NAME = 22;

/** More labels than this help nobody. */
const MAX_LABELS = 24;

/** A label at its place: its corner in percent of the picture. */
export interface PlacedLabel {
  /** Index of the model that it belongs to. */
  readonly model: number;
  readonly kind: PictureBox['kind'];
  readonly text: string;
  readonly corner: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
  /** Of that corner from the picture's left and top, 0 to 100. */
  readonly x: number;
  readonly y: number;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is wrong is said first. */
const order: readonly PictureBox['kind'][] = [
  'lost',
  'renamed',
  'moved',
  'ghost',
  'missed',
  'found',
  'truth',
];

/** What is wrong first. */
export function orderedBoxes(boxes: readonly PictureBox[]): PictureBox[] {
  return [...boxes].sort(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) || (b.confidence ?? 1) - (a.confidence ?? 1),
  );
}

/** What a box is called: `lost Person`, `Person .82`, `ghost Person .71`. */
export function boxText({ kind, class: name, confidence }: PictureBox): string {
  const score = confidence === null ? '' : ` ${confidence.toFixed(2).replace(/^0/, '')}`;
  const word = kind === 'found' ? '' : `${kind === 'truth' ? 'truth' : kind} `;
  return `${word}${plain(name, MAX_NAME)}${score}`;
}

/**
 * Places the labels of a picture so that none lies on another: what is wrong before what is right, the last model
 * before those before it; what has no room has no label.
 *
 * @param models Boxes of every model, in pixels of the picture; null where it was not run.
 * @param width  Of the picture in its own pixels, as `height`.
 */
export function placeLabels(
  models: readonly (readonly PictureBox[] | null)[],
  width: number,
  height: number,
): PlacedLabel[] {
  const entries = models
    .flatMap((boxes, model) => (boxes ?? []).map((box) => ({ model, box })))
    .sort(
      (a, b) =>
        order.indexOf(a.box.kind) - order.indexOf(b.box.kind) ||
        b.model - a.model ||
        (b.box.confidence ?? 1) - (a.box.confidence ?? 1),
    );
  const scale = WIDTH / Math.max(width, 1);
  const room = { width: WIDTH, height: height * scale };
  const taken: Rectangle[] = [];
  const placed: PlacedLabel[] = [];
  for (const { model, box } of entries) {
    if (placed.length >= MAX_LABELS) break;
    const text = boxText(box);
    const size = text.length * LETTER + PADDING;
    for (const { corner, x, y } of cornersOf(box, scale)) {
      const rectangle = rectangleAt(corner, x, y, size);
      if (!inside(rectangle, room) || taken.some((other) => overlap(rectangle, other))) continue;
      taken.push(rectangle);
      const [left, top] = [(100 * x) / room.width, (100 * y) / room.height];
      placed.push({ model, kind: box.kind, text, corner, x: left, y: top });
      break;
    }
  }
  return placed;
}

/** Places around a box, the best first: above it, inside at its top, below, the same from the right. */
function cornersOf({ box }: PictureBox, scale: number): Pick<PlacedLabel, 'corner' | 'x' | 'y'>[] {
  const [x1, y1, x2, y2] = box.map((value) => value * scale);
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return [];
  return [
    { corner: 'bottom-left', x: x1, y: y1 },
    { corner: 'top-left', x: x1, y: y1 },
    { corner: 'top-left', x: x1, y: y2 },
    { corner: 'bottom-right', x: x2, y: y1 },
    { corner: 'top-right', x: x2, y: y1 },
    { corner: 'top-right', x: x2, y: y2 },
    { corner: 'bottom-left', x: x1, y: y2 },
  ];
}

function rectangleAt(
  corner: PlacedLabel['corner'],
  x: number,
  y: number,
  width: number,
): Rectangle {
  const left = corner.endsWith('left') ? x : x - width;
  const top = corner.startsWith('top') ? y : y - LINE;
  return { left, top, right: left + width, bottom: top + LINE };
}

function inside({ left, top, right, bottom }: Rectangle, room: { width: number; height: number }) {
  return left >= -1 && top >= -1 && right <= room.width + 1 && bottom <= room.height + 1;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
