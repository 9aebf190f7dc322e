import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explainCommand } from '../../src/report/command.ts';

describe('the command that reproduces a failure', () => {
  it('names image and condition', () => {
    expect(explainCommand('images/a.jpg', 'darkness/3', true)).toBe(
      'robustness-gate explain RUN --baseline BASELINE --image images/a.jpg --condition darkness/3 -o example.png',
    );
  });

  it('gives a shell the image’s very name and nothing to run', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (name) => {
        const command = explainCommand(name, 'darkness/3', false);
        if (command === null) return;
        const script = `robustness-gate() { printf '%s\\0' "$@"; }\n${command}`;
        const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
        expect(stdout.split('\0').slice(0, 4)).toEqual(['explain', 'RUN', '--image', name]);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['a\nb.jpg', 'a\u202eb.jpg', 'x'.repeat(500)])(
    'is none for a name that a reader would not see as it is: %j',
    (name) => {
      expect(explainCommand(name, 'darkness/3', true)).toBeNull();
    },
  );
});
