"""What is not known of a model is refused by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.actions.model_folder import learned_in
from generator.convert.learner import open_learner
from generator.convert.parts import NotConvertibleError
from generator.convert.wide_and_deep import checkpoint_of, wide_and_deep
from generator.model.error import ModelError
from generator.model.ml_net import PREDICTOR, parts_of
from generator.model.names import WIDE_AND_DEEP
from generator.model.pickle_reader import Object, read_pickle
from generator.model.schema import Column, parse_schema
from tests.support.pickles import dumped

RECORDED = Path(__file__).parent / "recorded"


SCALES = "DataLoaderModel/Transform_002/Mapper/Normalizer_000/Model.key"


def learner(name: str) -> Any:
    return read_pickle((RECORDED / name / "_data.pkl").read_bytes())


def refusal(name: str, changed: Any) -> str:
    columns = parse_schema((RECORDED / name / "_schema.json").read_bytes())
    open_learner(learner(name), columns)  # unchanged, it is none
    with pytest.raises(ModelError) as caught:
        open_learner(changed, columns)
    return str(caught.value)


def change(name: str, path: str, value: Any) -> str:
    """Return why a model is refused in which one attribute is another."""
    changed = learner(name)
    *way, last = path.split(".")
    part = changed
    for step in way:
        part = part.attributes[step] if isinstance(part, Object) else part[int(step) if step.isdigit() else step]
    attributes = part.attributes if isinstance(part, Object) else part
    attributes[last] = value
    return refusal(name, changed)


def array(*cells: Any, **options: Any) -> Any:
    return read_pickle(dumped(np.array(*cells, **options)))


@pytest.mark.parametrize(
    ("name", "path", "value", "message"),
    [
        ("two_lr", "model", Object("sklearn.svm._classes.NuSVC", ()), "sklearn.svm._classes.NuSVC has no open form"),
        ("two_lr", "model", None, "NoneType has no open form"),
        ("two_lr", "surprise", 1, "LogisticRegressionBiClassifier has the attribute surprise, which is not known"),
        ("two_lr", "_is_trained", False, "LogisticRegressionBiClassifier has _is_trained=False: only True is known"),
        ("two_lr", "model.new_option", 1, "LogisticRegression has the attribute new_option, which is not known"),
        ("two_lr", "model.multi_class", "crammer", "LogisticRegression has multi_class='crammer', which is not known"),
        ("two_lr", "model._sklearn_version", "1.0", "LogisticRegression has _sklearn_version='1.0'"),
        ("two_lr", "model.classes_", array([1.0, 2.0]), "the classes are not numbered from 0"),
        ("two_lr", "model.coef_", array([[1.0]]), "it has [1, 1] weights for 1 x "),
        ("two_lr", "model.coef_", array([[1]]), "an array is int64[1, 1], not float64[n, n]"),
        ("two_lr", "task_type", Object("a.TaskType", (7,)), "<a.TaskType> is not known as a TaskType"),
        ("two_lr", "task_type", Object("a.TaskType", (3,)), "its task is value, which does not go with its learner"),
        ("two_lr", "init_feature_columns_names", ["age"], "its encoders are for other columns than its features"),
        ("two_lr", "label_column_name", "age", "the label that is encoded is not the one that is predicted"),
        (
            "two_lr",
            "normalizer.numeric_feature_column_encoders.age",
            Object("azureml.studio.modules.datatransform.common.named_encoder.NamedBinEncoder", ()),
            "NamedBinEncoder has no open form",
        ),
        ("two_lr", "normalizer.numeric_feature_column_encoders.age.encoder.clip", True, "MinMaxScaler has clip=True"),
        ("two_lr", "normalizer.str_feature_column_encoders.status.one_hot_encoder.drop", "first", "drop='first'"),
        ("two_bdt", "model.boosting_type", "dart", "LGBMClassifier has boosting_type='dart': only 'gbdt' is known"),
        ("two_bdt", "model._best_iteration", 3, "LGBMClassifier has _best_iteration=3"),
        ("two_forest", "model.n_outputs_", 2, "RandomForestClassifier has n_outputs_=2: only 1 is known"),
        ("two_forest", "model.estimators_", [], "it has no trees"),
        ("two_nn", "model.activation", "gelu", "it has the activation 'gelu', which is not known"),
        ("two_nn", "model.out_activation_", "softmax", "it ends with 'softmax' for 2 classes, which is not known"),
        ("one_lr", "model.pairwise_indices_", [0], "OneVsOneClassifier has pairwise_indices_=[0]"),
        ("two_lr", "model", Object("nimbusml.pipeline.Pipeline", ()), "steps is missing"),
        ("anomalies_centered", "model.steps", [], "its pipeline does not have exactly one step"),
        ("anomalies_centered", "task_type", Object("a.TaskType", (3,)), "its task is value, which does not go with"),
        ("value_poisson", "task_type", Object("a.TaskType", (5,)), "its task is anomalies, which does not go with"),
        ("value_poisson", "model.modelbytes", b"PK", "its ML.NET model is damaged: File is not a zip file"),
        ("clusters", "cluster_label", ["a"], "its clusters do not have a label each, all texts or all numbers"),
        ("ratings", "model.trainset.ir.odd", [], "its ratings are not of the users and items that it has"),
        ("ratings", "model.biased", False, "SVD has biased=False: only True is known"),
    ],
)
def test_an_attribute_that_is_not_known_is_named(name: str, path: str, value: Any, message: str) -> None:
    assert message in change(name, path, value)


def boosted(old: str, new: str) -> str:
    text = learner("two_bdt").attributes["model"].attributes["_Booster"].attributes["handle"]
    assert old in text
    return change("two_bdt", "model._Booster.handle", text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version=v3", "version=v9", "its trees are of version 'v9', which is not known"),
        ("objective=binary sigmoid:1", "objective=poisson", "the objective 'poisson', which is not known"),
        ("objective=binary", "average_output\nobjective=binary", "its trees have 'average_output', which is not known"),
        ("num_cat=0", "num_cat=1", "its trees split by categories or have linear leaves"),
        ("is_linear=0", "is_linear=1", "its trees split by categories or have linear leaves"),
        ("shrinkage=", "leaf_const=1\nshrinkage=", "its trees have 'leaf_const', which is not known"),
        ("decision_type=2", "decision_type=6", "its trees have a decision_type of "),
        ("left_child=", "left_child=9 ", "of left_child, not "),
        ("end of trees", "end of all", "they have no beginning or no end"),
        ("threshold=", "threshold=x ", "its trees cannot be read"),
        ("max_feature_idx=", "max_feature_idx=1", "its trees are made for other features"),
        ("split_feature=", "split_feature=999 ", "of split_feature, not "),
        ("right_child=1 ", "right_child=3 ", "a tree has a branch that leads nowhere"),
        ("left_child=-1 ", "left_child=-9 ", "a tree has a branch that leads nowhere"),
        ("leaf_weight=", "leaf_weight=x", "its trees cannot be read"),
        ("leaf_count=", "leaf_count=1 ", "its trees have 4 of leaf_count, not 3"),
        ("leaf_value=-0.", "leaf_value=-1e999", "its trees have a leaf_value that is not a number"),
        ("threshold=0.", "threshold=0_0.", "its trees have a threshold that is not a number"),
        ("threshold=0.", "threshold=00.", "its trees have a threshold that is not a number"),
        ("tree_sizes=", "tree_sizes=1", "its trees cannot be read: they have other sizes than it says"),
        ("internal_weight=0", "internal_weight=0.0", "its trees cannot be read: they have other sizes than it says"),
    ],
)
def test_trees_that_are_not_known_are_refused(old: str, new: str, message: str) -> None:
    assert message in boosted(old, new)


def ml_net(name: str, part: str, old: bytes, new: bytes) -> str:
    """Return why a model is refused, some bytes of which are others; their checksum is made anew."""
    parts = parts_of(learner(name).attributes["model"].attributes["modelbytes"])
    assert parts[part].count(old) == 1
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for known, content in parts.items():
            archive.writestr(known, content.replace(old, new) if known == part else content)
    return change(name, "model.modelbytes", changed.getvalue())


@pytest.mark.parametrize(
    ("name", "part", "old", "new", "message"),
    [
        ("value_poisson", PREDICTOR, b"POI\0RGRS", b"LIN\0RGRS", "its ML.NET model is not known: b'LIN"),
        ("value_poisson", PREDICTOR, b"\x0a\0\0\0\0\0\0\0\x0a", b"\x0a\0\0\0\1\0\0\0\x0a", "where only [10, 0, 10] is"),
        ("value_poisson", PREDICTOR, b"\x3c\0\0\0\0\0\0\0", b"\x3d\0\0\0\0\0\0\0", "has more numbers than are known"),
        ("value_poisson", PREDICTOR, b"\x3c\0\0\0\0\0\0\0", b"\x3b\0\0\0\0\0\0\0", "a part is too short"),
        ("anomalies_centered", PREDICTOR, b"\2\0\0\0\1", b"\xff\xff\0\0\1", "it says more numbers than it has"),
        (
            "anomalies_centered",
            SCALES,
            b"\xff\xff\xff\xff",
            b"\4\0\0\0",
            "[4, 10, 4, 10] where only [4, 10, -1, 10] is",
        ),
        ("anomalies_centered", SCALES, b"AffineNormExec", b"AffineNormElse", "the step 'AffineNormElse', which is not"),
    ],
)
def test_parts_of_ml_net_that_are_not_known_are_refused(
    name: str, part: str, old: bytes, new: bytes, message: str
) -> None:
    assert message in ml_net(name, part, old, new)


@pytest.mark.parametrize(
    ("feature", "left", "right", "message"),
    [
        ([9, -1, -1], [1, 1, 2], [2, 1, 2], "a tree asks for a feature that is not there"),
        ([0, -1, -1], [0, 1, 2], [2, 1, 2], "a tree has a branch that leads nowhere"),
        ([0, -1, -1], [1, 1, 2], [7, 1, 2], "a tree has a branch that leads nowhere"),
        ([0, -1], [1, 1, 2], [2, 1, 2], "a tree has parts of different lengths"),
    ],
)
def test_a_tree_that_would_never_end_is_refused(
    feature: list[int], left: list[int], right: list[int], message: str
) -> None:
    from generator.convert.array_store import ArrayStore
    from generator.convert.trees import Tree, keep_trees

    tree = Tree(np.array(feature), np.zeros(3), np.array(left), np.array(right), np.zeros(3))
    with pytest.raises(NotConvertibleError, match=message):
        keep_trees([tree], ArrayStore(3))


def test_a_column_of_another_type_is_refused() -> None:
    with pytest.raises(NotConvertibleError, match="column 'took' is of the type timedelta64, which is not known"):
        open_learner(learner("two_lr"), [Column("took", "timedelta64")])


def deep(path: str, value: Any) -> str:
    """Return why a Wide and Deep model is refused in which one attribute is another."""
    files = learned_in(RECORDED / "wide_and_deep")
    changed, tensors = read_pickle(files[WIDE_AND_DEEP]), checkpoint_of(files)
    wide_and_deep(changed, tensors)  # unchanged, it is not
    *way, last = path.split(".")
    part = changed
    for step in way:
        part = part.attributes[step] if isinstance(part, Object) else part[step]
    part.attributes[last] = value
    with pytest.raises(ModelError) as caught:
        wide_and_deep(changed, tensors)
    return str(caught.value)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("hyper_params.activation_fn", Object("a.ActivationFnSelection", ("GELU",)), "its activation function "),
        ("hyper_params.activation_fn", "ReLU", "its activation function 'ReLU' is not known"),
        ("hyper_params.batch_norm", False, "its checkpoint has dnn/hiddenlayer_0/batchnorm_0/beta, which is not known"),
        ("hyper_params.hidden_units", (8,), "its checkpoint is of a model with other parameters"),
        ("hyper_params.crossed_dim", 10, "its checkpoint is of a model with other parameters"),
        ("rel_checkpoints_dir", "/tmp", "WideNDeepModel has rel_checkpoints_dir='/tmp'"),
        ("user_feature_builder._features_df", None, "it has None where a DataFrame belongs"),
        ("user_feature_builder.id_vocab", None, "it has None where a Series belongs"),
        ("user_feature_builder._feature_metas", {}, "has dnn/hiddenlayer_0/kernel of [18, 8], not [13, None]"),
        ("user_feature_builder._feature_metas.feature_user_feature_1.fill", "Oslo", "is of a kind that is not known"),
        ("user_feature_builder._feature_metas.feature_user_feature_1.vocab", None, "str stands where a number belongs"),
        ("user_feature_builder.odd", 1, "FeatureBuilder has the attribute odd, which is not known"),
    ],
)
def test_a_recommender_that_is_not_known_is_refused(path: str, value: Any, message: str) -> None:
    assert message in deep(path, value)


def test_users_and_items_with_features_of_one_name_are_refused() -> None:
    """The designer gives each a name of its own; under one name, each would have the weights of the other's."""
    files = learned_in(RECORDED / "wide_and_deep")
    content = files[WIDE_AND_DEEP].replace(b"feature_user_feature_0", b"feature_item_feature_0")
    assert content != files[WIDE_AND_DEEP]
    with pytest.raises(NotConvertibleError, match="its users and its items have features of one name"):
        wide_and_deep(read_pickle(content), checkpoint_of(files))
