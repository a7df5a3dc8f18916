"""What a table says of command lines: each text as it was seen on the designer's own module."""

from __future__ import annotations

import re

import pytest

from generator.facts.modules import CommandLine, load_tables
from generator.rules.command_line import (
    allowed_pattern,
    clean_pattern,
    command_line_advice,
    command_line_fault,
    contradiction,
)
from tests.support.vw_arguments import ANSWERED, IDLE, REFUSED


def vowpal_wabbit() -> CommandLine:
    (found,) = (item.command_line for table in load_tables() for item in table.parameters if item.command_line)
    return found


LINE = vowpal_wabbit()


def test_there_are_enough_texts() -> None:
    assert len({*ANSWERED, *IDLE, *REFUSED}) == len(ANSWERED) + len(IDLE) + len(REFUSED) >= 150


@pytest.mark.parametrize("text", ANSWERED)
def test_what_is_answered_is_allowed(text: str) -> None:
    assert (command_line_fault(LINE, text), contradiction(LINE, text)) == (None, None)
    assert command_line_advice(LINE, text) is None or "the model has its own" in str(command_line_advice(LINE, text))


@pytest.mark.parametrize("text", IDLE)
def test_what_has_no_effect_is_advised_against(text: str) -> None:
    assert command_line_fault(LINE, text) is None
    assert command_line_advice(LINE, text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_fails_is_refused_with_a_reason(text: str) -> None:
    said = command_line_fault(LINE, text) or contradiction(LINE, text)
    assert said
    assert "is not known, or lacks" not in said  # the words that are left when no option was found to blame


@pytest.mark.parametrize("text", ["--link logistic " * 400, "--id " * 2000, "x " * 5000 + "--nonsense", "-q ab" * 5000])
def test_long_texts_are_judged_at_once(text: str) -> None:
    command_line_fault(LINE, text)
    command_line_advice(LINE, text)


def test_the_patterns_are_those_of_javascript_too() -> None:
    for pattern in (allowed_pattern(LINE).pattern, clean_pattern(LINE).pattern):
        assert not re.search(r"\(\?(?:P|<)|\\[AZG]|\(\?[aimsux]", pattern)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-link logistic", "'-l' takes a number, not 'ink': write -l 0.5; did you mean '--link'?"),
        ("--lnik x", "'--lnik' is not a known option; did you mean '--link'?"),
        (
            '--link "logistic"',
            "'--link' takes identity, logistic, glf1 or poisson, not '\"logistic\"', and no quotes are taken off: "
            "write --link identity",
        ),
        ("--oaa 0", "'--oaa' takes a whole number, 1 or more, not '0': write --oaa 2"),
        ("--link logistic --link glf1", "'--link' is given twice, with logistic and with glf1: keep one"),
    ],
)
def test_the_words(text: str, said: str) -> None:
    assert (command_line_fault(LINE, text) or contradiction(LINE, text)) == said
