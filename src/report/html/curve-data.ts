import type { RunManifest } from '../../baseline/manifest.ts';
import type { NodeComparison } from '../../compare/comparison.ts';
import { type Metric, worsening } from '../../compare/metric.ts';
import { riskScore } from '../../evaluate/risk.ts';
import { families } from '../../perturb/perturbation.ts';
import type { Report } from '../report.ts';
import { metricOf, nodeState } from '../words.ts';

/** All models at one severity of a perturbation. */
export interface CurvePoint {
  /** 0 is clean. */
  readonly severity: number;
  readonly values: readonly (number | null)[];
  /** Where the second model may lie beside the first, low to high. */
  readonly band: readonly [number, number] | null;
}

/** A perturbation from clean to its last severity. */
export interface Curve {
  readonly perturbation: string;
  readonly node: NodeComparison | null;
  readonly points: readonly CurvePoint[];
}

/** The perturbations of a family. */
export interface CurveFamily {
  readonly name: string;
  readonly node: NodeComparison | null;
  /** Something in it became worse. */
  readonly open: boolean;
  readonly curves: readonly Curve[];
}

type Values = ReadonlyMap<string, number | null>;

/** Curves of a report's one or two models: what regressed first, by its drop. */
export function curveFamilies(report: Report): CurveFamily[] {
  const { candidate, baseline, comparison } = report;
  const metric = metricOf(report);
  const nodes = comparison?.nodes ?? [];
  // Runs of different data: what run.json says of each is not of the same images.
  const sides: Values[] = comparison?.leftOut
    ? [nodeMaps(nodes, 'baseline'), nodeMaps(nodes, 'candidate')]
    : [...(comparison && baseline ? [baseline] : []), candidate].map((run) =>
        conditionValues(run, metric),
      );
  const made = familiesOf(candidate, sides, nodes);
  if (comparison) return made;
  // Of a model alone the family under which it is weakest.
  const sorted = made.sort((a, b) => levelOf(a) - levelOf(b));
  return sorted.map((family, index) => ({ ...family, open: index === 0 }));
}

/** Mean over the perturbed images of a family. */
function levelOf({ curves }: CurveFamily): number {
  const values = curves.flatMap(({ points }) => points.slice(1).flatMap((point) => point.values));
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}

/** Curves of several runs of one suite, family by family. */
export function curveFamiliesOf(runs: readonly RunManifest[]): CurveFamily[] {
  const [first] = runs;
  if (!first) return [];
  const made = familiesOf(
    first,
    runs.map((run) => conditionValues(run, 'map')),
    [],
  ).sort((a, b) => spreadOf(b) - spreadOf(a));
  return made.map((family, index) => ({ ...family, open: index === 0 }));
}

/** How far the runs lie apart under the perturbations of a family, on average. */
function spreadOf({ curves }: CurveFamily): number {
  const spreads = curves.flatMap(({ points }) =>
    points.slice(1).map(({ values }) => {
      const known = values.filter((value) => value !== null);
      return known.length > 1 ? Math.max(...known) - Math.min(...known) : 0;
    }),
  );
  return spreads.reduce((sum, value) => sum + value, 0) / Math.max(1, spreads.length);
}

function familiesOf(
  { suite }: RunManifest,
  sides: readonly Values[],
  nodes: readonly NodeComparison[],
): CurveFamily[] {
  const byName = new Map(nodes.map((node) => [`${node.level} ${node.name}`, node]));
  const pointAt = (id: string, severity: number): CurvePoint => {
    const values = sides.map((side) => side.get(id) ?? null);
    const node = byName.get(severity === 0 ? 'clean clean' : `condition ${id}`);
    return { severity, values, band: bandOf(values[0] ?? null, node) };
  };
  const clean = pointAt('clean', 0);
  const all = families.map((name): CurveFamily => {
    const curves = new Map<string, CurvePoint[]>();
    for (const condition of suite.conditions) {
      if (condition.kind === 'clean' || condition.family !== name) continue;
      const list = curves.get(condition.perturbation) ?? [clean];
      list.push(pointAt(condition.id, condition.severity));
      curves.set(condition.perturbation, list);
    }
    const made = [...curves].map(([perturbation, list]) => ({
      perturbation,
      node: byName.get(`perturbation ${perturbation}`) ?? null,
      points: list,
    }));
    const node = byName.get(`family ${name}`) ?? null;
    const conditions = suite.conditions.flatMap((condition) =>
      condition.kind === 'perturbed' && condition.family === name
        ? [byName.get(`condition ${condition.id}`) ?? null]
        : [],
    );
    const open = [node, ...made.map((curve) => curve.node), ...conditions].some(isWorse);
    return { name, node, open, curves: made.sort(byDrop) };
  });
  return all
    .filter(({ curves }) => curves.length > 0)
    .sort((a, b) => Number(b.open) - Number(a.open) || byDrop(a, b));
}

function isWorse(node: NodeComparison | null): boolean {
  return node !== null && ['regressed', 'worse', 'waived'].includes(nodeState(node));
}

function byDrop(
  a: { readonly node: NodeComparison | null },
  b: { readonly node: NodeComparison | null },
): number {
  return (b.node?.drop ?? 0) - (a.node?.drop ?? 0) || 0;
}

/** Where the candidate may lie, from the interval of its drop. */
function bandOf(
  baseline: number | null,
  node: NodeComparison | undefined,
): readonly [number, number] | null {
  if (!node || baseline === null) return null;
  const [lower, upper] = node.interval;
  return worsening(node.metric, 1, 0) > 0
    ? [baseline - upper, baseline - lower]
    : [baseline + lower, baseline + upper];
}

/** The metric of every condition; a risk score of none but the perturbed ones. */
function conditionValues(run: RunManifest, metric: Metric): Values {
  return new Map(
    run.metrics.map((entry) => [
      entry.condition,
      metric === 'risk' ? (entry.risk ? riskScore(entry.risk) : null) : entry[metric],
    ]),
  );
}

function nodeMaps(nodes: readonly NodeComparison[], side: 'baseline' | 'candidate'): Values {
  const single = nodes.filter(({ level }) => level === 'clean' || level === 'condition');
  return new Map(single.map((node) => [node.name, node[side]]));
}
