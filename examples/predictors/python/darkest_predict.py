"""A model without a framework: it finds the darkest thing in a picture. predictor.command: [python, darkest_predict.py]"""

import struct
import zlib

from robustness_gate import serve


def pixels_of(png):
    """Rows of RGB bytes of an 8-bit RGB PNG without interlace, as the gate sends it."""
    at, data, width, height = 8, b"", 0, 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height = struct.unpack(">II", chunk[:8])
        elif kind == b"IDAT":
            data += chunk
        at += length + 12
    raw, rows, above = zlib.decompress(data), [], bytes(3 * width)
    for y in range(height):
        start = y * (3 * width + 1)
        above = unfilter(raw[start], bytearray(raw[start + 1 : start + 1 + 3 * width]), above)
        rows.append(above)
    return rows


def unfilter(kind, row, above):
    for i in range(len(row)):
        left = row[i - 3] if i >= 3 else 0
        corner = above[i - 3] if i >= 3 else 0
        if kind == 1:
            row[i] = (row[i] + left) & 255
        elif kind == 2:
            row[i] = (row[i] + above[i]) & 255
        elif kind == 3:
            row[i] = (row[i] + (left + above[i]) // 2) & 255
        elif kind == 4:
            estimate = left + above[i] - corner
            near = min((left, above[i], corner), key=lambda value: abs(estimate - value))
            row[i] = (row[i] + near) & 255
    return bytes(row)


def predict(png):
    rows = pixels_of(png)
    light = [[sum(row[x : x + 3]) for x in range(0, len(row), 3)] for row in rows]
    values = sorted(value for row in light for value in row)
    limit = (values[0] + values[-1]) / 2
    dark = [(x, y) for y, row in enumerate(light) for x, value in enumerate(row) if value < limit]
    if not dark:
        return []
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return [{"class": 0, "confidence": 0.9, "box": [min(xs), min(ys), max(xs) + 1, max(ys) + 1]}]


if __name__ == "__main__":
    serve(predict, classes=["Person"], model="darkest thing")
