import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { runCli } from './helpers/bundle.ts';
import { jpeg } from './helpers/dataset.ts';
import { configOf, projectFolder } from './helpers/project.ts';

const config = configOf('brightness');
const project = projectFolder;

describe('robustness-gate run', () => {
  it('leaves a run directory and tells on stderr where', async () => {
    const cwd = await project();
    const { code, stderr } = await runCli(['run', '--quiet', '--out', 'r'], cwd);
    expect(stderr).toBe('run directory: r\n');
    expect(code).toBe(0);
    const run: unknown = JSON.parse(await readFile(join(cwd, 'r', 'run.json'), 'utf8'));
    expect(run).toMatchObject({ schemaVersion: 1, dataset: { classes: ['Person', 'Hardhat'] } });
  });

  it('tells progress in lines where there is no terminal, and nothing with --quiet', async () => {
    const cwd = await project();
    const { stderr } = await runCli(['run', '--out', 'r', '--cache', 'c'], cwd);
    expect(stderr).toMatch(/^predict 6\/6 {2}[\d.]+ images\/s/m);
  });
});

describe('robustness-gate', () => {
  it('prints no secret of the environment, on stdout nor on stderr', async () => {
    const cwd = await project();
    const env = { SOME_API_KEY: 'abcd-1234-efgh-56', OTHER: 'abcd-1234-efgh-56-5' };
    const failed = await runCli(['validate', '-c', 'abcd-1234-efgh-56-5.yml'], cwd, env);
    expect(failed.stderr).toMatch(/config file not found: \*\*\*-5\.yml/);
    const shown = await runCli(['abcd-1234-efgh-56', '--help'], cwd, env);
    expect(shown.stdout + shown.stderr).not.toContain('abcd-1234-efgh-56');
  });
});

describe('ONNX Runtime', () => {
  it('reports to nobody: its telemetry does not even open its log', async () => {
    const cwd = await project();
    const temporary = join(cwd, 'tmp');
    await mkdir(temporary);
    const { code } = await runCli(['run', '--quiet', '--out', 'r'], cwd, {
      TMPDIR: temporary,
      CI: '',
    });
    expect(code).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });
});

describe('bad input ends with exit code 2 and one message', () => {
  const cases: [string, Record<string, string | Uint8Array>, string[], RegExp][] = [
    ['no config', {}, ['run', '-c', 'none.yml'], /^config file not found: none\.yml\n {2}fix: /],
    [
      'malformed YAML',
      { 'robustness.yml': 'version: [' },
      ['run'],
      /^robustness\.yml:1:\d+\n {2}not valid YAML/,
    ],
    [
      'a missing model',
      { 'robustness.yml': config.replace('m.onnx', 'x.onnx') },
      ['run'],
      /^the model file was not found: x\.onnx/,
    ],
    ['a model that is not ONNX', { 'm.onnx': 'PK' }, ['run'], /^not an ONNX model: m\.onnx/],
    [
      'a missing data set',
      { 'robustness.yml': config.replace('data.yaml', 'd.yaml') },
      ['run'],
      /^dataset\.path not found: d\.yaml/,
    ],
    [
      'an unknown perturbation',
      {},
      ['perturb', 'images/val/0.jpg', '--name', 'gausian_blur', '-o', 'x.png'],
      /unknown perturbation "gausian_blur"\n {2}fix: did you mean "gaussian_blur"\?/,
    ],
    [
      'a severity out of range',
      {},
      ['perturb', 'images/val/0.jpg', '--name', 'rotation', '--severity', '6', '-o', 'x.png'],
      /a whole number from 1 to 5/,
    ],
    [
      'a run directory that is none',
      {},
      ['report', '.'],
      /there is no run here: run\.json is missing/,
    ],
    ['an unknown command', {}, ['evaluate'], /unknown command 'evaluate'/],
    ['a missing option', {}, ['gate'], /required option '--baseline <dir>' not specified/],
  ];

  it.each(cases)('%s', async (_, files, args, message) => {
    const { code, stdout, stderr } = await runCli(args, await project(files));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('corrupt images, all of them, before anything is predicted', async () => {
    const cwd = await project({
      'images/val/1.jpg': (await jpeg(1)).slice(0, 500),
      'images/val/2.jpg': 'nothing',
    });
    const { code, stderr } = await runCli(['run'], cwd);
    expect(stderr).toMatch(/1\.jpg/);
    expect(stderr).toMatch(/2\.jpg/);
    expect(stderr).not.toMatch(/predict/);
    expect(code).toBe(2);
  });

  it('runs that are refused, with what differs, both values and what to do', async () => {
    const cwd = await project();
    await runCli(['run', '--quiet', '--out', 'a'], cwd);
    const other = await project({
      'data.yaml': 'val: images/val\nnames: [Person, Helmet]\n',
      'robustness.yml': config.replace('suite: {', 'suite: {seed: 3, '),
    });
    await runCli(['run', '--quiet', '--out', 'b'], other);
    const { code, stdout, stderr } = await runCli(['compare', 'a', join(other, 'b')], cwd);
    expect(stderr.split('\n')).toEqual([
      'the baseline, directory a, cannot be compared: the data set’s classes differ: baseline 2, candidate 2; only in the baseline: "Hardhat"; only in the candidate: "Helmet"',
      expect.stringMatching(/^ {2}fix: give both the same class list/),
      'the baseline, directory a, cannot be compared: the seed differs: baseline 0, candidate 3',
      expect.stringMatching(/^ {2}fix: set suite\.seed to 0 in the candidate’s config, or /),
      '',
    ]);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('robustness-gate perturb', () => {
  it('writes the changed image as PNG, the same every time', async () => {
    const cwd = await project();
    const args = ['perturb', 'images/val/0.jpg', '--name', 'gaussian_noise', '--severity', '3'];
    await runCli([...args, '-o', 'a.png'], cwd);
    await runCli([...args, '-o', 'b.png'], cwd);
    const bytes = await readFile(join(cwd, 'a.png'));
    expect(bytes.equals(await readFile(join(cwd, 'b.png')))).toBe(true);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 64, height: 48 });
  });
});

describe('robustness-gate perturb --sheet and --all', () => {
  it('draw the whole suite, and write every condition', async () => {
    const cwd = await project();
    const args = ['perturb', 'images/val/0.jpg', '--sheet', 'sheet.png', '--all', 'all'];
    const { code, stderr } = await runCli(args, cwd);
    expect(stderr).toBe('contact sheet: sheet.png\n205 conditions: all\n');
    expect(code).toBe(0);
    expect(await sharp(join(cwd, 'sheet.png')).metadata()).toMatchObject({ format: 'png' });
    const names = await readdir(join(cwd, 'all'));
    expect(names).toHaveLength(205);
    expect(names).toEqual(expect.arrayContaining(['clean.png', 'rotation-5.png', 'rotate_90.png']));
  });

  it('need something to write', async () => {
    const { code, stderr } = await runCli(['perturb', 'images/val/0.jpg'], await project());
    expect(stderr).toMatch(/nothing to write\n {2}fix: give --name NAME with -o OUT\.png/);
    expect(code).toBe(2);
  });
});

describe('robustness-gate gate --base-config', () => {
  it('judges by the stricter of both configs and tells what differs', async () => {
    // Mirrored, the constant detector misses every square.
    const flipped = config.replace('[brightness]', '[brightness, horizontal_flip]');
    const loose = `${flipped}gate: {maxDrop: 50}\n`;
    const cwd = await project({
      'robustness.yml': loose,
      'main.yml': `${flipped}gate: {limits: {map: 90}}\n`,
    });
    await runCli(['run', '--quiet', '--out', 'a'], cwd);
    const args = ['gate', '--quiet', '--baseline', 'a', '--base-config', 'main.yml', '--json'];
    const { code, stdout } = await runCli(args, cwd);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      verdict: { status: 'regressed', reasons: [{ code: 'limit' }] },
      limits: [
        { metric: 'map', level: 'clean', beyond: 'no' },
        { metric: 'map', level: 'overall', beyond: 'surely' },
      ],
    });
    expect(stdout).toContain('maxDrop 1 → 50; the stricter of both, 1, was applied');
    expect(code).toBe(1);
  });

  it('refuses a waiver for what is no node, with the nearest', async () => {
    const waivers = "gate: {waivers: [{node: nose, reason: x, until: '2030-01-01'}]}\n";
    const { code, stderr } = await runCli(
      ['run'],
      await project({ 'robustness.yml': config + waivers }),
    );
    expect(stderr).toMatch(/^robustness\.yml:5:\d+ {2}gate\.waivers\[0\]\.node\n/);
    expect(stderr).toMatch(/did you mean "noise"\?/);
    expect(code).toBe(2);
  });

  it('refuses a class that the data set does not have, with the nearest', async () => {
    const gate = 'gate: {maxDrop: {classes: {Persn: 1}}}\n';
    const { code, stderr } = await runCli(
      ['run'],
      await project({ 'robustness.yml': config + gate }),
    );
    expect(stderr).toMatch(/no class "Persn"\n {2}fix: did you mean "Person"\?/);
    expect(code).toBe(2);
  });
});

describe('robustness-gate report', () => {
  const making = (async () => {
    const cwd = await project({ 'robustness.yml': configOf('horizontal_flip') });
    await runCli(['run', '--quiet', '--out', 'r'], cwd);
    return cwd;
  })();
  const page = async (args: readonly string[]): Promise<string> => {
    const cwd = await making;
    const { code } = await runCli(['report', 'r', '--html', 'p.html', ...args], cwd);
    expect(code).toBe(0);
    return readFile(join(cwd, 'p.html'), 'utf8');
  };

  it('shows what the model loses, picture by picture, where the config tells of the images', async () => {
    const html = await page(['-c', 'robustness.yml']);
    expect(html).toContain('Failures, picture by picture');
    expect(html).toMatch(/Horizontal flip[^:]*: <em class="broken">loses Person/);
    expect(html.match(/<img /g)?.length).toBeGreaterThan(0);
  });

  it('says why there are no pictures, and tells in words', async () => {
    expect(await page([])).toMatch(
      /No pictures: run directories hold no images: name the config of the data set \(-c\)\..*loses Person/s,
    );
    const other = configOf('horizontal_flip').replace('data.yaml', 'gone.yaml');
    await writeFile(join(await making, 'gone.yml'), other);
    expect(await page(['-c', 'gone.yml'])).toMatch(
      /No pictures: the data set of gone\.yml cannot be read: .*gone\.yaml/,
    );
    const others = { 'images/val/0.jpg': 7, 'images/val/1.jpg': 8, 'images/val/2.jpg': 9 };
    const images = await Promise.all(
      Object.entries(others).map(async ([name, seed]) => [name, await jpeg(seed)] as const),
    );
    const folder = await project(Object.fromEntries(images));
    expect(await page(['-c', join(folder, 'robustness.yml')])).toMatch(
      /No pictures: the data set has none of these images as the run saw them\./,
    );
  });
});

describe('robustness-gate compare', () => {
  it('prints one JSON document on stdout, and says pass for equal runs', async () => {
    const cwd = await project();
    await runCli(['run', '--quiet', '--out', 'a'], cwd);
    const { code, stdout } = await runCli(['compare', 'a', 'a', '--json'], cwd);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { status: 'pass' } });
    expect(code).toBe(0);
  });

  it('judges the reference of the config too, and names one that is not there', async () => {
    const pinned = config + 'gate: {reference: pinned/v1}\n';
    const cwd = await project({ 'robustness.yml': pinned });
    await runCli(['run', '--quiet', '--out', 'a'], cwd);
    const args = ['compare', 'a', 'a', '-c', 'robustness.yml', '--json'];
    const absent = await runCli(args, cwd);
    expect(absent.stderr).toMatch(/pinned\/v1.*there is no run here/s);
    expect(absent.code).toBe(2);
    await runCli(['run', '--quiet', '--out', 'pinned/v1'], cwd);
    const { code, stdout } = await runCli(args, cwd);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: { status: 'pass', sentence: expect.stringMatching(/Against v1: Nothing changed/) },
      reference: { name: 'v1', comparison: { identical: true } },
    });
    expect(code).toBe(0);
  }, 30_000);

  it('says no-baseline, and fails, where the runs have too little in common', async () => {
    const cwd = await project();
    await runCli(['run', '--quiet', '--out', 'a'], cwd);
    const other = await project({ 'images/val/9.jpg': await jpeg(9), 'labels/val/9.txt': '' });
    await runCli(['run', '--quiet', '--out', 'b'], other);
    const { code, stdout } = await runCli(['compare', 'a', join(other, 'b')], cwd);
    expect(stdout).toMatch(/^○ NO BASELINE/);
    expect(stdout).toMatch(/Too little in common: 3 of 4 images\s+\(75 %\)/);
    expect(code).toBe(1);
  });
});
