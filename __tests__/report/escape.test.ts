import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { code, codeCell, link, plain, prose, terminal } from '../../src/report/escape.ts';

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<script>',
        '](javascript:alert(1))',
        '-->',
        '<!--',
        '@everyone',
        '#1',
        '|',
        '`',
        '``',
        '\\',
        '\n',
        '\r\n',
        '\u202e',
        '\u200f',
        '\u001b[31m',
        '::error::',
        '##[error]',
        '![](http://x)',
        'https://example.com',
        'www.example.com',
        '*',
        '_',
        '~~',
        '&lt;',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('plain', () => {
  it('is one line without controls, direction marks and comment marks', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(plain(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|<!--|-->/u);
      }),
    );
  });

  it('cuts what is too long', () => {
    expect(plain('a'.repeat(10_000))).toBe(`${'a'.repeat(79)}…`);
  });

  it('cuts between characters, not inside one', () => {
    expect(plain('🚧'.repeat(100))).toBe(`${'🚧'.repeat(79)}…`);
  });
});

describe('code', () => {
  it('has a fence that nothing inside closes', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = code(text);
        const fence = /^`+/.exec(shown)?.[0] ?? '';
        const inside = shown.slice(fence.length, -fence.length);
        expect(fence.length).toBeGreaterThan(0);
        expect([...inside.matchAll(/`+/g)].map(([run]) => run)).not.toContain(fence);
      }),
    );
  });

  it('keeps a pipe inside its cell', () => {
    expect(codeCell('a|b')).toBe('`a\\|b`');
  });
});

describe('prose', () => {
  it('holds no markup, tag, link or mention', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = prose(text);
        expect(shown).not.toMatch(/[<>]/);
        expect(shown).not.toMatch(/(?<!\\)[`*_[\]()|~]/);
        expect(shown).not.toMatch(/[@#]\w/);
        expect(shown).not.toMatch(/:\/\/|www\./i);
      }),
    );
  });

  it('shows ordinary sentences as they are', () => {
    expect(prose('mAP fell by 5.5 ± 1.2 points.')).toBe('mAP fell by 5.5 ± 1.2 points.');
  });
});

describe('link', () => {
  it('links to an address on the web', () => {
    expect(link('report', 'https://github.com/a/b/actions/runs/1')).toBe(
      '[report](https://github.com/a/b/actions/runs/1)',
    );
  });

  it.each([['javascript:alert(1)'], ['https://x.y/a)b'], ['https://x.y/"'], ['data:text/html,x']])(
    'leaves %s unlinked',
    (url) => {
      expect(link('report', url)).toBe('report');
    },
  );
});

describe('terminal', () => {
  it('breaks up three colons too', () => {
    expect(terminal(':::set-output')).not.toContain('::');
  });

  it('holds no escape sequence and no command to the runner', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(terminal(text)).not.toMatch(/\p{Cc}|::|##\[/u);
      }),
    );
  });
});
