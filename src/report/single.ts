import type { RunManifest } from '../baseline/manifest.ts';
import { suiteNodes } from '../compare/nodes.ts';
import type { Level, NodeComparison } from '../compare/comparison.ts';
import { riskScore } from '../evaluate/risk.ts';

/** A quantity of one model. */
export interface NodeValue {
  readonly level: Level;
  readonly name: string;
  /** mAP x 100; null without ground truth. */
  readonly map: number | null;
  /** Risk score, 0 to 100; null for clean images. */
  readonly risk: number | null;
}

/** Every node of one run, from the metrics in its manifest. */
export function nodeValues({ suite, metrics }: RunManifest): NodeValue[] {
  const maps = metrics.map(({ map }) => map);
  const risks = metrics.map(({ risk }) => (risk ? riskScore(risk) : null));
  return suiteNodes(suite.conditions).map(({ level, name, weights }) => ({
    level,
    name,
    map: weighKnown(weights, maps),
    risk: level === 'clean' ? null : weighKnown(weights, risks),
  }));
}

/** Risk over all perturbations of one run; null where nothing is perturbed. */
export function riskAlone(run: RunManifest): number | null {
  return nodeValues(run).find(({ level }) => level === 'overall')?.risk ?? null;
}

/** Weighted sum; null as soon as a value that has weight is null. */
function weighKnown(weights: Float64Array, values: readonly (number | null)[]): number | null {
  return weights.reduce<number | null>((sum, weight, i) => {
    if (weight === 0) return sum;
    const value = values[i] ?? null;
    return sum === null || value === null ? null : sum + weight * value;
  }, 0);
}

/** A row of a table that shows one model or two. */
export interface ShownNode {
  readonly level: Level;
  readonly name: string;
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** Null where one model stands alone. */
  readonly comparison: NodeComparison | null;
}

/** The nodes of a report: compared ones, or the candidate's alone. */
export function shownNodes(
  candidate: RunManifest,
  nodes: readonly NodeComparison[] | null,
): ShownNode[] {
  if (nodes) return nodes.map((node) => ({ ...node, comparison: node }));
  return nodeValues(candidate).map(({ level, name, map }) => ({
    level,
    name,
    baseline: null,
    candidate: map,
    comparison: null,
  }));
}
