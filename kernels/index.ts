// AssemblyScript: compiled to WebAssembly SIMD by scripts/kernels.mjs into src/image/kernels-wasm.ts.
// Kernels keep no data of their own; every pointer is to 16-byte aligned memory with 64 bytes of slack behind it.
// The first kilobyte is theirs while one runs.
export { addPlane, findGreatest } from './plane';
export { addImpulses, addNormals, drawCounts, dropPixels } from './noise';
export { findRange, freeze, refine } from './plasma';
export { fillNormal, fillUniform } from './random';
export { sumTaps } from './taps';
