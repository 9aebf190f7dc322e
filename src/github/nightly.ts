import { issueBody, issueTitle, stateChange } from '../report/nightly.ts';
import type { Report } from '../report/report.ts';
import type { Context } from './context.ts';
import type { Octokit } from './octokit.ts';
import { ownAuthor } from './viewer.ts';

const LABEL = 'robustness-gate';
/** Nights that must pass in a row before the issue is closed: one may be luck. */
const GREEN_NIGHTS = 2;

/** The issue of a gate, with what its first line keeps. */
interface NightIssue {
  readonly number: number;
  readonly open: boolean;
  readonly body: string;
  /** Verdict of the last night. */
  readonly state: string;
  /** The run of the last good night before it was opened; null when unknown. */
  readonly good: number | null;
  /** Nights in a row that passed. */
  readonly green: number;
}

/**
 * The run that tonight is held against while an issue is open: the last good night's. Held against last night's,
 * what stays bad would look well from the second night on.
 *
 * @returns Null where there is no open issue, or where it does not say.
 */
export async function goodNight(
  octokit: Octokit,
  context: Context,
  name: string,
): Promise<number | null> {
  const issue = await findIssue(octokit, context, name);
  return issue?.open === true ? issue.good : null;
}

/**
 * Keeps the one issue of a gate: opens it on a bad night, lists each night in it, says every change of state, and
 * closes it when it is well again.
 *
 * @param day ISO date.
 * @throws Error when GitHub does not let it.
 */
export async function keepIssue(
  octokit: Octokit,
  context: Context,
  report: Report,
  day: string,
): Promise<'none' | 'opened' | 'updated' | 'closed'> {
  const { owner, repo } = context;
  const { status, failed } = report.verdict;
  const found = await findIssue(octokit, context, report.name);
  const open = found?.open === true;
  if (!open && !failed) return 'none';
  const green = status === 'pass' ? (open ? found.green : 0) + 1 : 0;
  const good = open ? found.good : (report.source?.run ?? null);
  const first = `${markerOf(report.name)}state=${status} good=${good ?? '-'} green=${green} -->`;
  const body = `${first}\n${issueBody(report, found?.body ?? '', day)}`;
  if (!found) {
    await octokit.rest.issues.create({
      owner,
      repo,
      title: issueTitle(report.name),
      body,
      labels: [LABEL],
    });
    return 'opened';
  }
  const well = green >= GREEN_NIGHTS;
  const changed = !open || found.state !== status || well;
  const issue_number = found.number;
  await octokit.rest.issues.update({
    owner,
    repo,
    issue_number,
    body,
    ...(well ? { state: 'closed', state_reason: 'completed' } : { state: 'open' }),
  });
  if (changed) {
    const end = well ? ` Closed after ${GREEN_NIGHTS} nights that passed.` : '';
    const text = `${stateChange(report)}${end}`;
    await octokit.rest.issues.createComment({ owner, repo, issue_number, body: text });
  }
  return well ? 'closed' : open ? 'updated' : 'opened';
}

/** The newest issue of a gate that was written with this token, closed ones too. */
async function findIssue(
  octokit: Octokit,
  { owner, repo }: Context,
  name: string,
): Promise<NightIssue | null> {
  const isOwn = await ownAuthor(octokit);
  const { data } = await octokit.rest.issues.listForRepo({
    owner,
    repo,
    labels: LABEL,
    state: 'all',
    sort: 'created',
    direction: 'desc',
    per_page: 100,
  });
  const own = data
    .filter(({ user }) => isOwn(user?.login))
    .filter(({ pull_request }) => pull_request === undefined)
    .filter(({ body }) => body?.startsWith(markerOf(name)));
  const issue = own.find(({ state }) => state === 'open') ?? own[0];
  if (!issue) return null;
  const body = issue.body ?? '';
  const [, state = '', good = '', green = '0'] =
    / state=([\w-]+) good=(\d+|-) green=(\d+) -->/.exec(body.split('\n')[0] ?? '') ?? [];
  return {
    number: issue.number,
    open: issue.state === 'open',
    body,
    state,
    good: /^\d+$/.test(good) ? Number(good) : null,
    green: Number(green),
  };
}

function markerOf(name: string): string {
  return `<!-- robustness-gate:v1 night name=${name} `;
}
