import { RE2JS } from 're2js';
import { z } from 'zod';
import { GateError } from '../errors.ts';
import { groupPattern } from './group.ts';

/** Keys of the config's `dataset` that every format has: which images and classes count. */
export const selectionShape = {
  group: groupPattern,
  classes: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({
      description:
        'Only these classes; objects of others are left out. Without it: all that the data set names.',
      examples: [['Person', 'Hardhat']],
    }),
  limit: z.int().min(1).optional().meta({
    description:
      'At most this many images: those whose content hashes come first, so always the same ones, whatever their names.',
  }),
  exclude: z
    .array(z.string().min(1).max(1000))
    .max(10_000)
    .optional()
    .meta({
      description:
        'Images that are left out: paths relative to the data set’s folder, `*` for a part of a name, `**` for folders too. One that names nothing is an error.',
      examples: [['valid/images/broken.jpg', '**/night_*']],
    }),
};

const Selection = z.object(selectionShape);

/** Which images and classes of a data set count. */
export type Selection = z.infer<typeof Selection>;

/**
 * The images that `exclude` leaves.
 *
 * @throws GateError naming every pattern that no image matches, and when none is left.
 */
export function withoutExcluded<T extends { readonly id: string }>(
  images: readonly T[],
  { exclude = [] }: Selection,
): T[] {
  const patterns = exclude.map((text) => ({ text, used: false, matches: matcherOf(text) }));
  const kept = images.filter(({ id }) => {
    const hits = patterns.filter(({ matches }) => matches(id));
    for (const pattern of hits) pattern.used = true;
    return hits.length === 0;
  });
  const idle = patterns.filter(({ used }) => !used);
  if (idle.length > 0) {
    throw new GateError(
      'dataset',
      idle.map(({ text }) => ({
        message: `dataset.exclude names no image: ${text}`,
        fix: `paths are relative to the data set's folder, as ${images[0]?.id ?? 'images/a.jpg'}; remove an entry whose image is gone`,
      })),
    );
  }
  if (kept.length === 0 && images.length > 0) {
    throw new GateError('dataset', {
      message: `dataset.exclude leaves none of ${images.length} images`,
      fix: 'exclude fewer',
    });
  }
  return kept;
}

/** `*` stands for a part of a name, `**` for folders too. RE2 matches in linear time. */
function matcherOf(pattern: string): (id: string) => boolean {
  const parts = pattern
    .split(/(\*\*\/?|\*)/)
    .map((part) =>
      part === '**'
        ? '.*'
        : part === '**/'
          ? '(?:.*/)?'
          : part === '*'
            ? '[^/]*'
            : RE2JS.quote(part),
    );
  const expression = RE2JS.compile(`^${parts.join('')}$`);
  return (id) => expression.matches(id);
}

/** The classes that count, in the data set's order, and where each class of the labels goes. */
export interface ClassSubset {
  readonly classes: readonly string[];
  /** For each class of the labels its index among `classes`, or -1. */
  readonly map: readonly number[];
}

/**
 * @param all  The data set's class names.
 * @throws GateError naming every wanted class that is not there.
 */
export function classSubset(all: readonly string[], { classes: wanted }: Selection): ClassSubset {
  if (wanted === undefined) return { classes: all, map: [...all.keys()] };
  const strangers = wanted.filter((name) => !all.includes(name));
  if (strangers.length > 0) {
    throw new GateError(
      'dataset',
      strangers.map((name) => ({
        message: `dataset.classes: the data set has no class "${name}"`,
        fix: `it has ${all.join(', ')}`,
      })),
    );
  }
  const classes = all.filter((name) => wanted.includes(name));
  return { classes, map: all.map((name) => classes.indexOf(name)) };
}
