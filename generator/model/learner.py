"""What a learner's ``_data.pkl`` tells without being run: its class, release, columns, label, categories, ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.model.arrays import values
from generator.model.error import ModelError
from generator.model.pickle_reader import Object, read_pickle
from generator.translations.language import say

SKLEARN_VERSION = "_sklearn_version"
"""The attribute that tells by which version of scikit-learn an object was pickled."""


class LearnerFacts(NamedTuple):
    """The facts of a learner of the classic modules, which keep their model in ``_data.pkl``.

    ``class_name`` is the designer's, such as ``LogisticRegressionBiClassifier``. ``sklearn_versions`` are those that
    its parts were pickled by, in order, none for SVD. ``features`` are the columns that it scores by, ``label`` is the
    one that it predicts. ``categories`` has the texts of each text column that it knows, ``ranges`` the least and the
    largest training value of each column of numbers.
    """

    class_name: str
    sklearn_versions: tuple[str, ...]
    features: tuple[str, ...]
    label: str | None
    categories: Mapping[str, tuple[Any, ...]]
    ranges: Mapping[str, tuple[float, float]]


def learner_facts(content: bytes) -> LearnerFacts:
    """Return the facts of a learner, given its ``_data.pkl``. Raises ModelError for what cannot be read."""
    learner = read_pickle(content)
    if not isinstance(learner, Object):
        raise ModelError(say("it holds no learner, but {name}", name=type(learner).__name__))
    held = learner.attributes
    normalizer = _attributes(held.get("normalizer"))
    label = held.get("label_column_name")
    features = held.get("init_feature_columns_names") or ()
    if not all(isinstance(name, str) for name in features):
        raise ModelError(say("its feature columns are not named by text"))
    return LearnerFacts(
        class_name=learner.name.rpartition(".")[2],
        sklearn_versions=sklearn_versions(learner),
        features=tuple(features),
        label=label if isinstance(label, str) else None,
        categories=_categories(normalizer.get("str_feature_column_encoders") or {}),
        ranges=_ranges(normalizer.get("numeric_feature_column_encoders") or {}),
    )


def sklearn_versions(learner: Any) -> tuple[str, ...]:
    """Return the versions of scikit-learn by which the parts of a learner say that they were pickled, in order."""
    named = (part.attributes.get(SKLEARN_VERSION) for part in parts_of(learner))
    return tuple(sorted({version for version in named if isinstance(version, str)}))


def parts_of(learner: Any) -> Iterator[Object]:
    """Yield the objects that a learner is made of, each once."""
    waiting: list[Any] = [learner]
    seen: set[int] = set()  # parts may hold each other
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, Object):
            yield part
            waiting += [part.arguments, part.state]
        elif isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, (list, tuple)):
            waiting += part


def _attributes(value: Any) -> Mapping[str, Any]:
    return value.attributes if isinstance(value, Object) else {}


def _categories(encoders: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return the categories that each column's encoder knows; none where it has learned none."""
    found = {}
    for column, encoder in encoders.items():
        known = _attributes(_attributes(encoder).get("one_hot_encoder")).get("categories_")
        if isinstance(known, list) and len(known) == 1:
            found[column] = tuple(values(known[0]))
    return found


def _ranges(encoders: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    found = {}
    for column, encoder in encoders.items():
        scaler = _attributes(_attributes(encoder).get("encoder"))
        if {"data_min_", "data_max_"} <= scaler.keys():
            (least,), (largest,) = values(scaler["data_min_"]), values(scaler["data_max_"])
            found[column] = (least, largest)
    return found
