// AssemblyScript: compiled to WebAssembly SIMD by scripts/kernels.mjs into src/image/kernels-wasm.ts.
// Kernels keep no data of their own; every pointer is to 16-byte aligned memory with 64 bytes of slack behind it.
export { replaceByNear } from './glass';
export { fillPlanes } from './letterbox';
export { padBytes, padFloats, sumGroups, sumTaps } from './taps';
