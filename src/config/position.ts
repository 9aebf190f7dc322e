import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';

/**
 * Line and column (from 1) of a value, of its key, or of the nearest parent that is there.
 *
 * @param path  Keys and indexes from the root.
 * @param onKey Point at the key itself rather than at its value.
 */
export function positionOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  onKey: boolean,
): { line: number; column: number } {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  path.forEach((part, depth) => {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(part),
      );
      if (!pair) return void (node = null);
      const target = last && !onKey && isNode(pair.value) ? pair.value : pair.key;
      offset = start(target) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = start(node) ?? offset;
    } else {
      node = null;
    }
  });
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function start(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
