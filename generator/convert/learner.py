"""A learner of the classic modules in an open form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.convert import boosted_trees, clusters, encoders, forest, linear, multiclass, net, nimbusml, svd
from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, attribute, attributes, member, number, required, texts
from generator.facts.learners import of_task
from generator.model.pickle_reader import Object
from generator.model.schema import Column
from generator.translations.language import say

_SIMPLE: dict[str, Callable[[Mapping[str, Any], ArrayStore], dict[str, Any]]] = {
    "LogisticRegression": linear.logistic_regression,
    "Perceptron": linear.decision,
    "LinearSVC": linear.decision,
    "Ridge": linear.regression,
    "BayesianRidge": linear.regression,
    "LGBMClassifier": boosted_trees.boosted_trees,
    "LGBMRegressor": boosted_trees.boosted_trees,
    "RandomForestClassifier": forest.forest_of_classes,
    "RandomForestRegressor": forest.forest_of_values,
    "MLPClassifier": net.net,
    "MLPRegressor": net.net,
    "KMeans": clusters.k_means,
    "PoissonRegressionRegressor": nimbusml.poisson,
    "Pipeline": nimbusml.anomalies,
}
_MADE_OF_OTHERS = {"OneVsRestClassifier": multiclass.one_against_all, "OneVsOneClassifier": multiclass.one_against_one}
_TASKS = {1: "two_classes", 2: "classes", 3: "value", 4: "clusters", 5: "anomalies", 6: "quantiles"}
"""The designer's TaskType."""
_CLASSES_OF_TASKS = {"two_classes": (2,), "classes": range(2, 10_000)}
"""How many classes a learner for a task may know; one for another task predicts none."""
_OWN_TASKS = {"k_means": "clusters", "anomalies": "anomalies"}
"""The tasks that one kind of learner alone has, and no other task."""
_COLUMN_TYPES = ("int64", "float64", "bool", "str", "category", "datetime64")


def open_learner(learner: Any, columns: Sequence[Column]) -> tuple[dict[str, Any], ArrayStore]:
    """Return all that scoring goes by, and its arrays, of what a ``_data.pkl`` holds. Raises ModelError."""
    odd = [column for column in columns if column.type not in _COLUMN_TYPES]
    if odd:
        raise NotConvertibleError(
            say("column {name!r} is of the type {type}, which is not known", name=odd[0].name, type=odd[0].type)
        )
    if isinstance(learner, Object) and learner.name.endswith(".SVDRecommender"):
        store = ArrayStore(0)
        return {**of_task("ratings", "svd"), "learner": svd.svd(learner, store)}, store
    return _open_learner(learner, columns)


def _open_learner(learner: Any, columns: Sequence[Column]) -> tuple[dict[str, Any], ArrayStore]:
    held = attributes(learner)
    task = member(required(held, "task_type"), "TaskType", _TASKS)
    normalizer = required(held, "normalizer")
    made = encoders.features(normalizer)
    label = required(held, "label_column_name")
    _check_columns(texts(required(held, "init_feature_columns_names"), say("its features")), made, columns)
    store = ArrayStore(encoders.width(made))
    facts = {
        **of_task(task),
        "features": made,
        "label": label,
        "classes": encoders.classes(normalizer, label),
        "learner": _estimator(required(held, "model"), store),
    }
    classes = facts["learner"]["classes"]
    if classes != len(facts["classes"]):
        raise NotConvertibleError(say("it knows other classes than its label has"))
    own_task = _OWN_TASKS.get(facts["learner"]["kind"])
    if classes not in _CLASSES_OF_TASKS.get(task, (0,)) or own_task != (task if task in _OWN_TASKS.values() else None):
        raise NotConvertibleError(say("its task is {task}, which does not go with its learner", task=task))
    if task == "quantiles":
        quantiles = attribute(required(held, "setting"), "quantile_value_list")
        facts["quantiles"] = [number(quantile) for quantile in quantiles]
        if facts["learner"]["kind"] != "forest_of_values" or not all(
            0 <= quantile <= 1 for quantile in facts["quantiles"]
        ):
            raise NotConvertibleError(say("its quantiles are not known"))
    if task == "clusters" and required(held, "cluster_label") is not None:
        count = len(store.arrays[facts["learner"]["centers"]])
        facts["cluster_labels"] = clusters.labels(required(held, "cluster_label"), required(held, "setting"), count)
    return facts, store


def _check_columns(names: Sequence[str], made: dict[str, list[dict[str, Any]]], columns: Sequence[Column]) -> None:
    encoded = [feature["name"] for feature in (*made["numbers"], *made["texts"])]
    if sorted(encoded) != sorted(names):
        raise NotConvertibleError(say("its encoders are for other columns than its features"))
    missing = sorted(set(names) - {column.name for column in columns})
    if missing:
        raise NotConvertibleError(
            say("the schema has no column {missing!r}, which is one of its features", missing=missing[0])
        )


def _estimator(model: Any, store: ArrayStore) -> dict[str, Any]:
    """Return the open form of a learner of scikit-learn's or LightGBM's, or of one that is made of such learners."""
    name = model.name.rpartition(".")[2] if isinstance(model, Object) else type(model).__name__
    if name in _MADE_OF_OTHERS:
        return _MADE_OF_OTHERS[name](attributes(model), store, _estimator)
    if name not in _SIMPLE:
        raise NotConvertibleError(say("{name} has no open form", name=getattr(model, "name", name)))
    return _SIMPLE[name](attributes(model), store)
