import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { limitsOf } from '../../src/compare/limits.ts';
import {
  type GatePolicy,
  GatePolicySchema,
  marginOf,
  namedClasses,
  ruleOutAlphaOf,
} from '../../src/compare/policy.ts';
import { strictest } from '../../src/compare/strictest.ts';

const points = fc.integer({ min: 0, max: 20 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const some = (names: readonly string[]) =>
  maybe(fc.dictionary(fc.constantFrom(...names), points, { maxKeys: 2 }));
const NODES = [
  ['clean', 'clean'],
  ['overall', 'overall'],
  ['family', 'noise'],
  ['family', 'blur'],
  ['perturbation', 'gaussian_noise'],
  ['perturbation', 'rotation'],
  ['condition', 'gaussian_noise/3'],
  ['condition', 'rotation/1'],
] as const;
const level = maybe(fc.record({ clean: maybe(points), overall: maybe(points) }));

const policies = fc
  .record({
    metric: fc.constantFrom('map', 'ap50'),
    maxDrop: fc.oneof(
      points,
      fc.record({
        clean: maybe(points),
        family: maybe(points),
        perturbation: maybe(points),
        condition: maybe(points),
        families: some(['noise', 'blur']),
        perturbations: some(['gaussian_noise', 'rotation']),
        conditions: some(['gaussian_noise/3', 'rotation/1']),
        classes: some(['Person', 'Hardhat', '__proto__']),
      }),
    ),
    ruleOut: points,
    alpha: fc.constantFrom(0.01, 0.05, 0.1),
    ruleOutAlpha: maybe(fc.constantFrom(0.01, 0.05, 0.1)),
    onInconclusive: fc.constantFrom('pass', 'fail'),
    limits: maybe(fc.record({ risk: maybe(points), map: fc.oneof(points, level), ap50: level })),
    waivers: fc
      .dictionary(
        fc.constantFrom('noise', 'rotation', 'clean'),
        fc.constantFrom('2026-01-01', '2027-01-01'),
      )
      .map((of) => Object.entries(of).map(([node, until]) => ({ node, until, reason: 'seen' }))),
  })
  .map((policy) => GatePolicySchema.parse(policy));

/** Every number of a policy, larger is looser. */
function looseness(policy: GatePolicy): Map<string, number> {
  const limit = ({ metric, limit: at }: { metric: string; limit: number }): number =>
    metric === 'risk' ? at : -at;
  return new Map<string, number>([
    ...NODES.map(([of, name]) => [`${of} ${name}`, marginOf(policy, of, name)] as const),
    ['ruleOut', policy.ruleOut],
    ['alpha', -policy.alpha],
    ['ruleOutAlpha', ruleOutAlphaOf(policy)],
    ['onInconclusive', policy.onInconclusive === 'fail' ? 0 : 1],
    ...namedClasses(policy).map(
      (name) => [`class ${name}`, marginOf(policy, 'class', name)] as const,
    ),
    ...limitsOf(policy.limits ?? {}).map(
      (entry) => [`limit ${entry.metric} ${entry.level}`, limit(entry)] as const,
    ),
  ]);
}

describe('the stricter of two policies', () => {
  it('is looser than neither, in no key', () => {
    fc.assert(
      fc.property(policies, policies, (base, head) => {
        const applied = looseness(strictest(base, head).gate);
        for (const side of [base, head]) {
          for (const [key, value] of looseness(side)) {
            expect(applied.get(key)).toBeLessThanOrEqual(value);
          }
        }
      }),
    );
  });

  it('is what the config schema allows', () => {
    fc.assert(
      fc.property(policies, policies, (base, head) => {
        expect(GatePolicySchema.safeParse(strictest(base, head).gate).success).toBe(true);
      }),
    );
  });

  it('of a policy and itself is that policy, and nothing differs', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const { gate, differences } = strictest(policy, policy);
        expect(looseness(gate)).toEqual(looseness(policy));
        expect(gate.waivers).toEqual(policy.waivers);
        expect(differences).toEqual([]);
      }),
    );
  });

  it('stays when it is held against either side again', () => {
    fc.assert(
      fc.property(policies, policies, (base, head) => {
        const { gate } = strictest(base, head);
        expect(looseness(strictest(gate, head).gate)).toEqual(looseness(gate));
        expect(looseness(strictest(base, gate).gate)).toEqual(looseness(gate));
      }),
    );
  });

  it('does not depend on the side, but for the metric', () => {
    fc.assert(
      fc.property(policies, policies, (base, head) => {
        const [one, other] = [strictest(base, head).gate, strictest(head, base).gate];
        expect(looseness(one)).toEqual(looseness(other));
        const days = ({ waivers }: GatePolicy): string[] =>
          waivers.map(({ node, until }) => `${node} ${until}`).sort();
        expect(days(one)).toEqual(days(other));
        expect([one.metric, other.metric]).toEqual([base.metric, head.metric]);
      }),
    );
  });

  it('has no waiver that the base does not have, nor to a later day', () => {
    fc.assert(
      fc.property(policies, policies, (base, head) => {
        for (const { node, until } of strictest(base, head).gate.waivers) {
          const reviewed = base.waivers.find((waiver) => waiver.node === node);
          expect(until <= (reviewed?.until ?? '')).toBe(true);
        }
      }),
    );
  });

  it('tells each key that differs, with what was applied', () => {
    const base = GatePolicySchema.parse({ maxDrop: { family: 1 }, limits: { risk: 40 } });
    const head = GatePolicySchema.parse({
      metric: 'risk',
      maxDrop: { family: 3, families: { noise: 0.5 } },
      waivers: [{ node: 'noise', reason: 'mine', until: '2027-01-01' }],
    });
    expect(strictest(base, head).differences).toEqual([
      { key: 'metric', base: 'map', head: 'risk', applied: 'map' },
      { key: 'maxDrop.family', base: '1', head: '3', applied: '1' },
      { key: 'limits.risk.overall', base: '40', head: '–', applied: '40' },
      { key: 'maxDrop.families.noise', base: '1', head: '0.5', applied: '0.5' },
      { key: 'waivers: noise', base: '–', head: 'until 2027-01-01', applied: '–' },
    ]);
  });

  it('stops early where both sides allow it: a look takes alpha from the end', () => {
    const on = GatePolicySchema.parse({ earlyStop: true });
    const off = GatePolicySchema.parse({});
    expect(strictest(on, on).gate.earlyStop).toBe(true);
    expect(strictest(on, off).gate.earlyStop).toBe(false);
    expect(strictest(off, on)).toMatchObject({
      gate: { earlyStop: false },
      differences: [{ key: 'earlyStop', base: 'false', head: 'true', applied: 'false' }],
    });
  });
});
