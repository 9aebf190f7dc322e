import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratch } from './scratch.ts';
import { runtimeToken } from './server/results.ts';
import type { TestServer } from './server/server.ts';
import type { RunRecord, ServerState } from './server/state.ts';

export interface Step {
  readonly node: string;
  /** Folder of the bundled action. */
  readonly bundle: string;
  readonly server: TestServer;
  readonly state: ServerState;
  readonly run: RunRecord;
  readonly workspace: string;
  readonly toolCache: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Fields of the event's payload besides `repository`. */
  readonly payload: object;
  readonly ref: string;
  readonly attempt?: number;
  /** RUNNER_TEMP of the job, where it has other steps too. */
  readonly temporary?: string;
  /** `env` of the step. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The user cancels when the log says this. */
  readonly cancelAt?: RegExp;
}

export interface StepResult {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  /** Milliseconds from the cancellation to the end. */
  readonly ending: number;
  /** What the post step printed; null where the action's own step did not ask for one. */
  readonly post: string;
}

/** The runner sends SIGINT, and SIGTERM after this time. */
const UNTIL_SIGTERM = 7500;

/** Runs the bundled action as GitHub's runner does: its environment, its files, its Node; then ends the run. */
export async function runStep(step: Step): Promise<StepResult> {
  const { state, run } = step;
  const temporary = step.temporary ?? (await scratch('runner'));
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(temporary, name), content);
    return join(temporary, name);
  };
  await mkdir(step.toolCache, { recursive: true });
  const repository = { id: state.repositoryId, default_branch: state.defaultBranch };
  const [outputs, summary] = [await file('output', ''), await file('summary', '')];
  const env = {
    ...machineVariables(),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: step.server.url,
    GITHUB_GRAPHQL_URL: `${step.server.url}/graphql`,
    GITHUB_SERVER_URL: step.server.site,
    GITHUB_REPOSITORY: `${state.owner}/${state.repo}`,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: await file('event.json', JSON.stringify({ repository, ...step.payload })),
    GITHUB_SHA: run.sha,
    GITHUB_REF: step.ref,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_ATTEMPT: String(step.attempt ?? 1),
    GITHUB_STATE: await file('state', ''),
    GITHUB_WORKFLOW_REF: `${state.owner}/${state.repo}/${run.path}@${step.ref}`,
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temporary,
    RUNNER_TOOL_CACHE: step.toolCache,
    ACTIONS_RUNTIME_TOKEN: runtimeToken(run.id),
    ACTIONS_RESULTS_URL: `${step.server.url}/`,
    ...inputVariables(step.inputs),
    ...step.environment,
  };
  const ran = await runNode(step, 'index.js', env);
  const saved = parseOutputs(await readFile(env.GITHUB_STATE, 'utf8'));
  const states: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(saved)) states[`STATE_${name}`] = value;
  const post = await runNode({ ...step, cancelAt: undefined }, 'post.js', {
    ...env,
    ...states,
  });
  run.status = 'completed';
  return {
    ...ran,
    post: post.log,
    outputs: parseOutputs(await readFile(outputs, 'utf8')),
    summary: await readFile(summary, 'utf8'),
    temporary,
  };
}

async function runNode(
  { node, bundle, workspace, cancelAt }: Omit<Step, 'cancelAt'> & { cancelAt?: RegExp | undefined },
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<Pick<StepResult, 'code' | 'log' | 'ending'>> {
  const child = spawn(node, [join(bundle, file)], {
    cwd: workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let cancelled = 0;
  const hear = (chunk: Buffer): void => {
    log += chunk.toString();
    if (cancelled > 0 || cancelAt === undefined || !cancelAt.test(log)) return;
    cancelled = performance.now();
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGTERM'), UNTIL_SIGTERM).unref();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((done, fail) => {
    child.on('close', done).on('error', fail);
  });
  return { code, log, ending: cancelled > 0 ? performance.now() - cancelled : 0 };
}

/** What the machine gives every process: where programs are, and how to reach the registry. */
function machineVariables(): NodeJS.ProcessEnv {
  const known = /^(PATH|HOME|USERPROFILE|SystemRoot|NODE_EXTRA_CA_CERTS|(HTTPS?|NO)_PROXY)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => known.test(name)));
}

/** What action.yml gives where a workflow says nothing, then what it says. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const all = {
    config: 'robustness.yml',
    baseline: 'auto',
    'on-missing-baseline': 'pass',
    'github-token': 'ghs_full',
    comment: 'auto',
    'report-only': 'false',
    'working-directory': '.',
    ...inputs,
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

/** `name<<delimiter`, lines, `delimiter`. */
function parseOutputs(content: string): Record<string, string> {
  const entries = content.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...entries].map(([, name = '', , value = '']) => [name, value]));
}
