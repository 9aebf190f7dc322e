import { describe, expect, it } from '@jest/globals';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { compareSeveral } from '../../src/compare/several.ts';
import { judge } from '../../src/judge/judge.ts';
import { renderSeveralConsole } from '../../src/report/reporters/several-console.ts';
import { renderSeveralHtml } from '../../src/report/reporters/several-html.tsx';
import { shownNames } from '../../src/report/several.ts';
import { drawRun } from '../helpers/runs.ts';

const policy = GatePolicySchema.parse({});
// Clean, noise at 1 and 3, blur at 1 and 3.
const able = [0.9, 0.8, 0.7, 0.8, 0.7];
const blind = [0.9, 0.5, 0.4, 0.8, 0.7];
const sharp = [0.9, 0.8, 0.7, 0.95, 0.9];

const several = async (images: number, name = 'c') => {
  const runs = [drawRun(images, able, 1), drawRun(images, blind, 2), drawRun(images, sharp, 3)];
  const comparison = await compareSeveral(runs, policy, 300);
  const names = ['a', 'b', name];
  return {
    comparison,
    pictures: [],
    noPictures: null,
    runs: runs.map(({ manifest }, i) => {
      const against = comparison.againstFirst[i - 1];
      return { name: names[i]!, manifest, verdict: against ? judge(against, policy) : null };
    }),
  };
};

describe('several runs side by side', () => {
  const making = several(120);

  it('mark the best of each family and who is surely behind it', async () => {
    const { comparison } = await making;
    const places = new Map(
      comparison.rows.map(({ name, runs }) => [name, runs.map(({ place }) => place)]),
    );
    expect(places.get('clean')).toEqual(['best', 'close', 'close']);
    expect(places.get('noise')).toEqual(['best', 'behind', 'close']);
    expect(places.get('blur')).toEqual(['behind', 'behind', 'best']);
  });

  it('are each judged against the first', async () => {
    const { runs } = await making;
    expect(runs.map(({ verdict }) => verdict?.status)).toEqual([undefined, 'regressed', 'pass']);
  });

  it('start on the console with who is best', async () => {
    const text = renderSeveralConsole(await making);
    expect(text).toMatch(/^Best over all perturbations: c, surely ahead of all others\.\n\nmAP/);
    expect(text).toMatch(/ {2}b: ✕ Regressed\. Robustness regressed: mAP under noise fell/);
  });

  it('keep a name that is markup as text in the page', async () => {
    const report = await several(60, '<img src=x onerror=alert(1)>');
    expect(renderSeveralHtml(report)).not.toMatch(/<img/);
  });
});

describe('with fewer than 50 groups', () => {
  it('nobody is surely behind', async () => {
    const { comparison } = await several(40);
    expect(comparison.rows.flatMap(({ runs }) => runs.map(({ place }) => place))).not.toContain(
      'behind',
    );
  });

  it('both forms say why', async () => {
    const report = await several(40);
    const why =
      /Nothing is sure here, whatever its ±: 40 independent groups of images, and at least 50/;
    expect(renderSeveralConsole(report)).toMatch(why);
    expect(renderSeveralHtml(report)).toMatch(why);
  });
});

describe('names of several runs', () => {
  it.each([
    [
      ['runs/a', 'runs/b'],
      ['a', 'b'],
    ],
    [
      ['/x/a/candidate', '/x/b/candidate'],
      ['a/candidate', 'b/candidate'],
    ],
    [
      ['a', 'a'],
      ['a', 'a'],
    ],
    [
      ['runs', 'runs/a'],
      ['runs', 'runs/a'],
    ],
  ])('leave out the folders that all of them lie in: %j', async (names, shown) => {
    const [run] = (await several(60)).runs;
    expect(shownNames({ runs: names.map((name) => ({ ...run!, name })) })).toEqual(shown);
  });
});

describe('several runs of a gate on risk', () => {
  it('say that clean images are judged by mAP', async () => {
    const runs = [drawRun(60, able, 1), drawRun(60, sharp, 3)];
    const comparison = await compareSeveral(runs, GatePolicySchema.parse({ metric: 'risk' }), 50);
    const named = runs.map(({ manifest }, i) => ({ name: `${i}`, manifest, verdict: null }));
    const report = { runs: named, comparison, pictures: [], noPictures: null };
    expect(renderSeveralConsole(report)).toMatch(/^clean images \(mAP\) .*\noverall  /m);
    expect(renderSeveralHtml(report)).toContain('<th scope="row">Clean images (mAP)</th>');
  });
});

describe('several runs of a gate on AP50', () => {
  it('are headed by its own scale', async () => {
    const runs = [drawRun(60, able, 1), drawRun(60, sharp, 3)];
    const comparison = await compareSeveral(runs, GatePolicySchema.parse({ metric: 'ap50' }), 50);
    const named = runs.map(({ manifest }, i) => ({ name: `${i}`, manifest, verdict: null }));
    const report = { runs: named, comparison, pictures: [], noPictures: null };
    expect(renderSeveralConsole(report)).toMatch(/^AP50 x 100 /m);
    expect(renderSeveralHtml(report)).toContain('<th scope="col">AP50 × 100</th>');
  });
});
