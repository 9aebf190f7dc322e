/** Where a problem is: a file, and inside it a line, a column and a config key. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly key?: string;
}

/** One thing that is wrong, for the person who reads it in a CI log. */
export interface Problem {
  readonly message: string;
  readonly place?: Place;
  /** What to do about it. */
  readonly fix?: string;
}

export type ErrorCode =
  | 'config'
  | 'dataset'
  | 'image'
  | 'model'
  | 'predictor'
  | 'run-directory'
  | 'incomparable'
  | 'usage'
  | 'github'
  | 'native'
  | 'interrupted';

/**
 * Something the user can mend. It is printed without a stack and ends the process with exit code 2.
 * All problems of one file or one step are told at once.
 */
export class GateError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const list = 'message' in problems ? [problems] : problems;
    super(list.map((problem) => problem.message).join('\n'), options);
    this.name = 'GateError';
    this.code = code;
    this.problems = list;
  }
}

/**
 * The text of an error for a log: one block for each problem, place first, then what to do.
 *
 * @param error    Anything that was thrown.
 * @param options  `debug` adds the stack of an error that is not the user's to mend.
 * @returns        Lines without a trailing newline.
 */
export function formatError(error: unknown, options: { debug?: boolean } = {}): string {
  if (error instanceof GateError) return error.problems.map(formatProblem).join('\n');
  const message = error instanceof Error ? error.message : String(error);
  const stack = options.debug && error instanceof Error && error.stack ? `\n${error.stack}` : '';
  return `unexpected: ${message}\n  fix: this is a fault of robustness-gate; run again with --debug and report what it prints${stack}`;
}

/** One problem as `file:line:column  key`, the message, and `fix: …`, each on a line of its own. */
function formatProblem(problem: Problem): string {
  const { place, message, fix } = problem;
  const lines: string[] = [];
  if (place) {
    const position = [place.file, place.line, place.column].filter((part) => part !== undefined);
    lines.push(position.join(':') + (place.key ? `  ${place.key}` : ''), `  ${message}`);
  } else {
    lines.push(message);
  }
  if (fix) lines.push(`  fix: ${fix}`);
  return lines.join('\n');
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
}

/**
 * Text that may hold a pull request's words, for a log: no control character but line break and tab, and
 * nothing that GitHub's runner would take for a command.
 */
export function harmless(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, ' ')
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [');
}
