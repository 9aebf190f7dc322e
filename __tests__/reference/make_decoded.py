"""Makes __tests__/goldens/decode/published/*.json: what YOLOX and NanoDet find in a picture by the formulas that their
repositories publish, in numpy alone. (Their packages no longer build beside a current torch: this is not their code.)

    python make_decoded.py FOLDER     numpy, opencv-python, onnxruntime; FOLDER holds the models

YOLOX: Ge et al. 2021, arXiv 2107.08430; `demo_postprocess` and `preproc` of github.com/Megvii-BaseDetection/YOLOX.
NanoDet: Li et al. 2020, arXiv 2006.04388; the head and the pipeline of github.com/RangiLyu/nanodet.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

ROOT = Path(__file__).parent.parent
PICTURE = ROOT.parent / "examples/construction-site/images/test/site-0003.jpg"
TARGET = ROOT / "goldens" / "decode" / "published"
FLOOR, IOU, LIMIT = 0.001, 0.7, 300


def suppress(boxes, scores, classes):
    """Greedy, class by class, as torchvision's batched_nms."""
    kept = []
    for index in np.argsort(-scores, kind="stable"):
        if len(kept) == LIMIT:
            break
        x1, y1, x2, y2 = boxes[index]
        same = [other for other in kept if classes[other] == classes[index]]
        if same:
            b = boxes[same]
            width = np.clip(np.minimum(b[:, 2], x2) - np.maximum(b[:, 0], x1), 0, None)
            height = np.clip(np.minimum(b[:, 3], y2) - np.maximum(b[:, 1], y1), 0, None)
            areas = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) + (x2 - x1) * (y2 - y1)
            if (width * height / (areas - width * height)).max() > IOU:
                continue
        kept.append(index)
    return kept


def grid(size, stride):
    ys, xs = np.meshgrid(np.arange(size // stride), np.arange(size // stride), indexing="ij")
    return np.stack([xs, ys], -1).reshape(-1, 2)


def yolox(run, image, size=416):
    ratio = min(size / image.shape[0], size / image.shape[1])
    small = cv2.resize(image, (int(image.shape[1] * ratio), int(image.shape[0] * ratio)))
    padded = np.full((size, size, 3), 114, np.uint8)
    padded[: small.shape[0], : small.shape[1]] = small
    (rows,) = run(padded.transpose(2, 0, 1)[None].astype(np.float32))
    rows = rows[0].astype(np.float64)
    cells = [(grid(size, stride), stride) for stride in (8, 16, 32)]
    centres = np.concatenate([cell for cell, _ in cells])
    strides = np.concatenate([np.full((len(cell), 1), stride) for cell, stride in cells])
    middle, half = (rows[:, :2] + centres) * strides, np.exp(rows[:, 2:4]) * strides / 2
    return np.concatenate([middle - half, middle + half], 1), rows[:, 4:5] * rows[:, 5:], 1 / ratio


def nanodet(run, image, size=416):
    small = cv2.resize(image, (size, size)).astype(np.float32)
    pixels = (small - np.float32([103.53, 116.28, 123.675])) / np.float32([57.375, 57.12, 58.395])
    outputs = [one[0].astype(np.float64) for one in run(pixels.transpose(2, 0, 1)[None])]
    boxes, scores = [], []
    for stride in (8, 16, 32):
        cells = grid(size, stride)
        found = [one for one in outputs if len(one) == len(cells)]
        (level,) = [one for one in found if one.shape[1] != 32]
        (bins,) = [one for one in found if one.shape[1] == 32]
        weights = np.exp(bins.reshape(-1, 4, 8))
        distances = (weights / weights.sum(-1, keepdims=True)) @ np.arange(8) * stride
        # The anchors of the repository's first heads, with which these weights were trained: as wide as the stride, from 0.
        middle = cells * stride + (stride - 1) / 2
        boxes.append(np.concatenate([middle - distances[:, :2], middle + distances[:, 2:]], 1))
        scores.append(level)
    scale = np.array([image.shape[1], image.shape[0]]) / size
    return np.concatenate(boxes), np.concatenate(scores), np.tile(scale, 2)


MODELS = {"yolox-nano-coco": yolox, "nanodet-m-416-coco": nanodet}

if __name__ == "__main__":
    image = cv2.imread(str(PICTURE))
    height, width = image.shape[:2]
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, decode in MODELS.items():
        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = 4
        session = onnxruntime.InferenceSession(str(Path(sys.argv[1]) / f"{name}.onnx"), settings)
        one = session.get_inputs()[0].name
        boxes, scores, scale = decode(lambda pixels: session.run(None, {one: pixels}), image)
        cells, classes = np.nonzero(scores > FLOOR)
        boxes, scores = boxes[cells], scores[cells, classes]
        kept = suppress(boxes, scores, classes)
        boxes = (boxes[kept] * scale).clip(0, [width, height, width, height])
        golden = {
            "picture": PICTURE.name,
            "boxes": np.round(boxes, 3).tolist(),
            "confidences": np.round(scores[kept], 6).tolist(),
            "classes": classes[kept].tolist(),
        }
        (TARGET / f"{name}.json").write_text(json.dumps(golden) + "\n")
        print(name, len(kept), golden["confidences"][:3], golden["classes"][:3])
