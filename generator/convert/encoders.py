"""How a learner turns columns into features, and the label into classes and back."""

from __future__ import annotations

from typing import Any

from generator.convert.parts import NotConvertibleError, attribute, attributes, floats, number, required
from generator.model.arrays import is_array, values
from generator.translations.language import say

_CONSTANT = 1e-9
"""The designer takes a column whose standard deviation is below this for constant: its feature is 0."""


def features(normalizer: Any) -> dict[str, list[dict[str, Any]]]:
    """Return how columns become features, in order: ``numbers``, then ``texts``, each with its ``categories``.

    A number x becomes x * scale + min; scale is None for a column that is taken as it is. Raises ModelError.
    """
    held = attributes(normalizer, "Normalizer")
    numbers = required(held, "numeric_feature_column_encoders")
    texts = required(held, "str_feature_column_encoders")
    return {
        "numbers": [_number(name, encoder) for name, encoder in _by_column(numbers)],
        "texts": [{"name": name, "categories": _categories(encoder)} for name, encoder in _by_column(texts)],
    }


def width(made: dict[str, list[dict[str, Any]]]) -> int:
    """Return how many features there are."""
    return len(made["numbers"]) + sum(len(text["categories"]) for text in made["texts"])


def classes(normalizer: Any, label: str | None) -> list[Any]:
    """Return the values of the label by the numbers of their classes; none for a label that is no class.

    Raises ModelError.
    """
    encoders = required(attributes(normalizer, "Normalizer"), "label_column_encoders")
    if not encoders:
        return []
    if list(encoders) != [label]:
        raise NotConvertibleError(say("the label that is encoded is not the one that is predicted"))
    encoder = attribute(encoders[label], "label_encoder", "NamedLabelEncoder")
    found = _one_column(attribute(encoder, "categories_", "OrdinalEncoder"))
    kinds = {type(value) for value in found}
    if not kinds <= {str, int, float, bool} or len(kinds) != 1:
        raise NotConvertibleError(
            say("the label has values of {kinds}", kinds=say(" and ").join(sorted(kind.__name__ for kind in kinds)))
        )
    return found


def _by_column(encoders: Any) -> list[tuple[str, Any]]:
    if not isinstance(encoders, dict) or not all(isinstance(name, str) for name in encoders):
        raise NotConvertibleError(say("the encoders are not named by column"))
    return list(encoders.items())


def _number(name: str, encoder: Any) -> dict[str, Any]:
    if encoder is None:
        return {"name": name, "scale": None, "min": 0.0}
    held = attributes(encoder, "NamedMinMaxEncoder")
    if required(held, "unfitted") or number(required(held, "std")) < _CONSTANT:
        return {"name": name, "scale": 0.0, "min": 0.0}
    scaler = attributes(held.get("encoder"), "MinMaxScaler")
    return {
        "name": name,
        "scale": float(floats(required(scaler, "scale_"), 1)[0]),
        "min": float(floats(required(scaler, "min_"), 1)[0]),
    }


def _categories(encoder: Any) -> list[str]:
    # categories_: one array for each column that the encoder was given, and it was given one
    one_hot = attribute(encoder, "one_hot_encoder", "NamedOneHotEncoder")
    found = _one_column(attribute(one_hot, "categories_", "OneHotEncoder"))
    if not all(isinstance(value, str) for value in found) or len(set(found)) != len(found):
        raise NotConvertibleError(say("a column has categories that are not different texts"))
    return found


def _one_column(categories: Any) -> list[Any]:
    if not isinstance(categories, list) or len(categories) != 1 or not is_array(categories[0]):
        raise NotConvertibleError(say("an encoder knows more than one column"))
    return values(categories[0])
