"""Makes __tests__/goldens/boxes/moved.json: where Albumentations moves random boxes, by its `ellipse` method.

    python -m venv /tmp/albu && /tmp/albu/bin/pip install -r requirements-boxes.txt
    /tmp/albu/bin/python make_boxes.py

A case has a perturbation, its severity, the uniform draws that the product is to be given, boxes, and for each box
where it is then, clipped, or null where under a quarter of its area is inside. What Albumentations does not have (its
perspective takes the hull of the corners, its lens distortion another formula) is sampled densely here.
"""

import json
import os
from pathlib import Path

os.environ["NO_ALBUMENTATIONS_UPDATE"] = "1"

import albumentations as A
import numpy as np

OUT = Path(__file__).parent.parent / "goldens" / "boxes" / "moved.json"
# All shifts and crops of the severities are whole pixels: Albumentations takes no others.
WIDTH, HEIGHT = 200, 100
IMAGE = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
BOXES = 6
LEAST_VISIBLE = 0.25

RNG = np.random.default_rng(7)


def affine(**options):
    return A.Affine(rotate_method="ellipse", p=1, **options)


def fixed(value):
    return (value, value)


def sign(draw):
    return -1 if draw < 0.5 else 1


def rotation(level, draws):
    degrees = [5, 10, 15, 22.5, 30][level]
    # Albumentations counts counter-clockwise, we clockwise.
    return affine(rotate=fixed(-sign(draws[0]) * degrees))


def shear(level, draws):
    degrees = [4, 7, 10, 15, 20][level]
    # Albumentations turns the sign.
    return affine(shear={axis: fixed(-sign(draw) * degrees) for axis, draw in zip("xy", draws)})


def scale(level, _):
    return affine(scale=fixed([0.9, 0.8, 0.7, 0.6, 0.5][level]))


def translation(level, draws):
    fraction = [0.05, 0.1, 0.15, 0.2, 0.3][level]
    sizes = {"x": WIDTH, "y": HEIGHT}
    return affine(
        translate_px={
            axis: fixed(sign(draw) * round(fraction * sizes[axis])) for axis, draw in zip("xy", draws)
        }
    )


KEEP = [0.95, 0.88, 0.8, 0.7, 0.6]


def crop_draws(level):
    spare = [round((1 - KEEP[level]) * size) for size in (WIDTH, HEIGHT)]
    return [int(RNG.integers(0, room)) / room for room in spare]


def crop(level, draws):
    width, height = [round(KEEP[level] * size) for size in (WIDTH, HEIGHT)]
    left, top = round(draws[0] * (WIDTH - width)), round(draws[1] * (HEIGHT - height))
    return [
        A.Crop(left, top, left + width, top + height, p=1),
        A.Resize(HEIGHT, WIDTH, p=1),
    ]


def rotate_90(*_):
    turn = A.RandomRotate90(p=1)
    turn.get_params = lambda: {"factor": 3}
    return turn


def albumentations(transform, boxes):
    """Moved boxes, null where Albumentations drops them."""

    def kept(least):
        compose = A.Compose(
            transform if isinstance(transform, list) else [transform],
            bbox_params=A.BboxParams(
                "pascal_voc",
                label_fields=["rows"],
                min_visibility=least,
                # A box that leaves by the crop is judged once, at the end.
                check_each_transform=False,
            ),
        )
        result = compose(image=IMAGE, bboxes=boxes, rows=list(range(len(boxes))))
        moved = {int(row): list(map(float, box)) for row, box in zip(result["rows"], result["bboxes"])}
        return [moved.get(row) for row in range(len(boxes))]

    return kept(LEAST_VISIBLE), clear(kept)


def clear(kept):
    """Whether no box is so near a quarter that rounding decides."""
    shown = [[box is None for box in kept(LEAST_VISIBLE + offset)] for offset in (-0.001, 0.001)]
    return shown[0] == shown[1]


def perspective(level, draws):
    fraction = [0.04, 0.08, 0.12, 0.18, 0.25][level]
    x, y = [np.array(draws[k::2]) * fraction * size for k, size in ((0, WIDTH), (1, HEIGHT))]
    before = [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)]
    after = [(x[0], y[0]), (WIDTH - x[1], y[1]), (WIDTH - x[2], HEIGHT - y[2]), (x[3], HEIGHT - y[3])]
    rows = [
        row
        for (a, b), (c, d) in zip(before, after)
        for row in ([a, b, 1, 0, 0, 0, -a * c, -b * c], [0, 0, 0, a, b, 1, -a * d, -b * d])
    ]
    matrix = np.append(np.linalg.solve(rows, np.array(after).ravel()), 1).reshape(3, 3)

    def move(points):
        u, v, w = matrix @ np.vstack([points, np.ones(points.shape[1])])
        return np.stack([u / w, v / w])

    return move


def lens_distortion(level, _):
    strength = [0.05, 0.1, 0.2, 0.3, 0.45][level]
    centre = np.array([[WIDTH / 2], [HEIGHT / 2]])
    # A point of the result at radius r is from r (1 + strength r²); radii of a fine table, 1 in the corner.
    after = np.linspace(0, 1, 1_000_001)
    before = after * (1 + strength * after**2)

    def move(points):
        offset = points - centre
        radius = np.hypot(*offset) / np.hypot(*centre)
        ratio = np.interp(radius, before, after) / np.maximum(radius, 1e-12)
        return centre + offset * ratio

    return move


def sampled(move, boxes):
    """The same as `albumentations` by 100,000 points on each ellipse."""
    angles = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    wholes = []
    for x1, y1, x2, y2 in boxes:
        points = np.stack(
            [(x1 + x2) / 2 + (x2 - x1) / 2 * np.cos(angles), (y1 + y2) / 2 + (y2 - y1) / 2 * np.sin(angles)]
        )
        moved = move(points)
        wholes.append([*moved.min(axis=1), *moved.max(axis=1)])

    def kept(least):
        result = []
        for whole in wholes:
            inside = np.clip(whole, 0, [WIDTH, HEIGHT, WIDTH, HEIGHT])
            area, visible = [max(0, c - a) * max(0, d - b) for a, b, c, d in (whole, inside)]
            result.append([float(value) for value in inside] if visible >= least * area else None)
        return result

    return kept(LEAST_VISIBLE), clear(kept)


def uniforms(count):
    return lambda _: [round(float(draw), 4) for draw in RNG.uniform(size=count)]


# Levels, draws, transform, what moves the boxes with it.
CASES = {
    "horizontal_flip": (1, uniforms(0), lambda *_: A.HorizontalFlip(p=1), albumentations),
    "vertical_flip": (1, uniforms(0), lambda *_: A.VerticalFlip(p=1), albumentations),
    "rotate_90": (1, uniforms(0), rotate_90, albumentations),
    "rotation": (5, uniforms(1), rotation, albumentations),
    "shear": (5, uniforms(2), shear, albumentations),
    "scale": (5, uniforms(0), scale, albumentations),
    "translation": (5, uniforms(2), translation, albumentations),
    "crop": (5, crop_draws, crop, albumentations),
    "perspective": (5, uniforms(8), perspective, sampled),
    "lens_distortion": (5, uniforms(0), lens_distortion, sampled),
}


def random_boxes():
    x1, y1 = RNG.uniform(0, WIDTH - 2, BOXES), RNG.uniform(0, HEIGHT - 2, BOXES)
    share = RNG.uniform(0, 1, (2, BOXES)) ** 2
    x2, y2 = x1 + 2 + share[0] * (WIDTH - 2 - x1), y1 + 2 + share[1] * (HEIGHT - 2 - y1)
    return np.round(np.stack([x1, y1, x2, y2], axis=1), 2).tolist()


def main():
    lines = []
    for name, (levels, draw, make, mover) in CASES.items():
        for level in range(levels):
            for _ in range(2):
                draws = draw(level)
                settled = False
                while not settled:
                    boxes = random_boxes()
                    moved, settled = mover(make(level, draws), boxes)
                case = {
                    "perturbation": name,
                    "severity": level + 1,
                    "uniforms": draws,
                    "boxes": boxes,
                    "moved": [box and [round(value, 5) for value in box] for box in moved],
                }
                lines.append(f"  {json.dumps(case)}")
    OUT.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
