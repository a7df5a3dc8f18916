"""Linear learners: logistic regression, perceptron, support vectors, linear and Bayesian regression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, class_count, floats, number, numpy_array, required
from generator.model.arrays import is_array
from generator.translations.language import say


def logistic_regression(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a LogisticRegression: one for each class, or all classes together by softmax."""
    method, solver = required(held, "multi_class"), required(held, "solver")
    if method not in ("auto", "deprecated", "ovr", "multinomial") or not isinstance(solver, str):
        raise NotConvertibleError(
            say("LogisticRegression has multi_class={method!r}, which is not known", method=method)
        )
    count = class_count(required(held, "classes_"))
    # scikit-learn's own rule, for "auto" and for what 1.5 calls deprecated
    each_class = method == "ovr" or (method in ("auto", "deprecated") and (count == 2 or solver == "liblinear"))
    kind = "logistic" if each_class else "multinomial"
    return {"kind": kind, "classes": count, **_weights(held, store, 1 if count == 2 else count)}


def decision(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a Perceptron or a LinearSVC, whose answer is a distance from the border."""
    if class_count(required(held, "classes_")) != 2:
        raise NotConvertibleError(say("a perceptron or support vectors for more than two classes are not known"))
    return {"kind": "decision", "classes": 2, **_weights(held, store, 1)}


def regression(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a Ridge or a BayesianRidge."""
    return {"kind": "linear", "classes": 0, **_weights(held, store, 1)}


def _weights(held: Mapping[str, Any], store: ArrayStore, rows: int) -> dict[str, Any]:
    """Keep the weights, one column for each row of the coefficients, and the intercepts."""
    given = required(held, "coef_")
    coefficients = np.atleast_2d(floats(given, *[None] * numpy_array(given).ndim))
    if coefficients.shape != (rows, store.width):
        message = say(
            "it has {shape} weights for {rows} x {width} features",
            shape=list(coefficients.shape),
            rows=rows,
            width=store.width,
        )
        raise NotConvertibleError(message)
    given = required(held, "intercept_")
    intercept = floats(given, rows) if is_array(given) else np.array([number(given)])
    return {"weights": store.keep("weights", coefficients.T), "intercept": store.keep("intercept", intercept)}
