"""Learners made of others: one for each class, or one for each pair of classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, attributes, class_count, required
from generator.translations.language import say

Converted = dict[str, Any]


def one_against_all(model: Any, store: ArrayStore, convert: Callable[[Any, ArrayStore], Converted]) -> Converted:
    """Return the open form of a OneVsRestClassifier: one learner of two classes for each class."""
    held = attributes(model, "OneVsRestClassifier")
    count = class_count(required(held, "classes_"))
    return {"kind": "one_against_all", "classes": count, **_members(held, store, convert, 1 if count == 2 else count)}


def one_against_one(model: Any, store: ArrayStore, convert: Callable[[Any, ArrayStore], Converted]) -> Converted:
    """Return the open form of a OneVsOneClassifier: one learner for each pair of classes, who vote.

    Of a logistic regression, the distance from the border counts, not the probability.
    """
    held = attributes(model, "OneVsOneClassifier")
    count = class_count(required(held, "classes_"))
    made = _members(held, store, convert, count * (count - 1) // 2)
    if made["of"] in ("logistic", "multinomial"):
        made = {"of": "decision", "members": [{**member, "kind": "decision"} for member in made["members"]]}
    return {"kind": "one_against_one", "classes": count, **made}


def _members(held: Any, store: ArrayStore, convert: Callable[[Any, ArrayStore], Converted], count: int) -> Converted:
    members = required(held, "estimators_")
    if not isinstance(members, (list, tuple)) or len(members) != count:
        raise NotConvertibleError(say("it has not {count} learners", count=count))
    made = [convert(member, store.within(index)) for index, member in enumerate(members)]
    kinds = {(member["kind"], member["classes"]) for member in made}
    if len(kinds) != 1 or made[0]["classes"] != 2:
        raise NotConvertibleError(say("its learners are not all of one kind, for two classes"))
    return {"of": made[0]["kind"], "members": made}
