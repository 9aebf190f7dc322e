const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Ranks numbers, the largest first; equal ones keep their order. A radix sort of their bits: several times
 * as fast as a comparator.
 *
 * @param values Any but NaN.
 * @returns      Their indexes.
 */
export function descendingOrder(values: ArrayLike<number>): Uint32Array {
  const count = values.length;
  const keys = descendingKeys(values);
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  let next = new Uint32Array(count);
  const starts = new Uint32Array(DIGITS);
  // The low word first; float32 values leave most of it zero, and such a digit costs one look.
  for (let word = 0; word < 2; word++) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      starts.fill(0);
      for (let i = 0; i < count; i++) starts[(keys[2 * i + word]! >>> shift) & (DIGITS - 1)]! += 1;
      if (!startsOf(starts, count)) continue;
      for (let i = 0; i < count; i++) {
        const row = order[i]!;
        const digit = (keys[2 * row + word]! >>> shift) & (DIGITS - 1);
        next[starts[digit]!++] = row;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}

/**
 * Values in another order.
 *
 * @param target As long as `order`; is filled and returned.
 */
export function reordered<T extends Float64Array | Int32Array | Uint16Array>(
  values: T,
  order: Uint32Array,
  target: T,
): T {
  for (let i = 0; i < order.length; i++) target[i] = values[order[i]!]!;
  return target;
}

/** Turns counts into starts; false when one digit has all. */
function startsOf(counts: Uint32Array, total: number): boolean {
  let at = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit]!;
    if (count === total) return false;
    counts[digit] = at;
    at += count;
  }
  return true;
}

/** Two words for each number, low word first, that order as unsigned integers against the numbers. */
function descendingKeys(values: ArrayLike<number>): Uint32Array {
  const numbers = new Float64Array(values.length);
  // Adding 0 makes one zero of the two.
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[i]! + 0;
  const keys = new Uint32Array(numbers.buffer);
  for (let i = 0; i < keys.length; i += 2) {
    if (keys[i + 1]! >>> 31) continue;
    keys[i] = ~keys[i]!;
    keys[i + 1] = ~keys[i + 1]! & 0x7fffffff;
  }
  return keys;
}
