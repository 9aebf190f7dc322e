/**
 * Copies a picture into the middle of a larger one; beyond the edges they are repeated, or the picture is mirrored
 * without them.
 *
 * @param pixelBytes Bytes of a pixel.
 * @param reach      Pixels added on every side; mirrored, at most 1.
 * @param mirrored   0 or 1.
 * @param stride     Bytes of a row of the target, at least those of the padded picture.
 */
export function padBytes(
  source: usize,
  width: i32,
  height: i32,
  pixelBytes: i32,
  reach: i32,
  mirrored: i32,
  target: usize,
  stride: i32,
): void {
  const length = width * pixelBytes;
  const margin = reach * pixelBytes;
  const first = min(mirrored, width - 1) * pixelBytes;
  const last = length - pixelBytes - first;
  for (let y = -reach; y < height + reach; y++) {
    let inside = min(max(y, 0), height - 1);
    if (mirrored && inside !== y) inside = min(max(2 * inside - y, 0), height - 1);
    const from = source + inside * length;
    const to = target + (y + reach) * stride + margin;
    memory.copy(to, from, length);
    for (let i = 0; i < margin; i += pixelBytes) {
      memory.copy(to - margin + i, from + first, pixelBytes);
      memory.copy(to + length + i, from + last, pixelBytes);
    }
  }
}
