import { type GatePolicy, namedClasses } from '../compare/policy.ts';
import { GateError } from '../errors.ts';
import { nearest } from './nearest.ts';

const WAIVED_CLASS = 'class:';

/**
 * Checks the classes that the policy names against the data set's, which the schema does not know.
 *
 * @param file The config, for messages.
 * @throws GateError with every name that is none, and the nearest that is.
 */
export function checkClassNames(
  policy: GatePolicy,
  classes: readonly string[],
  file: string,
): void {
  const named = [
    ...namedClasses(policy).map((name) => ({ name, key: 'gate.maxDrop.classes' })),
    ...policy.waivers.flatMap(({ node }, index) =>
      node.startsWith(WAIVED_CLASS)
        ? [{ name: node.slice(WAIVED_CLASS.length), key: `gate.waivers[${index}].node` }]
        : [],
    ),
  ];
  const problems = named
    .filter(({ name }) => !classes.includes(name))
    .map(({ name, key }) => {
      const near = nearest(name, classes);
      const fix = `${near === null ? '' : `did you mean "${near}"? `}the data set has ${classes.join(', ')}`;
      return { message: `the data set has no class "${name}"`, place: { file, key }, fix };
    });
  if (problems.length > 0) throw new GateError('config', problems);
}
