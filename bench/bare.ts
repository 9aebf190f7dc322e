import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type * as onnxruntime from 'onnxruntime-node';
import { z } from 'zod';
import type { Size } from '../src/image/image.ts';
import { loadOnnxRuntime } from '../src/native.ts';

const Share = z.strictObject({
  model: z.string(),
  count: z.int(),
  width: z.int(),
  height: z.int(),
});

/**
 * Inference alone: each thread runs its share of the inputs through a session of its own, as the product's
 * workers do.
 */
export async function runBare(
  model: string,
  input: Size,
  count: number,
  threads: number,
): Promise<void> {
  loadOnnxRuntime();
  const shares = Array.from({ length: threads }, (_, i) =>
    Math.floor((count * (i + 1)) / threads - Math.floor((count * i) / threads)),
  );
  await Promise.all(
    shares.map(
      (share) =>
        new Promise((resolve, reject) => {
          new Worker(new URL(import.meta.url), { workerData: { model, count: share, ...input } })
            .on('error', reject)
            .on('exit', resolve);
        }),
    ),
  );
}

/** A session as the product opens it. */
export function bareSession(model: string): Promise<onnxruntime.InferenceSession> {
  return loadOnnxRuntime().InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
}

async function runShare(): Promise<void> {
  const { model, count, width, height } = Share.parse(workerData);
  const session = await bareSession(model);
  const data = Float32Array.from(
    { length: 3 * width * height },
    (_, i) => ((i * 7919) % 255) / 255,
  );
  const { Tensor } = loadOnnxRuntime();
  const input = new Tensor('float32', data, [1, 3, height, width]);
  for (let i = 0; i < count; i++) await session.run({ [session.inputNames[0]!]: input });
}

if (!isMainThread) await runShare();
