import { describe, expect, it } from '@jest/globals';
import {
  count,
  grouped,
  listed,
  plusMinus,
  points,
  pValue,
  share,
  signed,
} from '../../src/report/format.ts';

describe('numbers', () => {
  it('have one decimal and a real minus', () => {
    expect([points(5.44), points(-5.46)]).toEqual(['5.4', '−5.5']);
  });

  it('are never a negative zero', () => {
    expect([points(-0.04), signed(-0.04), signed(0.04)]).toEqual(['0.0', '0.0', '0.0']);
  });

  it('show a dash where there is none', () => {
    expect([points(null), points(Number.NaN), signed(Number.NaN)]).toEqual(['–', '–', '–']);
  });

  it('carry their sign where it matters', () => {
    expect([signed(7.06), plusMinus(-2, 1.25)]).toEqual(['+7.1', '−2.0 ± 1.3']);
  });

  it('tell p values down to a thousandth', () => {
    expect([pValue(0.0482), pValue(0.0002), pValue(null)]).toEqual(['p = 0.048', 'p < 0.001', '–']);
  });

  it('count in words', () => {
    expect([count(1, 'image'), count(2, 'class', 'classes'), grouped(1234567)]).toEqual([
      '1 image',
      '2 classes',
      '1\u2009234\u2009567',
    ]);
    expect([share(0.05), share(0.025), listed(['a', 'b', 'c'])]).toEqual([
      '5 %',
      '2.5 %',
      'a, b and c',
    ]);
  });
});
