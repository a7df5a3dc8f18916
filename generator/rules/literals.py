"""Values as Python source: the one way in which anything a user wrote gets into a script, and the way back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from generator.facts.modules import Parameter, Value
from generator.text.invisible import escaped

_WIDEST_LINE = 99


def literal(value: Value, indent: int | None = None, before: int = 0) -> str:
    """Return Python source for a value; text in double quotes where that takes no more escapes, as black has it.

    What cannot be seen is escaped. ``indent`` is the indentation of the argument that the literal is, in columns, and
    ``before`` what stands before it on its line: a text too long for that becomes several, in parentheses. Without
    an indentation it is one, however long.
    """
    if not isinstance(value, str):
        return repr(value)
    whole = quoted(value)
    if not value or indent is None or indent + before + len(whole) < _WIDEST_LINE:
        return whole
    margin = " " * (indent + 4)
    lines = "\n".join(margin + quoted(part) for part in _parts(value, _WIDEST_LINE - len(margin) - 2))
    return f"(\n{lines}\n{' ' * indent})"


def short_literal(text: str, width: int) -> str:
    """Return the literal of a text on one line, of at most ``width`` columns: what is longer ends in ``...``."""
    whole = quoted(text)
    return whole if len(whole) <= width else quoted(next(_parts(text, width - 5)) + "...")


def spell(parameter: Parameter, value: Value, scope: str = "", indent: int | None = None) -> str:
    """Return Python source for a canonical value, in the form that the module takes.

    ``scope`` precedes an Enum's name ("module." where it is reached through its module), ``indent`` is for ``literal``.
    """
    if value is None:
        return literal(None)
    form = parameter.written_as[0]
    if parameter.type == "option":
        option = next(option for option in parameter.options if option.member == value)
        return f"{scope}{parameter.enum}.{option.member}" if form == "member" else literal(option.name)
    return literal(str(value) if form == "string" else value, indent, len(parameter.name) + 1)


def spell_allowed(parameter: Parameter) -> list[str]:
    """Return the allowed values of an option as a script writes them, with what joins them: ``A,`` ``B or`` ``C``."""
    in_enum = parameter.written_as[0] == "member"
    *first, last = [option.member if in_enum else literal(option.name) for option in parameter.options]
    return [*(f"{value}," for value in first[:-1]), *(f"{value} or" for value in first[-1:]), last]


def read(parameter: Parameter, node: ast.expr) -> Any:
    """Return the canonical value of an argument as ``spell`` writes it; ValueError for anything else."""
    if isinstance(node, ast.Attribute):
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", None)
        if parameter.enum and owner == parameter.enum:
            return node.attr
        raise ValueError(ast.dump(node))
    value = ast.literal_eval(node)
    if value is None or parameter.type == "text":
        return value
    if parameter.type == "option":
        members = {option.name: option.member for option in parameter.options}
        if value not in members:
            raise ValueError(f"{value!r} is no option of {parameter.name}")
        return members[value]
    if parameter.written_as[0] == "string":
        value = ast.literal_eval(value)
    return value


def quoted(text: str, quote: str = '"') -> str:
    """Return the literal of a text on one line, in the given quotes unless the others take fewer escapes."""
    other = "'" if quote == '"' else '"'
    inside = escaped(repr(text + '"')[1:-2])  # in single quotes, since it holds a double one: only those are escaped
    if (other if text.count(quote) > text.count(other) else quote) == "'":
        return f"'{inside}'"
    return '"' + inside.replace("\\'", "'").replace('"', '\\"') + '"'


def _parts(text: str, width: int) -> Iterator[str]:
    """Cut a text so that no part takes more than ``width`` columns, behind a space where there is one."""
    start = 0
    while start < len(text):
        end, taken, space = start, 0, None
        while end < len(text) and (taken := taken + _columns(text[end])) <= width:
            end += 1
            if text[end - 1] == " ":
                space = end
        if space and end < len(text):
            end = space
        yield text[start:end]
        start = end


def _columns(char: str) -> int:
    return 2 if char in "'\"" else len(escaped(repr(char))) - 2
