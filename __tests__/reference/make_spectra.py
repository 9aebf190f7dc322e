"""Makes __tests__/goldens/perturb/spectra.json: what random perturbations of the reference do over 1,000 draws.

    /tmp/reference/bin/python make_spectra.py

The reference draws numpy's own random numbers, so that the product's generator is judged beside another. For each
perturbation and severity there are the means over all draws of the figures of `figures`, and their standard errors.
"""

import json
import warnings
from pathlib import Path
from unittest import mock

import numpy as np
from imagecorruptions import corruption_dict
from PIL import Image

GOLDENS = Path(__file__).parent.parent / "goldens" / "perturb"
SIDE = 32
DRAWS = 1000
NOISE = ["gaussian_noise", "shot_noise", "impulse_noise", "speckle_noise"]
SPATIAL = ["snow", "fog", "spatter", "elastic_transform", "glass_blur", "motion_blur"]

FREQUENCIES = np.fft.fftfreq(SIDE) * SIDE
RADII = np.minimum(np.rint(np.hypot(*np.meshgrid(FREQUENCIES, FREQUENCIES))), SIDE // 2).astype(int)


def figures(change):
    """Of a change, grey levels, SIDE x SIDE x 3: mean, variance, covariance of red with blue, and the power of green
    at each whole radius, the last with all beyond. The powers of a picture are divided by their number."""
    green = change[..., 1]
    power = np.abs(np.fft.fft2(green)) ** 2 / SIDE**2
    spectrum = np.bincount(RADII.ravel(), power.ravel()) / np.bincount(RADII.ravel())
    red, blue = change[..., 0], change[..., 2]
    covariance = (red * blue).mean() - red.mean() * blue.mean()
    return [change.mean(), change.var(), covariance, *spectrum]


def changed(name, image, severity):
    """`corrupt` of the package without its cast to 8 bits, which hides what is not a number."""
    result = np.array(corruption_dict[name](Image.fromarray(image), severity))
    # Spatter without a drop divides by 0; the product leaves the picture as it is.
    return image if np.isnan(result).any() else np.uint8(result)


def main():
    image = np.array(Image.open(GOLDENS / "inputs.png").convert("RGB"))[8 : 8 + SIDE, 16 : 16 + SIDE]
    result = {}
    for name in NOISE + SPATIAL:
        severities = range(1, 6) if name in NOISE else (1, 3, 5)
        for severity in severities:
            np.random.seed(severity)
            generator = np.random.default_rng(severity)
            with mock.patch("numpy.random.default_rng", lambda _seed=None: generator):
                draws = np.array(
                    [
                        figures(changed(name, image, severity).astype(float) - image)
                        for _ in range(DRAWS)
                    ]
                )
            errors = draws.std(axis=0, ddof=1) / np.sqrt(DRAWS)
            result[f"{name}/{severity}"] = {
                "means": [float(f"{value:.6g}") for value in draws.mean(axis=0)],
                "errors": [float(f"{value:.3g}") for value in errors],
            }
            print(name, severity)
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in result.items()]
    (GOLDENS / "spectra.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


warnings.simplefilter("ignore")
main()
