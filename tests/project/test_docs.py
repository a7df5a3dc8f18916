"""What the documentation says is true: its configs, its outputs, its tables and its links, as a reader would try them.

Each page is a session in a folder of its own, which begins with a copy of the examples:

- a ``yaml`` block is saved as ``scoregen.yaml`` and generates without complaint,
- behind ``<!-- wrong -->`` it does not, and the ``text`` block that follows holds all that is said,
- behind ``<!-- file: NAME -->`` a block of any kind is saved as that file and nothing else happens,
- behind ``<!-- model: VERSION -->`` a model folder of Score Model lies there that names this scikit-learn,
- behind ``<!-- downloaded: MODULE -->`` the folder of a recommender lies there as the designer leaves it,
- a ``console`` block holds commands and what they print (``...`` stands for anything), ``echo $?`` among them,
- a ``pycon`` block is a Python session.

A page that speaks of the checkout itself (it saves files under ``generator/``) begins with a copy of that too.
"""

from __future__ import annotations

import argparse
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
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import __version__, load_tables
from generator.cli.commands import SUMMARIES
from generator.cli.main import main
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_downloaded, leave_model
from tests.support.runtime import reader, schema_of
from tests.support.terminal_picture import terminal_picture

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").glob("*.md")),
]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/scoregen.yaml"))
COMMANDS = {
    "first script": (
        "python3 -m venv .venv && .venv/bin/pip install . && "
        ".venv/bin/scoregen generate examples/recommend_new_items/scoregen.yaml"
    ),
    "tests": "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest -n auto",
}


class Block(NamedTuple):
    """A fenced block of a page, with the words of the comment in the line above it."""

    note: str
    kind: str
    body: str


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    pattern = r"(?:^<!-- ([^\n]*) -->\n)?^```(\w+)\n(.*?)^```$"
    found = [Block(*groups) for groups in re.findall(pattern, text(page), re.M | re.S)]
    assert 2 * len(found) == len(re.findall("^```", text(page), re.M)), "a block that no test would see"
    return found


def pages(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", paths, ids=lambda path: path.name)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("*.py", "conda_env.yaml"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # no runtime of this machine counts
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
            env=os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
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
        printed = io.TextIOWrapper(content, encoding="utf-8", write_through=True)
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


@pages(PAGES)
def test_a_page_shows_what_happens(page: Path, session: Session) -> None:
    complaints = ""
    for block in blocks(page):
        assert not complaints or block.kind == "text", f"what is said must follow:\n{complaints}"
        if block.note.startswith("model: "):
            leave_model(session.folder, tables_by_key()["Score Model"], scikit_learn=block.note.removeprefix("model: "))
        if block.note.startswith("downloaded: "):
            leave_downloaded(session.folder, tables_by_key()[block.note.removeprefix("downloaded: ")])
        if block.note.startswith("file: "):
            session.save(block.note.removeprefix("file: "), block.body)
        elif block.kind == "yaml":
            printed = session.generate(block.body)
            clean = all(line.endswith(": written") for line in printed.splitlines())
            assert clean == (block.note != "wrong"), printed
            assert session.code == (0 if "written" in printed else 1)
            complaints = printed if block.note == "wrong" else ""
        elif block.kind == "text":
            assert block.body == complaints
            complaints = ""
        elif block.kind == "console":
            for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.body, re.M):
                assert_like(session.run(command), expected)
        elif block.kind == "pycon":
            examples = doctest.DocTestParser().get_doctest(block.body, {}, page.name, str(page), 0)
            assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0
        elif block.kind == "json":
            json.loads(block.body)
    assert not complaints


def assert_like(printed: str, expected: str) -> None:
    if not doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS):
        assert printed == expected  # to show the difference


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_generates(example: Path, session: Session) -> None:
    folder = session.folder / "examples" / example.name
    there = {path.name for path in folder.iterdir()}
    printed = session.run(f"scoregen generate examples/{example.name}/scoregen.yaml")
    assert session.code == 0
    written = sorted(path for path in folder.iterdir() if path.name not in there)
    assert sorted(printed.splitlines()) == [f"examples/{example.name}/{path.name}: written" for path in written]
    scripts = [path for path in written if path.suffix == ".py"]
    assert scripts
    for script in scripts:
        compile(text(script), script.name, "exec")
        assert f"| `examples/{example.name}` |" in text(ROOT / "docs/examples.md")


def test_the_recommender_example_suits_both_recommenders(session: Session) -> None:
    config = text(session.folder / "examples/recommend_new_items/scoregen.yaml")
    printed = session.generate(config.replace("\nmodule: Score SVD", "\nmodule: Score Wide and Deep"))
    assert (printed, session.code) == ("score.py: written\n", 0)


def test_the_two_commands_stand_in_the_readme() -> None:
    marked = {note: body for note, kind, body in blocks(README) if kind == "sh" and note.startswith("command: ")}
    assert marked == {f"command: {name}": f"{command}\n" for name, command in COMMANDS.items()}


def test_the_readme_is_short() -> None:
    assert len(text(README).split()) < 600


def test_the_picture_of_the_terminal_is_current(session: Session) -> None:
    """Made anew with ``SCOREGEN_PICTURES=1``, as the pictures of the page are."""
    leave_downloaded(session.folder, tables_by_key()["Score SVD Recommender"])
    session.save("trained_model_outputs/ratings.csv", "user,item,rating\nanna,lamp,5\n")
    (shown,) = re.findall(r"^\$ (scoregen rewrite .*)$", text(README), re.M)
    commands = ["scoregen check trained_model_outputs", "scoregen check --fix trained_model_outputs", shown]
    drawn = terminal_picture([(command, session.run(command)) for command in commands], "scoregen in a terminal")
    picture = ROOT / "docs/pictures/terminal.svg"
    if os.environ.get("SCOREGEN_PICTURES"):
        picture.write_text(drawn, encoding="utf-8")
    assert text(picture) == drawn


def test_every_page_is_in_the_list_of_all() -> None:
    listed = set(re.findall(r"\]\((\w+\.md)\)", text(ROOT / "docs/index.md")))
    assert listed == {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}


def test_a_page_knows_every_module() -> None:
    rows = [f"| {table.name} | {', '.join(table.trained_by)} | `{table.id}` |" for table in load_tables()]
    assert re.findall(r"^\| .* \| Train .* \|$", text(ROOT / "docs/modules.md"), re.M) == rows


def test_a_page_knows_every_dependency() -> None:
    required = importlib.metadata.requires("scoregen") or []
    names = sorted(re.split(r"[^\w-]", line)[0].lower() for line in required if "extra ==" not in line)
    assert sorted(re.findall(r"^\| ([a-z][\w-]*) \| .* \|$", text(ROOT / "docs/architecture.md"), re.M)) == names


@pytest.mark.parametrize("command", SUMMARIES)
def test_a_command_has_a_page_with_its_arguments(command: str) -> None:
    assert re.search(rf"^\| .* \| \[`scoregen {command}`\]\(docs/{command}\.md\)", text(README), re.M)
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(f"generator.cli.commands.{command}").add_arguments(parser)
    arguments = [
        " ".join(filter(None, ("".join(action.option_strings), value_of(action)))) for action in parser._actions
    ]
    assert re.findall(r"^\| `(\D[^`]*)` \|", text(ROOT / f"docs/{command}.md"), re.M) == arguments


def value_of(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    return str(action.metavar or f"{{{','.join(action.choices or ())}}}")


def test_the_parameters_are_current(session: Session) -> None:
    """Rewritten with ``scoregen modules --format markdown > docs/parameters.md``."""
    assert text(ROOT / "docs/parameters.md") == session.run("scoregen modules --format markdown")


def test_the_changelog_begins_with_this_version() -> None:
    assert re.findall(r"^## \[(.*?)\]", text(ROOT / "CHANGELOG.md"), re.M)[0] == __version__


def test_a_script_guards_what_the_page_says() -> None:
    """Each row of the table names a request, what becomes of it in the downloaded script, and in a generated one."""
    rows = re.findall(r"^\| `([\[{].*?)` \| .* \| `(.*?)` \|$", text(ROOT / "docs/what_it_guards.md"), re.M)
    assert len(rows) >= 10
    schemas = {
        "x1": (
            "Score Model",
            schema_of(x1="float64", x2="float64", visits="int64", member="bool", joined="datetime64"),
        ),
        "user": ("Score SVD Recommender", schema_of(user="str", item="str", rating="int64")),
        "example": ("Score Vowpal Wabbit Model", schema_of(example="str")),
    }
    for request, message in ((request.replace("\\|", "|"), message) for request, message in rows):
        module, schema = next((of for name, of in schemas.items() if f'"{name}"' in request), schemas["x1"])
        with pytest.raises(ValueError) as caught:
            reader({"module": module}, schema)(request)
        assert str(caught.value) == message


def test_the_invented_table_obeys_the_meta_schema() -> None:
    schema = yaml.safe_load(text(ROOT / "generator/facts/table.schema.yaml"))
    (table,) = (block.body for block in blocks(ROOT / "docs/adding_a_module.md") if "tables/" in block.note)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(yaml.safe_load(table))] == []


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
