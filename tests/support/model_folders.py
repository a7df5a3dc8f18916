"""Model folders as the designer leaves them, made without its packages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import generate
from generator.facts.modules import Table
from generator.model.names import MODEL_FOLDER
from tests.support.pickles import dumped, stand_in

CONDA = """\
name: project_environment
channels:
- conda-forge
dependencies:
- python=3.8.10
- pip=20.2
- pip:
  - azureml-defaults
  - {package}=={release}
  - azureml-designer-serving==0.0.13
"""
DOWNLOADED = """\
import json
import os
from collections import defaultdict

from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.studio.common.datatable.data_table import DataTable
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender import \\
    ScoreSVDRecommenderModule, RecommenderPredictionKind

FOLDER = os.path.join(os.environ["AZUREML_MODEL_DIR"], "trained_model_outputs")
with open(os.path.join(FOLDER, "_schema.json")) as file:
    schema = json.load(file)


def init():
    global model
    model = ModelDirectory.load(FOLDER).model


def run(data):
    columns = defaultdict(list)
    for row in json.loads(data):
        for name, value in row.items():
            columns[name].append(decode_nan(value))
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=DataTable.from_dfd(create_dfd_from_dict(columns, schema)),
        training_data=None,
        prediction_kind=RecommenderPredictionKind.RatingPrediction,
    )
    return json.dumps(result.data_frame.to_dict("list"))
"""
"""A script of the shape that the designer gives a recommender: it predicts ratings, and collects columns by appending."""
RECORDED_SVD = Path(__file__).parents[1] / "convert" / "recorded" / "ratings"
COLUMNS = {"x1": "float64", "city": "str", "label": "int64"}


def schema(columns: Mapping[str, str]) -> bytes:
    """Return a ``_schema.json`` of columns, their types by their names; none may be missing."""
    attributes = [
        {"name": name, "type": "Numeric", "isFeature": True, "elementType": {"typeName": kind, "isNullable": False}}
        for name, kind in columns.items()
    ]
    return json.dumps({"columnAttributes": attributes}).encode()


def learner(table: Table, scikit_learn: str) -> bytes:
    """Return a module's ``_data.pkl`` whose estimator names a version of scikit-learn; none for an empty one."""
    named = {"_sklearn_version": scikit_learn} if scikit_learn else {}
    model = stand_in("sklearn.linear_model._logistic.LogisticRegression", coef_=1.0, **named)
    known: dict[str, Any] = {"init_feature_columns_names": ["x1", "city"], "label_column_name": "label"}
    return dumped(stand_in(f"{table.model_classes[0]}.LogisticRegressionBiClassifier", model=model, **known))


def leave_model(
    parent: Path,
    table: Table,
    *,
    scikit_learn: str = "0.22.2",
    release: str = "0.0.185",
    columns: Mapping[str, str] = COLUMNS,
    samples: Sequence[Mapping[str, Any]] = ({"x1": 0.5, "city": "Oslo", "label": 1},),
) -> Path:
    """Write a module's model folder below a folder, and return its path."""
    folder = parent / MODEL_FOLDER
    folder.mkdir(parents=True)
    (folder / "score.py").write_text(generate({"module": table.name}), encoding="utf-8")
    (folder / "conda_env.yaml").write_text(CONDA.format(package=table.package, release=release), encoding="utf-8")
    (folder / "_schema.json").write_bytes(schema(columns))
    (folder / "_samples.json").write_text(json.dumps(samples), encoding="utf-8")
    if table.package == "azureml-designer-classic-modules":
        (folder / "_data.pkl").write_bytes(learner(table, scikit_learn))
    return folder


def leave_downloaded(parent: Path, table: Table) -> Path:
    """Write the folder of a recommender as it comes from the designer, and return its path."""
    columns = {"user": "str", "item": "str", "rating": "int64"}
    sample = {"user": "anna", "item": "lamp", "rating": 5}
    folder = leave_model(parent, table, scikit_learn="", columns=columns, samples=[sample])
    (folder / "score.py").write_text(DOWNLOADED, encoding="utf-8")
    (folder / "_data.pkl").write_bytes((RECORDED_SVD / "_data.pkl").read_bytes())
    named = "".join(f"- {package.name}={package.version}\n" for package in table.conda)
    conda = CONDA.format(package=table.package, release="0.0.185").replace("- pip:\n", f"{named}- pip:\n")
    (folder / "conda_env.yaml").write_text(conda, encoding="utf-8")
    return folder
