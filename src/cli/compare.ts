import { writeFile } from 'node:fs/promises';
import { openBaseline } from '../baseline/open.ts';
import { readRun } from '../baseline/read.ts';
import { commonPart } from '../baseline/common.ts';
import { compareManifests } from '../baseline/compatible.ts';
import { leftOutSentences } from '../baseline/left-out.ts';
import type { Run } from '../baseline/run.ts';
import { measureLimits } from '../compare/limits.ts';
import { GatePolicySchema } from '../compare/policy.ts';
import { compareSeveral } from '../compare/several.ts';
import { currentWaivers } from '../compare/waivers.ts';
import { checkClassNames } from '../config/classes.ts';
import { loadConfig } from '../config/load.ts';
import type { GateConfig } from '../config/schema.ts';
import { GateError } from '../errors.ts';
import { augmentationEffects } from '../judge/effects.ts';
import { judge } from '../judge/judge.ts';
import { judgeRuns } from '../judge/judge-runs.ts';
import { worseVerdict } from '../judge/worse.ts';
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
import { judgeReference } from './reference.ts';
import { baselineIn, note, print, today, wantsColor } from './shared.ts';

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
    .option(
      '-c, --config <file>',
      'take the gate’s margins, its reference and `trainedWith` from this config',
    )
    .option('--html <file>', 'also write the report')
    .option('--json', 'print the verdict as JSON')
    .action(async (baseline: string, candidates: string[], flags: unknown) => {
      const { config: file, html, json } = Flags.parse(flags);
      const config = file === undefined ? null : await loadConfig(file);
      const [candidate, ...more] = candidates;
      const all = [baseline, ...candidates];
      const shown =
        candidate !== undefined && more.length === 0
          ? await showPair(baseline, candidate, config, file ?? '')
          : await showSeveral(await openRuns(all), all, config);
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
 * @throws GateError when one is damaged, or was not made of the same data and suite as the first.
 */
async function openRuns(directories: readonly string[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (const directory of directories) {
    const run = await readRun(directory);
    const differences = runs[0] ? differencesOf(runs[0], run) : [];
    if (differences.length > 0) {
      throw new GateError('incomparable', {
        message: `${directories[0]} and ${directory} cannot be shown side by side: ${differences.join('; ')}`,
        fix: 'make all runs with the same data set, suite and settings, or compare two at a time',
      });
    }
    runs.push(run);
  }
  return runs;
}

function differencesOf(first: Run, run: Run): string[] {
  const match = compareManifests(first.manifest, run.manifest);
  if (match.kind === 'refused') return match.differences.map(({ message }) => message);
  if (match.kind === 'different') return [...match.differences];
  const { leftOut } = commonPart(first.manifest, run.manifest);
  return leftOut === null ? [] : leftOutSentences(leftOut);
}

/** Judges one run against another. No image and no model is needed. */
async function showPair(
  baselineDirectory: string,
  candidateDirectory: string,
  config: GateConfig | null,
  configFile: string,
): Promise<Shown> {
  const written = config?.gate ?? GatePolicySchema.parse({});
  const candidate = await readRun(candidateDirectory);
  const baseline = await openBaseline(baselineIn(baselineDirectory), candidate.manifest, {
    who: 'the baseline',
    refused: 'error',
    different: 'no-baseline',
  });
  checkClassNames(written, candidate.manifest.dataset.classes, configFile);
  const { current, notes } = currentWaivers(written.waivers, today());
  const policy = { ...written, waivers: current };
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha);
  // Who asks for a comparison and gets none must not go on as if it had passed.
  const judged = await judgeRuns(baseline, candidate, policy, limits, true);
  const { comparison } = judged;
  const reference = await judgeReference(configFile, candidate, policy);
  const verdict = reference
    ? worseVerdict(judged.verdict, reference.verdict, reference.name)
    : judged.verdict;
  const report: Report = {
    name: 'compare',
    verdict,
    baseline: baseline.kind === 'found' ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    effects: comparison ? augmentationEffects(config?.trainedWith ?? [], comparison) : [],
    source: { description: baselineDirectory, commit: null, url: null, distance: null },
    reference,
    pictures: [],
    limits,
    changes: [],
    notes: [...notes, ...candidate.manifest.notes],
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
  if (policy.reference !== undefined)
    note(
      `gate.reference is judged of two runs: name ${policy.reference} as one of these to see it`,
    );
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
