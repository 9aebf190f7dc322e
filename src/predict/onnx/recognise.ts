import { GateError } from '../../errors.ts';
import type { Size } from '../../image/image.ts';
import { type Decoder, type Head, type Output, shapeText } from '../decode/decoder.ts';
import { decoders } from '../decode/registry.ts';
import type { OnnxFile } from './file.ts';
import type { OnnxOptions } from './options.ts';

/** A model whose answer can be read. */
export interface Recognised {
  readonly decoder: Decoder;
  readonly head: Head;
  /** The model's class names. */
  readonly names: readonly string[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** What is no detector with upright boxes, by Ultralytics' name of its task. */
const OTHER_TASKS: Readonly<Record<string, string>> = {
  classify: 'a classifier, and the gate judges detectors',
  obb: 'a model of oriented boxes, and the gate judges upright ones',
};

/**
 * Finds the decoder of a model, and its class names: the config's, the model's own, or else the data set's in order.
 *
 * @param outputs A real answer to an input of the size `input`.
 * @param dataset The data set's class names.
 * @throws GateError naming shapes and known decoders when none fits.
 */
export function recogniseModel(
  outputs: readonly Output[],
  input: Size,
  file: OnnxFile,
  options: OnnxOptions,
  dataset: readonly string[],
): Recognised {
  const other = file.task === null ? undefined : OTHER_TASKS[file.task];
  if (other !== undefined) {
    throw new GateError('model', {
      message: `${options.model} is ${other} (its metadata says task ${file.task})`,
      fix: 'export a detection model',
    });
  }
  if (outputs.length === 1 && outputs[0]?.dims.length === 2 && outputs[0].dims[0] === 1) {
    throw new GateError('model', {
      message: `${options.model} answers ${shapeText(outputs[0])}, scores without boxes, as a classifier does, and the gate judges detectors`,
      fix: 'export a detection model',
    });
  }
  const given = options.names ?? file.names;
  const wanted = decoders.filter(
    ({ name }) => options.decoder === 'auto' || options.decoder === name,
  );
  // Nobody names classes: as many as the data set has come first, then whatever the shapes tell.
  for (const classNames of given ? [given] : [dataset, null]) {
    for (const decoder of wanted) {
      const { task, endToEnd } = file;
      const head = decoder.recognise({ outputs, input, classNames, task, endToEnd });
      if (head) return { decoder, head, ...classNamesOf(given, head, dataset, options.model) };
    }
  }
  const shapes = outputs.map(shapeText).join(', ');
  const classes = given === null ? 'unknown class names' : `${given.length} class names`;
  throw new GateError('model', {
    message: `${options.model}: ${options.decoder === 'auto' ? 'no decoder knows' : `decoder ${options.decoder} does not fit`} the output: ${shapes}; input ${input.width} x ${input.height}, ${classes}`,
    fix: `set predictor.decoder to one of ${decoders.map(({ name }) => name).join(', ')} and predictor.names to the model's class names, or export one of: ${decoders.map(({ title }) => title).join('; ')}`,
  });
}

function classNamesOf(
  given: readonly string[] | null,
  head: Head,
  dataset: readonly string[],
  model: string,
): Pick<Recognised, 'names' | 'notes'> {
  if (given) return { names: given, notes: head.notes };
  if (head.classCount === null || head.classCount === dataset.length) {
    return {
      names: dataset,
      notes: [
        ...head.notes,
        'The model names no classes; the data set’s names in their order were assumed.',
      ],
    };
  }
  throw new GateError('model', {
    message: `${model}: the model has ${head.classCount} classes without names, the data set ${dataset.length}`,
    fix: `list the model's ${head.classCount} class names in order: predictor.names: [...]`,
  });
}
