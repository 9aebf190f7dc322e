/**
 * Resizes RGB bytes and looks each of them up in the table of its channel: planes of floats.
 * Bilinear in the fixed point of OpenCV: weights of 11 bits, rows kept with them, columns in 16.
 *
 * @param width   Pixels of the result, as is `height`.
 * @param across  For each column of the result three numbers: byte of the left pixel and of the right one in
 *                a row of the source, weight of the right one.
 * @param down    For each row of the result three: source row above, source row below, weight of the lower one.
 * @param rows    Room for two rows of `width` times 16 bytes.
 * @param tables  Three tables of 256 floats: of red, green and blue.
 * @param red     Where the plane of red has the result's first pixel; as `green` and `blue`.
 * @param stride  Floats of a row of a plane.
 */
export function fillPlanes(
  source: usize,
  sourceStride: i32,
  width: i32,
  height: i32,
  across: usize,
  down: usize,
  rows: usize,
  tables: usize,
  red: usize,
  green: usize,
  blue: usize,
  stride: i32,
): void {
  const one = i32x4.splat(2048);
  const half = i32x4.splat(2);
  const size = (<usize>width) << 4;
  let keptEven = -1;
  let keptOdd = -1;
  for (let y = 0; y < height; y++) {
    const above = load<i32>(down);
    const below = load<i32>(down, 4);
    const weight = i32x4.splat(load<i32>(down, 8));
    const rest = i32x4.sub(one, weight);
    down += 12;
    for (let k = 0; k < 2; k++) {
      const row = k == 0 ? above : below;
      const odd = (row & 1) != 0;
      if ((odd ? keptOdd : keptEven) == row) continue;
      if (odd) keptOdd = row;
      else keptEven = row;
      resizeRow(source + <usize>(row * sourceStride), width, across, rows + (odd ? size : 0));
    }
    let upper = rows + ((above & 1) != 0 ? size : 0);
    let lower = rows + ((below & 1) != 0 ? size : 0);
    let at = (<usize>(y * stride)) << 2;
    for (let x = 0; x < width; x++) {
      const sum = i32x4.add(
        i32x4.shr_s(i32x4.mul(rest, i32x4.shr_s(v128.load(upper), 4)), 16),
        i32x4.shr_s(i32x4.mul(weight, i32x4.shr_s(v128.load(lower), 4)), 16),
      );
      const samples = i32x4.shl(i32x4.shr_s(i32x4.add(sum, half), 2), 2);
      store<f32>(red + at, load<f32>(tables + <usize>i32x4.extract_lane(samples, 0)));
      store<f32>(green + at, load<f32>(tables + <usize>i32x4.extract_lane(samples, 1), 1024));
      store<f32>(blue + at, load<f32>(tables + <usize>i32x4.extract_lane(samples, 2), 2048));
      upper += 16;
      lower += 16;
      at += 4;
    }
  }
}

/** The same for an image that has its size already. */
export function spreadPlanes(
  source: usize,
  width: i32,
  height: i32,
  tables: usize,
  red: usize,
  green: usize,
  blue: usize,
  stride: i32,
): void {
  for (let y = 0; y < height; y++) {
    let at = (<usize>(y * stride)) << 2;
    for (let x = 0; x < width; x++) {
      store<f32>(red + at, load<f32>(tables + ((<usize>load<u8>(source)) << 2)));
      store<f32>(green + at, load<f32>(tables + ((<usize>load<u8>(source, 1)) << 2), 1024));
      store<f32>(blue + at, load<f32>(tables + ((<usize>load<u8>(source, 2)) << 2), 2048));
      source += 3;
      at += 4;
    }
  }
}

function resizeRow(source: usize, width: i32, across: usize, row: usize): void {
  const one = i32x4.splat(2048);
  for (let x = 0; x < width; x++) {
    const weight = v128.load32_splat(across, 8);
    const left = pixel(source + <usize>load<i32>(across));
    const right = pixel(source + <usize>load<i32>(across, 4));
    v128.store(row, i32x4.add(i32x4.mul(left, i32x4.sub(one, weight)), i32x4.mul(right, weight)));
    across += 12;
    row += 16;
  }
}

/** Four bytes as whole numbers of 32 bits. */
function pixel(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}
