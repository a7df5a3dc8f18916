"""What a Score module makes of a value as a script has written it, measured on the designer's packages.

A config's values have a form of their own (``settings.fault``); a script's must be in the form that the module takes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.names import nearest
from generator.settings import command_line_fault
from generator.spelling import spell, spell_allowed
from generator.table import Parameter, Value


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
        if as_member and value.enum == parameter.enum:
            if value.name in members:
                return value.name, None
            return None, _not_allowed(parameter, f"{value.enum} has no member {value.name}", value.name)
        return None, Wrong(
            "type",
            f"{value.enum}.{value.name} is not what it takes: write {_allowed(parameter)}",
            members.get(value.name),
        )
    if not as_member and isinstance(value, str) and value in names:
        return names[value], None
    meant = names.get(value) or members.get(value) if isinstance(value, str) else None
    if meant or as_member:
        shown = f"{value!r}"[:80]
        return None, Wrong(
            "type" if as_member else "value", f"{shown} is not what it takes: write {_allowed(parameter)}", meant
        )
    if not isinstance(value, str):
        return None, Wrong("type", f"{value!r} is not what it takes: write {_allowed(parameter)}")
    return None, _not_allowed(parameter, f"{value[:60]!r} is not allowed", value)


def _not_allowed(parameter: Parameter, what: str, word: str) -> Wrong:
    meant = {spelling: option.member for option in parameter.options for spelling in option.spellings}
    near = nearest(word, meant)
    return Wrong("value", f"{what}: write {_allowed(parameter)}", meant[near] if near else None)


def _allowed(parameter: Parameter) -> str:
    prefix = f"{parameter.enum}." if parameter.written_as[0] == "member" else ""
    return prefix + " ".join(spell_allowed(parameter))


def _boolean(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    if isinstance(value, bool) and "boolean" in parameter.written_as:
        return value, None
    if isinstance(value, str) and value in ("True", "False") and "string" in parameter.written_as:
        return value == "True", None
    meant = {"true": True, "false": False}.get(str(value).strip().lower())
    forms = f"{spell(parameter, True)} or {spell(parameter, False)}"
    return None, Wrong(
        "type",
        f"{str(value)[:60] if not isinstance(value, str) else repr(value[:60])} is not what it takes: write {forms}",
        meant,
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
    return None, Wrong("type", f"{value!r:.60} is not a whole number", number)


def _text(parameter: Parameter, value: Any) -> tuple[Value, Wrong | None]:
    if not isinstance(value, str) and not parameter.converts:
        return None, Wrong("type", f"{value!r:.60} is not text")
    text = str(value)
    message = command_line_fault(parameter.command_line, text) if parameter.command_line else None
    return text, Wrong("command line", message) if message else None
