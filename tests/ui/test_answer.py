"""What a script has answered, as the page can show it."""

from __future__ import annotations

from typing import Any

from generator.trial.response import Table
from generator.ui.answer import _shortened


def test_a_large_answer_is_shown_in_part() -> None:
    rows: list[list[Any]] = [["x" * 20_000_000, *range(11_999)]] * 200
    table, left_out = _shortened(Table([f"c{number}" for number in range(12_000)], rows))
    assert (len(table.rows), len(table.rows[0]), len(table.names or ()), left_out) == (100, 500, 500, 11_500)
    assert table.rows[0][0] == "x" * 1000 + "..."


def test_what_cannot_be_seen_in_an_answer_is_escaped() -> None:
    table, left_out = _shortened(Table(["a\u202e"], [["\x1b[31m\u3164"], [None], [0.5], [["\x07"]]]))
    assert (table, left_out) == (Table(["a\\u202e"], [["\\x1b[31m\\u3164"], [None], [0.5], ["['\\x07']"]]), 0)


def test_an_answer_without_rows_is_shown_as_it_is() -> None:
    assert _shortened(Table(None, [])) == (Table(None, []), 0)
