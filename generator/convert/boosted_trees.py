"""Boosted decision trees: the text in which LightGBM keeps its model.

    tree                      what all trees share
    version=v3
    tree_sizes=412 405        how many bytes each of the blocks below has

    Tree=0                    a block for each tree
    num_leaves=3
    split_feature=0 2         by inner node: those are numbered 0, 1
    left_child=1 -1           and the leaves -1, -2, -3
    right_child=-2 -3

    end of trees              what follows is of the training

The form is told by LightGBM's ``gbdt_model_text.cpp`` and ``tree.cpp``, the bits of ``decision_type`` by ``tree.h``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, attributes, class_count, required
from generator.convert.trees import LEAF, Tree, keep_trees
from generator.model.open_model import TREES_FILE
from generator.translations.language import say

_HEAD = {
    *("version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective"),
    *("feature_names", "feature_infos", "tree_sizes"),
}
_UNUSED_OF_INNER = {"split_gain", "internal_value", "internal_weight", "internal_count"}
_UNUSED_OF_LEAVES = {"leaf_weight", "leaf_count"}
_TREE = {
    *("num_leaves", "num_cat", "split_feature", "threshold", "decision_type", "left_child", "right_child"),
    *("leaf_value", "is_linear", "shrinkage", *_UNUSED_OF_INNER, *_UNUSED_OF_LEAVES),
}
"""What LightGBM writes of all trees together, and of each."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
"""A number as LightGBM writes it; over 00.5 it ends the process, which Python takes."""
_END = "end of trees\n"
_CATEGORICAL, _MISSING_IS_ZERO = 0b0001, 0b0100  # 0b0010 is: what is missing goes left, 0b1000: it is NaN
_MOST_LEAVES = 10_000_000


def boosted_trees(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of an LGBMClassifier or an LGBMRegressor."""
    booster = attributes(required(held, "_Booster"), "Booster")
    text = booster.get("handle", booster.get("_handle"))  # LightGBM 3; 4
    if not isinstance(text, str):
        raise NotConvertibleError(say("its trees are missing"))
    try:
        facts, trees, checked = _parse(text)
    except (ValueError, KeyError, IndexError) as error:
        raise NotConvertibleError(say("its trees cannot be read: {error}", error=error)) from error
    if int(facts["max_feature_idx"]) != store.width - 1:
        raise NotConvertibleError(say("its trees are made for other features"))
    kept = {**keep_trees(trees, store), "text": store.keep_text(TREES_FILE, checked)}
    return {**_objective(facts, held), "trees": len(trees), **kept}


def _objective(facts: dict[str, str], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return the kind: what becomes of the sum of the leaves."""
    name, *options = facts["objective"].split(" ")
    count, each_round = int(facts["num_class"]), int(facts["num_tree_per_iteration"])
    if name == "regression" and not options and (count, each_round) == (1, 1) and held.get("_classes") is None:
        return {"kind": "boosted_value", "classes": 0}
    if held.get("_classes") is not None:
        classes = class_count(held["_classes"])
        sigmoid = re.fullmatch(r"sigmoid:([0-9.]+)", " ".join(options))
        if name == "binary" and sigmoid and (count, each_round, classes) == (1, 1, 2):
            return {"kind": "boosted_two_classes", "classes": 2, "sigmoid": float(sigmoid[1])}
        if name == "multiclass" and options == [f"num_class:{count}"] and count == each_round == classes:
            return {"kind": "boosted_classes", "classes": count}
    raise NotConvertibleError(
        say("its trees have the objective {objective!r:.60}, which is not known", objective=facts["objective"])
    )


def _parse(text: str) -> tuple[dict[str, str], list[Tree], str]:
    """Take the text apart: a head, blocks of ``name=value`` that begin with ``Tree=0``, ``Tree=1`` ..., a rest.

    Returns the text without the rest too: that holds parameters of the training, which LightGBM would heed.
    """
    checked, end, _ = text.partition(f"\n{_END}")
    checked += "\n"
    head, *blocks = re.split(r"^(?=Tree=\d+$)", checked, flags=re.MULTILINE)
    if not end or not head.startswith("tree\n"):
        raise NotConvertibleError(say("its trees cannot be read: they have no beginning or no end"))
    facts = _facts(head.removeprefix("tree\n"), _HEAD)
    if facts["version"] not in ("v3", "v4"):
        raise NotConvertibleError(
            say("its trees are of version {version!r:.20}, which is not known", version=facts["version"])
        )
    trees = [_tree(_facts(block.partition("\n")[2], _TREE)) for block in blocks]
    sizes = [str(len(block.encode())) for block in blocks]
    if facts["tree_sizes"] != " ".join(sizes):  # LightGBM finds them by these, and ends the process where it does not
        raise NotConvertibleError(say("its trees cannot be read: they have other sizes than it says"))
    return facts, trees, checked + _END


def _facts(block: str, known: set[str]) -> dict[str, str]:
    lines = [line.partition("=") for line in block.split("\n") if line]
    facts = {name: value for name, _, value in lines}
    unknown = sorted(facts.keys() - known)
    if unknown or len(facts) < len(lines):
        message = say(
            "its trees have {found!r:.40}, which is not known or stands there twice", found=(unknown or ["a line"])[0]
        )
        raise NotConvertibleError(message)
    return facts


def _tree(facts: dict[str, str]) -> Tree:
    """Return a tree: its inner nodes first, then its leaves, which LightGBM numbers -1, -2 ... as children."""
    leaves = int(facts["num_leaves"])
    inner = leaves - 1
    if int(facts["num_cat"]) or int(facts.get("is_linear", 0)) or not 1 <= leaves <= _MOST_LEAVES:
        raise NotConvertibleError(say("its trees split by categories or have linear leaves, which is not known"))
    kinds = _numbers(facts, "decision_type", inner, int)
    if any(kind & (_CATEGORICAL | _MISSING_IS_ZERO) for kind in kinds):
        raise NotConvertibleError(
            say("its trees have a decision_type of {kinds}, which is not known", kinds=sorted(set(kinds)))
        )
    # No score depends on these, but LightGBM ends the process over one that is not a number.
    for names, length in ((_UNUSED_OF_INNER, inner), (_UNUSED_OF_LEAVES, leaves)):
        for name in facts.keys() & names if inner else ():
            _numbers(facts, name, length, float)
    tail = [0] * leaves
    children = {
        side: np.array([_place(at, inner, leaves) for at in _numbers(facts, side, inner, int)] + tail)
        for side in ("left_child", "right_child")
    }
    return Tree(
        np.array(_numbers(facts, "split_feature", inner, int) + [LEAF] * leaves),
        np.array(_numbers(facts, "threshold", inner, float) + [0.0] * leaves),
        children["left_child"],
        children["right_child"],
        np.array([0.0] * inner + _numbers(facts, "leaf_value", leaves, float)),
    )


def _place(child: int, inner: int, leaves: int) -> int:
    """Return the place of a child: an inner node by its number, the leaves -1, -2 ... behind all inner nodes."""
    if not -leaves <= child < inner:
        raise NotConvertibleError(say("a tree has a branch that leads nowhere"))
    return child if child >= 0 else inner - 1 - child


def _numbers(facts: dict[str, str], name: str, count: int, kind: type) -> list[Any]:
    words = [word for word in facts[name].split(" ") if word] if count else []
    found = [kind(word) for word in words]
    if not all(map(_NUMBER.fullmatch, words)) or (found and not np.isfinite(found).all()):
        raise NotConvertibleError(say("its trees have a {name} that is not a number", name=name))
    if len(found) != count:
        raise NotConvertibleError(
            say("its trees have {number} of {name}, not {count}", number=len(found), name=name, count=count)
        )
    return found
