"""pip install torch torchvision pillow

Weights of your own (a state dict) and its classes without the background, or torchvision's COCO weights:
predictor.command: [python, torchvision_predict.py, weights/best.pt, person, helmet]
predictor.command: [python, torchvision_predict.py]
"""

import io
import sys

import torch
from PIL import Image
from robustness_gate import serve
from torchvision.models.detection import (
    FasterRCNN_MobileNet_V3_Large_320_FPN_Weights as Weights,
    fasterrcnn_mobilenet_v3_large_320_fpn as build,
)
from torchvision.transforms.functional import to_tensor

BACKGROUND = "__background__"
# All confidences: a threshold here would hide what is nearly lost.
SETTINGS = {"box_score_thresh": 0.001, "box_detections_per_img": 300}


def load(path=None, classes=()):
    """Names in torchvision's order, the model, and what it is called (None: its file says enough)."""
    if path is None:
        weights = Weights.DEFAULT
        # torchvision repeats "N/A" for the numbers that COCO left out; names must differ.
        names = [f"{name} {i}" if name == "N/A" else name for i, name in enumerate(weights.meta["categories"])]
        return names, build(weights=weights, **SETTINGS).eval(), str(weights)
    model = build(weights=None, weights_backbone=None, num_classes=1 + len(classes), **SETTINGS)
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return [BACKGROUND, *classes], model.eval(), None


if __name__ == "__main__":
    names, model, called = load(*sys.argv[1:2], classes=sys.argv[2:])

    @torch.inference_mode()
    def predict(png):
        found = model([to_tensor(Image.open(io.BytesIO(png)).convert("RGB"))])[0]
        return [
            {"class": int(of), "confidence": float(confidence), "box": [float(v) for v in box]}
            for of, confidence, box in zip(found["labels"], found["scores"], found["boxes"])
        ]

    serve(predict, classes=names, model=called)
