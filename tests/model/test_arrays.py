"""Arrays of numpy in a pickle, read without numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generator.model.arrays import array_parts, plain, values
from generator.model.error import ModelError
from generator.model.pickle_reader import Object, read_pickle
from tests.support.pickles import dumped


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.array([1.5, -0.0, np.inf]), [1.5, 0.0, float("inf")]),
        (np.array([1, -(2**40)]), [1, -(2**40)]),
        (np.array([1], dtype="i4"), [1]),
        (np.array([0.5], dtype="f4"), [0.5]),
        (np.array([True, False]), [True, False]),
        (np.array(["no", np.float64(2.5), None], dtype=object), ["no", 2.5, None]),
        (
            np.array(["2020-02-29T12:00:00.123456", "1969-12-31", "NaT", "2020-01-01T00:00:00.000000001"], "M8[ns]"),
            ["2020-02-29T12:00:00.123456", "1969-12-31T00:00:00", None, "2020-01-01T00:00:00.000000001"],
        ),
        (np.array([]), []),
    ],
    ids=str,
)
def test_values_are_those_of_numpy(array: Any, expected: list[Any]) -> None:
    found = values(read_pickle(dumped(array)))
    assert found == expected
    assert list(map(type, found)) == list(map(type, expected))


def test_numbers_of_numpy_become_pythons() -> None:
    assert [plain(value) for value in read_pickle(dumped([np.float64(1.5), np.int64(-3), np.bool_(True), "x"]))] == [
        1.5,
        -3,
        True,
        "x",
    ]


def test_parts_of_other_shapes_are_as_numpy_has_them() -> None:
    parts = array_parts(read_pickle(dumped(np.asfortranarray(np.arange(6.0).reshape(2, 3)))))
    assert (parts.code, parts.shape, parts.is_fortran) == ("f8", (2, 3), True)
    nodes = np.zeros(2, dtype=[("left_child", "<i8"), ("threshold", "<f8")])
    parts = array_parts(read_pickle(dumped(nodes)))
    assert (parts.fields, parts.size) == ({"left_child": ("i8", 0), "threshold": ("f8", 8)}, 16)
    with pytest.raises(ModelError, match="2 dimensions where one of 1 belongs"):
        values(read_pickle(dumped(np.zeros((2, 2)))))


def _changed(**changes: Any) -> Object:
    array = read_pickle(dumped(np.array([1.0, 2.0])))
    state = dict(zip(("version", "shape", "dtype", "is_fortran", "cells"), array.state, strict=True)) | changes
    array.state = tuple(state.values())
    assert isinstance(array, Object)
    return array


@pytest.mark.parametrize(
    "changes",
    [
        {"shape": (3,)},
        {"shape": (-1, -2)},
        {"shape": (2.0,)},
        {"shape": (10**30,)},
        {"cells": b"\0" * 15},
        {"cells": [1.0, 2.0]},
        {"dtype": "f8"},
        {"version": 2},
    ],
    ids=str,
)
def test_an_array_that_does_not_hold_what_it_says_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="it has an array"):
        array_parts(_changed(**changes))


@pytest.mark.parametrize("array", [np.array([1.0], dtype=">f8"), np.array(["a"]), np.array([1j])], ids=str)
def test_an_array_of_another_type_is_refused(array: Any) -> None:
    with pytest.raises(ModelError, match="it has an array of a type that is not known"):
        array_parts(read_pickle(dumped(array)))
