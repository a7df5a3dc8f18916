"""Trains a small model with each algorithm of the designer, on columns of every type: train_convert.py FOLDER [NAME...].

Leaves FOLDER/NAME/trained_model_outputs.
"""

from __future__ import annotations

import importlib
import logging
import shutil
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Training imports the model explainer, which scoring never needs and whose own pins do not install.
explainer = types.ModuleType("azureml.studio.modules.ml.common.mimic_explainer_wrapper")
explainer.explain_model = lambda *args, **kwargs: None
sys.modules[explainer.__name__] = explainer

# ruff: noqa: E402
import numpy as np
import pandas as pd
from azureml.studio.common.datatable.data_table import DataTable, DataTableColumnSelectionBuilder
from azureml.studio.common.parameter_range import ParameterRangeSettings
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.ml.train.train_generic_model.train_generic_model import TrainModelModule

ROWS = 40


def frame(dates: bool = False) -> pd.DataFrame:
    """Return columns of every type, some cells of them empty."""
    rng = np.random.RandomState(0)
    table = pd.DataFrame(
        {
            "age": rng.randint(18, 80, ROWS),
            "income": np.round(rng.gamma(3, 12000, ROWS), 2),
            "city name": rng.choice(["Zürich", "東京", "Oslo"], ROWS),
            "status": pd.Categorical(rng.choice(["full", "part"], ROWS)),
            "member": rng.rand(ROWS) > 0.5,
            "constant": 3.5,
        }
    )
    if dates:
        table["joined"] = pd.Timestamp("2019-01-01") + pd.to_timedelta(rng.randint(0, 36000, ROWS), unit="h")
    table.loc[rng.rand(ROWS) < 0.1, "income"] = np.nan
    table.loc[rng.rand(ROWS) < 0.1, "city name"] = None
    return table


def numbers() -> pd.DataFrame:
    """Return columns of numbers alone."""
    rng = np.random.RandomState(1)
    return pd.DataFrame({"x1": rng.rand(ROWS), "x2": rng.rand(ROWS), "k": rng.randint(0, 10, ROWS)})


def score(table: pd.DataFrame) -> pd.Series:
    """Return a number for each row that depends on its first column."""
    first = table.iloc[:, 0].astype(float)
    return (first - first.mean()) / first.std() + np.random.RandomState(9).normal(0, 0.4, len(table))


LABELS = {
    "two": lambda table: np.where(score(table) > 0, "yes", "no"),
    "three": lambda table: np.array(["low", "mid", "high"])[np.digitize(score(table), [-0.5, 0.5])],
    "number": lambda table: (score(table) > 0).astype(int),
    "boolean": lambda table: score(table) > 0,
    "category": lambda table: pd.Categorical((score(table) > 0).astype(int)),
    "date": lambda table: pd.to_datetime(np.where(score(table) > 0, "2020-01-01", "2021-01-01")),
    "value": lambda table: np.round(score(table) * 10 + 100, 3),
}


def untrained(kind: str, path: str, name: str, **given: Any) -> Any:
    """Return what a module makes before it is trained, all that is not given as the designer has it."""
    return untrained_by(f"azureml.studio.modules.ml.initialize_models.{kind}.{path}", name, **given)


def untrained_by(path: str, name: str, **given: Any) -> Any:
    """Return the same of a module that is given by its full path."""
    module = getattr(importlib.import_module(path), name)
    arguments = {}
    for argument, about in module._args.items() if hasattr(module._args, "items") else vars(module._args).items():
        note = getattr(about, "annotation", about)
        value = getattr(note, "default_value", None)
        if isinstance(value, str) and type(note).__name__ == "ParameterRangeParameter":
            value = ParameterRangeSettings.from_literal(value)
        if isinstance(value, int) and type(note).__name__ == "FloatParameter":
            value = float(value)
        arguments[argument] = value
    (learner,) = module.run(**{**arguments, **given})
    return learner


def two(path: str, file: str, name: str, **given: Any) -> Callable[[], Any]:
    """Return a maker of a learner of two classes."""
    return lambda: untrained("binary_classifier", f"{path}_biclassifier.{file}", f"TwoClass{name}Module", **given)


def many(path: str, name: str, **given: Any) -> Callable[[], Any]:
    """Return a maker of a learner of many classes."""
    return lambda: untrained("multi_classifier", f"{path}_multiclassifier.{path}_multiclassifier", name, **given)


def value(path: str, name: str, **given: Any) -> Callable[[], Any]:
    """Return a maker of a learner of values."""
    return lambda: untrained("regressor", path, f"{name}Module", **given)


SEED = {"random_number_seed": 0}
TWO = {
    "lr": two("logistic_regression", "logistic_regression_biclassifier", "LogisticRegression", **SEED),
    "bdt": two(
        "boosted_decision_tree", "boosted_decision_tree_biclassifier", "BoostedDecisionTree", num_trees=4, **SEED
    ),
    "forest": two("decision_forest", "decision_forest_biclassifier", "DecisionForest", tree_count=3),
    "perceptron": two("average_perceptron", "average_perceptron_classifier", "AveragedPerceptron", **SEED),
    "svm": two("support_vector_machine", "support_vector_machine_biclassifier", "SupportVectorMachine", **SEED),
    "nn": two(
        "neural_network", "neural_network_biclassifier", "NeuralNetwork", num_iterations=5, num_hidden_nodes="4", **SEED
    ),
}
BASE_MANY = {
    "lr": many("logistic_regression", "MulticlassLogisticRegressionModule", **SEED),
    "bdt": many("boosted_decision_tree", "MultiClassBoostedDecisionTreeModule", num_trees=4, **SEED),
    "forest": many("decision_forest", "MulticlassDecisionForestModule", tree_count=3),
    "nn": many("neural_network", "MulticlassNeuralNetworkModule", num_iterations=5, num_hidden_nodes="4", **SEED),
}


def made_of(path: str, name: str, learner: Callable[[], Any]) -> Callable[[], Any]:
    """Return a maker of a learner of many classes that is made of learners of two."""
    return lambda: many(path, name, learner=learner())()


ALGORITHMS = {f"two_{name}": (maker, frame, "two") for name, maker in TWO.items()}
ALGORITHMS.update({f"many_{name}": (maker, frame, "three") for name, maker in BASE_MANY.items()})
for inner, maker in TWO.items():
    all_of = made_of("one_vs_all", "OneVsAllMulticlassModule", maker)
    one_of = made_of("one_vs_one", "OneVsOneMulticlassModule", maker)
    ALGORITHMS.update({f"all_{inner}": (all_of, frame, "three"), f"one_{inner}": (one_of, frame, "three")})
    ALGORITHMS.update({f"all2_{inner}": (all_of, numbers, "two"), f"one2_{inner}": (one_of, numbers, "two")})
ALGORITHMS.update(
    {
        "value_linear": (value("linear_regressor.linear_regressor", "LinearRegression", **SEED), frame, "value"),
        "value_bayes": (
            value("bayesian_linear_regression.bayesian_linear_regression", "BayesianLinearRegression"),
            frame,
            "value",
        ),
        "value_bdt": (
            value(
                "boosted_decision_tree_regressor.boosted_decision_tree_regression",
                "BoostedDecisionTreeRegression",
                num_trees=4,
                **SEED,
            ),
            frame,
            "value",
        ),
        "value_forest": (
            value("decision_forest_regressor.decision_forest_regressor", "DecisionForestRegression", tree_count=3),
            frame,
            "value",
        ),
        "value_nn": (
            value(
                "neural_network_regressor.neural_network_regressor",
                "NeuralNetworkRegression",
                num_iterations=5,
                num_hidden_nodes="4",
                **SEED,
            ),
            frame,
            "value",
        ),
        "value_quantile": (
            value(
                "fast_forest_quantile_regressor.fast_forest_quantile_regressor",
                "FastForestQuantileRegression",
                num_trees=4,
                **SEED,
            ),
            frame,
            "value",
        ),
        "value_poisson": (value("poisson_regressor.poisson_regressor", "PoissonRegression", **SEED), frame, "value"),
        "value_poisson_sparse": (
            value("poisson_regressor.poisson_regressor", "PoissonRegression", l1_weight=300.0, **SEED),
            frame,
            "value",
        ),
        "value_numbers": (value("linear_regressor.linear_regressor", "LinearRegression", **SEED), numbers, "value"),
        "label_number": (TWO["lr"], numbers, "number"),
        "label_boolean": (TWO["bdt"], numbers, "boolean"),
        "label_category": (TWO["lr"], numbers, "category"),
        "label_date": (TWO["lr"], numbers, "date"),
        "dates": (TWO["lr"], lambda: frame(dates=True), "two"),
        "many_two_labels": (BASE_MANY["lr"], numbers, "two"),
        "many_bdt_two_labels": (BASE_MANY["bdt"], numbers, "two"),
    }
)


def columns(*names: str) -> Any:
    """Return the selection of columns."""
    return DataTableColumnSelectionBuilder().include_col_names(*names).build()


def train(name: str) -> Any:
    """Return the trained model of a name."""
    if name.startswith("clusters"):
        mode = {"clusters_labels": "OverwriteFromClosest", "clusters_missing_labels": "MissingValues"}.get(name)
        return clusters(numbers() if name == "clusters_numbers" else frame(), mode)
    if name.startswith("anomalies"):
        return anomalies(numbers() if name == "anomalies_numbers" else frame(), name == "anomalies_centered")
    if name.startswith("ratings"):
        return ratings(name == "ratings_numbers")
    maker, source, label = ALGORITHMS[name]
    table = source()
    table["label"] = LABELS[label](table)
    return TrainModelModule.train_generic_model(maker(), DataTable(table), columns("label"), model_explanations=False)[
        0
    ]


def clusters(table: pd.DataFrame, mode: str | None) -> Any:
    """Return a k-means clustering; with a mode, the clusters have labels, which take the place of the rows' own."""
    training = importlib.import_module("azureml.studio.modules.ml.train.train_clustering_model.train_clustering_model")
    given: dict[str, Any] = {"noc": 3, **SEED}
    if mode:
        path = "azureml.studio.modules.ml.initialize_models.cluster.kmeans_cluster.kmeans_cluster"
        given["alm"] = getattr(importlib.import_module(path).KMeansAssignLabelMode, mode)
        labels = np.array(["low", "mid", "high"])[np.digitize(score(table), [-0.5, 0.5])]
        table["label"] = np.where(np.arange(ROWS) % 3 > 0, labels, None)
    cluster = untrained("cluster", "kmeans_cluster.kmeans_cluster", "KMeansClusteringModule", **given)
    data = DataTable(table)
    if mode:
        data.meta_data.label_column_name = "label"
    module = training.TrainClusteringModelModule
    return module.train_clustering_model(cluster, data, columns(*table.columns), True)[0]


def anomalies(table: pd.DataFrame, is_centered: bool) -> Any:
    """Return a detector of anomalies."""
    detection = "azureml.studio.modules.anomaly_detection"
    path = f"{detection}.initialize_models_anomaly_detection.pcabased_anomaly_detection.pcabased_anomaly_detection"
    learner = untrained_by(path, "PCABasedAnomalyDetectionModule", center=is_centered)
    training = importlib.import_module(f"{detection}.train_anomaly_detection.train_anomaly_detection")
    return training.TrainAnomalyDetectionModelModule.run_impl(learner, DataTable(table))[0]


def ratings(by_number: bool) -> Any:
    """Return a recommender."""
    training = importlib.import_module(
        "azureml.studio.modules.recommendation.train_svd_recommender.train_svd_recommender"
    )
    rng = np.random.RandomState(0)
    users, items = rng.randint(0, 8, 60), rng.randint(0, 9, 60)
    table = pd.DataFrame(
        {
            "user": users if by_number else [f"ü{user}" for user in users],
            "item": items + 100 if by_number else [f"m{item}" for item in items],
            "rating": rng.randint(1, 6, 60),
        }
    ).drop_duplicates(["user", "item"])
    return training.TrainSVDRecommenderModule.train_svd_recommender(DataTable(table), 4, 5, 0.005)[0]


CLUSTERS = ["clusters", "clusters_numbers", "clusters_labels", "clusters_missing_labels"]
ANOMALIES = ["anomalies", "anomalies_numbers", "anomalies_centered"]
NAMES = [*ALGORITHMS, *CLUSTERS, *ANOMALIES, "ratings", "ratings_numbers"]


def main(folder: str, *names: str) -> None:
    """Train and save the models."""
    logging.disable(logging.CRITICAL)
    for name in names or NAMES:
        target = Path(folder, name, "trained_model_outputs")
        shutil.rmtree(str(target), ignore_errors=True)
        target.mkdir(parents=True)
        ModelDirectory.create(model=train(name)).dump(str(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
