import { blues, greens, pixelsOf, reds } from './pixels';

// A cover is a float for each pixel, 0 to 1: how much of what lies over the picture shows there.

/** A band with soft rims: its middle line goes through (x, y) across the direction (cosine, sine). */
export function coverBand(
  cover: usize,
  width: i32,
  height: i32,
  x: f32,
  y: f32,
  cosine: f32,
  sine: f32,
  reach: f32,
  rim: f32,
): void {
  const cosines = f32x4.splat(cosine);
  const reaches = f32x4.splat(reach);
  const rims = f32x4.splat(rim);
  for (let row = 0; row < height; row++) {
    const along = f32x4.splat((<f32>row - y) * sine);
    let columns = f32x4(0, 1, 2, 3);
    for (let column = 0; column < width; column += 4) {
      const dx = f32x4.sub(columns, f32x4.splat(x));
      const across = f32x4.abs(f32x4.add(f32x4.mul(dx, cosines), along));
      const inside = f32x4.add(f32x4.div(f32x4.sub(reaches, across), rims), f32x4.splat(0.5));
      v128.store(cover + ((<usize>(row * width + column)) << 2), clipped(inside));
      columns = f32x4.add(columns, f32x4.splat(4));
    }
  }
}

/** A spot that fades from its middle to its rim. */
export function coverGlow(cover: usize, width: i32, height: i32, x: f32, y: f32, reach: f32): void {
  const reaches = f32x4.splat(reach);
  for (let row = 0; row < height; row++) {
    const dy = (<f32>row + 0.5 - y) / reach;
    const square = f32x4.splat(1 - dy * dy);
    let centres = f32x4(0.5, 1.5, 2.5, 3.5);
    for (let column = 0; column < width; column += 4) {
      const across = f32x4.div(f32x4.sub(centres, f32x4.splat(x)), reaches);
      const rise = f32x4.pmax(f32x4.sub(square, f32x4.mul(across, across)), f32x4.splat(0));
      v128.store(cover + ((<usize>(row * width + column)) << 2), f32x4.mul(rise, rise));
      centres = f32x4.add(centres, f32x4.splat(4));
    }
  }
}

/** Adds a disc to a cover: whole inside, falling to 0 over the outer half of the squared radius. */
export function coverDisc(
  cover: usize,
  width: i32,
  height: i32,
  x: f32,
  y: f32,
  radius: f32,
): void {
  const radii = f32x4.splat(radius);
  const left = max(<i32>floor(x - radius), 0);
  const right = min(<i32>ceil(x + radius), width);
  const top = max(<i32>floor(y - radius), 0);
  const bottom = min(<i32>ceil(y + radius), height);
  for (let row = top; row < bottom; row++) {
    const dy = (<f32>row + 0.5 - y) / radius;
    const square = f32x4.splat(dy * dy);
    let columns = i32x4.add(i32x4.splat(left), i32x4(0, 1, 2, 3));
    for (let column = left; column < right; column += 4) {
      const centres = f32x4.add(f32x4.convert_i32x4_s(columns), f32x4.splat(0.5));
      const dx = f32x4.div(f32x4.sub(centres, f32x4.splat(x)), radii);
      const distance = f32x4.add(f32x4.mul(dx, dx), square);
      const share = clipped(f32x4.sub(f32x4.splat(2), f32x4.add(distance, distance)));
      const at = cover + ((<usize>(row * width + column)) << 2);
      const inside = v128.and(share, i32x4.lt_s(columns, i32x4.splat(right)));
      v128.store(at, f32x4.pmax(v128.load(at), inside));
      columns = i32x4.add(columns, i32x4.splat(4));
    }
  }
}

/** Lays a colour over a picture, its share the cover times `strength`. */
export function blendColour(
  source: usize,
  target: usize,
  pixels: i32,
  cover: usize,
  strength: f32,
  red: f32,
  green: f32,
  blue: f32,
): void {
  const strengths = f32x4.splat(strength);
  for (let i = 0; i < pixels; i += 4) {
    const samples = v128.load(source + <usize>i * 3);
    const share = f32x4.mul(v128.load(cover + ((<usize>i) << 2)), strengths);
    v128.store(
      target + <usize>i * 3,
      pixelsOf(
        towards(f32x4.convert_i32x4_s(reds(samples)), f32x4.splat(red), share),
        towards(f32x4.convert_i32x4_s(greens(samples)), f32x4.splat(green), share),
        towards(f32x4.convert_i32x4_s(blues(samples)), f32x4.splat(blue), share),
      ),
    );
  }
}

/** Lays one picture over another, its share the cover. */
export function blendPicture(
  source: usize,
  target: usize,
  pixels: i32,
  cover: usize,
  over: usize,
): void {
  for (let i = 0; i < pixels; i += 4) {
    const lower = v128.load(source + <usize>i * 3);
    const upper = v128.load(over + <usize>i * 3);
    const share = v128.load(cover + ((<usize>i) << 2));
    v128.store(
      target + <usize>i * 3,
      pixelsOf(
        towards(f32x4.convert_i32x4_s(reds(lower)), f32x4.convert_i32x4_s(reds(upper)), share),
        towards(f32x4.convert_i32x4_s(greens(lower)), f32x4.convert_i32x4_s(greens(upper)), share),
        towards(f32x4.convert_i32x4_s(blues(lower)), f32x4.convert_i32x4_s(blues(upper)), share),
      ),
    );
  }
}

function towards(sample: v128, other: v128, share: v128): v128 {
  const moved = f32x4.add(sample, f32x4.mul(f32x4.sub(other, sample), share));
  return f32x4.add(moved, f32x4.splat(0.5));
}

function clipped(share: v128): v128 {
  return f32x4.pmax(f32x4.pmin(share, f32x4.splat(1)), f32x4.splat(0));
}
