import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { harmless } from '../src/errors.ts';

describe('text for the log', () => {
  it('stays as it is where it holds no command', () => {
    expect(harmless('a::b\nmAP: 1 :: 2')).toBe('a::b\nmAP: 1 :: 2');
  });

  it('never begins a line with a workflow command', () => {
    const command = fc.constantFrom('::', '  ::', '##[', '\t::error::', ':');
    fc.assert(
      fc.property(fc.string(), command, fc.string(), (before, middle, after) => {
        for (const line of harmless(`${before}\n${middle}${after}`).split(/\r?\n|\r/)) {
          expect(line.trimStart().startsWith('::')).toBe(false);
          expect(line.includes('##[')).toBe(false);
        }
      }),
    );
  });
});
