/**
 * Elementary functions made of sums, products and quotients alone, which IEEE 754 rounds exactly: the same
 * bits in every engine. `Math.exp`, `Math.sin` and the like may differ in the last one. Errors are a few ulp.
 */

const LN2 = Math.LN2;
const HALF_PI = Math.PI / 2;

/** Natural logarithm of x > 0. */
export function exactLog(x: number): number {
  let mantissa = x;
  let power = 0;
  for (; mantissa < 0.75; power -= 1) mantissa *= 2;
  for (; mantissa >= 1.5; power += 1) mantissa /= 2;
  const t = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let n = 39; n >= 1; n -= 2) sum = sum * t * t + 1 / n;
  return 2 * t * sum + power * LN2;
}

/** e to the power of x, for |x| up to 700. */
export function exactExp(x: number): number {
  const power = Math.round(x / LN2);
  const rest = x - power * LN2;
  let sum = 1;
  for (let n = 20; n >= 1; n--) sum = 1 + (rest * sum) / n;
  return sum * 2 ** power;
}

/** Sine of an angle in radians, for |x| up to a few turns. */
export function exactSin(x: number): number {
  const quarter = Math.round(x / HALF_PI);
  const rest = x - quarter * HALF_PI;
  const odd = ((quarter % 2) + 2) % 2 === 1;
  const sign = ((quarter % 4) + 4) % 4 >= 2 ? -1 : 1;
  const start = odd ? 0 : 1;
  let sum = 1;
  for (let n = 20 + start; n >= 2; n -= 2) sum = 1 - (rest * rest * sum) / (n * (n - 1));
  return sign * sum * (odd ? 1 : rest);
}

/** Cosine of an angle in radians, for |x| up to a few turns. */
export function exactCos(x: number): number {
  return exactSin(x + HALF_PI);
}

/** x > 0 to the power of y. */
export function exactPow(x: number, y: number): number {
  return exactExp(y * exactLog(x));
}

/** The nearest whole number, halves to the even one, as Python and NumPy round. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
