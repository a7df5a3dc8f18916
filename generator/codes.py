"""The codes of the checks: each with its severity, its meaning, and a wrong and a right example.

The documentation and the tests are made from them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "info"]


class Code(NamedTuple):
    """One code: ``wrong`` and ``right`` are the arguments of a scoring call, or whole scripts."""

    code: str
    severity: Severity
    title: str
    meaning: str


CODES: dict[str, Code] = {
    entry.code: entry
    for entry in (
        Code(
            "SG100",
            "error",
            "the file is not valid Python",
            "Python cannot read the script, so the endpoint cannot start.",
        ),
        Code(
            "SG101",
            "error",
            "unknown parameter",
            "The module has no parameter of that name. Some modules fail, some drop it without a word.",
        ),
        Code(
            "SG102",
            "error",
            "value not allowed",
            "The value is none of those that the module knows, so the request fails.",
        ),
        Code(
            "SG103",
            "error",
            "wrong type",
            "The module takes the value in another form: an Enum member, a text, a number or a boolean.",
        ),
        Code(
            "SG104",
            "error",
            "below the minimum",
            "A lesser value makes the request fail or empties the response; a warning where the module does not look.",
        ),
        Code("SG105", "error", "missing argument", "The module always needs the argument: no default is filled in."),
        Code(
            "SG106",
            "error",
            "missing argument of the chosen mode",
            "In this mode the module needs the argument: the request fails, or the response is empty.",
        ),
        Code("SG107", "error", "missing dataset", "The chosen mode needs a dataset, and the script hands over none."),
        Code("SG108", "error", "Enum used but not imported", "The first request ends in a NameError."),
        Code(
            "SG109",
            "error",
            "command line option not to be used",
            "The module sets the option itself, does not support it or does not know it; a warning where it only does harm.",
        ),
        Code("SG110", "info", "ignored parameter", "The parameter has no effect in the chosen mode."),
        Code(
            "SG111",
            "info",
            "option not meant for production",
            "The designer's reference gives this option for evaluating a model.",
        ),
        Code(
            "SG112",
            "info",
            "NaN in the response",
            "The response can hold NaN, which is no JSON: browsers and strict clients reject it.",
        ),
        Code(
            "SG113",
            "info",
            "rows are not checked",
            "When the rows of a request carry different keys, values move from one row to another, silently.",
        ),
        Code(
            "SG114",
            "info",
            "value known only when the script runs",
            "What the value is cannot be told from the text, so it is not checked.",
        ),
        Code("SG115", "error", "argument without its name", "The module takes its arguments by name only."),
        Code("SG116", "error", "argument given twice", "Python refuses a call that gives one argument twice."),
        Code(
            "SG117",
            "info",
            "parameters that cannot be followed",
            "How the script puts its parameters together cannot be told from the text, so they are not checked.",
        ),
        Code("SG118", "info", "no scoring call", "The script imports a Score module and never calls its run()."),
    )
}
