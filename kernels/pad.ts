/**
 * Copies a picture into the middle of a larger one; the edges are repeated.
 *
 * @param channels Bytes of a pixel.
 * @param reach    Pixels added on every side.
 * @param stride   Bytes of a row of the target, at least those of the padded picture.
 */
export function padBytes(
  source: usize,
  width: i32,
  height: i32,
  channels: i32,
  reach: i32,
  target: usize,
  stride: i32,
): void {
  const length = width * channels;
  for (let y = -reach; y < height + reach; y++) {
    const from = source + min(max(y, 0), height - 1) * length;
    const to = target + (y + reach) * stride + reach * channels;
    memory.copy(to, from, length);
    for (let i = 0; i < reach * channels; i += channels) {
      memory.copy(to - reach * channels + i, from, channels);
      memory.copy(to + length + i, from + length - channels, channels);
    }
  }
}
