"""Makes __tests__/goldens/decode/*.json: what real exports answer to an image, and the boxes that the framework itself
makes of that answer. The models have random weights: it is the layout that is tested, not the detector.

    python3.11 -m venv /tmp/dec && /tmp/dec/bin/pip install -r requirements-exports.txt
    /tmp/dec/bin/python make_exports.py ultralytics|rtdetr|torchvision|transformers|all [FOLDER]
    /tmp/dec/bin/python make_exports.py matrix FOLDER

With FOLDER the models, the images and the goldens are left there too: `REAL_EXPORTS=FOLDER npm test -- exports` feeds the
same images to the models themselves. The matrix (every Ultralytics version in every kind of export) is left there alone.
"""

import base64
import json
import re
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import onnx
import onnxruntime
import torch
import yaml

GOLDENS = Path(__file__).parent.parent / "goldens" / "decode"
NAMES = ["Person", "Hardhat", "Mask"]
# Distances of a side in YOLOv8's head.
BINS = 16
FLOOR, IOU, LIMIT = 0.001, 0.7, 300
ELEMENTS = {"tensor(float)": "float32", "tensor(float16)": "float16", "tensor(int64)": "int64"}
# Height and width of the input.
SQUARE, WIDE = (128, 128), (96, 160)
# The heads that need no suppression choose 300 cells.
LARGE = (160, 160)


def picture(width, height, seed):
    """Smooth colours with edges, so that resizing matters."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (5, 7, 3), dtype=np.uint8)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def shake(model, seed, gain=4):
    """Random weights whose scores are not all alike."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean += 0.1 * torch.randn(module.running_mean.shape, generator=generator)
                module.running_var *= 0.5 + torch.rand(module.running_var.shape, generator=generator)
            if isinstance(module, torch.nn.Conv2d) and module.bias is not None:
                module.weight *= gain
                # Class scores start at nothing found.
                spread = torch.randn(module.bias.shape, generator=generator)
                module.bias.copy_(torch.clamp(module.bias, -1, 2) + spread)
                if module.bias.numel() == 4 * BINS:
                    # Distances of few strides: objects smaller than the image.
                    module.bias -= torch.arange(BINS).repeat(4)


def answer(model, feed):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    types = {one.name: ELEMENTS[one.type] for one in session.get_outputs()}
    values = session.run(None, feed(session))
    return session, [
        {"name": name, "type": types[name], "value": value}
        for name, value in zip(types, values, strict=True)
    ]


def save(name, model, image, session, outputs, boxes, **more):
    """boxes: rows of x1, y1, x2, y2, confidence, class in pixels of the image."""
    rows = np.asarray(boxes, np.float64).reshape(-1, 6)
    rows = rows[np.argsort(-rows[:, 4], kind="stable")]
    metadata = {entry.key: entry.value for entry in onnx.load(model).metadata_props}
    keep = ("names", "imgsz", "task", "args", "end2end", "stride", "batch")
    golden = {
        "name": name,
        "metadata": {key: metadata[key] for key in keep if key in metadata},
        "inputs": [
            {"name": one.name, "type": one.type, "dims": one.shape} for one in session.get_inputs()
        ],
        "outputs": [
            {
                "name": one["name"],
                "type": one["type"],
                "dims": list(one["value"].shape),
                "data": base64.b64encode(np.ascontiguousarray(one["value"]).tobytes()).decode(),
            }
            for one in outputs
        ],
        "image": {"width": image.shape[1], "height": image.shape[0]},
        "boxes": np.round(rows[:, :4], 3).tolist(),
        "confidences": np.round(rows[:, 4], 6).tolist(),
        "classes": rows[:, 5].astype(int).tolist(),
        **more,
    }
    text = json.dumps(golden) + "\n"
    if sys.argv[1:2] != ["matrix"]:
        GOLDENS.mkdir(parents=True, exist_ok=True)
        (GOLDENS / f"{name}.json").write_text(text)
    if len(sys.argv) > 2:
        folder = Path(sys.argv[2])
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(model, folder / f"{name}.onnx")
        cv2.imwrite(str(folder / f"{name}.png"), image)
        (folder / f"{name}.json").write_text(text)
    print(f"{name}: {len(rows)} boxes, outputs {[one['value'].shape for one in outputs]}")


def ultralytics_case(name, config, size, image, options=None, task="detect", convert=None):
    from ultralytics import YOLO
    from ultralytics.data.augment import LetterBox
    from ultralytics.utils.nms import non_max_suppression
    from ultralytics.utils.ops import scale_boxes

    torch.manual_seed(0)
    plan = YOLO(config, task=task).model.yaml
    with tempfile.TemporaryDirectory() as folder:
        # The name tells the scale, the file is looked for with and without it.
        for file in (config, config.replace("nu", "n"), re.sub(r"(\d)nu?(?=[.-])", r"\1", config)):
            (Path(folder) / file).write_text(yaml.safe_dump({**plan, "nc": len(NAMES)}))
        model = YOLO(str(Path(folder) / config), task=task)
        model.model.names = dict(enumerate(NAMES))
        shake(model.model, 1)
        model.ckpt_path = model.model.pt_path = str(Path(folder) / f"{name}.pt")
        path = model.export(format="onnx", imgsz=size, simplify=True, **(options or {}))
        if convert:
            path = convert(path, size, image)

        def feed(session):
            one = session.get_inputs()[0]
            boxed = LetterBox(new_shape=size, auto=False)(image=image)
            pixels = boxed[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32) / 255
            kind = np.float16 if one.type == "tensor(float16)" else np.float32
            return {one.name: np.ascontiguousarray(pixels.astype(kind))}

        session, outputs = answer(path, feed)
        raw = torch.from_numpy(outputs[0]["value"].astype(np.float32))
        final = raw.shape[-1] in (6, 38) and raw.shape[1] != 4 + len(NAMES)
        rows = (
            raw[0][raw[0][:, 4] > FLOOR]
            if final
            else non_max_suppression(
                raw, FLOOR, IOU, multi_label=True, max_det=LIMIT, nc=len(NAMES), max_time_img=60
            )[0]
        )
        boxes = scale_boxes(size, rows[:, :4].clone(), image.shape[:2])
        table = torch.cat([boxes, rows[:, 4:6]], 1).numpy()
        save(name, path, image, session, outputs, table)


def halved(path, _size, _image):
    """float16 inputs and outputs, which Ultralytics' own half=True has no more."""
    from onnxruntime.transformers.float16 import convert_float_to_float16

    target = path.replace(".onnx", "-half.onnx")
    onnx.save(convert_float_to_float16(onnx.load(path), keep_io_types=False), target)
    return target


def quantized(path, size, image):
    """As ONNX Runtime's own tool does it: QuantizeLinear and DequantizeLinear around int8."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.left = [cv2.resize(image, size[::-1])]

        def get_next(self):
            if not self.left:
                return None
            return {"images": self.left.pop().transpose(2, 0, 1)[None].astype(np.float32) / 255}

    target = path.replace(".onnx", "-int8.onnx")
    # The head's last concatenation has pixels and scores in one scale: 8 bits are not enough for it.
    quantize_static(path, target, Reader(), quant_format=QuantFormat.QDQ, op_types_to_quantize=["Conv"])
    return target


def make_ultralytics():
    wide = picture(150, 80, 1)
    tall = picture(70, 120, 2)
    cases = [
        ("yolov5u", "yolov5nu.yaml", SQUARE, wide, {}),
        ("yolov8", "yolov8n.yaml", SQUARE, tall, {}),
        ("yolov8-rectangular", "yolov8n.yaml", WIDE, tall, {}),
        ("yolov8-dynamic", "yolov8n.yaml", WIDE, wide, {"dynamic": True}),
        ("yolov8-half", "yolov8n.yaml", SQUARE, wide, {"half": True}),
        ("yolov8-nms", "yolov8n.yaml", SQUARE, tall, {"nms": True, "conf": FLOOR, "iou": IOU}),
        ("yolov8-nms-dynamic", "yolov8n.yaml", WIDE, tall, {"nms": True, "conf": FLOOR, "iou": IOU, "dynamic": True}),
        ("yolov9", "yolov9t.yaml", SQUARE, wide, {}),
        ("yolov10", "yolov10n.yaml", LARGE, wide, {"nms": False}),
        ("yolo11", "yolo11n.yaml", SQUARE, tall, {}),
        ("yolo11-nms", "yolo11n.yaml", SQUARE, wide, {"nms": True, "conf": FLOOR, "iou": IOU}),
        ("yolo12", "yolo12n.yaml", SQUARE, wide, {}),
        ("yolo26", "yolo26n.yaml", LARGE, tall, {"nms": False}),
        ("yolo26-one-to-many", "yolo26n.yaml", SQUARE, wide, {}),
    ]
    for case in cases:
        ultralytics_case(*case)
    ultralytics_case("yolov8-float16", "yolov8n.yaml", SQUARE, tall, convert=halved)
    ultralytics_case("yolov8-int8", "yolov8n.yaml", SQUARE, wide, convert=quantized)
    ultralytics_case("yolov8-segment", "yolov8n-seg.yaml", SQUARE, wide, task="segment")
    ultralytics_case("yolo26-segment", "yolo26n-seg.yaml", LARGE, wide, {"nms": False}, "segment")
    ultralytics_case("yolov8-pose", "yolov8n-pose.yaml", SQUARE, wide, task="pose")


def calibrate(model, image):
    """Sets the batch normalisations to what this image gives: without it random weights see the same everywhere."""
    norms = [part for part in model.modules() if isinstance(part, torch.nn.BatchNorm2d)]
    model.eval()
    for norm in norms:
        norm.momentum = 1
        norm.train()
    with torch.no_grad():
        model(torch.from_numpy(to_unit(image))[None])
    model.eval()


def make_rtdetr():
    """Ultralytics' RT-DETR: its own predictor reads the export, from stretching to boxes.

    Up to 8.3 it answers a score for each class, since then the best class; for the former:
    pip install --no-deps --target /tmp/old ultralytics==8.3.40; PYTHONPATH=/tmp/old python make_exports.py rtdetr
    """
    from ultralytics import RTDETR, __version__

    # Stretched to twice its width without rounding: which queries come first hangs on a grey level.
    wide = picture(160, 80, 1) // 16 * 16
    size = (160, 160)
    cases = [
        ("ultralytics-rtdetr", {}),
        ("ultralytics-rtdetr-half", {"half": True}),
        ("ultralytics-rtdetr-dynamic", {"dynamic": True}),
    ]
    if __version__.startswith("8.3"):
        cases = [("ultralytics-rtdetr-scores", {"opset": 17})]
        # It does not know that torch's other exporter has become the default.
        torch.onnx.export = partial(torch.onnx.export, dynamo=False)
    for name, options in cases:
        torch.manual_seed(0)
        plan = RTDETR("rtdetr-l.yaml").model.yaml
        with tempfile.TemporaryDirectory() as folder:
            plan = {**plan, "nc": len(NAMES), "scales": {"l": [0.33, 0.125, 256]}, "scale": "l"}
            (Path(folder) / "rtdetr-l.yaml").write_text(yaml.safe_dump(plan))
            model = RTDETR(str(Path(folder) / "rtdetr-l.yaml"))
            model.model.names = dict(enumerate(NAMES))
            calibrate(model.model, cv2.resize(wide, size))
            for path, layer in model.model.named_modules():
                if "score_head" in path and isinstance(layer, torch.nn.Linear):
                    torch.nn.init.normal_(layer.weight, std=0.2)
                    torch.nn.init.constant_(layer.bias, -2)
                if re.search(r"bbox_head(\.\d+)?\.layers\.2$", path):
                    torch.nn.init.normal_(layer.weight, std=0.05)
            model.ckpt_path = model.model.pt_path = str(Path(folder) / f"{name}.pt")
            exported = model.export(format="onnx", imgsz=size, simplify=True, **options)

            def feed(session):
                one = session.get_inputs()[0]
                kind = np.float16 if one.type == "tensor(float16)" else np.float32
                return {one.name: to_unit(cv2.resize(wide, size))[None].astype(kind)}

            session, outputs = answer(exported, feed)
            found = RTDETR(exported).predict(wide, conf=FLOOR, max_det=LIMIT, imgsz=size, verbose=False)[0]
            rows = found.boxes.data.cpu().numpy()
            rows[:, 0:4:2] = rows[:, 0:4:2].clip(0, wide.shape[1])
            rows[:, 1:4:2] = rows[:, 1:4:2].clip(0, wide.shape[0])
            save(name, exported, wide, session, outputs, rows)


def make_matrix():
    """Every version in every kind of export, pair by pair."""
    nms = {"nms": True, "conf": FLOOR, "iou": IOU}
    kinds = [
        ("fixed", SQUARE, {}, None),
        ("nms-half", SQUARE, {**nms, "half": True}, None),
        ("dynamic-rectangular", WIDE, {"dynamic": True}, None),
        ("nms-dynamic-rectangular", WIDE, {**nms, "dynamic": True}, None),
        ("half-rectangular", WIDE, {"half": True}, None),
        ("half-dynamic", SQUARE, {"half": True, "dynamic": True}, None),
        ("int8", SQUARE, {}, quantized),
        ("nms-int8-rectangular", WIDE, nms, quantized),
        ("end-to-end", LARGE, {"nms": False}, None),
        ("end-to-end-half", LARGE, {"nms": False, "half": True}, None),
    ]
    versions = ["yolov5nu", "yolov8n", "yolov9t", "yolov10n", "yolo11n", "yolo12n", "yolo26n"]
    wide, tall = picture(150, 80, 1), picture(70, 120, 2)
    for version in versions:
        for kind, size, options, convert in kinds:
            # The others have no head that needs no suppression.
            if kind.startswith("end-to-end") and version not in ("yolov10n", "yolo26n"):
                continue
            name = f"{version}-{kind}"
            image = tall if "dynamic" in kind else wide
            if len(sys.argv) > 2 and (Path(sys.argv[2]) / f"{name}.json").exists():
                continue
            try:
                ultralytics_case(name, f"{version}.yaml", size, image, options, convert=convert)
            except Exception as error:  # the rest is made all the same
                print(f"NOT MADE {name}: {type(error).__name__}: {error}")


def to_unit(image):
    """RGB, 0 to 1, planar."""
    return np.ascontiguousarray(image[..., ::-1].transpose(2, 0, 1).astype(np.float32) / 255)


def make_torchvision():
    from torchvision.models import detection

    nothing = {"weights": None, "weights_backbone": None, "num_classes": 1 + len(NAMES)}
    wide = picture(150, 110, 1)
    cases = [
        ("torchvision-ssdlite", detection.ssdlite320_mobilenet_v3_large, {"detections_per_img": 60}, True, 4),
        ("torchvision-fasterrcnn", detection.fasterrcnn_mobilenet_v3_large_320_fpn, {"box_detections_per_img": 60}, True, 4),
        ("torchvision-retinanet-fixed", detection.retinanet_resnet50_fpn, {"detections_per_img": 60, "min_size": 128, "max_size": 160}, False, 1.1),
    ]
    for name, build, options, dynamic, gain in cases:
        torch.manual_seed(0)
        model = build(**nothing, **options)
        shake(model, 5, gain)
        model.eval()
        # A model whose size is fixed is fed the image stretched to it.
        fed = wide if dynamic else cv2.resize(wide, (128, 96))
        pixels = to_unit(fed)
        with torch.no_grad():
            found = model([torch.from_numpy(pixels)])[0]
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / f"{name}.onnx")
            axes = {"images_tensors": {1: "height", 2: "width"}, **{out: {0: "boxes"} for out in found}}
            torch.onnx.export(
                model,
                ([torch.from_numpy(pixels)],),
                path,
                opset_version=17,
                dynamo=False,
                input_names=["images_tensors"],
                output_names=list(found),
                dynamic_axes=axes if dynamic else None,
            )
            session, outputs = answer(path, lambda session: {"images_tensors": pixels})
            # Boxes of random weights tie: torch and ONNX Runtime may choose others. The layout is what is tested.
            print(name, "torch finds", len(found["scores"]), "boxes, the export", len(outputs[0]["value"]))
            found = {one["name"]: torch.from_numpy(one["value"]) for one in outputs}
            scale = np.array([wide.shape[1], wide.shape[0]] * 2) / np.array([fed.shape[1], fed.shape[0]] * 2)
            boxes = found["boxes"].numpy() * scale
            rows = np.concatenate([boxes, found["scores"].numpy()[:, None], found["labels"].numpy()[:, None] - 1], 1)
            # Label 0 is the background, which RetinaNet scores too.
            save(name, path, wide, session, outputs, rows[rows[:, 5] >= 0], config={"names": NAMES})


def make_transformers():
    import transformers as hf

    labels = {"id2label": dict(enumerate(NAMES)), "label2id": {one: i for i, one in enumerate(NAMES)}}
    small = {"d_model": 32, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "encoder_layers": 1, "decoder_layers": 2}
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    detr = hf.DetrConfig(
        use_timm_backbone=False,
        use_pretrained_backbone=False,
        backbone=None,
        backbone_config=hf.ResNetConfig(
            embedding_size=16, hidden_sizes=[16, 16, 32, 32], depths=[1, 1, 1, 1], out_features=["stage4"]
        ),
        num_queries=40,
        **small,
        **heads,
        **labels,
    )
    rt_detr = hf.RTDetrConfig(
        backbone_config=hf.RTDetrResNetConfig(
            embedding_size=16,
            hidden_sizes=[16, 32, 32, 32],
            depths=[1, 1, 1, 1],
            layer_type="basic",
            out_features=["stage2", "stage3", "stage4"],
        ),
        encoder_hidden_dim=32,
        encoder_in_channels=[32, 32, 32],
        decoder_in_channels=[32, 32, 32],
        feat_strides=[8, 16, 32],
        num_queries=300,
        anchor_image_size=None,
        **{**small, "encoder_layers": 1},
        **heads,
        **labels,
    )
    wide = picture(150, 110, 1)
    cases = [
        ("detr", hf.DetrForObjectDetection, detr, hf.DetrImageProcessor, True, False),
        ("detr-mask", hf.DetrForObjectDetection, detr, hf.DetrImageProcessor, True, True),
        ("rt-detr", hf.RTDetrForObjectDetection, rt_detr, hf.RTDetrImageProcessor, False, False),
    ]
    for name, build, config, processor, normalise, with_mask in cases:
        torch.manual_seed(0)
        model = build(config).eval()
        for head in ("class_labels_classifier", "class_embed"):
            for layer in (part for path, part in model.named_modules() if path.endswith(head) or f"{head}." in path):
                if isinstance(layer, torch.nn.Linear):
                    torch.nn.init.normal_(layer.weight, std=0.5)
                    torch.nn.init.normal_(layer.bias, mean=-1)
        height, width = 128, 160
        process = processor(size={"height": height, "width": width}, do_normalize=normalise)
        # OpenCV's bilinear, as the product's: Pillow's, which the processor has, blurs where it makes smaller.
        pixels = to_unit(cv2.resize(wide, (width, height)))
        if normalise:
            mean, std = np.array(process.image_mean), np.array(process.image_std)
            pixels = ((pixels - mean[:, None, None]) / std[:, None, None]).astype(np.float32)
        feed = {"pixel_values": pixels[None]}
        if with_mask:
            feed["pixel_mask"] = np.ones((1, height, width), np.int64)

        class Only(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.model = model

            def forward(self, *inputs):
                out = self.model(**dict(zip(feed, inputs, strict=True)))
                return out.logits, out.pred_boxes

        tensors = tuple(torch.from_numpy(one) for one in feed.values())
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / f"{name}.onnx")
            torch.onnx.export(
                Only().eval(),
                tensors,
                path,
                opset_version=17,
                dynamo=False,
                input_names=list(feed),
                output_names=["logits", "pred_boxes"],
            )
            session, outputs = answer(path, lambda session: feed)
            out = SimpleNamespace(**{one["name"]: torch.from_numpy(one["value"]) for one in outputs})
            found = process.post_process_object_detection(out, threshold=FLOOR, target_sizes=[wide.shape[:2]])[0]
            rows = torch.cat(
                [found["boxes"], found["scores"][:, None], found["labels"][:, None].float()], 1
            ).numpy()
            rows[:, 0:4:2] = rows[:, 0:4:2].clip(0, wide.shape[1])
            rows[:, 1:4:2] = rows[:, 1:4:2].clip(0, wide.shape[0])
            save(name, path, wide, session, outputs, rows, config={"names": NAMES})


MAKERS = {"ultralytics": make_ultralytics, "rtdetr": make_rtdetr, "torchvision": make_torchvision, "transformers": make_transformers}

if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if what == "matrix":
        make_matrix()
    for name, make in MAKERS.items():
        if what in ("all", name):
            make()
