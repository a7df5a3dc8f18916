"""Learners made of others: one for each class, or one for each pair of classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, class_count, required
from generator.translations.language import say

Converted = dict[str, Any]
Convert = Callable[[Any, ArrayStore], Converted]


def one_against_all(held: Mapping[str, Any], store: ArrayStore, convert: Convert) -> Converted:
    """Return the open form of a OneVsRestClassifier: one learner of two classes for each class."""
    count = class_count(required(held, "classes_"))
    return {"kind": "one_against_all", "classes": count, **_members(held, store, convert, 1 if count == 2 else count)}


def one_against_one(held: Mapping[str, Any], store: ArrayStore, convert: Convert) -> Converted:
    """Return the open form of a OneVsOneClassifier: one learner for each pair of classes, who vote.

    Of a logistic regression, the distance from the border counts, not the probability.
    """
    count = class_count(required(held, "classes_"))
    made = _members(held, store, convert, count * (count - 1) // 2)
    if made["of"] in ("logistic", "multinomial"):
        made = {"of": "decision", "members": [{**member, "kind": "decision"} for member in made["members"]]}
    return {"kind": "one_against_one", "classes": count, **made}


def _members(held: Mapping[str, Any], store: ArrayStore, convert: Convert, count: int) -> Converted:
    members = required(held, "estimators_")
    if not isinstance(members, (list, tuple)) or len(members) != count:
        raise NotConvertibleError(say("it does not have {count} learners", count=count))
    made = [convert(member, store.within(index)) for index, member in enumerate(members)]
    kinds = {(member["kind"], member["classes"]) for member in made}
    if len(kinds) != 1 or made[0]["classes"] != 2:
        raise NotConvertibleError(say("its learners are not all of one kind, for two classes"))
    return {"of": made[0]["kind"], "members": made}
