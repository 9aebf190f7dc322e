import { dirname } from 'node:path';
import { info, notice, setOutput, summary, warning } from '@actions/core';
import { messageOf } from '../errors.ts';
import type { GateResult } from '../gate.ts';
import { writeExchange } from '../report/exchange.ts';
import { reportsIn, writeReports } from '../report/files.ts';
import type { Report } from '../report/report.ts';
import { renderComment } from '../report/reporters/comment.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderSummary } from '../report/reporters/summary.ts';
import { riskAlone } from '../report/single.ts';
import { uploadBaseline, uploadReport, uploadVerdict } from './artifact.ts';
import { type CommentTarget, isWorthAComment, writeComment } from './comment.ts';
import { type Context, leavesBaseline, runUrl } from './context.ts';
import type { Inputs } from './inputs.ts';
import { keepIssue } from './nightly.ts';
import { type Octokit, statusOf } from './octokit.ts';

/**
 * Delivers a result: baseline, report, job summary, comment, outputs. Each is tried on its own: one that fails
 * is a warning and changes no verdict.
 */
export async function deliver(
  result: GateResult,
  octokit: Octokit,
  context: Context,
  inputs: Inputs,
): Promise<void> {
  const { name } = result.config;
  const upload = { context, name, retentionDays: inputs.retentionDays };
  if (leavesBaseline(context)) {
    await attempt('the baseline was not uploaded', () =>
      uploadBaseline(result.runDirectory, upload),
    );
  }
  const run = runUrl(context);
  const unlinked: Report = { ...result.report, links: { report: null, run } };
  const page = await attempt('the report was not uploaded', () =>
    uploadReport(renderHtml(unlinked), upload),
  );
  const report: Report = { ...unlinked, links: { report: page ?? null, run } };
  await writeReports(report, reportsIn(dirname(result.runDirectory)), warning);
  await attempt('the job summary was not written', () =>
    summary.addRaw(renderSummary(report), true).write(),
  );
  if (context.event === 'schedule') {
    await attempt('the issue was not kept', () => nightly(report, octokit, context));
  }
  const commented = await attempt('the comment was not written', () =>
    comment(report, octokit, context, inputs),
  );
  if (commented === 'forbidden') {
    await attempt('the verdict was not left for the workflow that comments', () =>
      uploadVerdict(exchangeOf(result, report, context, inputs), upload),
    );
  }
  setOutputs(result, page ?? '');
}

async function nightly(report: Report, octokit: Octokit, context: Context): Promise<void> {
  try {
    const day = new Date().toISOString().slice(0, 10);
    info(`issue: ${await keepIssue(octokit, context, report, day)}`);
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    notice('the token may not keep an issue: give the job `permissions: {issues: write}`');
  }
}

function exchangeOf(
  { config }: GateResult,
  report: Report,
  { pullRequest }: Context,
  { onMissingBaseline }: Inputs,
): string {
  return writeExchange(report, {
    pullRequest: pullRequest?.number ?? 0,
    policy: config.gate,
    failWithoutBaseline: onMissingBaseline === 'fail',
    trainedWith: config.trainedWith,
  });
}

async function attempt<T>(failed: string, action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    warning(`${failed}: ${messageOf(error)}`);
    return undefined;
  }
}

async function comment(
  report: Report,
  octokit: Octokit,
  context: Context,
  inputs: Inputs,
): Promise<'written' | 'not wanted' | 'forbidden'> {
  const { pullRequest } = context;
  if (pullRequest === null || inputs.comment === 'never') return 'not wanted';
  const target = { octokit, context, pullRequest, name: report.name };
  return commentIfAllowed(target, renderComment(report), isWorthAComment(report, inputs.comment));
}

/**
 * Writes the comment of a gate; a token that may not is told how it may.
 *
 * @param create Whether to write one where there is none yet.
 * @throws Error when GitHub fails otherwise.
 */
export async function commentIfAllowed(
  target: CommentTarget & { readonly pullRequest: { readonly fork: boolean } },
  body: string,
  create: boolean,
): Promise<'written' | 'forbidden'> {
  const { number, fork } = target.pullRequest;
  try {
    info(`comment on #${number}: ${await writeComment(target, body, create)}`);
    return 'written';
  } catch (error) {
    const status = statusOf(error);
    if (status !== 403 && status !== 404) throw error;
    notice(
      fork
        ? 'a fork’s token may not comment: the verdict is in the job summary, and left for docs/workflows/fork-comment.yml'
        : 'the token may not comment: give the job `permissions: {pull-requests: write}`, which Dependabot’s gets too; the verdict is in the job summary, and left for docs/workflows/fork-comment.yml',
    );
    return 'forbidden';
  }
}

function setOutputs({ report, verdict, runDirectory }: GateResult, page: string): void {
  const risk = report.comparison?.risk.find(({ level }) => level === 'overall');
  const overall = report.comparison?.nodes.find(({ level }) => level === 'overall');
  setOutput('verdict', verdict.status);
  setOutput('risk', (risk?.candidate.value ?? riskAlone(report.candidate))?.toFixed(2) ?? '');
  setOutput('baseline-risk', risk?.baseline.value.toFixed(2) ?? '');
  setOutput('drop', overall?.drop.toFixed(3) ?? '');
  setOutput('report-url', page);
  setOutput('run-path', runDirectory);
  setOutput('reports-path', dirname(runDirectory));
}
