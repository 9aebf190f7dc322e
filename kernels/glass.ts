/**
 * Replaces every pixel by one at most `delta` away, from the last to the first, over and over. A border stays.
 *
 * @param data  RGB bytes, changed in place.
 * @param draws Two floats in [0, 1) for each pixel and round: how far right, how far down.
 */
export function replaceByNear(
  data: usize,
  width: i32,
  height: i32,
  delta: i32,
  rounds: i32,
  draws: usize,
): void {
  const span = <f32>(delta + delta);
  for (let round = 0; round < rounds; round++) {
    for (let y = height - delta; y > delta; y--) {
      for (let x = width - delta; x > delta; x--) {
        const dx = <i32>(load<f32>(draws) * span) - delta;
        const dy = <i32>(load<f32>(draws, 4) * span) - delta;
        const from = data + <usize>(((y + dy) * width + x + dx) * 3);
        const to = data + <usize>((y * width + x) * 3);
        store<u16>(to, load<u16>(from));
        store<u8>(to, load<u8>(from, 2), 2);
        draws += 8;
      }
    }
  }
}
