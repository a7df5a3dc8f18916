"""Reading a script with one scoring call: what each argument of the call is worth."""

from __future__ import annotations

from typing import NamedTuple

from generator.facts.modules import Value, load_tables
from generator.findings import START, Place, RefusedError, UnfollowableError
from generator.rules.as_written import judge
from generator.script.arguments import Argument, arguments_of
from generator.script.calls import ScoringCall, imported_modules, scoring_calls
from generator.script.parse import parse
from generator.script.scopes import Names, scan
from generator.script.values import DYNAMIC, evaluate
from generator.text.spans import Text
from generator.text.terminal import visible
from generator.text.wording import shortened


class Script(NamedTuple):
    """A script with one scoring call: what each argument of its module is worth (canonical), DYNAMIC if unknown.

    ``given`` holds all that the call is given; of several arguments of one name, ``arguments`` has the one that counts.
    """

    text: Text
    names: Names
    call: ScoringCall
    arguments: dict[str, Argument]
    values: dict[str, Value]
    faulty: set[str]
    given: list[Argument]


def read(source: str) -> Script:
    """Return a script as it is read. Raises RefusedError."""
    text = Text(source)
    try:
        names = scan(parse(source))
    except SyntaxError as error:
        raise _invalid(error) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise refused(f"not valid Python: {error}", START) from None
    call = _only_call(names, text)
    try:
        given = arguments_of(call)
    except UnfollowableError as error:
        message = f"{error}: put the parameters into the call, or into one dict that is only filled on the way to it"
        raise refused(message, text.place(error.node)) from None
    arguments = {argument.name: argument for argument in given}
    values, faulty = {}, set()
    for parameter in call.table.parameters:
        argument = arguments.get(parameter.name)
        if argument:
            value = evaluate(argument.value, argument.scope, call.table)
            meant, wrong = (DYNAMIC, None) if value is DYNAMIC else judge(parameter, value)
            values[parameter.name] = meant
            if wrong or getattr(value, "imported", True) is False:
                faulty.add(parameter.name)
    return Script(text, names, call, arguments, values, faulty, given)


def _invalid(error: SyntaxError) -> RefusedError:
    """Return the refusal of a script that Python cannot read, with the line as Python shows it."""
    line, column = error.lineno or 1, error.offset or 1
    shown = (error.text or "").rstrip()
    shown = "".join(char if char.isprintable() else " " if char == "\t" else "\ufffd" for char in shown)
    margin = len(shown) - len(shown.lstrip())
    caret = f"\n    {shown[margin:]}\n    {' ' * max(0, column - 1 - margin)}^" if shown.strip() else ""
    return refused(f"not valid Python: {error.msg}{caret}", Place(line, column))


def refused(message: str, place: Place) -> RefusedError:
    """Return the refusal of a script; what of its code cannot be seen is escaped in the message."""
    return RefusedError("\n".join(map(visible, message.split("\n"))), place)


def _only_call(names: Names, text: Text) -> ScoringCall:
    calls = scoring_calls(names)
    if not calls:
        imported = imported_modules(names)
        known = ", ".join(table.class_name for table in load_tables())
        what = " and ".join(sorted(table.class_name for table in imported))
        raise refused(
            f"{what}: its run() is called nowhere" if imported else f"no designer module is used here (known: {known})",
            START,
        )
    if len(calls) > 1:
        lines = shortened(", ".join(str(call.node.lineno) for call in calls))
        message = f"several scoring calls (lines {lines}): leave one in the script, or edit it by hand"
        raise refused(message, text.place(calls[1].node))
    return calls[0]
