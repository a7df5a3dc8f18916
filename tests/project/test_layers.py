"""The arrows of the package: rooms import only from rooms that stand above them on the architecture page, without circles.

Every form of import counts, wherever it stands: ``import``, ``from``, relative ones, ``importlib.import_module`` and
``__import__`` with a text, and those that only type checkers see.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.support.trees import name_of_call

ROOT = Path(__file__).parents[2]
PACKAGE = "generator"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / PACKAGE).rglob("*.py"))
}
MOST_ENTRIES = 22
PLANNED = {"convert", "ui"}
NOT_COUNTED = {"__pycache__", "py.typed"}  # the second is an empty mark for type checkers
DYNAMIC = {"import_module", "__import__"}


def imported(name: str, source: str, is_package: bool = False) -> Iterator[str]:
    """Yield what a module imports of the package: dotted names of modules."""
    here = name if is_package else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (known(alias.name) for alias in node.names if alias.name.split(".")[0] == PACKAGE)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*here.split(".")[: len(here.split(".")) - node.level + 1], *filter(None, [base])])
            if base.split(".")[0] == PACKAGE:
                yield from (known(f"{base}.{alias.name}") for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.Call) and name_of_call(node) in DYNAMIC:
            said = node.args[0] if node.args else None
            if isinstance(said, ast.Constant) and str(said.value).split(".")[0] == PACKAGE:
                yield known(str(said.value))


def known(name: str) -> str:
    """Return the module that a dotted name stands in: of ``generator.text.spans.Text`` it is ``generator.text.spans``."""
    while name not in MODULES and "." in name:
        name = name.rpartition(".")[0]
    return name


@functools.cache
def imports_of(module: str) -> set[str]:
    path = MODULES[module]
    found = set(imported(module, path.read_text(encoding="utf-8"), path.name == "__init__.py"))
    if module == PACKAGE:  # hands on what others hold, by a table of names
        found |= {known(f"{PACKAGE}.{home}") for home in re.findall(r'": "([\w.]+)"', path.read_text(encoding="utf-8"))}
    return found - {module}


def rooms() -> list[str]:
    """Return the rooms in the order of the architecture page, the ground floor first."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("Beside the package:")[0]
    return re.findall(r"^\| `(\w+)(?:\.py|/)` \|", page, re.M)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def test_the_page_names_every_room() -> None:
    there = {
        path.stem for path in (ROOT / PACKAGE).iterdir() if path.name[0] not in "_." and path.suffix in ("", ".py")
    }
    assert sorted(rooms()) == sorted(there)


def test_there_are_few_rooms() -> None:
    there = {path.name for path in (ROOT / PACKAGE).iterdir()} - NOT_COUNTED
    assert len(there | PLANNED) <= MOST_ENTRIES


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_room_imports_only_from_those_before_it(module: str) -> None:
    order = [*rooms(), "__init__", "__main__"]
    upward = {other for other in imports_of(module) if order.index(room(other)) > order.index(room(module))}
    assert upward == set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: imports_of(module) for module in MODULES}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_no_two_folders_import_each_other() -> None:
    arrows = {(folder(module), folder(other)) for module in MODULES for other in imports_of(module)}
    both = {pair for pair in arrows if pair[0] != pair[1] and pair[::-1] in arrows and PACKAGE not in pair}
    assert both == set()


def folder(module: str) -> str:
    return module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import generator.cli.main", "generator.cli.main"),
        ("import generator", "generator"),
        ("from generator import cli", "generator.cli"),
        ("from generator.cli import main as run", "generator.cli.main"),
        ("def f():\n    from ..cli import main", "generator.cli.main"),
        ("from .. import cli", "generator.cli"),
        ("from . import spans", "generator.text.spans"),
        ("if TYPE_CHECKING:\n    from generator.cli.main import program", "generator.cli.main"),
        ("importlib.import_module('generator.cli')", "generator.cli"),
        ("x = __import__('generator.cli.main', fromlist=['run'])", "generator.cli.main"),
    ],
)
def test_every_form_of_import_is_seen(source: str, found: str) -> None:
    assert list(imported("generator.text.wording", source)) == [found]


def inner_imports() -> Iterator[tuple[str, bool]]:
    """Yield each import inside a function, and whether a comment beside it, or beside the one above, gives the reason."""
    for path in MODULES.values():
        source = path.read_text(encoding="utf-8")
        if not re.search(r"^(?!from |import ).*\bimport\b", source, re.M):
            continue  # none but those at the top: nothing to parse
        lines = source.splitlines()
        functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
        found = {
            (node.lineno, node.end_lineno)
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, (ast.Import, ast.ImportFrom))
        }
        explained = 0
        for first, last in sorted(found):
            is_explained = any("  # " in line for line in lines[first - 1 : last or first]) or first == explained + 1
            explained = (last or first) if is_explained else 0
            yield f"{path.relative_to(ROOT)}:{first}", is_explained


def test_imports_inside_functions_are_few_and_say_why() -> None:
    found = list(inner_imports())
    assert len(found) < 40
    assert [place for place, is_explained in found if not is_explained] == []
