// Node 20 has no Float16Array: ONNX Runtime takes and gives the bits of float16 there.

const FLOATS = new Float32Array(1);
const BITS = new Uint32Array(FLOATS.buffer);

/**
 * Float32 as the bits of float16 (IEEE 754 binary16), rounded to nearest, ties to even. What is too large is infinite.
 *
 * @param target As long as `values`; every value is written.
 */
export function toHalf(values: Float32Array, target: Uint16Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) target[i] = halfBits(bits[i]!);
}

function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  // NaN stays one; 65520 and more round to infinity.
  if (size > 0x7f800000) return sign | 0x7e00;
  if (size >= 0x477ff000) return sign | 0x7c00;
  if (size >= 0x38800000) {
    const rebased = size - 0x38000000;
    return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
  }
  // Subnormal: adding 0.5 lets float32's own rounding leave the bits in the lowest places.
  BITS[0] = size;
  FLOATS[0] = FLOATS[0]! + 0.5;
  return sign | (BITS[0] - 0x3f000000);
}

/** The bits of float16 as float32, exactly. */
export function fromHalf(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, halfValue);
}

function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
