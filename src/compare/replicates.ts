import { scratch } from '../image/kernels.ts';

// Bound once: in jest's sandbox the look-up of a global costs more than the draw.
const { floor, imul } = Math;

/** Replicates that the kernel sums side by side. */
const LANES = 16;

/**
 * Sums of columns over groups, each group as often as the multinomial bootstrap draws it in `groups` draws.
 *
 * @param columns A value for each group.
 * @param seed    Keys the draws: same seed, same result.
 * @returns       For each column its sum in each replicate; a few more than were asked for.
 */
export function sumReplicates(
  columns: readonly Float64Array[],
  groups: number,
  replicates: number,
  seed: number,
): Float64Array[] {
  const blocks = Math.ceil(replicates / LANES);
  const stride = blocks * LANES;
  const memory = scratch();
  const { BYTES_PER_ELEMENT: bytes } = Float64Array;
  const values = memory.reserve(columns.length * groups * bytes);
  const weights = memory.reserve(groups * LANES * bytes);
  const result = memory.reserve(columns.length * stride * bytes);
  const table = memory.doubles(values, columns.length * groups);
  columns.forEach((column, i) => table.set(column, i * groups));
  const spread = Uint32Array.from({ length: groups }, (_, draw) => mix(draw + 0x7f4a7c15));
  const drawn = memory.doubles(weights, groups * LANES);
  for (let block = 0; block < blocks; block++) {
    drawn.fill(0);
    for (let lane = 0; lane < LANES; lane++) {
      addDraws(drawn, lane, mix(seed ^ mix(block * LANES + lane + 0x9e3779b9)), spread);
    }
    const target = result + block * LANES * bytes;
    memory.kernels.sumReplicates(weights, values, columns.length, groups, target, stride);
  }
  return columns.map((_, i) => memory.doubles(result + i * stride * bytes, stride).slice());
}

/** Counts how often each group is drawn in one replicate. */
function addDraws(drawn: Float64Array, lane: number, key: number, spread: Uint32Array): void {
  const groups = spread.length;
  for (let draw = 0; draw < groups; draw++) {
    const word = mix(key ^ spread[draw]!);
    drawn[floor((word / 2 ** 32) * groups) * LANES + lane]! += 1;
  }
}

/** A bijection of 32-bit words that spreads every bit. @see Wellons, "lowbias32". */
function mix(word: number): number {
  let x = word >>> 0;
  x = imul(x ^ (x >>> 16), 0x7feb352d);
  x = imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
