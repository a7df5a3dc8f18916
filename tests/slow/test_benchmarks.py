"""The scripts that the benchmarks work on are what their README says, and their figures follow from what was measured."""

from __future__ import annotations

import ast

from benchmarks import corpus, peers
from benchmarks.timing import Comparison, Side, compare
from generator.actions.check import check

SCRIPTS = list(corpus.sources(200))


def test_scripts_are_clean_designer_scripts_of_a_usual_size_and_no_two_are_the_same() -> None:
    assert len(set(SCRIPTS)) == len(SCRIPTS)
    for source in SCRIPTS:
        assert check(source) == []
        assert check(source.replace(f"{peers.ARGUMENT}=5", f"{peers.ARGUMENT}=0"))
        assert source.count(f"{peers.ARGUMENT}=5") == 1
        assert 2_500 < len(source) < 12_000


def test_scripts_share_neither_run_nor_helpers() -> None:
    functions = [ast.unparse(next(node for node in ast.parse(source).body if is_run(node))) for source in SCRIPTS]
    assert len(set(functions)) == len(SCRIPTS)
    helpers = [line for source in SCRIPTS for line in source.splitlines() if line.startswith("def ") and "_" in line]
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
