import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { z } from 'zod';
import { reportsIn, writeReports } from '../report/files.ts';
import { evaluateModel } from '../candidate.ts';
import { runGate } from '../gate.ts';
import { printReport, warn } from './reports.ts';
import {
  baselineIn,
  evaluateOptions,
  note,
  outputPaths,
  print,
  today,
  withEvaluateOptions,
} from './shared.ts';

const Flags = z.object({ out: z.string() });

const INTRODUCTION = `A pull request wants to promote model A over model B, which main uses.
Both have the same mAP on clean images. Are they equally good?
`;

/** `demo`: the main job on the embedded data set, models and config. */
export function addDemoCommand(program: Command): void {
  withEvaluateOptions(program.command('demo'))
    .description('judge model A against model B on the embedded construction site')
    .option(
      '--out <dir>',
      'where run directories, comment.md, report.html and the other forms go',
      'demo-output',
    )
    .action(async (flags: unknown) => {
      const { out } = Flags.parse(flags);
      const paths = outputPaths(out);
      const baseline = join(out, 'baseline');
      const configFile = fileURLToPath(
        new URL('../examples/construction-site/robustness.yml', import.meta.url),
      );
      const options = { ...evaluateOptions(flags, paths.candidate), configFile };
      await mkdir(out, { recursive: true });
      note(INTRODUCTION);
      note('main: model B');
      await evaluateModel({ ...options, outDirectory: baseline, model: 'models/b.onnx' });
      note('pull request: model A');
      const { report, verdict } = await runGate({
        ...options,
        findBaseline: async () => baselineIn(baseline),
        findReference: async (directory) => baselineIn(directory),
        baseConfig: { kind: 'none' },
        today: today(),
        onRefused: 'error',
        mayStopEarly: false,
        failWithoutBaseline: true,
      });
      await writeReports(report, reportsIn(out), warn);
      printReport(report, false);
      print(`the comment:        ${paths.comment}
the report:         ${paths.report}
the gate's verdict: ${verdict.status}, exit code ${verdict.failed ? 1 : 0} (the demonstration itself ends with 0)`);
    });
}
