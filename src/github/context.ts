import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { GateError, messageOf } from '../errors.ts';

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** What of an event's payload is read. */
const PayloadSchema = z.object({
  repository: z.object({ id: z.int(), default_branch: z.string().min(1) }),
  pull_request: z
    .object({
      number: z.int().min(1),
      head: z.object({ sha, repo: z.object({ id: z.int() }).nullish() }),
      base: z.object({ sha, ref: z.string() }),
    })
    .optional(),
  merge_group: z.object({ base_sha: sha, base_ref: z.string().default('') }).optional(),
  workflow_run: z
    .object({
      id: z.int().min(1),
      run_attempt: z.int().min(1).default(1),
      event: z.string(),
      path: z.string(),
      head_sha: sha,
      head_branch: z.string().nullable(),
      head_repository: z.object({ id: z.int(), owner: z.object({ login: z.string() }) }).nullable(),
    })
    .optional(),
});

/** The run that a `workflow_run` event tells of. Of all that comes with the event this alone is GitHub's word. */
export type FinishedRun = NonNullable<z.infer<typeof PayloadSchema>['workflow_run']>;

const EnvironmentSchema = z.object({
  GITHUB_REPOSITORY: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_SHA: sha,
  GITHUB_REF: z.string(),
  GITHUB_RUN_ID: z.string().regex(/^\d+$/),
  GITHUB_RUN_ATTEMPT: z.string().regex(/^\d+$/).default('1'),
  GITHUB_WORKFLOW_REF: z.string().default(''),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
  GITHUB_WORKSPACE: z.string().min(1),
  RUNNER_TEMP: z.string().min(1),
  RUNNER_TOOL_CACHE: z.string().default(''),
});

/** The repository, event and machine that the action runs in. */
export interface Context {
  readonly owner: string;
  readonly repo: string;
  readonly repositoryId: number;
  readonly defaultBranch: string;
  /** What a pull request or a queue's group is merged into; else the branch of this run, or the default one. */
  readonly baseBranch: string;
  readonly event: string;
  readonly sha: string;
  readonly ref: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** `.github/workflows/x.yml` of this run; null when unknown. */
  readonly workflow: string | null;
  readonly pullRequest: {
    readonly number: number;
    readonly head: string;
    readonly base: string;
    /** Its code is another repository's (or of one that is gone). */
    readonly fork: boolean;
  } | null;
  readonly mergeGroupBase: string | null;
  readonly finishedRun: FinishedRun | null;
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly workspace: string;
  readonly temporary: string;
  /** Null where the runner has none. */
  readonly toolCache: string | null;
}

/**
 * Reads where the action runs from the runner's environment and the event's payload.
 *
 * @throws GateError when a variable or the payload is not what GitHub's runner gives.
 */
export async function readContext(env: NodeJS.ProcessEnv): Promise<Context> {
  const variables = parsed(EnvironmentSchema, env, 'the environment');
  const file = variables.GITHUB_EVENT_PATH;
  const payload = parsed(PayloadSchema, await readJson(file), `the event payload ${file}`);
  const [owner = '', repo = ''] = variables.GITHUB_REPOSITORY.split('/');
  const { pull_request: pull, merge_group: group, repository } = payload;
  return {
    owner,
    repo,
    repositoryId: repository.id,
    defaultBranch: repository.default_branch,
    baseBranch:
      pull?.base.ref ??
      branchOf(group?.base_ref ?? variables.GITHUB_REF) ??
      repository.default_branch,
    event: variables.GITHUB_EVENT_NAME,
    sha: variables.GITHUB_SHA,
    ref: variables.GITHUB_REF,
    runId: Number(variables.GITHUB_RUN_ID),
    runAttempt: Number(variables.GITHUB_RUN_ATTEMPT),
    workflow: /(\.github\/workflows\/[^@]+)@/.exec(variables.GITHUB_WORKFLOW_REF)?.[1] ?? null,
    pullRequest: pull
      ? {
          number: pull.number,
          head: pull.head.sha,
          base: pull.base.sha,
          fork: pull.head.repo?.id !== repository.id,
        }
      : null,
    mergeGroupBase: group?.base_sha ?? null,
    finishedRun: payload.workflow_run ?? null,
    apiUrl: variables.GITHUB_API_URL,
    serverUrl: variables.GITHUB_SERVER_URL,
    workspace: variables.GITHUB_WORKSPACE,
    temporary: variables.RUNNER_TEMP,
    toolCache: variables.RUNNER_TOOL_CACHE || null,
  };
}

/** Events whose runs on the default branch leave a baseline, and may be trusted to have left one. */
export const BASELINE_EVENTS = ['push', 'schedule', 'workflow_dispatch'] as const;

/** Events under which the gate judges. */
const JUDGED_EVENTS: readonly string[] = [...BASELINE_EVENTS, 'pull_request', 'merge_group'];

/**
 * Refuses events under which a pull request's code would run with the repository's secrets, or that say nothing
 * of what is to be judged.
 *
 * @throws GateError saying which event to use.
 */
export function checkEvent({ event }: Pick<Context, 'event'>): void {
  if (JUDGED_EVENTS.includes(event)) return;
  throw new GateError('github', {
    message:
      event === 'pull_request_target'
        ? 'on pull_request_target the gate would run a pull request’s config and model with this repository’s secrets'
        : `the gate does not judge on the event ${event}`,
    fix: `use \`on: pull_request\`${event === 'pull_request_target' ? '; comments on pull requests of forks are written by a second workflow (docs/workflows/fork-comment.yml)' : `, or one of ${JUDGED_EVENTS.join(', ')}`}`,
  });
}

/**
 * Whether this run leaves the baseline that later ones are compared with: one of a branch, for its next run and for
 * pull requests into it.
 */
export function leavesBaseline(context: Pick<Context, 'event' | 'ref'>): boolean {
  return BASELINE_EVENTS.some((event) => event === context.event) && branchOf(context.ref) !== null;
}

/** The branches whose runs may have left the baseline: the base's own, and the default one, from which it began. */
export function baselineBranches({
  baseBranch,
  defaultBranch,
}: Pick<Context, 'baseBranch' | 'defaultBranch'>): readonly string[] {
  return [...new Set([baseBranch, defaultBranch])];
}

/** Null for what is no branch: a tag, a pull request's merge. */
function branchOf(ref: string): string | null {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? null;
}

/** The page of this run. */
export function runUrl({ serverUrl, owner, repo, runId }: Context): string {
  return `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new GateError(
      'github',
      { message: `cannot read ${file}: ${messageOf(error)}` },
      { cause: error },
    );
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new GateError(
    'github',
    result.error.issues.map((issue) => ({
      message: `${what} is not a GitHub runner's: ${issue.path.join('.')}: ${issue.message}`,
      fix: 'run this as a step of a GitHub Actions workflow; elsewhere use `robustness-gate gate`',
    })),
  );
}
