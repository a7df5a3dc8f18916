"""Completion, as the shells themselves do it: what a line becomes when Tab is pressed behind it.

Each shell knows scoregen by what ``docs/completion.md`` says to run.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import generate, load_tables
from generator.cli.commands import SUMMARIES
from generator.cli.main import main
from generator.facts.codes import load_codes
from generator.facts.modules import tables_by_key

PAGE = Path(__file__).parents[2] / "docs" / "completion.md"
SHELLS = ("bash", "zsh", "fish")
LAUNCHER = f"""\
#!/bin/sh
if [ -t 1 ]; then printf '\\1'; printf '%s\\0' "$@"; printf '\\2'; exit; fi
exec {shlex.quote(sys.executable)} -m generator "$@"
"""
"""Is scoregen, but on a terminal, where Enter runs it, it prints its words between markers."""

LONGEST = 60  # seconds, for a machine that is busy
FILES = ["one.py", "two words.py", "é'.py", "a:b=c.py", "$(touch run).py", "scoregen.yaml", "other.yml", "notes.txt"]
CASES = [
    ("scoregen che", "check"),
    ("scoregen --vers", "--version"),
    ("scoregen --debug che", "check"),
    ("scoregen check --str", "--strict"),
    ("scoregen check --format js", "json"),
    ("scoregen check --format=js", "--format=json"),
    ("scoregen check on", "one.py"),
    ("scoregen check --strict one.py tw", "two words.py"),
    (r"scoregen check two\ w", "two words.py"),
    ("scoregen check 'tw", "two words.py"),
    ("scoregen check é", "é'.py"),
    ("scoregen check a", "a:b=c.py"),
    ("scoregen check '$(t", "$(touch run).py"),
    ("scoregen check ./on", "./one.py"),
    (r"scoregen check sub\ folder/", "sub folder/in it.py"),
    ("scoregen generate scoregen.yaml ot", "other.yml"),
    ("scoregen generate scoregen.yaml -o no", "notes.txt"),
    ("scoregen bundle scoregen.yaml -d su", "sub folder/"),
    ("scoregen extract -o ot", "other.yml"),
    ("scoregen rewrite --set a=b --pru", "--prune"),
    ("scoregen rewrite --set prediction_kind=It", "prediction_kind=ItemRecommendation"),
    ("scoregen rewrite --config ot", "other.yml"),
    ("scoregen rewrite --set vw", "vw_arguments="),
    ("scoregen rewrite score.py --unset tr", "training_data"),
    ("scoregen rewrite score.py --dataset ", "training_data="),
    ("scoregen explain --format m", "markdown"),
    ("scoregen explain SG101", "SG101"),
    ("scoregen modules score_w", "score_wide_and_deep_recommender"),
    (r"scoregen modules Score\ W", "Score Wide and Deep Recommender"),
    ("scoregen init --module score_i", "score_image_model"),
    ("scoregen init --module Score\\ I", "Score Image Model"),
    ("scoregen init --pre", "--pre-commit"),
    ("scoregen completion z", "zsh"),
]
QUOTED = [
    ("scoregen check 'two w", "two words.py"),
    ('scoregen check "two w', "two words.py"),
    ("scoregen modules 'Train Wide", "Train Wide & Deep Recommender"),
]
"""zsh does not tell argcomplete that a quote is open, which matters behind a blank."""

UNFIT = ["scoregen check no", "scoregen generate no", "scoregen try score.py --timeout no", "scoregen unknown no"]
"""Where no file fits that begins with ``no``; bash proposes those that do not fit."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder, with files to name in ``files`` and scoregen in ``bin``."""
    home = tmp_path_factory.mktemp("home")
    (home / "files" / "sub folder").mkdir(parents=True)
    for name in (*FILES, "sub folder/in it.py"):
        (home / "files" / name).write_text("")
    (home / "files" / "score.py").write_text(generate("module: Score SVD Recommender"))
    (home / "bin").mkdir()
    (home / "bin" / "scoregen").write_text(LAUNCHER)
    (home / "bin" / "scoregen").chmod(0o755)
    for shell in SHELLS:
        (steps,) = re.findall(rf"^{shell}:\n\n```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
        subprocess.run(["sh", "-e", "-c", steps], cwd=home, env=environment(home), check=True)
    for name in (".bashrc", ".zshrc"):
        with (home / name).open("a") as file:
            file.write("PS1=\necho READY\n")
    return home


def environment(home: Path) -> dict[str, str]:
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ours = {"HOME": str(home), "PATH": path, "TERM": "dumb", "LC_ALL": "C.UTF-8", "INPUTRC": os.devnull}
    return {name: value for name, value in os.environ.items() if name not in ("ZDOTDIR", "XDG_CONFIG_HOME")} | ours


def program(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed, its completion is not tested: apt-get install {shell}")
    return path


def typed(shell: str, home: Path, line: str) -> list[str]:
    """Return the words that a command line has once Tab and Enter are pressed behind what is typed."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [program(shell), "-i"],
        cwd=home / "files",
        stdin=its,
        stdout=its,
        stderr=its,
        env=environment(home),
        start_new_session=True,
    ) as running:
        os.close(its)
        try:
            until(ours, b"READY")
            os.write(ours, line.encode() + b"\t\n")
            printed = until(ours, b"\x02")
        finally:
            running.kill()
            os.close(ours)
    return printed.rpartition(b"\x01")[2].strip(b"\x02").decode().split("\0")[:-1]


def until(terminal: int, marker: bytes) -> bytes:
    printed, end = b"", time.monotonic() + LONGEST
    while marker not in printed:
        if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
            pytest.fail(f"the shell does not answer: {printed!r}")
        printed += os.read(terminal, 4096)
    return printed


def proposed(shell: str, home: Path, line: str, **variables: str) -> list[str]:
    """Return all that bash or fish proposes behind what is typed; neither may print anything else."""
    ask = {
        "bash": (
            'source ~/.scoregen.bash; COMP_LINE=$1 COMP_POINT=${#1} _python_argcomplete scoregen; printf "%s\\n" "${COMPREPLY[@]}"'
        ),
        "fish": 'complete -C "$argv"',
    }
    command = {"bash": ["-c", ask["bash"], "bash", line], "fish": ["-c", ask["fish"], "--", line]}[shell]
    done = subprocess.run(
        [program(shell), *command],
        cwd=home / "files",
        env=environment(home) | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    words = [proposal.partition("\t")[0] for proposal in done.stdout.splitlines() if proposal]
    return ["".join(shlex.split(word)) for word in words] if shell == "bash" else words


@pytest.mark.parametrize(("line", "word"), [*CASES, *QUOTED])
def test_bash_completes_a_word(line: str, word: str, home: Path) -> None:
    assert typed("bash", home, line)[-1] == word


@pytest.mark.parametrize(("line", "word"), CASES)
def test_zsh_completes_a_word(line: str, word: str, home: Path) -> None:
    assert typed("zsh", home, line)[-1] == word


@pytest.mark.parametrize(("line", "word"), [*CASES, *QUOTED])
def test_fish_completes_a_word(line: str, word: str, home: Path) -> None:
    assert proposed("fish", home, line) == [word]


@pytest.mark.parametrize("line", UNFIT)
def test_where_nothing_fits_bash_alone_proposes_all_files(line: str, home: Path) -> None:
    assert typed("bash", home, line)[-1] == "notes.txt"
    assert typed("zsh", home, line)[-1] == "no"
    assert proposed("fish", home, line) == []


@pytest.mark.parametrize("command", SUMMARIES)
@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_all_options_of_a_command_are_proposed(shell: str, command: str, home: Path) -> None:
    parser = argparse.ArgumentParser()
    importlib.import_module(f"generator.cli.commands.{command}").add_arguments(parser)
    options = [spelling for action in parser._actions for spelling in action.option_strings]
    assert sorted(proposed(shell, home, f"scoregen {command} -")) == sorted(options)


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_all_that_a_word_can_be_is_proposed(shell: str, home: Path) -> None:
    parameters = {parameter.name for table in load_tables() for parameter in table.parameters}
    datasets = {port.name for table in load_tables() for port in table.datasets}
    for words, expected in (
        ("", {*SUMMARIES, "help"}),
        ("completion ", {*SHELLS, "powershell"}),
        ("explain ", {*load_codes()}),
        ("modules ", {*tables_by_key()}),
        ("init --module ", {*tables_by_key()}),
        ("rewrite --set ", {f"{name}=" for name in parameters}),
        ("rewrite --unset ", parameters | datasets),
        ("rewrite --dataset ", {f"{name}=" for name in datasets}),
    ):
        assert sorted(proposed(shell, home, f"scoregen {words}")) == sorted(expected)


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_script_on_the_line_has_its_own_parameters_proposed(shell: str, home: Path) -> None:
    own = [parameter.name for parameter in tables_by_key()["Score SVD Recommender"].parameters]
    others = {parameter.name for table in load_tables() for parameter in table.parameters}
    assert sorted(proposed(shell, home, "scoregen rewrite score.py --unset ")) == sorted([*own, "training_data"])
    for unreadable in ("missing.py", "one.py", "scoregen.yaml", "'sub folder'", "-"):
        assert others < {*proposed(shell, home, f"scoregen rewrite {unreadable} --unset ")}


def test_nothing_on_the_line_is_run(home: Path) -> None:
    for line in (
        'scoregen check "$(touch run)/',
        "scoregen check `touch run`/",
        "scoregen rewrite $(touch run) --set ",
    ):
        proposed("bash", home, line)
    assert not (home / "files" / "run").exists()


def test_tab_says_nothing_where_argcomplete_is_missing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "argcomplete.py").write_text("raise ModuleNotFoundError('argcomplete')")
    assert proposed("bash", home, "scoregen ", PYTHONPATH=str(tmp_path)) == []


def test_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    assert main(["completion", "bash"]) == 2
    assert capsys.readouterr() == ("", "scoregen completion: needs argcomplete: `pip install argcomplete`\n")


def test_argcomplete_is_imported_only_at_a_tab() -> None:
    code = "import sys; from generator.cli.main import main; main(['explain']); print({'argcomplete', 'generator.cli.completion'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_a_shell_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["completion", "tcsh"])
    assert stop.value.code == 2
    assert "invalid choice: 'tcsh'" in capsys.readouterr().err
