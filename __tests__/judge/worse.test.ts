import { describe, expect, it } from '@jest/globals';
import type { Status, Verdict } from '../../src/judge/verdict.ts';
import { worseVerdict } from '../../src/judge/worse.ts';

const verdict = (status: Status): Verdict => ({
  status,
  sentence: `It is ${status}.`,
  reasons: [{ code: 'drop', message: `why ${status}` }],
  failed: status === 'regressed',
});

describe('the verdict over a baseline and a reference', () => {
  it.each<[Status, Status, Status]>([
    ['pass', 'pass', 'pass'],
    ['pass', 'inconclusive', 'inconclusive'],
    ['inconclusive', 'incomplete', 'incomplete'],
    ['incomplete', 'regressed', 'regressed'],
    ['regressed', 'pass', 'regressed'],
    ['no-baseline', 'pass', 'no-baseline'],
    ['no-baseline', 'inconclusive', 'inconclusive'],
    ['pass', 'no-baseline', 'pass'],
  ])('of %s and %s is %s', (baseline, reference, status) => {
    expect(worseVerdict(verdict(baseline), verdict(reference), 'v1').status).toBe(status);
  });

  it('fails where either fails, with the worse one’s words first', () => {
    expect(worseVerdict(verdict('pass'), verdict('regressed'), 'v1')).toEqual({
      status: 'regressed',
      sentence: 'Against v1: It is regressed. Against the baseline: It is pass.',
      reasons: [
        { code: 'drop', message: 'against v1: why regressed' },
        { code: 'drop', message: 'against the baseline: why pass' },
      ],
      failed: true,
    });
  });
});
