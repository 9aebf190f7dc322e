import { join } from 'node:path';
import { z } from 'zod';
import { manifestOf } from '../__tests__/helpers/runs.ts';
import { readRun } from '../src/baseline/read.ts';
import type { Run } from '../src/baseline/run.ts';
import { writeManifest, writeTables } from '../src/baseline/write.ts';
import type { Detections, GroundTruth } from '../src/boxes/labels.ts';
import { compareNodes } from '../src/compare/compare-nodes.ts';
import { compareRuns, gatedClasses } from '../src/compare/compare.ts';
import {
  type Column,
  type ConditionColumns,
  type ConditionPair,
  groupsOf,
  mapColumns,
  type Pair,
} from '../src/compare/condition-columns.ts';
import { suiteNodes } from '../src/compare/nodes.ts';
import { GatePolicySchema } from '../src/compare/policy.ts';
import { matchCondition, type MatchedCondition } from '../src/evaluate/score.ts';
import { judge } from '../src/judge/judge.ts';
import { SuiteSchema, suiteConditions } from '../src/perturb/suite.ts';
import { inFolder, measureChild } from './measure.ts';
import { type Row, rowOf } from './results.ts';
import { type Box, drawAnswers, drawObjects } from './scenes.ts';

const SCENES = { images: 500, classes: 10, objects: 6, detections: 50, width: 640, height: 480 };
const ROUNDS = 2;
const REPLICATES = 4000;

/** Seconds of wall time. */
const Timed = z.strictObject({ verdict: z.number(), whole: z.number(), withFiles: z.number() });

/**
 * Judges two run directories: from their matched detections; whole, with their tables in memory; from the files.
 */
export async function judgeTimed(
  baselineDirectory: string,
  candidateDirectory: string,
): Promise<z.infer<typeof Timed>> {
  const policy = GatePolicySchema.parse({});
  const decide = async (baseline: Run, candidate: Run): Promise<number> => {
    const start = performance.now();
    judge(await compareRuns(baseline, candidate, policy), policy);
    return (performance.now() - start) / 1000;
  };
  const read = async (): Promise<[Run, Run]> => [
    await readRun(baselineDirectory),
    await readRun(candidateDirectory),
  ];
  const [baseline, candidate] = await read();
  const verdict = await testMatched(baseline, candidate);
  const whole = await decide(await inMemory(baseline), await inMemory(candidate));
  const start = performance.now();
  await decide(...(await read()));
  return { verdict, whole, withFiles: (performance.now() - start) / 1000 };
}

/** Seconds of what decides: influence values and the joint test. */
async function testMatched(baseline: Run, candidate: Run): Promise<number> {
  const { manifest } = candidate;
  const { conditions, seed } = manifest.suite;
  const groups = groupsOf(manifest);
  const classCount = manifest.dataset.classes.length;
  const gated = gatedClasses(await candidate.truth(0), groups, classCount);
  const matched: Pair<MatchedCondition>[] = [];
  for (const condition of conditions.keys()) {
    const truth = await candidate.truth(condition);
    const match = async (run: Run): Promise<MatchedCondition> =>
      matchCondition(truth, await run.detections(condition), classCount);
    matched.push({ baseline: await match(baseline), candidate: await match(candidate) });
  }
  const start = performance.now();
  const pairs = matched.map((pair): ConditionPair => {
    const map = {
      baseline: mapColumns(pair.baseline, gated, groups),
      candidate: mapColumns(pair.candidate, gated, groups),
    };
    const column = ({ map: value, influence }: ConditionColumns): Column => ({ value, influence });
    return {
      map,
      gated: {
        metric: 'map',
        baseline: column(map.baseline),
        candidate: column(map.candidate),
      },
      classes: new Map(),
      risk: null,
      newlyLost: [],
      newlyFixed: [],
      redrawn: null,
    };
  });
  compareNodes(
    suiteNodes(conditions),
    pairs,
    GatePolicySchema.parse({}),
    groups.count,
    REPLICATES,
    seed,
  );
  return (performance.now() - start) / 1000;
}

async function inMemory(run: Run): Promise<Run> {
  const conditions = [...run.manifest.suite.conditions.keys()];
  const [truth, detections] = [
    await Promise.all(conditions.map((condition) => run.truth(condition))),
    await Promise.all(conditions.map((condition) => run.detections(condition))),
  ];
  return {
    manifest: run.manifest,
    truth: async (condition) => truth[condition]!,
    detections: async (condition) => detections[condition]!,
  };
}

/** The verdict on 500 images under the standard suite. */
export async function timeVerdict(): Promise<{ rows: Row[]; notes: string[] }> {
  return inFolder(async (folder) => {
    const runs = [join(folder, 'baseline'), join(folder, 'candidate')] as const;
    await writeRun(runs[0], 0.8);
    await writeRun(runs[1], 0.78);
    const times: z.infer<typeof Timed>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push(Timed.parse(JSON.parse((await measureChild(['verdict', ...runs])).stdout)));
    }
    const verdict = Math.min(...times.map((time) => time.verdict));
    const whole = Math.min(...times.map((time) => time.whole));
    const withFiles = Math.min(...times.map((time) => time.withFiles));
    return {
      rows: [
        rowOf({
          id: 'verdict',
          what: 'verdict: influence values and 4,000 max-T replicates, 61 conditions, 500 images, detections matched before',
          target: { bound: 'at most', value: 1 },
          unit: 's',
          measured: verdict,
          detail: `the whole comparison, with matching and all that explains (risk, sizes, consistency, errors, classes, failures), ${whole.toFixed(1)} s; with reading the Parquet files ${withFiles.toFixed(1)} s`,
        }),
      ],
      notes: [],
    };
  });
}

/** A run directory of a model that finds objects with some chance, less under severe conditions. */
async function writeRun(directory: string, skill: number): Promise<void> {
  const conditions = suiteConditions(SuiteSchema.parse({ preset: 'standard' }));
  const plain = manifestOf(SCENES.images);
  const classes = Array.from({ length: SCENES.classes }, (_, i) => `class ${i}`);
  const head = {
    ...plain,
    dataset: { ...plain.dataset, classes },
    suite: { ...plain.suite, conditions },
  };
  const objects = drawObjects(SCENES, 1);
  const truth = objects.map(groundTruth);
  const answers = conditions.map((condition, i) => {
    const severity = condition.kind === 'clean' ? 0 : condition.severity;
    return drawAnswers(objects, SCENES, skill - 0.08 * severity, 10 + i).map(toDetections);
  });
  const files = await writeTables(directory, head, async (image) => ({
    truth: conditions.map(() => truth[image]!),
    detections: answers.map((of) => of[image]!),
  }));
  await writeManifest(directory, { ...head, files });
}

function labels(boxes: readonly Box[]): { boxes: Float64Array; classes: Int32Array } {
  return {
    boxes: Float64Array.from(boxes.flatMap(({ box }) => box)),
    classes: Int32Array.from(boxes, (box) => box.class),
  };
}

function groundTruth(boxes: readonly Box[]): GroundTruth {
  return {
    ...labels(boxes),
    areas: Float64Array.from(boxes, ({ box: [x1, y1, x2, y2] }) => (x2 - x1) * (y2 - y1)),
    crowd: new Uint8Array(boxes.length),
    ignored: new Uint8Array(boxes.length),
  };
}

function toDetections(boxes: readonly Box[]): Detections {
  return {
    ...labels(boxes),
    confidences: Float64Array.from(boxes, ({ confidence }) => confidence),
  };
}
