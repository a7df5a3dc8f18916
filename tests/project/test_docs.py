"""What the documentation says is true: its configs, its outputs, its tables and its links, as a reader would try them."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import os
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import __version__, load_tables
from generator.cli.commands import SUMMARIES
from generator.config.schema import config_schema
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_downloaded
from tests.support.pages import PAGES, PAGES_OF_THE_CHECKOUT, ROOT, Session, blocks, follow, session_in, text
from tests.support.runtime import reader, schema_of
from tests.support.terminal_picture import terminal_picture

README = ROOT / "README.md"
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/scoregen.yaml"))
COMMANDS = {
    "first script": (
        "python3 -m venv .venv && .venv/bin/pip install . && "
        ".venv/bin/scoregen generate examples/recommend_new_items/scoregen.yaml"
    ),
    "tests": "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest -n auto",
}


def pages(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", paths, ids=lambda path: path.name)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    return session_in(tmp_path, monkeypatch)


_AS_ON_LINUX = pytest.mark.skipif(os.name == "nt", reason="the pages show a shell, paths and reasons as on Linux")


@_AS_ON_LINUX
@pages(PAGES)
def test_a_page_shows_what_happens(page: Path, session: Session) -> None:
    follow(page, session)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_generates(example: Path, session: Session) -> None:
    folder = session.folder / "examples" / example.name
    there = {path.name for path in folder.iterdir()}
    printed = session.run(f"scoregen generate examples/{example.name}/scoregen.yaml")
    assert session.code == 0
    written = sorted(path for path in folder.iterdir() if path.name not in there)
    said = printed.replace(os.sep, "/").splitlines()
    assert sorted(said) == [f"examples/{example.name}/{path.name}: written" for path in written]
    scripts = [path for path in written if path.suffix == ".py"]
    assert scripts
    for script in scripts:
        compile(text(script), script.name, "exec")
        assert f"| `examples/{example.name}` |" in text(ROOT / "docs/examples.md")


def test_the_recommender_example_suits_both_recommenders(session: Session) -> None:
    config = text(session.folder / "examples/recommend_new_items/scoregen.yaml")
    printed = session.generate(config.replace("\nmodule: Score SVD", "\nmodule: Score Wide and Deep"))
    assert (printed.splitlines(), session.code) == (["score.py: written"], 0)


def test_the_two_commands_stand_in_the_readme() -> None:
    marked = {note: body for note, kind, body in blocks(README) if kind == "sh" and note.startswith("command: ")}
    assert marked == {f"command: {name}": f"{command}\n" for name, command in COMMANDS.items()}


def test_the_readme_is_short() -> None:
    assert len(text(README).split()) < 600


@_AS_ON_LINUX
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


def test_the_page_of_the_config_has_every_key() -> None:
    schema = config_schema()
    keys = {*schema["properties"], *schema["$defs"]["script"]["properties"]}
    table = text(ROOT / "docs/config.md").partition("## Keys\n")[2].partition("\n\nWith")[0]
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", table, re.M)) == sorted(keys)


def test_a_page_knows_every_dependency() -> None:
    required = importlib.metadata.requires("scoregen") or []
    names = sorted(re.split(r"[^\w-]", line)[0].lower() for line in required if "extra ==" not in line)
    assert sorted(re.findall(r"^\| ([a-z][\w-]*) \| .* \|$", text(ROOT / "CONTRIBUTING.md"), re.M)) == names


BASH_ALONE = re.compile(
    r"^ *export |^ *[A-Z_]+=\S+ \w|\\$|\$\(|\bcurl\b|&&|\.venv/bin|<<|(?<![-=])>(?!=)|^touch |^iconv ", re.MULTILINE
)
"""What PowerShell takes for something else, or does otherwise: ``>`` writes UTF-16 there."""


def of_bash_alone(page: str) -> list[str]:
    """Return the blocks of a page with commands that only bash takes as they are."""
    found = re.findall(r"^ *```(sh|console)\n(.*?)^ *```$", page, re.M | re.S)
    typed = {
        kind + body: body if kind == "sh" else "\n".join(re.findall(r"^\$ (.*)$", body, re.M)) for kind, body in found
    }
    return [body for body in typed.values() if BASH_ALONE.search(re.sub(r'"[^"]*"', "", body))]


@pages(PAGES + PAGES_OF_THE_CHECKOUT)
def test_a_page_says_how_powershell_has_it(page: Path) -> None:
    if of_bash_alone(text(page)):
        assert "powershell.md" in text(page) or "```powershell" in text(page)


@pytest.mark.parametrize(
    "more",
    [
        "",
        "container: true\n",
        "endpoint: batch\ndeployment: {endpoint: my-scores, model: azureml:scores:1, compute: my-cluster}\n",
    ],
    ids=["online", "container", "batch"],
)
def test_a_bundle_says_how_powershell_has_it(more: str, session: Session) -> None:
    session.save("scoregen.yaml", f"module: Score Model\n{more}")
    printed = session.run("scoregen bundle scoregen.yaml -d out")
    assert session.code == 0, printed
    readme = text(session.folder / "out" / "README.md")
    differ = of_bash_alone(readme)
    assert bool(differ) == ("batch" not in more)
    assert readme.count("PowerShell") > len(differ)


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


@pages([*PAGES, *PAGES_OF_THE_CHECKOUT])
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
