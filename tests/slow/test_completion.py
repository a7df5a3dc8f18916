"""What is proposed where Tab was pressed, asked as a shell asks; ``tests/tools`` has the shells themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import generate, load_tables
from generator.cli.commands import HELP, SUMMARIES
from generator.cli.main import main
from generator.facts.codes import load_codes
from generator.facts.modules import tables_by_key

ROOT = Path(__file__).parents[2]
PARAMETERS = {parameter.name for table in load_tables() for parameter in table.parameters}
DATASETS = {dataset.name for table in load_tables() for dataset in table.datasets}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files to name."""
    home = tmp_path_factory.mktemp("home")
    (home / "score.py").write_text(generate("module: Score SVD Recommender"))
    (home / "scoregen.yaml").write_text("module: Score Model\n")
    (home / "notes.txt").touch()
    (home / "folder").mkdir()
    return home


def proposed(home: Path, line: str) -> list[str]:
    """Return all that is proposed behind what is typed."""
    answer = home / "answer.out"
    argcomplete = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
    }
    done = subprocess.run(
        [sys.executable, "-m", "generator"],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | argcomplete,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    words = answer.read_text().split("\n")
    answer.unlink()
    return sorted(word.replace("\\", "").strip() for word in words if word)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("scoregen ", {*SUMMARIES, HELP}),
        ("scoregen help ge", {"generate"}),
        ("scoregen rewrite score.py --set return_ratings=", {"return_ratings=true", "return_ratings=false"}),
        ("scoregen rewrite score.py --set prediction_kind=I", {"prediction_kind=ItemRecommendation"}),
        ("scoregen explain SG10", {code for code in load_codes() if code.startswith("SG10")}),
        ("scoregen modules ", {*tables_by_key()}),
        ("scoregen rewrite --set ", {f"{name}=" for name in PARAMETERS}),
        ("scoregen rewrite --unset ", PARAMETERS | DATASETS),
        ("scoregen rewrite --dataset ", {f"{name}=" for name in DATASETS}),
        ("scoregen rewrite score.py --dataset ", {"training_data="}),
        ("scoregen rewrite notes.txt --dataset ", {f"{name}=" for name in DATASETS}),
        ("scoregen check --format js", {"json"}),
        ("scoregen check ", {"folder/", "score.py", "scoregen.yaml"}),
        ("scoregen generate ", {"folder/", "scoregen.yaml"}),
        ("scoregen generate scoregen.yaml -o no", {"notes.txt"}),
        ("scoregen bundle scoregen.yaml -d ", {"folder/"}),
        ("scoregen try score.py --timeout ", set()),
    ],
)
def test_what_is_proposed(home: Path, line: str, words: set[str]) -> None:
    assert {*proposed(home, line)} == words


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "scoregen" in capsys.readouterr().out


def test_powershell_is_told_what_to_ask(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "powershell"]) == 0
    script = capsys.readouterr().out
    assert "Register-ArgumentCompleter -Native -CommandName scoregen" in script
    answer = home / "answer.out"
    own = dict(re.findall(r'^ +\$env:(\w+) = "?([^"$\n]+)"?$', script, re.M)) | {"_ARGCOMPLETE_IFS": "\n"}
    line = "scoregen check --str"
    of_powershell = {"_ARGCOMPLETE_STDOUT_FILENAME": str(answer), "COMP_LINE": line, "COMP_POINT": str(len(line))}
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | own | of_powershell
    assert own.keys() >= {"_ARGCOMPLETE", "_ARGCOMPLETE_SHELL"}
    subprocess.run([sys.executable, "-m", "generator"], cwd=home, env=environment, capture_output=True, check=True)
    assert answer.read_text().split() == ["--strict"]
