"""pip install ultralytics; predictor.command: [python, ultralytics_predict.py, weights/best.pt]"""

import io
import sys

from PIL import Image
from robustness_gate import serve
from ultralytics import YOLO


def load(weights):
    """Names in order, and what predicts a PNG."""
    model = YOLO(weights)

    def predict(png):
        image = Image.open(io.BytesIO(png)).convert("RGB")
        # Robustness is measured over all confidences: a threshold here would hide what is nearly lost.
        boxes = model.predict(image, conf=0.001, iou=0.7, max_det=300, verbose=False)[0].boxes
        return [
            {"class": model.names[int(of)], "confidence": float(confidence), "box": [float(v) for v in box]}
            for of, confidence, box in zip(boxes.cls, boxes.conf, boxes.xyxy)
        ]

    return [model.names[i] for i in sorted(model.names)], predict


if __name__ == "__main__":
    names, predict = load(sys.argv[1])
    serve(predict, classes=names)
