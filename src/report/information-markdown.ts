import type { RiskComparison } from '../compare/comparison.ts';
import type { Information } from '../compare/information.ts';
import { nodeTitle } from '../judge/titles.ts';
import { prose } from './escape.ts';
import { points } from './format.ts';
import {
  corruptionFigures,
  dropRange,
  frostNote,
  informationLeads,
  mainRisks,
  riskPair,
  riskRise,
  shownSizes,
} from './information.ts';
import { details, table } from './markdown.ts';
import type { Report } from './report.ts';

/** The further numbers as a fold-out; null where nothing is compared or nothing changed. */
export function informationText({ comparison }: Report): string | null {
  if (!comparison || comparison.identical) return null;
  const { information, risk } = comparison;
  const parts = [
    sizesText(information),
    riskTable(risk, information.foundByBoth),
    consistencyText(information),
    corruptionText(information),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return details(
    'Object sizes, risk by family, consistency, mPC and mCE',
    [informationLeads.all, ...parts].join('\n\n'),
  );
}

function sizesText({ sizes }: Information): string | null {
  const shown = shownSizes(sizes);
  if (shown.length === 0) return null;
  const rows = shown.map(({ size, objects, groups, clean, perturbed, drop, standardError }) => [
    size,
    `${objects} (${groups})`,
    `${points(clean[0])} → ${points(clean[1])}`,
    `${points(perturbed[0])} → ${points(perturbed[1])}`,
    dropRange(drop, standardError),
  ]);
  const header = ['size', 'objects (groups)', 'clean', 'perturbed', 'drop'];
  return `**Object sizes.** ${informationLeads.sizes}\n\n${table(header, ['l', 'r', 'r', 'r', 'r'], rows)}`;
}

function riskTable(
  risks: readonly RiskComparison[],
  both: readonly RiskComparison[],
): string | null {
  const shown = mainRisks(risks);
  if (shown.length === 0) return null;
  const rows = shown.map((entry) => {
    const same = both.find(({ level, name }) => level === entry.level && name === entry.name);
    return [
      riskTitle(entry),
      riskPair(entry),
      riskRise(entry),
      same ? riskPair(same) : '–',
      same ? riskRise(same) : '–',
    ];
  });
  const header = ['risk score', 'all objects', 'rise', 'both found', 'rise'];
  return `**Risk by family.** ${informationLeads.foundByBoth}\n\n${table(header, ['l', 'r', 'r', 'r', 'r'], rows)}`;
}

function consistencyText({ consistency }: Information): string | null {
  const shown = mainRisks(consistency);
  if (shown.length === 0) return null;
  const rows = shown.map((entry) => [riskTitle(entry), riskPair(entry), riskRise(entry)]);
  const header = ['consistency risk', 'baseline → candidate', 'rise'];
  return `**Consistency, without labels.** ${informationLeads.consistency}\n\n${table(header, ['l', 'r', 'r'], rows)}`;
}

function corruptionText({ corruption }: Information): string | null {
  if (!corruption) return null;
  const note = frostNote(corruption);
  const figures = corruptionFigures(corruption).map(
    ({ name, value, means }) => `- ${name} **${value}**: ${means}`,
  );
  const lead = [informationLeads.corruption, ...(note === null ? [] : [note])].join(' ');
  return `**Benchmark figures.** ${lead}\n\n${figures.join('\n')}`;
}

function riskTitle({ level, name }: RiskComparison): string {
  return level === 'overall' ? 'overall' : prose(nodeTitle({ level, name }));
}
