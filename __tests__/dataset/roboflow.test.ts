import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { roboflowDataset } from '../../src/dataset/formats/roboflow.ts';
import { contextOf } from '../helpers/context.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { cocoScene, roboflowOptions, roboflowServer } from '../helpers/formats.ts';
import type { Answer } from '../helpers/http.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';
import { zipOf } from '../helpers/zip.ts';

const KEY = 'rf_key_123';

async function world(answers: readonly Answer[] = [], archive?: Uint8Array) {
  const server = await roboflowServer(answers, archive);
  const directory = await temporaryDirectory();
  const environment: Record<string, string> = { ROBOFLOW_API_KEY: KEY };
  const allowed = {
    command: false,
    origins: [server.origin],
    environment,
    secrets: new Set<string>(),
  };
  return {
    server,
    environment,
    context: contextOf(directory, null, allowed),
    options: roboflowOptions(server.origin),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('a Roboflow data set', () => {
  it('is downloaded once, by version, and named in the notes', async () => {
    await using w = await world();
    const { samples, notes } = await roboflowDataset.read(w.options, w.context);
    expect(samples).toHaveLength(4);
    expect(notes[0]).toBe('Data set: Roboflow ws/site/3 (coco).');
    const asked = w.server.asked.length;
    await roboflowDataset.read(w.options, w.context);
    expect(w.server.asked).toHaveLength(asked);
  });

  it('sends the key as header and query, as the API documents both, to the API alone', async () => {
    await using w = await world();
    await roboflowDataset.read(w.options, w.context);
    expect(w.server.asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      [`/ws/site/3/coco?api_key=${KEY}`, `Bearer ${KEY}`],
      ['/storage/x?sig=s3cr3t', undefined],
    ]);
  });

  it('waits while Roboflow makes the export, and tries again when it is busy', async () => {
    await using w = await world([
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 202, body: { progress: 0.5 } },
    ]);
    expect((await roboflowDataset.read(w.options, w.context)).samples).toHaveLength(4);
  });

  it.each<[string, Answer, RegExp]>([
    [
      'a wrong key',
      { status: 401, body: { error: { message: `key ${KEY} is not known` } } },
      /answered 401: .*key \*\*\* is not known/,
    ],
    [
      'a workspace that the key may not see',
      { status: 403, body: { message: `key ${KEY}: forbidden` } },
      /answered 403: key \*\*\*: forbidden\n {2}fix: is the key right/,
    ],
    ['a used-up quota', { status: 402, body: { message: 'no credits' } }, /402: no credits/],
    [
      'a limit until tomorrow',
      { status: 429, headers: { 'retry-after': '86400' }, body: { message: 'limit' } },
      /429: limit, and asks to wait 86400 s/,
    ],
    [
      'a project that is not there',
      { status: 404, body: { error: 'no such project' } },
      /404: no such/,
    ],
    ['a web page', { status: 200, body: '<html>login</html>' }, /\(an HTML page\)/],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://evil.example' } },
      /302, a redirect/,
    ],
  ])('says what the API says for %s, and never the key', async (_, answer, problem) => {
    await using w = await world([answer]);
    const text = await gateErrorOf(() => roboflowDataset.read(w.options, w.context));
    expect(text).toMatch(problem);
    expect(text).not.toContain(KEY);
  });

  it('keeps nothing of an archive that is cut off or tries to get out', async () => {
    const whole = zipOf(
      Object.entries(await cocoScene()).map(([name, content]) => ({
        name,
        content: Buffer.from(content),
      })),
    );
    const wayOut = zipOf([{ name: '../a', content: Buffer.from('x') }]);
    for (const archive of [whole.subarray(0, whole.length / 2), wayOut]) {
      await using w = await world([], archive);
      const text = await gateErrorOf(() => roboflowDataset.read(w.options, w.context));
      expect(text).toMatch(/the export ws\/site\/3 \(coco\) cannot be unpacked/);
      expect(text).not.toContain('s3cr3t');
      expect(await readdir(join(w.context.cacheDirectory, 'datasets'))).toEqual([]);
    }
  });

  it('needs the key, and leave for an origin that is not Roboflow’s', async () => {
    await using w = await world();
    const denied = { ...w.context, allowed: { ...w.context.allowed, origins: [] } };
    expect(await gateErrorOf(() => roboflowDataset.read(w.options, denied))).toMatch(
      /nobody allowed requests to http:\/\/127\.0\.0\.1:\d+/,
    );
    delete w.environment['ROBOFLOW_API_KEY'];
    expect(await gateErrorOf(() => roboflowDataset.read(w.options, w.context))).toMatch(
      /dataset\.apiKey: the environment variable ROBOFLOW_API_KEY is not set/,
    );
    expect(w.server.asked).toEqual([]);
  });
});
