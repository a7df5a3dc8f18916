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
COLUMNS = {"x1": "float64", "city": "str", "label": "int64"}


def schema(columns: Mapping[str, str]) -> bytes:
    """Return a ``_schema.json`` of columns, their types by their names; none may be missing."""
    attributes = [
        {"name": name, "type": "Numeric", "isFeature": True, "elementType": {"typeName": kind, "isNullable": False}}
        for name, kind in columns.items()
    ]
    return json.dumps({"columnAttributes": attributes}).encode()


def learner(scikit_learn: str) -> bytes:
    """Return a ``_data.pkl`` whose estimator names a version of scikit-learn; of none for an empty one, as SVD's."""
    named = {"_sklearn_version": scikit_learn} if scikit_learn else {}
    model = stand_in("sklearn.linear_model._logistic.LogisticRegression", coef_=1.0, **named)
    known: dict[str, Any] = {"init_feature_columns_names": ["x1", "city"], "label_column_name": "label"}
    return dumped(stand_in("azureml.studio.modules.LogisticRegressionBiClassifier", model=model, **known))


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
        (folder / "_data.pkl").write_bytes(learner(scikit_learn))
    return folder
