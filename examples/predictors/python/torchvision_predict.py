"""pip install torch torchvision pillow; predictor.command: [python, torchvision_predict.py]"""

import io

import torch
from PIL import Image
from robustness_gate import serve
from torchvision.models.detection import (
    FasterRCNN_MobileNet_V3_Large_320_FPN_Weights as Weights,
    fasterrcnn_mobilenet_v3_large_320_fpn as build,
)

weights = Weights.DEFAULT
model = build(weights=weights, box_score_thresh=0.001, box_detections_per_img=300).eval()
transform = weights.transforms()


@torch.inference_mode()
def predict(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    found = model([transform(image)])[0]
    return [
        {"class": int(of), "confidence": float(confidence), "box": [float(v) for v in box]}
        for of, confidence, box in zip(found["labels"], found["scores"], found["boxes"])
    ]


if __name__ == "__main__":
    # torchvision repeats "N/A" for the numbers that COCO left out; names must differ.
    names = [f"{name} {i}" if name == "N/A" else name for i, name in enumerate(weights.meta["categories"])]
    serve(predict, classes=names, model=str(weights))
