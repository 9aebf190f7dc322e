"""pip install transformers torch pillow timm; predictor.command: [python, huggingface_predict.py, REPO, REVISION]"""

import io
import sys

from PIL import Image
from robustness_gate import serve
from transformers import pipeline

repository = sys.argv[1] if len(sys.argv) > 1 else "hustvl/yolos-tiny"
# A branch moves: name a commit, so that equal runs are equal.
revision = sys.argv[2] if len(sys.argv) > 2 else "main"
detector = pipeline("object-detection", model=repository, revision=revision)


def predict(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return [
        {
            "class": found["label"],
            "confidence": found["score"],
            "box": [found["box"][key] for key in ("xmin", "ymin", "xmax", "ymax")],
        }
        for found in detector(image, threshold=0.001)
    ]


if __name__ == "__main__":
    labels = detector.model.config.id2label
    serve(predict, classes=list(dict.fromkeys(labels[i] for i in sorted(labels))), model=f"{repository}@{revision}")
