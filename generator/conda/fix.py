"""Fixes for a conda file: what can be fixed safely, and no other byte."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from generator.conda.check import Located, locate
from generator.conda.environment_file import Environment, Listing, read_environment
from generator.conda.requirements import Requirement
from generator.conda.verdict import Cure, Verdict
from generator.facts.conda import load_facts
from generator.facts.modules import Table
from generator.text.spans import Edit, Span, Text

_MOST_WORK = 200_000  # characters, since each fix reads the whole file again: what is left, another run puts right
_MARK = "\ufeff"  # a byte order mark that is left in a text

_What: TypeAlias = "tuple[str, str, str]"
"""What tells a finding from others, wherever it moves while those are put right."""


class FixedConda(NamedTuple):
    """A conda file, and how many findings were fixed in it."""

    text: str
    number: int


def fix_conda(text: str, table: Table | None, scikit_learn: Sequence[str] = ()) -> str:
    """Return the conda file with the mistakes fixed that can be fixed safely.

    What the script needs and the file lacks is added, and what is not pinned, or to a release that cannot work, is
    pinned to the release that the finding names. A release that cannot load the model, which names versions of
    ``scikit_learn``, gives way to the set that can. A finding that a comment silences is left alone.
    """
    return fix_conda_and_count(text, table, scikit_learn).text


def fix_conda_and_count(text: str, table: Table | None, scikit_learn: Sequence[str] = ()) -> FixedConda:
    """Return the same as ``fix_conda``, and how much was put right."""
    if text.startswith(_MARK):
        fixed = fix_conda_and_count(text.removeprefix(_MARK), table, scikit_learn)
        return FixedConda(_MARK + fixed.text, fixed.number)
    count, left_alone = 0, set[_What]()
    environment = read_environment(text)

    def locate_in(text: str, environment: Environment) -> list[Located]:
        return [] if environment.wrong else locate(text, environment, table, scikit_learn)

    for _ in range(1 + _MOST_WORK // (1 + len(text))):
        verdicts = (located.verdict for located in locate_in(text, environment))
        verdict = next((each for each in verdicts if each.cure and _what(each) not in left_alone), None)
        if verdict is None or verdict.cure is None:
            break
        result = _cured(text, environment, verdict.requirement, verdict.cure)
        after = read_environment(result)
        left = {_what(located.verdict) for located in locate_in(result, after)}
        if _says_what_is_meant(environment, verdict.requirement, verdict.cure, after) and _what(verdict) not in left:
            text, environment, count = result, after, count + 1
        left_alone.add(_what(verdict))
    return FixedConda(text, count)


def _what(verdict: Verdict) -> _What:
    return verdict.code, verdict.package, verdict.requirement.text if verdict.requirement else ""


def _says_what_is_meant(before: Environment, old: Requirement | None, cure: Cure, after: Environment) -> bool:
    """Say whether the requirements are those from before but for what was to be written."""
    texts = [(requirement.manager, requirement.text) for requirement in before.requirements]
    if old:
        texts.remove((old.manager, old.text))
    wanted = sorted([*texts, tuple(cure)])
    return not after.wrong and wanted == sorted((item.manager, item.text) for item in after.requirements)


def _cured(text: str, environment: Environment, old: Requirement | None, cure: Cure) -> str:
    """Return the text with a cure in place of an old requirement, or added; as it is where it cannot be edited."""
    edit = _replaced(environment, old, cure) if old else _added(text, environment, cure)
    return Text(text).edited([edit]) if edit else text


def _replaced(environment: Environment, old: Requirement, cure: Cure) -> Edit | None:
    entry = next(entry for entry in environment.entries if entry.requirement is old)
    return None if entry.quotes is None else Edit(entry.span, f"{entry.quotes}{cure.text}{entry.quotes}")


def _added(text: str, environment: Environment, cure: Cure) -> Edit | None:
    """Add a requirement to the list of its manager: for conda before pip's list, for pip before the serving package.

    An old pip lets the first requirement decide, and the serving package asks for less than the others do.
    """
    assert environment.dependencies
    entries = [entry for entry in environment.entries if entry.requirement.manager == cure.manager]
    spans = [entry.span for entry in entries]
    if cure.manager == "conda":
        return _inserted(text, environment.dependencies, spans[-1:], cure.text)
    if environment.pip:
        names = [entry.requirement.name for entry in entries]
        serving = load_facts().serving.name
        end = names.index(serving) if serving in names else len(names)
        return _inserted(text, environment.pip, spans[:end][-1:], cure.text)
    conda = [entry.span for entry in environment.entries]
    return _inserted(text, environment.dependencies, conda[-1:], cure.text, "pip")


def _inserted(text: str, listing: Listing, behind: list[Span], item: str, key: str = "") -> Edit | None:
    """Write an item behind another of a list, or else first; below a key if there is one."""
    if listing.is_flow:
        item = f"{{{key}: [{item}]}}" if key else item
        at = behind[0][1] if behind else listing.span[0] + 1
        before, after = (", ", "") if behind else ("", ", " if listing.items else "")
        return Edit((at, at), f"{before}{item}{after}")
    if not listing.items:
        return None
    source = Text(text)
    start, end = behind[0] if behind else listing.items[0]
    line = text[source.line_start(start) : start]
    dash = line.rfind("-")
    if line[: max(dash, 0)].strip():
        return None
    indent, gap = line[:dash], line[dash + 1 :]
    nested = f"{key}:{source.newline}{indent} {gap}-{gap}{item}" if key else item
    written = f"{indent}-{gap}{nested}"
    if behind:
        at = source.line_end(end)
        return Edit((at, at), source.newline + written)
    at = source.line_start(start)
    return Edit((at, at), written + source.newline)
