import type { Context } from './context.ts';
import type { Report } from '../report/report.ts';
import type { Inputs } from './inputs.ts';
import { type Octokit, statusOf } from './octokit.ts';
import { ownAuthor } from './viewer.ts';

export interface CommentTarget {
  readonly octokit: Octokit;
  readonly context: Context;
  readonly pullRequest: Pick<NonNullable<Context['pullRequest']>, 'number' | 'head'>;
  /** Name of the gate: several have a comment each. */
  readonly name: string;
}

/** Whether a report is worth a comment where there is none yet. */
export function isWorthAComment(report: Report, mode: Inputs['comment']): boolean {
  return (
    mode === 'always' ||
    report.comparison?.identical !== true ||
    report.verdict.failed ||
    report.changes.length > 0
  );
}

interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/**
 * Writes the one comment of a gate on a pull request: updates its own, which is known by marker and author,
 * deletes its own duplicates and touches nobody else's.
 *
 * @param body   Markdown.
 * @param create Whether to write one where there is none yet.
 * @throws Error when GitHub does not let it.
 */
export async function writeComment(
  target: CommentTarget,
  body: string,
  create: boolean,
): Promise<'created' | 'updated' | 'unchanged' | 'left out'> {
  const { octokit, context, pullRequest, name } = target;
  const { owner, repo, runId, runAttempt } = context;
  const marker = `<!-- robustness-gate:v1 name=${name} `;
  const text = `${marker}run=${runId}.${runAttempt} sha=${pullRequest.head} -->\n${body}`;
  const [first, ...duplicates] = await ownComments(target, marker);
  await prune(target, duplicates);
  if (first) return update(target, first, text);
  if (!create) return 'left out';
  const issue_number = pullRequest.number;
  await octokit.rest.issues.createComment({ owner, repo, issue_number, body: text });
  // Another run, or a retry of a request whose answer was lost, may have written one meanwhile: the first stays.
  const [oldest, ...others] = await ownComments(target, marker);
  if (oldest && others.length > 0) {
    await update(target, oldest, text);
    await prune(target, others);
  }
  return 'created';
}

/** Writes over an own comment, unless a later run did or it says the same. */
async function update(
  { octokit, context: { owner, repo, runId } }: CommentTarget,
  comment: OwnComment,
  text: string,
): Promise<'updated' | 'unchanged'> {
  if (runOf(comment) > runId || afterMarker(comment.body) === afterMarker(text)) return 'unchanged';
  await octokit.rest.issues.updateComment({ owner, repo, comment_id: comment.id, body: text });
  return 'updated';
}

/** Deletes own duplicates; one that another run deleted first is no matter. */
async function prune(
  { octokit, context: { owner, repo } }: CommentTarget,
  duplicates: readonly OwnComment[],
): Promise<void> {
  for (const { id } of duplicates) {
    await octokit.rest.issues
      .deleteComment({ owner, repo, comment_id: id })
      .catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error;
      });
  }
}

/** Comments that begin with the marker and were written with this token, oldest first. */
async function ownComments(
  { octokit, context: { owner, repo }, pullRequest }: CommentTarget,
  marker: string,
): Promise<OwnComment[]> {
  const isOwn = await ownAuthor(octokit);
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: pullRequest.number,
    per_page: 100,
  });
  return comments
    .filter(({ user }) => isOwn(user?.login))
    .map(({ id, body }) => ({ id, body: body ?? '' }))
    .filter(({ body }) => body.startsWith(marker));
}

/** The run that wrote a comment: runs of one pull request may end in any order. */
function runOf({ body }: OwnComment): number {
  return Number(/ run=(\d+)\./.exec(body)?.[1] ?? 0);
}

/** GitHub may give line ends back as CRLF. */
function afterMarker(body: string): string {
  return body
    .slice(body.indexOf('\n') + 1)
    .replaceAll('\r\n', '\n')
    .trim();
}
