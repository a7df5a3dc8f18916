"""Values that a module refuses, ignores, or is better not given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from generator.checks.context import Call, Context, Given
from generator.checks.forms import wrong_form
from generator.checks.registry import Remark, check
from generator.checks.wording import allowed, meant, wanted
from generator.facts.modules import Option, Parameter
from generator.rules.coercion import Member, Wrong, judge, shown
from generator.rules.command_line import advice, effects, said_of
from generator.script import designer
from generator.script.values import DYNAMIC
from generator.translations.language import say


@check("SG102")
def not_allowed(script: Context) -> Iterator[Remark]:
    """Find options that the module does not know."""
    yield from _wrong(script, "value")
    members = script.execution.wrong_members.values() if script.execution else ()
    if not members:
        return
    judged = {id(spot.node) for call in script.calls for item in call.arguments for _, spot in item.alternatives}
    for node, member in members:  # they fail wherever they stand
        parameter = designer.enums_by_name()[member.enum]
        wrong = judge(parameter, member)[1]
        if wrong and id(node) not in judged:
            proposed = meant(parameter, wrong.suggestion)
            message = say("{message}: write {proposed}", message=wrong.message, proposed=proposed or wanted(parameter))
            yield Remark(node, message, parameter.name, allowed(parameter), proposed)


@check("SG103")
def wrong_type(script: Context) -> Iterator[Remark]:
    """Find values, models, requests and datasets in a form that the module does not take."""
    yield from _wrong(script, "type")
    for call, parameter, given in script.settings:
        if _is_refused_boolean(parameter, given, call):
            message = say(
                "{value} is not a whole number: write {minimum} or more",
                value=given.value,
                minimum=max(1, parameter.minimum or 1),
            )
            yield Remark(given.node, message, parameter.name)
    for _, port, at_port in script.ports:
        wrong = wrong_form(port, at_port) if at_port and at_port.value is not None else None
        if at_port and wrong:
            yield Remark(at_port.argument.value, wrong, port.name)


@check("SG104")
def below_minimum(script: Context) -> Iterator[Remark]:
    """Find numbers that are too small."""
    for call, parameter, given in script.settings:
        if _is_below(parameter, given.canonical) and not _is_refused_boolean(parameter, given, call):
            holds = parameter.minimum_holds
            fails = holds == "always" or (holds == "where it counts" and call.counts(parameter))
            message = _too_small(parameter, given.canonical)
            yield Remark(given.node, message, parameter.name, severity=None if fails else "warning")
        for node, number, wrong in _judged_alternatives(parameter, given):
            if wrong is None and _is_below(parameter, number):
                yield Remark(node, _too_small(parameter, number), parameter.name, severity="warning")


def _is_below(parameter: Parameter, number: object) -> bool:
    """Say whether a value is a number that is too small."""
    return parameter.minimum is not None and isinstance(number, int) and number < parameter.minimum


def _too_small(parameter: Parameter, number: object) -> str:
    """Return what is said of a number that is too small."""
    return say(
        "{number} is below the minimum: write {minimum} or more", number=shown(number), minimum=parameter.minimum
    )


@check("SG109")
def command_line(script: Context) -> Iterator[Remark]:
    """Find command line options that do not work, or do harm."""
    yield from _wrong(script, "command line")
    for call, parameter, given in script.settings:
        if has_effect(call, parameter, given):
            harm = advice(parameter, given.canonical)
            if harm:
                yield Remark(given.node, harm, parameter.name, severity="warning")


@check("SG111")
def not_for_production(script: Context) -> Iterator[Remark]:
    """Find options that are meant for something else than answering requests."""
    for call, parameter, given in script.settings:
        option = option_of(call, parameter, given)
        if option and option.meant_for:
            yield Remark(
                given.node,
                say("{name!r} is meant for {meant_for}", name=option.name, meant_for=say(option.meant_for)),
                parameter.name,
            )


@check("SG114")
def not_known(script: Context) -> Iterator[Remark]:
    """Find values that only the running script knows: one remark for a script, however many they are."""
    found = [
        (parameter, given)
        for _, parameter, given in script.settings
        if given.value is DYNAMIC
        and not any(wrong or _is_below(parameter, value) for _, value, wrong in _judged_alternatives(parameter, given))
    ]
    if not found:
        return
    parameter, given = found[0]
    names = list(dict.fromkeys(parameter.name for parameter, _ in found))
    if len(names) == 1:
        message = say("the value is only known when the script runs: it must be {wanted}", wanted=wanted(parameter))
        yield Remark(given.argument.value, message, parameter.name)
    else:
        message = say(
            "the values of {names} and {last} are only known when the script runs",
            names=", ".join(names[:-1]),
            last=names[-1],
        )
        yield Remark(given.argument.value, say("{message}: they are not checked", message=message))


@check("SG125")
def squeezed(script: Context) -> Iterator[Remark]:
    """Find command lines that are right for some models alone, such as the downloaded ``--link logistic``."""
    for call, parameter, given in script.settings:
        if parameter.command_line and has_effect(call, parameter, given) and isinstance(given.canonical, str):
            for effect in effects(parameter.command_line, given.canonical):
                said = said_of(effect, script.endpoint.predictions)
                if said:
                    yield Remark(given.node, said[0], parameter.name, severity="warning" if said[1] else None)


def has_effect(call: Call, parameter: Parameter, given: Given) -> bool:
    """Say whether a value is one that the module looks at, as far as can be told."""
    is_right = given.canonical is not None and given.wrong is None
    return is_right and not parameter.ignored and call.counts(parameter) is not False


def option_of(call: Call, parameter: Parameter, given: Given) -> Option | None:
    """Return the option that a value is, where it surely counts."""
    if given.canonical is None or parameter.ignored or not call.counts(parameter):
        return None
    return next((option for option in parameter.options if option.member == given.canonical), None)


def _wrong(script: Context, kind: str) -> Iterator[Remark]:
    """Yield the values that are wrong in one way."""
    for _, parameter, given in script.settings:
        if given.wrong and given.wrong.kind == kind:
            proposed = meant(parameter, given.wrong.suggestion)
            remedy = "" if kind == "command line" else say(": write {proposed}", proposed=proposed or wanted(parameter))
            yield Remark(given.node, given.wrong.message + remedy, parameter.name, allowed(parameter), proposed)
        for node, value, wrong in _judged_alternatives(parameter, given):
            if wrong and wrong.kind == kind:
                proposed = meant(parameter, wrong.suggestion)
                remedy = (
                    "" if kind == "command line" else say(": write {proposed}", proposed=proposed or wanted(parameter))
                )
                fails = isinstance(value, Member) and kind == "value"  # an AttributeError wherever it stands
                message = wrong.message + remedy
                yield Remark(node, message, parameter.name, allowed(parameter), proposed, None if fails else "warning")


def _judged_alternatives(parameter: Parameter, given: Given) -> Iterator[tuple[ast.AST, Any, Wrong | None]]:
    """Yield the values that one branch or another gives, each with where it is written and what is wrong with it."""
    if given.value is DYNAMIC:
        for value, spot in given.argument.alternatives:
            yield spot.node, value, judge(parameter, value)[1]


def _is_refused_boolean(parameter: Parameter, given: Given, call: Call) -> bool:
    """Say whether a boolean stands for a number in a mode that takes none: Python takes True for 1 elsewhere."""
    return isinstance(given.value, bool) and bool(parameter.never_boolean and call.holds(parameter.never_boolean))
