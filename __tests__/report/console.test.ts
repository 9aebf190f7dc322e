import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runReport } from '../../src/report/alone.ts';
import { renderConsole } from '../../src/report/reporters/console.ts';
import { renderJson } from '../../src/report/reporters/json.ts';
import {
  makeManifest,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

const plain = { color: false };

describe('the terminal table', () => {
  it('shows a regression', () => {
    expect(renderConsole(regressedReport(), plain)).toMatchInlineSnapshot(`
"✕ REGRESSED
Robustness regressed: mAP under noise fell by 6.1 ± 0.9 points, more than the 1.0 allowed; geometry
by 4.1, blur by 3.9, lighting by 3.2 too.

mAP x 100     baseline  candidate         drop   0 to 7.0 points, ┊ allowed
clean             26.3       26.0    0.3 ± 1.9  █  ┊                     · no visible change
overall           26.3       22.8    3.5 ± 0.9  ███┊████████             ✕ regressed
  noise           26.3       20.2    6.1 ± 0.9  ███┊█████████████████    ✕ regressed
  blur            26.3       22.4    3.9 ± 0.9  ███┊█████████            ✕ regressed
  lighting        26.3       23.1    3.2 ± 0.9  ███┊███████              ✕ regressed
  digital         26.3       26.1    0.2 ± 0.9  █  ┊                     · no visible change
  geometry        26.3       22.2    4.1 ± 0.9  ███┊██████████           ✕ regressed

Risk score 38.6 → 45.7 (+7.1 ± 1.0), lower is better
  on the objects that both models found: 35.2 → 41.9 (+6.7 ± 1.2)
Consistency risk, without labels: 44.1 → 50.3 (+6.2 ± 1.2)

Where it fell most
  gaussian noise    26.3 →  20.2  drop  6.1 ± 0.9  p < 0.001
  impulse noise     26.3 →  20.2  drop  6.1 ± 0.9  p < 0.001
  horizontal flip   26.3 →  22.2  drop  4.1 ± 0.9  p < 0.001
  rotation          26.3 →  22.2  drop  4.1 ± 0.9  p < 0.001
  gaussian blur     26.3 →  22.4  drop  3.9 ± 0.9  p < 0.001
  and 4 more

class          clean          perturbed      drop (95 % each)
  vehicle       45.0 →  44.7   33.0 →  28.0    5.0 ± 1.0
  machinery     44.0 →  43.7   32.0 →  28.0    4.0 ± 1.0
  Safety Vest   43.0 →  42.7   31.0 →  28.0    3.0 ± 1.0
  Person        42.0 →  41.7   30.0 →  28.0    2.0 ± 1.0
  NO-Hardhat    41.0 →  40.7   29.0 →  28.0    1.0 ± 1.0

objects   number  clean          perturbed      drop (95 % each)
  small      410   21.4 →  21.1   12.2 →   9.1    3.1 ± 0.8
  medium     205   52.0 →  51.8   39.1 →  35.0    4.1 ± 1.2

Found by the baseline, lost by the candidate
  images/test/site-0003.jpg darkness/3: Person x 2, vehicle

With these 96 images a drop of 3.2 points or more, on clean images or in any family, is detected
about 4 times out of 5. Drops over 1.3 points are ruled out for clean images and digital (each by
itself, at 95 %; the ± holds for all rows at once and is wider).
Baseline: artifact of run 4711, commit 3f9d2c1, 2 commits before. 96 images x 29 conditions; 46
comparisons tested together at 5 %."
`);
  });

  it('shows a pass', () => {
    expect(renderConsole(passReport(), plain)).toMatchInlineSnapshot(`
"✓ PASS
No regression: drops over 5.0 points are ruled out for clean images and every family.

mAP x 100     baseline  candidate         drop   0 to 1.9 points, ┊ allowed
clean             26.3       26.3    0.0 ± 1.9               ┊           · no visible change
overall           26.3       26.1    0.2 ± 0.9  ██           ┊           · no visible change
  noise           26.3       26.0    0.3 ± 0.9  ████         ┊           · no visible change
  blur            26.3       26.1    0.2 ± 0.9  ██           ┊           · no visible change
  lighting        26.3       26.1    0.2 ± 0.9  ██           ┊           · no visible change
  digital         26.3       26.3    0.0 ± 0.9               ┊           · no visible change
  geometry        26.3       26.1    0.2 ± 0.9  ███          ┊           · no visible change

Risk score 38.6 → 39.0 (+0.4 ± 1.0), lower is better
  on the objects that both models found: 35.2 → 41.9 (+6.7 ± 1.2)
Consistency risk, without labels: 44.1 → 50.3 (+6.2 ± 1.2)

class          clean          perturbed      drop (95 % each)
  vehicle       45.0 →  45.0   33.0 →  32.8    0.3 ± 1.0
  machinery     44.0 →  44.0   32.0 →  31.8    0.2 ± 1.0
  Safety Vest   43.0 →  43.0   31.0 →  30.9    0.1 ± 1.0
  Person        42.0 →  42.0   30.0 →  29.9    0.1 ± 1.0
  NO-Hardhat    41.0 →  41.0   29.0 →  28.9    0.1 ± 1.0

objects   number  clean          perturbed      drop (95 % each)
  small      410   21.4 →  21.1   12.2 →   9.1    3.1 ± 0.8
  medium     205   52.0 →  51.8   39.1 →  35.0    4.1 ± 1.2

With these 96 images a drop of 3.2 points or more, on clean images or in any family, is detected
about 4 times out of 5. Drops over 1.0 points are ruled out for clean images and every family (each
by itself, at 95 %; the ± holds for all rows at once and is wider).
Baseline: artifact of run 4711, commit 3f9d2c1, 2 commits before. 96 images x 29 conditions; 46
comparisons tested together at 5 %."
`);
  });

  it('shows one model alone', () => {
    expect(renderConsole(runReport(makeManifest()), plain)).toMatchInlineSnapshot(`
"○ ONE MODEL ALONE
What this model does by itself: nothing is compared or judged.

mAP x 100     candidate
clean              38.9
overall            22.0
  noise            21.0
  blur             21.0
  lighting         21.0
  digital          21.0
  geometry         26.0

Risk score 39.1 of 100, lower is better

96 images x 29 conditions."
`);
  });

  it('says how to make a baseline where there is none', () => {
    expect(renderConsole(noBaselineReport(), plain)).toContain('Run the gate once');
  });

  it('says the same with and without colours', () => {
    const colored = renderConsole(regressedReport(), { color: true });
    expect(colored.replace(/\p{Cc}\[\d+m/gu, '')).toBe(renderConsole(regressedReport(), plain));
    expect(colored).not.toBe(renderConsole(regressedReport(), plain));
  });

  it('holds no command to a terminal or a runner', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const text = renderConsole(untrustedReport(`\u001b[2J::error::${name}##[error]`), plain);
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|::|##\[/u);
      }),
    );
  });
});

describe('the JSON document', () => {
  it('has verdict, nodes, risk, classes, test and digests', () => {
    const parsed: unknown = JSON.parse(renderJson(regressedReport()));
    expect(parsed).toMatchObject({
      schemaVersion: 1,
      verdict: { status: 'regressed', failed: true },
      baseline: { model: { file: 'b.onnx' } },
      candidate: { model: { file: 'a.onnx' }, files: { detections: '4'.repeat(64) } },
      comparison: { test: { tested: 46 }, risk: [{ rise: 7.1 }] },
    });
  });

  it('has null for the comparison of one model alone', () => {
    const parsed: unknown = JSON.parse(renderJson(runReport(makeManifest())));
    expect(parsed).toMatchObject({ baseline: null, comparison: null });
  });
});
