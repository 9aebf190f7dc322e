import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { baselineArtifact } from './baseline.ts';
import { type Octokit, requestProblem } from './octokit.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly state: 'good' | 'lacking' | 'unknown';
  readonly message: string;
  /** Lines to add, or what to do. */
  readonly fix?: string;
}

const Permissions = z.union([z.string(), z.record(z.string(), z.string()), z.null()]).optional();
const Step = z.object({
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const Workflow = z.object({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]),
  permissions: Permissions,
  jobs: z.record(
    z.string(),
    z.object({
      permissions: Permissions,
      steps: z.array(Step).optional(),
      'timeout-minutes': z.unknown().optional(),
    }),
  ),
});
type Workflow = z.infer<typeof Workflow>;
type Job = Workflow['jobs'][string];

/**
 * What a workflow lacks for the gate that it runs.
 *
 * @param text Its YAML.
 * @returns    Nothing where it does not run the gate.
 */
export function diagnoseWorkflow(text: string, file: string): Finding[] {
  if (!/robustness-gate@/.test(text)) return [];
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return [{ state: 'lacking', message: `${file} cannot be read: ${messageOf(error)}` }];
  }
  const workflow = Workflow.safeParse(value);
  if (!workflow.success) return [{ state: 'lacking', message: `${file} is no workflow` }];
  const events = eventsOf(workflow.data);
  const findings = [
    ...eventFindings(events, file),
    ...Object.entries(workflow.data.jobs).flatMap(([name, job]) =>
      gateStep(job) === undefined
        ? []
        : jobFindings(job, workflow.data.permissions, events, `${file}, job ${name}`),
    ),
  ];
  return findings.length > 0
    ? findings
    : [{ state: 'good', message: `${file} has what the gate needs` }];
}

function eventsOf({ on }: Workflow): string[] {
  return typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);
}

function gateStep({ steps = [] }: Job): z.infer<typeof Step> | undefined {
  return steps.find(({ uses }) => uses?.includes('robustness-gate@'));
}

function eventFindings(events: readonly string[], file: string): Finding[] {
  const lack = (message: string, fix: string): Finding => ({ state: 'lacking', message, fix });
  const has = (event: string): boolean => events.includes(event);
  return [
    has('pull_request_target') &&
      lack(
        `${file} runs on pull_request_target: the gate refuses it`,
        'use `on: pull_request`, and docs/workflows/fork-comment.yml for forks',
      ),
    has('pull_request') &&
      !has('push') &&
      lack(
        `${file} does not run on a push to the default branch: nothing leaves a baseline`,
        'on:\n  push:\n    branches: [main]',
      ),
    has('pull_request') &&
      !has('merge_group') &&
      lack(
        `${file} does not run in a merge queue: a required check would never report there`,
        'on:\n  merge_group:',
      ),
  ].filter((finding) => finding !== false);
}

/** The permissions that a job needs, by what it does. */
function neededBy(
  job: Job,
  events: readonly string[],
): [name: string, level: string, why: string][] {
  const isPart = /\d|\{\{/.test(JSON.stringify(gateStep(job)?.with?.['shard'] ?? ''));
  const judges = !isPart && !events.includes('workflow_run');
  return [
    ...(events.includes('workflow_run') ? [] : [['contents', 'read', 'the checkout'] as const]),
    ...(isPart ? [] : [['actions', 'read', 'finds the baseline'] as const]),
    ...(!isPart && events.some((event) => event === 'pull_request' || event === 'workflow_run')
      ? [['pull-requests', 'write', 'writes the comment'] as const]
      : []),
    ...(judges && events.includes('schedule')
      ? [['issues', 'write', 'keeps the night’s issue'] as const]
      : []),
  ].map(([name, level, why]) => [name, level, why]);
}

function jobFindings(
  job: Job,
  ofWorkflow: z.infer<typeof Permissions>,
  events: readonly string[],
  where: string,
): Finding[] {
  const given = job.permissions ?? ofWorkflow;
  const missing = neededBy(job, events).filter(([name, level]) => !grants(given, name, level));
  const budget = gateStep(job)?.with?.['time-budget'];
  return [
    missing.length > 0 && {
      state: 'lacking' as const,
      message: `${where}: the token may not ${missing.map(([name, level]) => `${name}: ${level}`).join(', ')}`,
      fix: [
        'permissions:',
        ...missing.map(([name, level, why]) => `  ${name}: ${level} # ${why}`),
      ].join('\n'),
    },
    job['timeout-minutes'] !== undefined &&
      budget === undefined &&
      !events.includes('workflow_run') && {
        state: 'unknown' as const,
        message: `${where}: without time-budget a run that reaches timeout-minutes judges nothing`,
        fix: 'with:\n  time-budget: 25m # below timeout-minutes',
      },
  ].filter((finding) => finding !== false);
}

/** Whether permissions give one. Without any, the repository's setting decides: read is usual. */
function grants(given: z.infer<typeof Permissions>, name: string, level: string): boolean {
  if (given === undefined) return level === 'read';
  if (given === null) return false;
  if (typeof given === 'string') {
    return given === 'write-all' || (given === 'read-all' && level === 'read');
  }
  return given[name] === 'write' || given[name] === level;
}

/** Whether a token can see a baseline of a gate. */
export async function diagnoseArtifacts(
  octokit: Octokit,
  { owner, repo }: { owner: string; repo: string },
  name: string,
): Promise<Finding> {
  const artifact = baselineArtifact(name);
  try {
    const { data } = await octokit.rest.actions.listArtifactsForRepo({
      owner,
      repo,
      name: artifact,
      per_page: 10,
    });
    const known = data.artifacts.find(({ expired }) => !expired);
    return known
      ? {
          state: 'good',
          message: `the token sees ${artifact}, which run ${known.workflow_run?.id} left`,
        }
      : {
          state: 'lacking',
          message: `${owner}/${repo} has no ${artifact} that is not expired`,
          fix: 'let the workflow run on the default branch once: a push, or “Run workflow”',
        };
  } catch (error) {
    return {
      state: 'lacking',
      message: `the token does not see ${owner}/${repo}’s artifacts: ${requestProblem(error)}`,
      fix: 'permissions:\n  actions: read',
    };
  }
}
