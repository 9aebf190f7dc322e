"""pip install fastapi uvicorn ultralytics; WEIGHTS=weights/best.pt uvicorn fastapi_server:app --port 8000

predictor: {kind: http, url: http://127.0.0.1:8000/predict, files: [weights/best.pt], concurrency: 1}
robustness-gate run --predictor-origin http://127.0.0.1:8000
"""

import os
from threading import Lock

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from ultralytics_predict import load

app = FastAPI()
names, predict = load(os.environ["WEIGHTS"])
# Ultralytics keeps state while it predicts: one image at a time.
alone = Lock()


def predict_alone(png):
    with alone:
        return predict(png)


@app.post("/predict")
async def answer(request: Request):
    return {"detections": await run_in_threadpool(predict_alone, await request.body())}
