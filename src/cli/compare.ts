import { openBaseline } from '../baseline/open.ts';
import { readRun } from '../baseline/read.ts';
import { commonPart } from '../baseline/common.ts';
import { compareManifests } from '../baseline/compatible.ts';
import { leftOutSentences } from '../baseline/left-out.ts';
import type { Run } from '../baseline/run.ts';
import { compareRuns } from '../compare/compare.ts';
import { measureLimits } from '../compare/limits.ts';
import { GatePolicySchema } from '../compare/policy.ts';
import { isWhole } from '../compare/restrict.ts';
import { compareSeveral } from '../compare/several.ts';
import { currentWaivers } from '../compare/waivers.ts';
import { checkClassNames } from '../config/classes.ts';
import { loadConfig } from '../config/load.ts';
import type { GateConfig } from '../config/schema.ts';
import { GateError } from '../errors.ts';
import type { Progress } from '../evaluate/progress.ts';
import { auditBootstrap } from '../judge/audit.ts';
import { augmentationEffects } from '../judge/effects.ts';
import { judge } from '../judge/judge.ts';
import { judgeRuns } from '../judge/judge-runs.ts';
import { worseVerdict } from '../judge/worse.ts';
import {
  imageLoader,
  type ImageSource,
  severalExamples,
  showFailures,
  whyNone,
} from '../report/images.ts';
import { drawFailures } from '../report/pictures.ts';
import type { Report } from '../report/report.ts';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { type ReportFile, writeReports } from '../report/files.ts';
import { renderSeveralConsole } from '../report/reporters/several-console.ts';
import { renderSeveralHtml } from '../report/reporters/several-html.tsx';
import { renderSeveralJson } from '../report/reporters/several-json.ts';
import type { SeveralReport } from '../report/several.ts';
import { findImages } from './images.ts';
import { judgeReference } from './reference.ts';
import { printReport, wantedReports, warn, withReporterOptions } from './reports.ts';
import { baselineIn, note, originOption, print, progressOf, today, writeOutput } from './shared.ts';

const BOOTSTRAPS = ['linear', 'full'] as const;

const Flags = z.object({
  config: z.string().optional(),
  json: z.boolean().default(false),
  bootstrap: z.enum(BOOTSTRAPS),
  quiet: z.boolean().default(false),
  predictorOrigin: z.array(z.string()).default([]),
});

/** `compare`: the verdict of two run directories, or several side by side. */
export function addCompareCommand(program: Command): void {
  withReporterOptions(program.command('compare'))
    .description(
      'judge a candidate’s run directory against a baseline’s: exit code 1 when it fails; of more than two, each against the first, and all in one table',
    )
    .argument('<baseline>', 'run directory')
    .argument('<candidates...>', 'run directories')
    .option(
      '-c, --config <file>',
      'take the gate’s margins, its reference, `trainedWith` and, for --html, the images from this config',
    )
    .option('--json', 'print the verdict as JSON')
    .addOption(
      new Option(
        '--bootstrap <kind>',
        'full: also count the metric anew in every replicate and show both ways beside one another (minutes)',
      )
        .choices(BOOTSTRAPS)
        .default('linear'),
    )
    .addOption(originOption())
    .option(
      '--quiet',
      'print nothing but errors (and the JSON document): the exit code is the verdict',
    )
    .action(async (baseline: string, candidates: string[], flags: unknown) => {
      const { config: file, json, bootstrap, quiet, predictorOrigin } = Flags.parse(flags);
      const config = file === undefined ? null : await loadConfig(file);
      const wanted = wantedReports(flags);
      const images = await findImages(wanted, config, file ?? '', predictorOrigin);
      const [candidate, ...more] = candidates;
      const all = [baseline, ...candidates];
      if (bootstrap === 'full' && more.length > 0) {
        throw new GateError('usage', {
          message: '--bootstrap full audits one comparison',
          fix: 'name one candidate at a time',
        });
      }
      const progress = progressOf(quiet);
      const shown =
        candidate !== undefined && more.length === 0
          ? await showPair(baseline, candidate, {
              config,
              configFile: file ?? '',
              bootstrap,
              images,
              progress,
            })
          : await showSeveral(await openRuns(all), all, { config, images, progress });
      const written = await shown.write(wanted);
      if (!quiet) {
        for (const { reporter, file: name } of written) note(`${reporter.name}: ${name}`);
      }
      if (json || !quiet) shown.print(json);
      if (shown.failed) process.exitCode = 1;
    });
}

/** What a comparison gives, in every form. */
interface Shown {
  readonly failed: boolean;
  /** Writes what is wanted and tells what was written. */
  write(wanted: readonly ReportFile[]): Promise<readonly ReportFile[]>;
  print(json: boolean): void;
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
  const common = commonPart(first.manifest, run.manifest);
  if (common.leftOut !== null) return leftOutSentences(common.leftOut);
  return isWhole(common) ? [] : ['their images or conditions are in another order'];
}

interface CompareOptions {
  readonly config: GateConfig | null;
  readonly images: ImageSource;
  readonly progress: Progress;
}

interface PairOptions extends CompareOptions {
  /** Where the config came from, for messages. */
  readonly configFile: string;
  readonly bootstrap: (typeof BOOTSTRAPS)[number];
}

/** Judges one run against another. No image and no model is needed. */
async function showPair(
  baselineDirectory: string,
  candidateDirectory: string,
  { config, configFile, bootstrap, images, progress }: PairOptions,
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
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha, progress);
  // Who asks for a comparison and gets none must not go on as if it had passed.
  const judged = await judgeRuns(baseline, candidate, policy, limits, true, progress);
  const { comparison } = judged;
  const full =
    baseline.kind === 'found' && comparison && bootstrap === 'full'
      ? await compareRuns(baseline.run, candidate, policy, comparison.test.replicates, {
          kind: 'full',
          progress,
        })
      : null;
  const reference = await judgeReference(configFile, candidate, policy, progress);
  const verdict = reference
    ? worseVerdict(judged.verdict, reference.verdict, reference.name)
    : judged.verdict;
  const report: Report = {
    name: config?.name ?? 'default',
    verdict,
    baseline: baseline.kind === 'found' ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    effects: comparison ? augmentationEffects(config?.trainedWith ?? [], comparison) : [],
    source: { description: baselineDirectory, commit: null, url: null, distance: null },
    reference,
    ...(await showFailures(
      comparison,
      baseline.kind === 'found' ? baseline.run : null,
      candidate,
      images,
      progress,
    )),
    audit: comparison && full && auditBootstrap(comparison, full, policy, limits),
    limits,
    changes: [],
    notes: [...notes, ...candidate.manifest.notes],
    links: { report: null, run: null },
  };
  return {
    failed: report.verdict.failed,
    write: (wanted) => writeReports(report, wanted, warn),
    print: (json) => printReport(report, json),
  };
}

/** Judges every run against the first and shows all side by side. */
async function showSeveral(
  runs: readonly Run[],
  names: readonly string[],
  { config, images, progress }: CompareOptions,
): Promise<Shown> {
  const policy = config?.gate ?? GatePolicySchema.parse({});
  if (policy.reference !== undefined)
    note(
      `gate.reference is judged of two runs: name ${policy.reference} as one of these to see it`,
    );
  const comparison = await compareSeveral(runs, policy, undefined, progress);
  const examples = severalExamples(comparison, images.most);
  const load = imageLoader(images.samples, runs[0]!.manifest);
  const pictures = await drawFailures(examples, runs, load, progress);
  const report: SeveralReport = {
    runs: runs.map(({ manifest }, i) => {
      const against = comparison.againstFirst[i - 1];
      return { name: names[i]!, manifest, verdict: against ? judge(against, policy) : null };
    }),
    comparison,
    pictures,
    noPictures: whyNone(images, examples, pictures),
  };
  return {
    failed: report.runs.some(({ verdict }) => verdict?.failed),
    write: (wanted) => writeSeveral(report, wanted),
    print: (json) => print(json ? renderSeveralJson(report) : renderSeveralConsole(report)),
  };
}

/** Several runs have a page of their own; the other forms are of one verdict. */
async function writeSeveral(
  report: SeveralReport,
  wanted: readonly ReportFile[],
): Promise<readonly ReportFile[]> {
  const other = wanted.find(({ reporter }) => reporter.name !== 'html');
  if (other) {
    throw new GateError('usage', {
      message: `--${other.reporter.name} tells one verdict, and these are ${report.runs.length} runs`,
      fix: 'compare two runs at a time, or write --html',
    });
  }
  for (const { file } of wanted) await writeOutput(file, renderSeveralHtml(report));
  return wanted;
}
