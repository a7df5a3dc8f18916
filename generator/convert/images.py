"""The image model: its net in ONNX, how pictures are prepared for it, and its labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.convert.parts import NotConvertibleError
from generator.facts.learners import of_task
from generator.findings import in_file
from generator.model.error import ModelError
from generator.model.model_spec import parse_labels, parse_model_spec
from generator.model.names import LABELS, MODEL_SPEC, WEIGHTS
from generator.model.schema import Column
from generator.model.state_dict import read_state_dict
from generator.translations.language import say

_NUMBER = re.compile(r" *[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? *|(?i: *[+-]?(?:inf|infinity) *|true|false)")
_MISSING = {
    *("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA"),
    *("NULL", "NaN", "None", "n/a", "nan", "null"),
}
"""What pandas takes for no value in a CSV file, as its ``read_csv`` documents, of any version."""


def image_model(files: Mapping[str, bytes], columns: Sequence[Column]) -> tuple[dict[str, Any], bytes]:
    """Return what ``model.json`` says of an image model, and its net as an ONNX file. Raises ModelError."""
    from generator.convert.image_net import image_net  # with onnx, which no other model needs

    for name in (WEIGHTS, LABELS):
        if name not in files:
            raise ModelError(say("it is not there, and the model needs it")).in_file(name)
    spec = parse_model_spec(files[MODEL_SPEC])
    with in_file(LABELS):
        labels = _labels(parse_labels(files[LABELS]))
    if spec.column not in [column.name for column in columns if column.type == "bytes"]:
        raise NotConvertibleError(
            say("its column of pictures, {column!r}, does not stand in its schema", column=spec.column[:100])
        )
    if [column.type for column in columns].count("bytes") > 1:
        raise NotConvertibleError(say("it has more than one column of pictures"))
    with in_file(WEIGHTS):
        net = image_net(spec, read_state_dict(files[WEIGHTS]), len(labels))
    learner = {"kind": "image_net", "net": spec.net, "column": spec.column, "mean": spec.mean, "std": spec.std}
    return {**of_task("images"), "classes": labels, "learner": learner}, net


def _labels(texts: list[str]) -> list[str] | list[int]:
    """Return the labels as pandas reads them for the designer: whole numbers where all are such."""
    if len(set(texts)) < len(texts):
        raise NotConvertibleError(say("a label stands in it twice"))
    if missing := sorted(_MISSING.intersection(texts)):
        raise NotConvertibleError(say("pandas takes its label {label!r} for no value", label=missing[0]))
    if not all(_NUMBER.fullmatch(text) for text in texts):
        return texts
    if all(re.fullmatch(r"0|-?[1-9]\d{0,17}", text) for text in texts):
        return [int(text) for text in texts]
    raise NotConvertibleError(say("its labels are numbers, and not all of them plain whole ones"))
