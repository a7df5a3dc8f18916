"""Values as YAML: what is written is read back, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.yaml_reader import read_document
from generator.text.yaml_writer import in_lines, in_one_line, says, scalar

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])), st.text("a1 .:,#-[]{}()<>=~!+/@&*'\"\\%|\n\t?", max_size=8)
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), TEXTS)


@given(VALUES)
def test_a_value_is_read_back_in_lines_and_in_braces(value: Any) -> None:
    written = scalar(value)
    assert "\n" not in written
    assert read_document(f"a: {written}").value == {"a": value}
    assert read_document(f"a: {{b: {written}, c: [{written}]}}").value == {"a": {"b": value, "c": [value]}}
    assert in_one_line(value).count("\n") == 0


@pytest.mark.parametrize("text", ["a b.csv", "Item Recommendation", "pandas>=1.2", "conda-forge", "a:b", "_x/y@z"])
def test_plain_words_stand_without_quotes(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text", ["", "no", "1", "1.5", "2001-01-01", "~", "null", "a: b", "a[b]", "a #b", "a ", "-", "é"]
)
def test_other_texts_stand_in_quotes(text: str) -> None:
    assert scalar(text) == f'"{text}"'


@given(st.dictionaries(st.text("abc", min_size=1), st.one_of(VALUES, st.lists(VALUES), st.dictionaries(TEXTS, VALUES))))
def test_a_mapping_says_what_it_is_made_of(data: dict[str, Any]) -> None:
    written = in_lines(data)
    assert says(written, data)
    assert not says(written, {**data, "more": 1})


def test_what_cannot_be_seen_is_escaped() -> None:
    assert scalar("a\u202eb\u3164") == '"a\\u202eb\\u3164"'
    assert in_lines({"a": "b\u3164é"}) == 'a: "b\\u3164\\xE9"\n'
