"""Makes __tests__/goldens/evaluate/coco with the reference.

python 3.11, numpy 1.26.4, pycocotools 2.0.11:
    python __tests__/goldens/make/coco.py

One file a scenario: ground truth, detections, the twelve numbers, and what pycocotools prints.
"""

import contextlib
import io
import json
import pathlib
import random
import tempfile

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

OUT = pathlib.Path(__file__).parent.parent / "evaluate" / "coco"
KEYS = "AP AP50 AP75 APs APm APl AR1 AR10 AR100 ARs ARm ARl".split()


def truth(image, category, bbox, area=None, crowd=0):
    area = bbox[2] * bbox[3] if area is None else area
    return {"image_id": image, "category_id": category, "bbox": bbox, "area": area, "iscrowd": crowd}


def detection(image, category, bbox, score):
    return {"image_id": image, "category_id": category, "bbox": bbox, "score": score}


def crowd():
    """Crowd regions match many times and count neither way; a real object is preferred."""
    truths = [
        truth(1, 1, [10, 10, 200, 200], crowd=1),
        truth(1, 1, [20, 20, 40, 40]),
        truth(2, 1, [0, 0, 50, 50]),
        truth(2, 2, [5, 5, 60, 60], crowd=1),
    ]
    found = [
        detection(1, 1, [20, 20, 40, 40], 0.9),
        detection(1, 1, [22, 21, 40, 40], 0.8),
        detection(1, 1, [100, 100, 50, 50], 0.7),
        detection(1, 1, [150, 150, 100, 100], 0.95),
        detection(2, 1, [4, 2, 50, 50], 0.85),
        detection(2, 2, [5, 5, 60, 60], 0.6),
    ]
    return [1, 2], [1, 2], truths, found


def ties():
    """Equal confidences keep the order of images, then of the file; whole-number boxes tie in IoU."""
    r = random.Random(1)
    truths, found = [], []
    for image in range(1, 9):
        for _ in range(4):
            box = [r.randrange(0, 300, 10), r.randrange(0, 200, 10), 40, 60]
            truths.append(truth(image, 1 + r.randrange(2), box))
            for _ in range(2):
                moved = [box[0] + r.choice([-10, 0, 10]), box[1] + r.choice([-6, 0, 6]), 40, 60]
                found.append(detection(image, 1 + r.randrange(2), moved, r.choice([0.25, 0.5, 0.75])))
    r.shuffle(found)
    return list(range(1, 9)), [1, 2], truths, found


def many():
    """More than 100 detections in an image and class, the weak ones of which do not count."""
    r = random.Random(2)
    truths = [truth(image, 1, [40 * k, 10 * image, 30, 30]) for image in (1, 2) for k in range(12)]
    found = []
    for image in (1, 2):
        for k in range(130):
            spot = [40 * (k % 12) + r.randrange(4), 10 * image + r.randrange(4), 30, 30]
            found.append(detection(image, 1, spot, round(r.random(), 3)))
    return [1, 2], [1], truths, found


def empty_images():
    """Images without objects, without detections and with neither."""
    truths = [truth(4, 1, [10, 10, 100, 50]), truth(7, 1, [50, 60, 20, 20])]
    found = [
        detection(4, 1, [12, 11, 98, 50], 0.9),
        detection(5, 1, [0, 0, 30, 30], 0.95),
        detection(7, 1, [51, 60, 20, 20], 0.3),
    ]
    return [7, 5, 4, 9], [1], truths, found


def without_truth():
    """A class that is detected and never there leaves the mean; one that is there and never found is 0."""
    truths = [truth(1, 1, [0, 0, 20, 20]), truth(1, 3, [50, 50, 20, 20])]
    found = [detection(1, 1, [1, 0, 20, 20], 0.7), detection(1, 2, [50, 50, 20, 20], 0.9)]
    return [1], [1, 2, 3], truths, found


def nothing_there():
    """No ground truth at all: -1 everywhere."""
    return [1], [1], [], [detection(1, 1, [1, 1, 9, 9], 0.5)]


def areas():
    """Small, medium and large, on the limits too; `area` is a mask's and not the box's."""
    r = random.Random(3)
    truths, found = [], []
    for image in range(1, 7):
        for side in (20, 32, 60, 96, 150):
            box = [r.randrange(300), r.randrange(200), side, side]
            truths.append(truth(image, 1, box, area=side * side * r.choice([0.5, 1])))
            shift = side * r.choice([0.02, 0.1, 0.2])
            if r.random() < 0.8:
                found.append(detection(image, 1, [box[0] + shift, *box[1:]], round(r.random(), 2)))
            if r.random() < 0.5:
                wrong = [r.uniform(0, 400), r.uniform(0, 300), r.uniform(10, 200), r.uniform(10, 200)]
                found.append(detection(image, 1, wrong, round(r.random(), 2)))
    return list(range(1, 7)), [1], truths, found


def id_zero():
    """An annotation of id 0: pycocotools takes a match with it for none."""
    truths = [truth(1, 1, [0, 0, 20, 20]), truth(1, 1, [60, 60, 20, 20])]
    found = [detection(1, 1, [0, 0, 20, 20], 0.9), detection(1, 1, [60, 60, 20, 20], 0.8)]
    return [1], [1], truths, found


def write(name, images, categories, truths, found, first_id=1):
    data = {
        "images": [{"id": image, "width": 640, "height": 480} for image in images],
        "categories": [{"id": category, "name": f"class {category}"} for category in categories],
        "annotations": [{"id": first_id + i, **entry} for i, entry in enumerate(truths)],
    }
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(printed):
        files = [pathlib.Path(folder) / "truth.json", pathlib.Path(folder) / "detections.json"]
        for file, content in zip(files, (data, found)):
            file.write_text(json.dumps(content))
        coco = COCO(str(files[0]))
        evaluation = COCOeval(coco, coco.loadRes(str(files[1])), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        printed.truncate(0)
        printed.seek(0)
        evaluation.summarize()
    golden = {
        "truth": data,
        "detections": found,
        "score": dict(zip(KEYS, map(float, evaluation.stats))),
        "printed": printed.getvalue().rstrip("\n"),
    }
    (OUT / f"{name}.json").write_text(json.dumps(golden) + "\n")


OUT.mkdir(parents=True, exist_ok=True)
for scenario in (crowd, ties, many, empty_images, without_truth, nothing_there, areas):
    write(scenario.__name__.replace("_", "-"), *scenario())
write("id-zero", *id_zero(), first_id=0)
