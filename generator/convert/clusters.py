"""Clusters: the centers of k-means, and the labels that clusters have of the rows next to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, attribute, floats, member, required
from generator.model.arrays import plain
from generator.translations.language import say

_REPLACED = {2: "missing", 3: "all"}
"""Which labels of a request are replaced, by the designer's KMeansAssignLabelMode; 1 replaces none."""


def k_means(held: Mapping[str, Any], store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a KMeans."""
    centers = floats(required(held, "cluster_centers_"), None, store.width)
    return {"kind": "k_means", "classes": 0, "centers": store.keep("centers", centers)}


def labels(found: Any, setting: Any, count: int) -> dict[str, Any]:
    """Return the label of each cluster, of which there is a count, and which labels of a request it replaces.

    Raises NotConvertibleError.
    """
    known = [plain(label) for label in found] if isinstance(found, list) else []
    if len(known) != count or {type(label) for label in known} not in ({str}, {int}, {float}):
        raise NotConvertibleError(say("its clusters do not have a label each, all texts or all numbers"))
    return {"replaces": member(attribute(setting, "alm"), "KMeansAssignLabelMode", _REPLACED), "labels": known}
