import { basename, join } from 'node:path';
import { readRun } from '../src/baseline/read.ts';
import { audit } from './audit.ts';
import { pairings } from './pools.ts';
import { makePools } from './make-pools.ts';
import { emptyTally, readResults, type Results, sameRow, updateResults } from './results.ts';
import { stopScenarios } from './early.ts';
import { measureCurve, scenarios, sizeOf, type Suite } from './synthetic.ts';
import { startSimulation } from './workers.ts';

// Bundled into node_modules/.cache/robustness-simulate.
const root = join(import.meta.dirname, '../../..');
const file = join(root, 'simulate/results.json');
const pools = join(root, 'simulate/pools');

const USAGE = `npm run simulate -- NAME
  synthetic IMAGES [middle|standard] [REQUESTS]   simulated detectors, 21 or 61 conditions, 1,000 pull requests
  pool MODEL ...                                  draws 2,000 scenes and runs these models of the demo on them (a, a2,
                                                  b, c): five minutes each, into simulate/pools
  real BASELINE CANDIDATE [REQUESTS] [IMAGES,...] test sets of 50, 100, 200 images out of the pools of two models
  early IMAGES [REQUESTS]                         runs that may stop early, simulated detectors, 21 conditions
  audit BASELINE CANDIDATE [REPLICATES]           influence values beside exact recomputation, on two run directories
What is there already in simulate/results.json is kept and added to.`;

const say = (line: string): void => console.error(line);

async function simulateSynthetic(images: number, suite: Suite, requests: number): Promise<void> {
  const results = await readResults(file);
  const curve = results.curve.length > 0 ? results.curve : measureCurve();
  const rows = scenarios.map((scenario) => ({ images, conditions: sizeOf(suite), scenario }));
  const known = rows.map(
    (row) => results.synthetic.find((old) => sameRow(old, row))?.tally ?? emptyTally(),
  );
  await using simulation = startSimulation({ kind: 'synthetic', curve, suite });
  await simulation.run({ images, pairing: 'as they are' }, known, requests, ({ tallies }) => {
    const made = rows.map((row, i) => ({ ...row, tally: tallies[i]! }));
    say(`${images} images, ${sizeOf(suite)} conditions: ${tallies[0]!.runs}/${requests}`);
    return updateResults(file, ({ synthetic }) => ({
      curve,
      synthetic: [...synthetic.filter((old) => !made.some((row) => sameRow(row, old))), ...made],
    }));
  });
}

async function simulateStops(images: number, requests: number): Promise<void> {
  const results = await readResults(file);
  const curve = results.curve.length > 0 ? results.curve : measureCurve();
  const known = stopScenarios.map(
    (scenario) =>
      results.early.find((old) => old.images === images && old.scenario === scenario)?.tally ??
      emptyTally(),
  );
  await using simulation = startSimulation({ kind: 'early', curve });
  await simulation.run({ images, pairing: 'as they are' }, known, requests, ({ tallies }) => {
    const made = stopScenarios.map((scenario, i) => ({ images, scenario, tally: tallies[i]! }));
    say(`${images} images, may stop early: ${tallies[0]!.runs}/${requests}`);
    return updateResults(file, ({ early }) => ({
      curve,
      early: [...early.filter((old) => old.images !== images), ...made],
    }));
  });
}

async function simulateReal(
  baseline: string,
  candidate: string,
  requests: number,
  sizes: readonly number[],
): Promise<void> {
  await using simulation = startSimulation({ kind: 'real', directory: pools, baseline, candidate });
  for (const images of sizes) {
    for (const pairing of pairings) {
      const pair = `${baseline} → ${candidate}, ${pairing}`;
      const same = (old: Results['pools'][number]): boolean =>
        old.pair === pair && old.images === images;
      const known = (await readResults(file)).pools.find(same)?.tally ?? emptyTally();
      await simulation.run({ images, pairing }, [known], requests, ({ tallies, largestDrop }) => {
        const tally = tallies[0]!;
        say(`${pair}, ${images} images: ${tally.runs}/${requests}`);
        const row = { images, pair, largestDrop: largestDrop ?? 0, tally };
        return updateResults(file, (all) => ({
          pools: [...all.pools.filter((old) => !same(old)), row],
        }));
      });
    }
  }
}

async function auditRuns(baseline: string, candidate: string, replicates: number): Promise<void> {
  const row = await audit(await readRun(baseline), await readRun(candidate), replicates);
  const pair = `${basename(baseline)} → ${basename(candidate)}`;
  await updateResults(file, ({ audit: known }) => ({
    audit: [...known.filter((old) => old.pair !== pair), { pair, ...row }],
  }));
  say(JSON.stringify(row));
}

const [name, first, second, third, fourth] = process.argv.slice(2);
if (name === 'synthetic') {
  const suite = second === 'standard' ? 'standard' : 'middle';
  await simulateSynthetic(Number(first ?? 100), suite, Number(third ?? 1000));
} else if (name === 'pool') {
  await makePools(root, pools, process.argv.slice(3));
} else if (name === 'real' && first !== undefined && second !== undefined) {
  const sizes = (fourth ?? '50,100,200').split(',').map(Number);
  await simulateReal(first, second, Number(third ?? 1000), sizes);
} else if (name === 'early') {
  await simulateStops(Number(first ?? 200), Number(second ?? 1000));
} else if (name === 'audit' && first !== undefined && second !== undefined) {
  await auditRuns(first, second, Number(third ?? 4000));
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
