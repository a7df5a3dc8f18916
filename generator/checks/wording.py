"""How the messages of checks spell what a parameter takes."""

from __future__ import annotations

from generator.facts.modules import Parameter, Value
from generator.rules.literals import spell
from generator.text.wording import either
from generator.translations.language import say


def wanted(parameter: Parameter) -> str:
    """Return what a script may write for a parameter, as a message says it."""
    if parameter.type == "integer":
        return say("a whole number, {minimum} or more", minimum=parameter.minimum)
    values = allowed(parameter)
    return either(values) if values else say("a text")


def allowed(parameter: Parameter) -> tuple[str, ...] | None:
    """Return the values that a parameter takes, as source; None where there are too many."""
    if parameter.type == "option":
        return tuple(spell(parameter, option.member) for option in parameter.options)
    return (spell(parameter, True), spell(parameter, False)) if parameter.type == "boolean" else None


def meant(parameter: Parameter, value: Value) -> str | None:
    """Return the value that is most likely meant, as source; None where there is none."""
    return None if value is None else spell(parameter, value)
