import { describe, expect, it } from '@jest/globals';
import { command } from '../../src/predict/predictors/command.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { lineProgram, openIn, pictureOf, subject, square } from '../helpers/predictors.ts';

const found = JSON.stringify([square]);

const open = (program: string, options: Record<string, unknown> = {}, environment = {}) =>
  openIn(
    command,
    { command: [process.execPath, 'p.cjs'], timeout: 5, ...options },
    { command: true, environment: { PATH: process.env['PATH'], ...environment } },
    { 'p.cjs': program },
  );

/** What the first prediction of a program ends in. */
const failureOf = async (program: string, options = {}): Promise<string> => {
  return gateErrorOf(async () => {
    await using predictor = await open(program, options);
    await predictor.predict(pictureOf(), subject);
  });
};

describe('a command', () => {
  it('may answer out of order and print what it likes', async () => {
    const program = lineProgram(`
      console.log('loading weights 50%');
      (globalThis.held ??= []).push(line.id);
      if (held.length === 2) held.reverse().forEach((id) => say({ id, detections: ${found} }));`);
    await using predictor = await open(program);
    const both = await Promise.all([1, 2].map(() => predictor.predict(pictureOf(), subject)));
    expect(both.map(({ boxes }) => [...boxes])).toEqual([square.box, square.box]);
  });

  it('may take its time, up to the limit', async () => {
    const late = `setTimeout(() => say({ id: line.id, detections: ${found} }), 400)`;
    await using predictor = await open(lineProgram(late));
    expect((await predictor.predict(pictureOf(), subject)).classes).toHaveLength(1);
  });

  it('that answers after the limit ends the run, and its answer is not taken for another', async () => {
    const late = `setTimeout(() => say({ id: line.id, detections: ${found} }), 1500)`;
    await using predictor = await open(lineProgram(late), { timeout: 1 });
    for (let i = 0; i < 2; i++) {
      expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(
        /has not answered for 1 seconds/,
      );
    }
  });

  it('gets lossless pixels', async () => {
    const program = lineProgram(`
      const png = Buffer.from(line.png, 'base64');
      const ok = png.subarray(1, 4).toString() === 'PNG' && png.readUInt32BE(16) === line.width;
      say({ id: line.id, detections: ok ? ${found} : [] })`);
    await using predictor = await open(program);
    expect((await predictor.predict(pictureOf(), subject)).classes).toHaveLength(1);
  });

  it.each<[string, string, RegExp]>([
    [
      'dies',
      lineProgram('process.stderr.write("CUDA out of memory"); process.exit(3)'),
      /ended with exit code 3; its last words: CUDA out of memory/,
    ],
    ['is killed', lineProgram('process.kill(process.pid, "SIGKILL")'), /was ended by SIGKILL/],
    [
      'answers another question',
      lineProgram('say({ id: 99, detections: [] })'),
      /answered 99, which was not asked/,
    ],
    [
      'prints half an answer',
      lineProgram('console.log(`{"id": 0, "dete`)'),
      /a line that is not JSON/,
    ],
    [
      'reports an error',
      lineProgram('say({ id: line.id, error: "bad image" })'),
      /could not predict: bad image/,
    ],
    ['leaves the list out', lineProgram('say({ id: line.id })'), /something else than detections/],
    [
      'answers NaN',
      lineProgram(
        'say({ id: line.id, detections: [{ class: "Person", confidence: NaN, box: [0, 0, 1, 1] }] })',
      ),
      /something else than detections: detections\[0\]\[confidence\]/,
    ],
    [
      'answers a box far outside',
      lineProgram(
        'say({ id: line.id, detections: [{ class: "Person", confidence: 1, box: [0, 0, 640, 480] }] })',
      ),
      /the box 0, 0, 640, 480 in an image of 64 x 48/,
    ],
    [
      'answers a class that nobody knows',
      lineProgram(
        'say({ id: line.id, detections: [{ class: "Dog", confidence: 1, box: [0, 0, 1, 1] }] })',
      ),
      /class "Dog", which neither the data set nor predictor\.classes has/,
    ],
    ['ends before it is ready', 'process.exit(1)', /ended with exit code 1/],
    [
      'has no model that could be told from another',
      lineProgram('', '{ready: true, classes: ["x"]}'),
      /no class in common/,
    ],
  ])('that %s ends the run with an error', async (_, program, problem) => {
    expect(await failureOf(program)).toMatch(problem);
  });

  it('that answers twice ends the run with an error', async () => {
    const twice = 'say({ id: 0, detections: [] }); say({ id: 0, detections: [] });';
    await using predictor = await open(lineProgram(twice));
    await predictor.predict(pictureOf(), subject);
    expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(
      /answered 0, which was not asked or is answered already/,
    );
  });

  it('that hangs ends the run, with what it printed on stdout', async () => {
    const program = lineProgram('process.stdout.write("  0%|    | 0/1\\n")');
    expect(await failureOf(program, { timeout: 1 })).toMatch(
      /has not answered for 1 seconds; it printed on stdout: {3}0%\|/,
    );
  });

  it('that never gets ready ends the run', async () => {
    expect(await failureOf('setInterval(() => {}, 1000)', { timeout: 1 })).toMatch(
      /was not ready in 1 seconds/,
    );
  });

  it('that is not there is named', async () => {
    expect(await failureOf('', { command: ['no-such-program'], version: '1' })).toMatch(
      /`no-such-program` cannot be started/,
    );
  });

  it('is not started unless that is allowed', async () => {
    const text = await gateErrorOf(() => openIn(command, { command: ['true'] }));
    expect(text).toMatch(/nobody allowed that/);
  });

  it('is started without a shell and without the tokens of the job', async () => {
    const program = lineProgram(
      `say({ id: line.id, error: JSON.stringify([process.argv.slice(2), process.env.GITHUB_TOKEN, process.env.INPUT_X, process.env.HOME_X]) })`,
    );
    const environment = { GITHUB_TOKEN: 'ghs_secret', INPUT_X: 'ghs_secret', HOME_X: 'kept' };
    const argv = [process.execPath, 'p.cjs', '$(touch owned); *'];
    const text = await gateErrorOf(async () => {
      await using predictor = await open(program, { command: argv }, environment);
      await predictor.predict(pictureOf(), subject);
    });
    expect(text).toContain('[["$(touch owned); *"],null,null,"kept"]');
  });

  it('is another model when its program, a file or an argument changes', async () => {
    const digestOf = async (text: string, options = {}): Promise<string> => {
      await using predictor = await open(lineProgram(text), options);
      return predictor.info.model.digest;
    };
    const argv = { command: [process.execPath, 'p.cjs', '--conf=0.1'] };
    const digests = [await digestOf('1'), await digestOf('2'), await digestOf('1', argv)];
    expect(new Set(digests).size).toBe(3);
    expect(await digestOf('1')).toBe(digests[0]);
  });
});
