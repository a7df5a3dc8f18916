"""Fixes for a script that does not pass its check: what can be fixed safely."""

from __future__ import annotations

import ast
import itertools
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from generator.actions.check import Examined, examine
from generator.checks.context import Call, Context, Given, mentions_a_module
from generator.findings import Finding, UnfollowableError
from generator.rules.coercion import Member, judge
from generator.rules.literals import quoted
from generator.script.arguments import Argument
from generator.script.edit.call import Editor
from generator.script.edit.enum_imports import Enums
from generator.script.places import Places, name_node
from generator.script.values import DYNAMIC
from generator.text.similar import letters
from generator.text.spans import Edit, OverlapError, UnreadableError

_WRONG_NAMES = {"SG101", "SG115", "SG116"}
_WRONG_VALUES = {"SG102", "SG103", "SG104", "SG108", "SG109"}
_SIMILAR = 0.9
_MOST_WORK = 1_000_000  # characters, since each fix reads the whole script again: what is left, another run puts right
_MARK = "\ufeff"  # a byte order mark that is left in a text


def fix(source: str) -> str:
    """Return the script with the mistakes fixed that can be fixed safely.

    Those are a misspelt parameter or option with one near candidate, a boolean or an Enum's member in the form of
    another module, and an Enum that is not imported. A script that does not parse is returned as it is.
    """
    if not mentions_a_module(source):
        return source
    mark = source[: source.startswith(_MARK)]
    return mark + fix_examined(examine(source))[0].source


def fix_examined(examined: Examined) -> tuple[Examined, int]:
    """Return a script that was read already with the same mistakes fixed, and how many findings that fixed."""
    left_alone: set[tuple[str | None, ...]] = set()
    count, edits = 0, _all_edits(examined)
    for _ in range(1 + _MOST_WORK // (1 + len(examined.source))):
        if not edits:
            break
        first = next(iter(edits))
        after = _step(examined, edits) or _step(examined, {first: edits[first]})
        if after:
            count += max(1, sum(_burden(examined.findings)) - sum(_burden(after.findings)))
            examined = after
            edits = _all_edits(examined)
        else:
            left_alone.add(_what(first))
        edits = {finding: found for finding, found in edits.items() if _what(finding) not in left_alone}
    return examined, count


def edits_for_each(examined: Examined) -> dict[Finding, list[Edit]]:
    """Return the edits for each finding that ``fix`` puts right, which put right that one alone."""
    edits = _all_edits(examined)
    wanted = [finding for finding in examined.findings if finding.code in _FIXES]
    if not edits or (len(edits) == len(wanted) and _step(examined, edits)):
        return edits
    left = Counter(map(_what, fix_examined(examined)[0].findings))
    found: dict[Finding, list[Edit]] = {}
    for finding in reversed(wanted):  # of findings that say the same, the first are put right
        if left[_what(finding)]:
            left[_what(finding)] -= 1
        elif finding in edits and _step(examined, alone := {finding: edits[finding]}):
            found |= alone
    return found


def _all_edits(examined: Examined) -> dict[Finding, list[Edit]]:
    """Return the edits for each finding of which it is sure what was meant."""
    wanted = (finding for finding in examined.findings if finding.code in _FIXES)
    return {finding: found for finding in wanted if (found := _edits(examined.script, finding))}


def _step(before: Examined, edits: dict[Finding, list[Edit]]) -> Examined | None:
    """Fix several findings at once, each by its own edits: then the script is read again once, not once for each.

    None where two want the same place, or where a finding stays: then each is to be tried alone.
    """
    every = list(dict.fromkeys(edit for found in edits.values() for edit in found))  # one import may serve several
    if len(edits) > 1 and _touch(every):
        return None
    try:
        after = examine(before.script.places.edited(every), before.script.endpoint)
    except OverlapError:
        return None
    return after if _is_better(before.findings, after.findings, len(edits)) else None


def _touch(edits: list[Edit]) -> bool:
    """Say whether two edits are at one place, as two that add a name to one import."""
    spans = sorted(edit.span for edit in edits)
    return any(one[1] >= other[0] for one, other in itertools.pairwise(spans))


def _what(finding: Finding) -> tuple[str | None, ...]:
    """Return what tells a finding from others, wherever it moves while those are put right."""
    return finding.code, finding.about, finding.message


def _is_better(before: list[Finding], after: list[Finding], number: int) -> bool:
    """Say whether a script has less wrong with it, by as much at least as was to be put right."""
    less = sum(_burden(before)) - sum(_burden(after)) >= number or number == 1
    return less and not any(finding.code == "SG100" for finding in after) and _burden(after) < _burden(before)


def _burden(findings: list[Finding]) -> tuple[int, int]:
    """Return how many names and how many values are wrong.

    A fix must lower that. Not counted is what only comes to light once a name or the mode is understood: an argument
    that is missing, and, below a name, its value.
    """
    errors = [finding.code for finding in findings if finding.severity == "error"]
    return sum(code in _WRONG_NAMES for code in errors), sum(code in _WRONG_VALUES for code in errors)


class _Place(NamedTuple):
    """A scoring call and one of its arguments."""

    script: Context
    call: Call
    given: Given

    @property
    def text(self) -> Places:
        return self.script.places

    @property
    def arguments(self) -> dict[str, Argument]:
        return {name: given.argument for name, given in self.call.given.items()}

    def is_at(self, node: ast.AST, finding: Finding) -> bool:
        return self.text.places(node) == (finding.place, finding.behind)

    def editor(self, enums: Enums) -> Editor:
        assert self.script.execution
        return Editor(self.text, self.script.names, self.script.execution, enums, self.call.scoring, self.arguments)

    def edits(self, editor: Editor) -> list[Edit]:
        try:
            return editor.edits()
        except UnreadableError:
            return []

    def enums(self) -> Enums:
        return Enums(self.script.names, self.text, self.call.scoring)


def _edits(script: Context, finding: Finding) -> list[Edit]:
    """Return the edits that put right what one finding is about; none where it is not clear what was meant."""
    for call in script.calls:
        given = call.given.get(finding.about)
        try:
            edits = _FIXES[finding.code](_Place(script, call, given), finding) if given else None
        except UnfollowableError:
            continue
        if edits:
            return edits
    return []


def _right_name(place: _Place, finding: Finding) -> list[Edit]:
    argument = place.given.argument
    node = name_node(argument.key)
    name = (finding.suggestion or "").strip("'")
    candidates = {candidate: candidate for candidate in finding.allowed or ()}
    if not place.is_at(node, finding) or name in place.call.given or not _is_sure(argument.name, name, candidates):
        return []
    quote = place.text.of(node)[0]
    source = name if isinstance(argument.key, ast.keyword) else quoted(name, quote if quote in "'\"" else '"')
    return [Edit(place.text.span(node), source)]


def _right_value(place: _Place, finding: Finding) -> list[Edit]:
    given = place.given
    parameter = place.call.parameters.get(given.argument.name)
    if parameter is None or parameter.type not in ("option", "boolean"):
        return []
    found = [item for item in given.argument.alternatives if place.is_at(item[1].node, finding)]
    if not found:
        return []
    value, (node, scope) = found[0]
    _, wrong = judge(parameter, value)
    if wrong is None or wrong.suggestion is None:
        return []
    if parameter.type == "option":
        members = {spelling: option.member for option in parameter.options for spelling in option.spellings}
        word = value.name if isinstance(value, Member) else str(value)
        if not _is_sure(word, str(wrong.suggestion), members):
            return []
    editor = place.editor(place.enums())
    if isinstance(value, Member) and value.enum == parameter.enum:
        editor.put_right(parameter, node, scope, wrong.suggestion)  # it fails wherever it is used
    elif given.value is DYNAMIC:
        return []
    else:
        editor.replace(parameter, given.argument, wrong.suggestion)
    return place.edits(editor)


def _right_import(place: _Place, finding: Finding) -> list[Edit]:
    node, value = place.given.node, place.given.value
    if not isinstance(node, ast.Attribute | ast.Subscript) or not isinstance(value, Member):
        return []
    if not place.is_at(node.value, finding):
        return []
    enums = place.enums()
    spelled = enums.spelled(value.enum)
    return place.edits(place.editor(enums)) if enums.missing else [Edit(place.text.span(node.value), spelled)]


_FIXES = {"SG101": _right_name, "SG102": _right_value, "SG103": _right_value, "SG108": _right_import}


def _is_sure(word: str, meant: str, candidates: Mapping[str, str]) -> bool:
    """Say whether ``meant`` is the only one near a word; ``candidates`` gives each spelling what it stands for."""
    wanted = letters(word)
    same = {target for spelling, target in candidates.items() if letters(spelling) == wanted}
    near = {
        target
        for spelling, target in candidates.items()
        if _is_similar(wanted, letters(spelling)) or (len(wanted) > 3 and letters(spelling).startswith(wanted))
    }
    return (same or near) == {meant}


def _is_similar(one: str, other: str) -> bool:
    import difflib  # slow to import, and only for fixes

    if 2 * min(len(one), len(other)) < _SIMILAR * (len(one) + len(other)):  # no order of the letters could be enough
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= _SIMILAR
