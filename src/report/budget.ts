/** A part of a text that has a limit. Parts with a higher `keep` stay longer. */
export interface Section {
  readonly keep: number;
  readonly text: string;
}

/**
 * Joins sections with blank lines, leaving out those that matter least until the text fits.
 *
 * @param limit   What the text may measure.
 * @param measure Size of a text, characters or bytes.
 * @param omitted Said at the end when something was left out.
 */
export function fit(
  sections: readonly Section[],
  limit: number,
  measure: (text: string) => number,
  omitted: string,
): string {
  const order = sections.map((_, i) => i).sort((a, b) => sections[b]!.keep - sections[a]!.keep);
  const kept = new Set<number>();
  let size = measure(omitted) + 2;
  for (const index of order) {
    const more = measure(sections[index]!.text) + 2;
    if (size + more > limit) continue;
    kept.add(index);
    size += more;
  }
  const texts = sections.filter((_, i) => kept.has(i)).map(({ text }) => text);
  return [...texts, ...(kept.size < sections.length ? [omitted] : [])].join('\n\n') + '\n';
}
