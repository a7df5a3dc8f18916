"""What is printed has a bound, on a terminal too: time and memory for input of the largest size that is allowed."""

from __future__ import annotations

import os
import pty
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import generate
from tests.hostile.processes import LONGEST_SECONDS, MOST_MEGABYTES, assert_bounded, run

MOST = 2_000_000
WRONG = "max_recommended_item_count='a', bla=1, blu=2, blo=4"
SVD = {"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}}
HEAD = (
    "from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender import "
    "ScoreSVDRecommenderModule\ndef init():\n    pass\ndef run(data):\n    "
)


def one_line() -> str:
    """A script with twenty wrong calls and two million characters in one line."""
    calls = "; ".join([f"r = ScoreSVDRecommenderModule().run(learner=None, {WRONG})"] * 20)
    return f'{HEAD}{calls}; x = "{"e" * (MOST - 10_000)}"; return r\n'


def many_lines() -> str:
    """A script with a text of lines that repeat."""
    lines = "\n".join(f"{number % 156}" for number in range(400_000))
    return f"{generate(SVD)}\nDOC = '''\n{lines}\n'''\n"


CASES: dict[str, tuple[list[str], Callable[[], str]]] = {
    "excerpts": (["check", "score.py"], one_line),
    "diff": (["rewrite", "score.py", "--set", "max_recommended_item_count=9", "--diff"], many_lines),
}


def run_on_terminal(arguments: list[str], folder: Path) -> tuple[int, float, float, int]:
    """Run a command on a terminal of its own; return the exit code, its seconds, its megabytes and what it printed."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
        os.execv(sys.executable, [sys.executable, "-m", "generator", *arguments])
    printed = 0
    stop = threading.Timer(60, os.kill, (process, 9))
    stop.start()
    try:
        while part := os.read(terminal, 1 << 16):
            printed += len(part)
    except OSError:  # the other side is closed
        pass
    _, status, usage = os.wait4(process, 0)
    stop.cancel()
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


@pytest.mark.parametrize(("arguments", "made"), CASES.values(), ids=list(CASES))
def test_on_a_terminal(arguments: list[str], made: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(made())
    code, seconds, megabytes, printed = run_on_terminal(arguments, tmp_path)
    assert code == int(arguments[0] == "check")
    assert seconds <= LONGEST_SECONDS
    assert megabytes <= MOST_MEGABYTES
    assert 300 < printed < 100_000


@pytest.mark.parametrize("style", ["text", "json", "sarif", "github", "azure", "junit", "gitlab"])
def test_in_every_format(style: str, tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(one_line())
    assert_bounded(run(["check", "score.py", "--format", style], tmp_path))


ANSWERS = {
    "many keys": "[{'c%d' % i: 1} for i in range(12_000)]",
    "deep": "nested(20_000)",
    "as deep as can be read": "nested(900)",
    "a long text": "'x' * 24_000_000",
    "many numbers": "list(range(1_000_000))",
    "too large": "'x' * 200_000_000",
}
NESTED = "def nested(depth):\n    x = []\n    for _ in range(depth):\n        x = [x]\n    return x\n"


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=list(ANSWERS))
@pytest.mark.parametrize("style", ["text", "json"])
def test_an_answer_of_a_script(style: str, answer: str, tmp_path: Path) -> None:
    (tmp_path / "trained_model_outputs").mkdir()
    (tmp_path / "trained_model_outputs" / "_samples.json").write_text("[{}]")
    script = f"import sys\nsys.setrecursionlimit(99999)\n{NESTED}def init():\n    pass\ndef run(data):\n    return {answer}\n"
    (tmp_path / "score.py").write_text(script)
    outcome = run(["try", "score.py", "--model-dir", ".", "--format", style], tmp_path)
    assert_bounded(outcome)
    assert outcome.code == int("200" in answer)
    assert "200" not in answer or "the answer has more than 25 MB" in outcome.printed
