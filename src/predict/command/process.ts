import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { GateError, harmless, messageOf } from '../../errors.ts';
import { redact, redactAll } from '../../http/secrets.ts';

/** A process that does not end by itself is ended after this. */
const GRACE_MS = 5_000;
/** Of what a process prints this much is told. */
const TOLD = 1_500;
/** And this much is kept, so that a secret is whole when it is looked for. */
const KEPT = 4 * TOLD;
/** A longer line is no answer. */
const MAX_LINE = 64 * 2 ** 20;

const Ready = z.looseObject({
  ready: z.literal(true),
  classes: z.array(z.string()).optional(),
  model: z.string().max(200).optional(),
});
const Reply = z.looseObject({ id: z.int(), error: z.string().optional() });

type Ready = z.infer<typeof Ready>;
type Reply = z.infer<typeof Reply>;

/** A program that speaks JSON lines: `{"ready": true}` once, then an answer with the `id` of each question. */
export interface LineProcess {
  readonly ready: Ready;
  /**
   * @param question What the line says beside its id.
   * @throws GateError when the program dies, answers nonsense or not in time.
   */
  ask(question: object): Promise<Reply>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: GateError): void;
  readonly timer: NodeJS.Timeout;
}

/** What is known of a running program. */
interface State {
  readonly name: string;
  readonly timeout: number;
  readonly secrets: ReadonlySet<string>;
  readonly waiting: Map<number, Waiting>;
  stderr: string;
  /** What it printed on stdout that is no answer. */
  stray: string;
  failure: GateError | null;
  onReady: { resolve(ready: Ready): void; reject(error: GateError): void } | null;
}

/**
 * Starts a program, without a shell, and waits until it is ready.
 *
 * @param argv        Program and arguments.
 * @param directory   Where it runs.
 * @param environment Its environment.
 * @param timeout     Seconds to become ready, and for each answer.
 * @param secrets     Never shown, whatever the program prints.
 * @throws GateError when it cannot be started or does not get ready.
 */
export async function startProcess(
  argv: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
  timeout: number,
  secrets: ReadonlySet<string>,
): Promise<LineProcess> {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { cwd: directory, env: { ...environment }, stdio: 'pipe' });
  const state: State = {
    name: argv.join(' ').slice(0, 200),
    timeout,
    secrets,
    waiting: new Map(),
    stderr: '',
    stray: '',
    failure: null,
    onReady: null,
  };
  const starting = new Promise<Ready>((resolve, reject) => (state.onReady = { resolve, reject }));
  listen(child, state);
  const late = setTimeout(() => fail(state, `was not ready in ${timeout} seconds`), timeout * 1000);
  const ready = await starting
    .catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    })
    .finally(() => clearTimeout(late));
  let next = 0;
  return {
    ready,
    ask: (question) => ask(child, state, next++, question),
    close: () => close(child),
  };
}

function listen(child: ChildProcessWithoutNullStreams, state: State): void {
  child.stderr.on('data', (part: Buffer) => {
    state.stderr = (state.stderr + part.toString()).slice(-KEPT);
  });
  // A program that died no longer reads; its end says why.
  child.stdin.on('error', () => {});
  child.on('error', (error) => fail(state, `cannot be started: ${messageOf(error)}`));
  child.on('close', (code, signal) =>
    fail(state, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`),
  );
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
  lines.on('line', (line) => {
    if (line.length > MAX_LINE) return fail(state, 'printed a line that is too long');
    // What libraries print on stdout is no answer; it is told when an answer does not come.
    if (!line.startsWith('{')) {
      if (line.trim() !== '') state.stray = line.slice(0, KEPT);
      return;
    }
    read(line, state);
  });
}

function read(line: string, state: State): void {
  const start = redact(line.slice(0, KEPT), state.secrets).slice(0, 200);
  let value: unknown;
  try {
    value = redactAll<unknown>(JSON.parse(line), state.secrets);
  } catch {
    return fail(state, `printed a line that is not JSON: ${start}`);
  }
  const ready = Ready.safeParse(value);
  if (ready.success) return state.onReady?.resolve(ready.data);
  const reply = Reply.safeParse(value);
  if (!reply.success) return fail(state, `printed a line without an id: ${start}`);
  const question = state.waiting.get(reply.data.id);
  if (!question) {
    return fail(state, `answered ${reply.data.id}, which was not asked or is answered already`);
  }
  state.waiting.delete(reply.data.id);
  clearTimeout(question.timer);
  question.resolve(reply.data);
}

function ask(
  child: ChildProcessWithoutNullStreams,
  state: State,
  id: number,
  question: object,
): Promise<Reply> {
  if (state.failure) return Promise.reject(state.failure);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail(state, `has not answered for ${state.timeout} seconds`),
      state.timeout * 1000,
    );
    state.waiting.set(id, { resolve, reject, timer });
    child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
  });
}

/** Ends everything that waits for the program. */
function fail(state: State, what: string): void {
  if (state.failure) return;
  const [stray, last] = [state.stray, state.stderr.trim()].map((text) =>
    redact(text, state.secrets),
  );
  const said = [
    ...(stray ? [`it printed on stdout: ${stray.slice(0, TOLD)}`] : []),
    ...(last ? [`its last words: ${last.slice(-TOLD)}`] : []),
  ];
  state.failure = new GateError('predictor', {
    message: harmless([`the command \`${state.name}\` ${what}`, ...said].join('; ')),
    fix: 'it prints {"ready": true}, then one line {"id": …, "detections": […]} for each line that it reads, flushed; anything else goes to stderr (docs/predictors.md)',
  });
  state.onReady?.reject(state.failure);
  for (const question of state.waiting.values()) {
    clearTimeout(question.timer);
    question.reject(state.failure);
  }
  state.waiting.clear();
}

async function close(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.stdin.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
