import type { Comparison } from '../../compare/comparison.ts';
import type { ErrorCounts } from '../../evaluate/errors.ts';
import type { Condition } from '../../perturb/condition.ts';
import { families } from '../../perturb/perturbation.ts';
import { points } from '../format.ts';
import { heading, Part, Scroll } from './parts.tsx';

const kinds = ['missed', 'ghost', 'moved', 'renamed'] as const;

type Kind = (typeof kinds)[number];

const meanings: Record<Kind, string> = {
  missed: 'nothing stands for the object',
  ghost: 'a box where nothing is, or a second one',
  moved: 'the box lies beside the object',
  renamed: 'the box is of another class',
};

/** Errors under a condition, model by model. */
export interface ConditionErrors {
  readonly condition: string;
  readonly models: readonly ErrorCounts[];
}

interface Row {
  readonly title: string;
  readonly main: boolean;
  /** Of the row's conditions. */
  readonly errors: readonly ConditionErrors[];
}

/** The errors of both models of a comparison; none where nothing differs. */
export function pairErrors(comparison: Comparison | null): ConditionErrors[] {
  if (!comparison || comparison.identical) return [];
  return comparison.errors.map(({ condition, baseline, candidate }) => ({
    condition,
    models: [baseline, candidate],
  }));
}

/** The errors of several runs, each of which was compared with the first. */
export function severalErrors(againstFirst: readonly Comparison[]): ConditionErrors[] {
  return (againstFirst[0]?.errors ?? []).map(({ condition, baseline }) => ({
    condition,
    models: [
      baseline,
      ...againstFirst.map(
        ({ errors }) =>
          errors.find((entry) => entry.condition === condition)?.candidate ?? baseline,
      ),
    ],
  }));
}

/** What goes wrong, kind by kind, model by model. */
export function ErrorPart(props: {
  errors: readonly ConditionErrors[];
  conditions: readonly Condition[];
  labels: readonly string[];
}) {
  const { errors, conditions, labels } = props;
  if (errors.length === 0) return null;
  const rows = rowsOf(errors, conditions);
  return (
    <Part
      id="errors"
      title="What goes wrong"
      lead={`Errors for every 100 objects at each model’s operating confidence and IoU .50, ${labels.join(between(labels.length))}; of a family the mean over its conditions. The largest is bold.`}
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
            {rows.map((row) => (
              <tr class={row.main ? 'main' : ''}>
                <th scope="row">{row.title}</th>
                {kinds.map((kind) => (
                  <Cell
                    rates={labels.map((_, model) =>
                      rate(
                        row.errors.flatMap(({ models }) => models[model] ?? []),
                        kind,
                      ),
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

function rowsOf(errors: readonly ConditionErrors[], conditions: readonly Condition[]): Row[] {
  const familyOf = new Map(
    conditions.map((condition) => [
      condition.id,
      condition.kind === 'clean' ? 'clean' : condition.family,
    ]),
  );
  const of = (family: string): ConditionErrors[] =>
    errors.filter(({ condition }) => familyOf.get(condition) === family);
  return [
    { title: 'Clean images', main: true, errors: of('clean') },
    ...families.map((family) => ({
      title: heading({ level: 'family', name: family }),
      main: false,
      errors: of(family),
    })),
  ].filter((row) => row.errors.length > 0);
}

/** Errors of a kind for every 100 objects; null without objects. */
function rate(counts: readonly ErrorCounts[], kind: Kind): number | null {
  const [errors, objects] = counts.reduce(
    ([n, all], entry) => [n + entry[kind], all + entry.objects],
    [0, 0],
  );
  return objects === 0 ? null : (100 * errors) / objects;
}

/** An arrow leads from one to another; of several none. */
function between(models: number): string {
  return models === 2 ? ' → ' : ' / ';
}

function Cell({ rates }: { rates: readonly (number | null)[] }) {
  const texts = rates.map(points);
  const most = points(Math.max(...rates.map((value) => value ?? 0)));
  const alike = texts.every((text) => text === texts[0]);
  return (
    <td class="n">
      {texts.map((text, i) => (
        <>
          {i > 0 ? between(texts.length) : ''}
          {!alike && text === most ? <b>{text}</b> : text}
        </>
      ))}
    </td>
  );
}
