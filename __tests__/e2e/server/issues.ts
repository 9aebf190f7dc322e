import { z } from 'zod';
import { type Call, type Handler, NOT_FOUND, type Reply } from './call.ts';
import type { IssueRecord, ServerState } from './state.ts';

const Text = z.object({ body: z.string() });
const Issue = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  labels: z.array(z.string()).optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.string().nullish(),
});
const MAX_COMMENT = 65_536;

export const FORBIDDEN: Reply = {
  status: 403,
  json: { message: 'Resource not accessible by integration' },
};

/** Pull requests, issues and the comments of both. */
export const issueRoutes: readonly (readonly [RegExp, Handler])[] = [
  [/^GET \/pulls$/, listPulls],
  [/^GET \/issues$/, listIssues],
  [/^POST \/issues$/, createIssue],
  [/^PATCH \/issues\/(\d+)$/, updateIssue],
  [/^GET \/issues\/(\d+)\/comments$/, listComments],
  [/^POST \/issues\/(\d+)\/comments$/, createComment],
  [/^PATCH \/issues\/comments\/(\d+)$/, updateComment],
  [/^DELETE \/issues\/comments\/(\d+)$/, deleteComment],
];

function listPulls(state: ServerState, { query }: Call): Reply {
  const json = state.pulls
    .filter(({ open }) => query.get('state') !== 'open' || open)
    .filter(({ owner, branch }) => query.get('head') === `${owner}:${branch}`)
    .map(({ number, head, repositoryId }) => ({
      number,
      head: { sha: head, repo: { id: repositoryId } },
      base: { repo: { id: state.repositoryId } },
    }));
  return { status: 200, json };
}

function issueJson({ id, title, body, author, labels, state }: IssueRecord): object {
  return {
    number: id,
    title,
    body,
    state,
    user: { login: author },
    labels: labels.map((name) => ({ name })),
  };
}

function listIssues(state: ServerState, { query }: Call): Reply {
  const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
  const wanted = query.get('state') ?? 'open';
  const json = state.issues
    .filter((issue) => wanted === 'all' || issue.state === wanted)
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .sort((a, b) => b.id - a.id)
    .map(issueJson);
  return { status: 200, json };
}

function createIssue(state: ServerState, { token, body }: Call): Reply {
  const rights = state.tokens.get(token);
  if (!rights?.comments) return FORBIDDEN;
  const { title = '', body: text = '', labels = [] } = Issue.parse(body);
  const id = state.nextId++;
  state.issues.push({ id, author: rights.login, title, body: text, labels, state: 'open' });
  return { status: 201, json: { number: id } };
}

function updateIssue(state: ServerState, { parts: [id], token, body }: Call): Reply {
  if (!state.tokens.get(token)?.comments) return FORBIDDEN;
  const issue = state.issues.find((known) => known.id === Number(id));
  if (!issue) return NOT_FOUND;
  const { title, body: text, state: now } = Issue.parse(body);
  issue.title = title ?? issue.title;
  issue.body = text ?? issue.body;
  issue.state = now ?? issue.state;
  return { status: 200, json: { number: issue.id } };
}

function listComments(state: ServerState, { parts: [issue], query, path }: Call): Reply {
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  const start = (page - 1) * size;
  const all = state.comments.filter((comment) => comment.issue === Number(issue));
  const json = all
    .slice(start, start + size)
    .map(({ id, body, author }) => ({ id, body, user: { login: author } }));
  const next = `${path}?per_page=${size}&page=${page + 1}`;
  const headers = start + size < all.length ? { link: `<${next}>; rel="next"` } : {};
  return { status: 200, json, headers };
}

function createComment(state: ServerState, { parts: [issue], token, body }: Call): Reply {
  const rights = state.tokens.get(token);
  if (!rights?.comments) return FORBIDDEN;
  const text = Text.parse(body).body;
  if (text.length > MAX_COMMENT) return { status: 422, json: { message: 'body is too long' } };
  const id = state.nextId++;
  state.comments.push({ id, issue: Number(issue), author: rights.login, body: text });
  return { status: 201, json: { id } };
}

function updateComment(state: ServerState, { parts: [id], token, body }: Call): Reply {
  const comment = state.comments.find((known) => known.id === Number(id));
  if (!comment) return NOT_FOUND;
  if (state.tokens.get(token)?.login !== comment.author) return FORBIDDEN;
  comment.body = Text.parse(body).body;
  return { status: 200, json: { id: comment.id } };
}

function deleteComment(state: ServerState, { parts: [id], token }: Call): Reply {
  const index = state.comments.findIndex((known) => known.id === Number(id));
  const comment = state.comments[index];
  if (!comment) return NOT_FOUND;
  if (state.tokens.get(token)?.login !== comment.author) return FORBIDDEN;
  state.comments.splice(index, 1);
  return { status: 204 };
}
