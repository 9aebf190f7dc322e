import { basename, resolve } from 'node:path';
import type { BaselineLookup } from './baseline/lookup.ts';
import { type Baseline, openBaseline } from './baseline/open.ts';
import type { Run } from './baseline/run.ts';
import { type CandidateOptions, checkRequests, evaluateCandidate, sameRun } from './candidate.ts';
import { type LimitComparison, measureLimits } from './compare/limits.ts';
import type { GatePolicy } from './compare/policy.ts';
import { withoutImages } from './compare/restrict.ts';
import { currentWaivers } from './compare/waivers.ts';
import type { BaseConfig } from './config/integrity.ts';
import type { GateConfig } from './config/schema.ts';
import { GateError } from './errors.ts';
import { redactAll } from './http/secrets.ts';
import { augmentationEffects } from './judge/effects.ts';
import { type Look, looksOf, stoppedVerdict, stops } from './judge/early-stop.ts';
import type { Progress } from './evaluate/progress.ts';
import { type Judged, judgeRuns } from './judge/judge-runs.ts';
import type { Verdict } from './judge/verdict.ts';
import { worseVerdict } from './judge/worse.ts';
import { locate } from './paths.ts';
import { makePlan, partOf, type Plan } from './plan.ts';
import { showFailures } from './report/images.ts';
import { type Report, referenceReport } from './report/report.ts';

export interface GateOptions extends CandidateOptions {
  /** The config that this one is held against. */
  readonly baseConfig: BaseConfig;
  /** ISO date, for waivers: the pipe has no clock. */
  readonly today: string;
  readonly findBaseline: (name: string) => Promise<BaselineLookup>;
  /** Finds the run directory of `gate.reference`: absent where main has none. The path is absolute. */
  readonly findReference: (directory: string) => Promise<BaselineLookup>;
  /** Whether a baseline of other classes, floor or seed ends in an error (a pull request) or counts as none (main, which makes the next). */
  readonly onRefused: 'error' | 'no-baseline';
  /** Whether `gate.earlyStop` counts: not where the run is to be a baseline. */
  readonly mayStopEarly: boolean;
  /** Whether the check fails when there is no baseline. */
  readonly failWithoutBaseline: boolean;
}

export interface GateResult {
  readonly config: GateConfig;
  readonly verdict: Verdict;
  readonly report: Report;
  readonly runDirectory: string;
}

/** The second baseline, which the config names (`gate.reference`). */
interface Reference {
  /** What it is called: the last part of its path. */
  readonly name: string;
  readonly opened: Baseline;
}

/**
 * Judges a candidate against the baseline: the whole pipe.
 *
 * @throws GateError when it could not judge.
 */
export async function runGate(options: GateOptions): Promise<GateResult> {
  const plan = await makePlan(options, options.baseConfig);
  const { current, notes } = currentWaivers(plan.config.gate.waivers, options.today);
  const policy = { ...plan.config.gate, waivers: current };
  const baselines = {
    baseline: await findBaseline(plan, options),
    reference: await findReference(plan, options),
  };
  await checkRequests(plan, baselines.baseline, options);
  const groups = plan.dataset.samples.map(({ group }) => group);
  const looks = looksOf(groups, {
    ...policy,
    earlyStop: mayStop(plan, baselines, options, policy),
  });
  for (const look of looks.early) {
    const outcome = await judgeLook(plan, baselines, look, options);
    if (stops(outcome.verdict)) return finish(plan, stopped(outcome, plan), notes, options);
  }
  return finish(plan, await judgeLook(plan, baselines, looks.last, options), notes, options);
}

/** Looks cost alpha: where nothing is held against a baseline, or nothing is evaluated, none are taken. */
function mayStop(
  plan: Plan,
  { baseline }: Baselines,
  { mayStopEarly }: GateOptions,
  { earlyStop }: GatePolicy,
): boolean {
  if (!mayStopEarly || !earlyStop) return false;
  return baseline.kind === 'found' && !sameRun(baseline.run, plan.head);
}

/** What a candidate is held against. */
interface Baselines {
  readonly baseline: Baseline;
  /** Null where the config names none. */
  readonly reference: Reference | null;
}

/** What came out of one look. */
interface Outcome {
  readonly verdict: Verdict;
  /** Of the images that were looked at. */
  readonly plan: Plan;
  readonly baseline: Baseline;
  readonly candidate: Run;
  readonly judged: Judged;
  readonly reference: (Reference & Judged) | null;
  readonly limits: readonly LimitComparison[];
}

/** Evaluates the images of a look and judges them, and nothing else. */
async function judgeLook(
  whole: Plan,
  { baseline: found, reference }: Baselines,
  { images, policy }: Look,
  options: GateOptions,
): Promise<Outcome> {
  const plan = partOf(whole, images);
  const seen = new Set(images);
  const unseen = new Set(
    whole.dataset.samples.flatMap(({ digest }, rank) => (seen.has(rank) ? [] : [digest])),
  );
  const baseline = withoutUnseen(found, unseen);
  const candidate = await evaluateCandidate(plan, baseline, options);
  const { progress, failWithoutBaseline } = options;
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha, progress);
  const judged = await judgeRuns(
    baseline,
    candidate,
    policy,
    limits,
    failWithoutBaseline,
    progress,
  );
  const opened = reference && withoutUnseen(reference.opened, unseen);
  const second = opened && (await judgeRuns(opened, candidate, policy, [], false, progress));
  const verdict =
    second && reference
      ? worseVerdict(judged.verdict, second.verdict, reference.name)
      : judged.verdict;
  return {
    verdict,
    plan,
    baseline,
    candidate,
    judged,
    reference: second && opened && reference && { ...reference, opened, ...second },
    limits,
  };
}

function stopped(outcome: Outcome, { dataset }: Plan): Outcome {
  const seen = outcome.plan.dataset.samples.length;
  return { ...outcome, verdict: stoppedVerdict(outcome.verdict, seen, dataset.samples.length) };
}

/** The baseline without the images that are not looked at yet: they are not missing, they are to come. */
function withoutUnseen(baseline: Baseline, unseen: ReadonlySet<string>): Baseline {
  return baseline.kind === 'none' || unseen.size === 0
    ? baseline
    : { ...baseline, run: withoutImages(baseline.run, unseen) };
}

async function finish(
  { config, secrets }: Plan,
  { plan, baseline, candidate, judged, reference, limits, verdict }: Outcome,
  notes: readonly string[],
  { outDirectory, progress }: GateOptions,
): Promise<GateResult> {
  const made = await makeReport(plan, baseline, candidate, judged, reference, verdict, progress);
  const report = redactAll({ ...made, limits, notes: [...notes, ...made.notes] }, secrets);
  return { config, verdict: report.verdict, report, runDirectory: outDirectory };
}

async function findBaseline(plan: Plan, options: GateOptions): Promise<Baseline> {
  return openBaseline(await options.findBaseline(plan.config.name), plan.head, {
    who: 'the baseline',
    refused: options.onRefused,
    different: 'no-baseline',
  });
}

/** Being configured, it is judged against or the run fails; on main it is said, so that main leaves its baseline. */
async function findReference(plan: Plan, options: GateOptions): Promise<Reference | null> {
  const { reference } = plan.config.gate;
  if (reference === undefined) return null;
  const directory = resolve(plan.location.directory, reference);
  if ((await locate(reference, plan.location)).kind === 'outside') {
    throw new GateError('config', {
      message: `gate.reference leaves the workspace: ${reference}`,
      place: { file: options.configFile, key: 'gate.reference' },
    });
  }
  const opened = await openBaseline(await options.findReference(directory), plan.head, {
    who: 'the reference (gate.reference)',
    refused: options.onRefused,
    different: options.onRefused,
  });
  return { name: basename(directory), opened };
}

async function makeReport(
  plan: Plan,
  baseline: Baseline,
  candidate: Run,
  { comparison }: Judged,
  reference: (Reference & Judged) | null,
  verdict: Verdict,
  progress: Progress,
): Promise<Report> {
  const { config, dataset } = plan;
  const { samples } = dataset;
  const images = { samples, reason: null, most: config.report.failures };
  const run = baseline.kind === 'found' ? baseline.run : null;
  return {
    name: config.name,
    verdict,
    baseline: baseline.kind === 'found' ? baseline.run.manifest : null,
    candidate: candidate.manifest,
    comparison,
    effects: comparison ? augmentationEffects(config.trainedWith, comparison) : [],
    source: baseline.kind === 'found' ? baseline.source : null,
    reference: reference && referenceReport(reference.name, reference.opened, reference),
    ...(await showFailures(comparison, run, candidate, images, progress)),
    audit: null,
    limits: [],
    changes: plan.changes,
    notes: candidate.manifest.notes,
    links: { report: null, run: null },
  };
}
