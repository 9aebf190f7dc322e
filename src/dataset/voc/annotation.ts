import { SaxesParser } from 'saxes';
import type { Problem } from '../../errors.ts';
import type { ImageLabels, LabelledObject } from '../dataset.ts';

/** An object of an XML file, its class by name. */
interface VocObject extends Omit<LabelledObject, 'class'> {
  readonly name: string;
}

/** What one XML file says. */
export interface VocAnnotation {
  readonly size: ImageLabels['size'];
  readonly objects: readonly VocObject[];
  readonly empty: number;
  readonly problems: readonly Problem[];
}

/** The development kit's own files count pixels from 1, edges included; other tools write edges from 0. */
const COUNTED_FROM_ONE = /^The VOC20\d\d Database$/;

interface RawObject {
  readonly line: number;
  readonly values: Map<string, string>;
}

/**
 * Parses one XML file of Pascal VOC.
 *
 * Entities are not followed and no document type is read: the file may come from a pull request.
 *
 * @param file Its path, for messages.
 */
export function parseAnnotation(text: string, file: string): VocAnnotation {
  const { top, objects, problems } = readXml(text, file);
  const number = (path: string): number => Number(top.get(path) ?? Number.NaN);
  const [width, height] = [number('size/width'), number('size/height')];
  const size = width > 0 && height > 0 ? { width, height } : null;
  const first = COUNTED_FROM_ONE.test(top.get('source/database') ?? '') ? 1 : 0;
  const read = objects.map((object) => objectOf(object, first, file));
  const found = read.flatMap((result) => ('message' in result ? [] : [result]));
  const full = found.filter(({ box: [x1, y1, x2, y2] }) => x2 > x1 && y2 > y1);
  return {
    size,
    objects: full,
    empty: found.length - full.length,
    problems: [...problems, ...read.filter((result) => 'message' in result)],
  };
}

function objectOf({ line, values }: RawObject, first: number, file: string): VocObject | Problem {
  const place = { file, line };
  const name = values.get('name') ?? '';
  if (name === '') return { message: 'the object has no <name>', place };
  const corners = ['xmin', 'ymin', 'xmax', 'ymax'].map((key) => values.get(`bndbox/${key}`) ?? '');
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.map((value) =>
    value === '' ? Number.NaN : Number(value),
  );
  if (![x1, y1, x2, y2].every(Number.isFinite)) {
    return {
      message: 'the object has no <bndbox> of four numbers',
      place,
      fix: 'xmin, ymin, xmax and ymax are pixels',
    };
  }
  return {
    name,
    box: [x1 - first, y1 - first, x2, y2],
    polygon: null,
    ...(values.get('difficult') === '1' ? { ignored: true } : {}),
    place,
  };
}

/** Texts by path below `annotation`, and below each `object`. */
function readXml(
  text: string,
  file: string,
): { top: Map<string, string>; objects: RawObject[]; problems: Problem[] } {
  const parser = new SaxesParser();
  const path: string[] = [];
  const top = new Map<string, string>();
  const objects: RawObject[] = [];
  const problems: Problem[] = [];
  let words = '';
  let current: RawObject | null = null;
  parser.on('opentag', ({ name }) => {
    path.push(name);
    words = '';
    if (path.length === 1 && name !== 'annotation') {
      problems.push({
        message: 'not a Pascal VOC file: it does not begin with <annotation>',
        place: { file, line: parser.line },
      });
    }
    if (path.length === 2 && name === 'object') {
      current = { line: parser.line, values: new Map() };
      objects.push(current);
    }
  });
  parser.on('text', (part) => (words += part));
  parser.on('closetag', () => {
    const inside = current === null ? path.slice(1) : path.slice(2);
    (current?.values ?? top).set(inside.join('/'), words.trim());
    words = '';
    path.pop();
    if (path.length === 1) current = null;
  });
  parser.on('error', () => {
    // Not quoted: a link may lead to a file that is nobody's business.
    if (problems.length === 0) {
      problems.push({ message: 'not well-formed XML', place: { file, line: parser.line } });
    }
  });
  parser.write(text).close();
  return { top, objects: problems.length > 0 ? [] : objects, problems };
}
