import { terminal } from './escape.ts';

/** Columns of a table row beside its bar, the longest state included. */
const BESIDE_BAR = 76;
const LONGEST_BAR = 24;
const SHORTEST_BAR = 6;

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 } as const;

export type TextStyle = keyof typeof styles;

/** What a text is made for. */
export interface Screen {
  /** Columns. */
  readonly width: number;
  /** Adds ANSI colours where they are wanted; nothing is said by colour alone. */
  readonly paint: (style: TextStyle, text: string) => string;
}

/** A screen of so many columns, with or without colours. */
export function screenOf(options: { readonly color: boolean; readonly width: number }): Screen {
  return {
    width: options.width,
    paint: (style, text) => (options.color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text),
  };
}

/** Untrusted sentences in lines that the screen holds. */
export function wrap(text: string, { width }: Screen, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of terminal(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

/** Columns of a bar beside which the rest of its row fits. */
export function barWidth({ width }: Screen): number {
  return Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, width - BESIDE_BAR));
}

/** A drop as a bar on an axis from 0 to `longest` points, with a tick where the allowed drop ends. */
export function bar(drop: number, maxDrop: number, longest: number, columns: number): string {
  const filled = Math.round((Math.max(0, drop) / longest) * columns);
  const tick = Math.min(columns - 1, Math.round((maxDrop / longest) * columns));
  return Array.from({ length: columns }, (_, i) => {
    if (i === tick) return '┊';
    return i < filled ? '█' : ' ';
  }).join('');
}
