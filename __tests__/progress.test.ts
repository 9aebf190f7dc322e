import { describe, expect, it } from '@jest/globals';
import { createProgress } from '../src/cli/progress.ts';
import { countProgress, type Progress } from '../src/evaluate/progress.ts';

/** A progress with a clock that is set by hand, and all that it wrote. */
function progressOn(screen: { isTTY: boolean; columns?: number }, quiet = false) {
  const clock = { milliseconds: 0 };
  const written: string[] = [];
  const stream = { ...screen, write: (text: string) => written.push(text) };
  const progress = createProgress(stream, { quiet, now: () => clock.milliseconds });
  return { clock, written, progress };
}

/** Half a minute of work: an image every tenth of a second. */
function work(progress: Progress, clock: { milliseconds: number }, images: number): void {
  for (let i = 0; i < images; i++) {
    clock.milliseconds += 100;
    progress.advance(1, i % 2 === 0 ? 'clean' : 'darkness/3');
  }
}

describe('progress in a log', () => {
  it('is a line every ten seconds and one at the end, with rate, time left and condition', () => {
    const { clock, written, progress } = progressOn({ isTTY: false });
    progress.start('predict', 1300, 1000);
    work(progress, clock, 300);
    progress.finish();
    expect(written).toEqual([
      'predict 1100/1300  10 images/s  20 s left  darkness/3\n',
      'predict 1200/1300  10 images/s  10 s left  darkness/3\n',
      'predict 1300/1300  10 images/s\n',
    ]);
  });

  it('counts what was done before neither in the rate nor in the time left', () => {
    const { clock, written, progress } = progressOn({ isTTY: false });
    progress.start('predict', 100_000, 90_000);
    clock.milliseconds = 20_000;
    progress.advance(50, 'fog/1');
    expect(written).toEqual(['predict 90050/100000  2.5 images/s  1 h 6 min left  fog/1\n']);
  });

  it('counts in the unit of the work, and tells of work beside the predictions only where it is long', () => {
    const { clock, written, progress } = progressOn({ isTTY: false });
    progress.start('compare', 205, 0, 'conditions');
    work(progress, clock, 205);
    progress.finish();
    progress.start('draw', 12, 0, 'pictures');
    work(progress, clock, 12);
    progress.finish();
    expect(written).toEqual([
      'compare 100/205  10 conditions/s  11 s left  darkness/3\n',
      'compare 200/205  10 conditions/s  1 s left  darkness/3\n',
      'compare 205/205  10 conditions/s\n',
    ]);
  });

  it('tells of work that was all done before', () => {
    const { written, progress } = progressOn({ isTTY: false });
    progress.start('predict', 6, 6);
    progress.finish();
    expect(written).toEqual(['predict 6/6\n']);
  });
});

describe('progress on a terminal', () => {
  it('is a bar that is drawn over itself ten times a second at most', () => {
    const { clock, written, progress } = progressOn({ isTTY: true, columns: 120 });
    progress.start('predict', 100, 0);
    work(progress, clock, 50);
    clock.milliseconds += 10;
    progress.advance(1, 'clean');
    expect(written).toHaveLength(51);
    expect(written.at(-1)).toBe(
      `\r\u001B[2K${'█'.repeat(12)}${'░'.repeat(12)} predict 50/100  10 images/s  5 s left  darkness/3`,
    );
    progress.finish();
    expect(written.at(-1)).toBe('\n');
  });

  it.each([20, 40, 70, 80, 120])('never wraps on %d columns', (columns) => {
    const { clock, written, progress } = progressOn({ isTTY: true, columns });
    progress.start('predict', 1_000_000, 0);
    work(progress, clock, 5);
    progress.advance(1, 'a_very_long_condition_name_that_nobody_should_give/5');
    for (const text of written) {
      expect(text.replace('\r\u001B[2K', '').length).toBeLessThan(columns);
    }
  });
});

describe('counted progress', () => {
  it('counts images and nothing else', () => {
    const { clock, progress } = progressOn({ isTTY: false });
    const counted = countProgress(progress);
    counted.start('predict', 300, 100);
    work(counted, clock, 50);
    counted.start('compare', 42, 0, 'conditions');
    work(counted, clock, 20);
    expect(counted.counts()).toEqual({ done: 150, total: 300 });
  });
});

describe('progress with --quiet', () => {
  it.each([true, false])('writes nothing (terminal: %s)', (isTTY) => {
    const { clock, written, progress } = progressOn({ isTTY, columns: 80 }, true);
    progress.start('predict', 300, 0);
    work(progress, clock, 300);
    progress.finish();
    expect(written).toEqual([]);
  });
});
