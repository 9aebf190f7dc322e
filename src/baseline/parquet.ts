import type { SchemaElement } from 'hyparquet';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  float: { type: 'FLOAT' },
  double: { type: 'DOUBLE' },
  int: { type: 'INT32' },
  boolean: { type: 'BOOLEAN' },
} as const satisfies Record<string, Omit<SchemaElement, 'name'>>;

export type Columns = Readonly<Record<string, keyof typeof TYPES>>;

type Value<T extends keyof typeof TYPES> = T extends 'text'
  ? string
  : T extends 'boolean'
    ? boolean
    : number;

/** For each column a value for every row of a block. */
type Block<C extends Columns> = {
  readonly [K in keyof C]: (row: number) => Value<C[K]>;
};

export interface ParquetTable<C extends Columns> {
  append(rows: number, block: Block<C>): void;
  finish(): void;
}

/** Detections hardly repeat: no dictionary is tried, and compression would not make them smaller. */
const AS_THEY_ARE = { encoding: 'PLAIN', codec: 'UNCOMPRESSED' } as const;

/** Rows are written in groups of about this many: memory stays flat. */
const GROUP_ROWS = 100_000;

/**
 * Writes a Parquet file block by block. The same blocks give the same bytes.
 *
 * @param file    Path; overwritten.
 * @param columns Names and types, in order.
 */
export function createParquetTable<C extends Columns>(file: string, columns: C): ParquetTable<C> {
  const names = Object.keys(columns);
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: [
      { name: 'root', num_children: names.length },
      ...names.map((name): SchemaElement => ({
        name,
        repetition_type: 'REQUIRED',
        ...TYPES[columns[name]!],
      })),
    ],
    statistics: false,
    createdBy: 'robustness-gate',
  });
  const buffers = names.map((): (string | number | boolean)[] => []);
  let rows = 0;
  const flush = (): void => {
    if (rows === 0) return;
    // The file writer is synchronous, and so is this.
    void writer.write({
      columnData: names.map((name, i) => ({
        name,
        data: buffers[i]!,
        nullable: false,
        ...(columns[name] === 'float' ? AS_THEY_ARE : {}),
      })),
      rowGroupSize: rows,
    });
    for (const buffer of buffers) buffer.length = 0;
    rows = 0;
  };
  return {
    append(count, block) {
      names.forEach((name, i) => {
        const [buffer, value] = [buffers[i]!, block[name]!];
        for (let row = 0; row < count; row++) buffer.push(value(row));
      });
      rows += count;
      if (rows >= GROUP_ROWS) flush();
    },
    finish() {
      flush();
      void writer.finish();
    },
  };
}

/**
 * Reads whole columns of a Parquet file, row group by row group.
 *
 * @param file  Path.
 * @param names Columns to read; each must be there.
 * @param onGroup Called in file order with the values of one row group, a list for each name.
 * @throws Error when the file is not Parquet or lacks a column.
 */
export async function readParquetColumns(
  file: string,
  names: readonly string[],
  onGroup: (columns: readonly ArrayLike<unknown>[], rows: number) => void,
): Promise<void> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer);
  const present = new Set(metadata.schema.map(({ name }) => name));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0) throw new Error(`column ${missing.join(', ')} is missing`);
  let start = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const parts = new Map(
      names.map((name) => [name, [] as { at: number; data: ArrayLike<unknown> }[]]),
    );
    await parquetRead({
      file: buffer,
      metadata,
      columns: [...names],
      rowStart: start,
      rowEnd: start + rows,
      onChunk: ({ columnName, columnData, rowStart }) => {
        parts.get(columnName)?.push({ at: rowStart, data: columnData });
      },
    });
    onGroup(
      names.map((name) => joined(parts.get(name) ?? [], rows, name)),
      rows,
    );
    start += rows;
  }
}

function joined(
  parts: { at: number; data: ArrayLike<unknown> }[],
  rows: number,
  name: string,
): ArrayLike<unknown> {
  const [first] = parts;
  const total = parts.reduce((sum, { data }) => sum + data.length, 0);
  if (!first || total !== rows) throw new Error(`column ${name} has ${total} values of ${rows}`);
  if (parts.length === 1) return first.data;
  return parts.sort((a, b) => a.at - b.at).flatMap(({ data }) => Array.from(data));
}
