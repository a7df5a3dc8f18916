"""Many files are shared among processes, and nothing of what a command says or does differs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator import generate
from generator.actions import workers
from generator.cli.main import main

GOOD = generate({"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}})
BAD = GOOD.replace("FromAllItems", "FromUndatedItems")

pytestmark = pytest.mark.skipif(workers.processors() < 2, reason="needs two processors")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(30):
        Path(f"{number:02}.py").write_text(BAD if number % 7 == 3 else f"# {number}\n{GOOD}")
    Path("11.py").write_text("def (\n" + GOOD)
    return tmp_path


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_MANY", 2)
    monkeypatch.setattr(workers, "_AT_ONCE", 4)


def squares(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number * number, os.getpid()) for number in numbers]


def failing(numbers: Sequence[int]) -> list[int]:
    return [1 // (number - 20) for number in numbers]


def test_results_come_in_order_from_more_than_one_process(several: None) -> None:
    found = list(workers.each(squares, range(40)))
    assert [square for square, _ in found] == [number * number for number in range(40)]
    assert os.getpid() not in {process for _, process in found}


def test_a_few_stay_in_this_process() -> None:
    assert {process for _, process in workers.each(squares, range(40))} == {os.getpid()}


def test_what_a_worker_raises_is_raised_here(several: None) -> None:
    with pytest.raises(ZeroDivisionError):
        list(workers.each(failing, range(40)))


def killed(numbers: Sequence[int]) -> list[int]:
    if 20 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return list(numbers)


def test_a_worker_that_is_killed_is_no_fault_of_scoregens(several: None) -> None:
    with pytest.raises(workers.WorkerError, match="one of its processes was ended, for want of memory maybe"):
        list(workers.each(killed, range(40)))


@pytest.mark.parametrize(
    "line", [["check", "."], ["check", "--format", "json", "--strict", "missing.py", "."]], ids=" ".join
)
def test_a_check_says_the_same(
    line: list[str], capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    alone = main(line), capsys.readouterr()
    request.getfixturevalue("several")
    assert (main(line), capsys.readouterr()) == alone
    assert "03.py" in alone[1].out
    assert "SG100" in alone[1].out


def test_a_rewrite_says_and_does_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    names = [*sorted(path.name for path in folder.iterdir()), "missing.py"]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    line = ["rewrite", "--set", "max_recommended_item_count=9", *names]
    alone = main(line), capsys.readouterr(), {path.name: path.read_bytes() for path in folder.iterdir()}
    for name, content in before.items():
        (folder / name).write_bytes(content)
    request.getfixturevalue("several")
    assert (main(line), capsys.readouterr(), {path.name: path.read_bytes() for path in folder.iterdir()}) == alone
    assert sum(before[name] != content for name, content in alone[2].items()) == 29


def test_an_interrupt_ends_all_processes_without_a_word(folder: Path) -> None:
    program = (
        "import os, sys, time\n"
        "from generator.actions import workers\n"
        "from generator.actions import judge\n"
        "from generator.cli.main import program\n"
        "workers._MANY, workers._AT_ONCE = 2, 1\n"
        "def slow(*given):\n"
        "    os.write(2, b'working\\n')\n"
        "    time.sleep(0.5)\n"
        "judge.examine = slow\n"
        "sys.argv = ['scoregen', 'check', '.']\n"
        "program()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(Path(workers.__file__).parents[2])},
    )
    assert process.stderr
    assert process.stderr.readline() == b"working\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err.replace(b"working\n", b"")) == (b"", b"")
    assert err.count(b"working\n") < 25  # of 30 files


def test_whoever_wants_no_more_results_does_not_wait_for_the_rest_of_one(folder: Path) -> None:
    """A process that has ended in the midst of handing over 200 MB: the other end goes on reading."""
    program = (
        "import os, threading, time\n"
        "from generator.actions import workers\n"
        "workers._MANY, workers._AT_ONCE = 2, 1\n"
        "def large(numbers):\n"
        "    if numbers[0] == 0:\n"
        "        return ['first']\n"
        "    while not os.path.exists('begun'):\n"  # what has ended too soon would take the first with it
        "        time.sleep(0.01)\n"
        "    made = [b'x' * 200_000_000]\n"
        "    threading.Timer(0.15, os._exit, (1,)).start()\n"
        "    return made\n"
        "results = workers.each(large, range(2))\n"
        "next(results)\n"
        "open('begun', 'w').close()\n"
        "time.sleep(1)\n"
        "results.close()\n"
        "os._exit(0)\n"  # as the command does
    )
    environment = os.environ | {"PYTHONPATH": str(Path(workers.__file__).parents[2])}
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, timeout=30, check=True)
