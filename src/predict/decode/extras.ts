import type { ModelFacts } from './decoder.ts';

/** What a YOLO head says of a box beside its corners and classes. */
export interface BoxExtras {
  /** Fields of a box; null where any number may follow. */
  readonly fields: number | null;
  /** For a person: `32 mask coefficients`. */
  readonly what: string | null;
  /** One sentence each. */
  readonly notes: readonly string[];
}

/**
 * Masks and key points of a YOLO model, which are not judged: its boxes are.
 *
 * @returns null when the outputs are not those of a model with boxes.
 */
export function boxExtras({ outputs, task }: ModelFacts): BoxExtras | null {
  const [, second, third] = outputs;
  if (third) return null;
  if (second) {
    const [, coefficients = 0] = second.dims;
    if (second.dims.length !== 4) return null;
    return {
      fields: coefficients,
      what: `${coefficients} mask coefficients`,
      notes: ['A segmentation model: its boxes are judged, its masks are not.'],
    };
  }
  if (task === 'pose') {
    return {
      fields: null,
      what: 'key points',
      notes: ['A pose model: its boxes are judged, its key points are not.'],
    };
  }
  return { fields: 0, what: null, notes: [] };
}
