"""The SVD recommender: ids, factors and biases of users and items."""

from __future__ import annotations

from typing import Any

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, attribute, attributes, floats, number, required
from generator.model.arrays import plain
from generator.translations.language import say


def svd(learner: Any, store: ArrayStore) -> dict[str, Any]:
    """Return the open form of an SVDRecommender: ``users`` and ``items`` in the order of the arrays' rows."""
    held = attributes(attribute(learner, "model", "SVDRecommender"), "SVD")
    training = attributes(required(held, "trainset"), "Trainset")
    users = _ids(required(training, "_raw2inner_id_users"))
    items = _ids(required(training, "_raw2inner_id_items"))
    for rated, count in (("ur", len(users)), ("ir", len(items))):
        known = required(training, rated)  # by these it tells whom and what it knows
        if not isinstance(known, dict) or known.keys() != set(range(count)):
            raise NotConvertibleError(say("its ratings are not of the users and items that it has"))
    scale = [plain(bound) for bound in required(training, "rating_scale")]
    if len(scale) != 2 or not all(type(bound) in (int, float) for bound in scale):
        raise NotConvertibleError(say("its scale of ratings is not a smallest and a largest number"))
    factors = floats(required(held, "pu"), len(users), None)
    return {
        "kind": "svd",
        "users": users,
        "items": items,
        "mean": number(required(training, "_global_mean")),
        "scale": scale,
        "user_factors": store.keep("user_factors", factors),
        "item_factors": store.keep("item_factors", floats(required(held, "qi"), len(items), factors.shape[1])),
        "user_bias": store.keep("user_bias", floats(required(held, "bu"), len(users))),
        "item_bias": store.keep("item_bias", floats(required(held, "bi"), len(items))),
    }


def _ids(numbers: Any) -> list[str]:
    """Return the ids, which the pickle has with their numbers, 0, 1, 2 ..., in that order."""
    if not isinstance(numbers, dict) or not all(isinstance(known, str) for known in numbers):
        raise NotConvertibleError(say("its ids are not texts"))
    if list(numbers.values()) != list(range(len(numbers))):
        raise NotConvertibleError(say("its ids are not numbered from 0"))
    return list(numbers)
