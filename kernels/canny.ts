/** Tangent of 22.5 degrees in units of 2^-15. */
const TANGENT = 13573;

const WEAK: u8 = 1;
const EDGE: u8 = 2;

/**
 * Edges of a grey picture, thinned, and linked from strong ones along weak ones.
 *
 * @param grey   Bytes, with a border of one pixel.
 * @param stride Pixels of a row of the padded picture and of all that is made of it: a multiple of 8, at least
 *               width + 8.
 * @param low    Strength of the gradient above which a pixel is a weak edge, high: a strong one.
 * @param target Bytes, 1 on edges.
 * @param work   Room for stride * (height + 2) * 11 bytes.
 * @see Canny 1986; OpenCV `Canny` with aperture 3 and the L1 norm.
 */
export function findEdges(
  grey: usize,
  stride: i32,
  width: i32,
  height: i32,
  low: i32,
  high: i32,
  target: usize,
  work: usize,
): void {
  const pixels = stride * (height + 2);
  const strength = work;
  const across = strength + 2 * pixels;
  const down = across + 2 * pixels;
  const stack = down + 2 * pixels;
  const state = stack + 4 * pixels;
  memory.fill(strength, 0, pixels * 2);
  memory.fill(state, 0, pixels);
  for (let y = 1; y <= height; y++) {
    const at = y * stride + 1;
    sobel(grey + at, stride, width, strength + 2 * at, across + 2 * at, down + 2 * at);
  }
  let top = stack;
  for (let y = 1; y <= height; y++) {
    for (let at = y * stride + 1, end = at + width; at < end; at++) {
      const here = load<i16>(strength + 2 * at);
      if (here <= low) continue;
      const dx = load<i16>(across + 2 * at);
      const dy = load<i16>(down + 2 * at);
      if (!isCrest(strength + 2 * at, 2 * stride, dx, dy)) continue;
      store<u8>(state + at, here > high ? EDGE : WEAK);
      if (here <= high) continue;
      store<i32>(top, at);
      top += 4;
    }
  }
  link(stack, top, state, stride);
  for (let y = 1; y <= height; y++, target += width) {
    const row = state + y * stride + 1;
    for (let x = 0; x < width; x += 16) {
      v128.store(target + x, i8x16.shr_u(v128.load(row + x), 1));
    }
  }
}

/** Gradients of a row, of 3 x 3 pixels each, and their strength |across| + |down|. */
function sobel(
  grey: usize,
  stride: i32,
  width: i32,
  strength: usize,
  across: usize,
  down: usize,
): void {
  for (let x = 0; x < width; x += 8) {
    const above = grey + x - stride;
    const middle = grey + x;
    const below = middle + stride;
    // Opposite corners.
    const falling = i16x8.sub(v128.load8x8_u(below + 1), v128.load8x8_u(above - 1));
    const rising = i16x8.sub(v128.load8x8_u(above + 1), v128.load8x8_u(below - 1));
    const level = i16x8.sub(v128.load8x8_u(middle + 1), v128.load8x8_u(middle - 1));
    const upright = i16x8.sub(v128.load8x8_u(below), v128.load8x8_u(above));
    const dx = i16x8.add(i16x8.add(falling, rising), i16x8.shl(level, 1));
    const dy = i16x8.add(i16x8.sub(falling, rising), i16x8.shl(upright, 1));
    v128.store(across + 2 * x, dx);
    v128.store(down + 2 * x, dy);
    v128.store(strength + 2 * x, i16x8.add(i16x8.abs(dx), i16x8.abs(dy)));
  }
  // Beyond the edges there is no gradient.
  store<i16>(strength + 2 * width, 0);
}

/** Is the gradient here stronger than on both sides, across the edge? `row` is in bytes. */
function isCrest(at: usize, row: i32, dx: i32, dy: i32): bool {
  const here = load<i16>(at);
  const flat = abs(dx) * TANGENT;
  const steep = abs(dy) << 15;
  if (steep < flat) return here > load<i16>(at - 2) && here >= load<i16>(at + 2);
  if (steep > flat + (abs(dx) << 16)) {
    return here > load<i16>(at - row) && here >= load<i16>(at + row);
  }
  const slant = (dx ^ dy) < 0 ? row - 2 : row + 2;
  return here > load<i16>(at - slant) && here > load<i16>(at + slant);
}

/** Makes edges of the weak neighbours of edges, and of theirs: every pixel is on the stack at most once. */
function link(stack: usize, top: usize, state: usize, stride: i32): void {
  while (top > stack) {
    top -= 4;
    const at = load<i32>(top);
    for (let row = at - stride; row <= at + stride; row += stride) {
      for (let next = row - 1; next <= row + 1; next++) {
        if (load<u8>(state + next) !== WEAK) continue;
        store<u8>(state + next, EDGE);
        store<i32>(top, next);
        top += 4;
      }
    }
  }
}
