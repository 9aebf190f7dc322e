/** The sums of one replicate in plain JavaScript. */
export function sumReplicatePortable(
  columns: readonly Float64Array[],
  groups: number,
  replicate: number,
  seed: number,
): number[] {
  const weights = new Float64Array(groups);
  const key = mix(seed ^ mix(replicate + 0x9e3779b9));
  for (let draw = 0; draw < groups; draw++) {
    const word = mix(key ^ mix(draw + 0x7f4a7c15));
    weights[Math.floor((word / 2 ** 32) * groups)]! += 1;
  }
  return columns.map((column) => column.reduce((sum, value, g) => sum + weights[g]! * value, 0));
}

function mix(word: number): number {
  let x = word >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
