"""What is worked out once for many scripts is what a look at each whole script finds."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from generator.actions import check as checking
from generator.actions import rewrite as rewriting
from generator.actions import sharing
from generator.actions.sections import sections_that_matter
from generator.facts.modules import load_tables
from generator.findings import ConfigError, RefusedError
from generator.rules.settings import Dataset, Response
from tests.actions.test_round_trips import mutated, to_mutate
from tests.support.strategies import spellings

SOURCES = [script.source for script in to_mutate() if len(script.source) < 5000]
WAYS = ("delete", "double", "swap", "misspell")
SNIPPETS = [
    "# {word}",
    "# scoregen: ignore",
    "{word} = {number}",
    "{word}: int = {number}",
    "{word} = {other} = {number}",
    "{word}['{other}'] = {number}",
    "{word}.update({other}={number})",
    "{word} += {number}",
    "del {word}",
    "print(f'{{{word}}}', {other})",
    "import {word}",
    "import {word} as {other}",
    "from {word} import {other}",
    "from {word} import *",
    "import azureml.{word} as {other}",
    "try:\n    import {word}\nexcept ImportError:\n    {word} = None",
    "if TYPE_CHECKING:\n    import {word}",
    "def {word}({other}):\n    return {other} + {number}",
    "def helper({word}, *{other}):\n    total = {number}\n    return [total for item in {word}]",
    "def helper():\n    global {word}\n    {word} = {number}",
    "def helper():\n    {word} = {number}\n    def inner():\n        nonlocal {word}\n        return {other}\n    return inner",
    "def helper(rows):\n    for row in rows:\n        for key, value in row.items():\n            {word}[key].append(value)",
    "def helper():\n    return {word}.run({other}={number})",
    "async def helper():\n    return await {word}({other})",
    "class {word}:\n    {other} = {number}\n\n    def run(self):\n        return self.{other}",
    "{word} = json.loads('1', parse_constant={other})",
    "{word} = lambda {other}: {other}",
    "for {word} in []:\n    pass",
    "with open('{word}') as {other}:\n    pass",
    "match {number}:\n    case {word}:\n        pass",
    '"""{word}.\n\n{other} = {number}\n\n"""',
    "'''{word} \"\"\"\n\n@'''",
    "{word} = (\n\n{number}\n\n)",
    "if {number}:\n    pass\n\nelse:\n    {word} = {number}",
    "@{word}\n\ndef {other}():\n    pass",
    "{word} = {number} + \\\n\n{other} = {number}",
    "def {word}(:",
    "\f",
]


@st.composite
def alike(draw: st.DrawFn, base: str) -> str:
    """Draw a script that differs from another in sections before, between and behind its own."""
    words = sorted({*re.findall(r"[A-Za-z_]\w*", base), "total", "item", "run", "init"})
    word = st.sampled_from([word for word in words if not keyword.iskeyword(word)])
    places = [0, len(base), *(match.end() for match in re.finditer(r"\n\n+(?=\S)", base))]
    for place in sorted(draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)), reverse=True):
        snippet = draw(st.sampled_from(SNIPPETS)).format(
            word=draw(word), other=draw(word), number=draw(st.integers(0, 9))
        )
        around = draw(st.sampled_from(["\n\n", "\n\n\n", "\n"]))
        base = base[:place] + (around if place else "") + snippet + around + base[place:]
    return base


@st.composite
def groups(draw: st.DrawFn) -> list[str]:
    """Draw scripts that differ in what may not matter."""
    base = draw(st.sampled_from(SOURCES) | mutated(*WAYS))
    return [base, *(draw(alike(base)) for _ in range(3))]


def outcome(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except (RefusedError, ConfigError) as error:
        return type(error), str(error)


@given(scripts=groups())
def test_a_shared_check_finds_what_a_check_of_each_script_finds(scripts: list[str]) -> None:
    for script in scripts:
        known = len(sharing._clean)
        assert sharing.check(script) == checking.check(script)
        is_shared = bool(sections_that_matter(script)) and not checking.check(script) and len(sharing._clean) == known
        event("shared" if is_shared else "looked at")


@given(scripts=groups(), data=st.data())
def test_a_shared_rewrite_gives_what_a_rewrite_of_each_script_gives(scripts: list[str], data: st.DataObject) -> None:
    table = next((table for table in load_tables() if table.class_name in scripts[0]), None)
    changes = {
        parameter.name: data.draw(spellings(parameter))
        for parameter in (table.parameters if table else ())
        if data.draw(st.booleans())
    }
    for script in scripts:
        known = len(sharing._rewrites)
        mine = outcome(lambda: sharing.rewrite(script, changes)[:2])  # noqa: B023
        assert mine == outcome(lambda: rewriting.rewrite(script, changes)[:2])  # noqa: B023
        event("shared" if isinstance(mine[0], str) and len(sharing._rewrites) == known else "looked at")


@pytest.mark.parametrize(
    "others",
    [
        {"unset": ["return_ratings"]},
        {"prune": True},
        {"response": Response("columns")},
        {"datasets": {"training_data": Dataset("a.csv")}},
    ],
    ids=lambda others: next(iter(others)),
)
def test_what_is_not_only_set_is_done_for_each_script(others: dict[str, Any]) -> None:
    source = next(source for source in SOURCES if "return_ratings=" in source and "def init" in source)
    mine = outcome(lambda: sharing.rewrite(source, {}, **others))
    assert mine == outcome(lambda: rewriting.rewrite(source, {}, **others))
