import type { RunManifest } from '../baseline/manifest.ts';
import { nearest } from '../config/nearest.ts';
import { GateError } from '../errors.ts';
import type { Condition } from '../perturb/condition.ts';

/** How many names are listed where several fit. */
const MOST_NAMES = 8;

/** Rank of the image that is called so: by its id, else by the end of it. */
export function findImage({ images }: RunManifest, wanted: string): number {
  const exact = images.findIndex(({ id }) => id === wanted);
  if (exact >= 0) return exact;
  const ending = images.flatMap(({ id }, rank) => (id.endsWith(`/${wanted}`) ? [rank] : []));
  const [only, ...more] = ending;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) {
    const ids = ending.map((rank) => images[rank]!.id);
    throw new GateError('usage', {
      message: `${ids.length} images are called ${wanted}`,
      fix: `name one of ${ids.slice(0, MOST_NAMES).join(', ')}`,
    });
  }
  const ids = images.map(({ id }) => id);
  const near = nearest(
    wanted,
    wanted.includes('/') ? ids : ids.map((id) => id.slice(id.lastIndexOf('/') + 1)),
  );
  throw new GateError('usage', {
    message: `the run has no image "${wanted}"`,
    fix: near ? `did you mean "${near}"?` : `its ids are such as ${ids.slice(0, 3).join(', ')}`,
  });
}

/** The condition that is called so. */
export function findCondition({ suite }: RunManifest, wanted: string): Condition {
  const condition = suite.conditions.find(({ id }) => id === wanted);
  if (!condition) {
    const ids = suite.conditions.map(({ id }) => id);
    const name = wanted.split('/')[0] ?? '';
    const levels = ids.filter((id) => id.split('/')[0] === name);
    const near = nearest(wanted, ids);
    throw new GateError('usage', {
      message: `the run has no condition "${wanted}"`,
      fix:
        levels.length > 0
          ? `it has ${levels.join(', ')}`
          : near
            ? `did you mean "${near}"?`
            : `it has ${ids.slice(0, MOST_NAMES).join(', ')}${ids.length > MOST_NAMES ? ', …' : ''}`,
    });
  }
  return condition;
}
