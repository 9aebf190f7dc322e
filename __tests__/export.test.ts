import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Run } from '../src/baseline/run.ts';
import { scoreCoco } from '../src/evaluate/coco.ts';
import { matchCondition, scoreCondition } from '../src/evaluate/score.ts';
import { cocoFiles, csvFiles, type ExportFile } from '../src/report/export.ts';
import { runCli } from './helpers/bundle.ts';
import { configOf, projectFolder } from './helpers/project.ts';
import { drawRun } from './helpers/runs.ts';
import { temporaryDirectory } from './helpers/tmp.ts';

async function textOf({ pieces }: ExportFile): Promise<string> {
  let text = '';
  for await (const piece of pieces()) text += piece;
  return text;
}

/** A drawn run in which some objects are ignored without being a crowd. */
function runWithIgnored(): Run {
  const run = drawRun(40, [0.9, 0.7, 0.6, 0.5, 0.4], 3);
  return {
    ...run,
    truth: async (condition) => {
      const truth = await run.truth(condition);
      const ignored = truth.ignored.map((_, row) => (row % 5 === 2 ? 1 : 0));
      return { ...truth, ignored };
    },
  };
}

describe('the COCO export', () => {
  it('gives the run’s own AP when it is scored, ignored objects and ties included', async () => {
    const run = runWithIgnored();
    const folder = await temporaryDirectory();
    const indexes = [...run.manifest.suite.conditions.keys()];
    for (const file of cocoFiles(run, indexes)) {
      await mkdir(dirname(join(folder, file.path)), { recursive: true });
      await writeFile(join(folder, file.path), await textOf(file));
    }
    for (const index of indexes) {
      const own = scoreCondition(
        matchCondition(await run.truth(index), await run.detections(index), 2),
      );
      const name = run.manifest.suite.conditions[index]!.id.replace('/', '-');
      const { AP } = await scoreCoco(
        join(folder, name, 'truth.json'),
        join(folder, name, 'detections.json'),
      );
      expect(100 * (AP ?? -1)).toBeCloseTo(own.map ?? -1, 10);
    }
  });
});

describe('the CSV export', () => {
  it('quotes names, and disarms those that a spreadsheet would compute', async () => {
    const run = drawRun(1, [1, 1, 1, 1, 1], 1);
    const classes = ['=HYPERLINK("http://x")', 'a,"b"'];
    const metrics = run.manifest.suite.conditions.map(({ id }) => ({
      condition: id,
      map: 1.5,
      ap50: null,
      classes: [1, 2],
      classes50: [null, 3],
    }));
    const { dataset } = run.manifest;
    const manifest = { ...run.manifest, metrics, dataset: { ...dataset, classes } };
    const [file] = csvFiles({ ...run, manifest }, [0]);
    expect(await textOf(file!)).toBe(
      [
        'condition,family,perturbation,severity,class,map,ap50,risk,found,lost,spurious',
        'clean,,,,,1.5,,,,,',
        `clean,,,,"'=HYPERLINK(""http://x"")",1,,,,,`,
        'clean,,,,"a,""b""",2,3,,,,',
        '',
      ].join('\r\n'),
    );
  });
});

describe('robustness-gate export', () => {
  it('writes chosen conditions for other tools', async () => {
    const cwd = await projectFolder({ 'robustness.yml': configOf('brightness, horizontal_flip') });
    await runCli(['run', '--quiet', '--out', 'r'], cwd);
    const args = ['export', 'r', '--coco', 'coco', '--csv', 'csv'];
    const { code, stderr } = await runCli(
      [...args, '--condition', 'clean', 'horizontal_flip'],
      cwd,
    );
    expect(stderr).toBe('4 files: coco\n2 files: csv\n');
    expect(code).toBe(0);
    expect(await readdir(join(cwd, 'coco'))).toEqual(['clean', 'horizontal_flip']);
    const lines = (await readFile(join(cwd, 'csv/detections.csv'), 'utf8')).split('\r\n');
    expect(lines).toHaveLength(1 + 3 + 3 + 1);
    expect(lines[1]).toMatch(
      /^images\/val\/\d\.jpg,clean,Person,0\.89\d*,10\.5,11\.5,29\.5,30\.5$/,
    );
  }, 60_000);

  it('needs something to write, and a condition that the run has', async () => {
    const cwd = await projectFolder();
    await runCli(['run', '--quiet', '--out', 'r'], cwd);
    const nothing = await runCli(['export', 'r'], cwd);
    expect(nothing.stderr).toMatch(/^nothing to write\n {2}fix: give --coco DIR/);
    const unknown = await runCli(['export', 'r', '--csv', 'x', '--condition', 'clan'], cwd);
    expect(unknown.stderr).toMatch(/no condition "clan"\n {2}fix: did you mean "clean"\?/);
    expect(unknown.code).toBe(2);
  }, 60_000);
});
