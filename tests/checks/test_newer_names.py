"""Names, methods and arguments that an older Python lacks: what is said of them, where, and how sure that is.

``tests/tools/test_pythons.py`` holds such pieces against the interpreters themselves.
"""

from __future__ import annotations

import ast

import pytest

from generator.checks.newer_names import Lacking, newer_names
from generator.facts.python import Version
from generator.script.scopes import scan


def lacking(source: str, python: Version = (3, 8), *installed: str) -> list[Lacking]:
    return list(newer_names(scan(ast.parse(source)), python, installed))


def said(source: str, python: Version = (3, 8), *installed: str) -> list[str]:
    return [each.message for each in lacking(source, python, *installed)]


@pytest.mark.parametrize(
    ("source", "message", "error"),
    [
        ("import tomllib\n", "the module tomllib needs Python 3.11", "ImportError"),
        ("import zoneinfo as z\n", "the module zoneinfo needs Python 3.9", "ImportError"),
        ("from zoneinfo import ZoneInfo\n", "the module zoneinfo needs Python 3.9", "ImportError"),
        ("from functools import cache\n", "functools.cache needs Python 3.9", "ImportError"),
        ("import functools\nfunctools.cache\n", "functools.cache needs Python 3.9", "AttributeError"),
        ("import math as m\nm.lcm(1, 2)\n", "math.lcm needs Python 3.9", "AttributeError"),
        ("from datetime import datetime, UTC\n", "datetime.UTC needs Python 3.11", "ImportError"),
        ("ExceptionGroup\n", "ExceptionGroup needs Python 3.11", "NameError"),
        ("f = anext\n", "anext needs Python 3.10", "NameError"),
        ("zip([1], [2], strict=True)\n", "the argument strict of zip() needs Python 3.10", ""),
        (
            "import shutil\nshutil.rmtree('a', dir_fd=1)\n",
            "the argument dir_fd of shutil.rmtree() needs Python 3.11",
            "",
        ),
        ("def f(a: list[int]): pass\n", "list[...] needs Python 3.9", "TypeError"),
        ("Rows = dict[str, int]\n", "dict[...] needs Python 3.9", "TypeError"),
        (
            "import collections\nx: collections.deque[int]\n",
            "collections.deque[...] needs Python 3.9",
            "TypeError",
        ),
        ("{'a': 1} | {'b': 2}\n", "dict | dict needs Python 3.9", "TypeError"),
        ("a = dict(x=1)\nb = a | other\n", "dict | dict needs Python 3.9", "TypeError"),
        ("a = {k: 1 for k in 'ab'}\na |= other\n", "|= of a dict needs Python 3.9", "TypeError"),
        ("def f(a: int | None = None): pass\n", "X | Y as a type needs Python 3.10", "TypeError"),
        ("isinstance(1, int | str | None)\n", "X | Y as a type needs Python 3.10", "TypeError"),
        ("Rows = list | None\n", "X | Y as a type needs Python 3.10", "TypeError"),
        ("'ab'.removeprefix('a')\n", "str.removeprefix() needs Python 3.9", "AttributeError"),
        ("f'{x}'.removesuffix('a')\n", "str.removesuffix() needs Python 3.9", "AttributeError"),
        ("A = 'ab'\nA.removeprefix('a')\n", "str.removeprefix() needs Python 3.9", "AttributeError"),
        ("str(1).removeprefix('1')\n", "str.removeprefix() needs Python 3.9", "AttributeError"),
        ("(5).bit_count()\n", "int.bit_count() needs Python 3.10", "AttributeError"),
        (
            "import collections\ncollections.Counter([1]).total()\n",
            "collections.Counter.total() needs Python 3.10",
            "AttributeError",
        ),
        (
            "from pathlib import Path\nPath('a').is_relative_to('b')\n",
            "pathlib.Path.is_relative_to() needs Python 3.9",
            "AttributeError",
        ),
        (
            "from pathlib import Path\nPath('a').write_text('', newline='')\n",
            "the argument newline of pathlib.Path.write_text() needs Python 3.10",
            "",
        ),
    ],
)
def test_what_is_said(source: str, message: str, error: str) -> None:
    assert [(each.message, each.error, each.is_sure) for each in lacking(source)] == [(message, error, True)]
    assert said(source, (3, 11)) == []


def test_a_module_that_a_version_took_out() -> None:
    assert said("import imp\n", (3, 12)) == ["Python 3.12 took out the module imp"]
    assert said("from asyncore import loop\n", (3, 12)) == ["Python 3.12 took out the module asyncore"]
    assert said("import imp\n", (3, 11)) == []


def test_a_decorator_without_parentheses() -> None:
    source = "from functools import lru_cache\n@lru_cache\ndef f(): pass\n"
    assert said(source, (3, 7)) == ["@functools.lru_cache without parentheses needs Python 3.8"]
    assert said(source) == []
    assert said(source.replace("@lru_cache", "@lru_cache()"), (3, 7)) == []


def test_a_method_whose_name_tells_its_type_is_not_sure() -> None:
    (found,) = lacking("def run(data):\n    return data.removeprefix('a')\n")
    assert (found.message, found.is_sure) == ("the method removeprefix() needs Python 3.9", False)


@pytest.mark.parametrize(
    "source",
    [
        "import tomllib\n",
        "from tomllib import loads\n",
    ],
)
def test_a_package_that_is_installed(source: str) -> None:
    assert said(source, (3, 8), "tomllib") == []


@pytest.mark.parametrize(
    "source",
    [
        "from . import tomllib\n",
        "from .functools import cache\n",
        "def cache(): pass\ncache()\n",
        "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None\n",
        "try:\n    import tomllib\nexcept:\n    tomllib = None\n",
        "import sys\nif sys.version_info >= (3, 11):\n    import tomllib\n",
        "import sys\nx = anext if sys.version_info >= (3, 10) else None\n",
        "import math\nif hasattr(math, 'lcm'):\n    math.lcm(1, 2)\n",
        "import functools\nfunctools = None\nfunctools.cache\n",
        "from functools import *\nimport functools\nlist[int]\n",
        "from __future__ import annotations\ndef f(a: list[int], b: int | None) -> dict[str, int]: pass\n",
        "def f():\n    x: list[int] = []\n    y: int | None = None\n",
        "from other import *\ndef f():\n    from math import sqrt as anext\nanext\n",
        "list(a)[0]\ndict(b)['c']\n",
        "x = list\nlist[0] = 1\n",
        "{1} | {2}\n1 | 2\na | b\n",
        "import re\nre.I | re.M\n",
        "d = read()\nd | {1}\n",
        "class A:\n    def removeprefix(self, x): return x\nA().removeprefix('a')\n",
        "column.str.removeprefix('a')\n",
        "(5).removeprefix('a')\n",
        "zip([1], [2])\nzip([1], **more)\n",
    ],
)
def test_what_an_older_python_has_or_does_not_look_at(source: str) -> None:
    assert said(source) == []


@pytest.mark.parametrize(
    ("source", "is_sure"),
    [
        ("import math\ndef run(data):\n    return math.lcm(1, 2)\n", True),
        ("import math\ndef run(data):\n    if not data:\n        return None\n    return math.lcm(1, 2)\n", False),
        ("import math\ndef run(data):\n    if data:\n        return math.lcm(1, 2)\n", False),
        ("import math\ndef run(data):\n    if math.lcm(1, 2):\n        pass\n", True),
        ("import math\ndef run(data):\n    return data and math.lcm(1, 2)\n", False),
        ("import math\ndef run(data):\n    return math.lcm(1, 2) and data\n", True),
        ("import math\ndef helper():\n    return math.lcm(1, 2)\n", False),
        ("import math\ndef helper(a=math.lcm(1, 2)):\n    pass\n", True),
        ("def helper(a) -> list[int]:\n    pass\n", True),
        ("import functools\n@functools.cache\ndef helper():\n    pass\n", True),
        ("import math\nx = [1 for _ in y if math.lcm(1, 2)]\n", False),
        ("import math\nx = [math.lcm(1, 2) for _ in y]\n", False),
        ("import math\nx = {1: math.lcm(1, 2) for _ in y}\n", False),
        ("import math\nx = [1 for _ in math.lcm(1, 2)]\n", True),
        ("import math\nx = [1 for _ in y for _ in math.lcm(1, 2)]\n", False),
        ("import math\nclass A:\n    x = math.lcm(1, 2)\n", True),
    ],
)
def test_how_sure_it_is_that_it_fails(source: str, is_sure: bool) -> None:
    (found,) = lacking(source)
    assert found.is_sure is is_sure


def test_in_a_class_annotations_are_looked_at() -> None:
    assert said("class A:\n    x: list[int]\n") == ["list[...] needs Python 3.9"]
    assert said("def f():\n    class A:\n        x: list[int]\n") == ["list[...] needs Python 3.9"]


def test_a_name_that_is_made_of_itself_is_what_it_was_before() -> None:
    assert said("a = {}\na |= {1: 2}\nb = a | {}\n") == [
        "|= of a dict needs Python 3.9",
        "dict | dict needs Python 3.9",
    ]
    assert said("a = {1}\na |= b\n") == []
