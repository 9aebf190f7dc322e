import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { decodeImage, encodePng } from '../../src/image/codec.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { command } from '../../src/predict/predictors/command.ts';
import { http } from '../../src/predict/predictors/http.ts';
import { module } from '../../src/predict/predictors/module.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { differences } from '../helpers/exports.ts';
import { openIn, pictureOf, subject, square } from '../helpers/predictors.ts';
import { lackingPackages, python } from '../helpers/python.ts';
import { folderOf } from '../helpers/tmp.ts';

// Imports of frameworks take long on a busy machine.
jest.setTimeout(300_000);

const examples = join(import.meta.dirname, '../../examples/predictors');

/** Examples by their file names. */
const filesOf = async (folder: string, ...names: string[]): Promise<Record<string, Uint8Array>> =>
  Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(examples, folder, name))] as const),
    ),
  );

/** `describe` where the Python has these packages; where it has not, they are told and the tests are skipped. */
function describeWith(...packages: readonly string[]): typeof describe | typeof describe.skip {
  const lacking = lackingPackages(packages);
  if (lacking?.length === 0) return describe;
  const why = lacking === null ? 'is not there' : `lacks ${lacking.join(', ')}`;
  process.stderr.write(`${python} ${why}: its examples are not run (REAL_PYTHON names another)\n`);
  return describe.skip;
}

describe('the TypeScript examples', () => {
  it.each(['predict.mjs', 'predict.ts'])('%s finds the darkest thing', async (name) => {
    await using predictor = await openIn(
      module,
      { module: name },
      { command: true },
      await filesOf('typescript', name),
    );
    expect([...(await predictor.predict(pictureOf(), subject)).boxes]).toEqual(square.box);
  });
});

describeWith()('the Python examples', () => {
  const openPython = async (program: string, options = {}) =>
    openIn(
      command,
      { command: [python, 'p.py'], timeout: 10, ...options },
      { command: true },
      { ...(await filesOf('python', 'robustness_gate.py')), 'p.py': program },
    );

  it('answer line by line through their harness', async () => {
    await using predictor = await openIn(
      command,
      { command: [python, 'darkest_predict.py'] },
      { command: true },
      await filesOf('python', 'robustness_gate.py', 'darkest_predict.py'),
    );
    expect(predictor.info.model.name).toBe('darkest thing');
    expect([...(await predictor.predict(pictureOf(), subject)).boxes]).toEqual(square.box);
  });

  it('say which image could not be predicted, and go on', async () => {
    await using predictor = await openPython(`from robustness_gate import serve
def predict(png):
    print("noise on stdout")
    raise ValueError("no such layer")
serve(predict, model="m")
`);
    for (let i = 0; i < 2; i++) {
      expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(
        /could not predict: ValueError: no such layer/,
      );
    }
  });

  it.each([
    ['dies', 'sys.exit("no memory")', /exit code 1; its last words: no memory/],
    ['hangs', 'time.sleep(60)', /has not answered for 2 seconds/],
    ['ends early', 'break', /ended with exit code 0/],
    ['prints on stdout', 'print("epoch 1/3"); time.sleep(60)', /it printed on stdout: epoch 1\/3/],
    ['answers NaN', 'answer(float("nan"))', /line that is not JSON: .*NaN/],
  ])('that %s without the harness ends the run with an error', async (_, body, problem) => {
    const program = `import json, sys, time
def answer(confidence):
    found = {"class": "Person", "confidence": confidence, "box": [0, 0, 1, 1]}
    print(json.dumps({"id": 0, "detections": [found]}), flush=True)
print(json.dumps({"ready": True, "model": "m"}), flush=True)
sys.stdout.reconfigure(line_buffering=True)
for line in sys.stdin:
    ${body}
`;
    const text = await gateErrorOf(async () => {
      await using predictor = await openPython(program, { timeout: 2 });
      await predictor.predict(pictureOf(), subject);
    });
    expect(text).toMatch(problem);
  });

  it('may answer late, out of order, with prints between', async () => {
    await using predictor = await openPython(`import json, sys, time
print(json.dumps({"ready": True, "model": "m"}), flush=True)
held = []
for line in sys.stdin:
    held.append(json.loads(line))
    print("progress", len(held))
    if len(held) == 2:
        time.sleep(0.3)
        for question in reversed(held):
            box = [0, 0, question["width"], question["height"]]
            found = [{"class": "Person", "confidence": 0.5, "box": box}]
            print(json.dumps({"id": question["id"], "detections": found}), flush=True)
`);
    const pictures = [pictureOf(64, 48), pictureOf(32, 24)];
    const found = await Promise.all(pictures.map((one) => predictor.predict(one, subject)));
    expect(found.map(({ boxes }) => [...boxes])).toEqual([
      [0, 0, 64, 48],
      [0, 0, 32, 24],
    ]);
  });
});

const Expected = z.array(
  z.tuple([z.string(), z.number(), z.number(), z.number(), z.number(), z.number()]),
);
const NAMES = ['Person', 'Hardhat'];
/** Nothing is fetched, and settings stay in the folder. */
const offline = (folder: string) => ({
  PATH: process.env['PATH'],
  HOME: folder,
  YOLO_CONFIG_DIR: folder,
  YOLO_OFFLINE: 'true',
  HF_HUB_OFFLINE: '1',
  PYTHONDONTWRITEBYTECODE: '1',
});

/** A folder with an example, weights made for it, the image that they are tried on, and what the framework finds. */
async function prepared(framework: string, ...scripts: string[]) {
  const photo = join(examples, '../construction-site/images/test/site-0003.jpg');
  const image = await decodeImage(photo);
  const files = await filesOf('python', 'robustness_gate.py', ...scripts);
  const folder = await folderOf({ ...files, 'image.png': await encodePng(image) });
  const maker = join(import.meta.dirname, '../reference/make_weights.py');
  execFileSync(python, [maker, framework, folder], { env: offline(folder), stdio: 'pipe' });
  const rows = Expected.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
  const [right, bottom] = [image.width, image.height];
  const expected = {
    classes: rows.map(([name]) => NAMES.indexOf(name)),
    confidences: rows.map(([, confidence]) => confidence),
    boxes: rows.map(([, , x1, y1, x2, y2]): [number, number, number, number] => [
      Math.max(0, x1),
      Math.max(0, y1),
      Math.min(right, x2),
      Math.min(bottom, y2),
    ]),
  };
  return { folder, image, expected };
}

const inFolder = (folder: string) => ({
  location: { directory: folder, root: folder },
  classes: NAMES,
  allowed: { command: true, origins: [], environment: offline(folder), secrets: new Set<string>() },
  cacheDirectory: folder,
  workers: 1,
});

type Prepared = Awaited<ReturnType<typeof prepared>>;

/** What of the framework's boxes the predictor has not, and what it has beside them. */
async function compared(predictor: Predictor, { image, expected }: Prepared) {
  return differences(expected, await predictor.predict(image, subject), {
    confidence: 1e-4,
    pixels: 0.01,
  });
}

describe.each([
  ['ultralytics', ['ultralytics'], ['best.pt']],
  ['torchvision', ['torchvision'], ['best.pt', ...NAMES]],
  ['huggingface', ['transformers', 'torchvision'], ['huggingface']],
] as const)('the %s example', (framework, packages, args) => {
  describeWith(
    'torch',
    'cv2',
    'onnx',
    'yaml',
    ...packages,
  )('with its framework', () => {
    it('finds what the framework finds', async () => {
      const own = await prepared(framework, `${framework}_predict.py`);
      const options = { kind: 'command', command: [python, `${framework}_predict.py`, ...args] };
      await using predictor = await command.open(
        command.options.parse(options),
        inFolder(own.folder),
      );
      expect(own.expected.boxes.length).toBeGreaterThan(10);
      // Not the first class alone: names are told, not numbers.
      expect(own.expected.classes).toContain(1);
      expect(await compared(predictor, own)).toEqual({ missing: [], extra: [] });
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A predictor that asks an app of FastAPI, served by uvicorn in a folder. */
async function asked(
  folder: string,
  app: string,
  options: Record<string, unknown>,
  use: (predictor: Predictor) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const server = spawn(
    python,
    ['-m', 'uvicorn', app, '--port', String(port), '--log-level', 'warning'],
    { cwd: folder, env: { ...offline(folder), WEIGHTS: 'best.pt' }, stdio: 'ignore' },
  );
  const ended = once(server, 'close');
  try {
    const origin = `http://127.0.0.1:${port}`;
    while (!(await fetch(origin).catch(() => null))) {
      if (server.exitCode !== null) throw new Error(`uvicorn ended: ${server.exitCode}`);
      await sleep(200);
    }
    const context = inFolder(folder);
    await using predictor = await http.open(
      http.options.parse({ kind: 'http', url: `${origin}/predict`, ...options }),
      { ...context, allowed: { ...context.allowed, origins: [origin] } },
    );
    await use(predictor);
  } finally {
    server.kill();
    await ended;
  }
}

describeWith(
  'fastapi',
  'uvicorn',
  'ultralytics',
  'cv2',
  'onnx',
)('the FastAPI example with Ultralytics', () => {
  it('finds what the framework finds', async () => {
    const own = await prepared('ultralytics', 'ultralytics_predict.py', 'fastapi_server.py');
    await asked(own.folder, 'fastapi_server:app', { files: ['best.pt'] }, async (predictor) => {
      expect(await compared(predictor, own)).toEqual({ missing: [], extra: [] });
    });
  });
});

describeWith(
  'fastapi',
  'uvicorn',
  'multipart',
)('a FastAPI server of somebody else', () => {
  const reads = `
import base64, struct
from fastapi import FastAPI, File, Form, UploadFile
from pydantic import BaseModel
app = FastAPI()
def found(png, confidence):
    width, height = struct.unpack(">II", png[16:24])
    return [{"class": "Person", "confidence": confidence, "box": [0, 0, width, height]}]
`;

  it.each([
    [
      'an upload',
      'async def answer(picture: UploadFile = File(), conf: float = Form()):\n    return {"detections": found(await picture.read(), conf)}',
      { kind: 'multipart', image: 'picture', fields: { conf: 0.5 } },
    ],
    [
      'a model of base64',
      'async def answer(asked: Asked):\n    return {"detections": found(base64.b64decode(asked.images[0].b64), asked.conf)}',
      { kind: 'json', image: '/images/0/b64', fields: { conf: 0.5 } },
    ],
  ])('that takes %s is asked as it wants', async (_, answer, body) => {
    const models =
      'class Picture(BaseModel):\n    b64: str\nclass Asked(BaseModel):\n    images: list[Picture]\n    conf: float\n';
    const app = `${reads}${models}@app.post("/predict")\n${answer}\n`;
    const folder = await folderOf({ 'server.py': app });
    await asked(folder, 'server:app', { version: '1', body }, async (predictor) => {
      const { boxes, confidences } = await predictor.predict(pictureOf(), subject);
      expect([[...boxes], [...confidences]]).toEqual([[0, 0, 64, 48], [0.5]]);
    });
  });

  it('that takes an upload says what it misses in a bare PNG', async () => {
    const app = `${reads}@app.post("/predict")\nasync def answer(picture: UploadFile = File()):\n    return {}\n`;
    const folder = await folderOf({ 'server.py': app });
    await asked(folder, 'server:app', { version: '1' }, async (predictor) => {
      const text = await gateErrorOf(() => predictor.predict(pictureOf(), subject));
      expect(text).toMatch(/answered 422: .*picture.*\n {2}fix: .*predictor\.body/);
    });
  });
});
