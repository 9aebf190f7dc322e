import { points } from '../compare/points.ts';

export { points };

/** Points with their sign: `+5.7`, `−0.2`, `0.0`. */
export function signed(value: number): string {
  const text = points(value);
  return value > 0 && text !== '0.0' && text !== '–' ? `+${text}` : text;
}

/** A value and the half-width of its interval: `5.4 ± 1.2`. */
export function plusMinus(value: number, halfWidth: number): string {
  return `${points(value)} ± ${points(halfWidth)}`;
}

/** An adjusted p value with its relation: `p = 0.048`, `p < 0.001`; a dash when the node was not tested. */
export function pValue(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

/** A share, 0 to 1, in percent: `5 %`, `2.5 %`. */
export function share(value: number): string {
  return `${Number((100 * value).toFixed(1))} %`;
}

/** A count with its noun: `1 image`, `96 images`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(n)} ${n === 1 ? noun : plural}`;
}

/** A whole number with thin spaces between thousands: `12 500`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** The first characters of a digest or commit. */
export function short(digest: string, length = 7): string {
  return digest.slice(0, length);
}

/** `640 × 480`, or that the model takes images as they are. */
export function inputText(
  input: { readonly width: number; readonly height: number } | null,
): string {
  return input ? `${input.width} × ${input.height}` : 'images as they are';
}
