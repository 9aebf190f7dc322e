import { join } from 'node:path';
import { describeMachine, machineText } from './machine.ts';
import { measureMemory } from './memory.ts';
import { timePeer } from './peer.ts';
import { timePerturbationRows } from './perturbation-rows.ts';
import { timePipe } from './pipe.ts';
import { INSTALL_HINT, python, root } from './python.ts';
import { type BenchResult, readResults, updateResults } from './results.ts';
import { timeScoring } from './scoring.ts';
import { timeSecondRun } from './second-run.ts';
import { rowText } from './docs.ts';
import { measureSuite } from './suite.ts';
import { timeVerdict } from './verdict.ts';

interface Context {
  /** What else the command line names. */
  readonly only: readonly string[];
  /** What was measured before. */
  readonly last: BenchResult | undefined;
}

interface Bench {
  readonly name: string;
  /** Runs only when it is named. */
  readonly long?: boolean;
  /** `interpreter` is the reference's Python: without it a bench that has `peer` is skipped. */
  readonly peer?: (interpreter: string, context: Context) => Promise<Measured>;
  readonly alone?: (context: Context) => Promise<Measured>;
}

type Measured = Pick<BenchResult, 'rows' | 'notes' | 'perturbations'>;

/** In the order of DESIGN.md 13. */
const benches: readonly Bench[] = [
  { name: 'pipe', alone: timePipe },
  { name: 'peer', peer: timePeer },
  { name: 'perturbations', peer: (_, { only, last }) => timePerturbationRows(only, last) },
  { name: 'scoring', peer: timeScoring },
  { name: 'verdict', alone: timeVerdict },
  { name: 'second-run', alone: timeSecondRun },
  { name: 'memory', long: true, alone: measureMemory },
];

const file = join(root, 'bench/results.json');
const names = benches.map(({ name }) => name);
const asked = process.argv.slice(2);
if (asked[0] === 'suite') {
  await measureSuite(asked.slice(1));
  process.exit();
}
const only = asked.filter((word) => !names.includes(word));
if (only.length > 0 && !asked.includes('perturbations')) {
  throw new RangeError(`no bench ${only.join(', ')}; there are ${names.join(', ')}`);
}
const machine = describeMachine();
console.log(machineText(machine));
for (const bench of benches) {
  const { name, long = false } = bench;
  if (asked.length > 0 ? !asked.includes(name) : long) continue;
  if (bench.peer && python === null) {
    console.log(`${name}: skipped, it needs the reference’s Python. ${INSTALL_HINT}`);
    continue;
  }
  const last = (await readResults(file)).benches.find((result) => result.name === name);
  const context = { only, last };
  const began = performance.now();
  const measured = await (bench.peer?.(python!, context) ?? bench.alone!(context));
  console.log(`\n${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
  for (const row of measured.rows) console.log(rowText(row));
  for (const note of measured.notes) console.log(`         ${note}`);
  await updateResults(file, { name, machine, ...measured }, names);
}
