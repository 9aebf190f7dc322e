import { dirname, extname, join, sep } from 'node:path';
import type { Problem } from '../../errors.ts';
import type { ImageLabels, LabelledObject } from '../dataset.ts';

/** Coordinates may leave the image by rounding, never by more than this part of it. */
const TOLERANCE = 0.01;

/**
 * Where the labels of an image lie: in `labels/` beside the last `images/` of its path, else beside it.
 *
 * @param image Absolute path.
 */
export function labelPathOf(image: string): string {
  const parts = dirname(image).split(sep);
  const at = parts.lastIndexOf('images');
  if (at >= 0) parts[at] = 'labels';
  const name = image.slice(dirname(image).length + 1);
  return join(parts.join(sep) || sep, `${name.slice(0, name.length - extname(name).length)}.txt`);
}

/**
 * Parses one label file: `class cx cy w h` or `class x1 y1 x2 y2 x3 y3 …` a line, fractions of the image.
 * A line that stands twice counts once; a box without an area is left out; both are counted.
 * Where objects have keypoints a line is `class cx cy w h` and those: the box counts.
 *
 * @param file    Its path, for messages.
 * @param classes Number of classes in data.yaml.
 * @param keypoints Numbers of an object's keypoints; null where it has none.
 */
export function parseYoloLabels(
  text: string,
  file: string,
  classes: number,
  keypoints: number | null = null,
): ImageLabels & { readonly problems: readonly Problem[] } {
  const objects: LabelledObject[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let doubles = 0;
  let empty = 0;
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') return;
    const parsed = parseLine(line, classes, keypoints);
    if (typeof parsed === 'string') {
      const fix = keypoints === null ? FIX : fixOfPose(keypoints);
      problems.push({ message: parsed, place: { file, line: index + 1 }, fix });
      return;
    }
    const [x1, y1, x2, y2] = parsed.box;
    if (seen.has(line)) doubles += 1;
    else if (!(x2 > x1 && y2 > y1)) empty += 1;
    else objects.push(parsed);
    seen.add(line);
  });
  return { unit: 'fraction', size: null, objects, problems, doubles, empty };
}

const FIX =
  'a line is `class cx cy w h`, or `class x1 y1 x2 y2 x3 y3 …`, as fractions of the image';

function fixOfPose(keypoints: number): string {
  return `a line is \`class cx cy w h\` and ${keypoints} numbers of keypoints (kpt_shape of data.yaml), as fractions of the image`;
}

function parseLine(
  line: string,
  classes: number,
  keypoints: number | null,
): LabelledObject | string {
  const fields = line.split(/\s+/);
  const values = fields.map(Number);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  // Not quoted: a link may lead to a file that holds a secret.
  if (bad >= 0) return `field ${bad + 1} is not a number`;
  const [classIndex = -1, ...all] = values;
  const coordinates = keypoints !== null && all.length === 4 + keypoints ? all.slice(0, 4) : all;
  if (!Number.isInteger(classIndex) || classIndex < 0)
    return `class ${classIndex} is not a class index`;
  if (classIndex >= classes) {
    return `class ${classIndex}, but data.yaml names ${classes} ${classes === 1 ? 'class' : 'classes'}`;
  }
  const isBox = coordinates.length === 4;
  if (!isBox && keypoints !== null) {
    return `${fields.length} fields: neither a box (5) nor one with keypoints (${5 + keypoints})`;
  }
  if (!isBox && (coordinates.length < 6 || coordinates.length % 2 === 1)) {
    return `${fields.length} fields: neither a box (5) nor a polygon (7, 9, …)`;
  }
  const outside = coordinates.find((value) => value < -TOLERANCE || value > 1 + TOLERANCE);
  if (outside !== undefined) return `coordinate ${outside} is outside the image (0 to 1)`;
  return {
    class: classIndex,
    box: isBox ? boxOfCentre(coordinates) : boundsOf(coordinates),
    polygon: isBox ? null : coordinates,
  };
}

function boxOfCentre([cx = 0, cy = 0, w = 0, h = 0]: readonly number[]): LabelledObject['box'] {
  return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
}

function boundsOf(polygon: readonly number[]): LabelledObject['box'] {
  const xs = polygon.filter((_, index) => index % 2 === 0);
  const ys = polygon.filter((_, index) => index % 2 === 1);
  const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}
