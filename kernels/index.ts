// AssemblyScript: compiled to WebAssembly SIMD by scripts/kernels.mjs into src/image/kernels-wasm.ts.
// Kernels keep no data of their own; every pointer is to 16-byte aligned memory with 64 bytes of slack behind it.
export { findEdges } from './canny';
export { chamferDistance } from './distance';
export { replaceByNear } from './glass';
export { fillPlanes } from './letterbox';
export { medianByHistogram } from './median-histogram';
export { medianOf9, medianOf25 } from './median-sort';
export { padBytes } from './pad';
export { addSnow, drawFlakes } from './snow';
export { addMud, addWater, liquidLevels, liquidPresence } from './spatter';
export { padFloats, padToFloats, sumGroups, sumTaps } from './taps';
export { lightWater } from './water';
export { blendZoomed } from './zoom';
