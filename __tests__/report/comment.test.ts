import { describe, expect, it } from '@jest/globals';
import { renderComment } from '../../src/report/reporters/comment.ts';
import { renderSummary } from '../../src/report/reporters/summary.ts';
import type { Report } from '../../src/report/report.ts';
import {
  inconclusiveReport,
  makeComparison,
  makeNode,
  noBaselineReport,
  passReport,
  regressedReport,
  untrustedReport,
} from './fixtures.ts';

function hugeReport(): Report {
  const name = (i: number): string => `${i} ${'|`<b>'.repeat(2_000)}`;
  return regressedReport({
    comparison: makeComparison(1, {
      nodes: Array.from({ length: 5_000 }, (_, i) =>
        makeNode(i % 2 === 0 ? 'family' : 'condition', name(i), 5),
      ),
      classes: Array.from({ length: 500 }, (_, i) => ({
        name: name(i),
        objects: 1,
        groups: 1,
        clean: [1, 1],
        perturbed: [2, 1],
        standardError: 0.5,
      })),
      notes: Array.from({ length: 500 }, (_, i) => name(i)),
    }),
  });
}

describe('the comment', () => {
  it('takes three lines when nothing happened', () => {
    expect(renderComment(passReport())).toMatchInlineSnapshot(`
"### ✅ Pass
No regression: drops over 5.0 points are ruled out for clean images and every family.
**Risk 38.6 → 39.0 (+0.4 ± 1.0)**, lower is better · mAP clean 26.3 → 26.3, perturbed 26.3 → 26.1 · 96 images × 29 conditions, against [artifact of run 4711](https://github.com/acme/site/actions/runs/4711) · [report](https://github.com/acme/site/actions/runs/4712/artifacts/9)
"
`);
  });

  it('says what regressed, where and how sure', () => {
    expect(renderComment(regressedReport())).toMatchInlineSnapshot(`
"### ❌ Regressed
Robustness regressed: mAP under noise fell by 6.1 ± 0.9 points, more than the 1.0 allowed; geometry by 4.1, blur by 3.9, lighting by 3.2 too.

**Risk 38.6 → 45.7 (+7.1 ± 1.0)**, lower is better · mAP clean 26.3 → 26.0, perturbed 26.3 → 22.8

| mAP × 100 | baseline → candidate | drop |
| :-- | --: | --: |
| clean images | 26.3 → 26.0 | 0.3 ± 1.9 |
| ❌ **overall** | 26.3 → 22.8 | **3.5 ± 0.9** |
| ❌ **noise** | 26.3 → 20.2 | **6.1 ± 0.9** |
| ❌ **blur** | 26.3 → 22.4 | **3.9 ± 0.9** |
| ❌ **lighting** | 26.3 → 23.1 | **3.2 ± 0.9** |
| digital | 26.3 → 26.1 | 0.2 ± 0.9 |
| ❌ **geometry** | 26.3 → 22.2 | **4.1 ± 0.9** |

<sub>❌ regressed · no mark: no visible change</sub>

**Where it fell most**

- **gaussian noise**: 26.3 → 20.2, a drop of 6.1 ± 0.9 points (p < 0.001)
- **impulse noise**: 26.3 → 20.2, a drop of 6.1 ± 0.9 points (p < 0.001)
- **horizontal flip**: 26.3 → 22.2, a drop of 4.1 ± 0.9 points (p < 0.001)
- **rotation**: 26.3 → 22.2, a drop of 4.1 ± 0.9 points (p < 0.001)
- **gaussian blur**: 26.3 → 22.4, a drop of 3.9 ± 0.9 points (p < 0.001)
- and 4 more

**What to do next**: Start with noise: it lost 6.1 points, most under gaussian noise \\(26.3 → 20.2\\). The training augmentation that corresponds to it: camera gain \\(variance multiplier 0.01\\).

**Found by the baseline, lost by the candidate** ([pictures in the report](https://github.com/acme/site/actions/runs/4712/artifacts/9))

- \`images/test/site-0003.jpg\` under darkness at severity 3 loses \`Person\` × 2, \`vehicle\`

With these 96 images a drop of 3.2 points or more, on clean images or in any family, is detected about 4 times out of 5. Drops over 1.3 points are ruled out for clean images and digital (each by itself, at 95 %; the ± holds for all rows at once and is wider).

Baseline: [artifact of run 4711](https://github.com/acme/site/actions/runs/4711), commit \`3f9d2c1\`, 2 commits before, model \`b.onnx\` (\`bbbbbbbbbbbb\`). **[Open the report](https://github.com/acme/site/actions/runs/4712/artifacts/9)** for curves, pictures and all numbers.

<details><summary>Classes (6)</summary>

| class | objects | clean | perturbed | drop |
| :-- | --: | --: | --: | --: |
| \`vehicle\` | 105 | 45.0 → 44.7 | 33.0 → 28.0 | 5.0 ± 1.0 |
| \`machinery\` | 104 | 44.0 → 43.7 | 32.0 → 28.0 | 4.0 ± 1.0 |
| \`Safety Vest\` | 103 | 43.0 → 42.7 | 31.0 → 28.0 | 3.0 ± 1.0 |
| \`Person\` | 102 | 42.0 → 41.7 | 30.0 → 28.0 | 2.0 ± 1.0 |
| \`NO-Hardhat\` | 101 | 41.0 → 40.7 | 29.0 → 28.0 | 1.0 ± 1.0 |
| \`Hardhat\` | 100 | 40.0 → 39.7 | 28.0 → 28.0 | 0.0 ± 1.0 |

± is 1.96 standard errors, each class by itself. Single classes are not judged.

</details>

<details><summary>Object sizes, risk by family, consistency, mPC and mCE</summary>

Baseline → candidate. These numbers explain; none of them is judged. ± is 1.96 standard errors of the change, each row by itself: among many rows one in twenty lies outside by chance.

**Object sizes.** Objects by size as COCO has them: small up to 32 × 32 pixels of the image, medium, large from 96 × 96. AP@[.50:.95] × 100, on clean images and as the mean over families.

| size | objects (groups) | clean | perturbed | drop |
| :-- | --: | --: | --: | --: |
| small | 410 (90) | 21.4 → 21.1 | 12.2 → 9.1 | 3.1 ± 0.8 |
| medium | 205 (80) | 52.0 → 51.8 | 39.1 → 35.0 | 4.1 ± 1.2 |

**Risk by family.** A model that finds only the easy objects has less to lose. “Both found” is the same score on the objects that both models found on the original images, where that is no advantage.

| risk score | all objects | rise | both found | rise |
| :-- | --: | --: | --: | --: |
| overall | 38.6 → 45.7 | +7.1 ± 1.0 | 35.2 → 41.9 | +6.7 ± 1.2 |

**Consistency, without labels.** How much each model’s own detections change under the perturbations, right or wrong: 100 × (lost + spurious) / (found on the original + spurious). No label is used, so it is not comparable with the risk score.

| consistency risk | baseline → candidate | rise |
| :-- | --: | --: |
| overall | 44.1 → 50.3 | +6.2 ± 1.2 |
| noise | 44.1 → 50.3 | +6.2 ± 1.2 |

**Benchmark figures.** Over the perturbations and severities of this suite, from mAP@[.50:.95] over all classes. Ratios of uncertain numbers, without ±.

- mPC **27.4 → 23.9**: mean mAP × 100 over 2 perturbations, each the mean over its severities
- rPC **70.4 % → 61.8 %**: mPC in percent of the model’s own clean mAP: it also rises when the clean mAP falls, which is no gain
- mCE **104.9 %**: the candidate’s error (100 − mAP) in percent of the baseline’s, mean over perturbations: over 100 % is worse
- relative mCE **131.2 %**: what the candidate loses against its own clean images in percent of what the baseline loses; over the 1 of 2 perturbations under which the baseline loses 1 point or more

</details>

<details><summary>How sure, and with which settings</summary>

- 46 comparisons tested together (paired bootstrap over 96 groups, max-T, 4000 replicates, seed 0): however many comparisons there are, about 5 % at most of the pull requests in which no drop exceeds what is allowed are called regressed
- ± of a drop is half of the two-sided interval that holds for all judged rows at once, at 95 %; the test itself is one-sided, so a regressed row’s ± may reach a little under what is allowed; ± of the risk is 1.96 standard errors, not adjusted; critical values 2.85 (one-sided), 3.11 (two-sided)
- mAP is COCO’s AP@[.50:.95] × 100, the mean over classes; overall is the mean over families
- candidate \`a.onnx\` (\`aaaaaaaaaaaa\`), decoder \`yolov8\`, input 416 × 320
- risk, consistency and failure examples count detections of confidence 0.563 or more (the best F1 on clean images; the baseline’s 0.563), at IoU 0.5
- 96 images × 29 conditions, seed 0, onnxruntime-node 1.30.0 on AMD EPYC \\(x64\\)

</details>
"
`);
  });

  it('says first that an inconclusive candidate is not judged safe', () => {
    const [first] = renderComment(inconclusiveReport()).split('\n');
    expect(first).toBe('### ⚠️ Not judged safe (inconclusive)');
  });

  it('says how to make a baseline where there is none', () => {
    expect(renderComment(noBaselineReport())).toMatchInlineSnapshot(`
"### ℹ️ No baseline
Nothing to compare with: no usable baseline was found.

**Risk 39.1** of 100, lower is better

| mAP × 100 | candidate |
| :-- | --: |
| clean images | 38.9 |
| overall | 22.0 |
| noise | 21.0 |
| blur | 21.0 |
| lighting | 21.0 |
| digital | 21.0 |
| geometry | 26.0 |

- main has no successful run of this workflow.

Run the gate once on the default branch (a push, or “Run workflow”): it leaves the baseline there, and the next pull request is compared with it.

**[Open the report](https://github.com/acme/site/actions/runs/4712/artifacts/9)** for curves, pictures and all numbers.

<details><summary>Settings</summary>

- mAP is COCO’s AP@[.50:.95] × 100, the mean over classes; overall is the mean over families
- candidate \`a.onnx\` (\`aaaaaaaaaaaa\`), decoder \`yolov8\`, input 416 × 320
- risk, consistency and failure examples count detections of confidence 0.563 or more (the best F1 on clean images), at IoU 0.5
- 96 images × 29 conditions, seed 0, onnxruntime-node 1.30.0 on AMD EPYC \\(x64\\)

</details>
"
`);
  });

  it('shows no table where the detections are equal', () => {
    const text = renderComment(
      passReport({
        comparison: makeComparison(0, { identical: true, nodes: [] }),
        notes: ['a', 'b', 'c'],
      }),
    );
    expect(text).not.toContain('| mAP');
  });

  it('stays under 60,000 characters', () => {
    expect(renderComment(hugeReport()).length).toBeLessThan(60_000);
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['](javascript:alert(1))'],
    ['a --> <!-- robustness-gate:v1 -->'],
    ['@everyone'],
    ['\u202egnp.exe'],
    ['a\n| b | c |\n'],
  ])('shows %j as text', (name) => {
    const text = renderComment(untrustedReport(name)).replace(/(`+).*?\1/g, '');
    expect(text).not.toMatch(
      /<(?=[a-z!/])(?!\/?(details|summary|sub)>)|<!--|-->|@\w|[\u202a-\u202e]/,
    );
    expect(text).not.toMatch(/(?<!\\)\]\((?!https:)/);
  });
});

describe('the job summary', () => {
  it('has every perturbation and condition', () => {
    const text = renderSummary(regressedReport());
    expect(text).toContain('<summary>Perturbations (10)</summary>');
    expect(text).toContain('<summary>Conditions (28)</summary>');
    expect(text).toContain('| ❌\u00a0**rotation at severity 5** |');
  });

  it('stays under 900 KiB', () => {
    expect(Buffer.byteLength(renderSummary(hugeReport()))).toBeLessThan(900 * 1024);
  });
});
