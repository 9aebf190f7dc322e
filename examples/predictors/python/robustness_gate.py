"""The line protocol of Robustness Gate's `command` predictor, in the standard library alone.

    from robustness_gate import serve
    serve(predict, classes=["person", "helmet"], model="my model, 2026-11")

`predict(png)` is given the bytes of a PNG and returns a list of
{"class": name or index, "confidence": 0 to 1, "box": [x1, y1, x2, y2]} in pixels of that image.
"""

import base64
import json
import os
import sys


def serve(predict, classes=None, model=None):
    """Answers one line for each line on stdin, until it ends."""
    # Whatever libraries print goes to stderr: stdout is for answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    hello = {"ready": True}
    if classes is not None:
        hello["classes"] = list(classes)
    if model is not None:
        hello["model"] = model
    answers.write(json.dumps(hello) + "\n")
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"id": question["id"]}
        try:
            answer["detections"] = predict(base64.b64decode(question["png"]))
        except Exception as error:  # the gate ends the run with it and names the image
            answer["error"] = f"{type(error).__name__}: {error}"
        answers.write(json.dumps(answer) + "\n")
