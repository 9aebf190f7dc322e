import { perturbations } from '../perturb/registry.ts';
import { families } from '../perturb/perturbation.ts';
import type { Level } from './comparison.ts';
import { limitsOf } from './limits.ts';
import { metrics } from './metric.ts';
import { type GatePolicy, marginOf, namedClasses, ruleOutAlphaOf } from './policy.ts';
import type { Waiver } from './waivers.ts';

/** A key on which base and head differ, and what counts. Values as text; `–` is none. */
export interface GateDifference {
  readonly key: string;
  readonly base: string;
  readonly head: string;
  readonly applied: string;
}

const LEVELS = ['clean', 'overall', 'family', 'perturbation', 'condition'] as const;
const NONE = '–';

/**
 * The stricter of two policies, key by key: what a pull request is judged by.
 *
 * Never looser than either in a key that both have. `metric` is the base's: two metrics cannot be ranked.
 * The larger `alpha` finds more regressions, but the smaller rules out less: each test takes its own. A waiver
 * counts where both sides have it, to the earlier day, and a run stops early where both allow it.
 *
 * @param base Of the base commit.
 * @param head Of the pull request.
 */
export function strictest(
  base: GatePolicy,
  head: GatePolicy,
): { gate: GatePolicy; differences: GateDifference[] } {
  const alpha = Math.max(base.alpha, head.alpha);
  const ruleOutAlpha = Math.min(ruleOutAlphaOf(base), ruleOutAlphaOf(head));
  // Every key must be here: one that is added to the policy and forgotten does not compile.
  const gate: { [Key in keyof Required<GatePolicy>]: GatePolicy[Key] } = {
    metric: base.metric,
    maxDrop: strictestMargins(base, head),
    ruleOut: Math.min(base.ruleOut, head.ruleOut),
    alpha,
    ruleOutAlpha: ruleOutAlpha === alpha ? undefined : ruleOutAlpha,
    // A look takes alpha from the end: no pull request brings that about.
    earlyStop: base.earlyStop && head.earlyStop,
    onInconclusive:
      base.onInconclusive === 'fail' || head.onInconclusive === 'fail' ? 'fail' : 'pass',
    limits: strictestLimits(base, head),
    reference: base.reference ?? head.reference,
    waivers: commonWaivers(base.waivers, head.waivers),
  };
  return { gate, differences: differencesOf(base, head, gate) };
}

function strictestMargins(base: GatePolicy, head: GatePolicy): GatePolicy['maxDrop'] {
  if (typeof base.maxDrop === 'number' && typeof head.maxDrop === 'number') {
    return Math.min(base.maxDrop, head.maxDrop);
  }
  const least = (level: Level, name: string): number =>
    Math.min(marginOf(base, level, name), marginOf(head, level, name));
  const named = <Name extends string>(
    level: Level,
    names: readonly Name[],
  ): { [Key in Name]?: number } | undefined => {
    const wanted = names.filter((name) => isNamed(base, level, name) || isNamed(head, level, name));
    const margins: { [Key in Name]?: number } = {};
    for (const name of wanted) margins[name] = least(level, name);
    return wanted.length > 0 ? margins : undefined;
  };
  return {
    ...Object.fromEntries(LEVELS.map((level) => [level, least(level, '')])),
    families: named('family', families),
    perturbations: named(
      'perturbation',
      perturbations.map(({ name }) => name),
    ),
    conditions: conditionMargins(base, head),
    classes: classMargins(base, head),
  };
}

function conditionMargins(
  base: GatePolicy,
  head: GatePolicy,
): Exclude<GatePolicy['maxDrop'], number>['conditions'] {
  const [before, now] = [base, head].map(({ maxDrop }) =>
    typeof maxDrop === 'number' ? {} : (maxDrop.conditions ?? {}),
  );
  const merged = { ...now, ...before };
  if (Object.keys(merged).length === 0) return undefined;
  return Object.fromEntries(
    Object.keys(merged).map((name) => [
      name,
      Math.min(marginOf(base, 'condition', name), marginOf(head, 'condition', name)),
    ]),
  );
}

/** A class that only one side names is judged by that side's margin; risk has no classes. */
function classMargins(base: GatePolicy, head: GatePolicy): Record<string, number> | undefined {
  const names = [...new Set([base, head].flatMap(namedClasses))];
  if (names.length === 0 || base.metric === 'risk') return undefined;
  return Object.fromEntries(
    names.map((name) => {
      const sides = [base, head].filter((side) => namedClasses(side).includes(name));
      return [name, Math.min(...sides.map((side) => marginOf(side, 'class', name)))];
    }),
  );
}

function isNamed({ maxDrop }: GatePolicy, level: Level, name: string): boolean {
  if (typeof maxDrop === 'number') return false;
  const given = level === 'family' ? maxDrop.families : maxDrop.perturbations;
  return Object.hasOwn(given ?? {}, name);
}

function strictestLimits(base: GatePolicy, head: GatePolicy): GatePolicy['limits'] {
  const all = [base, head].flatMap(({ limits }) => limitsOf(limits ?? {}));
  if (all.length === 0) return undefined;
  const tightest = (metric: keyof typeof metrics, level: string): number | undefined => {
    const limits = all.flatMap((entry) =>
      entry.metric === metric && entry.level === level ? [entry.limit] : [],
    );
    if (limits.length === 0) return undefined;
    return metrics[metric].better === 'higher' ? Math.max(...limits) : Math.min(...limits);
  };
  const least = (
    metric: 'map' | 'ap50',
  ): { clean?: number | undefined; overall?: number | undefined } => ({
    clean: tightest(metric, 'clean'),
    overall: tightest(metric, 'overall'),
  });
  return { risk: tightest('risk', 'overall'), map: least('map'), ap50: least('ap50') };
}

function commonWaivers(base: readonly Waiver[], head: readonly Waiver[]): Waiver[] {
  return base.flatMap((waiver) => {
    const kept = head.find(({ node }) => node === waiver.node);
    return kept
      ? [{ ...waiver, until: kept.until < waiver.until ? kept.until : waiver.until }]
      : [];
  });
}

function differencesOf(base: GatePolicy, head: GatePolicy, applied: GatePolicy): GateDifference[] {
  const simple = [base, head].every(({ maxDrop }) => typeof maxDrop === 'number');
  const [before, now, then] = [base, head, applied].map((policy) => flatten(policy, simple));
  const named = new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...named].flatMap((key) => {
    // A name that one side leaves to its level has that level's margin.
    const text = (policy: GatePolicy, values: Map<string, string> | undefined): string =>
      values?.get(key) ?? levelText(policy, key) ?? NONE;
    const [a, b] = [text(base, before), text(head, now)];
    return a === b ? [] : [{ key, base: a, head: b, applied: text(applied, then) }];
  });
}

/** Every key with its value as text. */
function flatten(policy: GatePolicy, simple: boolean): Map<string, string> {
  const { metric, maxDrop, ruleOut, alpha, onInconclusive, limits, waivers, reference } = policy;
  const margins: (readonly [string, string])[] =
    typeof maxDrop === 'number' && simple
      ? [['maxDrop', String(maxDrop)]]
      : LEVELS.map((level) => [`maxDrop.${level}`, String(marginOf(policy, level, ''))]);
  const names =
    typeof maxDrop === 'number'
      ? []
      : Object.entries(maxDrop).flatMap(([kind, values]) =>
          typeof values === 'object'
            ? Object.entries(values).map(
                ([name, value]) => [`maxDrop.${kind}.${name}`, String(value)] as const,
              )
            : [],
        );
  return new Map([
    ['metric', metric],
    ...margins,
    ...names,
    ['ruleOut', String(ruleOut)],
    ['alpha', String(alpha)],
    ['ruleOutAlpha', String(ruleOutAlphaOf(policy))],
    ['onInconclusive', onInconclusive],
    ['earlyStop', String(policy.earlyStop)],
    ...(reference === undefined ? [] : [['reference', reference] as const]),
    ...limitsOf(limits ?? {}).map(
      ({ metric: of, level, limit }) => [`limits.${of}.${level}`, String(limit)] as const,
    ),
    ...waivers.map(({ node, until }) => [`waivers: ${node}`, `until ${until}`] as const),
  ]);
}

function levelText(policy: GatePolicy, key: string): string | null {
  const [, kind] = /^maxDrop\.(families|perturbations|conditions)\./.exec(key) ?? [];
  if (kind === 'families') return String(marginOf(policy, 'family', ''));
  if (kind === 'perturbations') return String(marginOf(policy, 'perturbation', ''));
  return kind === 'conditions' ? String(marginOf(policy, 'condition', '')) : null;
}
