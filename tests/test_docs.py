"""What the documentation says is true: its configs, its outputs, its tables and its links, as a reader would try them.

Each page is a session in a folder of its own, which begins with a copy of the examples:

- a ``yaml`` block is saved as ``scoregen.yaml`` and generates without a word of complaint,
- behind ``<!-- wrong -->`` the ``text`` block that follows holds all that is said of it,
- behind ``<!-- file: NAME -->`` a block of any kind is saved as that file and nothing else happens,
- a ``console`` block holds commands and what they print (``...`` stands for anything), ``echo $?`` among them,
- a ``pycon`` block is a Python session.

A page that speaks of the checkout itself (it saves files under ``generator/``) begins with a copy of that too.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import doctest
import importlib
import importlib.metadata
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import __version__, generate, load_tables
from generator.cli import main
from generator.commands import SUMMARIES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/scoregen.yaml"))
COMMANDS = {
    "first script": (
        "python3 -m venv .venv && .venv/bin/pip install . && "
        ".venv/bin/scoregen generate examples/recommend_new_items/scoregen.yaml"
    ),
    "tests": "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest",
}


class Block(NamedTuple):
    """A fenced block of a page, with the words of the comment in the line above it."""

    note: str
    kind: str
    body: str


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> Iterator[Block]:
    pattern = r"(?:^<!-- (.*) -->\n)?^```(\w+)\n(.*?)^```$"
    return (Block(note or "", kind, body) for note, kind, body in re.findall(pattern, text(page), re.M | re.S))


def pages(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", paths, ids=lambda path: path.name)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("*.py"))
    monkeypatch.chdir(tmp_path)
    return Session(tmp_path)


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
        done = subprocess.run(
            [*start[words[0]], *words[1:]] if words[0] in start else ["sh", "-c", command],
            env=os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout

    def _in_this_process(self, arguments: list[str]) -> str:
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                self.code = main(arguments)
            except SystemExit as stop:
                self.code = int(stop.code or 0)
        return printed.buffer.getvalue().decode()  # type: ignore[attr-defined]

    def save(self, name: str, body: str) -> None:
        path = self.folder / name
        if name.startswith("generator/") and not (self.folder / "generator").exists():
            for part in ("generator", "templates", "golden", "tests"):
                shutil.copytree(ROOT / part, self.folder / part, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    def generate(self, body: str) -> str:
        """Return what is said of a config, where no script is yet."""
        (self.folder / "score.py").unlink(missing_ok=True)
        self.save("scoregen.yaml", body)
        return self.run("scoregen generate scoregen.yaml")


@pages(PAGES)
def test_a_page_shows_what_happens(page: Path, session: Session) -> None:
    wrong = ""
    for block in blocks(page):
        if block.note.startswith("file: "):
            session.save(block.note.removeprefix("file: "), block.body)
        elif block.kind == "yaml":
            printed = session.generate(block.body)
            wrong = printed if block.note == "wrong" else ""
            complaints = [line for line in printed.splitlines() if not line.endswith(": written")]
            assert bool(complaints) == (block.note == "wrong"), block.body + printed
            assert session.code == (0 if "written" in printed else 1)
        elif block.kind == "text" and wrong:
            assert block.body == wrong
            wrong = ""
        elif block.kind == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.body, re.M):
                assert_like(session.run(command), expected)
        elif block.kind == "pycon":
            examples = doctest.DocTestParser().get_doctest(block.body, {}, page.name, str(page), 0)
            assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0
        elif block.kind == "json":
            json.loads(block.body)
        assert not wrong or block.kind == "yaml", f"a text block must follow:\n{wrong}"
    assert not wrong


def assert_like(printed: str, expected: str) -> None:
    if not doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS):
        assert printed == expected


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_generates(example: Path, session: Session) -> None:
    folder = session.folder / "examples" / example.name
    printed = session.run(f"scoregen generate examples/{example.name}/scoregen.yaml")
    assert session.code == 0
    scripts = sorted(folder.glob("*.py"))
    assert sorted(printed.splitlines()) == [f"examples/{example.name}/{script.name}: written" for script in scripts]
    for script in scripts:
        compile(text(script), script.name, "exec")
        assert f"| [`{example.name}`](examples/{example.name}/scoregen.yaml) |" in text(README)


def test_the_recommender_example_suits_both_recommenders(session: Session) -> None:
    config = text(session.folder / "examples/recommend_new_items/scoregen.yaml")
    printed = session.generate(config.replace("\nmodule: Score SVD", "\nmodule: Score Wide and Deep"))
    assert (printed, session.code) == ("score.py: written\n", 0)
    assert "ScoreWideAndDeepRecommenderModule" in text(session.folder / "score.py")


def test_the_two_commands_stand_in_the_readme() -> None:
    marked = {note: body for note, kind, body in blocks(README) if kind == "sh" and note.startswith("command: ")}
    assert marked == {f"command: {name}": f"{command}\n" for name, command in COMMANDS.items()}


def test_the_readme_knows_every_module() -> None:
    rows = [f"| {table.name} | {', '.join(table.trained_by)} | `{table.id}` |" for table in load_tables()]
    assert re.findall(r"^\| .* \| Train .* \|$", text(README), re.M) == rows


def test_the_readme_knows_every_dependency() -> None:
    required = importlib.metadata.requires("scoregen") or []
    names = sorted(re.split(r"[^\w-]", line)[0].lower() for line in required if "extra ==" not in line)
    assert sorted(re.findall(r"^\| ([a-z0-9-]+) \| .* \|$", text(README), re.M)) == names


@pytest.mark.parametrize("command", SUMMARIES)
def test_a_command_has_a_page_with_its_arguments(command: str) -> None:
    assert f"| [`scoregen {command}`](docs/{command}.md) |" in text(README)
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(f"generator.commands.{command}").add_arguments(parser)
    arguments = [
        " ".join(filter(None, ("".join(action.option_strings), value_of(action)))) for action in parser._actions
    ]
    assert re.findall(r"^\| `([^`]+)` \|", text(ROOT / f"docs/{command}.md"), re.M) == arguments


def value_of(action: argparse.Action) -> str:
    takes_one = action.nargs != 0
    return str(action.metavar or "|".join(action.choices or ())) if takes_one else ""


def test_the_parameters_are_current(session: Session) -> None:
    """Rewritten with ``scoregen modules --format markdown > docs/parameters.md``."""
    assert text(ROOT / "docs/parameters.md") == session.run("scoregen modules --format markdown")


def test_the_changelog_begins_with_this_version() -> None:
    assert re.findall(r"^## \[(.*?)\]", text(ROOT / "CHANGELOG.md"), re.M)[0] == __version__


def test_a_script_guards_what_the_page_says() -> None:
    """Each row of the table names a request, what becomes of it in the downloaded script, and in a generated one."""
    rows = re.findall(r"^\| `([\[{].*?)` \| .* \| `(.*?)` \|$", text(ROOT / "docs/what_it_guards.md"), re.M)
    assert len(rows) >= 5
    tree = ast.parse(generate("module: Score Model"))
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "read_columns"]
    names = {"json": json, "decode_nan": lambda value: value}
    exec(compile(tree, "score.py", "exec"), names)  # the rest of the script needs the designer's packages
    for request, message in rows:
        with pytest.raises(ValueError) as caught:
            names["read_columns"](request)  # type: ignore[operator]
        assert str(caught.value) == message


def test_the_layers_are_as_drawn() -> None:
    """The table names every file, and each imports only from the files above it."""
    listed = re.findall(r"^\| `([\w/]+)\.py` \|", text(ROOT / "docs/architecture.md"), re.M)
    package = ROOT / "generator"
    files = {str(path.relative_to(package).with_suffix("")) for path in package.rglob("*.py")}
    assert set(listed) == files - {"__init__", "__main__", "commands/__init__"}
    for number, name in enumerate(listed):
        imported = re.findall(r"(?:from|import) generator\.(\w+)", text(package / f"{name}.py"))
        assert set(imported) <= {*listed[:number], "commands"}, name


@pages(PAGES)
def test_the_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)|src(?:set)?=\"([^\"]+)\"", text(page)):
        path, _, anchor = "".join(target).partition("#")
        if path.startswith("https:"):
            continue
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), path
        if anchor:
            headings = re.findall(r"^#+ (.*)$", text(place), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
