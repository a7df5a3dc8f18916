"""``scoregen init`` where nothing is named: what it asks on a terminal, and how the same is said without questions."""

from __future__ import annotations

import builtins
import shlex
from pathlib import Path

import pytest

from generator.cli.commands import init
from generator.cli.main import main
from generator.config.parse import parse_config

Captured = pytest.CaptureFixture[str]
UNRATED = ["4", "item recommendation", "unrated", "my.csv"]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured) -> list[str]:
    """A terminal on which somebody types the lines of a list, which the test fills."""
    said: list[str] = []

    def typed(question: str = "") -> str:
        if not said:
            raise EOFError
        print(question)
        return said.pop(0)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(builtins, "input", typed)
    monkeypatch.setattr(init, "somebody_answers", lambda: True)
    return said


def test_answers_become_a_config(lines: list[str], capsys: Captured) -> None:
    lines += UNRATED
    assert main(["init"]) == 0
    (script,) = parse_config(Path("scoregen.yaml").read_bytes()).scripts
    assert script.settings.table.id == "score_svd_recommender"
    assert script.settings.parameters["recommended_item_selection"] == "FromUnratedItems"
    assert script.settings.datasets["training_data"].path == "my.csv"


def test_the_same_is_done_without_questions(lines: list[str], capsys: Captured) -> None:
    lines += UNRATED
    main(["init"])
    asked = Path("scoregen.yaml").read_text()
    (said,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("the same without questions"))
    Path("scoregen.yaml").unlink()
    assert main(shlex.split(said.partition(": ")[2])[1:]) == 0
    assert Path("scoregen.yaml").read_text() == asked


def test_an_unclear_answer_is_asked_again(lines: list[str], capsys: Captured) -> None:
    lines += ["recommender", "7", "0", "", "image"]
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert out.count(" is none of them") == 4
    assert "'recommender' fits 'Score SVD Recommender' and 'Score Wide and Deep Recommender': write one of them" in out
    assert "module: Score Image Model" in Path("scoregen.yaml").read_text()


def test_it_asks_in_french_and_takes_what_it_shows(lines: list[str], capsys: Captured) -> None:
    lines += ["Noter le générateur de recommandations SVD", "recommandation d'éléments", "non notés", "ratings.csv"]
    assert main(["init", "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert "  4 Noter le générateur de recommandations SVD\n" in out
    assert "  2 Recommandation d'éléments\n" in out
    assert "From Unrated Items (to suggest" in Path("scoregen.yaml").read_text()


def test_what_does_not_count_is_not_asked(lines: list[str], capsys: Captured) -> None:
    lines += ["svd", "rating prediction", "left"]
    assert main(["init"]) == 0
    assert lines == ["left"]


def test_the_end_of_the_answers_ends_the_command(lines: list[str], capsys: Captured) -> None:
    lines += ["svd"]
    assert main(["init"]) == 2
    assert not Path("scoregen.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "a=b"], "--set and --dataset need --module"),
        (["--module", "svd", "--set", "a"], "'a': write it as NAME=VALUE"),
        (["--module", "svd", "--set", "prediction kind=x"], "'x' is not allowed here"),
        (["--module", "svd", "--dataset", "data=x.csv"], "unknown dataset of Score SVD Recommender"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", *arguments]) in (1, 2)
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
