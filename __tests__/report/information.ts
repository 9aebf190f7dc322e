import type { Information } from '../../src/compare/information.ts';
import type { RiskComparison } from '../../src/compare/comparison.ts';

function risk(baseline: number, candidate: number): RiskComparison[] {
  const score = (value: number): RiskComparison['baseline'] => ({
    value,
    standardError: 1.1,
    lost: 0.7 * value,
    spurious: 0.3 * value,
  });
  const entry = { baseline: score(baseline), candidate: score(candidate), standardError: 0.6 };
  return [
    { level: 'overall', name: 'overall', rise: candidate - baseline, ...entry },
    { level: 'family', name: 'noise', rise: candidate - baseline, ...entry },
  ];
}

/** What a comparison tells beside what it judges, of a drawn construction site without large objects. */
export function makeInformation(): Information {
  return {
    sizes: [
      {
        size: 'small',
        objects: 410,
        groups: 90,
        clean: [21.4, 21.1],
        perturbed: [12.2, 9.1],
        drop: 3.1,
        standardError: 0.4,
      },
      {
        size: 'medium',
        objects: 205,
        groups: 80,
        clean: [52.0, 51.8],
        perturbed: [39.1, 35.0],
        drop: 4.1,
        standardError: 0.6,
      },
      {
        size: 'large',
        objects: 0,
        groups: 0,
        clean: [null, null],
        perturbed: [null, null],
        drop: null,
        standardError: null,
      },
    ],
    corruption: {
      baseline: { mpc: 27.4, rpc: 70.4 },
      candidate: { mpc: 23.9, rpc: 61.8 },
      mce: 104.9,
      relativeMce: 131.2,
      errors: [
        { perturbation: 'gaussian_noise', ce: 107.1, relativeCe: 131.2 },
        { perturbation: 'horizontal_flip', ce: 100.4, relativeCe: null },
      ],
      ownFrost: false,
    },
    foundByBoth: risk(35.2, 41.9),
    consistency: risk(44.1, 50.3),
  };
}
