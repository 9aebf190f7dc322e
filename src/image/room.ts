import type { Image } from './image.ts';

/** Images that are kept for what comes next. */
const MOST = 2;

const spare: Uint8Array[] = [];

/** Bytes for an image, to be written whole: of one that was given back, or fresh. */
export function takeBytes(length: number): Uint8Array {
  const at = spare.findIndex((data) => data.length === length);
  const [found] = at < 0 ? [] : spare.splice(at, 1);
  return found ?? new Uint8Array(length);
}

/** A copy of the bytes of an image. */
export function copyBytes(data: Uint8Array): Uint8Array {
  const copy = takeBytes(data.length);
  copy.set(data);
  return copy;
}

/**
 * Gives back the bytes of an image that nobody reads any more. The pages of a fresh array cost several times what
 * a flip does.
 */
export function giveBack({ data }: Image): void {
  if (data.byteLength !== data.buffer.byteLength || spare.includes(data)) return;
  spare.push(data);
  if (spare.length > MOST) spare.shift();
}
