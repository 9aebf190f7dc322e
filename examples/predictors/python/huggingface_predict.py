"""pip install transformers torch torchvision pillow timm

A repository and a commit of it, or a folder that `save_pretrained` wrote:
predictor: {kind: command, command: [python, huggingface_predict.py, hustvl/yolos-tiny, COMMIT]}
predictor: {kind: command, command: [python, huggingface_predict.py, model], files: [model/model.safetensors]}
"""

import io
import sys

import torch
from PIL import Image
from robustness_gate import serve
from transformers import AutoImageProcessor, AutoModelForObjectDetection

repository = sys.argv[1] if len(sys.argv) > 1 else "hustvl/yolos-tiny"
# A branch moves: name a commit, so that equal runs are equal.
revision = sys.argv[2] if len(sys.argv) > 2 else "main"
processor = AutoImageProcessor.from_pretrained(repository, revision=revision)
model = AutoModelForObjectDetection.from_pretrained(repository, revision=revision).eval()
labels = model.config.id2label


@torch.inference_mode()
def predict(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    answer = model(**processor(images=image, return_tensors="pt"))
    # Not `pipeline(...)`, which cuts boxes down to whole pixels. All confidences: a threshold here would hide what is nearly lost.
    found = processor.post_process_object_detection(
        answer, threshold=0.001, target_sizes=[(image.height, image.width)]
    )[0]
    return [
        {"class": labels[int(of)], "confidence": float(confidence), "box": [float(v) for v in box]}
        for of, confidence, box in zip(found["labels"], found["scores"], found["boxes"])
    ]


if __name__ == "__main__":
    serve(predict, classes=list(dict.fromkeys(labels[i] for i in sorted(labels))), model=f"{repository}@{revision}")
