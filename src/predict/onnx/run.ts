import { setTimeout as sleep } from 'node:timers/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Size } from '../../image/image.ts';
import type { Output } from '../decode/decoder.ts';
import { fromHalf } from './half.ts';
import type { ModelInput } from './input.ts';

/** A model that has not answered for one image by then never will. */
const DEADLINE_MS = 120_000;

/**
 * Asks the model about one image.
 *
 * @param planes 3 x height x width values of the input.
 * @throws RangeError when the answer is no numbers or does not come within the deadline.
 */
export async function runModel(
  session: InferenceSession,
  input: ModelInput,
  planes: Float32Array,
  size: Size,
): Promise<Output[]> {
  const results = await inTime(session.run(input.feeds(planes, size)));
  return session.outputNames.map((name) => {
    const value = results[name];
    const data = value ? numbersOf(value) : null;
    if (!value || data === null) {
      throw new RangeError(
        `output "${name}" is ${value?.type ?? 'missing'}, only numbers are read`,
      );
    }
    return { name, dims: value.dims, data, integer: !value.type.startsWith('float') };
  });
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = new AbortController();
  const deadline = sleep(DEADLINE_MS, null, { signal: late.signal, ref: false }).then(() => {
    throw new RangeError(`the model has not answered for ${DEADLINE_MS / 1000} seconds`);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    deadline.catch(() => {});
    late.abort();
  }
}

function numbersOf({ type, data }: Tensor): Float32Array | null {
  if (data instanceof Float32Array) return data;
  if (Array.isArray(data)) return null;
  if (type === 'float16') {
    return fromHalf(new Uint16Array(data.buffer, data.byteOffset, data.length));
  }
  return Float32Array.from<number | bigint>(data, Number);
}
