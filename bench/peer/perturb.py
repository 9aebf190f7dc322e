"""Times the reference implementations and OpenCV's own kernels, one thread, for bench/perturbations.ts.

Reads a line of JSON for each measurement, {"image": [...], "name": ..., "severity": ..., "of": "reference" |
"opencv", "seconds": ...}, and answers with one: {"ms": CPU milliseconds a call} or {"ms": null} where there is none.
"""

import json
import sys
import time
import warnings

import cv2
import numpy as np
from imagecorruptions import corrupt, get_corruption_names

warnings.filterwarnings("ignore")
cv2.setNumThreads(1)

REFERENCE = {*get_corruption_names("all")}


def line_kernel(radius):
    side = 2 * radius + 1
    kernel = np.zeros((side, side), np.float32)
    for i in range(side):
        kernel[int(round(radius + (i - radius) * 0.5)), i] = 1 / side
    return kernel


def disc(radius):
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    inside = (x * x + y * y <= radius * radius).astype(np.float32)
    return inside / inside.sum()


def add_normal(image, sigma):
    noise = np.empty(image.shape, np.int16)
    cv2.randn(noise, 0, sigma)
    return cv2.add(image, noise, dtype=cv2.CV_8U)


def scale_by_normal(image, sigma):
    noise = np.empty(image.shape, np.float32)
    cv2.randn(noise, 1, sigma)
    return cv2.multiply(image, noise, dtype=cv2.CV_8U)


def set_at_random(image, amount, channels):
    draws = np.empty((*image.shape[:2], channels), np.uint8)
    cv2.randu(draws, 0, 256)
    hit = cv2.compare(draws, amount * 256, cv2.CMP_LT)
    return cv2.bitwise_and(image, cv2.bitwise_not(hit if channels == 3 else cv2.merge([hit] * 3)))


def hsv(image, channel, change):
    planes = list(cv2.split(cv2.cvtColor(image, cv2.COLOR_RGB2HSV)))
    planes[channel] = change(planes[channel])
    return cv2.cvtColor(cv2.merge(planes), cv2.COLOR_HSV2RGB)


def lut(image, _):
    return cv2.LUT(image, np.arange(256, dtype=np.uint8)[::-1].copy())


def zoom(image, step, layers):
    h, w = image.shape[:2]
    total = image.astype(np.float32)
    for i in range(layers):
        factor = 1 + i * step
        ch, cw = int(np.ceil(h / factor)), int(np.ceil(w / factor))
        top, left = (h - ch) // 2, (w - cw) // 2
        part = cv2.resize(image[top : top + ch, left : left + cw], (w, h))
        cv2.accumulate(part, total)
    return cv2.convertScaleAbs(total, alpha=1 / (layers + 1))


def elastic(image):
    h, w = image.shape[:2]
    maps = []
    for i in range(2):
        field = np.empty((h, w), np.float32)
        cv2.randu(field, -1, 1)
        maps.append(cv2.GaussianBlur(field, (0, 0), 0.01 * h) + np.float32(i))
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    return cv2.remap(image, x + maps[0], y + maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def lens(image):
    h, w = image.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    dx, dy = x - w / 2, y - h / 2
    factor = 1 + 0.2 * (dx * dx + dy * dy) / np.float32(w * w / 4 + h * h / 4)
    return cv2.remap(image, w / 2 + dx * factor, h / 2 + dy * factor, cv2.INTER_LINEAR)


def jpeg(image, quality):
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def pixelate(image, factor):
    h, w = image.shape[:2]
    small = cv2.resize(image, (int(w * factor), int(h * factor)), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_NEAREST)


def turned(image, degrees):
    h, w = image.shape[:2]
    return cv2.warpAffine(image, cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1), (w, h))


def scaled(image, factor):
    h, w = image.shape[:2]
    matrix = np.array([[factor, 0, w * (1 - factor) / 2], [0, factor, h * (1 - factor) / 2]])
    return cv2.warpAffine(image, matrix, (w, h))


def sheared(image, tangent):
    h, w = image.shape[:2]
    matrix = np.array([[1, tangent, -tangent * h / 2], [tangent, 1, -tangent * w / 2]])
    return cv2.warpAffine(image, matrix, (w, h))


def moved(image, fraction):
    h, w = image.shape[:2]
    return cv2.warpAffine(image, np.array([[1, 0, fraction * w], [0, 1, fraction * h]]), (w, h))


def perspective(image, fraction):
    h, w = image.shape[:2]
    d = fraction / 2
    before = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    after = np.float32([[d * w, 0], [w, d * h], [w - d * w, h], [0, h - d * h]])
    return cv2.warpPerspective(image, cv2.getPerspectiveTransform(before, after), (w, h))


# The nearest thing that OpenCV does with a kernel of its own; each at the severities 1 to 5 of the product.
OPENCV = {
    "gaussian_noise": (add_normal, [20, 31, 46, 66, 97]),
    "speckle_noise": (scale_by_normal, [0.15, 0.2, 0.35, 0.45, 0.6]),
    "impulse_noise": (lambda i, a: set_at_random(i, a, 3), [0.03, 0.06, 0.09, 0.17, 0.27]),
    "pixel_dropout": (lambda i, a: set_at_random(i, a, 1), [0.01, 0.03, 0.06, 0.12, 0.2]),
    "gaussian_blur": (
        lambda i, s: cv2.GaussianBlur(i, (2 * int(4 * s + 0.5) + 1,) * 2, s),
        [1, 2, 3, 4, 6],
    ),
    "defocus_blur": (lambda i, r: cv2.filter2D(i, -1, disc(r)), [3, 4, 6, 8, 10]),
    "motion_blur": (lambda i, r: cv2.filter2D(i, -1, line_kernel(r)), [10, 15, 15, 15, 20]),
    "zoom_blur": (
        lambda i, p: zoom(i, *p),
        [(0.01, 12), (0.01, 16), (0.02, 11), (0.02, 13), (0.03, 11)],
    ),
    "median_blur": (cv2.medianBlur, [3, 5, 7, 9, 11]),
    "brightness": (lambda i, a: hsv(i, 2, lambda v: cv2.add(v, a)), [25, 51, 76, 102, 127]),
    "saturate": (lambda i, a: hsv(i, 1, lambda s: cv2.multiply(s, a)), [0.3, 0.1, 2, 5, 20]),
    "hue": (lambda i, a: hsv(i, 0, lambda h: cv2.add(h, a)), [4, 9, 18, 30, 45]),
    "darkness": (lut, [0] * 5),
    "contrast": (lut, [0] * 5),
    "exposure": (lut, [0] * 5),
    "color_temperature": (lut, [0] * 5),
    "posterize": (lut, [0] * 5),
    "grayscale": (
        lambda i, _: cv2.cvtColor(cv2.cvtColor(i, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB),
        [0] * 5,
    ),
    "jpeg_compression": (jpeg, [25, 18, 15, 10, 7]),
    "pixelate": (pixelate, [0.6, 0.5, 0.4, 0.3, 0.25]),
    "elastic_transform": (lambda i, _: elastic(i), [0] * 5),
    "horizontal_flip": (lambda i, _: cv2.flip(i, 1), [0] * 5),
    "vertical_flip": (lambda i, _: cv2.flip(i, 0), [0] * 5),
    "rotate_90": (lambda i, _: cv2.rotate(i, cv2.ROTATE_90_CLOCKWISE), [0] * 5),
    "rotation": (turned, [5, 10, 15, 22.5, 30]),
    "shear": (sheared, [0.07, 0.12, 0.18, 0.27, 0.36]),
    "scale": (scaled, [0.9, 0.8, 0.7, 0.6, 0.5]),
    "translation": (moved, [0.05, 0.1, 0.15, 0.2, 0.3]),
    "crop": (lambda i, k: scaled(i, 1 / k), [0.95, 0.88, 0.8, 0.7, 0.6]),
    "perspective": (perspective, [0.04, 0.08, 0.12, 0.18, 0.25]),
    "lens_distortion": (lambda i, _: lens(i), [0] * 5),
}


def call(of, name, severity):
    if of == "reference":
        if name not in REFERENCE:
            return None
        return lambda image: corrupt(image, severity=severity, corruption_name=name)
    if name not in OPENCV:
        return None
    function, parameters = OPENCV[name]
    return lambda image: function(image, parameters[severity - 1])


def time_of(function, image, seconds):
    start = time.process_time()
    function(image)
    first = time.process_time() - start
    if first > 1:
        return 1000 * first
    calls, start = 0, time.process_time()
    while time.process_time() - start < seconds or calls == 0:
        function(image)
        calls += 1
    return 1000 * (time.process_time() - start) / calls


images = {}
for line in sys.stdin:
    asked = json.loads(line)
    path = asked["image"]
    if path not in images:
        images[path] = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)
    function = call(asked["of"], asked["name"], asked["severity"])
    ms = None if function is None else time_of(function, images[path], asked["seconds"])
    print(json.dumps({"ms": ms}), flush=True)
