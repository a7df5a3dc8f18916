"""Putting right what is surely meant in a script that does not pass its check."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from generator.actions.check import check
from generator.facts.modules import Parameter
from generator.findings import Finding, UnfollowableError
from generator.rules.as_written import Member, judge
from generator.rules.literals import quoted
from generator.script.arguments import Argument, arguments_of
from generator.script.calls import MOST_CALLS, ScoringCall, scoring_calls
from generator.script.edit.enum_imports import Enums
from generator.script.parse import parse
from generator.script.places import Places, name_node
from generator.script.scopes import Names, assigned_once, scan
from generator.script.values import evaluate, source_of
from generator.text.similar import letters
from generator.text.spans import Edit, OverlapError, Text, UnreadableError

if TYPE_CHECKING:
    from generator.script.edit.call import Editor

_WRONG_NAMES = {"SG101", "SG115", "SG116"}
_WRONG_VALUES = {"SG102", "SG103", "SG104", "SG108", "SG109"}
_SIMILAR = 0.9
_MOST_WORK = 1_000_000  # characters, since each fix reads the whole script again: what is left, another run puts right
_MARK = "\ufeff"  # a byte order mark that is left in a text


class Fixed(NamedTuple):
    """A script, and how many findings less it has."""

    source: str
    number: int


def fix(source: str) -> str:
    """Return the script with the mistakes put right of which it is sure what was meant.

    Those are a misspelt parameter or option with one near candidate, a boolean or an Enum's member in the form of
    another module, and an Enum that is not imported. A script that does not parse is returned as it is.
    """
    return fix_and_count(source).source


def fix_and_count(source: str) -> Fixed:
    """Return the same as ``fix``, and how much was put right."""
    if source.startswith(_MARK):
        fixed = fix_and_count(source.removeprefix(_MARK))
        return Fixed(_MARK + fixed.source, fixed.number)
    findings = check(source)
    left_alone: set[tuple[str | None, ...]] = set()
    count = 0
    for _ in range(1 + _MOST_WORK // (1 + len(source))):
        finding = next((item for item in findings if item.code in _FIXES and _what(item) not in left_alone), None)
        if finding is None:
            break
        step = _step(source, findings, finding)
        if step:
            count += max(1, sum(_burden(findings)) - sum(_burden(step.findings)))
            source, findings = step.source, step.findings
        else:
            left_alone.add(_what(finding))
    return Fixed(source, count)


def edits_for_each(source: str) -> dict[Finding, list[Edit]]:
    """Return the edits for each finding that ``fix`` puts right, which put right that one alone.

    The script is one without a byte order mark.
    """
    findings = check(source)
    left = Counter(map(_what, check(fix(source))))
    found = {}
    for finding in reversed(findings):  # of findings that say the same, the first are put right
        if left[_what(finding)]:
            left[_what(finding)] -= 1
        elif finding.code in _FIXES and (step := _step(source, findings, finding)):
            found[finding] = step.edits
    return found


class _Step(NamedTuple):
    """The edits that put right one finding, and the script and its findings after them."""

    edits: list[Edit]
    source: str
    findings: list[Finding]


def _step(source: str, findings: list[Finding], finding: Finding) -> _Step | None:
    """Put right one finding; None where it is not sure what was meant, or as much would be wrong as before."""
    edits = _edits(source, finding)
    if not edits:
        return None
    try:
        result = Text(source).edited(edits)
    except OverlapError:
        return None
    remaining = check(result)
    return _Step(edits, result, remaining) if _is_better(findings, remaining) else None


def _what(finding: Finding) -> tuple[str | None, ...]:
    """Return what tells a finding from others, wherever it moves while those are put right."""
    return finding.code, finding.about, finding.message


def _is_better(before: list[Finding], after: list[Finding]) -> bool:
    return not any(finding.code == "SG100" for finding in after) and _burden(after) < _burden(before)


def _burden(findings: list[Finding]) -> tuple[int, int]:
    """Return how many names and how many values are wrong.

    A fix must lower that. Not counted is what only comes to light once a name or the mode is understood: an argument
    that is missing, and, below a name, its value.
    """
    errors = [finding.code for finding in findings if finding.severity == "error"]
    return sum(code in _WRONG_NAMES for code in errors), sum(code in _WRONG_VALUES for code in errors)


class _Place(NamedTuple):
    """A scoring call and one of its arguments."""

    text: Places
    names: Names
    call: ScoringCall
    arguments: dict[str, Argument]
    argument: Argument

    @property
    def parameter(self) -> Parameter | None:
        return next((item for item in self.call.table.parameters if item.name == self.argument.name), None)

    def is_at(self, node: ast.AST, finding: Finding) -> bool:
        return self.text.places(node) == (finding.place, finding.behind)

    def editor(self, enums: Enums) -> Editor:
        from generator.script.edit.call import Editor

        return Editor(self.text, self.names, enums, self.call, self.arguments)

    def edits(self, editor: Editor) -> list[Edit]:
        try:
            return editor.edits()
        except UnreadableError:
            return []

    def enums(self) -> Enums:
        return Enums(self.names, self.text, self.call)


def _edits(source: str, finding: Finding) -> list[Edit]:
    """Return the edits that put right what one finding is about; none where it is not sure what was meant."""
    text = Places(source)
    names = scan(parse(source))
    for call in scoring_calls(names)[:MOST_CALLS]:
        try:
            arguments = {argument.name: argument for argument in arguments_of(call)}
        except UnfollowableError:
            continue
        for argument in arguments.values():
            if argument.name == finding.about:
                edits = _FIXES[finding.code](_Place(text, names, call, arguments, argument), finding)
                if edits:
                    return edits
    return []


def _right_name(place: _Place, finding: Finding) -> list[Edit]:
    node = name_node(place.argument.key)
    name = (finding.suggestion or "").strip("'")
    candidates = {candidate: candidate for candidate in finding.allowed or ()}
    if not place.is_at(node, finding) or name in place.arguments or not _is_sure(place.argument.name, name, candidates):
        return []
    quote = place.text.of(node)[0]
    source = name if isinstance(place.argument.key, ast.keyword) else quoted(name, quote if quote in "'\"" else '"')
    return [Edit(place.text.span(node), source)]


def _right_value(place: _Place, finding: Finding) -> list[Edit]:
    parameter = place.parameter
    node, scope = source_of(place.argument.value, place.argument.scope)
    if parameter is None or parameter.type not in ("option", "boolean") or not place.is_at(node, finding):
        return []
    if not _stands_alone(place.argument):
        return []
    value = evaluate(node, scope, place.call.table)
    _, wrong = judge(parameter, value)
    if wrong is None or wrong.suggestion is None:
        return []
    if parameter.type == "option":
        members = {spelling: option.member for option in parameter.options for spelling in option.spellings}
        word = value.name if isinstance(value, Member) else str(value)
        if not _is_sure(word, str(wrong.suggestion), members):
            return []
    editor = place.editor(place.enums())
    editor.replace(parameter, place.argument, wrong.suggestion)
    return place.edits(editor)


def _right_import(place: _Place, finding: Finding) -> list[Edit]:
    node, scope = source_of(place.argument.value, place.argument.scope)
    value = evaluate(node, scope, place.call.table)
    if not isinstance(node, ast.Attribute | ast.Subscript) or not isinstance(value, Member):
        return []
    if not place.is_at(node.value, finding):
        return []
    enums = place.enums()
    spelled = enums.spelled(value.enum)
    return place.edits(place.editor(enums)) if enums.missing else [Edit(place.text.span(node.value), spelled)]


def _stands_alone(argument: Argument) -> bool:
    """Say whether a value is given to nothing but the argument: not also to a second name, as in ``a = b = True``."""
    if not isinstance(argument.value, ast.Name):
        return not isinstance(argument.value, ast.NamedExpr)
    binding = assigned_once(argument.value.id, argument.scope)
    statement = binding.trail.node if binding and binding.trail else None
    return isinstance(statement, ast.AnnAssign) or (isinstance(statement, ast.Assign) and len(statement.targets) == 1)


_FIXES = {"SG101": _right_name, "SG102": _right_value, "SG103": _right_value, "SG108": _right_import}


def _is_sure(word: str, meant: str, candidates: Mapping[str, str]) -> bool:
    """Say whether ``meant`` is the only one near a word; ``candidates`` gives each spelling what it stands for."""
    import difflib

    wanted = letters(word)
    same = {target for spelling, target in candidates.items() if letters(spelling) == wanted}
    near = {
        target
        for spelling, target in candidates.items()
        if difflib.SequenceMatcher(None, wanted, letters(spelling)).ratio() >= _SIMILAR
        or (len(wanted) > 3 and letters(spelling).startswith(wanted))
    }
    return (same or near) == {meant}
