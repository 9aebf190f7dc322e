import type { Progress } from '../evaluate/progress.ts';
import { terminal } from '../report/escape.ts';

/** Seconds between two lines where there is no terminal. */
const LINE_EVERY = 10;

/** What is written to: stderr, or a log. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Progress of long work with its rate, the time left and what was done last: a bar on a terminal, else a line every
 * ten seconds.
 *
 * @param stream  Where to write: stderr, so that stdout stays for results.
 * @param options `quiet` writes nothing. `now` gives milliseconds.
 */
export function createProgress(
  stream: ProgressStream,
  options: { quiet: boolean; now: () => number },
): Progress {
  let label = '';
  let counted = 'images';
  let brief = false;
  let total = 0;
  let done = 0;
  let first = 0;
  let began = 0;
  let shown = 0;
  let last = '';
  let told = -1;
  const text = (): string => {
    const seconds = (options.now() - began) / 1000;
    const rate = (done - first) / Math.max(seconds, 1e-3);
    const parts = [
      `${label} ${done}/${total}`,
      done > first ? `${rate.toFixed(rate < 10 ? 1 : 0)} ${counted}/s` : '',
      done > first && done < total ? `${duration((total - done) / rate)} left` : '',
      done < total ? last : '',
    ];
    return parts.filter((part) => part !== '').join('  ');
  };
  const draw = (force: boolean): void => {
    if (options.quiet) return;
    const now = options.now();
    if (!force && now - shown < (stream.isTTY ? 100 : LINE_EVERY * 1000)) return;
    shown = now;
    told = done;
    stream.write(stream.isTTY ? barLine(done, total, text(), stream.columns ?? 80) : `${text()}\n`);
  };
  return {
    say(remark) {
      if (!options.quiet) stream.write(`${terminal(remark)}\n`);
    },
    start(what, units, finished, unit) {
      counted = unit ?? 'images';
      brief = unit !== undefined;
      [label, total, done, first, last] = [what, units, finished, finished, ''];
      began = options.now();
      shown = began;
      told = -1;
      if (stream.isTTY) draw(true);
    },
    advance(units, at) {
      done += units;
      last = at;
      draw(false);
    },
    finish() {
      // What is done in a moment beside the predictions is no news in a log.
      const news = told < 0 ? !brief : told !== done;
      if (news || stream.isTTY) draw(true);
      if (stream.isTTY && !options.quiet) stream.write('\n');
    },
  };
}

/** The line drawn over itself. It is never longer than the terminal is wide: what wraps cannot be drawn over. */
function barLine(done: number, total: number, text: string, columns: number): string {
  const width = columns >= 100 ? 24 : columns >= 70 ? 10 : 0;
  const filled = total > 0 ? Math.round((width * done) / total) : width;
  const bar = width === 0 ? '' : `${'█'.repeat(filled)}${'░'.repeat(width - filled)} `;
  return `\r\u001B[2K${(bar + text).slice(0, columns - 1)}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
