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

  it('are all told when they are wrong', async () => {
    const text = await gateErrorOf(() =>
      reading({
        comment: 'sometimes',
        'report-only': 'yes',
        'on-missing-baseline': 'warn',
        'retention-days': '0',
        'baseline-workflows': '../secret.yml',
      }),
    );
    expect(text).toMatchInlineSnapshot(`
"input retention-days: expected a whole number from 1 to 400, found "0"
input baseline-workflows: expected names of files in .github/workflows, found "../secret.yml"
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
