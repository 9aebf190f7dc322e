import type { NodeComparison } from '../compare/comparison.ts';
import type { Waiver } from '../compare/waivers.ts';
import { points } from '../compare/points.ts';
import { nodeTitle } from './titles.ts';
import type { Reason } from './verdict.ts';

const MOST_NAMES = 5;

/** Whether a node regressed and the config says that it may. */
export function isWaived({ regressed, waiver }: NodeComparison): boolean {
  return regressed && waiver !== null;
}

/** What each waiver excuses, and which excuse nothing. */
export function waiverReasons(
  nodes: readonly NodeComparison[],
  waivers: readonly Waiver[],
): Reason[] {
  return waivers.map((waiver): Reason => {
    const { node, reason, until } = waiver;
    const excused = nodes.filter((entry) => isWaived(entry) && entry.waiver?.node === node);
    if (excused.length === 0) {
      return {
        code: 'waiver-unused',
        message: `The waiver for ${node} (until ${until}) is not used: nothing that it speaks of regressed. It can go.`,
      };
    }
    const names = excused
      .slice(0, MOST_NAMES)
      .map((entry) => `${nodeTitle(entry)} by ${points(entry.drop)}`);
    const more = excused.length > names.length ? ` and ${excused.length - names.length} more` : '';
    return {
      code: 'waived',
      message: `Waived until ${until} (${reason}): regressed are ${names.join(', ')}${more}.`,
    };
  });
}
