// AssemblyScript: compiled to WebAssembly SIMD by scripts/kernels.mjs into src/image/kernels-wasm.ts.
// Kernels keep no data of their own; every pointer is to 16-byte aligned memory with 64 bytes of slack behind it.
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
export { displace } from './displace';
export { pixelate } from './pixelate';
export { sumTaps } from './taps';
export { flipAcross, turnClockwise } from './turn';
export { warpAffine, warpProjective, warpRadial } from './warp';
