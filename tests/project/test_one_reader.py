"""One reader and one writer: a user's files are opened, copied, renamed and removed in ``generator/files/`` alone.

So are folders listed, and what the system knows of a file is asked there; others ask no more than whether something is
there. The syntax trees are read, so that a new call anywhere else fails here. What stands below opens or lists what is
scoregen's own.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.trees import name_of_call

ROOT = Path(__file__).parents[2]
OF_ITS_OWN = {
    "cli/main.py": "opens the null device, where standard output is closed",
    "checks/registry.py": "lists the checks of this package",
    "facts/compile.py": "makes the compiled tables of this package",
    "pre_commit/hooks.py": "reads the hooks of this package",
    "rendering/open_score.py": "lists the templates of this package",
    "trial/answers.py": "hands requests to a child, in a temporary folder",
    "trial/answers_child.py": "runs in another interpreter, on files that it was handed",
    "trial/cache.py": "keeps runtimes in the user's cache",
    "trial/child.py": "runs in another interpreter, on files that it was handed",
    "trial/locks.py": "makes the locks of this package",
    "trial/process.py": "hands requests to a child, in a temporary folder",
    "trial/requests.py": "hands the files of a folder to a child, and says why it cannot be listed",
    "trial/runtime.py": "makes runtimes in the user's cache, from tables of this package",
    "trial/uv.py": "looks for the Pythons of this machine",
    "ui/views.py": "reads the texts of this package",
}
OPENING = {"open", "fdopen", "read_text", "write_text", "write_bytes", "touch", "mkstemp", "NamedTemporaryFile"}
CHANGING = {"rename", "unlink", "rmdir", "rmtree", "copyfile", "copy2", "copytree", "move", "symlink_to", "hardlink_to"}
CHANGING |= {"chmod", "truncate", "removedirs", "renames", "mkdtemp", "TemporaryDirectory"}
CHANGING |= {"listdir", "scandir", "iterdir", "glob", "rglob", "stat", "lstat"}
OF_SYSTEM = {"copy", "link", "remove", "replace", "symlink", "walk"}  # names that texts and lists have too
KNOWN = OPENING | CHANGING | OF_SYSTEM | {"read_bytes"}
NO_FILES = {"self._opener.open", "webbrowser.open"}  # addresses


def calls(source: str) -> Iterator[str]:
    """Yield the calls of a module that open or change files."""
    nodes = list(ast.walk(ast.parse(source)))
    ours = {
        alias.asname or alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator.files")
        for alias in node.names
    }
    for node in nodes:
        if isinstance(node, ast.Call) and name_of_call(node) in KNOWN:
            text = ast.unparse(node.func)
            base, _, name = text.rpartition(".")
            is_known = name in OPENING | CHANGING or (name in OF_SYSTEM and base in ("os", "shutil"))
            is_bytes = name == "read_bytes" and base != ""  # the reader's own function has no module before it
            if (is_known or is_bytes) and text not in ours | NO_FILES:
                yield f"{node.lineno}: {text}"


@functools.cache
def others() -> dict[str, list[str]]:
    """Return the modules outside of ``files/`` with such calls."""
    package = ROOT / "generator"
    paths = (path for path in sorted(package.rglob("*.py")) if path.parent != package / "files")
    found = {path.relative_to(package).as_posix(): list(calls(path.read_text(encoding="utf-8"))) for path in paths}
    return {name: there for name, there in found.items() if there}


def test_no_other_module_opens_or_changes_files() -> None:
    assert {name: there for name, there in others().items() if name not in OF_ITS_OWN} == {}


def test_each_exception_is_one() -> None:
    assert sorted(OF_ITS_OWN) == sorted(name for name in others() if name in OF_ITS_OWN)


@pytest.mark.parametrize(
    "source",
    [
        "open('a')",
        "Path('a').open()",
        "path.read_bytes()",
        "path.write_text('x')",
        "os.replace(a, b)",
        "os.remove(a)",
        "shutil.copy(a, b)",
        "shutil.copytree(a, b)",
        "path.unlink()",
        "os.open(a, 0)",
        "tempfile.mkdtemp()",
        "os.listdir(a)",
        "os.walk(a)",
        "path.iterdir()",
        "path.stat()",
    ],
)
def test_a_call_is_seen(source: str) -> None:
    assert list(calls(source)) == [f"1: {source.partition('(')[0] if 'Path(' not in source else source[:-2]}"]


@pytest.mark.parametrize(
    "source",
    [
        "text.replace(a, b)",
        "ast.walk(tree)",
        "path.is_file()",
        "from generator.files.read import read_bytes\nread_bytes(a)",
        "webbrowser.open(url)",
    ],
)
def test_what_is_no_such_call_is_not(source: str) -> None:
    assert list(calls(source)) == []
