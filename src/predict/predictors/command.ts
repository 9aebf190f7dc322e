import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Allowed } from '../../allowed.ts';
import { contentKey } from '../../content-key.ts';
import { GateError } from '../../errors.ts';
import { encodePng } from '../../image/codec.ts';
import { type Location, locate } from '../../paths.ts';
import { startProcess } from '../command/process.ts';
import { answerReader, externalInfo, externalShape, FoundObject } from '../external/answers.ts';
import { identityShape, modelDigest } from '../external/identity.ts';
import { CONFIDENCE_FLOOR } from '../limits.ts';
import type { PredictorKind } from '../predictor.ts';

const commandOptions = z.strictObject({
  kind: z.literal('command').meta({
    description:
      'A program of your own that speaks JSON lines (docs/predictors.md); needs `allow-command`.',
  }),
  command: z
    .array(z.string().min(1))
    .min(1)
    .meta({
      description: 'Program and arguments; no shell. It runs in the folder of the config.',
      examples: [['python', 'predict.py', 'weights/best.pt']],
    }),
  processes: z.int().min(1).max(64).default(1).meta({
    description: 'How many of it run at once, each with its own model.',
  }),
  timeout: z.number().positive().max(3600).default(120).meta({
    description: 'Seconds to get ready, and for one image.',
  }),
  ...identityShape,
  ...externalShape,
});

const Detections = z.array(FoundObject);

/** While the program works on one image the next is waiting in its pipe. */
const CONCURRENCY = 2;
/** Not for the user's program: tokens of the job, inputs of the action. */
const PRIVATE = /^(ACTIONS_|INPUT_|GITHUB_TOKEN$)/;

/** A long-lived process of the user's, in any language. */
export const command: PredictorKind<typeof commandOptions> = {
  name: 'command',
  title: 'Command (JSON lines over stdio)',
  options: commandOptions,
  async open(options, { location, classes, allowed }) {
    checkAllowed('command', allowed);
    const { timeout } = options;
    const environment = Object.fromEntries(
      Object.entries(allowed.environment).filter(([name]) => !PRIVATE.test(name)),
    );
    const own = await filesAmong(options.command, location);
    const running = await startProcess(
      options.command,
      location.directory,
      environment,
      timeout,
      allowed.secrets,
    );
    try {
      const { ready } = running;
      const reader = answerReader(ready.classes ?? null, options, classes, CONFIDENCE_FLOOR);
      const identity = await modelDigest(options, ready.model ?? null, own, location);
      const digest = contentKey([identity, options.command]);
      return {
        info: externalInfo(reader, options, {
          model: { name: ready.model ?? options.version ?? options.command.join(' '), digest },
          engine: { name: 'command', version: '', remote: false },
          pixels: 'png',
        }),
        concurrency: CONCURRENCY,
        async predict(image) {
          const png = Buffer.from(await encodePng(image)).toString('base64');
          const reply = await running.ask({ width: image.width, height: image.height, png });
          if (reply.error !== undefined) {
            throw new GateError('predictor', {
              message: `the command could not predict: ${reply.error.slice(0, 500)}`,
            });
          }
          return reader.read(parseDetections(reply['detections']), image);
        },
        [Symbol.asyncDispose]: () => running.close(),
      };
    } catch (error) {
      await running.close();
      throw error;
    }
  },
};

/** @throws GateError unless the workflow or the user lets the config run code. */
export function checkAllowed(kind: string, allowed: Allowed): void {
  if (allowed.command) return;
  throw new GateError('config', {
    message: `predictor.kind ${kind} runs code that the config names, and nobody allowed that`,
    fix: 'allow it: --allow-command (the action: input `allow-command: true`); a pull request’s own code then runs in the job',
  });
}

function parseDetections(value: unknown): FoundObject[] {
  const parsed = Detections.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GateError('predictor', {
    message: `the command answered something else than detections: detections${issue?.path.map((part) => `[${String(part)}]`).join('') ?? ''}: ${issue?.message}`,
    fix: '"detections" is a list of {"class": name or index, "confidence": 0 to 1, "box": [x1, y1, x2, y2]}',
  });
}

/** The arguments that are files decide what the program does. */
async function filesAmong(argv: readonly string[], location: Location): Promise<string[]> {
  const files = await Promise.all(
    argv.slice(1).map(async (argument) => {
      const found = await locate(argument, location);
      return found.kind === 'found' && (await stat(found.path)).isFile() ? [argument] : [];
    }),
  );
  return files.flat();
}
