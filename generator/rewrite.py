"""Setting parameters in an existing script: only what must change changes."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from generator.check import check
from generator.config import ConfigError, Problem
from generator.document import Place
from generator.script.arguments import Argument, UnfollowableError, arguments_of
from generator.script.calls import ScoringCall, imported_modules, scoring_calls
from generator.script.enums import Enums
from generator.script.names import Names, scan
from generator.script.text import Edit, Text
from generator.script.values import DYNAMIC, evaluate
from generator.settings import canonical, counts, fault, parameter_name, suggestion
from generator.spelling import spell
from generator.table import Parameter, Table, Value, load_tables
from generator.written import judge


class RefusedError(ValueError):
    """A script is left alone: where that shows (line and column from 1), and what to do."""

    def __init__(self, line: int, column: int, message: str) -> None:
        """Remember the place."""
        super().__init__(f"{line}:{column}: {message}")
        self.line = line
        self.column = column
        self.message = message


class Rewritten(NamedTuple):
    """A rewritten script, and what was changed beyond what was asked for, a sentence each."""

    source: str
    notes: tuple[str, ...]


def rewrite(
    source: str,
    changes: Mapping[str, Any],
    *,
    unset: Collection[str] = (),
    prune: bool = False,
) -> Rewritten:
    """Return the script with its parameters changed.

    ``changes`` gives parameters, by name or label, values in the form of a config. ``unset`` names parameters to take
    out. What the new mode needs comes along; what it ignores stays, unless ``prune``. Raises RefusedError where the
    script cannot be changed safely, ConfigError where a change is not allowed.
    """
    script = _read(source)
    table = script.call.table
    wanted = _wanted(table, changes)
    removed = {_known(table, key).name for key in unset}
    plan = _plan(script, wanted, removed, prune)
    result = script.text.edited(list(_edits(script, plan)))
    if result != source:
        _verify(result)
    return Rewritten(result, tuple(plan.notes))


class _Script(NamedTuple):
    """A script with one scoring call: what each argument of its module is worth (canonical), DYNAMIC if unknown."""

    text: Text
    names: Names
    call: ScoringCall
    arguments: dict[str, Argument]
    values: dict[str, Value]
    faulty: set[str]


class _Plan(NamedTuple):
    """What to set (canonical) and what to take out."""

    set: dict[str, Value]
    remove: set[str]
    notes: list[str]


def _read(source: str) -> _Script:
    text = Text(source)
    try:
        names = scan(ast.parse(source))
    except SyntaxError as error:
        raise RefusedError(error.lineno or 1, error.offset or 1, f"not valid Python: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise RefusedError(1, 1, f"not valid Python: {error}") from None
    call = _only_call(names, text)
    try:
        arguments = {argument.name: argument for argument in arguments_of(call)}
    except UnfollowableError as error:
        node: Any = error.node
        message = f"{error}: put the parameters into the call, or into one dict that is only filled on the way to it"
        raise RefusedError(node.lineno, text.column(node.lineno, node.col_offset), message) from None
    values, faulty = {}, set()
    for parameter in call.table.parameters:
        argument = arguments.get(parameter.name)
        if argument:
            value = evaluate(argument.value, argument.scope, call.table)
            meant, wrong = (DYNAMIC, None) if value is DYNAMIC else judge(parameter, value)
            values[parameter.name] = meant
            if wrong or getattr(value, "imported", True) is False:
                faulty.add(parameter.name)
    return _Script(text, names, call, arguments, values, faulty)


def _only_call(names: Names, text: Text) -> ScoringCall:
    calls = scoring_calls(names)
    if not calls:
        imported = imported_modules(names)
        known = ", ".join(table.class_name for table in load_tables())
        what = " and ".join(sorted(table.class_name for table in imported))
        raise RefusedError(
            1,
            1,
            f"{what}: its run() is called nowhere" if imported else f"no designer module is used here (known: {known})",
        )
    if len(calls) > 1:
        lines = ", ".join(str(call.node.lineno) for call in calls)
        node = calls[1].node
        message = f"several scoring calls (lines {lines}): leave one in the script, or edit it by hand"
        raise RefusedError(node.lineno, text.column(node.lineno, node.col_offset), message)
    return calls[0]


def _wanted(table: Table, changes: Mapping[str, Any]) -> dict[str, Value]:
    wanted: dict[str, Value] = {}
    problems = []
    for key, value in changes.items():
        try:
            parameter = _known(table, key)
        except ConfigError as error:
            problems += error.problems
            continue
        message = fault(parameter, value)
        if message:
            problems.append(Problem(Place(1, 1), "error", parameter.name, message))
        else:
            wanted[parameter.name] = canonical(parameter, value)
    if problems:
        raise ConfigError(tuple(problems))
    return wanted


def _known(table: Table, key: str) -> Parameter:
    try:
        return table.parameter(parameter_name(table, key))
    except KeyError:
        keys = [key for parameter in table.parameters for key in parameter.keys]
        names = ", ".join(parameter.name for parameter in table.parameters) or "it takes none"
        message = f"unknown parameter of {table.name}{suggestion(key, keys)} (known: {names})"
        raise ConfigError((Problem(Place(1, 1), "error", key, message),)) from None


def _plan(script: _Script, wanted: dict[str, Value], removed: set[str], prune: bool) -> _Plan:
    table = script.call.table
    plan = _Plan(dict(wanted), removed & script.arguments.keys(), [])
    result = {
        name: value for name, value in (script.values | wanted).items() if name not in removed and value is not None
    }
    for parameter in table.parameters:
        name = parameter.name
        if name in result or name in removed or name in wanted or not parameter.required:
            continue
        if (
            counts(table, parameter, result)
            and name not in script.faulty
            and not ("none" in parameter.written_as and name in script.arguments)
        ):
            default = parameter.default if parameter.in_script is None else parameter.in_script
            result[name] = plan.set[name] = default
            plan.notes.append(f"{name} is set to {spell(parameter, default)}, which the new mode needs")
    for name in list(plan.set):
        if (
            name in script.values
            and script.values[name] == plan.set[name]
            and name not in script.faulty
            and type(script.values[name]) is type(plan.set[name])
        ):
            del plan.set[name]
    if prune:
        for parameter in table.parameters:
            useless = parameter.ignored or not counts(table, parameter, result)
            if useless and parameter.name in script.arguments and parameter.name not in wanted:
                plan.remove.add(parameter.name)
    return plan


def _edits(script: _Script, plan: _Plan) -> Iterable[Edit]:
    from generator.script.edit import Editor

    enums = Enums(script.names, script.text, script.call)
    editor = Editor(script.text, script.names, enums, script.call, script.arguments)
    for name, value in plan.set.items():
        parameter = script.call.table.parameter(name)
        if name in script.arguments:
            editor.replace(parameter, script.arguments[name], value)
        else:
            editor.insert(parameter, value)
    for name in plan.remove:
        editor.remove(script.arguments[name])
    return editor.edits()


def _verify(result: str) -> None:
    errors = [finding for finding in check(result) if finding.severity == "error"]
    if errors:
        first = errors[0]
        message = f"the result would not work: {first.code} {first.parameter or ''}: {first.message}".replace(
            " : ", ": "
        )
        raise RefusedError(first.line, first.column, message)
