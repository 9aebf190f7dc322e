import { type BootstrapAudit, disagreements } from '../judge/audit.ts';
import { nodeTitle } from '../judge/titles.ts';
import { count } from './format.ts';

const MAX_NAMES = 10;

/** What the full bootstrap says of the verdict's, one sentence each. */
export function auditSentences(audit: BootstrapAudit): string[] {
  const { status, ratio, critical, criticalTwoSided, nodes, replicates } = audit;
  const verdict =
    status.linear === status.full
      ? `the verdict is ${status.full} as well`
      : `the verdict is ${status.full}, not ${status.linear}`;
  const others = disagreements(audit);
  const names = others.slice(0, MAX_NAMES).map((node) => {
    const { regressed, change } = node;
    const [before, after] =
      regressed.linear === regressed.full
        ? [change.linear, change.full]
        : [says(regressed.linear), says(regressed.full)];
    return `${nodeTitle(node)} (${before}; counted anew ${after})`;
  });
  const more = others.length > names.length ? `, and ${others.length - names.length} more` : '';
  return [
    `With everything counted anew in each of ${replicates} replicates, ${verdict}.`,
    ...(ratio
      ? [
          `Standard errors by influence values / counted anew: ${ratio.median.toFixed(3)} in the median of ${count(nodes.length, 'node')}, ${ratio.least.toFixed(3)} to ${ratio.most.toFixed(3)}; critical values ${critical.linear.toFixed(2)} / ${critical.full.toFixed(2)}, two-sided ${criticalTwoSided.linear.toFixed(2)} / ${criticalTwoSided.full.toFixed(2)}.`,
        ]
      : []),
    others.length === 0
      ? 'Both say the same of every node.'
      : `They differ on ${count(others.length, 'node')}: ${names.join(', ')}${more}.`,
  ];
}

function says(regressed: boolean): string {
  return regressed ? 'regressed' : 'not regressed';
}
