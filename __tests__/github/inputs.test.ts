import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readInputs } from '../../src/github/inputs.ts';
import { gateErrorOf } from '../helpers/errors.ts';

const reading = (values: Record<string, string>) =>
  readInputs((name) => values[name] ?? '', '/work');

describe('inputs of the action', () => {
  it('have defaults for everything but the token', () => {
    expect(reading({})).toEqual({
      config: '/work/robustness.yml',
      allowCommand: false,
      predictorOrigins: [],
      baseline: { kind: 'auto' },
      baselineWorkflows: [],
      onMissingBaseline: 'pass',
      token: '',
      comment: 'auto',
      reportOnly: false,
      shard: null,
      timeBudget: null,
      nativeDirectory: null,
      retentionDays: null,
    });
  });

  it('are relative to the working directory', () => {
    const inputs = reading({
      'working-directory': 'models/site',
      config: 'gate.yml',
      baseline: '.robustness/v1',
      'native-dir': '/opt/native',
    });
    expect(inputs.config).toBe('/work/models/site/gate.yml');
    expect(inputs.baseline).toEqual({
      kind: 'directory',
      directory: '/work/models/site/.robustness/v1',
    });
    expect(inputs.nativeDirectory).toBe('/opt/native');
  });

  it('take a run by its number and workflows by file or path', () => {
    const inputs = reading({
      baseline: '123456',
      'baseline-workflows': 'nightly.yml, .github/workflows/main.yaml',
    });
    expect(inputs.baseline).toEqual({ kind: 'run', run: 123456 });
    expect(inputs.baselineWorkflows).toEqual([
      '.github/workflows/nightly.yml',
      '.github/workflows/main.yaml',
    ]);
  });

  it.each([
    ['25m', 1500],
    ['90s', 90],
    ['1h30m', 5400],
    ['5h', 18_000],
  ])('take a time: %s', (text, seconds) => {
    expect(reading({ 'time-budget': text }).timeBudget).toBe(seconds);
  });

  it.each(['25', '0m', 'm', '1h30', '-5m', '1.5h'])('take no other time: %s', async (text) => {
    expect(await gateErrorOf(() => reading({ 'time-budget': text }))).toContain('25m');
  });

  it('take a part of the run, or the job that joins the parts', () => {
    expect(reading({ shard: '2/8' }).shard).toEqual({ kind: 'part', part: { index: 2, of: 8 } });
    expect(reading({ shard: 'merge' }).shard).toEqual({ kind: 'merge' });
  });

  it('are all told when they are wrong', async () => {
    const text = await gateErrorOf(() =>
      reading({
        comment: 'sometimes',
        'report-only': 'yes',
        'on-missing-baseline': 'warn',
        'retention-days': '0',
        'baseline-workflows': '../secret.yml',
        shard: '9/8',
      }),
    );
    expect(text).toMatchInlineSnapshot(`
"input retention-days: expected a whole number from 1 to 400, found "0"
input baseline-workflows: expected names of files in .github/workflows, found "../secret.yml"
input shard: expected a part like 1/4 (at most 256), or merge, found "9/8"
input on-missing-baseline: expected pass, fail, found "warn"
input comment: expected auto, always, never, found "sometimes"
input report-only: expected false, true, found "yes""
`);
  });

  it('are those that action.yml declares', async () => {
    const file = await readFile(new URL('../../action.yml', import.meta.url), 'utf8');
    const declared = z
      .object({ inputs: z.record(z.string(), z.unknown()) })
      .parse(parse(file)).inputs;
    const asked = new Set<string>();
    readInputs((name) => {
      asked.add(name);
      return '';
    }, '/work');
    expect([...asked].sort()).toEqual(Object.keys(declared).sort());
  });
});
