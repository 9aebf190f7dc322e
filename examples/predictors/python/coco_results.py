"""Predicts the images that `robustness-gate perturb --config robustness.yml --all changed` wrote, on any machine.

    python coco_results.py changed changed/results.json

predictor: {kind: detections-file, path: changed/results.json, images: changed/images.json}
"""

import json
import sys
from pathlib import Path

# Your model in place of this one: it is given the bytes of a PNG, as in robustness_gate.py.
from darkest_predict import predict

CLASSES = ["Person"]


def results(folder):
    listed = json.loads((folder / "images.json").read_text(encoding="utf-8"))
    categories = {category["name"]: category["id"] for category in listed["categories"]}
    for image in listed["images"]:
        for found in predict((folder / image["file_name"]).read_bytes()):
            x1, y1, x2, y2 = found["box"]
            yield {
                "image_id": image["id"],
                "category_id": categories[CLASSES[found["class"]]],
                "bbox": [x1, y1, x2 - x1, y2 - y1],
                "score": found["confidence"],
            }


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(list(results(Path(sys.argv[1])))), encoding="utf-8")
