import type { Pair, Results } from './results.ts';

export { readResults } from './results.ts';

/** Two-sided 95 % of a normal distribution. */
const Z = 1.96;

interface Claim {
  readonly text: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly level: 'overall' | 'family' | 'perturbation';
  readonly name: string;
  /** What the post says of the candidate. */
  readonly says: 'better' | 'worse';
}

const claim = (
  text: string,
  [baseline, candidate]: readonly [string, string],
  level: Claim['level'],
  name: string,
  says: Claim['says'],
): Claim => ({ text, baseline, candidate, level, name, says });

const [AB, BC] = [
  ['A', 'B'],
  ['B', 'C'],
] as const;

/** What the post found, as comparisons of risk. */
const CLAIMS: readonly Claim[] = [
  claim('B is more robust to geometry than A', AB, 'family', 'geometry', 'better'),
  claim('B is more robust to blur than A', AB, 'family', 'blur', 'better'),
  claim('B is worse under noise than A, though trained with noise', AB, 'family', 'noise', 'worse'),
  claim('C is worse than B: overall', BC, 'overall', 'overall', 'worse'),
  ...['noise', 'blur', 'weather', 'lighting', 'digital', 'geometry', 'occlusion'].map((family) =>
    claim(`C is worse than B: ${family}`, BC, 'family', family, 'worse'),
  ),
  claim('C is worse than B: flips', BC, 'perturbation', 'horizontal_flip', 'worse'),
  claim('C is worse than B: flips', BC, 'perturbation', 'vertical_flip', 'worse'),
];

/** Every model under every family: mAP and risk. */
export function modelTable(results: Results): string {
  const [ab, ac] = results.pairs;
  if (!ab || !ac) return '';
  const rows = ab.nodes
    .filter(({ level }) => level !== 'perturbation')
    .map(({ level, name, baseline, candidate }) => {
      const third = ac.nodes.find((node) => node.level === level && node.name === name);
      const risk = ab.risk.find((one) => one.name === name && one.level === level);
      const thirdRisk = ac.risk.find((one) => one.name === name && one.level === level);
      return [
        level === 'family' ? name : `**${name}**`,
        baseline.toFixed(1),
        candidate.toFixed(1),
        third?.candidate.toFixed(1) ?? '–',
        risk?.baseline.toFixed(1) ?? '–',
        risk?.candidate.toFixed(1) ?? '–',
        thirdRisk?.candidate.toFixed(1) ?? '–',
      ];
    });
  return table(['', 'mAP A', 'mAP B', 'mAP C', 'risk A', 'risk B', 'risk C'], rows);
}

/** The post's claims beside what our models say of them. */
export function claimTable({ pairs }: Results): string {
  const rows = CLAIMS.flatMap((one) => {
    const pair = pairs.find(
      ({ baseline, candidate }) => baseline === one.baseline && candidate === one.candidate,
    );
    const row = pair && claimRow(one, pair);
    return row ? [row] : [];
  });
  return table(
    [
      'the post says',
      'risk',
      'rise of the risk ± 1.96 SE',
      'drop of mAP, simultaneous interval',
      'by risk',
      'by mAP',
    ],
    rows,
  );
}

function claimRow({ text, level, name, says }: Claim, pair: Pair): string[] | null {
  const risk = pair.risk.find((one) => one.level === level && one.name === name);
  const node = pair.nodes.find((one) => one.level === level && one.name === name);
  if (!risk || !node) return null;
  const sign = says === 'worse' ? 1 : -1;
  const margin = Z * risk.standardError;
  return [
    level === 'perturbation' ? `${text} (\`${name}\`)` : text,
    `${risk.baseline.toFixed(1)} → ${risk.candidate.toFixed(1)}`,
    `${signed(risk.rise)} ± ${margin.toFixed(1)}`,
    `${signed(node.drop)} (${signed(node.interval[0])} to ${signed(node.interval[1])})`,
    answer(sign * risk.rise, margin),
    answer(
      sign * node.drop,
      sign > 0 ? node.drop - node.interval[0] : node.interval[1] - node.drop,
      sign > 0 ? node.interval[1] - node.drop : node.drop - node.interval[0],
    ),
  ];
}

/** Whether something is as claimed: its size in the claimed direction, and how far the interval goes to either side. */
function answer(size: number, below: number, above: number = below): string {
  if (size > below) return '**holds**';
  if (size < -above) return '**the opposite**';
  return size > 0 ? 'points that way, not sure' : 'points the other way, not sure';
}

/** What the gate says of each pair, as if the second model had come in a pull request. */
export function verdictTable({ pairs }: Results): string {
  return table(
    ['baseline → candidate', 'verdict', 'in one sentence'],
    pairs.map(({ baseline, candidate, verdict, sentence }) => [
      `${baseline} → ${candidate}`,
      `\`${verdict}\``,
      sentence,
    ]),
  );
}

/** Whether each augmentation has the effect it was meant to have. */
export function augmentationTable({ pairs }: Results): string {
  const rows = pairs
    .filter(({ baseline }) => baseline === 'A')
    .flatMap(({ candidate, effects, nodes }) =>
      effects.map(({ perturbation, effect }) => {
        const node = nodes.find((one) => one.level === 'perturbation' && one.name === perturbation);
        return [
          candidate,
          `\`${perturbation}\``,
          node ? `${node.baseline.toFixed(1)} → ${node.candidate.toFixed(1)}` : '–',
          node
            ? `${signed(node.drop)} (${signed(node.interval[0])} to ${signed(node.interval[1])})`
            : '–',
          effect,
        ];
      }),
    );
  return table(
    ['model', 'trained with', 'mAP A → model', 'drop, simultaneous interval', 'against A'],
    rows,
  );
}

/** The pictures of failure examples. */
export function failureList({ failures }: Results): string {
  return failures
    .map(
      ({ file, model, condition, image, persons }) =>
        `![${model} under ${condition}](images/experiment/${file})\n\nModel ${model} under \`${condition}\`: ${persons === 1 ? 'a person' : `${persons} persons`} found on the original, missed on the changed image (\`${image}\`).`,
    )
    .join('\n\n');
}

/** What was measured, in a line. */
export function setupLine({ data, images, groups, conditions, engine }: Results): string {
  return `${data}: ${images} images in ${groups} independent groups, ${conditions} conditions (\`standard\`), ${engine}.`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(1)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
