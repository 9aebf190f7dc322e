import { z } from 'zod';
import type { Context } from './context.ts';
import type { Octokit } from './octokit.ts';

const ViewerSchema = z.object({ viewer: z.object({ login: z.string() }) });

export interface CommentTarget {
  readonly octokit: Octokit;
  readonly context: Context;
  readonly pullRequest: NonNullable<Context['pullRequest']>;
  /** Name of the gate: several have a comment each. */
  readonly name: string;
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
  for (const { id } of duplicates) {
    await octokit.rest.issues.deleteComment({ owner, repo, comment_id: id });
  }
  if (first) {
    if (runOf(first) > runId || afterMarker(first.body) === afterMarker(text)) return 'unchanged';
    await octokit.rest.issues.updateComment({ owner, repo, comment_id: first.id, body: text });
    return 'updated';
  }
  if (!create) return 'left out';
  const issue_number = pullRequest.number;
  await octokit.rest.issues.createComment({ owner, repo, issue_number, body: text });
  return 'created';
}

/** Comments that begin with the marker and were written with this token, oldest first. */
async function ownComments(
  { octokit, context: { owner, repo }, pullRequest }: CommentTarget,
  marker: string,
): Promise<OwnComment[]> {
  const { viewer } = ViewerSchema.parse(await octokit.graphql('{ viewer { login } }'));
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: pullRequest.number,
    per_page: 100,
  });
  return comments
    .map(({ id, body, user }) => ({ id, body: body ?? '', author: user?.login ?? '' }))
    .filter(({ author }) => plainLogin(author) === plainLogin(viewer.login))
    .filter(({ body }) => body.startsWith(marker));
}

/** REST calls an app `name[bot]`, GraphQL may call it `name`. */
function plainLogin(login: string): string {
  return login.replace(/\[bot\]$/, '');
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
