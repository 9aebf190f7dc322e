import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { MachineSchema } from './machine.ts';

const RowSchema = z.strictObject({
  id: z.string(),
  what: z.string(),
  target: z.strictObject({ bound: z.enum(['at most', 'at least']), value: z.number() }),
  /** Of target and measurement; empty for a ratio. */
  unit: z.string(),
  measured: z.number(),
  met: z.boolean(),
  /** What the number is made of. */
  detail: z.string(),
});

const PerturbationTimeSchema = z.strictObject({
  name: z.string(),
  severity: z.int(),
  /** CPU milliseconds a call. */
  ours: z.number(),
  /** Times ours: imagecorruptions; null where it has none. */
  reference: z.number().nullable(),
  /** Times ours: OpenCV's own kernel; null where it has none. */
  opencv: z.number().nullable(),
});

const BenchSchema = z.strictObject({
  name: z.string(),
  machine: MachineSchema,
  rows: z.array(RowSchema),
  /** What else a reader should know, one sentence each. */
  notes: z.array(z.string()),
  /** Of the bench `perturbations`: its measurements one by one. */
  perturbations: z.array(PerturbationTimeSchema).optional(),
});

/** `results.json`: the last measurement of each bench, in the order of DESIGN.md 13. */
const ResultsSchema = z.strictObject({ benches: z.array(BenchSchema) });

export type Row = z.infer<typeof RowSchema>;
export type PerturbationTimes = z.infer<typeof PerturbationTimeSchema>[];
export type BenchResult = z.infer<typeof BenchSchema>;
export type Results = z.infer<typeof ResultsSchema>;

/** A row with its verdict. */
export function rowOf(row: Omit<Row, 'met'>): Row {
  const { bound, value } = row.target;
  return { ...row, met: bound === 'at most' ? row.measured <= value : row.measured >= value };
}

/** @throws Error when the file is there and is not of this form. */
export async function readResults(file: string): Promise<Results> {
  if (!existsSync(file)) return { benches: [] };
  return ResultsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Replaces what the file says of one bench. */
export async function updateResults(
  file: string,
  bench: BenchResult,
  order: readonly string[],
): Promise<void> {
  const { benches } = await readResults(file);
  const others = benches.filter(({ name }) => name !== bench.name);
  const all = [...others, bench].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  await writeFile(file, `${JSON.stringify({ benches: all }, null, 2)}\n`);
}
