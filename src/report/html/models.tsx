import {
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';

/** A model of the page, told by shape, line and colour: the first hollow and dashed, the second filled and solid. */
export interface ShownModel {
  /** Short: `baseline`, `candidate`, `A`. */
  readonly label: string;
  /** What it is. Untrusted. */
  readonly title: string;
}

const shapes = [
  symbolCircle,
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolWye,
] as const;

/** Styles that there are; more models begin anew. */
export const MODEL_STYLES = shapes.length;

/** The CSS class that gives a model its line and colour. */
export function modelClass(index: number): string {
  return `m${index % MODEL_STYLES}`;
}

/** A model's mark: a path around (0, 0). The first is larger, so that both are seen where they coincide. */
export function markPath(index: number): string {
  const type = shapes[index % MODEL_STYLES] ?? symbolCircle;
  return symbol(type, index === 0 ? 88 : 50)() ?? '';
}

/** Which mark is which model. */
export function ModelLegend({ models }: { models: readonly ShownModel[] }) {
  return (
    <>
      {models.map(({ label, title }, index) => (
        <li class={modelClass(index)}>
          <svg width="34" height="14" aria-hidden="true">
            <line class="line" x1="1" x2="33" y1="7" y2="7" />
            <path class="mark" d={markPath(index)} transform="translate(17 7)" />
          </svg>
          {label === title ? label : `${label}: ${title}`}
        </li>
      ))}
    </>
  );
}
