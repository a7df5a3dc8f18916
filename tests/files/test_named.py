"""A config where a script is asked for, and the other way round, is told, with the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import generate
from generator.cli.main import main

CONFIG = "module: Score Model\n"
SCRIPT = generate(CONFIG)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(CONFIG)
    Path("score.py").write_text(SCRIPT)


@pytest.mark.parametrize(
    "line",
    [
        "generate score.py",
        "generate score.py -o -",
        "bundle score.py -d out",
        "describe score.py",
        "rewrite score.py --config score.py",
    ],
)
def test_a_script_in_place_of_a_config(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 1
    said = "score.py:1:1: is a script, and a config is asked for: `scoregen init score.py` writes one\n"
    assert capsys.readouterr().err == said
    assert main(["init", "score.py"]) == 0


@pytest.mark.parametrize("line", ["rewrite a.yaml --prune", "extract a.yaml", "init a.yaml"])
def test_a_config_in_place_of_a_script(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 1
    said = "is a YAML file, and a script is asked for: name the score.py that it is about"
    assert said in capsys.readouterr().err
    assert Path("a.yaml").read_text() == CONFIG


@pytest.mark.parametrize("line", ["generate .", "rewrite . --prune", "extract .", "bundle . -d out"])
def test_a_folder_in_place_of_a_file(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    assert capsys.readouterr().err == ".: cannot be read: it is a folder, and a file is asked for\n"


@pytest.mark.parametrize("head", ["\ufeffmodule: svd", "'module': svd", "{module: svd", '\ufeff{ "module": svd'])
def test_a_config_of_any_name_is_known_by_its_keys(head: str, capsys: pytest.CaptureFixture[str]) -> None:
    end = ", parametres: {}}" if "{" in head else "\nparametres: {}"
    Path("a.yaml").write_text(head + end, encoding="utf-8")
    assert main(["check", "a.yaml"]) == 1
    assert "SG401 parametres: unknown key; did you mean 'parameters'?" in capsys.readouterr().out


def test_a_key_further_inside_makes_no_config_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text("build:\n  module: tools\n  scripts: [test]\n")
    assert main(["check", "a.yaml"]) == 1
    assert "a.yaml: cannot be judged: it is neither a config of scoregen" in "".join(capsys.readouterr())


def test_a_config_that_is_named_twice_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "a.yaml", "./a.yaml"]) == 0
    assert main(["generate", "a.yaml", "-o", "a.yaml"]) == 1
    assert "output: 'a.yaml' is a config itself" in capsys.readouterr().err


def test_a_folder_that_convert_has_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "."]) == 2
    assert capsys.readouterr().err == ".: has no scoregen.yaml: name the folder that `scoregen convert` has written\n"
