import { availableParallelism } from 'node:os';
import { mkdtemp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { error, getInput, info, setSecret, warning } from '@actions/core';
import { createProgress } from './cli/progress.ts';
import { type BaseConfig, holdConfig } from './config/integrity.ts';
import { loadConfig } from './config/load.ts';
import { formatError, GateError, harmless } from './errors.ts';
import { type CountedProgress, countProgress } from './evaluate/progress.ts';
import { type GateResult, runGate } from './gate.ts';
import { readBaseConfig } from './github/base-config.ts';
import { findBaseline } from './github/baseline.ts';
import { checkEvent, type Context, leavesBaseline, readContext } from './github/context.ts';
import { deliver } from './github/deliver.ts';
import { commentForFork } from './github/fork-comment.ts';
import { commentUnfinished } from './github/incomplete.ts';
import { type Inputs, readInputs } from './github/inputs.ts';
import { annotate } from './github/log.ts';
import { createOctokit, type Octokit } from './github/octokit.ts';
import { findReference } from './github/reference.ts';
import { fetchShards, runShard } from './github/shard-job.ts';
import { cacheDirectory, finished, resume, tellUnfinished } from './github/unfinished.ts';
import { formsOf, likelySecrets } from './http/secrets.ts';
import { useNativeDirectory } from './native.ts';
import { prepareNatives } from './native-install.ts';
import { guardOutput } from './output-guard.ts';
import type { EvaluateOptions } from './plan.ts';
import { renderSafely } from './report/registry.ts';
import { renderConsole } from './report/reporters/console.ts';

/** What this process never prints nor writes: the job's token, keys of services. */
const secrets = likelySecrets(process.env);
const FAILED = 1;
const COULD_NOT_JUDGE = 2;

async function main(): Promise<void> {
  const context = await readContext(process.env);
  const inputs = readInputs(getInput, context.workspace);
  const octokit = createOctokit(inputs.token, context.apiUrl, warning);
  if (context.event === 'workflow_run') {
    await commentForFork(octokit, context, inputs, today());
    return;
  }
  checkEvent(context);
  const ended = endSignal(inputs.timeBudget);
  const progress = countProgress(
    createProgress(process.stdout, { quiet: false, now: () => performance.now() }),
  );
  try {
    await evaluateAndJudge(octokit, context, inputs, { signal: ended.signal, progress });
    finished();
  } catch (problem) {
    if (problem instanceof GateError && problem.code === 'interrupted') {
      const budget = ended.byTime() ? inputs.timeBudget : null;
      const unfinished = { ...progress.counts(), budget };
      await tellUnfinished(unfinished);
      await commentUnfinished(unfinished, octokit, context, inputs, async () =>
        gateName(inputs, await readBaseConfig(octokit, context, inputs.config)),
      );
    }
    throw problem;
  }
}

/** Ends the run when the runner or the time budget says so. */
function endSignal(budget: number | null): { signal: AbortSignal; byTime: () => boolean } {
  const cancelled = new AbortController();
  process.once('SIGINT', () => cancelled.abort());
  process.once('SIGTERM', () => cancelled.abort());
  let late = false;
  if (budget !== null) {
    setTimeout(() => {
      late = true;
      cancelled.abort();
    }, 1000 * budget).unref();
  }
  return { signal: cancelled.signal, byTime: () => late };
}

async function evaluateAndJudge(
  octokit: Octokit,
  context: Context,
  inputs: Inputs,
  { signal, progress }: { signal: AbortSignal; progress: CountedProgress },
): Promise<void> {
  const cache = context.toolCache ?? context.temporary;
  const bundle = new URL(import.meta.url);
  const given = inputs.nativeDirectory;
  useNativeDirectory(await prepareNatives({ given, bundle, cache, tell: info }));
  await resume(octokit, context, inputs);
  const out = await mkdtemp(join(context.temporary, 'robustness-gate-'));
  const options: EvaluateOptions = {
    configFile: inputs.config,
    outDirectory: join(out, 'candidate'),
    cacheDirectory: cacheDirectory(context),
    workers: availableParallelism(),
    workerFile: new URL('./worker.js', import.meta.url),
    root: context.workspace,
    allowed: {
      command: inputs.allowCommand,
      origins: inputs.predictorOrigins,
      environment: process.env,
      secrets,
    },
    progress,
    signal,
  };
  const baseConfig = await readBaseConfig(octokit, context, inputs.config);
  if (inputs.shard?.kind === 'part') {
    await runShard(inputs.shard.part, options, baseConfig, { context, inputs });
    return;
  }
  const result = await judgeCandidate(octokit, context, inputs, { options, baseConfig });
  const table = renderSafely('the table', result.report, (report) =>
    renderConsole(report, { color: false }),
  );
  info(harmless(table.kind === 'text' ? table.text : table.problem));
  await deliver(result, octokit, context, inputs);
  conclude(result, inputs.reportOnly);
}

async function judgeCandidate(
  octokit: Octokit,
  context: Context,
  inputs: Inputs,
  { options, baseConfig }: { options: EvaluateOptions; baseConfig: BaseConfig },
): Promise<GateResult> {
  const { baseline: input, baselineWorkflows: workflows } = inputs;
  const search = { octokit, context, input, workflows, directory: dirname(inputs.config) };
  const merged =
    inputs.shard?.kind === 'merge'
      ? { evaluated: await fetchShards(await gateName(inputs, baseConfig), context) }
      : {};
  return runGate({
    ...options,
    ...merged,
    findBaseline: (name) => findBaseline(search, name),
    findReference: (directory) => findReference(octokit, context, directory),
    baseConfig,
    today: today(),
    onRefused: leavesBaseline(context) ? 'no-baseline' : 'error',
    failWithoutBaseline: inputs.onMissingBaseline === 'fail',
    mayStopEarly: !leavesBaseline(context) && context.event !== 'schedule',
    afresh: context.event === 'schedule',
  });
}

async function gateName({ config }: Inputs, baseConfig: BaseConfig): Promise<string> {
  return holdConfig(await loadConfig(config), baseConfig).config.name;
}

/** The day by which waivers count, in UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function conclude({ verdict }: GateResult, reportOnly: boolean): void {
  if (verdict.failed && !reportOnly) {
    error(verdict.sentence);
    process.exitCode = FAILED;
  } else if (verdict.failed || verdict.status !== 'pass') warning(verdict.sentence);
}

for (const form of [...secrets].flatMap(formsOf)) setSecret(form);
guardOutput([process.stdout, process.stderr], secrets);
try {
  await main();
} catch (problem) {
  info(harmless(formatError(problem)));
  annotate(problem, process.env['GITHUB_WORKSPACE'] ?? '', process.env['RUNNER_DEBUG'] === '1');
  process.exitCode = COULD_NOT_JUDGE;
}
// A model that hangs would keep the process alive.
process.stdout.write('', () => process.exit());
