// AssemblyScript: compiled to WebAssembly SIMD by scripts/kernels.mjs into src/image/kernels-wasm.ts.
// Kernels keep no data of their own; every pointer is to 16-byte aligned memory with 64 bytes of slack behind it.
// The first kilobyte of the memory is theirs while one runs.
export { findEdges } from './canny';
export {
  changeSaturation,
  greySamples,
  mapSamples,
  maskSamples,
  raiseValue,
  sumChannels,
  turnHue,
} from './colour';
export { blendColour, blendPicture, coverBand, coverDisc, coverGlow } from './cover';
export { sumWithout } from './delete';
export { displace } from './displace';
export { chamferDistance } from './distance';
export { replaceByNear } from './glass';
export { sumGroups } from './groups';
export { fillPlanes, spreadPlanes } from './letterbox';
export { medianByHistogram } from './median-histogram';
export { medianOf25, medianOf9 } from './median-sort';
export { addImpulses, addNormals, drawCounts, dropPixels } from './noise';
export { padBytes } from './pad';
export { pixelate } from './pixelate';
export { addPlane, findGreatest } from './plane';
export { findRange, freeze, refine } from './plasma';
export { fillNormal, fillUniform } from './random';
export { sumReplicates } from './replicates';
export { addSnow, drawFlakes } from './snow';
export { addMud, addWater, liquidLevels, liquidPresence } from './spatter';
export { padFloats, padToFloats, sumTaps } from './taps';
export { flipAcross, turnClockwise } from './turn';
export { warpAffine, warpProjective, warpRadial } from './warp';
export { lightWater } from './water';
export { blendZoomed } from './zoom';
