import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { corruptionFigures } from '../../src/report/information.ts';
import { renderComment } from '../../src/report/reporters/comment.ts';
import { renderConsole } from '../../src/report/reporters/console.ts';
import { renderHtml } from '../../src/report/reporters/html.tsx';
import { renderJson } from '../../src/report/reporters/json.ts';
import { makeComparison, passReport, regressedReport, untrustedReport } from './fixtures.ts';
import { makeInformation } from './information.ts';

const report = regressedReport();
const foldOut = (text: string): string =>
  /<details><summary>Object sizes[\s\S]*?<\/details>/.exec(text)?.[0] ?? '';

describe('the further numbers', () => {
  it('are a fold-out of the comment, risk and consistency in tables of their own', () => {
    const text = foldOut(renderComment(report)).replaceAll('\u00a0', ' ');
    expect(text).toContain('| small | 410 (90) | 21.4 → 21.1 | 12.2 → 9.1 | 3.1 ± 0.8 |');
    expect(text).not.toContain('| large |');
    expect(text).toContain('| overall | 38.6 → 45.7 | +7.1 ± 1.0 | 35.2 → 41.9 | +6.7 ± 1.2 |');
    expect(text).toContain('| noise | 44.1 → 50.3 | +6.2 ± 1.2 |');
    expect(text).toContain('- mPC **27.4 → 23.9**: mean mAP × 100 over 2 perturbations');
    expect(text.match(/\| consistency risk \|/g)).toHaveLength(1);
  });

  it('are two lines and a small table on the terminal', () => {
    const text = renderConsole(report, { color: false });
    expect(text).toContain('  on the objects that both models found: 35.2 → 41.9 (+6.7 ± 1.2)\n');
    expect(text).toContain('Consistency risk, without labels: 44.1 → 50.3 (+6.2 ± 1.2)\n');
    expect(text).toContain('  small      410   21.4 →  21.1   12.2 →   9.1    3.1 ± 0.8\n');
    expect(text).not.toMatch(/mCE|rPC/);
  });

  it('are a part of the page', () => {
    const part = /<section id="information"[\s\S]*?<\/section>/.exec(renderHtml(report))?.[0] ?? '';
    expect(part).toContain('35.2 → 41.9');
    expect(part).toContain('<dt>relative mCE</dt>');
  });

  it('are silent where nothing changed', () => {
    const same = passReport({ comparison: makeComparison(0, { identical: true }) });
    expect(renderComment(same)).not.toContain('consistency');
    expect(renderConsole(same, { color: false })).not.toContain('Consistency');
    expect(renderHtml(same)).not.toContain('id="information"');
  });

  it('keep an untrusted name as text', () => {
    const untrusted = untrustedReport('<img src=x>|`a`');
    const [overall, family] = makeInformation().consistency;
    const comparison = makeComparison(1, {
      information: {
        ...makeInformation(),
        consistency: [overall!, { ...family!, name: '<img src=x>|`a`' }],
      },
    });
    const named = { ...untrusted, comparison };
    expect(foldOut(renderComment(named))).not.toContain('<img');
    expect(renderHtml(named)).not.toContain('<img src=x');
  });
});

describe('the benchmark’s figures', () => {
  const { corruption } = makeInformation();

  it('say over which perturbations a relative error is defined', () => {
    const [, , mce, relative] = corruptionFigures(corruption!);
    expect(mce?.value).toBe('104.9 %');
    expect(relative?.value).toBe('131.2 %');
    expect(relative?.means).toMatch(/over the 1 of 2 perturbations under which the baseline loses/);
  });

  it('say that it is not defined where the baseline loses nothing', () => {
    const errors = corruption!.errors.map((entry) => ({ ...entry, relativeCe: null }));
    const [, , , relative] = corruptionFigures({ ...corruption!, errors, relativeMce: null });
    expect(relative?.value).toBe('not defined');
    expect(relative?.means).toContain('less than 1 point under every perturbation');
  });

  it('are not called the published ones with our own frost', () => {
    const comparison = makeComparison(1, {
      information: { ...makeInformation(), corruption: { ...corruption!, ownFrost: true } },
    });
    expect(renderComment(regressedReport({ comparison }))).toContain(
      'not the published benchmark’s figures',
    );
    expect(renderComment(report)).not.toContain('published benchmark');
  });
});

describe('the JSON document', () => {
  it('has no field that docs/json.md does not name', async () => {
    const documented = await readFile(new URL('../../docs/json.md', import.meta.url), 'utf8');
    const document = z.record(z.string(), z.unknown()).parse(JSON.parse(renderJson(report)));
    const keysOf = (value: unknown): string[] => {
      const [first] = Array.isArray(value) ? z.array(z.unknown()).parse(value) : [value];
      return Object.keys(z.record(z.string(), z.unknown()).catch({}).parse(first));
    };
    const { comparison, verdict, candidate } = document;
    const parts = z.record(z.string(), z.unknown()).parse(comparison);
    const further = z.record(z.string(), z.unknown()).parse(parts['information']);
    const keys = [document, verdict, candidate, ...Object.values(parts), ...Object.values(further)];
    const named = [comparison, ...keys].flatMap(keysOf);
    expect(named.filter((key) => !documented.includes(`\`${key}\``))).toEqual([]);
  });
});
