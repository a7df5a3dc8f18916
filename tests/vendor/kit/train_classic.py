"""Trains a two-class logistic regression, a k-means clustering and SVD recommenders with the designer's modules."""

import sys
import types
from pathlib import Path

# Training imports the model explainer, which scoring never needs and whose own pins do not install.
explainer = types.ModuleType("azureml.studio.modules.ml.common.mimic_explainer_wrapper")
explainer.explain_model = lambda *args, **kwargs: None
sys.modules[explainer.__name__] = explainer

# ruff: noqa: E402
import numpy as np
import pandas as pd
from azureml.studio.common.datatable.data_table import DataTable, DataTableColumnSelectionBuilder
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.ml.common.base_learner import CreateLearnerMode
from azureml.studio.modules.ml.initialize_models.binary_classifier.logistic_regression_biclassifier import (
    logistic_regression_biclassifier as logistic_regression,
)
from azureml.studio.modules.ml.initialize_models.cluster.kmeans_cluster import kmeans_cluster as kmeans
from azureml.studio.modules.ml.train.train_clustering_model.train_clustering_model import TrainClusteringModelModule
from azureml.studio.modules.ml.train.train_generic_model.train_generic_model import TrainModelModule
from azureml.studio.modules.recommendation.train_svd_recommender.train_svd_recommender import TrainSVDRecommenderModule
from ratings import digit_ratings, ratings, save_dataset


def save(model: object, name: str) -> None:
    """Write a model as the designer does."""
    folder = Path(name, "trained_model_outputs")
    folder.mkdir(parents=True)
    ModelDirectory.create(model=model).dump(str(folder))


def columns(*names: str) -> object:
    """Return the selection of columns."""
    return DataTableColumnSelectionBuilder().include_col_names(*names).build()


rng = np.random.RandomState(0)
points = pd.DataFrame({"x1": rng.rand(100), "x2": rng.rand(100)})

labelled = points.assign(y=np.where(points.x1 + points.x2 > 1, "yes", "no"))
(learner,) = logistic_regression.TwoClassLogisticRegressionModule.run(
    mode=CreateLearnerMode.SingleParameter,
    optimization_tolerance=1e-7,
    l2_weight=1.0,
    random_number_seed=0,
)
(classifier,) = TrainModelModule.train_generic_model(
    learner, DataTable(labelled), columns("y"), model_explanations=False
)
save(classifier, "score_model")

(cluster,) = kmeans.KMeansClusteringModule.run(
    mode=kmeans.CreateClusterMode.SingleParameter,
    noc=3,
    metric=kmeans.KMeansMetric.Euclidian,
    normalize_features=True,
    init=kmeans.KMeansCentroidInit.KMeansPP,
    iter=20,
    random_number_seed=0,
    alm=kmeans.KMeansAssignLabelMode.Ignore,
)
cluster, _ = TrainClusteringModelModule.train_clustering_model(cluster, DataTable(points), columns("x1", "x2"), True)
save(cluster, "assign_data_to_clusters")

for name, triples in (("score_svd_recommender", ratings()), ("digit_ids", digit_ratings())):
    (recommender,) = TrainSVDRecommenderModule.train_svd_recommender(DataTable(triples), 20, 10, 0.005)
    save(recommender, name)

save_dataset(ratings(), "ratings")
save_dataset(digit_ratings(), "digit_ratings")
