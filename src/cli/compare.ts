import { writeFile } from 'node:fs/promises';
import { compareManifests } from '../baseline/compatible.ts';
import { readRun } from '../baseline/read.ts';
import type { Run } from '../baseline/run.ts';
import { compareRuns } from '../compare/compare.ts';
import { GatePolicySchema } from '../compare/policy.ts';
import { compareSeveral } from '../compare/several.ts';
import { loadConfig } from '../config/load.ts';
import type { GateConfig } from '../config/schema.ts';
import { GateError } from '../errors.ts';
import { augmentationEffects } from '../judge/effects.ts';
import { judge } from '../judge/judge.ts';
import type { Report } from '../report/report.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { renderConsole } from '../report/reporters/console.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderJson } from '../report/reporters/json.ts';
import { renderSeveralConsole } from '../report/reporters/several-console.ts';
import { renderSeveralHtml } from '../report/reporters/several-html.tsx';
import { renderSeveralJson } from '../report/reporters/several-json.ts';
import type { SeveralReport } from '../report/several.ts';
import { note, print, wantsColor } from './shared.ts';

const Flags = z.object({
  config: z.string().optional(),
  html: z.string().optional(),
  json: z.boolean().default(false),
});

/** `compare`: the verdict of two run directories, or several side by side. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description(
      'judge a candidate’s run directory against a baseline’s: exit code 1 when it fails; of more than two, each against the first, and all in one table',
    )
    .argument('<baseline>', 'run directory')
    .argument('<candidates...>', 'run directories')
    .option('-c, --config <file>', 'take the gate’s margins and `trainedWith` from this config')
    .option('--html <file>', 'also write the report')
    .option('--json', 'print the verdict as JSON')
    .action(async (baseline: string, candidates: string[], flags: unknown) => {
      const { config: file, html, json } = Flags.parse(flags);
      const config = file === undefined ? null : await loadConfig(file);
      const runs = await openRuns([baseline, ...candidates]);
      const shown =
        candidates.length === 1
          ? await showPair(runs, baseline, config)
          : await showSeveral(runs, [baseline, ...candidates], config);
      if (html !== undefined) {
        await writeFile(html, shown.html());
        note(`report: ${html}`);
      }
      print(json ? shown.json() : shown.console());
      if (shown.failed) process.exitCode = 1;
    });
}

/** What a comparison gives, in every form. */
interface Shown {
  readonly failed: boolean;
  html(): string;
  json(): string;
  console(): string;
}

/**
 * Opens run directories that are to be compared.
 *
 * @throws GateError when one is damaged or cannot be compared with the first, saying what differs.
 */
async function openRuns(directories: readonly string[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [index, directory] of directories.entries()) {
    const run = await readRun(directory);
    const match = runs[0] ? compareManifests(runs[0].manifest, run.manifest) : null;
    if (match !== null && match.kind !== 'comparable') {
      const which = directories.length === 2 ? 'the two runs' : `runs 1 and ${index + 1}`;
      throw new GateError('incomparable', {
        message: `${which} cannot be compared: ${match.differences.join('; ')}`,
        fix: 'make both with the same data set, suite and settings',
      });
    }
    runs.push(run);
  }
  return runs;
}

/** Judges one run against another. No image and no model is needed. */
async function showPair(
  [baseline, candidate]: readonly Run[],
  directory: string,
  config: GateConfig | null,
): Promise<Shown> {
  if (!baseline || !candidate) throw new RangeError('two runs');
  const policy = config?.gate ?? GatePolicySchema.parse({});
  const comparison = await compareRuns(baseline, candidate, policy);
  const report: Report = {
    name: 'compare',
    verdict: judge(comparison, policy),
    baseline: baseline.manifest,
    candidate: candidate.manifest,
    comparison,
    effects: augmentationEffects(config?.trainedWith ?? [], comparison),
    source: { description: directory, commit: null, url: null, distance: null },
    pictures: [],
    notes: candidate.manifest.notes,
    links: { report: null, run: null },
  };
  return {
    failed: report.verdict.failed,
    html: () => renderHtml(report),
    json: () => renderJson(report),
    console: () => renderConsole(report, { color: wantsColor() }),
  };
}

/** Judges every run against the first and shows all side by side. */
async function showSeveral(
  runs: readonly Run[],
  names: readonly string[],
  config: GateConfig | null,
): Promise<Shown> {
  const policy = config?.gate ?? GatePolicySchema.parse({});
  const comparison = await compareSeveral(runs, policy);
  const report: SeveralReport = {
    runs: runs.map(({ manifest }, i) => {
      const against = comparison.againstFirst[i - 1];
      return { name: names[i]!, manifest, verdict: against ? judge(against, policy) : null };
    }),
    comparison,
  };
  return {
    failed: report.runs.some(({ verdict }) => verdict?.failed),
    html: () => renderSeveralHtml(report),
    json: () => renderSeveralJson(report),
    console: () => renderSeveralConsole(report),
  };
}
