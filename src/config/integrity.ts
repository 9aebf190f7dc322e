import { type GateDifference, strictest } from '../compare/strictest.ts';
import { GateError } from '../errors.ts';
import { suiteConditions, type SuiteConfig } from '../perturb/suite.ts';
import type { Condition } from '../perturb/condition.ts';
import {
  baseChange,
  datasetChanges,
  heldDataset,
  heldPredictor,
  predictorChanges,
} from './held.ts';
import type { GateConfig } from './schema.ts';

/** The config that a pull request is held against. */
export type BaseConfig =
  /** Nobody else's config counts: main itself, or a user's own machine. */
  | { readonly kind: 'none' }
  /** The base commit has no config: the pull request's own counts, and that is said. */
  | { readonly kind: 'absent'; readonly description: string }
  | { readonly kind: 'found'; readonly description: string; readonly config: GateConfig };

/** What a pull request is judged by, and in which way that is not what it asks for. One sentence each. */
interface HeldConfig {
  readonly config: GateConfig;
  readonly changes: readonly string[];
}

/**
 * Holds a pull request's config against its base's: who is judged does not set the bar.
 *
 * From the base come `name`, `predictor.kind`, `predictor.confidence`, `dataset.group`, `suite.seed` and the
 * stricter of both `gate`s; the conditions are those of both. The rest is the pull request's: it is what is
 * promoted (the table in docs/github.md says why, key by key).
 *
 * @throws GateError where the kind of predictor changes: its other keys would be another program's.
 */
export function holdConfig(head: GateConfig, base: BaseConfig): HeldConfig {
  if (base.kind === 'none') return { config: head, changes: [] };
  if (base.kind === 'absent') {
    const { waivers } = head.gate;
    const also = waivers.length > 0 ? ', but for its waivers' : '';
    return {
      config: { ...head, gate: { ...head.gate, waivers: [] } },
      changes: [
        `There is no config at ${base.description}: this pull request’s own counts${also}.`,
      ],
    };
  }
  const { config: main } = base;
  const [kind, asks]: readonly string[] = [main.predictor.kind, head.predictor.kind];
  if (kind !== asks) {
    throw new GateError('config', {
      message: `this pull request changes predictor.kind from ${kind} to ${asks}, and ${base.description} says which program runs`,
      fix: 'bring the new kind to the default branch in a pull request of its own, which a maintainer merges',
    });
  }
  const { gate, differences } = strictest(main.gate, head.gate);
  const { group } = main.dataset;
  const { suite, added, dropped } = unitedSuite(main.suite, head.suite);
  const config: GateConfig = {
    ...head,
    name: main.name,
    dataset: heldDataset(main.dataset, head.dataset),
    predictor: heldPredictor(main.predictor, head.predictor),
    suite,
    gate,
  };
  return {
    config,
    changes: [
      ...differences.map(gateChange),
      ...baseChange('name', main.name, head.name),
      ...baseChange('dataset.group', group, head.dataset.group),
      ...predictorChanges(main.predictor, head.predictor),
      ...baseChange('suite.seed', main.suite.seed, head.suite.seed),
      ...datasetChanges(main.dataset, head.dataset),
      ...(dropped.length > 0
        ? [
            `This pull request leaves out conditions; they are evaluated all the same: ${dropped.join(', ')}.`,
          ]
        : []),
      ...(added.length > 0 ? [`This pull request adds conditions: ${added.join(', ')}.`] : []),
    ],
  };
}

function gateChange({ key, base, head, applied }: GateDifference): string {
  const how = key === 'metric' ? 'main’s' : 'the stricter of both';
  return `This pull request changes the gate: ${key} ${base} → ${head}; ${how}, ${applied}, was applied.`;
}

/** The conditions of both sides as an exact list, with the base's seed. */
function unitedSuite(
  base: SuiteConfig,
  head: SuiteConfig,
): { suite: SuiteConfig; added: string[]; dropped: string[] } {
  const [before, now] = [suiteConditions(base), suiteConditions(head)];
  const missing = (from: readonly Condition[], of: readonly Condition[]): string[] =>
    of.map(({ id }) => id).filter((id) => !from.some((other) => other.id === id));
  const [added, dropped] = [missing(before, now), missing(now, before)];
  const seed = base.seed;
  if (dropped.length === 0) return { suite: { ...head, seed }, added, dropped };
  const all = [...before, ...now];
  const united = perturbationNames(all).map((name) => ({
    [name]: {
      severities: [
        ...new Set(
          all.flatMap((condition) =>
            condition.kind === 'perturbed' && condition.perturbation === name
              ? [condition.severity]
              : [],
          ),
        ),
      ],
    },
  }));
  return { suite: { perturbations: united, seed }, added, dropped };
}

function perturbationNames(all: readonly Condition[]): string[] {
  return [
    ...new Set(all.flatMap((entry) => (entry.kind === 'perturbed' ? [entry.perturbation] : []))),
  ];
}
