"""Tiny models with random weights, and what their frameworks find with them in a picture: for the examples' tests.

    python make_weights.py ultralytics|torchvision|huggingface FOLDER

FOLDER holds image.png; the weights (best.pt or huggingface/) and expected.json ([class name, confidence, x1, y1, x2, y2]) come
beside it. Nothing is downloaded. Packages: requirements-exports.txt.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np
import torch
from make_exports import shake
from PIL import Image

NAMES = ["Person", "Hardhat"]
FLOOR = 0.001


def ultralytics(folder, image):
    import yaml
    from ultralytics import YOLO

    plan = YOLO("yolov8n.yaml").model.yaml
    (folder / "yolov8n.yaml").write_text(yaml.safe_dump({**plan, "nc": len(NAMES)}))
    model = YOLO(str(folder / "yolov8n.yaml"))
    model.model.names = dict(enumerate(NAMES))
    shake(model.model, 1)
    for name, layer in model.model.named_modules():
        # The last layers of the class scores: the second class is found.
        if re.search(r"cv3\.\d\.2$", name) and isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.normal_(layer.weight, std=1)
            layer.bias.data.copy_(torch.tensor([-9.0, -3.0]))
    model.save(str(folder / "best.pt"))
    found = YOLO(str(folder / "best.pt"))(image, conf=FLOOR, iou=0.7, max_det=300)[0].boxes.data
    return [[NAMES[int(row[5])], float(row[4]), *map(float, row[:4])] for row in found]


def torchvision(folder, image):
    from torchvision.models.detection import fasterrcnn_mobilenet_v3_large_320_fpn as build

    model = build(
        weights=None,
        weights_backbone=None,
        num_classes=1 + len(NAMES),
        box_score_thresh=FLOOR,
        box_detections_per_img=300,
    ).eval()
    shake(model, 5)
    torch.nn.init.normal_(model.roi_heads.box_predictor.cls_score.weight, std=0.5)
    torch.save(model.state_dict(), folder / "best.pt")
    pixels = torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1) / 255
    with torch.inference_mode():
        found = model([pixels])[0]
    rows = zip(found["labels"], found["scores"], found["boxes"], strict=True)
    return [[NAMES[int(of) - 1], float(score), *map(float, box)] for of, score, box in rows]


def huggingface(folder, image):
    import transformers as hf

    config = hf.YolosConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        image_size=[48, 64],
        patch_size=16,
        num_detection_tokens=20,
        id2label=dict(enumerate(NAMES)),
        label2id={name: i for i, name in enumerate(NAMES)},
    )
    model = hf.YolosForObjectDetection(config).eval()
    for name, values in model.named_parameters():
        if "layernorm" not in name:
            torch.nn.init.normal_(values, std=0.3)
    processor = hf.YolosImageProcessor(size={"shortest_edge": 48, "longest_edge": 64})
    model.save_pretrained(folder / "huggingface")
    processor.save_pretrained(folder / "huggingface")
    with torch.inference_mode():
        out = model(**processor(image, return_tensors="pt"))
    sizes = [(image.height, image.width)]
    found = processor.post_process_object_detection(out, threshold=FLOOR, target_sizes=sizes)[0]
    rows = zip(found["labels"], found["scores"], found["boxes"], strict=True)
    return [[NAMES[int(of)], float(score), *map(float, box)] for of, score, box in rows]


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    torch.manual_seed(0)
    make = {"ultralytics": ultralytics, "torchvision": torchvision, "huggingface": huggingface}[sys.argv[1]]
    found = make(folder, Image.open(folder / "image.png").convert("RGB"))
    (folder / "expected.json").write_text(json.dumps(found))
