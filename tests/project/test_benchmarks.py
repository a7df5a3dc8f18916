"""The scripts that the benchmarks work on are what their README says, and their figures follow from what was measured."""

from __future__ import annotations

import ast

import pytest

from benchmarks import corpus, growth, peers
from benchmarks.timing import Comparison, Side, compare
from generator.actions.check import check

SCRIPTS = list(corpus.sources(200))
APART = list(corpus.apart(40))


@pytest.mark.parametrize("scripts", [SCRIPTS, APART])
def test_scripts_are_clean_designer_scripts_of_a_usual_size_and_no_two_are_the_same(scripts: list[str]) -> None:
    assert len(set(scripts)) == len(scripts)
    for source in scripts:
        assert check(source) == []
        assert check(source.replace(f"{peers.ARGUMENT}=5", f"{peers.ARGUMENT}=0"))
        assert source.count(f"{peers.ARGUMENT}=5") == 1
        assert 2_500 < len(source) < 12_000


def test_one_script_in_ten_has_a_line_of_its_own_in_init_or_run() -> None:
    own = [source.count("', flush=True)") for source in SCRIPTS]
    assert own == [1, *[0] * 9] * 20
    assert sum(": run', flush" in source for source in SCRIPTS) == sum(": init', flush" in source for source in SCRIPTS)


def test_scripts_apart_share_neither_run_nor_helpers() -> None:
    functions = [ast.unparse(next(node for node in ast.parse(source).body if is_run(node))) for source in APART]
    assert len(set(functions)) == len(APART)
    helpers = [line for source in APART for line in source.splitlines() if line.startswith("def ") and "_" in line]
    assert len(set(helpers)) > 0.98 * len(helpers)


def is_run(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "run"


def test_sides_take_turns_after_a_round_that_does_not_count_and_a_wrong_result_is_seen() -> None:
    happened: list[str] = []
    ours = Side(lambda number: happened.append(f"ours {number}"), verify=lambda number: happened.append("seen"))
    theirs = Side(lambda number: happened.append(f"theirs {number}"), lambda number: happened.append("prepared"))
    row = compare(Comparison("work", "peer", 1.0, ours, theirs, 2))
    words = ["ours {}", "seen", "prepared", "theirs {}"]
    assert happened == [word.format(number) for number in range(3) for word in words]
    assert row.rounds == 2


@pytest.mark.parametrize("power", [1, 1.5])
def test_the_exponent_of_growth_is_the_power_of_the_time(power: float) -> None:
    points = [growth.Point(files, 3 * files**power, 20, 1) for files in (100, 1000, 10_000)]
    assert growth.exponent(points) == pytest.approx(power)
