"""Mistakes put into working scripts at random: each is fixed, reported, or in a value that is said not to be known."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator

import pytest

from generator.actions.check import check
from generator.actions.fix import fix
from generator.facts.modules import Table
from generator.findings import Finding
from tests.support.designer_stubs import Outcome, executed
from tests.support.styles import Style, styles

EACH = 60
WORKING = [style for style in styles() if not executed(style.source, style.requests, style.beside).error]
SEEDS = range(int(os.environ.get("SCOREGEN_MISTAKES", "1200")) // EACH)


def mistakes(style: Style, source: str) -> Iterator[Callable[[random.Random], str]]:
    """Yield ways to spoil a script, those that find a place in it."""
    for pattern, change in _SPOILT:
        places = list(re.finditer(_filled(pattern, style.table), source))
        if places:
            yield lambda choose, places=places, change=change: _spoilt(source, places, change, choose)  # type: ignore[misc]


def _filled(pattern: str, table: Table) -> str:
    parameters = "|".join(parameter.name for parameter in table.parameters)
    enums = "|".join(parameter.enum for parameter in table.parameters if parameter.enum) or "no enum"
    return pattern.replace("PARAMETERS", parameters).replace("ENUMS", enums)


def _spoilt(
    source: str, places: list[re.Match[str]], change: Callable[[str, random.Random], str], choose: random.Random
) -> str:
    place = choose.choice(places)
    return source[: place.start(1)] + change(place[1], choose) + source[place.end(1) :]


def _misspelt(word: str, choose: random.Random) -> str:
    at = choose.randrange(len(word) - 1)
    return choose.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word.lower(),
            word.replace("_", "-") if "_" not in word else word.replace("_", "", 1),
        ]
    )


def _as_text(word: str, choose: random.Random) -> str:
    return repr(choose.choice([word, word.lower()]))


def _other(*words: str) -> Callable[[str, random.Random], str]:
    return lambda word, choose: choose.choice(words)


_SPOILT: list[tuple[str, Callable[[str, random.Random], str]]] = [
    (r"(?:ENUMS)\.(\w+)", _misspelt),
    (r"\b(PARAMETERS)(?==|\")", _misspelt),
    (r"(?:PARAMETERS)\"?\]?\s*(?:=|:)\s*(\d+)", _as_text),
    (r"(?:PARAMETERS)\"?\]?\s*(?:=|:)\s*(\d+)", _other("0", "-3", "None", "True", "5.0")),
    (r"(?:PARAMETERS)\"?\]?\s*(?:=|:)\s*(True|False)", _as_text),
    (r"(?:PARAMETERS)\"?\]?\s*(?:=|:)\s*(True|False)", _other("0", "1", "None", "'yes'")),
    (r"((?:ENUMS)\.\w+)", _other("'Rating Prediction'", "'ItemRecommendation'", "None", "'From All Items'", "1")),
    (r"\btop = (\d+)", _other("'5'", "0", "None")),
    (r"((?:PARAMETERS)=[^,()]+, )", _other("")),
    (r"(, (?:PARAMETERS)=[\w.]+)(?=\))", _other("")),
    (r"import .*(, (?:ENUMS))", _other("")),
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_no_script_that_fails_is_called_clean(seed: int) -> None:
    choose = random.Random(seed)
    wrong = []
    for _ in range(EACH):
        style = choose.choice(WORKING)
        source = choose.choice(list(mistakes(style, style.source)))(choose)
        result = _run(style, source)
        found = check(source)
        if not result.error:
            if result == _run(style, style.source):
                wrong += [f"{style.name}: called wrong, and works: {item}" for item in found if _is_an_error(item)]
            continue
        fixed = fix(source)
        if fixed == style.source:
            continue
        if "NameError" in result.error and " import *" in style.source:  # a module that is not there could bring it
            continue
        judged = {"error", "warning"} & {item.severity for item in found}
        unknown = {"SG114", "SG117", "SG118"} & {item.code for item in found}
        if not judged and not unknown:
            wrong.append(f"{style.name}: {result.error} and no word of it:\n{_difference(style.source, source)}")
        after = _run(style, fixed)
        if fixed != source and after.error and not check(fixed):
            wrong.append(f"{style.name}: fixed, and fails: {after.error}")
    assert wrong == []


def _is_an_error(item: Finding) -> bool:
    """Say whether a finding says that every request fails: a member that is not there fails where it is used."""
    said = ("has no member", "the endpoint has 3.8")
    return item.severity == "error" and not any(part in item.message for part in said)


def _run(style: Style, source: str) -> Outcome:
    return executed(source, style.requests, style.beside)


def _difference(before: str, after: str) -> str:
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    return "\n".join(new for old, new in pairs if old != new)
