import type { NodeComparison } from './comparison.ts';

const MINUS = '−';

/** Points (mAP x 100) or a risk score with one decimal and a real minus; a dash for null and what is not finite. */
export function points(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(1);
  return value < 0 && text !== '0.0' ? `${MINUS}${text}` : text;
}

/** Half of the simultaneous interval of a node's drop, in points. */
export function halfWidth({ interval: [lower, upper] }: Pick<NodeComparison, 'interval'>): number {
  return (upper - lower) / 2;
}
