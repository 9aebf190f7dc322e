import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { z } from 'zod';
import { secondsOf } from '../../src/github/inputs.ts';
import type { StepResult } from './runner.ts';
import { type Event, type Place, step } from './scenario.ts';
import { scratch } from './scratch.ts';
import { addRun, type RunRecord, type ServerState } from './server/state.ts';

const Job = z.object({
  if: z.string().optional(),
  needs: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  'timeout-minutes': z.number(),
  strategy: z.object({ matrix: z.record(z.string(), z.array(z.unknown())) }).optional(),
  steps: z.array(
    z.object({
      if: z.string().optional(),
      uses: z.string().optional(),
      with: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).default({}),
    }),
  ),
});
const Workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.object({}).strict(),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.unknown() }),
  jobs: z.record(z.string(), Job),
});
type Job = z.infer<typeof Job>;

/** What a repository has when one of its workflows runs. */
export interface Repository {
  readonly at: Place;
  readonly state: ServerState;
  /** What a checkout gives. */
  readonly workspace: string;
  /** GitHub's cache: folders by their key, the newest last. */
  readonly caches: Map<string, string>;
  /** A fork's token and Dependabot's may only read, whatever the workflow says. */
  readonly readOnly?: boolean;
}

/** What came of the steps of a workflow that run the gate, by job; and of its other steps. */
export interface WorkflowResult {
  readonly run: RunRecord;
  readonly gates: ReadonlyMap<string, readonly StepResult[]>;
  /** `checkout`, `restore KEY`, `save KEY`, in order. */
  readonly others: readonly string[];
}

const TOKEN = 'ghs_job_of_a_template';

/**
 * Runs a template as GitHub does on an event: its jobs in the order of `needs` and of their matrix, the steps whose
 * conditions hold, each with a token that has the job's permissions and no other.
 *
 * @throws Error where the template says something that this runner does not know.
 */
export async function runTemplate(
  name: string,
  event: Event,
  repository: Repository,
): Promise<WorkflowResult> {
  const file = join(import.meta.dirname, '../../docs/workflows', name);
  const { on, concurrency, jobs } = Workflow.parse(parse(await readFile(file, 'utf8')));
  if (!(event.run.event in on)) throw new Error(`${name} does not run on ${event.run.event}`);
  const run = addRun(repository.state, event.run);
  const github = githubOf(event, run, repository.state);
  fill(concurrency.group, { github });
  const gates = new Map<string, StepResult[]>();
  const others: string[] = [];
  for (const [id, job] of Object.entries(jobs)) {
    if (job.needs !== undefined && !(job.needs in jobs)) throw new Error(`no job ${job.needs}`);
    for (const contexts of matrixOf(job, github)) {
      if (job.if !== undefined && !truth(job.if, contexts)) continue;
      const results = await runJob(job, contexts, { ...repository, event, run }, others);
      gates.set(id, [...(gates.get(id) ?? []), ...results]);
    }
  }
  return { run, gates, others };
}

type Contexts = Readonly<Record<string, unknown>>;

function githubOf(
  { run: { event }, payload, ref }: Event,
  run: RunRecord,
  state: ServerState,
): object {
  const repository = { id: state.repositoryId, default_branch: state.defaultBranch };
  return { event_name: event, event: { repository, ...payload }, ref, sha: run.sha, token: TOKEN };
}

/** The contexts of each job of a matrix; of the one job without. */
function matrixOf({ strategy }: Job, github: object): Contexts[] {
  const cancelled = (): boolean => false;
  const startsWith = (text: string, start: string): boolean => text.startsWith(start);
  const known = { github, cancelled, startsWith };
  const [entry, ...more] = Object.entries(strategy?.matrix ?? {});
  if (more.length > 0) throw new Error('a matrix of several dimensions');
  if (!entry) return [known];
  const [name, values] = entry;
  const total = { 'job-total': values.length };
  return values.map((value) => ({ ...known, matrix: { [name]: value }, strategy: total }));
}

/** A run of a workflow that is under way. */
interface Running extends Repository {
  readonly event: Event;
  readonly run: RunRecord;
}

async function runJob(
  job: Job,
  known: Contexts,
  running: Running,
  others: string[],
): Promise<StepResult[]> {
  const { at, state, workspace, readOnly = false, event, run } = running;
  const temporary = await scratch('job');
  const contexts = { ...known, runner: { os: 'Linux', arch: 'X64', temp: temporary } };
  const permissions = readOnly
    ? Object.fromEntries(Object.keys(job.permissions).map((name) => [name, 'read']))
    : job.permissions;
  state.tokens.set(TOKEN, { login: 'github-actions[bot]', comments: !readOnly, permissions });
  const results: StepResult[] = [];
  let folder = await scratch('nothing-checked-out');
  for (const { if: condition, uses = '', with: given } of job.steps) {
    if (condition !== undefined && !truth(condition, contexts)) continue;
    const inputs = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, fill(String(value), contexts)]),
    );
    // Of every action the very commit is named.
    const action = /^([\w./-]+)@[0-9a-f]{40}$/.exec(uses)?.[1] ?? uses;
    if (action === 'OWNER/robustness-gate') {
      checkBudget(job, inputs['time-budget']);
      const all = { at, in: run, temporary, inputs: { 'github-token': TOKEN, ...inputs } };
      results.push(await step(state, folder, event, all));
    } else {
      if (action === 'actions/checkout') folder = workspace;
      others.push(await runOther(action, inputs, running));
    }
  }
  return results;
}

/** A step that does not run the gate. */
async function runOther(
  action: string,
  { path = '', key = '', 'restore-keys': prefix }: Readonly<Record<string, string>>,
  { caches }: Repository,
): Promise<string> {
  if (action === 'actions/checkout') return 'checkout';
  if (action === 'actions/cache/restore') {
    const near = [...caches].findLast(([name]) => prefix && name.startsWith(prefix))?.[1];
    const found = caches.get(key) ?? near;
    if (found !== undefined) await cp(found, path, { recursive: true });
    return `restore ${found === undefined ? 'nothing' : key}`;
  }
  if (action === 'actions/cache/save') {
    const kept = await scratch('cache');
    await cp(path, kept, { recursive: true });
    caches.set(key, kept);
    return `save ${key}`;
  }
  throw new Error(`this runner does not know ${action}`);
}

/** A run must end before GitHub ends its job. */
function checkBudget(job: Job, budget: string | undefined): void {
  if (budget === undefined) return;
  const seconds = secondsOf(budget);
  if (seconds === null || !(seconds <= 60 * job['timeout-minutes'] - 300)) {
    throw new Error(`time-budget ${budget} is not five minutes below timeout-minutes`);
  }
}

const EXPRESSION = /\$\{\{(.*?)\}\}/g;

function truth(condition: string, contexts: Contexts): boolean {
  return Boolean(evaluated(condition.replace(EXPRESSION, '$1'), contexts));
}

function fill(text: string, contexts: Contexts): string {
  return text.replace(EXPRESSION, (_, expression: string) =>
    z.coerce.string().parse(evaluated(expression, contexts) ?? ''),
  );
}

/** GitHub's expressions read as JavaScript where names have no hyphens and what is not there is null. */
function evaluated(expression: string, contexts: Contexts): unknown {
  const script = expression
    .replaceAll(/\.([a-z]+(?:-[a-z]+)+)/g, "['$1']")
    .replaceAll(/([\w\]])\.(?=[a-z])/g, '$1?.');
  return runInNewContext(script, contexts);
}
