"""What a Score module makes of a value as a script has written it, measured on the designer's packages.

A config's values have a form of their own (``settings.fault``); a script's must be in the form that the module takes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.facts.modules import Parameter, Value
from generator.rules.command_line import command_line_fault, contradiction
from generator.text.similar import nearest
from generator.text.wording import shortened
from generator.translations.language import say


class Member(NamedTuple):
    """A member of a Score module's Enum class, and whether the script imports that class."""

    enum: str
    name: str
    imported: bool = True


class Wrong(NamedTuple):
    """What is wrong with a written value; ``suggestion`` is the canonical value that is most likely meant."""

    kind: str
    message: str
    suggestion: Value = None


def judge(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    """Return the canonical value of what a script has written, and what is wrong with its form.

    None stands for left out, where the module has no other use for it. Minimums are for the caller to look at.
    """
    if value is None:
        return None, None
    rules = {"option": _option, "boolean": _boolean, "integer": _integer, "text": _text}
    return rules[parameter.type](parameter, value)


def _option(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    members = {option.member: option.member for option in parameter.options}
    names = {option.name: option.member for option in parameter.options}
    as_member = parameter.written_as[0] == "member"
    if isinstance(value, Member):
        if as_member and value.enum == parameter.enum and value.name in members:
            return value.name, None
        if as_member and value.enum == parameter.enum:
            return None, _not_allowed(
                parameter, say("{enum} has no member {name}", enum=value.enum, name=value.name), value.name
            )
        return None, _wrong_type(parameter, f"{value.enum}.{value.name}", members.get(value.name))
    if not as_member and isinstance(value, str) and value in names:
        return names[value], None
    meant = (names.get(value) or members.get(value)) if isinstance(value, str) else None
    if as_member or not isinstance(value, str):
        return None, _wrong_type(parameter, shown(value), meant)
    if meant:
        return None, Wrong(
            "value", say("{value!r} is a member's name, where the module takes the option's", value=value), meant
        )
    return None, _not_allowed(parameter, say("{value} is not allowed", value=shown(value)), value)


def _wrong_type(parameter: Parameter, shown: str, meant: Value) -> Wrong:
    wanted = say("a member of {enum}", enum=parameter.enum) if parameter.written_as[0] == "member" else say("a text")
    return Wrong("type", say("{shown} stands where the module takes {wanted}", shown=shown, wanted=wanted), meant)


def _not_allowed(parameter: Parameter, what: str, word: str) -> Wrong:
    meant = {spelling: option.member for option in parameter.options for spelling in option.spellings}
    near = nearest(word, meant)
    return Wrong("value", what, meant[near] if near else None)


def _boolean(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    if isinstance(value, bool) and "boolean" in parameter.written_as:
        return value, None
    if isinstance(value, str) and value in ("True", "False") and "string" in parameter.written_as:
        return value == "True", None
    meant = {"true": True, "false": False}.get(str(value).strip().lower()) if isinstance(value, (str, bool)) else None
    wanted = say("a text") if parameter.written_as[0] == "string" else say("a boolean")
    return None, Wrong(
        "type", say("{value} stands where the module takes {wanted}", value=shown(value), wanted=wanted), meant
    )


def _integer(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    if isinstance(value, int):
        return int(value), None
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    if parameter.converts and number is not None:
        return number, None
    return None, Wrong("type", say("{value} stands where the module takes a whole number", value=shown(value)), number)


def _text(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    if not isinstance(value, str) and not parameter.converts:
        return None, Wrong("type", say("{value} stands where the module takes a text", value=shown(value)))
    try:
        text = str(value)
    except ValueError:  # it holds a number that is too long for Python to write out
        return None, Wrong("type", say("{value} stands where the module takes a text", value=shown(value)))
    line = parameter.command_line
    message = (command_line_fault(line, text) or contradiction(line, text)) if line else None
    return text, Wrong("command line", message) if message else None


def shown(value: Any) -> str:
    """Return a value as a message names it: with its type, where its look does not tell."""
    if isinstance(value, Member):
        return f"{value.enum}.{value.name}"
    try:
        text = hex(value) if isinstance(value, int) and value.bit_length() > 200 else repr(value)
    except ValueError:  # it holds a number that is too long for Python to write out
        return say("this value")
    return shortened(text)
