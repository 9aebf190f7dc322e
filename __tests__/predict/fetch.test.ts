import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { onnx } from '../../src/predict/predictors/onnx.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { type Answer, httpServer } from '../helpers/http.ts';
import { constantModel } from '../helpers/onnx.ts';
import { openIn } from '../helpers/predictors.ts';

const bytes = constantModel({
  input: [1, 3, 48, 64],
  metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
  outputs: [{ name: 'o', dims: [1, 6, 8], values: Array.from({ length: 48 }, () => 0) }],
});
const sha256 = createHash('sha256').update(bytes).digest('hex');

/** Opens the model at an address; `answers` come before the file itself. */
async function openAt(options: Record<string, unknown>, answers: readonly Answer[] = []) {
  const queue = [...answers];
  await using server = await httpServer(() => queue.shift() ?? { status: 200, body: bytes });
  await using predictor = await openIn(onnx, { model: `${server.origin}/m.onnx`, ...options });
  return predictor.info.model;
}

describe('a model at an address', () => {
  it('is downloaded, redirects and all, and known by its hash', async () => {
    const moved = { status: 302, headers: { location: '/elsewhere.onnx' } };
    expect(await openAt({ sha256 }, [moved])).toEqual({ name: 'm.onnx', digest: sha256 });
  });

  it.each<[string, Record<string, unknown>, Answer[], RegExp]>([
    [
      'another file',
      { sha256: '0'.repeat(64) },
      [],
      /has the SHA-256 \w{64}, predictor\.sha256 says 0{64}/,
    ],
    ['no hash', {}, [], /a model at an address needs its hash/],
    ['nothing', { sha256 }, [{ status: 404 }], /answered 404/],
    [
      'a way to an address without TLS',
      { sha256 },
      [{ status: 302, headers: { location: 'http://models.example/m' } }],
      /models\.example\/m is not https/,
    ],
    [
      'a password in the address',
      { sha256, model: 'https://me:hunter2@models.example/m.onnx' },
      [],
      /^(?!.*hunter2)the model at https:\/\/models\.example\/m\.onnx has a user name or password/s,
    ],
  ])('is refused where there is %s', async (_, options, answers, problem) => {
    expect(await gateErrorOf(() => openAt(options, answers))).toMatch(problem);
  });
});

it('a model file must hash to what the config says', async () => {
  const files = { 'm.onnx': bytes };
  const open = (hash: string) => openIn(onnx, { model: 'm.onnx', sha256: hash }, {}, files);
  expect((await open(sha256)).info.model.digest).toBe(sha256);
  expect(await gateErrorOf(() => open('0'.repeat(64)))).toMatch(/predictor\.sha256 says 0{64}/);
});
