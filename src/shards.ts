import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { predictorKey, type ManifestHead } from './baseline/head.ts';
import { type Columns, createParquetTable, readParquetColumns } from './baseline/parquet.ts';
import { openTables } from './baseline/read.ts';
import type { Run } from './baseline/run.ts';
import {
  readShard,
  type ShardManifest,
  type ShardNumber,
  shardRange,
  writeShardManifest,
} from './baseline/shard.ts';
import { DETECTION_COLUMNS, TRUTH_COLUMNS } from './baseline/tables.ts';
import { checkRequests, setupOf } from './candidate.ts';
import { digestOfFile } from './baseline/digest.ts';
import { writeManifest, writeTables } from './baseline/write.ts';
import { GateError, type Problem } from './errors.ts';
import { contentKey } from './content-key.ts';
import { predictSuite } from './evaluate/evaluate.ts';
import type { Progress } from './evaluate/progress.ts';
import { scoreRun } from './evaluate/score-run.ts';
import { stopWrongSetup } from './evaluate/setup.ts';
import { changedTruth } from './perturb/change.ts';
import type { EvaluateOptions, Plan } from './plan.ts';

/**
 * Evaluates one shard of a plan: its images under all conditions.
 *
 * @throws GateError when something cannot be used; what is finished is kept in the cache.
 */
export async function evaluateShard(
  plan: Plan,
  shard: ShardNumber,
  options: EvaluateOptions,
): Promise<void> {
  // The limit is the whole run's, not each shard's.
  await checkRequests(plan, { kind: 'none', reasons: [] }, options);
  const { config, conditions, head, location } = plan;
  const { seed } = config.suite;
  const [start, end] = shardRange(plan.dataset.samples.length, shard);
  const samples = plan.dataset.samples.slice(start, end);
  const load = await predictSuite({
    ...options,
    dataset: { ...plan.dataset, samples },
    conditions,
    seed,
    predictor: config.predictor,
    predictorKey: predictorKey(head, config.predictor),
    location,
    signal: options.signal,
    checkClean: stopWrongSetup(
      setupOf({ ...plan, dataset: { ...plan.dataset, samples } }, options, null),
    ),
  });
  const images = head.images.slice(start, end);
  const files = await writeTables(options.outDirectory, { ...head, images }, async (rank) => ({
    truth: conditions.map((condition) => changedTruth(samples[rank]!, condition, seed)),
    detections: await load(rank),
  }));
  const confidence = config.predictor.confidence ?? null;
  await writeShardManifest(options.outDirectory, shard, head, { confidence, files });
}

interface OpenShard {
  readonly directory: string;
  readonly manifest: ShardManifest;
}

/**
 * Joins the shards of one run. The bytes are those of the run that was never sharded.
 *
 * @param directories In any order.
 * @param progress    Told of the scoring, condition by condition.
 * @throws GateError naming the shard that is missing, there twice, damaged, or of another run.
 */
export async function mergeShards(
  directories: readonly string[],
  out: string,
  progress?: Progress,
): Promise<Run> {
  const shards: OpenShard[] = [];
  for (const directory of directories) {
    shards.push({ directory, manifest: await readShard(directory) });
  }
  const ordered = wholeRun(shards);
  await mkdir(out, { recursive: true });
  const files = {
    detections: await joinTables(ordered, 'detections.parquet', DETECTION_COLUMNS, out),
    truth: await joinTables(ordered, 'truth.parquet', TRUTH_COLUMNS, out),
  };
  const [first] = ordered;
  const head = { ...first.manifest.head, engine: engineOf(ordered) };
  const tables = await openTables(out, { ...head, files });
  const scores = await scoreRun(head, tables, first.manifest.confidence ?? undefined, progress);
  const manifest = { ...head, ...scores, files };
  await writeManifest(out, manifest);
  return { manifest, ...tables };
}

/** All shards of one run in order. */
function wholeRun(shards: readonly OpenShard[]): [OpenShard, ...OpenShard[]] {
  const ordered = shards.toSorted((a, b) => a.manifest.shard.index - b.manifest.shard.index);
  const [first, ...rest] = ordered;
  if (!first) throw new GateError('usage', { message: 'there is no shard to merge' });
  const others = rest.flatMap(({ directory, manifest }): Problem[] => {
    const what = difference(first.manifest, manifest);
    return what === null
      ? []
      : [
          {
            message: `${directory} is not of the same run as ${first.directory}: ${what}`,
            fix: 'merge shards that were made from one config, data set and model, with one version',
          },
        ];
  });
  const problems = others.length > 0 ? others : wrongNumbers(ordered, first.manifest.shard.of);
  if (problems.length > 0) throw new GateError('incomparable', problems);
  return [first, ...rest];
}

/** Shards that are missing or there more than once. */
function wrongNumbers(shards: readonly OpenShard[], of: number): Problem[] {
  return Array.from({ length: of }, (_, i) => i + 1).flatMap((index): Problem[] => {
    const found = shards.filter(({ manifest }) => manifest.shard.index === index);
    if (found.length === 1) return [];
    const where = found.map(({ directory }) => directory).join(', ');
    return found.length === 0
      ? [{ message: `shard ${index} of ${of} is missing`, fix: 'run it again' }]
      : [{ message: `shard ${index} of ${of} is there more than once: ${where}` }];
  });
}

/** Runners differ in their processors, and may. */
function difference(a: ShardManifest, b: ShardManifest): string | null {
  if (a.shard.of !== b.shard.of)
    return `one is of ${a.shard.of} shards, the other of ${b.shard.of}`;
  if (a.confidence !== b.confidence) return 'predictor.confidence differs';
  for (const key of ['tool', 'model', 'dataset', 'suite', 'predictor', 'images'] as const) {
    if (contentKey(a.head[key]) !== contentKey(b.head[key])) return `${key} differs`;
  }
  const { name, version } = a.head.engine;
  if (name !== b.head.engine.name || version !== b.head.engine.version) return 'the engine differs';
  return a.head.configDigest === b.head.configDigest ? null : 'the config differs';
}

function engineOf(shards: readonly OpenShard[]): ManifestHead['engine'] {
  const engines = shards.map(({ manifest }) => manifest.head.engine);
  const processors = [...new Set(engines.map(({ processor }) => processor))].sort();
  return { ...engines[0]!, processor: processors.join(' + ') };
}

/**
 * Appends the tables of all shards, block by block as `writeTables` does: then row groups end at the same rows.
 *
 * @returns SHA-256 of the file.
 */
async function joinTables(
  shards: readonly OpenShard[],
  name: string,
  columns: Columns,
  out: string,
): Promise<string> {
  const file = join(out, name);
  const names = Object.keys(columns);
  const table = createParquetTable<Columns>(`${file}.tmp`, columns);
  for (const { directory, manifest } of shards) {
    const own = shardRange(manifest.head.images.length, manifest.shard);
    const ids = new Set(manifest.head.images.slice(...own).map(({ id }) => id));
    await readParquetColumns(join(directory, name), names, (values, rows) => {
      const [images = [], conditions = []] = values;
      for (let start = 0, end = 0; start < rows; start = end) {
        while (
          end < rows &&
          images[end] === images[start] &&
          conditions[end] === conditions[start]
        ) {
          end += 1;
        }
        if (!ids.has(String(images[start]))) throw foreignImage(directory, images[start]);
        table.append(end - start, blockOf(names, values, start));
      }
    });
  }
  table.finish();
  await rename(`${file}.tmp`, file);
  return (await digestOfFile(file)) ?? '';
}

function blockOf(
  names: readonly string[],
  values: readonly ArrayLike<unknown>[],
  start: number,
): Record<string, (row: number) => never> {
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reader checked nothing yet; `openTables` does
      (row: number) => values[i]![start + row] as never,
    ]),
  );
}

function foreignImage(directory: string, image: unknown): GateError {
  return new GateError('run-directory', {
    message: `${directory} has detections of ${JSON.stringify(image)}, which is another shard's`,
    fix: 'run that shard again',
  });
}
