import { Buffer } from 'node:buffer';
import { KERNELS_WASM } from './kernels-wasm.ts';

const PAGE_BYTES = 65536;
/** What is before it is the kernels' own while one runs. */
const FIRST_BYTE = 1024;
/** Every array begins at a multiple of this. */
const ALIGNMENT = 16;
/** A kernel may read and write this far beyond the end of an array. */
const SLACK = 64;

/** A place in the kernels' memory, bytes from its beginning. */
export type Place = number;

const names = [
  'addImpulses',
  'addMud',
  'addNormals',
  'addPlane',
  'addSnow',
  'addWater',
  'blendColour',
  'blendPicture',
  'blendZoomed',
  'chamferDistance',
  'changeSaturation',
  'coverBand',
  'coverDisc',
  'coverGlow',
  'displace',
  'drawCounts',
  'drawFlakes',
  'dropPixels',
  'fillNormal',
  'fillPlanes',
  'fillUniform',
  'findEdges',
  'findGreatest',
  'findRange',
  'flipAcross',
  'freeze',
  'greySamples',
  'lightWater',
  'liquidLevels',
  'liquidPresence',
  'mapSamples',
  'maskSamples',
  'medianByHistogram',
  'medianOf25',
  'medianOf9',
  'padBytes',
  'padFloats',
  'padToFloats',
  'pixelate',
  'raiseValue',
  'refine',
  'replaceByNear',
  'spreadPlanes',
  'sumChannels',
  'sumGroups',
  'sumReplicates',
  'sumTaps',
  'sumWithout',
  'turnClockwise',
  'turnHue',
  'warpAffine',
  'warpProjective',
  'warpRadial',
] as const;

/** The functions of kernels/index.ts; what they take is told there. */
type Kernels = Readonly<Record<(typeof names)[number], (...parameters: number[]) => void>>;

type Data = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** The kernels' memory, given out from the end of what is kept: for one piece of work, all of it before the next `scratch()`. */
export interface Scratch {
  readonly kernels: Kernels;
  /** Room for so many bytes; what is in it is left over from before. */
  reserve(bytes: number): Place;
  /** A copy of an array. */
  put(data: Data): Place;
  bytes(at: Place, length: number): Uint8Array;
  floats(at: Place, length: number): Float32Array;
  doubles(at: Place, length: number): Float64Array;
  ints(at: Place, length: number): Int32Array;
}

const memory = new WebAssembly.Memory({ initial: 16 });

let instance: Kernels | null = null;

/** End of what is kept. */
let kept = FIRST_BYTE;

/**
 * A table that stays in the kernels' memory, made when its place is first asked for. Only while modules load:
 * later its room would be where work is.
 */
export function keep(bytes: number, make: () => Data): () => Place {
  const at = kept;
  kept = reserveAt(at, bytes);
  let made = false;
  return () => {
    if (!made) copyTo(at, make());
    made = true;
    return at;
  };
}

/**
 * Hands the memory out anew. Views last until the next `reserve` or `put`: growing takes them away; results
 * are copied out with `slice`.
 */
export function scratch(): Scratch {
  const kernels = (instance ??= instantiate());
  let end = kept;
  const reserve = (bytes: number): Place => {
    const at = end;
    end = reserveAt(at, bytes);
    return at;
  };
  return {
    kernels,
    reserve,
    put(data) {
      const at = reserve(data.byteLength);
      copyTo(at, data);
      return at;
    },
    bytes: (at, length) => new Uint8Array(memory.buffer, at, length),
    floats: (at, length) => new Float32Array(memory.buffer, at, length),
    doubles: (at, length) => new Float64Array(memory.buffer, at, length),
    ints: (at, length) => new Int32Array(memory.buffer, at, length),
  };
}

/** Sees to it that there is room; gives the place behind it. */
function reserveAt(at: Place, bytes: number): Place {
  const end = at + Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return end;
}

function copyTo(at: Place, data: Data): void {
  new Uint8Array(memory.buffer, at, data.byteLength).set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
}

function instantiate(): Kernels {
  const compiled = new WebAssembly.Module(Buffer.from(KERNELS_WASM, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const entries = names.map((name) => {
    const kernel: unknown = exports[name];
    if (!isKernel(kernel)) throw new TypeError(`the kernel module has no ${name}`);
    return [name, kernel];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an entry for each name
  return Object.fromEntries(entries) as Kernels;
}

function isKernel(value: unknown): value is Kernels[keyof Kernels] {
  return typeof value === 'function';
}
