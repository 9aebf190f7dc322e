"""Scores a COCO results file with pycocotools and prints {"load", "score": CPU seconds, "stats": the twelve numbers}."""

import contextlib
import io
import json
import sys
import time

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

with contextlib.redirect_stdout(io.StringIO()):
    start = time.process_time()
    truth = COCO(sys.argv[1])
    found = truth.loadRes(sys.argv[2])
    loaded = time.process_time()
    evaluation = COCOeval(truth, found, "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    scored = time.process_time()
print(json.dumps({"load": loaded - start, "score": scored - loaded, "stats": list(evaluation.stats)}))
