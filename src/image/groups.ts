import type { Image } from './image.ts';
import { type Scratch, scratch } from './kernels.ts';
import { type Edge, edges } from './plane.ts';
import { copyBytes } from './room.ts';
import { type Margins, type Tap, marginsOf, range } from './taps.ts';

/** So many bytes sum up within 16 bits. */
const MOST_TAPS = 256;
/** From so many taps on, a running sum takes fewer additions. */
const SHORTEST_RUN = 3;
/** Samples of a row are summed in blocks of this many. */
const BLOCK = 16;
const SUM_BYTES = 2;

/** Taps of a weight below one another, summed once for all places that use them. */
interface Column {
  readonly dx: number;
  /** Two rows, or all from `last` up to `first` by a running sum. */
  readonly kind: 'pair' | 'run';
  readonly first: number;
  readonly last: number;
}

/** Columns of one weight whose sum takes 16 bits. */
interface Group {
  readonly weight: number;
  readonly columns: readonly Column[];
}

/**
 * `blurImage` for many taps of few weights: those of a weight are summed as whole numbers first, weights in the
 * order in which they appear. Of more than 256 taps of a weight every 256 or fewer count as a weight.
 */
export function blurByGroups(image: Image, taps: readonly Tap[], edge: Edge): Image {
  const { width, height, data } = image;
  const margins = marginsOf(taps);
  const memory = scratch();
  const { at, stride } = pad(memory, image, margins, edge);
  const groups = groupsOf(taps);
  const columns = groups.flatMap((group) => group.columns);
  const sums = new Map(columns.map((column) => [sumOf(column), column]));
  const sumStride = Math.ceil(stride / BLOCK) * BLOCK * SUM_BYTES;
  const places = new Map([...sums.keys()].map((sum, i) => [sum, i * sumStride]));
  const target = memory.reserve(data.length);
  memory.kernels.sumGroups(
    at + margins.above * stride,
    stride,
    target,
    width * 3,
    height,
    memory.put(Int32Array.from([...sums.values()].flatMap((column) => rowsOf(column, stride)))),
    sums.size,
    memory.reserve(sums.size * sumStride),
    sumStride,
    memory.put(
      Int32Array.from(
        columns,
        (column) => places.get(sumOf(column))! + (margins.left + column.dx) * 3 * SUM_BYTES,
      ),
    ),
    memory.put(Int32Array.from(groups, (group) => group.columns.length)),
    memory.put(Float32Array.from(groups, ({ weight }) => weight)),
    groups.length,
  );
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}

/** Columns with the same are summed once. */
function sumOf({ kind, first, last }: Column): string {
  return `${kind} ${first} ${last}`;
}

/** What the kernel takes of a column: bytes to two rows, whether it runs. */
function rowsOf({ kind, first, last }: Column, stride: number): number[] {
  return kind === 'pair'
    ? [last * stride, first * stride, 0]
    : [last * stride, (first - 1) * stride, 1];
}

function groupsOf(taps: readonly Tap[]): Group[] {
  return [...groupBy(taps, ({ weight }) => weight)].flatMap(([weight, same]) => {
    const columns = [...groupBy(same, ({ dx }) => dx)].flatMap(([dx, below]) =>
      columnsOf(below.map(({ dy }) => dy)).map((column) => ({ ...column, dx })),
    );
    return split(columns).map((part) => ({ weight, columns: part }));
  });
}

/** Runs of rows, then what is left two by two, the outermost first: a disc's are the same above and below. */
function columnsOf(rows: readonly number[]): Omit<Column, 'dx'>[] {
  const runs: number[][] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && row === run.at(-1)! + 1 && run.length < MOST_TAPS) run.push(row);
    else runs.push([row]);
  }
  const isLong = ({ length }: readonly number[]): boolean => length >= SHORTEST_RUN;
  const single = runs.filter((run) => !isLong(run)).flat();
  const middle = single.length >> 1;
  return [
    ...runs
      .filter(isLong)
      .map((run) => ({ kind: 'run' as const, first: run[0]!, last: run.at(-1)! })),
    ...single
      .slice(0, middle)
      .map((first, i) => ({ kind: 'pair' as const, first, last: single.at(-1 - i)! })),
    ...(single.length % 2 === 1
      ? [{ kind: 'run' as const, first: single[middle]!, last: single[middle]! }]
      : []),
  ];
}

/** Pieces of at most 256 taps. */
function split(columns: readonly Column[]): Column[][] {
  const pieces: Column[][] = [];
  let room = 0;
  for (const column of columns) {
    const taps = column.kind === 'pair' ? 2 : column.last - column.first + 1;
    if (taps > room) [room] = [MOST_TAPS, pieces.push([])];
    pieces.at(-1)!.push(column);
    room -= taps;
  }
  return pieces;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** Copies a picture with what lies beyond its edges, so that no tap needs a check. */
function pad(
  memory: Scratch,
  { width, height, data }: Image,
  { left, right, above, below }: Margins,
  edge: Edge,
): { readonly at: number; readonly stride: number } {
  const stride = (left + width + right) * 3;
  const at = memory.reserve((above + height + below) * stride);
  const rows = memory.bytes(at, (above + height + below) * stride);
  const beyond = [...range(-left, 0), ...range(width, width + right)].map((x) => ({
    to: (left + x) * 3,
    from: edges[edge](x, width) * 3,
  }));
  for (let y = -above; y < height + below; y++) {
    const row = (above + y) * stride;
    const source = edges[edge](y, height) * width * 3;
    rows.set(data.subarray(source, source + width * 3), row + left * 3);
    for (const { to, from } of beyond) {
      for (let k = 0; k < 3; k++) rows[row + to + k] = data[source + from + k]!;
    }
  }
  return { at, stride };
}
