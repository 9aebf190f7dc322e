import { timePerturbations } from './perturbations.ts';
import { perturbations } from '../src/perturb/registry.ts';
import { type BenchResult, type PerturbationTimes, type Row, rowOf } from './results.ts';

/** Its time is the codec's, the same in both. */
const CODEC_BOUND = new Set(['jpeg_compression']);

type Ratio = { readonly label: string; readonly value: number };

/**
 * Times every perturbation, or some; of the others the last measurement stays.
 *
 * @param only Names; empty for all.
 */
export async function timePerturbationRows(
  only: readonly string[],
  last: BenchResult | undefined,
): Promise<Pick<BenchResult, 'rows' | 'notes' | 'perturbations'>> {
  const fresh = await timePerturbations(only);
  const names = new Set(fresh.map(({ name }) => name));
  const kept = (last?.perturbations ?? []).filter(({ name }) => !names.has(name));
  const rank = (name: string): number => perturbations.findIndex((one) => one.name === name);
  const times = [...kept, ...fresh].sort(
    (a, b) => rank(a.name) - rank(b.name) || a.severity - b.severity,
  );
  return { rows: rowsOf(times), notes: [], perturbations: times };
}

function rowsOf(times: PerturbationTimes): Row[] {
  const ratios = (of: (time: PerturbationTimes[number]) => number | null): Ratio[] =>
    times
      .flatMap((time) => {
        const value = of(time);
        return value === null ? [] : [{ label: `${time.name}/${time.severity}`, value }];
      })
      .sort((a, b) => a.value - b.value);
  const reference = ratios((time) => time.reference);
  const opencv = ratios((time) => (time.opencv === null ? null : 1 / time.opencv));
  const free = reference.filter(({ label }) => !CODEC_BOUND.has(label.split('/')[0]!));
  const row = (
    id: string,
    what: string,
    target: Row['target'],
    { label, value }: Ratio,
    detail: string,
  ): Row => rowOf({ id, what, target, unit: '', measured: value, detail: `${detail}: ${label}` });
  const [atLeast, atMost] = ['at least', 'at most'] as const;
  return [
    ...(reference.length > 0
      ? [
          row(
            'perturbations-reference-median',
            'a perturbation at 640 x 640, imagecorruptions / ours: median',
            { bound: atLeast, value: 10 },
            middle(reference),
            `of ${reference.length}`,
          ),
        ]
      : []),
    ...(free.length > 0
      ? [
          row(
            'perturbations-reference-least',
            'the same: the least, but for what a codec bounds',
            { bound: atLeast, value: 2 },
            free[0]!,
            'it is',
          ),
        ]
      : []),
    ...(opencv.length > 0
      ? [
          row(
            'perturbations-opencv-median',
            'a perturbation at 640 x 640, ours / OpenCV’s own kernel: median',
            { bound: atMost, value: 2 },
            middle(opencv),
            `of ${opencv.length}`,
          ),
          row(
            'perturbations-opencv-most',
            'the same: the most',
            { bound: atMost, value: 4 },
            opencv.at(-1)!,
            'it is',
          ),
        ]
      : []),
  ];
}

/** Of an even number the lower one: a value that was measured. */
function middle(sorted: readonly Ratio[]): Ratio {
  return sorted[(sorted.length - 1) >> 1]!;
}
