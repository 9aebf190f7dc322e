import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { root } from './python.ts';

/** What a process used, from start to end. */
export interface Usage {
  /** Seconds. */
  readonly wall: number;
  /** Seconds, user and system, all threads and awaited children. */
  readonly cpu: number;
  /** Peak resident set, GiB; of the largest child for Python. */
  readonly memory: number;
  readonly stdout: string;
}

const Told = z.strictObject({ cpu: z.number(), memory: z.number() });

/** Tells on descriptor 3 what the process used. Worker threads load it too, and are counted with the process. */
const TELL_NODE = `data:text/javascript,${encodeURIComponent(`
import { isMainThread } from 'node:worker_threads';
import { writeSync } from 'node:fs';
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 2 ** 20 }));
});`)}`;

/** Runs a script as its own child, whose children count once it has awaited them. */
const TELL_PYTHON = `
import json, os, resource, subprocess, sys
code = subprocess.run([sys.executable, *sys.argv[1:]]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = {"cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 2**20}
os.write(3, json.dumps(told).encode())
sys.exit(code)
`;

/** The command line of the sources as they are, bundled by scripts/bench.mjs. */
const cli = join(root, 'node_modules/.cache/robustness-gate/cli.js');
/** bench/child.ts, bundled beside this. */
const child = fileURLToPath(new URL('child.mjs', import.meta.url));

/** Runs the product's command line in a process of its own. */
export const measureCli = (args: readonly string[]): Promise<Usage> =>
  measure(process.execPath, ['--import', TELL_NODE, cli, ...args], {});

/** Runs a task of bench/child.ts in a process of its own. */
export const measureChild = (args: readonly string[]): Promise<Usage> =>
  measure(process.execPath, ['--import', TELL_NODE, child, ...args], {});

/** Runs a script of bench/peer. */
export const measurePython = (
  interpreter: string,
  script: string,
  args: readonly string[],
): Promise<Usage> =>
  measure(interpreter, ['-c', TELL_PYTHON, join(root, 'bench/peer', script), ...args], {
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
  });

function measure(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const started = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const texts = ['', '', '', ''];
    started.stdio.forEach((stream, i) =>
      stream?.on('data', (chunk: Buffer) => (texts[i] += chunk.toString())),
    );
    started.on('error', reject);
    started.on('close', (code) => {
      const wall = (performance.now() - began) / 1000;
      if (code === 0) resolve({ wall, ...Told.parse(JSON.parse(texts[3]!)), stdout: texts[1]! });
      else reject(new Error(`${args.join(' ')} ended with ${code}\n${texts[2]}`));
    });
  });
}

/** The least of some runs, for each figure by itself: what disturbs only ever adds. */
export function least(runs: readonly Usage[]): Omit<Usage, 'stdout'> {
  const of = (pick: (run: Usage) => number): number => Math.min(...runs.map(pick));
  return { wall: of(({ wall }) => wall), cpu: of(({ cpu }) => cpu), memory: of((r) => r.memory) };
}

/** Works in a folder that goes afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'robustness-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
