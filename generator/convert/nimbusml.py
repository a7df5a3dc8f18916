"""Learners of nimbusml's, which keep an ML.NET model: Poisson regression, and the detector of anomalies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, Singles, attributes, required
from generator.model.ml_net import NORMALIZER, PREDICTOR, Numbers, numbers_of, parts_of
from generator.translations.language import say

# From byte 0x40 of a part's head on: signature, versions, and the class that reads it; see ml_net.
_POISSON = b"POI\0RGRS\1\0\2\0\1\0\2\0PoissonRegressionExec\0\0\0"
_PCA = b"PCA\0ANOM\1\0\1\0\1\0\1\0pcaAnomExec"
_AFFINE = b"AFF\0NORM\3\0\1\0\3\0\1\0AffineNormExec"
_STEPS = (
    *("BinaryLoader", "OptColTransform", "ConvertTransform", "ConcatTransform", "RowToRowMapper"),
    *("Normalizer", "AffineNormExec", "PipeDataLoader"),
)
"""What an ML.NET model may do with the features before it scores them; one alone changes them, AffineNormExec."""


def poisson(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a PoissonRegressionRegressor: exp(x @ weights + intercept), with 32 bits."""
    parts = _parts(held)
    numbers = numbers_of(parts[PREDICTOR], _POISSON)
    numbers.expect("I", 4)
    (intercept,) = numbers.take("f")
    numbers.expect("III", store.width, 0, store.width)
    weights = _row(numbers, store.width)
    numbers.end()
    return {
        "kind": "poisson",
        "classes": 0,
        "weights": store.keep("weights", weights * _scale(parts, store.width)),
        "intercept": store.keep("intercept", np.array([intercept], np.float32)),
    }


def anomalies(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a pipeline of one PcaAnomalyDetector: the directions in which ordinary rows differ."""
    steps = required(held, "steps")
    if not isinstance(steps, list) or len(steps) != 1:
        raise NotConvertibleError(say("its pipeline does not have exactly one step"))
    attributes(steps[0], "PcaAnomalyDetector")
    parts = _parts(held)
    numbers = numbers_of(parts[PREDICTOR], _PCA)
    numbers.expect("II", 4, store.width)
    rank = numbers.count()
    (is_centered,) = numbers.take("?")
    mean = _row(numbers, store.width) if is_centered else np.zeros(store.width, np.float32)
    directions = [_row(numbers, store.width) for _ in range(rank)]
    numbers.end()
    if not directions:
        raise NotConvertibleError(say("it has no directions"))
    return {
        "kind": "anomalies",
        "classes": 0,
        "scale": store.keep("scale", _scale(parts, store.width)),
        "mean": store.keep("mean", mean),
        "directions": store.keep("directions", np.stack(directions, axis=1)),
    }


def _parts(held: Mapping[str, Any]) -> dict[str, bytes]:
    content = required(held, "modelbytes")
    if not isinstance(content, bytes):
        raise NotConvertibleError(say("its ML.NET model is missing"))
    parts = parts_of(content)
    if PREDICTOR not in parts:
        raise NotConvertibleError(say("its ML.NET model has no {predictor}", predictor=PREDICTOR))
    for name, part in parts.items():
        step = part[0x50:0x68].rstrip(b"\0").decode("latin-1")  # the class that reads it
        if name.startswith("DataLoaderModel/") and name.endswith("/Model.key") and step not in _STEPS:
            raise NotConvertibleError(say("its ML.NET model has the step {step!r:.40}, which is not known", step=step))
    return parts


def _scale(parts: Mapping[str, bytes], width: int) -> Singles:
    """Return what ML.NET multiplies the features by: 0 for those that were all 0 in training."""
    found = [part for name, part in parts.items() if name.endswith(NORMALIZER)]
    if len(found) > 1:
        raise NotConvertibleError(say("its ML.NET model scales the features twice"))
    if not found:
        return np.ones(width, np.float32)
    numbers = numbers_of(found[0], _AFFINE)
    numbers.expect("IIiI", 4, width, -1, width)
    scale = _row(numbers, width)
    numbers.expect("I", 0)
    numbers.end()
    return scale


def _row(numbers: Numbers, width: int) -> Singles:
    return np.array(numbers.take(f"{width}f"), np.float32)
