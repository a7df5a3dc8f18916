"""Trees as arrays: each node has a feature, a threshold and the places of its children; a leaf leads to itself."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from generator.convert.array_store import ArrayStore
from generator.convert.parts import Floats, NotConvertibleError
from generator.translations.language import say

LEAF = -1


class Tree(NamedTuple):
    """One tree, its nodes numbered from 0, which is the root; ``feature`` is LEAF for a leaf.

    ``value`` has a row for each node; that of a leaf counts.
    """

    feature: npt.NDArray[Any]
    threshold: Floats
    left: npt.NDArray[Any]
    right: npt.NDArray[Any]
    value: Floats


def keep_trees(trees: list[Tree], store: ArrayStore) -> dict[str, str]:
    """Keep trees end to end, so that one array has the nodes of all. Raises NotConvertibleError.

    Two trees of 3 nodes: root 0, 3; left 1 1 2 4 4 5; right 2 1 2 5 4 5.
    """
    if not trees:
        raise NotConvertibleError(say("it has no trees"))
    for tree in trees:
        _check(tree, store.width)
    roots = np.cumsum([0] + [len(tree.feature) for tree in trees])[:-1]
    arrays = {
        "root": roots.astype(np.int32),
        "feature": np.concatenate([tree.feature for tree in trees]).astype(np.int32),
        "threshold": np.concatenate([tree.threshold for tree in trees]),
        "left": np.concatenate([root + _child(tree, tree.left) for root, tree in zip(roots, trees, strict=True)]),
        "right": np.concatenate([root + _child(tree, tree.right) for root, tree in zip(roots, trees, strict=True)]),
        "value": np.concatenate([tree.value for tree in trees]),
    }
    return {name: store.keep(name, array) for name, array in arrays.items()}


def _child(tree: Tree, child: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.where(tree.feature == LEAF, np.arange(len(child)), child)


def _check(tree: Tree, width: int) -> None:
    """Refuse a tree that leads nowhere or never ends: a child must come behind its parent."""
    count, inner = len(tree.feature), np.flatnonzero(tree.feature != LEAF)
    if count == 0 or {len(part) for part in tree} != {count}:
        raise NotConvertibleError(say("a tree has parts of different lengths"))
    if (tree.feature < LEAF).any() or (tree.feature >= width).any():
        raise NotConvertibleError(say("a tree asks for a feature that is not there"))
    for child in (tree.left[inner], tree.right[inner]):
        if (child <= inner).any() or (child >= count).any():
            raise NotConvertibleError(say("a tree has a branch that leads nowhere"))
