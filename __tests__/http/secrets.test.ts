import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillSecrets, likelySecrets, redact, redactAll } from '../../src/http/secrets.ts';
import { nothingAllowed } from '../helpers/context.ts';

const KEY = 'rf_+/=key "1"&é';

describe('a text without secrets', () => {
  it.each<[string, string]>([
    ['as it is', KEY],
    ['in a query', new URLSearchParams({ key: KEY }).toString()],
    ['percent-encoded', encodeURIComponent(KEY)],
    [
      'percent-encoded in small letters',
      encodeURIComponent(KEY).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
    ['in JSON', JSON.stringify({ key: KEY })],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 behind a user’s name', Buffer.from(`me:${KEY}`).toString('base64')],
    ['in base64 that is made for addresses', Buffer.from(`u:${KEY}`).toString('base64url')],
  ])('has none of them %s', (_, text) => {
    const clean = redact(`before ${text} after`, [KEY]);
    expect(clean).toMatch(/^before .*\*\*\*.* after$/);
    expect(clean.length).toBeLessThan(`before ${text} after`.length);
  });

  it('has none of any secret, wherever it stands', () => {
    const secret = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (key, before, after) => {
        // A mark of what was taken out may itself be a part of the secret.
        fc.pre(!key.includes('*') && key.trim().length >= 8);
        expect(redact(before + key + after, [key]).toLowerCase()).not.toContain(key.toLowerCase());
        const said = Buffer.from(before + key).toString('base64');
        expect(redact(said, [key])).not.toBe(said);
      }),
    );
  });

  it('has no line of a secret that has several, and not the secret without the line end that follows it', () => {
    expect(redact('a first-line b', ['first-line\nsecond-line\n'])).toBe('a *** b');
    expect(redact('key=abcdefgh.', ['abcdefgh\n'])).toBe('key=***.');
  });

  it('is the whole of the longer of two secrets of which one begins the other', () => {
    expect(redact('abcdefgh-ijkl', ['abcdefgh', 'abcdefgh-ijkl'])).toBe('***');
  });
});

describe('a value without secrets', () => {
  it('has none in any text and any name of a field, and keeps its shape', () => {
    const pixels = Uint8Array.of(1, 2);
    const value = { a: [`x ${KEY}`, 1, null], [KEY]: { deep: KEY }, pixels };
    expect(redactAll(value, [KEY])).toEqual({
      a: ['x ***', 1, null],
      '***': { deep: '***' },
      pixels,
    });
  });

  it('is the value itself where there is nothing to take out', () => {
    const value = { a: ['x'], b: { c: 1 } };
    expect(redactAll(value, [KEY])).toBe(value);
    expect(redactAll(value, [])).toBe(value);
  });
});

describe('a field made for a secret', () => {
  const allowed = {
    ...nothingAllowed,
    environment: { MODEL_AUTH: 'abcdefgh', ACTIONS_RUNTIME_TOKEN: 'of the job' },
    secrets: new Set<string>(),
  };

  it('is filled from the environment, and is a secret from then on', () => {
    expect(fillSecrets('Bearer $MODEL_AUTH', allowed, 'headers.A').text).toBe('Bearer abcdefgh');
    expect([...allowed.secrets]).toEqual(['abcdefgh']);
  });

  it.each([
    ['$ACTIONS_RUNTIME_TOKEN', /is the job’s own, and goes to nobody/],
    ['$OTHER', /the environment variable OTHER is not set/],
  ])('is refused where it names %s', (text, problem) => {
    expect(() => fillSecrets(text, allowed, 'predictor.apiKey')).toThrow(problem);
  });
});

describe('what of an environment is secret', () => {
  it('is told by names, short words apart', () => {
    const environment = {
      ROBOFLOW_API_KEY: 'rf_1234567890abcdef',
      'INPUT_GITHUB-TOKEN': 'ghs_1234567890abcdef',
      db_password: 'correct horse battery',
      HOME: '/home/runner',
      USE_KEY: 'true',
      CACHE_KEY: 'linux-node20',
      EMPTY_TOKEN: undefined,
    };
    expect([...likelySecrets(environment)]).toEqual([
      'rf_1234567890abcdef',
      'ghs_1234567890abcdef',
      'correct horse battery',
    ]);
  });
});
