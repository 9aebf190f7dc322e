/** Left and right change places. */
export function flipAcross(source: usize, target: usize, width: i32, height: i32): void {
  const row = <usize>width * 3;
  // Engines make a constant anew each time round, but keep what was loaded.
  v128.store(0, i8x16(12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2, 15));
  const reversed = v128.load(0);
  for (let y = 0; y < height; y++, source += row, target += row) {
    // Five pixels at a time; what is written beyond a row's end the next row writes again.
    let from = source + row - 15;
    for (let to: usize = 0; to < row; to += 15, from -= 15) {
      v128.store(target + to, i8x16.swizzle(v128.load(from), reversed));
    }
  }
}

/** Rows of a block: what a column of it touches stays in the cache. */
const BLOCK: i32 = 64;

/** A quarter turn clockwise. */
export function turnClockwise(source: usize, target: usize, width: i32, height: i32): void {
  const row = <usize>width * 3;
  for (let bottom = height; bottom > 0; bottom -= BLOCK) {
    const top = max(bottom - BLOCK, 0);
    for (let x = 0; x < width; x++) {
      let from = source + <usize>((bottom - 1) * width + x) * 3;
      let to = target + <usize>(x * height + height - bottom) * 3;
      let y = bottom;
      for (; y - 4 >= top; y -= 4, to += 12) {
        const a = pixel(from);
        const b = pixel((from -= row));
        const c = pixel((from -= row));
        const d = pixel((from -= row));
        from -= row;
        store<u64>(to, a | (b << 24) | (c << 48));
        store<u32>(to, <u32>((c >> 16) | (d << 8)), 8);
      }
      for (; y > top; y--, from -= row, to += 3) {
        store<u16>(to, load<u16>(from));
        store<u8>(to, load<u8>(from, 2), 2);
      }
    }
  }
}

function pixel(at: usize): u64 {
  return <u64>(load<u32>(at) & 0xffffff);
}
