"""What is no list of rows with the same columns is refused, and what is one is taken as the downloaded script does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator import generate

from .runtimes import MODULES, Answer, Model, Models

ALL = pytest.mark.parametrize("module", MODULES)


def _refused(model: Model, module: str, *requests: Any) -> Iterator[str]:
    """Yield the messages with which requests are refused, none of which may be scored or fail in the module."""
    answers = model.score_all(generate({"module": module}), [json.dumps(request) for request in requests])
    for answer in answers:
        assert answer.error == "400"
        yield answer.message


@ALL
def test_what_is_no_list_of_rows_is_refused(models: Models, module: str) -> None:
    model = models(module)
    row = model.rows[0]
    for message in _refused(model, module, row, "text", 7, None, True, []):
        assert "must be a JSON list" in message
    others: list[Any] = [5, "text", None, [row]]
    for message in _refused(model, module, *([row, other] for other in others)):
        assert "row 2 of 2 is not a JSON object" in message
    for message in _refused(model, module, *([other, row] for other in others)):
        assert "row 1 of 2 is not a JSON object" in message


@ALL
def test_rows_with_different_columns_are_refused(models: Models, module: str) -> None:
    """In the downloaded script the values of the rows below move up."""
    model = models(module)
    first, second, third = model.rows
    for name in first:
        lacking = {key: cell for key, cell in second.items() if key != name}
        for message in _refused(model, module, [first, lacking, third], [lacking, first, third]):
            assert re.search(r"\brow [12]\b", message) and repr(name) in message
    for message in _refused(model, module, [first, second, {}], [{}, second, third], [first, {}, {}]):
        assert re.search(r"\brow [123]\b", message) and all(repr(name) in message for name in first)
    (message,) = _refused(model, module, [first, {**second, "more": 1}, third])
    assert re.search(r"\brow [12]\b", message) and "'more'" in message


BY_POSITION = "score_wide_and_deep_recommender"
"""The module that takes the columns of a request by their position, whatever they are called."""


@ALL
def test_the_order_of_keys_does_not_matter(models: Models, module: str) -> None:
    turned, straight = _turned(models(module), generate({"module": module}))
    assert straight.body
    assert turned == straight


@ALL
def test_the_order_of_keys_in_the_downloaded_script(models: Models, module: str) -> None:
    """It does not matter either, but for one module, which mistakes ratings for users without a word."""
    turned, straight = _turned(models(module), models(module).downloaded)
    assert turned.body
    assert (turned == straight) == (module != BY_POSITION)


def _turned(model: Model, script: str) -> list[Answer]:
    """Return the answers to the samples with the keys of each row turned around, and as they are."""
    turned = json.dumps([dict(reversed(row.items())) for row in model.rows])
    return model.score_all(script, [turned, model.samples])


@ALL
def test_the_order_of_keys_may_change_between_rows(models: Models, module: str) -> None:
    model = models(module)
    first, *rest = model.rows
    request = json.dumps([first, *(dict(reversed(row.items())) for row in rest)])
    answers = model.score_all(generate({"module": module}), [request, model.samples])
    assert answers[1].body
    assert answers[0] == answers[1] == model.score(model.downloaded, request)


@ALL
def test_what_the_module_refuses_is_refused(models: Models, module: str) -> None:
    """A column that no row has, one too many, and what is no JSON: both scripts refuse it, but one says why."""
    model = models(module)
    lacking = [[{key: row[key] for key in row if key != name} for row in model.rows] for name in model.rows[0]]
    more = [{**row, "more": 1} for row in model.rows]
    requests = [*map(json.dumps, [*lacking, more]), "not JSON"]
    generated = model.score_all(generate({"module": module}), requests)
    assert [answer.error for answer in generated] == ["400"] * len(requests)
    assert generated[-1].message.startswith("Expecting value")
    downloaded = model.score_all(model.downloaded, requests)
    if module != "score_image_model":  # which ignores one too many
        assert all(answer.error not in (None, "400") for answer in downloaded)
