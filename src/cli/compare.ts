import { writeFile } from 'node:fs/promises';
import { openBaseline } from '../baseline/open.ts';
import { readRun } from '../baseline/read.ts';
import { GatePolicySchema } from '../compare/policy.ts';
import { measureLimits } from '../compare/limits.ts';
import { currentWaivers } from '../compare/waivers.ts';
import { checkClassNames } from '../config/classes.ts';
import { loadConfig } from '../config/load.ts';
import { judgeRuns } from '../judge/judge-runs.ts';
import type { Report } from '../report/report.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { renderConsole } from '../report/reporters/console.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderJson } from '../report/reporters/json.ts';
import { baselineIn, note, print, today, wantsColor } from './shared.ts';

const Flags = z.object({
  config: z.string().optional(),
  html: z.string().optional(),
  json: z.boolean().default(false),
});

/** `compare`: the verdict of two run directories. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description(
      'judge a candidate’s run directory against a baseline’s: exit code 1 when it fails',
    )
    .argument('<baseline>', 'run directory')
    .argument('<candidate>', 'run directory')
    .option('-c, --config <file>', 'take the gate’s margins from this config')
    .option('--html <file>', 'also write the report')
    .option('--json', 'print the verdict as JSON')
    .action(async (baseline: string, candidate: string, flags: unknown) => {
      const { config, html, json } = Flags.parse(flags);
      const report = await compareDirectories(baseline, candidate, config ?? null);
      if (html !== undefined) {
        await writeFile(html, renderHtml(report));
        note(`report: ${html}`);
      }
      print(json ? renderJson(report) : renderConsole(report, { color: wantsColor() }));
      if (report.verdict.failed) process.exitCode = 1;
    });
}

/**
 * Judges one run directory against another. No image and no model is needed.
 *
 * @param configFile Where the margins come from; null for the defaults.
 * @throws GateError when one is damaged or the two are refused, saying what differs and what to do.
 */
async function compareDirectories(
  baselineDirectory: string,
  candidateDirectory: string,
  configFile: string | null,
): Promise<Report> {
  const written =
    configFile === null ? GatePolicySchema.parse({}) : (await loadConfig(configFile)).gate;
  const candidate = await readRun(candidateDirectory);
  const lookup = baselineIn(baselineDirectory);
  const baseline = await openBaseline(lookup, candidate.manifest, {
    who: 'the baseline',
    refused: 'error',
    different: 'no-baseline',
  });
  checkClassNames(written, candidate.manifest.dataset.classes, configFile ?? '');
  const { current, notes } = currentWaivers(written.waivers, today());
  const policy = { ...written, waivers: current };
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha);
  // Who asks for a comparison and gets none must not go on as if it had passed.
  const { verdict, comparison } = await judgeRuns(baseline, candidate, policy, limits, true);
  return {
    name: 'compare',
    verdict,
    baseline: baseline.kind === 'found' ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    source: { description: baselineDirectory, commit: null, url: null, distance: null },
    reference: null,
    pictures: [],
    limits,
    changes: [],
    notes: [...notes, ...candidate.manifest.notes],
    links: { report: null, run: null },
  };
}
