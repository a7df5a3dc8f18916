"""What a learner's pickle tells without being run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generator.model.error import ModelError
from generator.model.learner import learner_facts
from tests.support.pickles import dumped, stand_in

_ENCODERS = "azureml.studio.modules.datatransform.common.named_encoder."


def _object_array(*values: Any) -> Any:
    return np.array(values, dtype=object)


def learner() -> Any:
    one_hot = stand_in("sklearn.preprocessing._encoders.OneHotEncoder", categories_=[_object_array("#NAN", "東京")])
    scaler = stand_in(
        "sklearn.preprocessing._data.MinMaxScaler",
        data_min_=np.array([18.0]),
        data_max_=np.array([79.0]),
        _sklearn_version="0.22.2",
    )
    normalizer = stand_in(
        "azureml.studio.modules.ml.common.normalizer.Normalizer",
        str_feature_column_encoders={"city": stand_in(_ENCODERS + "NamedOneHotEncoder", one_hot_encoder=one_hot)},
        numeric_feature_column_encoders={"age": stand_in(_ENCODERS + "NamedMinMaxEncoder", encoder=scaler), "x": None},
    )
    return stand_in(
        "azureml.studio.modules.ml.some.LogisticRegressionBiClassifier",
        model=stand_in("sklearn.linear_model._logistic.LogisticRegression", _sklearn_version="0.22.2"),
        init_feature_columns_names=["age", "city", "x"],
        label_column_name="label",
        normalizer=normalizer,
    )


def test_facts_of_a_classifier() -> None:
    facts = learner_facts(dumped(learner()))
    assert facts.class_name == "LogisticRegressionBiClassifier"
    assert facts.sklearn_versions == ("0.22.2",)
    assert facts.features == ("age", "city", "x")
    assert facts.label == "label"
    assert facts.categories == {"city": ("#NAN", "東京")}
    assert facts.ranges == {"age": (18.0, 79.0)}


def test_facts_of_a_recommender_are_few() -> None:
    facts = learner_facts(dumped(stand_in("azureml.studio.modules.SVDRecommender", model=stand_in("surprise.SVD"))))
    assert facts == ("SVDRecommender", (), (), None, {}, {})


@pytest.mark.parametrize("value", [[1], None, {"model": 1}])
def test_what_is_no_learner_is_refused(value: Any) -> None:
    with pytest.raises(ModelError, match="it holds no learner, but"):
        learner_facts(dumped(value))
