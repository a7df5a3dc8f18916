"""The class of a model, at a glance: it agrees with the reading of the whole, and tells the module that scores it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.facts.modules import Table, load_tables, table_of_class, tables_by_key
from generator.model.model_class import HEAD, class_in_pickle, class_in_spec
from generator.model.pickle_reader import Object, read_pickle
from tests.support.pickles import stand_in
from tests.support.recorded import RECORDED

LEARNERS = [folder / "_data.pkl" for folder in RECORDED if (folder / "_data.pkl").exists()]
SPEC = """\
flavor:
  name: custom
  module: azureml.designer.modules.vowpal_wabbit.common.vowpal_wabbit_model_wrapper
  class: VowpalWabbitModelWrapper
model_file: model
"""


@pytest.mark.parametrize("path", LEARNERS, ids=lambda path: path.parent.name)
def test_the_glance_sees_the_class_of_a_recorded_learner(path: Path) -> None:
    content = path.read_bytes()
    learner = read_pickle(content)
    assert isinstance(learner, Object)
    assert class_in_pickle(content[:HEAD]) == learner.name.rpartition(".")[0]
    table = table_of_class(class_in_pickle(content[:HEAD]))
    named = {"clusters": "assign_data_to_clusters", "ratings": "score_svd_recommender"}
    assert table
    assert table.id == named.get(path.parent.name.split("_")[0], "score_model")


@pytest.mark.parametrize("protocol", range(2, 6))
def test_each_protocol_is_seen(protocol: int) -> None:
    assert class_in_pickle(pickle.dumps(stand_in("some.where.Model", a=1), protocol)) == "some.where"


@pytest.mark.parametrize("content", [b"", b"\x80", pickle.dumps([1]), pickle.dumps({"a": 1}), b"azureml.studio\n"])
def test_what_begins_with_no_class_tells_nothing(content: bytes) -> None:
    assert class_in_pickle(content) == ""
    assert table_of_class("") is None


def test_a_model_spec_tells_the_class() -> None:
    name = class_in_spec(SPEC.encode())
    assert name == "azureml.designer.modules.vowpal_wabbit.common.vowpal_wabbit_model_wrapper"
    assert table_of_class(name) is tables_by_key()["score_vowpal_wabbit_model"]
    assert class_in_spec(SPEC.replace("\n", "\r\n").encode()) == name
    assert class_in_spec(b"model_type: pickle\nfile_name: _data.pkl\n") == ""


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
def test_each_class_is_that_of_one_module(table: Table) -> None:
    for name in table.model_classes:
        assert table_of_class(name) is table
        assert table_of_class(f"{name}.more") is table
        assert table_of_class(f"{name}s") is None
