"""Two answers are compared cell by cell, and nothing that differs passes."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest

from generator.convert.compare import SINGLE, Answer, compare, distance, tolerance_of
from generator.findings import ScoregenError


def answer(value: Any, encodings: int = 1) -> Answer:
    for _ in range(encodings):
        value = json.dumps(value)
    return Answer(value, None, 0.0)


REFUSED = Answer(None, ("refused", "column 'a': 7.5: it takes whole numbers alone"), 0.0)
FAILED = Answer(None, ("KeyError", "'a'"), 0.0)
OLD_FAILED = Answer(None, ("TypeError", "Object of type Timestamp is not JSON serializable"), 0.0)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (1, 1, 0.0),
        ("a", "a", 0.0),
        (None, None, 0.0),
        (0.5, 0.5, 0.0),
        (float("nan"), float("nan"), 0.0),
        (float("inf"), float("inf"), 0.0),
        ("2020-01-01 00:00:00", "2020-01-01T00:00:00", 0.0),
        (1577836800000000000, "2020-01-01T00:00:00", 0.0),
        (1577836800000000000, "2020-01-01T00:00:01", None),
        (1577836800000000000, "2020-01-01T00:00:00+00:00", None),
        ("2020-01-01T00:00:00", 1577836800000000000, None),
        (1, "a", None),
        (1, 1.0, None),
        (True, 1, None),
        ("1", 1, None),
        (None, float("nan"), None),
        (float("nan"), 0.0, None),
        (float("inf"), 1e308, None),
        (float("inf"), float("-inf"), None),
        ("a", "b", None),
        ("2020-01-01", "2020-01-02", None),
    ],
)
def test_distance_of_cells(old: Any, new: Any, expected: float | None) -> None:
    assert distance(old, new) == expected


def test_distance_of_texts_of_numbers() -> None:
    rounded = functools.partial(distance, tolerance=SINGLE)
    assert rounded("1:0.198696 2:0.5", "1:0.198696 2:0.50") == 0.0
    assert rounded("-0.052599", "-0.052598") == 1e-15  # as they were rounded
    assert rounded("0.196123 no1", "0.196125 no1") == pytest.approx(5.1e-6, rel=0.01)
    assert rounded("1:0.25 2:0.5", "2:0.25 2:0.5") is None
    assert rounded("0.25 no1", "0.25 no2") is None
    assert rounded("0.5", "-0.5") == pytest.approx(1.8)


def test_distance_of_real_numbers() -> None:
    assert distance(2.0, 2.0 * (1 + 1e-13)) == pytest.approx(1e-13, rel=0.01)
    assert distance(2.0, 1.0) == 0.5
    assert distance(0.0, 1e-16) == 1e-16  # what is left of 1 - p
    assert distance(0.0, 1e-14) == 1.0
    assert distance(1e-300, 2e-300) == 1e-300


def test_scores_of_anomalies_are_roots() -> None:
    """Near 0 they are the root of what is left of two numbers that are all but the same."""

    def is_equal(old: float, new: float) -> bool:
        return compare([answer([old])], [answer([new])], tolerance_of({"learner": {"kind": "anomalies"}})).is_equal

    assert is_equal(0.048876307904720306, 0.04887392371892929)
    assert is_equal(0.0, 2**-12)
    assert not is_equal(0.048876307904720307, 0.0489)  # no number of 32 bits: one that the request had
    assert not is_equal(0.5, 0.5 + 2**-15)
    assert not is_equal(2**-6, 2**-6 + 2**-10)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ([[1.0, "a"]], [[1.0, "b"]], "[0][1]"),
        ([[1.0, "a"]], [[1.0]], "[0] (length)"),
        ({"a": [1], "b": [2]}, {"b": [2], "a": [1]}, " (names)"),
        ({"a": [1]}, {"a": [1], "b": [1]}, " (names)"),
        ({"a": [1]}, {"a": 1}, ".a"),
        ({"result": [[0.5]]}, {"result": [[0.5 + 1e-9]]}, ".result[0][0]"),
    ],
)
def test_what_differs_is_named(old: Any, new: Any, where: str) -> None:
    comparison = compare([answer([]), answer(old, 2)], [answer([]), answer(new)])
    (difference,) = comparison.differences
    assert (difference.request, difference.where) == (1, where)
    assert not comparison.is_equal


def test_what_is_equal_is_counted() -> None:
    comparison = compare([answer({"a": [1, 0.3]}, 2)], [answer({"a": [1, 0.1 + 0.2]})])
    assert (comparison.cells, comparison.exact, comparison.differences) == (2, 1, ())
    assert 0 < comparison.largest < 1e-15
    assert comparison.is_equal


def test_refusals_have_lines_of_their_own() -> None:
    comparison = compare(
        [answer(1), FAILED, OLD_FAILED, answer(2), answer(3)], [answer(1), REFUSED, answer(1), REFUSED, FAILED]
    )
    assert (comparison.cells, comparison.refused_by_both, comparison.failed_by_old) == (
        1,
        1,
        ("TypeError: Object of type Timestamp is not JSON serializable",),
    )
    assert comparison.refused_by_new == ("column 'a': 7.5: it takes whole numbers alone",)
    assert [difference.new for difference in comparison.differences] == ["KeyError: 'a'"]


def test_texts_are_the_same_unless_they_hold_numbers_of_32_bits() -> None:
    old, new = answer(["yes:0.50000000"]), answer(["yes:0.50000001"])
    assert compare([old], [new]).differences
    assert compare([answer(["1.0"])], [answer(["1.00"])]).differences
    assert compare([old], [new], SINGLE).is_equal


def test_an_error_that_is_no_refusal_is_a_difference() -> None:
    failed = Answer(None, ("ValueError", "operands could not be broadcast together"), 0.0)
    assert compare([answer(1)], [failed]).differences


def test_nothing_to_compare_is_no_proof() -> None:
    assert not compare([FAILED], [REFUSED]).is_equal
    assert not compare([], []).is_equal


@pytest.mark.parametrize(
    "body",
    ["<html>", '"<html>"', "[" * 100_000, f"[{'1' * 5000}]", f"{'[' * 200}{']' * 200}"],
    ids=["no JSON", "a text", "brackets", "a long number", "levels"],
)
def test_an_answer_that_cannot_be_compared_is_said_to_be_so(body: str) -> None:
    other = Answer(body, None, 0.0)
    with pytest.raises(ScoregenError, match=r"not JSON that can be compared|more than 100 levels"):
        compare([other], [other])


def test_of_many_differences_the_first_are_kept() -> None:
    comparison = compare([answer([0] * 50_000)], [answer([1] * 50_000)])
    assert (comparison.different, len(comparison.differences)) == (50_000, 100)
