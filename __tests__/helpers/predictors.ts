import type { z } from 'zod';
import type { Allowed } from '../../src/allowed.ts';
import type { Image } from '../../src/image/image.ts';
import type { Predictor, PredictorKind } from '../../src/predict/predictor.ts';
import { nothingAllowed } from './context.ts';
import { folderOf } from './tmp.ts';

/** Opens a predictor in a folder with these files. */
export async function openIn<Options extends z.ZodObject>(
  kind: PredictorKind<Options>,
  options: Record<string, unknown>,
  allowed: Partial<Allowed> = {},
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Predictor> {
  const directory = await folderOf(files);
  return kind.open(kind.options.parse({ kind: kind.name, ...options }), {
    location: { directory, root: directory },
    classes: ['Person', 'Hardhat'],
    allowed: {
      ...nothingAllowed,
      environment: { PATH: process.env['PATH'] },
      secrets: new Set(),
      ...allowed,
    },
    cacheDirectory: directory,
    workers: 1,
  });
}

/** A light picture with a dark square from (10, 12) to (30, 40). */
export function pictureOf(width = 64, height = 48): Image {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    data[i] = x >= 10 && x < 30 && y >= 12 && y < 40 ? 30 : 200;
  }
  return { width, height, data };
}

/** What finds the square of `pictureOf`. */
export const square = { class: 'Person', confidence: 0.9, box: [10, 12, 30, 40] };

/** The lines of a Node program that answers as `body` says; `line` and `say` are there. */
export function lineProgram(body: string, hello = '{ready: true, model: "m"}'): string {
  return `const say = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
say(${hello});
require('node:readline').createInterface({ input: process.stdin }).on('line', (text) => {
  const line = JSON.parse(text);
  ${body}
});
`;
}

/** What `pictureOf` is, for a predictor that looks it up. */
export const subject = { digest: 'ab'.repeat(32), condition: 'clean' };
