"""Each piece of syntax that an older Python lacks is found where it stands, and nothing that only looks like it.

``tests/tools/test_pythons.py`` holds the same pieces against the interpreters themselves.
"""

from __future__ import annotations

import ast
import sys

import pytest

from generator.checks.newer_syntax import newer_syntax
from generator.facts.python import Version, load_syntax
from generator.text.spans import Text
from tests.support.newer_python import OLD_SYNTAX, SYNTAX

OWN = sys.version_info[:2]
OLDEST = (3, 5)


def found(source: str, python: Version = OLDEST) -> list[tuple[str, str]]:
    """Return the name of each construct and the text that it is found at."""
    text = Text(source)
    return [(construct.name, text.of(node)) for construct, node in newer_syntax(text, ast.parse(source), python)]


def is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


PARSED_BEFORE = {"asynchronous comprehension in a comprehension"}
"""What Python 3.10 parses, and refuses only when it compiles it: a check that runs on it does not see that."""
READABLE = {
    name: source
    for name, source in SYNTAX.items()
    if is_python(source) and (name not in PARSED_BEFORE or sys.version_info >= (3, 11))
}
"""The pieces that the Python which runs this can read: of the others, check says that they are no Python."""


@pytest.mark.parametrize("name", READABLE)
def test_a_version_that_can_read_a_piece_finds_it_old_enough(name: str) -> None:
    names = [construct for construct, _ in found(READABLE[name])]
    assert names
    since = max(construct.since for construct in load_syntax() if construct.name in names)
    assert found(READABLE[name], since) == []
    assert found(READABLE[name], (since[0], since[1] - 1)) != []


@pytest.mark.parametrize("name", OLD_SYNTAX)
def test_what_every_version_takes(name: str) -> None:
    assert [construct for construct, _ in found(OLD_SYNTAX[name], (3, 6))] == []


def test_each_construct_has_a_piece() -> None:
    names = {construct for source in READABLE.values() for construct, _ in found(source)}
    assert names == {construct.name for construct in load_syntax() if construct.since <= OWN}


@pytest.mark.parametrize(
    ("source", "construct", "place"),
    [
        ("from __future__ import division, annotations\n", "future annotations", None),
        ("x = [y := 1, y]\n", "walrus", "y := 1"),
        ("def f(a, b, /, c): pass\n", "positional-only", "b"),
        ("f'{x} {y=}'\n", "self-documenting", "f'{x} {y=}'"),
        ("f'{a + 1 = !r}'\n", "self-documenting", "f'{a + 1 = !r}'"),
        ("def f(b):\n    return 1, *b, *c\n", "starred return", "*b"),
        ("def f(b):\n    x = yield *b, 1\n", "starred yield", "*b"),
        ("x: tuple = 1, 2\n", "annotated tuple", "1, 2"),
        (
            "while a:\n    try:\n        b\n    finally:\n        if c:\n            continue\n",
            "continue in finally",
            "continue",
        ),
        ("@a\n@b[0].c\ndef f(): pass\n", "decorator", "b[0].c"),
        ("@(a.b)\nclass A: pass\n", "decorator", "a.b"),
        ("with (a as b, c):\n    pass\n", "parenthesised with", "a"),
        ("with (a, b) as c, d: pass\nwith (a() as b): pass\n", "parenthesised with", "a()"),
        ("async def f():\n    async with (a as b, c):\n        pass\n", "parenthesised with", "a"),
        ("{1, x := 2}\n", "walrus in a set", "x := 2"),
        ("{x := y for y in z}\n", "walrus in a set", "x := y"),
        ("for x in *a, 1: pass\n", "starred for", "*a"),
        ("a[x := 1]\n", "walrus in an index", "x := 1"),
    ],
)
def test_the_place(source: str, construct: str, place: str | None) -> None:
    names = {"starred yield": "starred return"}
    places = [where for name, where in found(source) if name == names.get(construct, construct)]
    assert places == [place if place else source.strip()]


@pytest.mark.parametrize(
    "source",
    [
        "from annotations import annotations\n",
        "from . import annotations\n",
        "def f(a, *, b): pass\nx = 4 / (2)\n",
        "x = 1\nf'x={x}'\nf'{x == 1}'\nf'{x:=>5}'\nf'{x!r}='\n",
        "def f(b):\n    return (1, *b)\n",
        "def f(b):\n    return g(1, *b), 2 * b\n",
        "x: tuple = (1, 2)\n",
        "x: tuple = ((1), (2))\n",
        "x: dict = {1: 2, 3: 4}\n",
        "for x in y:\n    try:\n        continue\n    finally:\n        for z in x:\n            continue\n",
        "for x in y:\n    try:\n        pass\n    finally:\n        while x:\n            continue\n",
        "@a.b.c\n@a.b(1, key=[2])\ndef f(): pass\n",
        "with (a): pass\nwith (a) as b: pass\nwith (a), (b): pass\nwith (a, b) as c: pass\nwith (yield_)(): pass\n",
        "with (a).b as c, d: pass\nwith (a)(1): pass\nwith a(b, c): pass\n",
        "for x in (*a, 1): pass\nfor x in [*a]: pass\n",
        "a[1:2], a[b * c], a[(1, 2)]\n",
        "[[x for x in y] for y in z]\n",
        "try:\n    pass\nexcept (ValueError, TypeError):\n    pass\n",
    ],
)
def test_what_only_looks_like_it(source: str) -> None:
    assert found(source, (3, 6)) == []


def test_parentheses_around_a_walrus_make_it_older() -> None:
    inner = [name for name, _ in found("{(x := 1)}\na[(y := 2)]\n", (3, 8))]
    assert inner == []
    assert [name for name, _ in found("{(x := 1)}\n", (3, 7))] == ["walrus"]


@pytest.mark.skipif(OWN < (3, 11), reason="Python before 3.11 reads none of these")
@pytest.mark.parametrize(
    ("source", "construct", "place"),
    [
        ("a[1, *b]\n", "starred index", "*b"),
        ("def f(*args: *t): pass\n", "starred annotation", "*t"),
        ("try:\n    pass\nexcept* ValueError:\n    pass\n", "except group", None),
        (
            "async def f():\n    return [[x async for x in y] for y in z]\n",
            "asynchronous comprehension",
            "[x async for x in y]",
        ),
    ],
)
def test_the_place_of_what_came_with_3_11(source: str, construct: str, place: str | None) -> None:
    places = [where for name, where in found(source, (3, 10)) if name == construct]
    assert places == [place if place else source.strip()]


@pytest.mark.skipif(OWN < (3, 11), reason="Python before 3.11 reads none of these")
@pytest.mark.parametrize(
    "source",
    [
        "a[(1, *b)]\n",
        "async def f():\n    return [[x async for x in y] async for y in z]\n",
        "async def f():\n    return [x async for x in [1 for y in z]]\n",
    ],
)
def test_what_only_looks_like_3_11(source: str) -> None:
    assert found(source, (3, 10)) == []


@pytest.mark.skipif(OWN < (3, 12), reason="Python before 3.12 reads none of these")
@pytest.mark.parametrize(
    ("source", "construct"),
    [
        ('f"{d["a"]}"\n', "f-string"),
        ("f'{f'{x}'}'\n", "f-string"),
        ("f'\u2028{f'{x}'}'\n", "f-string"),
        ("f'\x0c{f'{x}'}'\n", "f-string"),
        ("f\"{'\\n'.join(x)}\"\n", "f-string"),
        ("f'''{\n    x  # that\n}'''\n", "f-string"),
        ("f'{\n    x\n}'\n", "f-string"),
        ("type X = int\n", "type statement"),
        ("def f[T](a: T) -> T: return a\n", "type parameters"),
    ],
)
def test_what_came_with_3_12(source: str, construct: str) -> None:
    assert [name for name, _ in found(source, (3, 11))] == [construct]
    assert found(source, (3, 12)) == []
