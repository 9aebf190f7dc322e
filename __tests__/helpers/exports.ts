import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Detections } from '../../src/boxes/labels.ts';

const Golden = z.object({
  name: z.string(),
  /** What the config has to say beside the model's path. */
  config: z.record(z.string(), z.unknown()).default({}),
  metadata: z.record(z.string(), z.string()),
  inputs: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      dims: z.array(z.union([z.string(), z.number()])),
    }),
  ),
  outputs: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['float32', 'float16', 'int64']),
      dims: z.array(z.number()),
      data: z.base64(),
    }),
  ),
  image: z.object({ width: z.number(), height: z.number() }),
  boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  confidences: z.array(z.number()),
  classes: z.array(z.number()),
});

/** What a real export answered, and what its framework makes of it. */
export type ExportGolden = z.infer<typeof Golden>;

const FOLDER = join(import.meta.dirname, '../goldens/decode');

/** All of them, by name: those that are kept here, or that make_exports.py left in a folder. */
export function exportGoldens(folder: string = FOLDER): ExportGolden[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => Golden.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

/** Boxes that are equal within rounding, pixels. */
const PIXELS = 0.02;

/**
 * What of the framework's boxes is not among ours, and the other way round. Boxes that lie outside the image, which the
 * framework keeps without area, do not count.
 *
 * @param tolerance Largest difference of a confidence, and of a corner in pixels.
 */
export function differences(
  golden: Pick<ExportGolden, 'boxes' | 'confidences' | 'classes'>,
  found: Detections,
  tolerance = { confidence: 2e-5, pixels: PIXELS },
): { missing: string[]; extra: string[] } {
  const ours = Array.from(found.classes, (of, i) => ({
    class: of,
    confidence: found.confidences[i]!,
    box: [...found.boxes.subarray(4 * i, 4 * i + 4)],
  }));
  const left = new Set(ours);
  const missing = golden.boxes.flatMap((box, i) => {
    const [x1, y1, x2, y2] = box;
    if (x2 - x1 < tolerance.pixels || y2 - y1 < tolerance.pixels) return [];
    const own = [...left].find(
      (one) =>
        one.class === golden.classes[i] &&
        Math.abs(one.confidence - golden.confidences[i]!) <= tolerance.confidence &&
        one.box.every((value, k) => Math.abs(value - box[k]!) <= tolerance.pixels),
    );
    if (own) left.delete(own);
    return own ? [] : [`${golden.classes[i]} at ${golden.confidences[i]}: ${box.join(', ')}`];
  });
  const extra = [...left]
    .filter(
      ({ box: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }) =>
        x2 - x1 >= tolerance.pixels && y2 - y1 >= tolerance.pixels,
    )
    .map((one) => `${one.class} at ${one.confidence}: ${one.box.join(', ')}`);
  return { missing, extra };
}
