import { exactCos, exactSin } from '../image/exact.ts';
import type { GroundTruth } from './labels.ts';
import type { Warp } from './warp.ts';

/** Under this part of its area inside the changed image an object is ignored. */
const LEAST_VISIBLE = 0.25;

/** Points on an ellipse that is mapped point by point: the error is under 5 millionths of its radius. */
const POINTS = 1024;
/** Of them, those that are mapped wherever they lie; of the others those about the outermost. */
const COARSE = 64;
const CIRCLE = Float64Array.from({ length: 2 * POINTS }, (_, i) => {
  const angle = (2 * Math.PI * (i >> 1)) / POINTS;
  return i % 2 === 0 ? exactCos(angle) : exactSin(angle);
});

type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * The ground truth of an image after its points moved: same rows, same order. A box becomes the bounds of
 * its mapped inscribed ellipse, or of its polygon where there is one, clipped to the changed image. With
 * under a quarter of its area inside the object is ignored. Bounds of an ellipse under an affine map are exact,
 * under others those of 1,024 of its points.
 *
 * @see Albumentations' `ellipse` method: the corner hull of a round object turned by 15 degrees has IoU 0.67 with its true box.
 */
export function moveGroundTruth(
  truth: GroundTruth,
  polygons: readonly (Float64Array | null)[],
  warp: Warp,
): GroundTruth {
  const boxes = new Float64Array(truth.boxes.length);
  const areas = new Float64Array(truth.areas.length);
  const ignored = Uint8Array.from(truth.ignored);
  for (let i = 0; i < areas.length; i++) {
    const before = boxAt(truth.boxes, i);
    const polygon = polygons[i];
    const mapped = polygon ? boundsOfPoints(polygon, warp) : boundsOfEllipse(before, warp);
    const visible = clip(mapped, warp);
    boxes.set(visible, 4 * i);
    const whole = areaOf(mapped);
    const inside = areaOf(visible);
    const boxBefore = areaOf(before);
    areas[i] = boxBefore > 0 ? (truth.areas[i]! * inside) / boxBefore : inside;
    if (!(inside >= LEAST_VISIBLE * whole) || inside <= 0) ignored[i] = 1;
  }
  return { boxes, classes: truth.classes, areas, crowd: truth.crowd, ignored };
}

/** Boxes after their points moved, by the inscribed ellipse, clipped to the changed image. */
export function moveBoxes(boxes: Float64Array, warp: Warp): Float64Array {
  const moved = new Float64Array(boxes.length);
  for (let i = 0; 4 * i < boxes.length; i++) {
    moved.set(clip(boundsOfEllipse(boxAt(boxes, i), warp), warp), 4 * i);
  }
  return moved;
}

function boxAt(boxes: Float64Array, index: number): Box {
  const at = 4 * index;
  return [boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!];
}

function areaOf([x1, y1, x2, y2]: Box): number {
  return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
}

function clip([x1, y1, x2, y2]: Box, { size: { width, height } }: Warp): Box {
  const inside = (value: number, limit: number): number => Math.min(Math.max(value, 0), limit);
  return [inside(x1, width), inside(y1, height), inside(x2, width), inside(y2, height)];
}

function boundsOfEllipse([x1, y1, x2, y2]: Box, warp: Warp): Box {
  const centreX = (x1 + x2) / 2;
  const centreY = (y1 + y2) / 2;
  const radiusX = (x2 - x1) / 2;
  const radiusY = (y2 - y1) / 2;
  if (warp.affine) {
    const [a, b, , d, e] = warp.affine;
    const [x, y] = warp.point(centreX, centreY);
    const reachX = Math.sqrt((a * radiusX) ** 2 + (b * radiusY) ** 2);
    const reachY = Math.sqrt((d * radiusX) ** 2 + (e * radiusY) ** 2);
    return [x - reachX, y - reachY, x + reachX, y + reachY];
  }
  const point = (i: number): readonly [number, number] => {
    const at = 2 * (i & (POINTS - 1));
    return warp.point(centreX + radiusX * CIRCLE[at]!, centreY + radiusY * CIRCLE[at + 1]!);
  };
  for (let k = 0; k < COARSE; k++) {
    const [x, y] = point((k * POINTS) / COARSE);
    outline.x[k] = x;
    outline.y[k] = y;
  }
  return [
    -outermost(outline.x, -1, (i) => point(i)[0]),
    -outermost(outline.y, -1, (i) => point(i)[1]),
    outermost(outline.x, 1, (i) => point(i)[0]),
    outermost(outline.y, 1, (i) => point(i)[1]),
  ];
}

/** The coarse points of one ellipse, used again for the next. */
const outline = { x: new Float64Array(COARSE), y: new Float64Array(COARSE) };

/**
 * How far an outline reaches: the greatest of all its points, found by climbing from every coarse one that is
 * higher than its neighbours.
 *
 * @param coarse Of every coarse point where it lies along the axis.
 * @param sign   Which way is up.
 * @param along  The same of any point.
 */
function outermost(coarse: Float64Array, sign: 1 | -1, along: (index: number) => number): number {
  let greatest = -Infinity;
  for (let k = 0; k < COARSE; k++) {
    const height = sign * coarse[k]!;
    const before = sign * coarse[(k + COARSE - 1) % COARSE]!;
    const after = sign * coarse[(k + 1) % COARSE]!;
    const top = height > before && height >= after;
    const reach = top ? climb((k * POINTS) / COARSE, height, (i) => sign * along(i)) : height;
    if (reach > greatest) greatest = reach;
  }
  return greatest;
}

/** The top between two coarse points, from the one in their middle. */
function climb(index: number, height: number, heightAt: (index: number) => number): number {
  let [at, top] = [index, height];
  for (let step = POINTS / COARSE / 2; step >= 1; step /= 2) {
    const [before, after] = [heightAt(at - step), heightAt(at + step)];
    const next = Math.max(top, before, after);
    if (next === top) continue;
    at += next === before ? -step : step;
    top = next;
  }
  return top;
}

function boundsOfPoints(points: Float64Array, warp: Warp): Box {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = warp.point(points[i]!, points[i + 1]!);
    if (x < x1) x1 = x;
    if (y < y1) y1 = y;
    if (x > x2) x2 = x;
    if (y > y2) y2 = y;
  }
  return [x1, y1, x2, y2];
}
