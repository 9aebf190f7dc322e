import { describe, expect, it } from '@jest/globals';
import { parseConfig } from '../../src/config/load.ts';
import { gateErrorOf } from '../helpers/errors.ts';

const minimal = `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
`;

const explain = (text: string) => gateErrorOf(() => parseConfig(text, 'robustness.yml'));

describe('a config', () => {
  it('needs a data set and a model only', () => {
    const config = parseConfig(minimal, 'robustness.yml');
    expect(config).toMatchObject({
      name: 'default',
      dataset: { split: 'valid' },
      predictor: { decoder: 'auto', preprocess: 'auto', nms: 0.7 },
      suite: { seed: 0 },
      gate: { metric: 'map', maxDrop: 1, ruleOut: 5, alpha: 0.05, onInconclusive: 'pass' },
      report: { failures: 12 },
    });
  });

  it('does not say back a key that stands where its name belongs', async () => {
    const text = await explain(`version: 1
dataset: {format: roboflow, workspace: w, project: p, version: 1, apiKey: rf_abcdef}
predictor: {kind: roboflow, model: a/1, apiKey: rf_abcdef}
`);
    expect(text).toMatch(/predictor\.apiKey\n.*a key in git is no secret, found something else/);
    expect(text).not.toContain('rf_abcdef');
  });

  it.each([
    ['{kind: multpart}', /predictor\.body\.kind\n.*one of png, multipart, json.*\n.*"multipart"\?/],
    ['{kind: json, image: ""}', /body\.image\n.*must name a key/],
    ['{kind: json, image: /0}', /body\.image\n.*a list within/],
    ['{kind: json, fields: {image: x}}', /body\.fields\n.*the image goes there/],
    ['{kind: multipart, fields: {file: x}}', /body\.fields\n.*the image goes there/],
    [
      '{kind: multipart, field: x}',
      /unknown key or name "field"\n.*known here: kind, image, fields/,
    ],
  ])('says what is wrong with the body %s', async (body, problem) => {
    const predictor = `{kind: http, url: "http://a/b", version: v, body: ${body}}`;
    const text = `version: 1\ndataset: {format: yolo, path: d}\npredictor: ${predictor}\n`;
    expect(await explain(text)).toMatch(problem);
  });

  it('tells every problem at once, in file order, with line, column and key', async () => {
    const text = await explain(`version: 1
dataset:
  format: yolo
  path: data.yaml
  spilt: test
predictor:
  kind: onnx
  nms: 1.5
suite:
  perturbations:
    - gausian_noise
    - rotation: {severities: [9]}
  seed: -1
`);
    expect(text).toMatchInlineSnapshot(`
"robustness.yml:5:3  dataset.spilt
  unknown key or name "spilt"
  fix: did you mean "split"? known here: format, path, split, group, classes, limit, exclude
robustness.yml:6:1  predictor.model
  is required (text)
robustness.yml:8:8  predictor.nms
  must be at most 1, found 1.5
robustness.yml:11:7  suite.perturbations[0]
  unknown name, found "gausian_noise"
  fix: did you mean "gaussian_noise"?
robustness.yml:12:31  suite.perturbations[1].rotation.severities[0]
  must be at most 5, found 9
robustness.yml:13:9  suite.seed
  must be at least 0, found -1"
`);
  });

  it('points at the mapping where a key is missing', async () => {
    expect(
      await explain(
        'version: 1\ndataset:\n  format: yolo\npredictor: {kind: onnx, model: m.onnx}\n',
      ),
    ).toMatch(/robustness\.yml:2:1 {2}dataset\.path\n {2}is required \(text\)/);
  });

  it('suggests the nearest kind', async () => {
    expect(await explain(minimal.replace('kind: onnx', 'kind: onxx'))).toMatch(
      /must be one of onnx, .*, found "onxx"\n {2}fix: did you mean "onnx"\?/,
    );
  });

  it('refuses a preset together with a list', async () => {
    expect(await explain(`${minimal}suite: {preset: quick, perturbations: [rotation]}\n`)).toMatch(
      /give either `preset` or `perturbations`, not both/,
    );
  });

  it.each([
    [
      'a key that stands twice',
      `${minimal}version: 1\n`,
      /:4:1\n {2}not valid YAML: Map keys must be unique/,
    ],
    ['broken YAML', 'version: [1\n', /not valid YAML/],
    ['an empty file', '', /must be a mapping with keys/],
    ['a list', '- 1\n', /must be a mapping with keys, found a list/],
    [
      'aliases that unfold without end',
      `a: &a [1,1,1,1,1,1,1,1,1]\n${['b', 'c', 'd', 'e'].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcd'[i]}`).join(',')}]\n`).join('')}`,
      /aliases unfold into too much/,
    ],
  ])('refuses %s', async (_, text, message) => {
    expect(await explain(text)).toMatch(message);
  });

  it('does not take __proto__ for a key', async () => {
    expect(await explain(`${minimal}__proto__: {polluted: true}\n`)).toMatch(
      /unknown key "__proto__"/,
    );
    expect({}).not.toHaveProperty('polluted');
  });
});
