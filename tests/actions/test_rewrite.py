"""Rewriting: the golden cases byte for byte, and what holds for every script and change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.actions.check import check
from generator.actions.rewrite import rewrite
from generator.findings import ConfigError, RefusedError
from generator.rules.settings import Dataset
from generator.script.read import read
from generator.script.source import decode
from tests.support.golden import REWRITES, is_long, rewrite_cases, rewritten, script
from tests.support.scripts import Edited, datasets, edited_scripts, parameters

CASES = [case for case in rewrite_cases() if not is_long(case)]
DONE = [case for case in CASES if (case / "after.py").exists()]


def command_of(case: Path) -> str:
    return (case / "command").read_text(encoding="utf-8")


def errors(source: str) -> list[str]:
    return [finding.message for finding in check(source) if finding.severity == "error"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 60
    assert sorted(REWRITES.iterdir()) == rewrite_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_golden_case(case: Path) -> None:
    before = script(case / "before.py")
    result, refusal = rewritten(before, command_of(case))
    if (case / "after.py").exists():
        assert not (case / "refused").exists()
        assert (result, refusal) == (script(case / "after.py"), "")
    else:
        assert refusal == (case / "refused").read_text(encoding="utf-8")
        assert result == before


@pytest.mark.parametrize("case", DONE, ids=lambda case: case.name)
def test_a_second_run_changes_nothing(case: Path) -> None:
    after = script(case / "after.py")
    assert rewritten(after, command_of(case)) == (after, "")


@pytest.mark.parametrize("case", DONE, ids=lambda case: case.name)
def test_the_result_passes_the_check(case: Path) -> None:
    source, _ = decode(script(case / "after.py"))
    assert errors(source) == []


@st.composite
def edited_scripts_and_changes(draw: st.DrawFn) -> tuple[Edited, dict[str, object], dict[str, Dataset]]:
    edited = draw(edited_scripts())
    changes = draw(parameters(edited.table, with_unrated=True))
    wanted = {name: Dataset(path) for name, path in datasets(edited.table, changes).items()}
    return edited, {name: _as_config(edited, name, value) for name, value in changes.items()}, wanted


def _as_config(edited: Edited, name: str, value: object) -> object:
    options = edited.table.parameter(name).options
    return next((option.name for option in options if option.member == value), value)


SUBSCRIPTS = """\
from azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model import score_vowpal_wabbit_model as vw
params = dict(trained_vowpal_wabbit_model=load(), test_data=load(), specify_file_type="VW"); params["vw_arguments"] = "-t"
params.update(include_an_extra_column_containing_labels=True, include_an_extra_column_containing_raw_scores=True)


def init(): params["vw_arguments"] = "-t"


def run(data):
    params["vw_arguments"] = "-t"; return vw.ScoreVowpalWabbitModelModule().run(**params)
"""


def test_a_statement_that_is_taken_out_leaves_its_neighbours() -> None:
    expected = SUBSCRIPTS.replace('; params["vw_arguments"] = "-t"', "")
    expected = expected.replace('params["vw_arguments"] = "-t"; ', "").replace('params["vw_arguments"] = "-t"', "pass")
    assert rewrite(SUBSCRIPTS, {}, unset=["vw_arguments"]).source == expected


def test_what_is_set_is_not_taken_out() -> None:
    with pytest.raises(ConfigError, match="choose one"):
        rewrite(SUBSCRIPTS, {"vw_arguments": "-t"}, unset=["VW arguments"])


@pytest.mark.parametrize(
    "use", ["getattr(settings, ARGUMENTS)", "setattr(settings, ARGUMENTS, 5)", "importlib.import_module(ARGUMENTS)"]
)
def test_a_value_that_names_something_else_too_stays_there(use: str) -> None:
    """What getattr() and the like look up by a constant uses it, as the call does."""
    source = f"""\
import importlib
import settings
from azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model import (
    ScoreVowpalWabbitModelModule,
)
ARGUMENTS = "--quiet"


def run(data):
    {use}
    return ScoreVowpalWabbitModelModule().run(
        trained_vowpal_wabbit_model=load(), test_data=data, specify_file_type="VW", vw_arguments=ARGUMENTS
    )
"""
    result = rewrite(source, {"vw_arguments": "-t"}).source
    assert 'ARGUMENTS = "--quiet"' in result
    assert 'vw_arguments="-t"' in result


OWN_FUNCTION = """\
from azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model import (
    ScoreVowpalWabbitModelModule,
)
CALLS = 0
seen = []


class Counter:
    calls = 0


def options():
    {does}
    return "-t"


def more():
    return options() + ""


def run(data):
    return ScoreVowpalWabbitModelModule().run(
        trained_vowpal_wabbit_model=load(),
        test_data=data,
        vw_arguments={given},
        specify_file_type="VW",
        include_an_extra_column_containing_labels=True,
        include_an_extra_column_containing_raw_scores=True,
    )
"""


@pytest.mark.parametrize("given", ["options()", "more()"])
@pytest.mark.parametrize(
    "does",
    ["global CALLS; CALLS += 1", "Counter.calls += 1", 'globals()["CALLS"] = 1', "seen.append(1)", "del Counter.calls"],
)
def test_what_a_function_does_besides_is_not_lost(does: str, given: str) -> None:
    with pytest.raises(RefusedError, match="cannot be taken out: take it out by hand"):
        rewrite(OWN_FUNCTION.format(does=does, given=given), {}, unset=["vw_arguments"])


@pytest.mark.parametrize("given", ["options()", "more()"])
def test_a_function_that_gives_a_value_alone_is_not_missed(given: str) -> None:
    source = OWN_FUNCTION.format(does="quick = True", given=given)
    assert rewrite(source, {}, unset=["vw_arguments"]).source == source.replace(f"        vw_arguments={given},\n", "")


@given(data=st.data())
@settings(deadline=None)
def test_no_line_that_is_moved_makes_rewrite_fail(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    lines = decode(script(case / "before.py"))[0].splitlines(keepends=True)
    lines.insert(data.draw(st.integers(0, len(lines))), lines.pop(data.draw(st.integers(0, len(lines) - 1))))
    source = "".join(lines)
    for changes in ({"prediction_kind": "Item Recommendation"}, {"prediction_kind": "Rating Prediction"}):
        try:
            result = rewrite(source, changes, prune=True).source
        except (RefusedError, ConfigError):
            continue
        assert result == source or set(errors(result)) <= set(errors(source))
        assert rewrite(result, changes, prune=True).source == result


PROPERTY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@given(drawn=edited_scripts())
@PROPERTY
def test_the_scripts_that_are_drawn_are_read(drawn: Edited) -> None:
    assert read(drawn.source).values == drawn.parameters
    assert errors(drawn.source) == []


@given(drawn=edited_scripts_and_changes())
@PROPERTY
def test_a_rewrite_says_what_was_set_and_touches_nothing_else(
    drawn: tuple[Edited, dict[str, object], dict[str, Dataset]],
) -> None:
    edited, changes, wanted = drawn
    result = rewrite(edited.source, changes, datasets=wanted).source
    position = 0
    for part in edited.untouched:
        assert part in result[position:]
        position = result.index(part, position) + len(part)
    assert result.startswith(edited.untouched[0])
    assert result.endswith(edited.untouched[-1])
    values = read(result).values
    assert {name: _as_config(edited, name, values[name]) for name in changes} == changes
    assert {name: value for name, value in edited.parameters.items() if name not in changes}.items() <= values.items()
    assert errors(result) == []
    assert rewrite(result, changes, datasets=wanted).source == result


@given(drawn=edited_scripts_and_changes())
@PROPERTY
def test_there_and_back_again(drawn: tuple[Edited, dict[str, object], dict[str, Dataset]]) -> None:
    edited, changes, wanted = drawn
    changes = {name: value for name, value in changes.items() if not re.search("['\"]", str(value))}
    there = rewrite(edited.source, changes, datasets=wanted).source
    added = [name for name in read(there).values if name not in edited.parameters]
    first = {name: _as_config(edited, name, value) for name, value in edited.parameters.items()}
    assert rewrite(there, first, unset=[*added, *wanted]).source == edited.source
