import { describe, expect, it } from '@jest/globals';
import { compareRuns } from '../../src/compare/compare.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { auditBootstrap, disagreements } from '../../src/judge/audit.ts';
import { runCli } from '../helpers/bundle.ts';
import { drawRun } from '../helpers/runs.ts';
import { writeRun } from '../helpers/run-directory.ts';
import { folderOf } from '../helpers/tmp.ts';

const able = [0.9, 0.8, 0.7, 0.8, 0.7];
const baseline = drawRun(120, able, 1);
// Worse under noise, and by a little under blur.
const candidate = drawRun(120, [0.9, 0.6, 0.5, 0.79, 0.69], 2);
const silent = { say: () => {}, start: () => {}, advance: () => {}, finish: () => {} };

describe('the bootstrap that counts everything anew', () => {
  it.each(['map', 'ap50', 'risk'] as const)(
    'says of %s what influence values say',
    async (metric) => {
      const policy = GatePolicySchema.parse({
        metric,
        ...(metric === 'risk' ? {} : { maxDrop: { classes: { car: 1 } } }),
      });
      const linear = await compareRuns(baseline, candidate, policy, 400);
      const full = await compareRuns(baseline, candidate, policy, 400, {
        kind: 'full',
        progress: silent,
      });
      const audit = auditBootstrap(linear, full, policy, []);
      expect(audit.status).toEqual({ linear: 'regressed', full: 'regressed' });
      expect(audit.nodes.length).toBeGreaterThan(8);
      expect(audit.ratio!.least).toBeGreaterThan(0.9);
      expect(audit.ratio!.most).toBeLessThan(1.1);
      expect(disagreements(audit).length).toBeLessThan(3);
      // All but what rests on the spread is the same.
      const drops = (nodes: typeof full.nodes) => nodes.map(({ drop }) => drop);
      expect(drops(full.nodes)).toEqual(drops(linear.nodes));
    },
  );

  it.each([
    ['linear', 'compare'],
    ['full', 'count anew'],
  ] as const)('tells its progress condition by condition: %s', async (kind, label) => {
    const told: string[] = [];
    await compareRuns(baseline, candidate, GatePolicySchema.parse({}), 5, {
      kind,
      progress: {
        say: () => {},
        start: (what, total, done, unit) => told.push(`${what} ${done}/${total} ${unit}`),
        advance: (units) => told.push(String(units)),
        finish: () => told.push('end'),
      },
    });
    expect(told).toEqual([`${label} 0/5 conditions`, '1', '1', '1', '1', '1', 'end']);
  });
});

describe('robustness-gate compare --bootstrap full', () => {
  it('shows both ways beside one another, and the verdict stays the linear one’s', async () => {
    const cwd = await folderOf({});
    await writeRun(baseline, `${cwd}/a`);
    await writeRun(candidate, `${cwd}/b`);
    const text = await runCli(['compare', 'a', 'b', '--bootstrap', 'full'], cwd);
    expect(text.stdout).toMatch(
      /Audit\nWith everything counted anew in each of 4000 replicates, the verdict is regressed as well\.\nStandard errors/,
    );
    expect(text.code).toBe(1);
  });

  it('audits one comparison at a time', async () => {
    const cwd = await folderOf({});
    const { code, stderr } = await runCli(['compare', 'a', 'b', 'c', '--bootstrap', 'full'], cwd);
    expect(stderr).toMatch(/^--bootstrap full audits one comparison\n {2}fix: name one candidate/);
    expect(code).toBe(2);
  });
});
