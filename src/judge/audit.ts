import type { Comparison, Level, NodeComparison } from '../compare/comparison.ts';
import { type GatePolicy } from '../compare/policy.ts';
import type { LimitComparison } from '../compare/limits.ts';
import { judge } from './judge.ts';
import type { Status } from './verdict.ts';

/** One thing as the verdict has it, and as it comes out where everything is counted anew in each replicate. */
interface Both<T> {
  readonly linear: T;
  readonly full: T;
}

/** A node that both ways could speak of. */
interface NodeAudit {
  readonly level: Level;
  readonly name: string;
  readonly standardError: Both<number>;
  /** Standard error of influence values / of the recount. */
  readonly ratio: number;
  readonly regressed: Both<boolean>;
  readonly change: Both<NodeComparison['change']>;
}

/** The linearised bootstrap, on which the verdict rests, beside the full one. */
export interface BootstrapAudit {
  readonly replicates: number;
  readonly status: Both<Status>;
  readonly critical: Both<number>;
  readonly criticalTwoSided: Both<number>;
  /** Over the nodes; null where no node is tested. */
  readonly ratio: { readonly least: number; readonly median: number; readonly most: number } | null;
  /** Those that are tested. */
  readonly nodes: readonly NodeAudit[];
}

/**
 * Holds the verdict's bootstrap against the full one.
 *
 * @param linear As `compareRuns` makes it, by influence values.
 * @param full   The same runs and draws, counted anew.
 */
export function auditBootstrap(
  linear: Comparison,
  full: Comparison,
  policy: GatePolicy,
  limits: readonly LimitComparison[],
): BootstrapAudit {
  const nodes = linear.nodes.flatMap((node, i): NodeAudit[] => {
    const other = full.nodes[i];
    if (!other || node.untested !== null || other.untested !== null) return [];
    return [
      {
        level: node.level,
        name: node.name,
        standardError: { linear: node.standardError, full: other.standardError },
        ratio: node.standardError / other.standardError,
        regressed: { linear: node.regressed, full: other.regressed },
        change: { linear: node.change, full: other.change },
      },
    ];
  });
  const ratios = nodes.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const both = <T>(of: (comparison: Comparison) => T): Both<T> => ({
    linear: of(linear),
    full: of(full),
  });
  return {
    replicates: full.test.replicates,
    status: both((comparison) => judge(comparison, policy, limits).status),
    critical: both(({ test }) => test.critical),
    criticalTwoSided: both(({ test }) => test.criticalTwoSided),
    ratio:
      ratios.length > 0
        ? {
            least: ratios[0]!,
            median: ratios[Math.floor(ratios.length / 2)]!,
            most: ratios.at(-1)!,
          }
        : null,
    nodes,
  };
}

/** The nodes of which one way says something that the other does not. */
export function disagreements({ nodes }: BootstrapAudit): readonly NodeAudit[] {
  return nodes.filter(
    ({ regressed, change }) => regressed.linear !== regressed.full || change.linear !== change.full,
  );
}
