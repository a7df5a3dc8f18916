"""What check says of a version of Python is what that version does: each piece compiled or run by the interpreters here."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Mapping

import pytest

from generator.checks.newer_names import newer_names
from generator.checks.newer_syntax import newer_syntax
from generator.facts.python import Version, version_of
from generator.script.scopes import scan
from generator.text.spans import Text
from tests.support.newer_python import NAMES, OLD_NAMES, OLD_SYNTAX, SYNTAX
from tests.support.pythons import TARGET, VERSIONS, interpreters

FOUND = interpreters()
PROGRAM = """
import json, sys, warnings
warnings.simplefilter("ignore")
verdicts = {}
for name, (source, runs) in json.load(sys.stdin).items():
    try:
        code = compile(source, name, "exec", dont_inherit=True)
        if runs:
            exec(code, {"__name__": "piece"})
    except SyntaxError as error:
        verdicts[name] = "SyntaxError"
    except Exception as error:
        verdicts[name] = type(error).__name__
    else:
        verdicts[name] = ""
sys.stdout.write("\\n@" + json.dumps(verdicts))
"""


def outcomes(path: str, pieces: Mapping[str, str], *, run: bool) -> dict[str, str]:
    """Return the error that each piece ends with in an interpreter, '' for none."""
    given = json.dumps({name: (source, run) for name, source in pieces.items()})
    done = subprocess.run([path, "-I", "-c", PROGRAM], input=given, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout.rpartition("\n@")[2])
    return found


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    if request.param not in FOUND:
        pytest.skip(f"Python {request.param} is not on this machine")
    return str(request.param)


def readable(pieces: Mapping[str, str]) -> dict[str, str]:
    """Return the pieces that the Python which runs this can read: of the others, check says that they are no Python."""
    return {name: source for name, source in pieces.items() if not _is_refused(source)}


def _is_refused(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return True
    return False


def syntax_found(source: str, python: Version) -> bool:
    return any(newer_syntax(Text(source), ast.parse(source), python))


def names_found(source: str, python: Version) -> list[str]:
    return [lacking.error for lacking in newer_names(scan(ast.parse(source)), python)]


def test_there_are_enough_pieces() -> None:
    assert len(SYNTAX) + len(NAMES) >= 100
    assert {name for name in VERSIONS if name not in FOUND} == set(), "these Pythons are not on this machine"


def test_syntax(version: str) -> None:
    pieces = readable(SYNTAX | OLD_SYNTAX)
    refused = {name for name, error in outcomes(FOUND[version], pieces, run=False).items() if error}
    assert {name for name, source in pieces.items() if syntax_found(source, version_of(version))} == refused


def test_names(version: str) -> None:
    pieces = readable(NAMES | OLD_NAMES)
    happened = outcomes(FOUND[version], pieces, run=True)
    said = {name: names_found(source, version_of(version)) for name, source in pieces.items()}
    wrong = {
        name: (error, said[name])
        for name, error in happened.items()
        if bool(error) != bool(said[name])
        or (error and not {"", error.replace("ModuleNotFoundError", "ImportError")}.intersection(said[name]))
    }
    assert wrong == {}


def test_the_names_are_those_that_the_interpreters_have() -> None:
    """Rewritten with ``python -m tests.support.pythons``."""
    from tests.support.pythons import written

    if missing := [name for name in VERSIONS if name not in FOUND]:
        pytest.skip(f"not on this machine: Python {', '.join(missing)}")
    assert TARGET.read_text(encoding="utf-8") == written()
