import { describe, expect, it } from '@jest/globals';
import { parseConfig } from '../../src/config/load.ts';
import { augmentationEffects } from '../../src/judge/effects.ts';
import { renderComment } from '../../src/report/reporters/comment.ts';
import { renderConsole } from '../../src/report/reporters/console.ts';
import { renderHtml } from '../../src/report/reporters/html.tsx';
import { renderJson } from '../../src/report/reporters/json.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { makeComparison, makeNode, regressedReport } from '../report/fixtures.ts';

const config = (trainedWith: string) => `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
trainedWith: ${trainedWith}
`;
const explain = (trainedWith: string) =>
  gateErrorOf(() => parseConfig(config(trainedWith), 'robustness.yml'));

const comparison = makeComparison(1, {
  nodes: [
    makeNode('clean', 'clean', 0),
    makeNode('perturbation', 'gaussian_blur', -4.8),
    makeNode('perturbation', 'rotation', 0.2),
    makeNode('perturbation', 'gaussian_noise', 6),
    makeNode('perturbation', 'fog', 0, { baseline: 2, untested: 'baseline-too-low' }),
  ],
});

describe('trainedWith in a config', () => {
  it('takes the name of a perturbation and Roboflow’s name for it, and asks once', () => {
    const { trainedWith } = parseConfig(config('[Blur, gaussian_blur, rotation]'), 'r.yml');
    expect(augmentationEffects(trainedWith, comparison).map((e) => e.perturbation)).toEqual([
      'gaussian_blur',
      'rotation',
    ]);
  });

  it('suggests the nearest name for an unknown one', async () => {
    expect(await explain('[gausian_blur]')).toBe(
      'robustness.yml:4:15  trainedWith[0]\n  unknown name, found "gausian_blur"\n  fix: did you mean "gaussian_blur"?',
    );
  });

  it('refuses a Roboflow name that means several perturbations, or none', async () => {
    expect(await explain('[Flip]')).toMatch(
      'more than one perturbation: name horizontal_flip or vertical_flip',
    );
    expect(await explain('[Mosaic]')).toMatch('no perturbation that tests it: leave it out');
  });
});

describe('the effect of an augmentation', () => {
  const names = ['gaussian_blur', 'rotation', 'gaussian_noise', 'fog', 'motion_blur'];
  const effects = augmentationEffects(names, comparison);
  const report = regressedReport({ effects });

  it('is what the simultaneous interval of its perturbation says', () => {
    expect(effects.map(({ effect }) => effect)).toEqual([
      'better',
      'no visible effect',
      'worse',
      'not judged',
      'not tested',
    ]);
  });

  it('is told on the console, and how to test what the suite lacks', () => {
    const text = renderConsole(report, { color: false });
    expect(text.slice(text.indexOf('Trained with')).split('\n\n')[0]).toMatchInlineSnapshot(`
"Trained with: does it help against its own perturbation?
  ↑ gaussian blur: better (mAP 26.3 → 31.1, a gain of 4.8 ± 0.9 points)
  · rotation: no visible effect (mAP 26.3 → 26.1, a drop of 0.2 ± 0.9 points)
  ↓ gaussian noise: worse (mAP 26.3 → 20.3, a drop of 6.0 ± 0.9 points)
  – fog: not judged (mAP 2.0 → 26.3: the baseline has next to nothing to start from)
  – motion blur: not tested (not in the suite: add motion_blur to suite.perturbations to test it)"
`);
  });

  it('is in the comment’s fold-out, the page and the JSON document', () => {
    expect(renderComment(report)).toMatch(
      /<summary>Trained with 5 augmentations: 1 visibly helped<\/summary>/,
    );
    expect(renderHtml(report)).toMatch(/What the augmentations did/);
    expect(JSON.parse(renderJson(report))).toMatchObject({
      effects: [{ perturbation: 'gaussian_blur', effect: 'better', drop: -4.8 }, {}, {}, {}, {}],
    });
  });

  it('is not spoken of without trainedWith', () => {
    expect(renderHtml(regressedReport())).not.toMatch(/augmentations did/);
    expect(renderConsole(regressedReport(), { color: false })).not.toMatch(/Trained with/);
  });
});
