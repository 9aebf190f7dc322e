import { describe, expect, it } from '@jest/globals';
import { decodeImage } from '../../src/image/codec.ts';
import { createPace } from '../../src/predict/external/pace.ts';
import { pointTo } from '../../src/predict/external/pointer.ts';
import { http } from '../../src/predict/predictors/http.ts';
import { roboflow } from '../../src/predict/predictors/roboflow.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { type Answer, httpServer } from '../helpers/http.ts';
import { openIn, pictureOf, subject, square } from '../helpers/predictors.ts';

const KEY = 'rf_key_abcdefgh';

async function served(
  answers: readonly Answer[],
  last: Answer = { status: 200, body: { predictions: [] } },
) {
  const queue = [...answers];
  const server = await httpServer(() => queue.shift() ?? last);
  const allowed = { origins: [server.origin], environment: { ROBOFLOW_API_KEY: KEY, TOKEN: KEY } };
  return {
    ...server,
    allowed,
    roboflow: (options = {}) =>
      openIn(roboflow, { model: 'site/3', url: server.origin, timeout: 2, ...options }, allowed),
    http: (options = {}) =>
      openIn(
        http,
        { url: `${server.origin}/predict`, version: '1', timeout: 2, ...options },
        allowed,
      ),
  };
}

const busy: Answer = {
  status: 429,
  headers: { 'retry-after': '0' },
  body: { message: 'slow down' },
};

describe('the Roboflow predictor', () => {
  it('asks as the documentation says: base64 of a lossless image, the key and thresholds in the query', async () => {
    await using server = await served([]);
    await (await server.roboflow()).predict(pictureOf(), subject);
    const [asked] = server.asked;
    const { method, url, headers, body } = asked!;
    expect([method, url]).toEqual([
      'POST',
      `/site/3?api_key=${KEY}&confidence=0.01&overlap=70&format=json&disable_active_learning=true`,
    ]);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    const image = await decodeImage(Buffer.from(body.toString(), 'base64'));
    expect(Buffer.from(image.data).equals(pictureOf().data)).toBe(true);
  });

  it('reads what an inference server answers, all fields of it', async () => {
    const answer = {
      inference_id: 'a0',
      time: 0.02,
      image: { width: 64, height: 48 },
      predictions: [
        {
          x: 20,
          y: 26,
          width: 20,
          height: 28,
          confidence: 0.9,
          class: 'Person',
          class_id: 1,
          detection_id: 'd0',
        },
        { x: 5, y: 5, width: 4, height: 4, confidence: 0.005, class: 'Person', class_id: 1 },
      ],
    };
    await using server = await served([{ status: 200, body: answer }]);
    const found = await (await server.roboflow()).predict(pictureOf(), subject);
    expect([...found.boxes]).toEqual(square.box);
  });

  it('waits until the date that a busy server names', async () => {
    const date = new Date(Date.now() - 1000).toUTCString();
    await using server = await served([{ ...busy, headers: { 'retry-after': date } }]);
    await (await server.roboflow()).predict(pictureOf(), subject);
    expect(server.asked).toHaveLength(2);
  });

  it('records it when images are sent as JPEG', async () => {
    await using server = await served([]);
    const predictor = await server.roboflow({ encoding: 'jpeg' });
    expect(predictor.info.pixels).toBe('jpeg');
    await predictor.predict(pictureOf(), subject);
    expect(Buffer.from(server.asked[0]!.body.toString(), 'base64').readUInt16BE(0)).toBe(0xffd8);
  });

  it('tries again when the server is busy or fails, and never takes that for no detections', async () => {
    const down: Answer = { status: 503, headers: { 'retry-after': '0' }, body: '<html>' };
    await using server = await served([busy, down]);
    await (await server.roboflow()).predict(pictureOf(), subject);
    expect(server.asked).toHaveLength(3);
    await using gone = await served([], { ...down });
    const predictor = await gone.roboflow();
    expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(
      /answered 503: an HTML page \(6 times\)/,
    );
  });

  it.each<[string, Answer, RegExp]>([
    [
      'a wrong key',
      { status: 403, body: { message: `Key ${KEY} is wrong` } },
      /403: Key \*\*\* is wrong\n {2}fix: is the key right/,
    ],
    ['a model that is not there', { status: 404, body: { detail: 'no model' } }, /404: no model/],
    [
      'a key of another workspace',
      { status: 401, body: { message: `Unauthorized: ${encodeURIComponent(KEY)}` } },
      /401: Unauthorized: \*\*\*\n {2}fix: is the key right/,
    ],
    [
      'a used-up quota',
      { status: 402, body: { message: 'Not enough credits' } },
      /402: Not enough credits\n {2}fix: .*what was finished is kept/,
    ],
    [
      'a limit until tomorrow',
      { status: 429, headers: { 'retry-after': '86400' }, body: { message: 'limit' } },
      /429: limit, and asks to wait 86400 s\n {2}fix: .*quota/,
    ],
    [
      'an image of another size',
      { status: 200, body: { image: { width: 640, height: 480 }, predictions: [] } },
      /for an image of 640 x 480, and 64 x 48 was sent/,
    ],
    [
      'a web page',
      { status: 200, body: '<html>login</html>' },
      /answered an HTML page that is not JSON/,
    ],
    [
      'another kind of model',
      { status: 200, body: { top: 'cat' } },
      /answered something else than boxes/,
    ],
    [
      'a redirect',
      { status: 307, headers: { location: 'https://evil.example' } },
      /307, a redirect/,
    ],
    [
      'a class that nobody knows',
      {
        status: 200,
        body: { predictions: [{ x: 5, y: 5, width: 2, height: 2, confidence: 0.5, class: 'dog' }] },
      },
      /class "dog"/,
    ],
  ])('ends with what the server says of %s, and never with the key', async (_, answer, problem) => {
    await using server = await served([answer]);
    const predictor = await server.roboflow();
    const text = await gateErrorOf(() => predictor.predict(pictureOf(), subject));
    expect(text).toMatch(problem);
    expect(text).not.toContain(KEY);
    expect(server.asked).toHaveLength(1);
  });

  it('sends no key to an origin that nobody allowed', async () => {
    await using server = await served([]);
    const text = await gateErrorOf(() =>
      openIn(roboflow, { model: 'site/3', url: server.origin }, { ...server.allowed, origins: [] }),
    );
    expect(text).toMatch(/nobody allowed requests to/);
    expect(server.asked).toEqual([]);
  });

  it('sends no key unencrypted, nor to an address with a password', async () => {
    const origins = ['http://models.example'];
    const environment = { ROBOFLOW_API_KEY: KEY };
    const open = (url: string) => openIn(roboflow, { model: 'a/1', url }, { origins, environment });
    expect(await gateErrorOf(() => open('http://models.example'))).toMatch(/unencrypted/);
    expect(await gateErrorOf(() => open('https://u:p@models.example'))).toMatch(
      /holds a user name/,
    );
  });

  it('gives up on a server that does not answer', async () => {
    await using server = await httpServer(() => new Promise<Answer>(() => {}));
    const predictor = await openIn(
      http,
      { url: `${server.origin}/p`, version: '1', timeout: 0.05 },
      { origins: [server.origin] },
    );
    expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(
      /has not answered for 0\.05 seconds \(6 times\)/,
    );
  }, 40_000);
});

describe('the HTTP predictor', () => {
  it('posts a PNG with the config’s headers, secrets filled in', async () => {
    await using server = await served([], { status: 200, body: { detections: [square] } });
    const predictor = await server.http({ headers: { Authorization: 'Bearer $TOKEN' } });
    expect([...(await predictor.predict(pictureOf(), subject)).boxes]).toEqual(square.box);
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'image/png',
    });
  });

  it('sends a form with the PNG as a file, and fields beside it', async () => {
    await using server = await served([busy], { status: 200, body: { detections: [square] } });
    const body = {
      kind: 'multipart',
      image: 'upload',
      fields: { conf: 0.001, token: '$TOKEN', augment: false },
    };
    const predictor = await server.http({ body });
    expect([...(await predictor.predict(pictureOf(), subject)).boxes]).toEqual(square.box);
    expect(server.asked).toHaveLength(2);
    // A busy server gets the whole form again.
    for (const asked of server.asked) {
      const { 'content-type': type = '' } = asked.headers;
      const form = await new Response(Uint8Array.from(asked.body), {
        headers: { 'content-type': type },
      }).formData();
      expect(['conf', 'token', 'augment'].map((name) => form.get(name))).toEqual([
        '0.001',
        KEY,
        'false',
      ]);
      const file = form.get('upload');
      if (!(file instanceof File)) throw new Error('no file');
      expect([file.name, file.type]).toEqual(['image.png', 'image/png']);
      const image = await decodeImage(Buffer.from(await file.arrayBuffer()));
      expect(Buffer.from(image.data).equals(pictureOf().data)).toBe(true);
    }
  });

  it.each([
    ['/image', (image: string) => ({ model: 'm', image })],
    ['/instances/0/image/b64', (b64: string) => ({ model: 'm', instances: [{ image: { b64 } }] })],
  ])('sends JSON with the PNG in base64 at %s', async (pointer, expected) => {
    await using server = await served([], { status: 200, body: { detections: [square] } });
    const body = { kind: 'json', image: pointer, fields: { model: 'm' } };
    await (await server.http({ body })).predict(pictureOf(), subject);
    const [asked] = server.asked;
    expect(asked!.headers['content-type']).toBe('application/json');
    const [base64 = ''] = /[A-Za-z0-9+/=]{100,}/.exec(asked!.body.toString()) ?? [];
    expect(JSON.parse(asked!.body.toString())).toEqual(expected(base64));
    const image = await decodeImage(Buffer.from(base64, 'base64'));
    expect(Buffer.from(image.data).equals(pictureOf().data)).toBe(true);
  });

  it('is another model when it is asked in another way', async () => {
    await using server = await served([]);
    const bodies = [{ kind: 'png' }, { kind: 'json' }, { kind: 'json', fields: { conf: 0.1 } }];
    const opened = await Promise.all(bodies.map((body) => server.http({ body })));
    expect(new Set(opened.map(({ info }) => info.model.digest)).size).toBe(3);
  });

  it('sends one content type: the config’s own, but none over a form’s', async () => {
    await using server = await served([], { status: 200, body: { detections: [] } });
    const headers = { 'Content-Type': 'application/octet-stream' };
    await (await server.http({ headers })).predict(pictureOf(), subject);
    expect(server.asked[0]?.headers['content-type']).toBe('application/octet-stream');
    expect(await gateErrorOf(() => server.http({ headers, body: { kind: 'multipart' } }))).toMatch(
      /a form brings its own/,
    );
  });

  it('finds the fields where JSON Pointers say, in any form of box', async () => {
    const answer = {
      result: {
        objects: [{ label: { id: 1 }, p: 0.8, at: { cx: 0.5, cy: 0.5 }, size: [0.25, 0.5] }],
      },
    };
    await using server = await served([], { status: 200, body: answer });
    const predictor = await server.http({
      names: ['Hardhat', 'Person'],
      answer: {
        detections: '/result/objects',
        class: '/label/id',
        confidence: '/p',
        box: ['/at/cx', '/at/cy', '/size/0', '/size/1'],
        format: 'cxcywh',
        unit: 'fraction',
      },
    });
    const { boxes, classes } = await predictor.predict(pictureOf(), subject);
    expect([...boxes]).toEqual([24, 12, 40, 36]);
    expect([...classes]).toEqual([0]);
  });

  it.each([
    [{ answer: { detections: '/boxes' } }, /has no list at "\/boxes"/],
    [{ answer: { confidence: '/score' } }, /object 0 of the answer: confidence/],
  ])('says which pointer finds nothing: %j', async (options, problem) => {
    await using server = await served([], { status: 200, body: { detections: [square] } });
    const predictor = await server.http(options);
    expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(problem);
  });

  it('needs something that tells one model from another', async () => {
    await using server = await served([]);
    expect(await gateErrorOf(() => server.http({ version: undefined }))).toMatch(
      /nothing tells this model from another/,
    );
  });
});

describe('a JSON Pointer', () => {
  it('follows RFC 6901', () => {
    const value = { 'a/b': [1, { 'm~n': 2 }], '': 3 };
    expect(
      ['', '/a~1b/0', '/a~1b/1/m~0n', '/', '/x/y', '/a~1b/-'].map((p) => pointTo(value, p)),
    ).toEqual([value, 1, 2, 3, undefined, undefined]);
  });
});

it('requests begin no closer to each other than the rate allows', async () => {
  const pace = createPace(50);
  const began = performance.now();
  await Promise.all(Array.from({ length: 6 }, () => pace()));
  expect(performance.now() - began).toBeGreaterThanOrEqual(95);
});
