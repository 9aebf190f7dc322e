import { nodeValues } from '../single.ts';
import type { SeveralReport } from '../several.ts';

/** Raised when fields change their meaning or go. */
const SCHEMA_VERSION = 1;

/** The machine-readable document of several runs: two-space indented, ends with the closing brace. */
export function renderSeveralJson({ runs, comparison }: SeveralReport): string {
  const { rows, alpha, pairs, againstFirst } = comparison;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    runs: runs.map(({ name, manifest, verdict }) => ({
      name,
      model: manifest.model,
      verdict,
      nodes: nodeValues(manifest),
    })),
    standings: { alpha, pairs, rows },
    comparisons: againstFirst,
  };
  return JSON.stringify(document, null, 2);
}
