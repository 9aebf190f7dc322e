"""Makes __tests__/goldens/perturb/*.png: what the reference implementations give for three small images.

    python -m venv /tmp/reference && /tmp/reference/bin/pip install -r requirements.txt
    /tmp/reference/bin/python make_goldens.py [NAME ...]

A golden is a sheet: a row for each severity, a column for each image of inputs.png. Where the reference draws
random numbers it is given the product's, made anew by philox.py.
"""

import sys
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
import skimage.color
from imagecorruptions import corrupt
from imagecorruptions.corruptions import plasma_fractal
from PIL import Image, ImageOps
from scipy.stats import poisson

from philox import Philox

HERE = Path(__file__).parent
OUT = HERE.parent / "goldens" / "perturb"
SCENE = HERE.parent.parent / "examples" / "construction-site" / "images" / "test"


def inputs():
    scene = Image.open(sorted(SCENE.iterdir())[0]).convert("RGB").resize((64, 48), Image.LANCZOS)
    y, x = np.mgrid[0:56, 0:40]
    gradient = np.stack([x * 255 / 39, y * 255 / 55, (x + y) * 255 / 94], axis=-1)
    noise = np.random.default_rng(1).integers(0, 256, (33, 35, 3))
    return {
        "scene": np.array(scene),
        "gradient": gradient.astype(np.uint8),
        "noise": noise.astype(np.uint8),
    }


def sheet(rows):
    heights = [max(image.shape[0] for image in row) for row in rows]
    out = np.zeros((sum(heights), max(sum(i.shape[1] for i in row) for row in rows), 3), np.uint8)
    top = 0
    for row, height in zip(rows, heights):
        left = 0
        for image in row:
            out[top : top + image.shape[0], left : left + image.shape[1]] = image
            left += image.shape[1]
        top += height
    return out


class Sequence:
    """Draws that are used up one after another."""

    def __init__(self, draws, count=400_000, first=0):
        self.values = draws.uniforms(count)
        self.at = first

    def take(self, shape):
        count = int(np.prod(shape))
        self.at += count
        return self.values[self.at - count : self.at].reshape(shape)


def normal(draws):
    def fake(loc=0.0, scale=1.0, size=None):
        return loc + scale * draws.normals(int(np.prod(size))).reshape(size).astype(np.float64)

    return mock.patch("numpy.random.normal", fake)


def one_uniform(draws):
    return mock.patch(
        "numpy.random.uniform", lambda low, high: low + (high - low) * draws.uniform(0)
    )


def sequence_of_uniforms(draws):
    # The first draw is left out, so that every step's begin at a power of two.
    sequence = Sequence(draws, 40_000, first=1)
    return mock.patch(
        "numpy.random.uniform",
        lambda low, high, shape: low + (high - low) * sequence.take(shape),
    )


def field_of_uniforms(draws):
    streams = iter([draws.fork(0), draws.fork(1)])

    def fake(low, high, size):
        return low + (high - low) * next(streams).uniforms(int(np.prod(size))).reshape(size)

    return mock.patch("numpy.random.uniform", fake)


def integers(draws):
    sequence = Sequence(draws)
    return mock.patch(
        "numpy.random.randint",
        lambda low, high, size: low + np.floor(sequence.take(size) * (high - low)).astype(int),
    )


def poisson_counts(draws):
    return mock.patch(
        "numpy.random.poisson",
        lambda lam: np.maximum(poisson.ppf(draws.midpoints(lam.size).reshape(lam.shape), lam), 0),
    )


def salt_and_pepper(draws, amount):
    class Generator:
        def __init__(self):
            self.first = True

        def random(self, shape):
            u = draws.midpoints(int(np.prod(shape))).reshape(shape)
            if self.first:
                self.first = False
                return u
            return 1 - u / amount

    return mock.patch("numpy.random.default_rng", lambda _seed: Generator())


def ice_texture(draws, height, width):
    """The product's texture in place of the reference's photographs: RGB, grey levels that are not rounded."""
    side = max(4, 1 << (max(height, width) - 1).bit_length())
    with sequence_of_uniforms(draws):
        cloud = plasma_fractal(side, 1.5)
    y, x = np.mgrid[0:height, 0:width]
    coarse, fine, finest = [cloud[n * y % side, n * x % side] for n in (1, 2, 5)]
    ridges = [1 - np.minimum(1, np.abs(level - 0.5) * 5) for level in (coarse, fine, finest)]
    crystals = np.max([0.8 * ridges[0], ridges[1], 0.8 * ridges[2]], axis=0)
    grey = 255 * (0.25 + 0.3 * coarse + 0.45 * crystals)
    return grey[..., np.newaxis] * [0.9, 0.96, 1]


def photograph(texture):
    """Patches that give the reference a texture of the image's own size, which it neither enlarges nor crops."""
    return [
        mock.patch("cv2.imread", lambda _: texture[..., ::-1]),
        mock.patch("cv2.resize", lambda image, **_: image),
        mock.patch("numpy.random.randint", lambda *_: 0),
    ]


AMOUNTS = [0.03, 0.06, 0.09, 0.17, 0.27]

DRAWS = {
    "gaussian_noise": [normal],
    "speckle_noise": [normal],
    "shot_noise": [poisson_counts],
    "motion_blur": [one_uniform],
    "glass_blur": [integers],
    "fog": [sequence_of_uniforms],
    "elastic_transform": [field_of_uniforms],
    "snow": [normal, lambda draws: one_uniform(draws.fork(1))],
    "spatter": [normal],
}

BENCHMARK = [
    *DRAWS,
    "impulse_noise",
    "frost",
    "gaussian_blur",
    "defocus_blur",
    "zoom_blur",
    "brightness",
    "contrast",
    "saturate",
    "jpeg_compression",
    "pixelate",
]


def benchmark(name, image, severity, draws):
    patches = [patch(draws) for patch in DRAWS.get(name, [])]
    if name == "impulse_noise":
        patches = [salt_and_pepper(draws, AMOUNTS[severity - 1])]
    if name == "frost":
        patches = photograph(ice_texture(draws, *image.shape[:2]))
    for patch in patches:
        patch.start()
    try:
        return corrupt(image.copy(), severity=severity, corruption_name=name)
    finally:
        for patch in patches:
            patch.stop()


def signed(value, draws, index=0):
    return -value if draws.uniform(index) < 0.5 else value


def affine(image, matrix, size=None):
    """matrix: forward, of continuous coordinates; OpenCV's pixel centres are whole numbers."""
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    moved = np.linalg.inv(half) @ np.vstack([matrix, [0, 0, 1]]) @ half
    return cv2.warpAffine(
        image, moved[:2], size or (image.shape[1], image.shape[0]), flags=cv2.INTER_LINEAR
    )


def rotation(image, severity, draws):
    h, w = image.shape[:2]
    degrees = signed([5, 10, 15, 22.5, 30][severity - 1], draws)
    # OpenCV counts counter-clockwise, we clockwise.
    return affine(image, cv2.getRotationMatrix2D((w / 2, h / 2), -degrees, 1))


def about_centre(image, matrix, shift=(0, 0)):
    h, w = image.shape[:2]
    matrix, centre = np.array(matrix), np.array([w / 2, h / 2])
    offset = centre - matrix @ centre + shift
    return affine(image, np.column_stack([matrix, offset]))


def shear(image, severity, draws):
    tangent = np.tan(np.deg2rad([4, 7, 10, 15, 20][severity - 1]))
    return about_centre(
        image, [[1, signed(tangent, draws, 0)], [signed(tangent, draws, 1), 1]]
    )


def scale(image, severity, _):
    return about_centre(image, np.eye(2) * [0.9, 0.8, 0.7, 0.6, 0.5][severity - 1])


def translation(image, severity, draws):
    h, w = image.shape[:2]
    fraction = [0.05, 0.1, 0.15, 0.2, 0.3][severity - 1]
    return about_centre(
        image, np.eye(2), (signed(fraction, draws, 0) * w, signed(fraction, draws, 1) * h)
    )


def crop(image, severity, draws):
    h, w = image.shape[:2]
    keep = [0.95, 0.88, 0.8, 0.7, 0.6][severity - 1]
    left, top = draws.uniform(0) * (1 - keep) * w, draws.uniform(1) * (1 - keep) * h
    return affine(image, np.array([[1 / keep, 0, -left / keep], [0, 1 / keep, -top / keep]]))


def perspective(image, severity, draws):
    h, w = image.shape[:2]
    fraction = [0.04, 0.08, 0.12, 0.18, 0.25][severity - 1]
    x, y = [[draws.uniform(2 * i + k) * fraction * n for i in range(4)] for k, n in [(0, w), (1, h)]]
    before = np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5
    after = np.array([[x[0], y[0]], [w - x[1], y[1]], [w - x[2], h - y[2]], [x[3], h - y[3]]]) - 0.5
    # cv2.getPerspectiveTransform takes float32 only.
    rows = [
        row
        for (a, b), (c, d) in zip(before, after)
        for row in ([a, b, 1, 0, 0, 0, -a * c, -b * c], [0, 0, 0, a, b, 1, -a * d, -b * d])
    ]
    matrix = np.append(np.linalg.solve(rows, after.ravel()), 1).reshape(3, 3)
    return cv2.warpPerspective(image, matrix, (w, h), flags=cv2.INTER_LINEAR)


def lens_distortion(image, severity, _):
    h, w = image.shape[:2]
    strength = [0.05, 0.1, 0.2, 0.3, 0.45][severity - 1]
    y, x = np.mgrid[0:h, 0:w] + 0.5
    dx, dy = x - w / 2, y - h / 2
    factor = 1 + strength * (dx**2 + dy**2) / (w**2 / 4 + h**2 / 4)
    u, v = w / 2 + dx * factor - 0.5, h / 2 + dy * factor - 0.5
    return cv2.remap(image, u.astype(np.float32), v.astype(np.float32), cv2.INTER_LINEAR)


def hue(image, severity, draws):
    hsv = skimage.color.rgb2hsv(image / 255.0)
    hsv[..., 0] = (hsv[..., 0] + signed([9, 18, 36, 60, 90][severity - 1], draws) / 360) % 1
    return np.uint8(np.clip(skimage.color.hsv2rgb(hsv) * 255 + 1e-6, 0, 255))


OTHERS = {
    "rotation": (5, rotation),
    "horizontal_flip": (1, lambda image, *_: cv2.flip(image, 1)),
    "vertical_flip": (1, lambda image, *_: cv2.flip(image, 0)),
    "rotate_90": (1, lambda image, *_: cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)),
    "median_blur": (5, lambda image, s, _: cv2.medianBlur(image, [3, 5, 7, 9, 11][s - 1])),
    "grayscale": (
        1,
        lambda image, *_: cv2.cvtColor(
            cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB
        ),
    ),
    "posterize": (
        5,
        lambda image, s, _: np.array(
            ImageOps.posterize(Image.fromarray(image), [5, 4, 3, 2, 1][s - 1])
        ),
    ),
    "hue": (5, hue),
    "shear": (5, shear),
    "scale": (5, scale),
    "translation": (5, translation),
    "crop": (5, crop),
    "perspective": (5, perspective),
    "lens_distortion": (5, lens_distortion),
}


def main(names):
    images = inputs()
    Image.fromarray(sheet([list(images.values())])).save(OUT / "inputs.png", optimize=True)
    for name in names or [*BENCHMARK, *OTHERS]:
        levels, make = OTHERS.get(name, (5, None))
        rows = []
        for severity in range(1, levels + 1):
            row = []
            for label, image in images.items():
                draws = Philox(0, label, name, severity)
                row.append(
                    make(image, severity, draws)
                    if make
                    else benchmark(name, image, severity, draws)
                )
            rows.append(row)
        Image.fromarray(sheet(rows)).save(OUT / f"{name}.png", optimize=True)
        print(name)


main(sys.argv[1:])
