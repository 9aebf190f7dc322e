import { basename, join } from 'node:path';
import { readRun } from '../src/baseline/read.ts';
import { audit } from './audit.ts';
import { judgePool, type Pairing, readPool } from './pools.ts';
import { readResults, type Results, sameRow, updateResults } from './results.ts';
import { measureCurve } from './synthetic.ts';
import { simulateRow } from './workers.ts';

// Bundled into node_modules/.cache/robustness-simulate.
const root = join(import.meta.dirname, '../../..');
const file = join(root, 'simulate/results.json');

const USAGE = `npm run simulate -- NAME
  synthetic IMAGES [middle|standard] [REQUESTS]   simulated detectors, 21 or 61 conditions, 1,000 pull requests
  real BASELINE CANDIDATE [REQUESTS]              test sets of 50, 100, 200 images out of the pool (simulate/pool.sh)
  audit BASELINE CANDIDATE                        influence values beside exact recomputation, on two run directories
What is there already in simulate/results.json is kept and added to.`;

const [name, first, second, third] = process.argv.slice(2);
const results = await readResults(file);
const say = (line: string): void => console.error(line);

if (name === 'synthetic') {
  const curve = results.curve.length > 0 ? results.curve : measureCurve();
  const suite = second === 'standard' ? 'standard' : 'middle';
  const row = { images: Number(first ?? 100), suite, requests: Number(third ?? 1000) } as const;
  const save = (rows: Results['synthetic']): Promise<void> =>
    updateResults(file, ({ synthetic }) => ({
      curve,
      synthetic: [...synthetic.filter((old) => !rows.some((own) => sameRow(own, old))), ...rows],
    }));
  await simulateRow({ ...results, curve }, row, save, say);
} else if (name === 'real' && first !== undefined && second !== undefined) {
  const pool = await readPool(join(root, 'node_modules/.cache/simulate/runs'), first, second);
  const pairings: readonly Pairing[] = ['as they are', 'swapped at random'];
  for (const pairing of pairings) {
    for (const images of [50, 100, 200]) {
      const row = judgePool(pool, pairing, images, Number(third ?? 1000));
      const pair = `${first} → ${second}, ${pairing}`;
      await updateResults(file, ({ pools }) => ({
        pools: [
          ...pools.filter((old) => old.pair !== pair || old.images !== images),
          { images, pair, ...row },
        ],
      }));
      say(`${pair}, ${images} images: ${JSON.stringify(row.tally)}`);
    }
  }
} else if (name === 'audit' && first !== undefined && second !== undefined) {
  const row = await audit(await readRun(first), await readRun(second), Number(third ?? 400));
  const pair = `${basename(first)} → ${basename(second)}`;
  await updateResults(file, ({ audit: known }) => ({
    audit: [...known.filter((old) => old.pair !== pair), { pair, ...row }],
  }));
  say(JSON.stringify(row));
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
