import { points } from './format.ts';
import { dropRange, riskPair, riskRise, shownSizes } from './information.ts';
import type { Report } from './report.ts';

/** The risk on objects that both found, and the consistency risk: a line each. */
export function furtherRisks({ comparison }: Report): string[] {
  if (!comparison || comparison.identical) return [];
  const { foundByBoth, consistency } = comparison.information;
  const [both, without] = [foundByBoth, consistency].map((risks) =>
    risks.find(({ level }) => level === 'overall'),
  );
  return [
    ...(both
      ? [`  on the objects that both models found: ${riskPair(both)} (${riskRise(both)})`]
      : []),
    ...(without
      ? [`Consistency risk, without labels: ${riskPair(without)} (${riskRise(without)})`]
      : []),
  ];
}

/** AP by object size, baseline and candidate. */
export function sizeLines({ comparison }: Report): string[] {
  const sizes = shownSizes(comparison?.information.sizes ?? []);
  if (sizes.length === 0 || comparison?.identical) return [];
  const pair = ([a, b]: readonly [number | null, number | null]): string =>
    `${points(a).padStart(5)} → ${points(b).padStart(5)}`;
  return [
    'objects   number  clean          perturbed      drop (95 % each)',
    ...sizes.map(
      ({ size, objects, clean, perturbed, drop, standardError }) =>
        `  ${size.padEnd(6)}  ${String(objects).padStart(6)}  ${pair(clean)}  ${pair(perturbed)}  ${dropRange(drop, standardError).padStart(11)}`,
    ),
  ];
}
