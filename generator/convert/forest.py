"""Decision forests, and the quantiles of a forest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from generator.convert.array_store import ArrayStore
from generator.convert.parts import (
    Floats,
    NotConvertibleError,
    attribute,
    attributes,
    class_count,
    floats,
    numpy_array,
    required,
)
from generator.convert.trees import LEAF, Tree, keep_trees
from generator.translations.language import say


def forest_of_classes(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a RandomForestClassifier: each leaf has the share of each class."""
    count = class_count(required(held, "classes_"))
    trees = [_tree(tree, count) for tree in _estimators(held, "DecisionTreeClassifier")]
    shares = [tree._replace(value=_shares(tree.value)) for tree in trees]
    return {"kind": "forest_of_classes", "classes": count, **keep_trees(shares, store)}


def forest_of_values(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a RandomForestRegressor, whose answer is the mean of its trees."""
    trees = [_tree(tree, 1) for tree in _estimators(held, "DecisionTreeRegressor")]
    flat = [tree._replace(value=tree.value[:, 0]) for tree in trees]
    return {"kind": "forest_of_values", "classes": 0, **keep_trees(flat, store)}


def _estimators(held: Mapping[str, Any], kind: str) -> list[Any]:
    estimators = required(held, "estimators_")
    if not isinstance(estimators, list):
        raise NotConvertibleError(say("its trees are not a list"))
    return [attribute(estimator, "tree_", kind) for estimator in estimators]


def _tree(tree: Any, outputs: int) -> Tree:
    """Return a tree of scikit-learn's, which keeps its nodes in one structured array.

    Its ``_tree.pyx`` has -1 for the children of a leaf, and -2 for the feature that it splits by.
    """
    held = attributes(tree, "Tree")
    nodes = numpy_array(required(held, "nodes"))
    if nodes.dtype.names is None or not {"left_child", "right_child", "feature", "threshold"} <= set(nodes.dtype.names):
        raise NotConvertibleError(say("its trees have nodes that are not known"))
    is_leaf = nodes["left_child"] == -1
    if (is_leaf != (nodes["right_child"] == -1)).any():
        raise NotConvertibleError(say("its trees have a node with one branch"))
    feature = np.where(is_leaf, LEAF, nodes["feature"])
    values = floats(required(held, "values"), len(nodes), 1, outputs)[:, 0, :]
    return Tree(feature, nodes["threshold"].astype(np.float64), nodes["left_child"], nodes["right_child"], values)


def _shares(counts: Floats) -> Floats:
    """Return the share of each class: release 0.22 of scikit-learn counts rows, 1.3 and later hold shares already."""
    total = counts.sum(axis=1, keepdims=True)
    shares: Floats = counts / np.where(total == 0, 1.0, total)
    return shares
