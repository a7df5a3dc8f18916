"""Clusters: the centers of k-means."""

from __future__ import annotations

from typing import Any

from generator.convert.array_store import ArrayStore
from generator.convert.parts import attributes, floats, required


def k_means(model: Any, store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a KMeans."""
    held = attributes(model, "KMeans")
    centers = floats(required(held, "cluster_centers_"), None, store.width)
    return {"kind": "k_means", "classes": 0, "centers": store.keep("centers", centers)}
