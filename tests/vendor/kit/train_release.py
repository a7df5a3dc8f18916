"""Trains a two-class logistic regression with whatever release of the designer's classic modules is installed."""

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
from azureml.studio.modules.ml.train.train_generic_model.train_generic_model import TrainModelModule

rng = np.random.RandomState(0)
points = pd.DataFrame({"x1": rng.rand(100), "x2": rng.rand(100), "city": np.where(rng.rand(100) > 0.5, "Oslo", "Rome")})
labelled = points.assign(y=np.where(points.x1 + points.x2 > 1, "yes", "no"))
(learner,) = logistic_regression.TwoClassLogisticRegressionModule.run(
    mode=CreateLearnerMode.SingleParameter,
    optimization_tolerance=1e-7,
    l2_weight=1.0,
    random_number_seed=0,
)
label = DataTableColumnSelectionBuilder().include_col_names("y").build()
(classifier,) = TrainModelModule.train_generic_model(learner, DataTable(labelled), label, model_explanations=False)
folder = Path("trained_model_outputs")
folder.mkdir()
ModelDirectory.create(model=classifier).dump(str(folder))
