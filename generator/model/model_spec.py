"""``model_spec.yaml`` and ``index_to_label.csv`` of an image model: which net it is, and what its answers mean."""

from __future__ import annotations

import csv
import io
from typing import Any, NamedTuple

from generator.model.error import ModelError
from generator.model.names import LABELS, WEIGHTS
from generator.text.yaml_reader import read_document
from generator.translations.language import say

_NETS = "azureml.designer.modules.dl.pytorch.initialize_models.vision.classification."
_NORMALIZER = "azureml.designer.core.model.model_spec.builtin_model_meta.pre_processor"


class ModelSpec(NamedTuple):
    """An image model: the class of its net and the net's name, the column of pictures, and how it is normalized.

    ``is_wrapped``: behind the net for ImageNet stands one more layer. ``mean`` and ``std`` have a number for each of
    red, green and blue.
    """

    family: str
    net: str
    is_wrapped: bool
    column: str
    mean: tuple[float, ...]
    std: tuple[float, ...]


def parse_model_spec(content: bytes) -> ModelSpec:
    """Return what a ``model_spec.yaml`` says. Raises ModelError for what is not known."""
    document = read_document(content)
    if document.mistakes:
        raise ModelError(
            say("line {line}: {message}", line=document.mistakes[0].place.line, message=document.mistakes[0].message)
        )
    match document.value:
        case {
            "flavor": {"name": "pytorch", "serialization_method": "state_dict"},
            "model_file": file,
            "flavor_extras": {
                "module": str(module),
                "class": str(family),
                "init_params": {"model_name": str(net), **chosen},
            },
            "task_type": "MultiClassification",
            "label_map_file": labels,
            "inputs": [{"name": str(column), "pre_processor": pictures}],
        } if module == _NETS + family.lower():
            if (file, labels) != (WEIGHTS, LABELS):
                raise ModelError(say("its files are not {weights} and {labels}", weights=WEIGHTS, labels=LABELS))
            return ModelSpec(family, net, chosen.get("pretrained") is True, column, *_normalized(pictures))
    raise ModelError(say("it is not of an image model as the designer trains them"))


def _normalized(pictures: Any) -> tuple[tuple[float, ...], tuple[float, ...]]:
    match pictures:
        case {"module": module, "class": "ImageNormalizer", "init_params": {"mean": list(mean), "std": list(std)}} if (
            module == _NORMALIZER
            and len(mean) == len(std) == 3
            and all(type(number) in (int, float) for number in (*mean, *std))
            and all(std)
        ):
            return tuple(map(float, mean)), tuple(map(float, std))
    raise ModelError(say("how it prepares pictures is not known"))


def parse_labels(content: bytes) -> list[str]:
    """Return the labels of an ``index_to_label.csv``, by their numbers. Raises ModelError."""
    try:
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    except (ValueError, csv.Error) as error:
        raise ModelError(say("it is not a table of labels: {error}", error=str(error)[:100])) from error
    if head != ["", "label"] or [row[0] for row in rows if row] != [str(number) for number in range(len(rows))]:
        raise ModelError(say("it is not a table of labels, numbered from 0"))
    if not rows or any(len(row) != 2 for row in rows):
        raise ModelError(say("it is not a table of labels, each in a line"))
    return [row[1] for row in rows]
