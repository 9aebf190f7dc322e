import { writeFile } from 'node:fs/promises';
import { compareManifests } from '../baseline/compatible.ts';
import { readRun } from '../baseline/read.ts';
import { compareRuns } from '../compare/compare.ts';
import { GatePolicySchema } from '../compare/policy.ts';
import { loadConfig } from '../config/load.ts';
import { GateError } from '../errors.ts';
import { augmentationEffects } from '../judge/effects.ts';
import { judge } from '../judge/judge.ts';
import type { Report } from '../report/report.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { renderConsole } from '../report/reporters/console.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderJson } from '../report/reporters/json.ts';
import { note, print, wantsColor } from './shared.ts';

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
    .option('-c, --config <file>', 'take the gate’s margins and `trainedWith` from this config')
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
 * @throws GateError when one is damaged or the two cannot be compared, saying what differs.
 */
async function compareDirectories(
  baselineDirectory: string,
  candidateDirectory: string,
  configFile: string | null,
): Promise<Report> {
  const config = configFile === null ? null : await loadConfig(configFile);
  const policy = config?.gate ?? GatePolicySchema.parse({});
  const [baseline, candidate] = [
    await readRun(baselineDirectory),
    await readRun(candidateDirectory),
  ];
  const match = compareManifests(baseline.manifest, candidate.manifest);
  if (match.kind !== 'comparable') {
    throw new GateError('incomparable', {
      message: `the two runs cannot be compared: ${match.differences.join('; ')}`,
      fix: 'make both with the same data set, suite and settings',
    });
  }
  const comparison = await compareRuns(baseline, candidate, policy);
  return {
    name: 'compare',
    verdict: judge(comparison, policy),
    baseline: baseline.manifest,
    candidate: candidate.manifest,
    comparison,
    effects: augmentationEffects(config?.trainedWith ?? [], comparison),
    source: { description: baselineDirectory, commit: null, url: null, distance: null },
    pictures: [],
    notes: candidate.manifest.notes,
    links: { report: null, run: null },
  };
}
