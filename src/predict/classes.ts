import { GateError } from '../errors.ts';

export interface ClassMapping {
  /** For each class of the model the data set's class, or -1. */
  readonly map: Int32Array;
  /** One sentence each. */
  readonly notes: readonly string[];
}

/**
 * Maps the model's classes to the data set's, by name, after the config's renaming (many to one allowed).
 *
 * @param model   The model's class names.
 * @param dataset The data set's class names.
 * @param renames The config's `predictor.classes`: model's name to the data set's.
 * @throws GateError when a renaming names a class that is not there, or no class is in common.
 */
export function mapClasses(
  model: readonly string[],
  dataset: readonly string[],
  renames: Readonly<Record<string, string>>,
): ClassMapping {
  const problems = Object.entries(renames).flatMap(([from, to]) => [
    ...(model.includes(from)
      ? []
      : [
          {
            message: `predictor.classes: the model has no class "${from}"`,
            fix: listed('the model’s', model),
          },
        ]),
    ...(dataset.includes(to)
      ? []
      : [
          {
            message: `predictor.classes: the data set has no class "${to}"`,
            fix: listed('the data set’s', dataset),
          },
        ]),
  ]);
  if (problems.length > 0) throw new GateError('config', problems);
  const target = new Map(Object.entries(renames));
  const map = Int32Array.from(model, (name) => dataset.indexOf(target.get(name) ?? name));
  if (map.every((index) => index < 0)) {
    throw new GateError('config', {
      message: `the model and the data set have no class in common; ${listed('the model’s', model)}; ${listed('the data set’s', dataset)}`,
      fix: 'map them: predictor.classes: {model name: data set name}',
    });
  }
  const unused = model.filter((_, index) => map[index]! < 0);
  const lacking = dataset.filter((_, index) => !map.includes(index));
  return {
    map,
    notes: [
      ...(unused.length > 0
        ? [`Classes of the model that the data set does not have are left out: ${shorten(unused)}.`]
        : []),
      ...(lacking.length > 0
        ? [
            `Classes of the data set that the model does not have count as AP 0: ${shorten(lacking)}.`,
          ]
        : []),
    ],
  };
}

function listed(whose: string, names: readonly string[]): string {
  return `${whose} classes are ${shorten(names)}`;
}

function shorten(names: readonly string[]): string {
  return names.length > 12
    ? `${names.slice(0, 12).join(', ')}, … (${names.length})`
    : names.join(', ');
}
