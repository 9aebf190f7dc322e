import { z } from 'zod';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ amount: z.number().min(0).max(1) });

const BLOCK = 16;
const GREY = 128;

/** A share of the rows of blocks is lost, each from a drawn place to its right end; the line above is smeared over it, grey at the top. */
export const packetLoss: Perturbation<z.infer<typeof params>> = {
  name: 'packet_loss',
  title: 'Packet loss',
  family: 'digital',
  simulates: 'a video stream that loses packets',
  source: { paper: 'own table', reference: 'none' },
  version: 1,
  params,
  severities: [
    { amount: 0.05 },
    { amount: 0.12 },
    { amount: 0.25 },
    { amount: 0.4 },
    { amount: 0.6 },
  ],
  apply(image, { amount }, random) {
    const { width, height } = image;
    const data = Uint8Array.from(image.data);
    const slices = Array.from({ length: Math.ceil(height / BLOCK) }, (_, slice) => slice);
    const lost = slices
      .toSorted((a, b) => random.uniform(2 * a) - random.uniform(2 * b))
      .slice(0, Math.max(1, Math.round(amount * slices.length)))
      .sort((a, b) => a - b);
    for (const slice of lost) {
      const top = slice * BLOCK;
      const left = Math.floor((random.uniform(2 * slice + 1) * width) / 2 / BLOCK) * BLOCK;
      for (let y = top; y < Math.min(top + BLOCK, height); y++) {
        const [from, to] = [y * width * 3 + left * 3, (y + 1) * width * 3];
        if (top === 0) data.fill(GREY, from, to);
        else data.copyWithin(from, from - width * 3, to - width * 3);
      }
    }
    return { ...image, data };
  },
};
