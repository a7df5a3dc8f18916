"""Values as Python source: nothing a user writes becomes code, and everything reads back."""

from __future__ import annotations

import ast
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import generate, load_tables
from generator.config.parse import parse_config
from generator.rules.literals import literal, read, spell
from tests.support.strategies import configs, difficult_text

DEFAULT_TREES = {table.id: ast.dump(ast.parse(generate({"module": table.id}))) for table in load_tables()}


@given(difficult_text, st.integers(0, 40), st.integers(0, 80))
@example("\\", 8, 0)
@example("\\'", 8, 0)
@example("'\"" * 100, 8, 0)
@example('\\"' * 100 + "\ud800", 8, 13)
def test_a_text_reads_back(text: str, indent: int, before: int) -> None:
    assert ast.literal_eval(literal(text, indent, before)) == text


@given(difficult_text)
def test_a_literal_shows_all_that_it_holds(text: str) -> None:
    source = literal(text, indent=8)
    invisible = [
        char for char in source.replace("\n", "") if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]
    assert invisible == []


@given(difficult_text, st.integers(0, 12))
def test_a_long_text_keeps_within_the_line(text: str, indent: int) -> None:
    lines = literal(text, indent, 10).splitlines()
    assert indent + 10 + len(lines[0]) < 100
    assert all(len(line) < 100 for line in lines[1:])


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('say "x"', "'say \"x\"'"),
        ("\"a\" 'b'", '"\\"a\\" \'b\'"'),
        ("a\\b", '"a\\\\b"'),
        ("caf\u00e9 \u202e", '"caf\u00e9 \\u202e"'),
        (True, "True"),
        (None, "None"),
        (5, "5"),
    ],
)
def test_the_quotes_are_those_of_black(value: Any, source: str) -> None:
    assert literal(value) == source


def test_a_text_of_a_million_characters_is_no_burden() -> None:
    text = "a b'\"\n" * 170_000
    assert ast.literal_eval(literal(text, indent=8)) == text


@given(configs())
def test_every_setting_reads_back(config: dict[str, Any]) -> None:
    settings = parse_config(config).scripts[0].settings
    for name, value in settings.parameters.items():
        parameter = settings.table.parameter(name)
        assert read(parameter, ast.parse(spell(parameter, value), mode="eval").body) == value


def skeleton(source: str) -> str:
    """Return a script's syntax tree with every constant taken out of the calls that hold a user's values."""

    class Blank(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Constant(None)

        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            owner = getattr(node.value, "id", "")
            return ast.Name(owner) if owner.startswith("Recommend") else self.generic_visit(node)

    return ast.dump(Blank().visit(ast.parse(source)))


@given(configs(), difficult_text)
def test_a_value_changes_only_literals(config: dict[str, Any], origin: str) -> None:
    """The tree of a script depends on which settings it has, never on what they say."""
    settings = parse_config(config).scripts[0].settings
    plain = {
        "module": settings.table.id,
        "parameters": {
            name: {"option": value, "boolean": True, "integer": 1, "text": value and ""}[
                settings.table.parameter(name).type
            ]
            for name, value in settings.parameters.items()
        },
        "datasets": {
            name: {"path": "a.csv" if dataset.is_csv else "a"} | ({"relative_to": dataset.relative_to})
            for name, dataset in settings.datasets.items()
        },
    }
    plain |= {key: config[key] for key in ("endpoint", "response") if key in config}
    assert skeleton(generate(config, origin=origin)) == skeleton(generate(plain))
