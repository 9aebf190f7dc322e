import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  DefaultArtifactClient,
  VERDICT_ARTIFACT,
  VERDICT_FILE,
  cacheDirectory,
  error,
  finished,
  getInput,
  incompleteComment,
  info,
  notice,
  resume,
  setOutput,
  setSecret,
  summary,
  tellUnfinished,
  uploadBaseline,
  uploadReport,
  uploadShard,
  uploadVerdict,
  warning
} from "./chunks/chunk-Q2TCLVOT.js";
import {
  MAX_CONFIG_BYTES,
  TrainedWithSchema,
  augmentationEffects,
  createProgress,
  evaluateShard,
  holdConfig,
  judge,
  judgeAlone,
  loadConfig,
  makePlan,
  mergeShards,
  originOf,
  parseConfig,
  renderConsole,
  renderHtml,
  renderSafely,
  renderSummary,
  reportsIn,
  runGate,
  sizes,
  worseVerdict,
  writeReports
} from "./chunks/chunk-T2W4WX6J.js";
import {
  GatePolicySchema,
  MAX_SHARDS,
  RUN_FILES,
  RunManifestSchema,
  SHARD_FILES,
  WaiversSchema,
  checkEvent,
  committedFile,
  createOctokit,
  currentWaivers,
  downloadArtifact,
  fetchCommitted,
  findBaseline,
  guardOutput,
  isCommitted,
  keepIssue,
  leavesBaseline,
  link,
  listArtifacts,
  namedWorkflow,
  ownAuthor,
  parseShard,
  readContext,
  renderComment,
  requestProblem,
  riskAlone,
  runUrl,
  short,
  statusOf,
  unzip,
  wantedCommit
} from "./chunks/chunk-6B35HICN.js";
import "./chunks/chunk-LAD2A25X.js";
import {
  GateError,
  external_exports,
  formatError,
  formsOf,
  harmless,
  isInside,
  likelySecrets,
  messageOf,
  useNativeDirectory
} from "./chunks/chunk-OI4ZWR5J.js";

// src/action.ts
import { availableParallelism } from "node:os";
import { mkdtemp as mkdtemp3 } from "node:fs/promises";
import { dirname as dirname3, join as join4 } from "node:path";

// src/evaluate/progress.ts
function countProgress(progress) {
  let [done, total] = [0, 0];
  let counting = false;
  return {
    say: (remark) => progress.say(remark),
    start(label, units, finished2, unit) {
      counting = unit === void 0;
      if (counting) [total, done] = [units, finished2];
      progress.start(label, units, finished2, unit);
    },
    advance(units, at) {
      if (counting) done += units;
      progress.advance(units, at);
    },
    finish: () => progress.finish(),
    counts: () => ({ done, total })
  };
}

// src/github/base-config.ts
import { relative, sep } from "node:path";
import { text } from "node:stream/consumers";
async function readBaseConfig(octokit, context, file) {
  const { pullRequest, mergeGroupBase, workspace } = context;
  if (pullRequest === null && mergeGroupBase === null) return { kind: "none" };
  if (!isInside(file, workspace)) return { kind: "none" };
  const path = relative(workspace, file).split(sep).join("/");
  try {
    const commit = await wantedCommit(octokit, context);
    const body = await committedFile(octokit, context, path, commit);
    const description = `the base commit ${commit.slice(0, 7)}`;
    if (body === null) return { kind: "absent", description };
    const content = await text(body);
    const place = `${path} at ${description}`;
    if (content.length > MAX_CONFIG_BYTES) {
      throw new GateError("config", { message: `${place} is larger than any config` });
    }
    return { kind: "found", description, config: parseConfig(content, place) };
  } catch (error2) {
    if (error2 instanceof GateError) throw error2;
    throw new GateError(
      "github",
      {
        message: `could not read the base commit’s config: ${requestProblem(error2)}`,
        fix: "give the job `permissions: {contents: read}`, and run it again if GitHub was down"
      },
      { cause: error2 }
    );
  }
}

// src/github/deliver.ts
import { dirname } from "node:path";

// src/report/exchange-comparison.ts
var name = external_exports.string().max(300);
var sentences = external_exports.array(external_exports.string().max(1e3)).max(200);
var count = external_exports.int().min(0);
var points = external_exports.number().min(-100).max(100);
var share = external_exports.number().min(0).max(1);
var pair = external_exports.tuple([points.nullable(), points.nullable()]).readonly();
var metric = external_exports.enum(["map", "ap50", "risk"]);
var riskScore = external_exports.object({
  value: points,
  standardError: external_exports.number(),
  lost: points,
  spurious: points
});
var shared = external_exports.object({ common: count, baseline: count, candidate: count });
var leftOut = external_exports.object({
  images: shared.extend({ removed: count, added: count, relabelled: count }),
  conditions: shared.extend({
    removed: external_exports.array(name),
    added: external_exports.array(name),
    changed: external_exports.array(name)
  }),
  groups: shared.nullable()
});
var node = external_exports.object({
  level: external_exports.enum([
    "clean",
    "overall",
    "family",
    "perturbation",
    "condition",
    "class-clean",
    "class"
  ]),
  name,
  metric,
  baseline: points,
  candidate: points,
  drop: points,
  standardError: external_exports.number(),
  interval: external_exports.tuple([external_exports.number(), external_exports.number()]).readonly(),
  change: external_exports.enum(["worse", "better", "no visible change", "identical"]),
  maxDrop: points,
  regressed: external_exports.boolean(),
  waiver: WaiversSchema.unwrap().nullable(),
  adjustedP: share.nullable(),
  detectableDrop: external_exports.number(),
  ruledOut: external_exports.number(),
  untested: external_exports.enum(["baseline-too-low", "identical"]).nullable()
});
var risks = external_exports.array(
  external_exports.object({
    level: external_exports.enum(["overall", "family", "perturbation"]),
    name,
    baseline: riskScore,
    candidate: riskScore,
    rise: points,
    standardError: external_exports.number()
  })
);
var ratio = external_exports.number().nullable();
var corruptionMean = external_exports.object({ mpc: points, rpc: ratio });
var information = external_exports.object({
  sizes: external_exports.array(
    external_exports.object({
      size: external_exports.enum(sizes),
      objects: count,
      groups: count,
      clean: pair,
      perturbed: pair,
      drop: points.nullable(),
      standardError: external_exports.number().nullable()
    })
  ),
  corruption: external_exports.object({
    baseline: corruptionMean,
    candidate: corruptionMean,
    mce: ratio,
    relativeMce: ratio,
    errors: external_exports.array(external_exports.object({ perturbation: name, ce: ratio, relativeCe: ratio })).max(500),
    ownFrost: external_exports.boolean()
  }).nullable(),
  foundByBoth: risks,
  consistency: risks
});
var leftOutOfComments = external_exports.unknown().transform(() => []);
var comparison = external_exports.object({
  metric,
  images: count,
  groups: count,
  nodes: external_exports.array(node).max(5e3),
  risk: risks,
  classes: external_exports.array(
    external_exports.object({
      name,
      objects: count,
      groups: count,
      clean: pair,
      perturbed: pair,
      standardError: external_exports.number().nullable()
    })
  ),
  failures: external_exports.array(
    external_exports.object({
      kind: external_exports.enum(["broken", "fixed"]),
      image: count,
      imageId: name,
      condition: name,
      objects: external_exports.array(count),
      classes: external_exports.array(name),
      influence: external_exports.number()
    })
  ),
  test: external_exports.object({
    alpha: share,
    ruleOutAlpha: share,
    replicates: count,
    seed: external_exports.int(),
    tested: count,
    critical: external_exports.number(),
    criticalTwoSided: external_exports.number()
  }),
  identical: external_exports.boolean(),
  leftOut: leftOut.nullable(),
  information,
  classDrops: leftOutOfComments,
  errors: leftOutOfComments,
  fixes: leftOutOfComments,
  notes: sentences
});

// src/report/exchange.ts
var limit = external_exports.object({
  metric,
  level: external_exports.enum(["clean", "overall"]),
  limit: points,
  value: points.nullable(),
  standardError: external_exports.number(),
  beyond: external_exports.enum(["surely", "measured", "no"])
});
var source = external_exports.object({
  description: name,
  commit: external_exports.string().regex(/^[0-9a-f]{7,64}$/).nullable(),
  distance: count.nullable()
});
var side = {
  baseline: RunManifestSchema.nullable(),
  comparison: comparison.nullable(),
  source: source.nullable()
};
var ExchangeSchema = external_exports.object({
  version: external_exports.literal(1),
  pullRequest: external_exports.int().min(1),
  name: external_exports.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  policy: GatePolicySchema,
  failWithoutBaseline: external_exports.boolean(),
  trainedWith: TrainedWithSchema,
  candidate: RunManifestSchema,
  ...side,
  reference: external_exports.object({ name, ...side }).nullable(),
  limits: external_exports.array(limit).max(10),
  changes: sentences,
  notes: sentences
});
function writeExchange(report, context) {
  const { name: gate, candidate, baseline, comparison: compared, source: from } = report;
  const { reference, limits, changes, notes } = report;
  const document = {
    ...context,
    version: 1,
    name: gate,
    candidate,
    baseline,
    comparison: compared,
    source: from,
    reference,
    limits,
    changes,
    notes
  };
  return JSON.stringify(ExchangeSchema.parse(document));
}
function readExchange(text2, today2) {
  const parsed = ExchangeSchema.safeParse(JSON.parse(text2));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const document = parsed.data;
  const policy = {
    ...document.policy,
    waivers: currentWaivers(document.policy.waivers, today2).current
  };
  const own = verdictOf(document, policy, document.limits, document.failWithoutBaseline);
  const { reference } = document;
  const second = reference && verdictOf(reference, policy, [], false);
  const report = {
    name: document.name,
    verdict: reference && second ? worseVerdict(own, second, reference.name) : own,
    candidate: document.candidate,
    baseline: document.baseline,
    comparison: document.comparison,
    effects: document.comparison ? augmentationEffects(document.trainedWith, document.comparison) : [],
    source: document.source && { ...document.source, url: null },
    reference: reference && second && {
      ...reference,
      verdict: second,
      source: reference.source && { ...reference.source, url: null }
    },
    audit: null,
    noPictures: null,
    losses: [],
    pictures: [],
    limits: document.limits,
    changes: document.changes,
    notes: document.notes,
    links: { report: null, run: null }
  };
  return { pullRequest: document.pullRequest, report };
}
function verdictOf({ comparison: compared }, policy, limits, failing) {
  return compared ? judge(compared, policy, limits) : judgeAlone([], failing, limits);
}

// src/github/comment.ts
function isWorthAComment(report, mode) {
  return mode === "always" || report.comparison?.identical !== true || report.verdict.failed || report.changes.length > 0;
}
async function writeComment(target, body, create) {
  const { octokit, context, pullRequest, name: name2 } = target;
  const { owner, repo, runId, runAttempt } = context;
  const marker = `<!-- robustness-gate:v1 name=${name2} `;
  const text2 = `${marker}run=${runId}.${runAttempt} sha=${pullRequest.head} -->
${body}`;
  const [first, ...duplicates] = await ownComments(target, marker);
  await prune(target, duplicates);
  if (first) return update(target, first, text2);
  if (!create) return "left out";
  const issue_number = pullRequest.number;
  await octokit.rest.issues.createComment({ owner, repo, issue_number, body: text2 });
  const [oldest, ...others] = await ownComments(target, marker);
  if (oldest && others.length > 0) {
    await update(target, oldest, text2);
    await prune(target, others);
  }
  return "created";
}
async function update({ octokit, context: { owner, repo, runId } }, comment2, text2) {
  if (runOf(comment2) > runId || afterMarker(comment2.body) === afterMarker(text2)) return "unchanged";
  await octokit.rest.issues.updateComment({ owner, repo, comment_id: comment2.id, body: text2 });
  return "updated";
}
async function prune({ octokit, context: { owner, repo } }, duplicates) {
  for (const { id } of duplicates) {
    await octokit.rest.issues.deleteComment({ owner, repo, comment_id: id }).catch((error2) => {
      if (statusOf(error2) !== 404) throw error2;
    });
  }
}
async function ownComments({ octokit, context: { owner, repo }, pullRequest }, marker) {
  const isOwn = await ownAuthor(octokit);
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: pullRequest.number,
    per_page: 100
  });
  return comments.filter(({ user }) => isOwn(user?.login)).map(({ id, body }) => ({ id, body: body ?? "" })).filter(({ body }) => body.startsWith(marker));
}
function runOf({ body }) {
  return Number(/ run=(\d+)\./.exec(body)?.[1] ?? 0);
}
function afterMarker(body) {
  return body.slice(body.indexOf("\n") + 1).replaceAll("\r\n", "\n").trim();
}

// src/github/deliver.ts
async function deliver(result, octokit, context, inputs) {
  const { name: name2 } = result.config;
  const upload = { context, name: name2, retentionDays: inputs.retentionDays };
  if (leavesBaseline(context)) {
    await attempt(
      "the baseline was not uploaded",
      () => uploadBaseline(result.runDirectory, upload)
    );
  }
  const run = runUrl(context);
  const unlinked = { ...result.report, links: { report: null, run } };
  const page = await attempt(
    "the report was not uploaded",
    () => uploadReport(renderHtml(unlinked), upload)
  );
  const report = { ...unlinked, links: { report: page ?? null, run } };
  await writeReports(report, reportsIn(dirname(result.runDirectory)), warning);
  await attempt(
    "the job summary was not written",
    () => summary.addRaw(renderSummary(report), true).write()
  );
  if (context.event === "schedule") {
    await attempt("the issue was not kept", () => nightly(report, octokit, context));
  }
  const commented = await attempt(
    "the comment was not written",
    () => comment(report, octokit, context, inputs)
  );
  if (commented === "forbidden") {
    await attempt(
      "the verdict was not left for the workflow that comments",
      () => uploadVerdict(exchangeOf(result, report, context, inputs), upload)
    );
  }
  setOutputs(result, page ?? "");
}
async function nightly(report, octokit, context) {
  try {
    const day = (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
    info(`issue: ${await keepIssue(octokit, context, report, day)}`);
  } catch (error2) {
    if (statusOf(error2) !== 403) throw error2;
    notice("the token may not keep an issue: give the job `permissions: {issues: write}`");
  }
}
function exchangeOf({ config }, report, { pullRequest }, { onMissingBaseline }) {
  return writeExchange(report, {
    pullRequest: pullRequest?.number ?? 0,
    policy: config.gate,
    failWithoutBaseline: onMissingBaseline === "fail",
    trainedWith: config.trainedWith
  });
}
async function attempt(failed, action) {
  try {
    return await action();
  } catch (error2) {
    warning(`${failed}: ${messageOf(error2)}`);
    return void 0;
  }
}
async function comment(report, octokit, context, inputs) {
  const { pullRequest } = context;
  if (pullRequest === null || inputs.comment === "never") return "not wanted";
  const target = { octokit, context, pullRequest, name: report.name };
  return commentIfAllowed(target, renderComment(report), isWorthAComment(report, inputs.comment));
}
async function commentIfAllowed(target, body, create) {
  const { number, fork } = target.pullRequest;
  try {
    info(`comment on #${number}: ${await writeComment(target, body, create)}`);
    return "written";
  } catch (error2) {
    const status = statusOf(error2);
    if (status !== 403 && status !== 404) throw error2;
    notice(
      fork ? "a fork’s token may not comment: the verdict is in the job summary, and left for docs/workflows/fork-comment.yml" : "the token may not comment: give the job `permissions: {pull-requests: write}`, which Dependabot’s gets too; the verdict is in the job summary, and left for docs/workflows/fork-comment.yml"
    );
    return "forbidden";
  }
}
function setOutputs({ report, verdict, runDirectory }, page) {
  const risk = report.comparison?.risk.find(({ level }) => level === "overall");
  const overall = report.comparison?.nodes.find(({ level }) => level === "overall");
  setOutput("verdict", verdict.status);
  setOutput("risk", (risk?.candidate.value ?? riskAlone(report.candidate))?.toFixed(2) ?? "");
  setOutput("baseline-risk", risk?.baseline.value.toFixed(2) ?? "");
  setOutput("drop", overall?.drop.toFixed(3) ?? "");
  setOutput("report-url", page);
  setOutput("run-path", runDirectory);
  setOutput("reports-path", dirname(runDirectory));
}

// src/github/fork-comment.ts
import { readFile } from "node:fs/promises";
import { join } from "node:path";
var MAX_GATES = 10;
var LIMITS = { files: [VERDICT_FILE], bytes: 64 * 2 ** 20, ratio: 200 };
async function commentForFork(octokit, context, inputs, today2) {
  const run = finishedRun(context, inputs.baselineWorkflows);
  if (run.event !== "pull_request") {
    info(`the run ${run.id} is of a ${run.event}: it comments itself`);
    return;
  }
  const candidates = await openPullRequests(octokit, context, run);
  if (candidates.length === 0) {
    info(`no open pull request has ${run.head_sha} as its head: there may be a newer commit`);
    return;
  }
  const artifacts = await listArtifacts(octokit, context, run.id);
  const names = [...new Set(artifacts.map(({ name: name2 }) => name2))].filter((name2) => name2.startsWith(VERDICT_ARTIFACT)).sort();
  if (names.length === 0) info(`the run ${run.id} left no verdict: it could comment itself`);
  for (const name2 of names.slice(0, MAX_GATES)) {
    try {
      await commentOnce({ octokit, context, inputs, run, candidates, today: today2 }, name2);
    } catch (error2) {
      warning(`${name2} was not commented on: ${messageOf(error2)}`);
    }
  }
}
function finishedRun(context, workflows) {
  const { finishedRun: run } = context;
  if (run === null || run.head_repository === null) {
    throw new GateError("github", { message: "the event tells of no run of a repository" });
  }
  if (workflows.length === 0) {
    throw new GateError("usage", {
      message: "on workflow_run the input baseline-workflows says whose verdicts are commented",
      fix: "set it to the workflow that runs the gate: `baseline-workflows: robustness.yml`"
    });
  }
  if (!namedWorkflow(run, workflows)) {
    throw new GateError("github", {
      message: `the run ${run.id} is of the workflow ${run.path}, not of ${workflows.join(", ")}`,
      fix: "a workflow of the same name may be a pull request’s own: only the file counts"
    });
  }
  return run;
}
async function openPullRequests(octokit, { owner, repo, repositoryId }, { head_repository: from, head_branch: branch, head_sha: sha }) {
  if (from === null || branch === null) return [];
  const head = `${from.owner.login}:${branch}`;
  const { data } = await octokit.rest.pulls.list({ owner, repo, state: "open", head });
  return data.filter((pull) => pull.head.sha === sha && pull.head.repo?.id === from.id).filter((pull) => pull.base.repo.id === repositoryId).map((pull) => ({ number: pull.number, head: pull.head.sha }));
}
async function commentOnce(target, artifact) {
  const { octokit, context, inputs, run, candidates, today: today2 } = target;
  const folder = await downloadArtifact(octokit, context, {
    name: artifact,
    run: run.id,
    headRepository: run.head_repository?.id ?? 0,
    limits: LIMITS
  });
  const text2 = await readFile(join(folder, VERDICT_FILE), "utf8");
  const told = readExchange(text2, today2);
  if (artifact !== `${VERDICT_ARTIFACT}${told.report.name}`) {
    throw new Error("it speaks for a gate of another name");
  }
  const pull = candidates.length === 1 ? candidates[0] : candidates.find(({ number }) => number === told.pullRequest);
  if (!pull) throw new Error("it is of none of the pull requests with this commit");
  const url = runUrl({ ...context, runId: run.id });
  const report = { ...told.report, links: { report: null, run: url } };
  const written = await writeComment(
    {
      octokit,
      context: { ...context, runId: run.id, runAttempt: run.run_attempt },
      pullRequest: pull,
      name: report.name
    },
    `${sourceLine(url, run.head_repository?.id !== context.repositoryId)}

${renderComment(report)}`,
    isWorthAComment(report, inputs.comment)
  );
  info(`comment on #${pull.number}: ${written}`);
}
function sourceLine(url, fork) {
  const [whose, who] = fork ? ["fork’s own run", "the fork"] : ["pull request’s own run", "the pull request"];
  return `> Reported by the ${link(whose, url)}, whose workflow ${who} could have changed.`;
}

// src/github/incomplete.ts
import { setTimeout as sleep } from "node:timers/promises";
var COMMENT_MS = 2e4;
async function commentUnfinished(unfinished, octokit, context, inputs, nameOf) {
  const { pullRequest } = context;
  const silent = inputs.comment === "never" || inputs.shard?.kind === "part";
  if (pullRequest === null || unfinished.budget === null || silent) return;
  const write = async () => {
    const target = { octokit, context, pullRequest, name: await nameOf() };
    await commentIfAllowed(target, incompleteComment(unfinished, runUrl(context)), true);
  };
  try {
    const late = () => {
      throw new Error(`GitHub has not taken it in ${COMMENT_MS / 1e3} seconds`);
    };
    await Promise.race([write(), sleep(COMMENT_MS, null, { ref: false }).then(late)]);
  } catch (error2) {
    warning(`the comment was not written: ${messageOf(error2)}`);
  }
}

// src/github/inputs.ts
import { resolve } from "node:path";
var WORKFLOW = /^(?:\.github\/workflows\/)?([A-Za-z0-9._-]+\.ya?ml)$/;
var MAX_RETENTION_DAYS = 400;
function readInputs(get, workspace) {
  const problems = [];
  const fail = (name2, allowed) => {
    problems.push({ message: `input ${name2}: expected ${allowed}, found "${get(name2)}"` });
  };
  function choice(name2, values) {
    const text2 = get(name2) || values[0];
    const value = values.find((known) => known === text2);
    if (value === void 0) fail(name2, values.join(", "));
    return value ?? values[0];
  }
  const directory = resolve(workspace, get("working-directory") || ".");
  const days = get("retention-days");
  if (days !== "" && !(/^\d{1,3}$/.test(days) && +days >= 1 && +days <= MAX_RETENTION_DAYS)) {
    fail("retention-days", `a whole number from 1 to ${MAX_RETENTION_DAYS}`);
  }
  const workflows = get("baseline-workflows").split(/[\s,]+/).filter(Boolean);
  if (workflows.some((name2) => !WORKFLOW.test(name2))) {
    fail("baseline-workflows", "names of files in .github/workflows");
  }
  const timeBudget = secondsOf(get("time-budget"));
  if (Number.isNaN(timeBudget)) fail("time-budget", "a time like 25m, 90s or 1h30m, over 0");
  const shard = shardInput(get("shard"));
  if (shard === void 0) fail("shard", "a part like 1/4 (at most 256), or merge");
  const origins = get("predictor-origin").split(/[\s,]+/).filter(Boolean);
  const native = get("native-dir");
  const inputs = {
    config: resolve(directory, get("config") || "robustness.yml"),
    baseline: baselineInput(get("baseline"), directory),
    baselineWorkflows: workflows.map((name2) => name2.replace(WORKFLOW, ".github/workflows/$1")),
    onMissingBaseline: choice("on-missing-baseline", ["pass", "fail"]),
    token: get("github-token"),
    comment: choice("comment", ["auto", "always", "never"]),
    reportOnly: choice("report-only", ["false", "true"]) === "true",
    shard: shard ?? null,
    timeBudget,
    predictorOrigins: origins.map(originOf),
    allowCommand: choice("allow-command", ["false", "true"]) === "true",
    nativeDirectory: native === "" ? null : resolve(directory, native),
    retentionDays: days === "" ? null : Number(days)
  };
  if (problems.length > 0) throw new GateError("usage", problems);
  return inputs;
}
function secondsOf(text2) {
  if (text2 === "") return null;
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?$/.exec(text2);
  if (!match) return Number.NaN;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0) || Number.NaN;
}
function shardInput(text2) {
  if (text2 === "") return null;
  if (text2 === "merge") return { kind: "merge" };
  const part = parseShard(text2);
  return part === null ? void 0 : { kind: "part", part };
}
function baselineInput(text2, directory) {
  if (text2 === "" || text2 === "auto") return { kind: "auto" };
  if (/^\d+$/.test(text2)) return { kind: "run", run: Number(text2) };
  return { kind: "directory", directory: resolve(directory, text2) };
}

// src/github/log.ts
var MAX_ANNOTATIONS = 9;
function annotate(problem, workspace, debug) {
  if (!(problem instanceof GateError)) {
    error(formatError(problem, { debug }));
    return;
  }
  for (const { message, fix, place } of problem.problems.slice(0, MAX_ANNOTATIONS)) {
    const key = place?.key === void 0 ? "" : `${place.key}: `;
    error(`${key}${message}${fix === void 0 ? "" : `
fix: ${fix}`}`, {
      title: "Robustness Gate could not judge",
      ...place === void 0 ? {} : { file: relativeTo(workspace, place.file) },
      ...place?.line === void 0 ? {} : { startLine: place.line },
      ...place?.column === void 0 ? {} : { startColumn: place.column }
    });
  }
  const more = problem.problems.length - MAX_ANNOTATIONS;
  if (more > 0) error(`and ${more} more, listed in the log`);
}
function relativeTo(workspace, file) {
  const prefix = `${workspace.replace(/[/\\]$/, "")}/`;
  return file.replaceAll("\\", "/").startsWith(prefix) ? file.slice(prefix.length) : file;
}

// src/github/reference.ts
import { relative as relative2 } from "node:path";
async function findReference(octokit, context, directory) {
  const path = relative2(context.workspace, directory);
  const source2 = { description: `directory ${path}`, commit: null, url: null, distance: null };
  if (leavesBaseline(context)) return { kind: "found", directory, source: source2 };
  try {
    const commit = await wantedCommit(octokit, context);
    const committed = await fetchCommitted(octokit, context, directory, commit);
    if (committed !== null) {
      return { kind: "found", directory: committed, source: { ...source2, commit, distance: 0 } };
    }
    if (await isCommitted(octokit, context, directory, commit)) {
      throw new GateError("run-directory", {
        message: `gate.reference, ${path} in ${short(commit)}, is not whole`,
        fix: `commit all of ${RUN_FILES.join(", ")} there`
      });
    }
    const reason = `${path} is not in ${short(commit)}: a reference counts from its merge on`;
    return { kind: "absent", reasons: [reason] };
  } catch (error2) {
    if (error2 instanceof GateError) throw error2;
    throw new GateError(
      "github",
      {
        message: `could not look for gate.reference: ${requestProblem(error2)}`,
        fix: "give the job `permissions: {contents: read}`, and run it again if GitHub was down"
      },
      { cause: error2 }
    );
  }
}

// src/github/shard-job.ts
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { join as join2 } from "node:path";
import { pipeline } from "node:stream/promises";
var LIMITS2 = { files: SHARD_FILES, bytes: 4 * 2 ** 30, ratio: 200 };
async function runShard(part, options, baseConfig, { context, inputs }) {
  const plan = await makePlan(options, baseConfig);
  await evaluateShard(plan, part, options);
  const upload = { context, name: plan.config.name, retentionDays: inputs.retentionDays };
  await uploadShard(options.outDirectory, part, upload);
  info(`shard ${part.index} of ${part.of} is left for the job that merges`);
}
async function fetchShards(name2, { temporary }) {
  const client = new DefaultArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  const pattern = /^robustness-shard-(.+)-\d{1,3}-of-\d{1,3}$/;
  const shards = artifacts.filter((artifact) => pattern.exec(artifact.name)?.[1] === name2);
  if (shards.length === 0 || shards.length > 2 * MAX_SHARDS) {
    throw new GateError("github", {
      message: `${shards.length} jobs of this run have left a shard of ${name2}`,
      fix: "let jobs with `shard: 1/4` … `shard: 4/4` run before this one (`needs`)"
    });
  }
  const folder = await mkdtemp(join2(temporary, "robustness-shards-"));
  const directories = [];
  for (const { id, name: artifact, digest } of shards.toSorted((a, b) => a.id - b.id)) {
    const packed = join2(folder, `${id}`);
    await client.downloadArtifact(id, { path: packed, skipDecompress: true });
    const [file = ""] = await readdir(packed);
    const actual = await sha256(join2(packed, file));
    if (digest !== `sha256:${actual}`) {
      throw new GateError("github", {
        message: `${artifact} was damaged on its way: its SHA-256 is ${actual}, GitHub says ${digest ?? "nothing"}`,
        fix: "run this job again"
      });
    }
    await unzip(join2(packed, file), join2(folder, artifact), LIMITS2);
    directories.push(join2(folder, artifact));
  }
  const out = join2(folder, "run");
  await mergeShards(directories, out);
  return out;
}
async function sha256(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

// src/native-install.ts
import { execFile } from "node:child_process";
import { createHash as createHash2 } from "node:crypto";
import { existsSync } from "node:fs";
import {
  cp,
  mkdir,
  mkdtemp as mkdtemp2,
  readdir as readdir2,
  readFile as readFile2,
  realpath,
  rename,
  rm,
  writeFile
} from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname as dirname2, join as join3 } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
var PackageSchema = external_exports.object({ version: external_exports.string() });
var PinsSchema = external_exports.object({ dependencies: external_exports.record(external_exports.string(), external_exports.string()) });
var COMPLETE = ".complete";
var TIMEOUT_MS = 3e5;
async function prepareNatives(options) {
  const { given, bundle, cache, tell } = options;
  const source2 = fileURLToPath(new URL("native/", bundle));
  const lock = await readFile2(join3(source2, "package-lock.json"));
  const { dependencies } = PinsSchema.parse(await readJson(join3(source2, "package.json")));
  if (given !== null) {
    if (await holds(given, Object.keys(dependencies))) return given;
    throw new GateError("native", {
      message: `native-dir ${given} has no node_modules with ${Object.keys(dependencies).join(" and ")}`,
      fix: "copy package.json and package-lock.json of dist/native there and run `npm ci --ignore-scripts`"
    });
  }
  const pinned = Object.entries(dependencies).map(([name2, version]) => `${name2}@${version}`);
  if (await holds(fileURLToPath(new URL(".", bundle)), pinned)) return null;
  const key = createHash2("sha256").update(lock).digest("hex").slice(0, 16);
  const directory = join3(
    cache,
    "robustness-gate-native",
    key,
    `${process.platform}-${process.arch}`
  );
  if (!existsSync(join3(directory, COMPLETE))) {
    tell(`installing ${pinned.join(" and ")} into ${directory}`);
    await install(source2, directory);
  }
  return directory;
}
async function holds(folder, packages) {
  for (const wanted of packages) {
    const [name2 = "", version] = wanted.split("@");
    const folders = createRequire(join3(folder, "package.json")).resolve.paths(name2) ?? [];
    const manifest = folders.map((modules) => join3(modules, name2, "package.json")).find((file) => existsSync(file));
    if (manifest === void 0) return false;
    const { version: found } = PackageSchema.parse(await readJson(manifest));
    if (version !== void 0 && found !== version) return false;
  }
  return true;
}
async function install(source2, directory) {
  await mkdir(dirname2(directory), { recursive: true });
  const fresh = await mkdtemp2(`${directory}-`);
  try {
    await cp(source2, fresh, { recursive: true });
    await npmCi(fresh);
    await prune2(join3(fresh, "node_modules/onnxruntime-node/bin"));
    await writeFile(join3(fresh, COMPLETE), "");
    await rename(fresh, directory);
  } catch (error2) {
    await rm(fresh, { recursive: true, force: true });
    if (existsSync(join3(directory, COMPLETE))) return;
    throw new GateError(
      "native",
      {
        message: `the native packages could not be installed: ${messageOf(error2).slice(0, 600)}`,
        fix: "the first run on a machine needs the npm registry; without it, install dist/native elsewhere and set the input native-dir"
      },
      { cause: error2 }
    );
  }
}
async function npmCi(directory) {
  const script = await findNpm();
  const secrets2 = /^(INPUT_|ACTIONS_|GITHUB_)/;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name2]) => !secrets2.test(name2))
  );
  const args = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"];
  const impatient = [
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
    "--loglevel=error"
  ];
  await promisify(execFile)(process.execPath, [script, ...args, ...impatient], {
    cwd: directory,
    env,
    timeout: TIMEOUT_MS
  });
}
async function findNpm() {
  const folders = [dirname2(process.execPath), ...(process.env["PATH"] ?? "").split(delimiter)];
  for (const folder of folders.filter(Boolean)) {
    const beside = ["node_modules/npm/bin/npm-cli.js", "../lib/node_modules/npm/bin/npm-cli.js"];
    const known = beside.map((path) => join3(folder, path)).find((path) => existsSync(path));
    if (known !== void 0) return known;
    const linked = await realpath(join3(folder, "npm")).catch(() => "");
    if (linked.endsWith("npm-cli.js")) return linked;
  }
  throw new Error("npm is not on the PATH");
}
async function prune2(binaries) {
  for (const api of await readdir2(binaries)) {
    for (const platform of await readdir2(join3(binaries, api))) {
      for (const arch of await readdir2(join3(binaries, api, platform))) {
        if (platform === process.platform && arch === process.arch) continue;
        await rm(join3(binaries, api, platform, arch), { recursive: true });
      }
    }
  }
}
async function readJson(file) {
  return JSON.parse(await readFile2(file, "utf8"));
}

// src/action.ts
var secrets = likelySecrets(process.env);
var FAILED = 1;
var COULD_NOT_JUDGE = 2;
async function main() {
  const context = await readContext(process.env);
  const inputs = readInputs(getInput, context.workspace);
  const octokit = createOctokit(inputs.token, context.apiUrl, warning);
  if (context.event === "workflow_run") {
    await commentForFork(octokit, context, inputs, today());
    return;
  }
  checkEvent(context);
  const ended = endSignal(inputs.timeBudget);
  const progress = countProgress(
    createProgress(process.stdout, { quiet: false, now: () => performance.now() })
  );
  try {
    await evaluateAndJudge(octokit, context, inputs, { signal: ended.signal, progress });
    finished();
  } catch (problem) {
    if (problem instanceof GateError && problem.code === "interrupted") {
      const budget = ended.byTime() ? inputs.timeBudget : null;
      const unfinished = { ...progress.counts(), budget };
      await tellUnfinished(unfinished);
      await commentUnfinished(
        unfinished,
        octokit,
        context,
        inputs,
        async () => gateName(inputs, await readBaseConfig(octokit, context, inputs.config))
      );
    }
    throw problem;
  }
}
function endSignal(budget) {
  const cancelled = new AbortController();
  process.once("SIGINT", () => cancelled.abort());
  process.once("SIGTERM", () => cancelled.abort());
  let late = false;
  if (budget !== null) {
    setTimeout(() => {
      late = true;
      cancelled.abort();
    }, 1e3 * budget).unref();
  }
  return { signal: cancelled.signal, byTime: () => late };
}
async function evaluateAndJudge(octokit, context, inputs, { signal, progress }) {
  const cache = context.toolCache ?? context.temporary;
  const bundle = new URL(import.meta.url);
  const given = inputs.nativeDirectory;
  useNativeDirectory(await prepareNatives({ given, bundle, cache, tell: info }));
  await resume(octokit, context, inputs);
  const out = await mkdtemp3(join4(context.temporary, "robustness-gate-"));
  const options = {
    configFile: inputs.config,
    outDirectory: join4(out, "candidate"),
    cacheDirectory: cacheDirectory(context),
    workers: availableParallelism(),
    workerFile: new URL("./worker.js", import.meta.url),
    root: context.workspace,
    allowed: {
      command: inputs.allowCommand,
      origins: inputs.predictorOrigins,
      environment: process.env,
      secrets
    },
    progress,
    signal
  };
  const baseConfig = await readBaseConfig(octokit, context, inputs.config);
  if (inputs.shard?.kind === "part") {
    await runShard(inputs.shard.part, options, baseConfig, { context, inputs });
    return;
  }
  const result = await judgeCandidate(octokit, context, inputs, { options, baseConfig });
  const table = renderSafely(
    "the table",
    result.report,
    (report) => renderConsole(report, { color: false })
  );
  info(harmless(table.kind === "text" ? table.text : table.problem));
  await deliver(result, octokit, context, inputs);
  conclude(result, inputs.reportOnly);
}
async function judgeCandidate(octokit, context, inputs, { options, baseConfig }) {
  const { baseline: input, baselineWorkflows: workflows } = inputs;
  const search = { octokit, context, input, workflows, directory: dirname3(inputs.config) };
  const merged = inputs.shard?.kind === "merge" ? { evaluated: await fetchShards(await gateName(inputs, baseConfig), context) } : {};
  return runGate({
    ...options,
    ...merged,
    findBaseline: (name2) => findBaseline(search, name2),
    findReference: (directory) => findReference(octokit, context, directory),
    baseConfig,
    today: today(),
    onRefused: leavesBaseline(context) ? "no-baseline" : "error",
    failWithoutBaseline: inputs.onMissingBaseline === "fail",
    mayStopEarly: !leavesBaseline(context) && context.event !== "schedule",
    afresh: context.event === "schedule"
  });
}
async function gateName({ config }, baseConfig) {
  return holdConfig(await loadConfig(config), baseConfig).config.name;
}
function today() {
  return (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
}
function conclude({ verdict }, reportOnly) {
  if (verdict.failed && !reportOnly) {
    error(verdict.sentence);
    process.exitCode = FAILED;
  } else if (verdict.failed || verdict.status !== "pass") warning(verdict.sentence);
}
for (const form of [...secrets].flatMap(formsOf)) setSecret(form);
guardOutput([process.stdout, process.stderr], secrets);
try {
  await main();
} catch (problem) {
  info(harmless(formatError(problem)));
  annotate(problem, process.env["GITHUB_WORKSPACE"] ?? "", process.env["RUNNER_DEBUG"] === "1");
  process.exitCode = COULD_NOT_JUDGE;
}
process.stdout.write("", () => process.exit());
