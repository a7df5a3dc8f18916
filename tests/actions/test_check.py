"""check's verdicts: those of the runtime, and those of the config's schema."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ConfigError, Table, config_schema, generate, load_tables
from generator.actions.check import check
from generator.checks.context import Endpoint
from generator.config.parse import parse_config
from generator.facts.modules import Parameter
from generator.rules.literals import literal, spell
from generator.rules.modes import counts
from tests.support.golden import cases
from tests.support.strategies import configs, difficult_text
from tests.vendor.edits import default_with

TABLES = {table.id: table for table in load_tables()}
OUTCOMES = [
    (module, case)
    for module, outcomes in json.loads(
        (Path(__file__).parents[1] / "vendor").joinpath("outcomes.json").read_text()
    ).items()
    for case in outcomes
]


def severities(script: str) -> set[str]:
    return {finding.severity for finding in check(script)}


def test_all_outcomes_are_there() -> None:
    assert len(OUTCOMES) == 57


@pytest.mark.parametrize(("module", "case"), OUTCOMES)
def test_what_fails_or_fails_silently_is_an_error_and_nothing_else(module: str, case: dict[str, Any]) -> None:
    found = severities(default_with(TABLES[module], case["params"]))
    fails = not case["works"] or case.get("because", "").startswith("silent")
    assert ("error" in found) == fails
    assert fails or found <= {"info"}


@pytest.mark.parametrize("config", cases(), ids=lambda config: f"{config.parent.name}/{config.stem}")
def test_a_generated_script_is_clean(config: Path) -> None:
    assert severities(config.with_suffix(".py").read_text(encoding="utf-8")) <= {"info"}


@given(configs())
def test_a_valid_config_gives_a_clean_script(config: dict[str, Any]) -> None:
    assert "error" not in severities(generate(config))


def broken(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Draw values, in a config's form, that a parameter may or may not have."""
    if parameter.type == "option":
        return st.one_of(
            st.sampled_from([spelling for option in parameter.options for spelling in option.spellings]),
            st.text(max_size=5),
        )
    if parameter.type == "integer":
        return st.integers(-2, 3)
    if parameter.type == "boolean":
        return st.one_of(st.booleans(), st.integers(0, 1), st.sampled_from(["sure", "1"]))
    return st.one_of(difficult_text, st.sampled_from(["-i x", "--link logistic", "--nonsense", "-f m", "-t\n"]))


def as_script(table: Table, settings: dict[str, Any]) -> str:
    """Return a script that says what a config says, where that can be said in the module's form, and else as it is."""
    written = {}
    for name, value in settings.items():
        parameter = table.parameter(name)
        members = {spelling: option.member for option in parameter.options for spelling in option.spellings}
        if parameter.type == "option" and value in members:
            written[name] = spell(parameter, members[value], indent=-(10**6))
        elif parameter.type == "boolean" and isinstance(value, bool):
            written[name] = spell(parameter, value)
        else:
            written[name] = literal(value, indent=-(10**6))
    return default_with(table, written)


@pytest.mark.parametrize(
    ("number", "expected"), [("0", [("SG104", "warning")]), ("-1", [("SG104", "warning")]), ("7", [("SG114", "info")])]
)
@pytest.mark.parametrize("written", ["({} if len(data) > 9 else 5)", "(5 if len(data) > 9 else {})"])
def test_a_number_that_one_branch_alone_makes_too_small_is_a_warning(
    written: str, number: str, expected: list[tuple[str, str]]
) -> None:
    settings = "Recommended item selection: FromAllItems, max_recommended_item_count: 98765"
    config = f"module: score_svd_recommender\nparameters: {{prediction_kind: ItemRecommendation, {settings}}}\n"
    script = generate(config).replace("98765", written.format(number))
    assert written.format(number) in script
    found = [(item.code, item.severity) for item in check(script) if item.code in ("SG104", "SG114")]
    assert found == expected


@given(st.data())
@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.parameters], ids=lambda table: table.id)
def test_the_schema_and_check_come_to_the_same_verdict(table: Table, data: st.DataObject) -> None:
    """On every setting, with all that its mode needs; a value below the minimum is at least a warning of check."""
    settings = {parameter.name: data.draw(broken(parameter)) for parameter in table.parameters}
    try:
        canonical = parse_config({"module": table.id, "parameters": settings}).scripts[0].settings
        valid = True
    except ConfigError:
        valid = False
    if valid:
        assert all(not port.required or not counts(table, port, canonical.parameters) for port in table.datasets)
    found = [finding for finding in check(as_script(table, settings)) if finding.severity != "info"]
    faults = [finding for finding in found if finding.severity == "error" or finding.code == "SG104"]
    assert valid == (faults == [])


def test_the_schema_that_is_meant_is_the_published_one() -> None:
    assert set(TABLES) <= set(config_schema()["$defs"])


@pytest.mark.parametrize(
    "source",
    [
        "",
        "print(1)\n",
        "def f(:\n",
        "# ScoreModelModule\nprint 1\n",
        '"azureml ScoreModelModule"\n',
        "import azureml\nScoreModelModule\n",
    ],
)
def test_what_is_no_designer_script_is_passed_over(source: str) -> None:
    assert [finding for finding in check(source) if finding.code != "SG100"] == []


def test_nothing_of_the_script_is_run_or_imported(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    script = generate("module: Score Model") + f"\nopen({str(mark)!r}, 'w')\n"
    check(script)
    assert not mark.exists()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "x = '\u4f60\u597d'; ", "\t\f"])
def test_places_are_in_characters(newline: str, before: str) -> None:
    script = generate("module: Score Model").replace("result_only=True", "result_only=None")
    script = script.replace("import os\n", f"import os\n{before.strip()}\n")
    (finding,) = check(script.replace("\n", newline))
    line = script.split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("append_or_result_only")


@given(st.binary(max_size=300))
def test_no_text_makes_it_fail(content: bytes) -> None:
    source = generate("module: score_svd_recommender")
    place = len(content) * 7 % len(source)
    damaged = source[:place] + content.decode("latin-1") + source[place:]
    for finding in check(damaged):
        assert finding.line >= 1
    ast.parse(source)


@pytest.mark.parametrize(
    "damage",
    [
        ("learner=model,", "**a, learner=model,\n", "def run(data):", "a = b\nb = a\n\n\ndef run(data):"),
        ("prediction_kind=RecommenderPredictionKind.RatingPrediction", "prediction_kind={0x" + "f" * 5000 + "}"),
        ("prediction_kind=RecommenderPredictionKind.RatingPrediction", "prediction_kind=" + "'a'+" * 2000 + "'a'"),
        ("prediction_kind=RecommenderPredictionKind.RatingPrediction", "prediction_kind=-0x" + "f" * 5000),
    ],
    ids=["names in a circle", "a set of a huge number", "a long sum", "a huge number"],
)
def test_what_once_made_it_fail(damage: tuple[str, ...]) -> None:
    script = generate("module: score_svd_recommender")
    for old, new in zip(damage[::2], damage[1::2], strict=True):
        assert old in script
        script = script.replace(old, new, 1)
    assert check(script)


def test_a_name_that_a_pattern_binds_is_known_only_at_run_time() -> None:
    script = generate("module: Score Model").replace("append_or_result_only=True", "append_or_result_only=flag")
    script = script.replace("    (result,) =", "    match data:\n        case flag:\n            pass\n    (result,) =")
    found = check(script.replace("def init", "flag = 'x'\n\n\ndef init"), Endpoint((3, 10)))
    assert [finding.code for finding in found] == ["SG114"]


@pytest.mark.parametrize(
    ("module", "value", "error"),
    [
        ("score_svd_recommender", "pd.read_csv('a.csv')", "a bare DataFrame"),
        ("score_wide_and_deep_recommender", "pd.read_csv('a.csv')", "a bare DataFrame"),
        ("score_svd_recommender", "'folder'", "'folder'"),
        ("score_wide_and_deep_recommender", "'folder'", None),
        ("score_svd_recommender", "load('folder')", None),
    ],
)
@pytest.mark.parametrize("loaded_in_init", [False, True])
def test_a_dataset_in_a_form_that_the_module_does_not_take(
    module: str, value: str, error: str | None, loaded_in_init: bool
) -> None:
    script = generate({"module": module}).replace("import os\n", "import os\nimport pandas as pd\n")
    if loaded_in_init:
        script = script.replace(
            "    global model", f"    global training_data\n    training_data = {value}\n    global model"
        )
        value = "training_data"
    found = [
        finding
        for finding in check(script.replace("training_data=None", f"training_data={value}"))
        if finding.severity == "error"
    ]
    assert [finding.code for finding in found] == (["SG103"] if error else [])
    assert not error or found[0].message.startswith(f"{error} stands where the module takes a dataset")
