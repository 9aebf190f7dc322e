"""The product's work as a competent script does it: imagecorruptions, onnxruntime and pycocotools on all cores.

Takes a JSON file, {"model", "decoder": "yolox" | "yolov8", "nms", "images": [{"image", "labels"}], "classes": [...],
"conditions": [{"id", "name", "severity"}], "processes"}, and prints {"map": {condition: mAP@[.50:.95], 0 to 1}}.
"""

import contextlib
import io
import json
import sys
import warnings
from multiprocessing import get_context

import cv2
import numpy as np
import onnxruntime
from imagecorruptions import corrupt
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

FLOOR, MOST, BLOCK = 0.001, 300, 300
work = {}


def start(task):
    warnings.filterwarnings("ignore")
    cv2.setNumThreads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(task["model"], options, providers=["CPUExecutionProvider"])
    _, _, height, width = session.get_inputs()[0].shape
    work.update(task, session=session, input=(height, width), grid=grid_of(height, width))


def grid_of(height, width):
    """Column, row and stride of every cell of YOLOX."""
    parts = []
    for stride in (8, 16, 32):
        rows, columns = np.mgrid[: height // stride, : width // stride]
        parts.append(np.stack([columns, rows, np.full_like(rows, stride)], -1).reshape(-1, 3))
    return np.concatenate(parts).astype(np.float32)


def letterbox(image):
    """The image in the model's input, the factor, and where its corner lies."""
    (height, width), (h, w) = work["input"], image.shape[:2]
    ratio = min(width / w, height / h)
    if work["decoder"] == "yolox":
        w, h, left, top = int(w * ratio), int(h * ratio), 0, 0
    else:
        w, h = round(w * ratio), round(h * ratio)
        left, top = round((width - w) / 2 - 0.1), round((height - h) / 2 - 0.1)
    canvas = np.full((height, width, 3), 114, np.uint8)
    canvas[top : top + h, left : left + w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_LINEAR)
    return canvas, (image.shape[1] / w, image.shape[0] / h), (left, top)


def boxes_of(output):
    """Boxes x1, y1, x2, y2 in the input, and a score for each class."""
    if work["decoder"] == "yolox":
        cells, stride = work["grid"][:, :2], work["grid"][:, 2:]
        centre, size = (output[:, :2] + cells) * stride, np.exp(output[:, 2:4]) * stride
        scores = output[:, 4:5] * output[:, 5:]
    else:
        output = output.T
        centre, size, scores = output[:, :2], output[:, 2:4], output[:, 4:]
    return np.concatenate([centre - size / 2, centre + size / 2], 1), scores


def suppress(boxes, scores, of_class):
    """Greedy non-maximum suppression within each class: indexes by descending score, at most 300."""
    # OpenCV's own takes seconds for as many boxes as are over the floor; this ends with the 300th that is kept.
    order = np.argsort(-scores, kind="stable")
    apart = boxes + of_class[:, None] * 2 * np.abs(boxes).max(initial=1)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])

    def overlaps(a, b):
        low, high = np.maximum(apart[a, :2], apart[b, :2]), np.minimum(apart[a, 2:], apart[b, 2:])
        sides = np.maximum(high - low, 0)
        shared = sides[..., 0] * sides[..., 1]
        return shared > work["nms"] * (areas[a] + areas[b] - shared)

    kept = []
    for begin in range(0, len(order), BLOCK):
        if len(kept) >= MOST:
            break
        block = order[begin : begin + BLOCK]
        if kept:
            block = block[~overlaps(np.array(kept)[:, None], block[None]).any(0)]
        rivals = overlaps(block[:, None], block[None])
        alive = np.ones(len(block), bool)
        for i, index in enumerate(block):
            if alive[i]:
                kept.append(index)
                alive &= ~rivals[i]
    return np.array(kept[:MOST], int)


def detect(image):
    """Rows of x1, y1, x2, y2, score, class in the image, at most 300."""
    canvas, scale, corner = letterbox(image)
    if work["decoder"] == "yolox":
        tensor = canvas[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32)
    else:
        tensor = canvas.transpose(2, 0, 1)[None].astype(np.float32) / 255
    session = work["session"]
    (output,) = session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(tensor)})
    boxes, scores = boxes_of(output[0])
    row, of_class = np.nonzero(scores > FLOOR)
    boxes, scores = boxes[row], scores[row, of_class]
    kept = suppress(boxes, scores, of_class)
    boxes = (boxes[kept] - np.tile(corner, 2)) * np.tile(scale, 2)
    h, w = image.shape[:2]
    boxes = np.clip(boxes, 0, [w, h, w, h])
    whole = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
    return np.concatenate([boxes, scores[kept, None], of_class[kept, None]], 1)[whole]


def predict(at):
    """Detections of one image under one condition."""
    index, condition = at
    image = cv2.cvtColor(cv2.imread(work["images"][index]["image"]), cv2.COLOR_BGR2RGB)
    asked = work["conditions"][condition]
    if asked["name"] is not None:
        image = corrupt(image, severity=asked["severity"], corruption_name=asked["name"])
    return at, detect(image)


def truth_of(task):
    images, annotations = [], []
    for index, files in enumerate(task["images"]):
        h, w = cv2.imread(files["image"]).shape[:2]
        images.append({"id": index, "width": w, "height": h})
        with open(files["labels"], encoding="utf8") as labels:
            for line in labels:
                of_class, x, y, bw, bh = (float(word) for word in line.split())
                box = [(x - bw / 2) * w, (y - bh / 2) * h, bw * w, bh * h]
                annotations.append(
                    {"id": len(annotations) + 1, "image_id": index, "category_id": int(of_class), "bbox": box}
                    | {"area": box[2] * box[3], "iscrowd": 0}
                )
    categories = [{"id": i, "name": name} for i, name in enumerate(task["classes"])]
    return {"images": images, "annotations": annotations, "categories": categories}


def score(found):
    """mAP of a condition's detections, one array for each image."""
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = work["truth"]
        truth.createIndex()
        rows = [
            [index, x1, y1, x2 - x1, y2 - y1, confidence, of_class]
            for index, rows in enumerate(found)
            for x1, y1, x2, y2, confidence, of_class in rows
        ]
        evaluation = COCOeval(truth, truth.loadRes(np.array(rows)), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation.stats[0]


def main():
    with open(sys.argv[1], encoding="utf8") as file:
        task = json.load(file)
    task["truth"] = truth_of(task)
    images, conditions = len(task["images"]), len(task["conditions"])
    every = [(i, c) for i in range(images) for c in range(conditions)]
    found = [[None] * images for _ in range(conditions)]
    # A forked child may wait for ever for a lock that a thread of one of the libraries held.
    with get_context("spawn").Pool(task["processes"], start, (task,)) as pool:
        for (index, condition), rows in pool.imap_unordered(predict, every):
            found[condition][index] = rows
        scores = pool.map(score, found, chunksize=1)
    print(json.dumps({"map": {c["id"]: float(s) for c, s in zip(task["conditions"], scores)}}))


if __name__ == "__main__":
    main()
