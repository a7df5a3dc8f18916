"""Neural networks: layers of weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, class_count, floats, required
from generator.translations.language import say

_HIDDEN = ("identity", "logistic", "relu", "tanh")


def net(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of an MLPClassifier or an MLPRegressor."""
    weights, biases = required(held, "coefs_"), required(held, "intercepts_")
    hidden, output = required(held, "activation"), required(held, "out_activation_")
    if not isinstance(weights, list) or not isinstance(biases, list) or not len(weights) == len(biases) >= 1:
        raise NotConvertibleError(say("its layers are not lists of the same length"))
    if hidden not in _HIDDEN:
        raise NotConvertibleError(say("it has the activation {hidden!r:.40}, which is not known", hidden=hidden))
    layers, width = [], store.width
    for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        matrix = floats(weight, width, None)
        width = matrix.shape[1]
        layers.append([store.keep(f"weights{index}", matrix), store.keep(f"bias{index}", floats(bias, width))])
    count = class_count(held["classes_"]) if "classes_" in held else 0
    kinds = {("logistic", 2, 1): "net_of_two_classes", ("identity", 0, 1): "net_of_values"}
    kind = "net_of_classes" if (output, count) == ("softmax", width) else kinds.get((output, count, width))
    if kind is None:
        raise NotConvertibleError(
            say("it ends with {output!r:.40} for {count} classes, which is not known", output=output, count=count)
        )
    return {"kind": kind, "classes": count, "hidden": hidden, "layers": layers}
