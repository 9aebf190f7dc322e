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

/** A value for each column. */
export type Row<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends 'text' ? string : C[K] extends 'boolean' ? boolean : number;
};

/** Rows are written in groups of this many: memory stays flat. */
const GROUP_ROWS = 100_000;

/**
 * Writes a Parquet file row by row. The same rows give the same bytes.
 *
 * @param file    Path; overwritten.
 * @param columns Names and types, in order.
 */
export function createParquetWriter<C extends Columns>(
  file: string,
  columns: C,
): { append(row: Row<C>): void; finish(): void } {
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
    createdBy: 'robustness-gate',
  });
  let buffers = names.map((): (string | number | boolean)[] => []);
  let rows = 0;
  const flush = (): void => {
    if (rows === 0) return;
    // The file writer is synchronous, and so is this.
    void writer.write({
      columnData: names.map((name, i) => ({ name, data: buffers[i]!, nullable: false })),
      rowGroupSize: GROUP_ROWS,
    });
    buffers = names.map(() => []);
    rows = 0;
  };
  return {
    append(row) {
      names.forEach((name, i) => buffers[i]!.push(row[name]!));
      rows += 1;
      if (rows === GROUP_ROWS) flush();
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
