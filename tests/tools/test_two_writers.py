"""Two processes that write one file at the same time: the last one wins whole."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import generate
from generator.cli.main import main
from tests.files.test_files import CONFIG, NEW, folder, names

__all__ = ["folder"]  # a fixture

ROUNDS = 100


def work(arguments: list[str], folder: Path, barrier: Any, codes: Any) -> None:
    """Run a command in each round, at the same time as the other process."""
    os.chdir(folder)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        sys.stdout = sys.stderr = nowhere
        for number in range(ROUNDS):
            barrier.wait()
            codes[number] = main(arguments)
            barrier.wait()


def race(first: list[str], second: list[str], folder: Path, old: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield what comes of each round: both exit codes, and what the script holds."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(3)
    codes = [context.Array("i", ROUNDS), context.Array("i", ROUNDS)]
    processes = [
        context.Process(target=work, args=(arguments, folder, barrier, code), daemon=True)
        for arguments, code in zip((first, second), codes, strict=True)
    ]
    for process in processes:
        process.start()
    for number in range(ROUNDS):
        (folder / "score.py").write_bytes(old)
        barrier.wait(60)
        barrier.wait(60)
        yield codes[0][number], codes[1][number], (folder / "score.py").read_bytes()
    for process in processes:
        process.join()


COUNT = "max_recommended_item_count"
SVD = f"module: Score SVD Recommender\nparameters: {{prediction_kind: ItemRecommendation, {COUNT}: %d}}\n"
PAIRS = {
    "generate -o": (["generate", "a.yaml", "-o", "score.py"], ["generate", "b.yaml", "-o", "score.py"]),
    "rewrite": (["rewrite", "score.py", "--set", f"{COUNT}=7"], ["rewrite", "score.py", "--set", f"{COUNT}=8"]),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=list(PAIRS))
def test_of_two_processes_on_one_file_the_last_one_wins_whole(pair: tuple[list[str], list[str]], folder: Path) -> None:
    old = generate(SVD % 5)
    for name, count in (("a", 7), ("b", 8)):
        (folder / f"{name}.yaml").write_text(SVD % count)
    results = []
    for arguments in pair:
        (folder / "score.py").write_text(old)
        assert main(arguments) == 0
        results.append((folder / "score.py").read_bytes())
    assert len({old.encode(), *results}) == 3
    for *codes, content in race(*pair, folder, old.encode()):
        assert set(codes) <= {0, 2}
        assert content in [result for code, result in zip(codes, results, strict=True) if code == 0]
        assert not [name for name in names(folder) if name.startswith(".scoregen")]


def test_two_syncs_at_once_are_both_right(folder: Path) -> None:
    (folder / "scoregen.yaml").write_text(CONFIG)
    sync = ["sync", "scoregen.yaml"]
    for *codes, content in race(sync, sync, folder, generate(SVD % 5).encode()):
        assert set(codes) <= {0, 1}
        assert 1 in codes
        assert content == NEW
    assert names(folder) == {"scoregen.yaml", "score.py"}
