"""Completion, as the shells themselves do it: what a line becomes when Tab is pressed behind it."""

from __future__ import annotations

import argparse
import importlib
import os
import pty
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.codes import load_codes
from generator.commands import SUMMARIES
from generator.completion import SHELLS
from generator.table import load_tables

FILES = ["one.py", "two words.py", "é'.py", "scoregen.yaml", "other.yml", "notes.txt", "sub folder/in it.py"]
SAY = "scoregen() { printf '\\1'; printf '%s\\0' \"$@\"; printf '\\2'; }"
LONGEST = 60  # seconds, for a machine that is busy
CASES = [
    ("scoregen che", "check"),
    ("scoregen --v", "--version"),
    ("scoregen check --str", "--strict"),
    ("scoregen check --format j", "json"),
    ("scoregen check --format=j", "--format=json"),
    ("scoregen check on", "one.py"),
    ("scoregen check --strict one.py tw", "two words.py"),
    (r"scoregen check two\ w", "two words.py"),
    ("scoregen check 'two w", "two words.py"),
    ("scoregen check é", "é'.py"),
    ("scoregen check ./on", "./one.py"),
    (r"scoregen check sub\ folder/", "sub folder/in it.py"),
    ("scoregen generate scoregen.yaml ot", "other.yml"),
    ("scoregen generate scoregen.yaml -o no", "notes.txt"),
    ("scoregen extract -o ot", "other.yml"),
    ("scoregen rewrite --set a=b --pru", "--prune"),
    ("scoregen rewrite --config ot", "other.yml"),
    ("scoregen rewrite --set on", "on"),
    ("scoregen explain --format m", "markdown"),
    ("scoregen modules score_w", "score_wide_and_deep_recommender"),
    ("scoregen init --module score_i", "score_image_model"),
    ("scoregen init --pre", "--pre-commit"),
    ("scoregen completion z", "zsh"),
    ("scoregen unknown on", "on"),
]
UNFIT = [("scoregen check no", "no"), ("scoregen generate on", "on")]
"""Where zsh proposes all files, as it does for every command that has none of its own kind."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files to name; ``completions`` beside it has what scoregen prints for each shell."""
    folder = tmp_path_factory.mktemp("completion") / "files"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    (folder.parent / "completions").mkdir()
    return folder


@pytest.fixture
def script(folder: Path, capfd: pytest.CaptureFixture[str]) -> Callable[[str], Path]:
    """Return a function that writes a shell's script, where its name is what zsh looks for."""

    def write(shell: str) -> Path:
        assert main(["completion", shell]) == 0
        path = folder.parent / "completions" / {"zsh": "_scoregen"}.get(shell, f"scoregen.{shell}")
        path.write_text(capfd.readouterr().out, encoding="utf-8")
        return path

    return write


def program(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed, its completion is not tested: apt-get install {shell}")
    return path


def typed(command: list[str], folder: Path, line: str) -> list[str]:
    """Return the words that a command line has once Tab and Enter are pressed behind what is typed.

    In the shell that the command starts, scoregen is a function that prints its words between markers.
    """
    ours, its = pty.openpty()
    environment = os.environ | {"TERM": "dumb", "LC_ALL": "C.UTF-8", "INPUTRC": os.devnull, "HISTFILE": os.devnull}
    environment["ZDOTDIR"] = str(folder.parent)
    with subprocess.Popen(
        command, cwd=folder, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
    ) as shell:
        os.close(its)
        try:
            until(ours, b"READY")
            os.write(ours, line.encode() + b"\t\n")
            printed = until(ours, b"\x02")
        finally:
            shell.kill()
            os.close(ours)
    return printed.rpartition(b"\x01")[2].strip(b"\x02").decode().split("\0")[:-1]


def until(terminal: int, marker: bytes) -> bytes:
    printed, end = b"", time.monotonic() + LONGEST
    while marker not in printed:
        if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
            pytest.fail(f"the shell does not answer: {printed!r}")
        printed += os.read(terminal, 4096)
    return printed


@pytest.mark.parametrize(("line", "word"), [*CASES, *UNFIT])
def test_in_bash(line: str, word: str, script: Callable[[str], Path], folder: Path) -> None:
    start = folder.parent / "bashrc"
    start.write_text(f"PS1=\n{SAY}\nsource '{script('bash')}'\necho READY")
    assert typed([program("bash"), "--noprofile", "--rcfile", str(start), "-i"], folder, line)[-1] == word


@pytest.mark.parametrize(("line", "word"), CASES)
@pytest.mark.parametrize("way", ["sourced", "in fpath"])
def test_in_zsh(way: str, line: str, word: str, script: Callable[[str], Path], folder: Path) -> None:
    path = script("zsh")
    found, sourced = (f"fpath+='{path.parent}'", "") if way == "in fpath" else ("", f"source '{path}'")
    start = f"PS1=\nautoload -U compinit\n{found}\ncompinit -u -D\n{SAY}\n{sourced}\necho READY"
    (folder.parent / ".zshrc").write_text(start)
    assert typed([program("zsh"), "-d", "-i"], folder, line)[-1] == word


def proposed(shell: str, line: str, script: Path, folder: Path) -> list[str]:
    """Return all that bash or fish proposes behind what is typed, in words without blanks for bash."""
    if shell == "bash":
        code = f"source '{script}'; COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1)); _scoregen; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        command = ["bash", "--norc", "-c", code, "bash", *line.split(" ")]
    else:
        command = ["fish", "--no-config", "--command", f"source '{script}'; complete -C \"$argv\"", "--", line]
    program(shell)
    environment = os.environ | {"LC_ALL": "C.UTF-8", "HOME": str(folder.parent), "XDG_CONFIG_HOME": str(folder.parent)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("line", "word"), [*CASES, *UNFIT])
def test_in_fish(line: str, word: str, script: Callable[[str], Path], folder: Path) -> None:
    assert proposed("fish", line, script("fish"), folder) == ([] if line.endswith(f" {word}") else [word])


@pytest.mark.parametrize("command", SUMMARIES)
@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_all_options_of_a_command_are_proposed(
    shell: str, command: str, script: Callable[[str], Path], folder: Path
) -> None:
    parser = argparse.ArgumentParser()
    importlib.import_module(f"generator.commands.{command}").add_arguments(parser)
    options = [spelling for action in parser._actions for spelling in action.option_strings]
    assert sorted(proposed(shell, f"scoregen {command} -", script(shell), folder)) == sorted(options)


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_codes_modules_commands_and_shells_are_proposed(
    shell: str, script: Callable[[str], Path], folder: Path
) -> None:
    modules = [table.id for table in load_tables()]
    for words, expected in (
        ("explain ", [*load_codes()]),
        ("modules ", modules),
        ("init --module ", modules),
        ("completion ", [*SHELLS]),
        ("", [*SUMMARIES]),
    ):
        assert sorted(proposed(shell, f"scoregen {words}", script(shell), folder)) == sorted(expected)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_without_fault_for_its_shell(shell: str, script: Callable[[str], Path]) -> None:
    done = subprocess.run([program(shell), "-n", script(shell)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_shell_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["completion", "tcsh"])
    assert stop.value.code == 2
    assert "invalid choice: 'tcsh'" in capsys.readouterr().err
