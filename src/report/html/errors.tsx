import type { ErrorComparison } from '../../compare/comparison.ts';
import type { ErrorCounts } from '../../evaluate/errors.ts';
import { families } from '../../perturb/perturbation.ts';
import { points } from '../format.ts';
import type { Report } from '../report.ts';
import { heading, Part, Scroll } from './parts.tsx';

const kinds = ['missed', 'ghost', 'moved', 'renamed'] as const;

type Kind = (typeof kinds)[number];

const meanings: Record<Kind, string> = {
  missed: 'nothing stands for the object',
  ghost: 'a box where nothing is, or a second one',
  moved: 'the box lies beside the object',
  renamed: 'the box is of another class',
};

interface Row {
  readonly title: string;
  readonly main: boolean;
  readonly errors: readonly ErrorComparison[];
}

/** What goes wrong, kind by kind, for both models. */
export function ErrorPart({ report }: { report: Report }) {
  const { comparison, candidate } = report;
  if (!comparison || comparison.identical || comparison.errors.length === 0) return null;
  const familyOf = new Map(
    candidate.suite.conditions.map((condition) => [
      condition.id,
      condition.kind === 'clean' ? 'clean' : condition.family,
    ]),
  );
  const of = (family: string): ErrorComparison[] =>
    comparison.errors.filter(({ condition }) => familyOf.get(condition) === family);
  const rows: Row[] = [
    { title: 'Clean images', main: true, errors: of('clean') },
    ...families.map((family) => ({
      title: heading({ level: 'family', name: family }),
      main: false,
      errors: of(family),
    })),
  ].filter(({ errors }) => errors.length > 0);
  return (
    <Part
      id="errors"
      title="What goes wrong"
      lead="Errors for every 100 objects at each model’s operating confidence and IoU .50, baseline → candidate; of a family the mean over its conditions. The larger of the two is bold."
    >
      <Scroll label="Errors by kind">
        <table class="errors">
          <thead>
            <tr>
              <th scope="col">images</th>
              {kinds.map((kind) => (
                <th scope="col" class="n">
                  {kind}
                  <small>{meanings[kind]}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, main, errors }) => (
              <tr class={main ? 'main' : ''}>
                <th scope="row">{title}</th>
                {kinds.map((kind) => (
                  <Cell
                    before={rate(
                      errors.map(({ baseline }) => baseline),
                      kind,
                    )}
                    after={rate(
                      errors.map(({ candidate: counts }) => counts),
                      kind,
                    )}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Part>
  );
}

/** Errors of a kind for every 100 objects; null without objects. */
function rate(counts: readonly ErrorCounts[], kind: Kind): number | null {
  const [errors, objects] = counts.reduce(
    ([n, all], entry) => [n + entry[kind], all + entry.objects],
    [0, 0],
  );
  return objects === 0 ? null : (100 * errors) / objects;
}

function Cell({ before, after }: { before: number | null; after: number | null }) {
  const [from, to] = [points(before), points(after)];
  const more = from === to ? 0 : (after ?? 0) - (before ?? 0);
  return (
    <td class="n">
      {more < 0 ? <b>{from}</b> : from} → {more > 0 ? <b>{to}</b> : to}
    </td>
  );
}
