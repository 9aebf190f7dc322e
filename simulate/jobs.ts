import { simulateEarly } from './early.ts';
import { judgePool, largestDrop, type Pairing, readPool } from './pools.ts';
import type { Tally } from './results.ts';
import { type Curve, simulate, type Suite } from './synthetic.ts';

/** What a worker opens once. */
export type Setup =
  | { readonly kind: 'synthetic'; readonly curve: Curve; readonly suite: Suite }
  | { readonly kind: 'early'; readonly curve: Curve }
  | {
      readonly kind: 'real';
      /** Of the run directories. */
      readonly directory: string;
      readonly baseline: string;
      readonly candidate: string;
    };

/** Simulated pull requests `from` up to `to`, each with so many images. */
export interface Piece {
  readonly images: number;
  readonly from: number;
  readonly to: number;
  /** Of real detections. */
  readonly pairing: Pairing;
}

export interface Judged {
  /** One for each scenario of the simulation. */
  readonly tallies: Tally[];
  /** Largest true drop of clean images or a family, in points, where it is known from a pool; else null. */
  readonly largestDrop: number | null;
}

/** Opens a simulation. */
export async function openJob(setup: Setup): Promise<(piece: Piece) => Judged> {
  if (setup.kind === 'synthetic') {
    return (piece) => ({
      tallies: simulate({ ...setup, ...piece }, setup.curve),
      largestDrop: null,
    });
  }
  if (setup.kind === 'early') {
    return (piece) => ({ tallies: simulateEarly(piece, setup.curve), largestDrop: null });
  }
  const pool = await readPool(setup.directory, setup.baseline, setup.candidate);
  return (piece) => ({
    tallies: [judgePool(pool, piece)],
    largestDrop: largestDrop(pool, piece.pairing),
  });
}
