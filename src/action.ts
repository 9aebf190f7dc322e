import { availableParallelism } from 'node:os';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { error, getInput, info, setSecret, warning } from '@actions/core';
import { createProgress } from './cli/progress.ts';
import { formatError, harmless } from './errors.ts';
import { type GateResult, runGate } from './gate.ts';
import { readBaseConfig } from './github/base-config.ts';
import { findBaseline, findReference } from './github/baseline.ts';
import { leavesBaseline, readContext } from './github/context.ts';
import { deliver } from './github/deliver.ts';
import { readInputs } from './github/inputs.ts';
import { annotate } from './github/log.ts';
import { createOctokit } from './github/octokit.ts';
import { useNativeDirectory } from './native.ts';
import { prepareNatives } from './native-install.ts';
import { renderConsole } from './report/reporters/console.ts';

const FAILED = 1;
const COULD_NOT_JUDGE = 2;

async function main(): Promise<void> {
  const context = await readContext(process.env);
  const inputs = readInputs(getInput, context.workspace);
  if (inputs.token !== '') setSecret(inputs.token);
  const octokit = createOctokit(inputs.token, context.apiUrl, warning);
  const cache = context.toolCache ?? context.temporary;
  const { nativeDirectory: given, baseline: input, baselineWorkflows: workflows } = inputs;
  const bundle = new URL(import.meta.url);
  useNativeDirectory(await prepareNatives({ given, bundle, cache, tell: info }));
  const cancelled = new AbortController();
  process.once('SIGINT', () => cancelled.abort());
  process.once('SIGTERM', () => cancelled.abort());
  const out = await mkdtemp(join(context.temporary, 'robustness-gate-'));
  const result = await runGate({
    configFile: inputs.config,
    outDirectory: join(out, 'candidate'),
    cacheDirectory: join(context.temporary, 'robustness-gate-cache'),
    workers: availableParallelism(),
    workerFile: new URL('./worker.js', import.meta.url),
    root: context.workspace,
    allowed: {
      command: inputs.allowCommand,
      origins: inputs.predictorOrigins,
      environment: process.env,
    },
    progress: createProgress(process.stdout, { quiet: false, now: () => performance.now() }),
    findBaseline: (name) => findBaseline({ octokit, context, input, workflows }, name),
    findReference: (directory) => findReference(octokit, context, directory),
    baseConfig: await readBaseConfig(octokit, context, inputs.config),
    today: new Date().toISOString().slice(0, 10),
    onRefused: leavesBaseline(context) ? 'no-baseline' : 'error',
    signal: cancelled.signal,
    failWithoutBaseline: inputs.onMissingBaseline === 'fail',
  });
  info(harmless(renderConsole(result.report, { color: false })));
  await deliver(result, octokit, context, inputs);
  conclude(result, inputs.reportOnly);
}

function conclude({ verdict }: GateResult, reportOnly: boolean): void {
  if (verdict.failed && !reportOnly) {
    error(verdict.sentence);
    process.exitCode = FAILED;
  } else if (verdict.failed || verdict.status !== 'pass') warning(verdict.sentence);
}

try {
  await main();
} catch (problem) {
  info(harmless(formatError(problem)));
  annotate(problem, process.env['GITHUB_WORKSPACE'] ?? '', process.env['RUNNER_DEBUG'] === '1');
  process.exitCode = COULD_NOT_JUDGE;
}
// A model that hangs would keep the process alive.
process.stdout.write('', () => process.exit());
