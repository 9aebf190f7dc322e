import type { Progress } from '../evaluate/progress.ts';
import { terminal } from '../report/escape.ts';

/** Seconds between two lines where there is no terminal. */
const LINE_EVERY = 10;
const BAR_WIDTH = 24;

/**
 * Progress of long work with its rate and the time left: a bar on a terminal, else a line every ten seconds.
 *
 * @param stream  Where to write: stderr, so that stdout stays for results.
 * @param options `quiet` writes nothing. `now` gives milliseconds.
 */
export function createProgress(
  stream: NodeJS.WriteStream,
  options: { quiet: boolean; now: () => number },
): Progress {
  let label = '';
  let total = 0;
  let done = 0;
  let first = 0;
  let began = 0;
  let shown = 0;
  const text = (): string => {
    const seconds = (options.now() - began) / 1000;
    const rate = (done - first) / Math.max(seconds, 1e-3);
    const left = rate > 0 ? `${duration((total - done) / rate)} left` : '';
    return `${label} ${done}/${total}  ${rate.toFixed(0)} images/s  ${left}`;
  };
  const draw = (force: boolean): void => {
    if (options.quiet) return;
    const now = options.now();
    if (!force && now - shown < (stream.isTTY ? 100 : LINE_EVERY * 1000)) return;
    shown = now;
    if (!stream.isTTY) return void stream.write(`${text()}\n`);
    const filled = total > 0 ? Math.round((BAR_WIDTH * done) / total) : BAR_WIDTH;
    stream.write(`\r\u001B[2K${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${text()}`);
  };
  return {
    say(remark) {
      if (!options.quiet) stream.write(`${terminal(remark)}\n`);
    },
    start(what, units, finished) {
      [label, total, done, first] = [what, units, finished, finished];
      began = options.now();
      shown = began;
      if (stream.isTTY) draw(true);
    },
    advance(units) {
      done += units;
      draw(false);
    },
    finish() {
      draw(true);
      if (stream.isTTY && !options.quiet) stream.write('\n');
    },
  };
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
