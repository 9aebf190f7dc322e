import { join } from 'node:path';
import { inFolder, measureCli } from './measure.ts';
import { demo } from './project.ts';
import { type Row, rowOf } from './results.ts';

/** The second run of the demo's model with the first one's cache. */
export async function timeSecondRun(): Promise<{ rows: Row[]; notes: string[] }> {
  return inFolder(async (folder) => {
    const [config, cache] = [join(demo, 'robustness.yml'), join(folder, 'cache')];
    const run = (out: string) =>
      measureCli(['run', '-c', config, '--quiet', '--cache', cache, '--out', join(folder, out)]);
    const first = await run('first');
    const seconds = [await run('second'), await run('third')];
    const cpu = Math.min(...seconds.map((second) => second.cpu));
    const wall = Math.min(...seconds.map((second) => second.wall));
    return {
      rows: [
        rowOf({
          id: 'second-run',
          what: 'second run of an unchanged model / first run (the demo)',
          target: { bound: 'at most', value: 0.02 },
          unit: '',
          measured: Math.max(cpu / first.cpu, wall / first.wall),
          detail: `CPU ${cpu.toFixed(2)} s / ${first.cpu.toFixed(1)} s, wall ${wall.toFixed(2)} s / ${first.wall.toFixed(1)} s`,
        }),
      ],
      notes: [],
    };
  });
}
