"""A page of the documentation as its reader tries it.

Each page is a session in a folder of its own, which begins with a copy of the examples:

- a ``yaml`` block is saved as ``scoregen.yaml`` and generates without complaint,
- behind ``<!-- wrong -->`` it does not, and the ``text`` block that follows holds all that is said,
- behind ``<!-- file: NAME -->`` a block of any kind is saved as that file and nothing else happens,
- behind ``<!-- model: VERSION -->`` a model folder of Score Model lies there that names this scikit-learn,
- behind ``<!-- downloaded: MODULE -->`` the folder of a recommender lies there as the designer leaves it; either may
  lie in a folder of its own, which ``in FOLDER`` behind it names, and ``;`` stands between two,
- a ``console`` block holds commands and what they print (``...`` stands for anything), ``echo $?`` among them,
- a ``sh`` block is what nobody runs here, unless scoregen is installed; then ``<!-- in: the clone -->`` says where,
  or ``<!-- needs: Azure -->`` that it is only looked at,
- a ``pycon`` block is a Python session.

A page that speaks of the checkout itself (it saves files under ``generator/``) begins with a copy of that too.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cli.main import main
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_downloaded, leave_model

ROOT = Path(__file__).parents[2]
_PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").glob("*.md")),
]


class Block(NamedTuple):
    """A fenced block of a page, with the words of the comment in the line above it."""

    note: str
    kind: str
    body: str


def text(page: Path) -> str:
    """Return what a page says."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    pattern = r"(?:^<!-- ([^\n]*) -->\n)?^```(\w+)\n(.*?)^```$"
    found = [Block(*groups) for groups in re.findall(pattern, text(page), re.M | re.S)]
    assert 2 * len(found) == len(re.findall("^```", text(page), re.M)), "a block that no test would see"
    return found


PAGES_OF_THE_CHECKOUT = [page for page in _PAGES if any("generator/" in block.note for block in blocks(page))]
"""The pages that have their reader change the project: each takes a copy of it, and seconds."""

PAGES = [page for page in _PAGES if page not in PAGES_OF_THE_CHECKOUT]


class Session:
    """A reader at work: runs commands in a folder and remembers the last exit code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0

    def run(self, command: str) -> str:
        """Return what a command prints, on both streams."""
        words = shlex.split(command)
        if command == "echo $?":
            return f"{self.code}\n"
        if words[0] == "scoregen" and not (self.folder / "generator").exists():
            return self._in_this_process(words[1:])
        start = {"scoregen": [sys.executable, "-m", "generator"], "python": [sys.executable]}
        return self._printed(
            [*start[words[0]], *words[1:]] if words[0] in start else ["sh", "-c", command],
            os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def _printed(self, command: list[str], environment: Mapping[str, str], folder: Path | None = None) -> str:
        """Return what a command prints on both streams, as they come, and keep its exit code."""
        done = subprocess.run(
            command,
            cwd=folder,
            env={**environment, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout

    def _in_this_process(self, arguments: list[str]) -> str:
        content = io.BytesIO()
        printed = io.TextIOWrapper(content, encoding="utf-8", newline="\n", write_through=True)
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                self.code = main(arguments)
            except SystemExit as stop:
                self.code = int(stop.code or 0)
        return content.getvalue().decode()

    def save(self, name: str, body: str) -> None:
        path = self.folder / name
        if name.startswith("generator/") and not (self.folder / "generator").exists():
            for part in ("generator", "templates", "golden", "tests"):
                shutil.copytree(ROOT / part, self.folder / part, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    def generate(self, body: str) -> str:
        """Save a config and return what is said of it where no script is; none is left there either."""
        self.save("scoregen.yaml", body)
        self._tidy()
        (self.folder / "conda_env.yaml").unlink(missing_ok=True)
        for named in re.findall(
            r"^ *\w+: (?:\{path: )?([\w/]+\.csv)(?!.*model)", body, re.M
        ):  # the data is where the config has it
            self.save(named, "")
        printed = self.run("scoregen generate scoregen.yaml")
        self._tidy()
        return printed

    def _tidy(self) -> None:
        for script in self.folder.glob("*.py"):
            script.unlink()


class InstalledSession(Session):
    """A reader who has installed scoregen in a clone: each command is typed into a shell in which that is activated."""

    def __init__(self, folder: Path, clone: Path) -> None:
        super().__init__(folder)
        self.clone = clone
        self.needing_azure: list[str] = []

    def run(self, command: str) -> str:
        return f"{self.code}\n" if command == "echo $?" else self.type(command, self.folder)

    def type(self, command: str, folder: Path) -> str:
        """Return what a command prints on both streams, as they come."""
        typed = f'. "$CLONE/.venv/bin/activate"; {command}'
        there = {"CLONE": str(self.clone), "PATH": os.environ["PATH"], "HOME": str(folder)}
        return self._printed(["sh", "-c", typed], {**there, "PYTHONUNBUFFERED": "1"}, folder)

    def follow_steps(self, block: Block) -> None:
        """Take the steps of a ``sh`` block: in the clone, or not at all where they need Azure, which it must say."""
        if block.note == "needs: Azure":
            self.needing_azure += block.body.splitlines()
        else:
            assert block.note == "in: the clone", f"where are these to be typed? {block.body}"
            printed = self.type(block.body, self.clone)
            assert self.code == 0, printed


def session_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Begin a session in an empty folder, and work there."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("*.py", "conda_env.yaml"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))  # no runtime of this machine counts
    return Session(folder)


def follow(page: Path, session: Session) -> None:
    """Try a page, block by block. Raises AssertionError where something else happens than it says."""
    complaints = ""
    for block in blocks(page):
        assert not complaints or block.kind == "text", f"what is said must follow:\n{complaints}"
        for note in block.note.split("; "):
            what, _, where = note.partition(" in ")
            if what.startswith("model: "):
                table = tables_by_key()["Score Model"]
                leave_model(session.folder / where, table, scikit_learn=what.removeprefix("model: "))
            if what.startswith("downloaded: "):
                leave_downloaded(session.folder / where, tables_by_key()[what.removeprefix("downloaded: ")])
        if block.note.startswith("file: "):
            session.save(block.note.removeprefix("file: "), block.body)
        elif block.kind == "yaml":
            printed = session.generate(block.body)
            clean = all(line.endswith(": written") for line in printed.splitlines())
            assert clean == (block.note != "wrong"), printed
            assert session.code == (0 if "written" in printed else 1)
            complaints = printed if block.note == "wrong" else ""
        elif block.kind == "text":
            assert block.body == complaints, complaints
            complaints = ""
        elif block.kind == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.body, re.M):
                assert_like(session.run(command), expected)
        elif block.kind == "pycon":
            examples = doctest.DocTestParser().get_doctest(block.body, {}, page.name, str(page), 0)
            assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0
        elif block.kind == "sh" and isinstance(session, InstalledSession):
            session.follow_steps(block)
        elif block.kind == "json":
            json.loads(block.body)
    assert not complaints


def assert_like(printed: str, expected: str) -> None:
    """Compare what is printed with what a page says, where ``...`` stands for anything."""
    if not doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS):
        assert printed == expected  # to show the difference
