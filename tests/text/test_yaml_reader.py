"""Where values stand in YAML, for those who edit it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.findings import Place
from generator.text.yaml_reader import Node, read_document


def nodes(node: Node) -> Iterator[Node]:
    """Yield a node and all in it, in the order of the text."""
    yield node
    for item in node.items:
        yield from nodes(item)
    for key, value in node.pairs:
        yield from nodes(key)
        yield from nodes(value)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a: 1", ["a: 1", "a", "1"]),
        ("a:\n- 'b c'  # d\n- [e,\n  f ] # g\n", ["a:\n- 'b c'  # d\n- [e,\n  f ]", "a", "- 'b c'  # d\n- [e,\n  f ]",
         "'b c'", "[e,\n  f ]", "e", "f"]),
        ("a: &x [1]\nb: *x\n# c\n", ["a: &x [1]\nb: *x", "a", "&x [1]", "1", "b", "&x [1]", "1"]),
        ("é:\n-\n- \n", ["é:\n-\n-", "é", "-\n-", "", ""]),
        ("a: {b: }\n", ["a: {b: }", "a", "{b: }", "b", ""]),
    ],
    ids=["a pair", "lists", "an alias", "empty items", "an empty value"],
)  # fmt: skip
def test_a_node_spans_its_text(text: str, pieces: list[str]) -> None:
    root = read_document(text).root
    assert root
    assert [text[slice(*node.span)] for node in nodes(root)] == pieces


def styles(text: str) -> str:
    root = read_document(text).root
    assert root
    return " ".join(node.style or "-" for node in nodes(root))


def test_the_style_is_the_quotes_or_the_bracket() -> None:
    assert styles("[plain, 'single', \"double\", {}, []]") == "[ - ' \" { ["
    assert styles("a:\n- |\n  b\n- >\n  c\n") == "- - - | >"


def test_a_line_ends_where_it_does_for_an_editor() -> None:
    (mistake,) = read_document("a: 'b\u2028c'\n1: d\n").mistakes
    assert mistake.place == Place(2, 1)
