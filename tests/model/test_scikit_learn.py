"""The scikit-learn that saved a learner, at a glance: it agrees with the reading of the whole."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from generator.facts.modules import tables_by_key
from generator.model.learner import learner_facts
from generator.model.scikit_learn import named_version
from tests.support.model_folders import learner
from tests.support.pickles import stand_in


@pytest.mark.parametrize("version", ["0.22.2", "0.22.2.post1", "1.5.0", "1.10.0rc1"])
def test_the_glance_sees_what_the_pickle_says(version: str) -> None:
    content = learner(tables_by_key()["score_model"], version)
    assert named_version(content) == version
    assert learner_facts(content).sklearn_versions == (version,)


@pytest.mark.parametrize("protocol", range(2, 6))
def test_each_protocol_is_seen(protocol: int) -> None:
    assert named_version(pickle.dumps(stand_in("sklearn.x.Y", _sklearn_version="1.5.0"), protocol)) == "1.5.0"


@pytest.mark.parametrize(
    "held",
    [
        {},
        {"names": ["_sklearn_version", "5 stars"]},  # two columns of a user
        {"note": "_sklearn_version 1.5.0"},
        {"_sklearn_version": 1.5},
    ],
)
def test_what_names_no_version(held: dict[str, Any]) -> None:
    assert named_version(pickle.dumps(held, 4)) is None


@pytest.mark.parametrize(
    "content", [b"", b"_sklearn_version", b"\x8c\x10_sklearn_version\x94\x8c\xff1.5", b"\x80" * 99]
)
def test_bytes_that_are_no_pickle(content: bytes) -> None:
    assert named_version(content) is None
