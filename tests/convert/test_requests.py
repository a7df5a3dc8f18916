"""The requests that an open model and the designer's are asked alike: what is among them, and that they are answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.convert.requests import proof_rows
from generator.model.names import FACTS_FILE
from generator.model.open_model import OpenModel, parse_open_model
from tests.support.open_scripts import answers, loaded, opened, rendered

RECORDED = Path(__file__).parent / "recorded"
NAMES = sorted(path.parent.name for path in RECORDED.glob("*/proof.json"))
ROWS = 60


def model_of(name: str) -> OpenModel:
    return parse_open_model(opened(RECORDED / name)[FACTS_FILE])


def asked(
    model: OpenModel, samples: list[dict[str, Any]] | None = None, rows: int = ROWS
) -> list[list[dict[str, Any]]]:
    return proof_rows(model, samples or [], rows)


def examples() -> OpenModel:
    """Return a model of Vowpal Wabbit's, which takes one column of examples."""
    facts = {
        "format": 1,
        "module": "score_vowpal_wabbit_model",
        "columns": [{"name": "text", "type": "str"}],
        "task": "examples",
        "learner": {"kind": "vowpal_wabbit"},
    }
    return parse_open_model(json.dumps(facts).encode())


@pytest.mark.parametrize("name", NAMES)
def test_a_model_has_the_same_requests_each_time_and_they_have_its_columns(name: str) -> None:
    model = model_of(name)
    groups = asked(model)
    assert groups == asked(model_of(name))
    assert all(list(row) == [column.name for column in model.columns] for group in groups for row in group)


@pytest.mark.parametrize("name", ["two_lr", "value_forest", "dates", "label_category", "clusters", "ratings"])
def test_the_open_script_answers_the_requests(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many plausible rows are answered; a row alone may be refused, where the model needs what is empty in it."""
    files = opened(RECORDED / name)
    config = {"parameters": {"prediction_kind": "RatingPrediction"}} if name == "ratings" else {}
    script = loaded(rendered(config, files), files, tmp_path, monkeypatch)
    model = parse_open_model(files[FACTS_FILE])
    many, *single = answers(script, [json.dumps(rows) for rows in proof_rows(model, [], ROWS)])
    assert many.error is None
    assert {answer.error[0] for answer in single if answer.error} <= {"refused"}
    assert sum(answer.error is None for answer in single) >= 20


def test_the_samples_come_first_then_many_rows_then_single_ones() -> None:
    model = model_of("two_lr")
    sample = {column.name: None for column in model.columns}
    groups = asked(model, [sample])
    assert groups[0] == [sample]
    assert len(groups[1]) == ROWS
    assert groups[2:22] == [[row] for row in groups[1][:20]]
    assert all(len(group) == 1 for group in groups[22:])
    assert asked(model)[0] == groups[1]  # without samples, there is no empty request


def test_odd_numbers_stand_in_every_column_of_real_numbers() -> None:
    model = model_of("value_linear")
    reals = [column.name for column in model.columns if column.type == "float64"]
    odd = [group[0] for group in asked(model)[-6:]]
    assert reals
    assert [row[reals[0]] for row in odd] == [-1e300, 1e300, 1e39, -0.0, 5e-324, 0.1 + 0.2]
    assert all(len({row[name] for name in reals}) == 1 for row in odd)


def test_some_cells_are_empty_and_some_texts_unknown() -> None:
    model = model_of("two_lr")
    known = {text["name"]: text["categories"] for text in model.facts["features"]["texts"]}
    rows = asked(model, rows=400)[0]
    assert known
    for name, categories in known.items():
        cells = [row[name] for row in rows]
        assert set(categories) <= {cell for cell in cells if isinstance(cell, str)}
        assert None in cells


def test_numbers_stay_near_what_the_model_was_trained_on() -> None:
    model = model_of("two_lr")
    rows = asked(model, rows=400)[0]
    for number in model.facts["features"]["numbers"]:
        if number["scale"]:
            low, high = sorted((bound - number["min"]) / number["scale"] for bound in (0.0, 1.0))
            cells = [row[number["name"]] for row in rows if isinstance(row.get(number["name"]), float)]
            assert all(low - 1 <= cell <= high + (high - low) * 0.2 for cell in cells)


def test_a_recommender_is_asked_each_pair_of_a_user_and_an_item_once() -> None:
    model = model_of("ratings")
    user, item = (column.name for column in model.columns[:2])
    pair = {user: "u", item: "i"}
    groups = asked(model, [pair, pair, {user: None, item: "i"}, {user: "u", item: {"isNan": True}}])
    assert [(row[user], row[item]) for row in groups[0]] == [("u", "i")]
    pairs = [(row[user], row[item]) for row in groups[1]]
    assert len({*pairs}) == len(pairs) > 10
    assert all(isinstance(part, (str, int)) for one in pairs for part in one)


def test_examples_of_vowpal_wabbit_are_changed_and_fit_any_model() -> None:
    given = [{"text": "1 | a:0.5"}, {"other": "1"}]
    first, second, many, *single = asked(examples(), given)
    assert first == [{"text": "1 | a:0.5"}]
    texts = [row["text"] for row in second]
    assert texts[:3] == ["1 | a:0.5", "1 | a:1.5", "1 | a:0.5 never_seen:3"]
    assert "" in texts
    assert len(many) > 100  # so many are scored by files
    assert {row["text"] for row in many} == set(texts[:3])
    assert single == [[row] for row in second]
    assert len(asked(examples())[0]) == 8  # without samples, those that fit any model
