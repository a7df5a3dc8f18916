"""Whether an entry script will work on the endpoint, as far as its text tells."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.facts.modules import Condition, Parameter, Port, Value, load_tables
from generator.findings import Finding, Place, UnfollowableError, is_ignored
from generator.rules.as_written import Member, Wrong, judge, shown
from generator.rules.settings import advice, conditions, ignored_because, requirement
from generator.script.arguments import Argument, arguments_of
from generator.script.calls import MOST_CALLS, ScoringCall, imported_modules, packages, scoring_calls
from generator.script.parse import parse
from generator.script.places import Places, name_node
from generator.script.scopes import Names, Scope, Use, qualified, scan
from generator.script.values import DYNAMIC, evaluate, source_of
from generator.text.similar import nearest
from generator.text.wording import either

if TYPE_CHECKING:
    from generator.facts.codes import Severity

_FILLERS = {"dropna", "fillna", "mask", "replace", "where"}
STRICT = "parse_constant"  # how the json module is told what to make of NaN
_KINDS = {"value": "SG102", "type": "SG103", "command line": "SG109"}


def check(source: str) -> list[Finding]:
    """Return what is to be said about a script, in the order of its lines: nothing if it scores no designer model."""
    if not mentions_a_module(source):
        return []
    source = source.removeprefix("\ufeff")
    places = Places(source)
    try:
        tree = parse(source)
    except (SyntaxError, ValueError) as error:
        return [_unparsable(error)]
    except (RecursionError, MemoryError):
        return [_unparsable(SyntaxError("nested too deeply"))]
    found = [finding for finding in _findings(scan(tree), places) if not is_ignored(finding, places.lines)]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.order)


def mentions_a_module(source: str | bytes) -> bool:
    """Say, at little cost, whether a file can be a designer script: whether it names a module's package and class."""
    content = source.encode(errors="replace") if isinstance(source, str) else source
    return any(name.encode() in content for name in packages()) and any(name in content for name in _classes())


@functools.cache
def _classes() -> set[bytes]:
    return {table.class_name.encode() for table in load_tables()}


class _Given(NamedTuple):
    """An argument as the script gives it: where its value comes from, the value, and what it means to the module."""

    argument: Argument
    node: ast.expr
    scope: Scope
    value: Any
    canonical: Value
    wrong: Wrong | None

    @property
    def is_known(self) -> bool:
        return self.value is not DYNAMIC and self.wrong is None


def _findings(names: Names, places: Places) -> Iterator[Finding]:
    calls = scoring_calls(names)
    for call in calls[:MOST_CALLS]:
        try:
            arguments = arguments_of(call)
        except UnfollowableError as error:
            yield places.finding("SG117", error.node, None, f"{error}: what {call.table.name} is given is not checked")
            continue
        yield from _Call(call, arguments, names, places).findings()
    for call in calls[MOST_CALLS:][:1]:
        message = f"there are more than {MOST_CALLS} scoring calls: what is given from here on is not checked"
        yield places.finding("SG117", call.node, None, message)
    called = {call.table for call in calls}
    for table, node in imported_modules(names).items():
        if table not in called:
            message = (
                f"no call of the run() of {table.class_name} was found, so nothing of it is checked: "
                "call run() on the class, or on a name that is assigned once"
            )
            yield places.finding("SG118", node, None, message)
    if calls:
        yield from _unchecked_rows(names, places)


class _Call:
    """One scoring call under the rules of its module's table."""

    def __init__(self, call: ScoringCall, arguments: list[Argument], names: Names, places: Places) -> None:
        self.names = names
        self.call = call
        self.table = call.table
        self.places = places
        self.all = arguments
        self.given = {argument.name: self._given(argument) for argument in arguments}
        self.parameters = {parameter.name: parameter for parameter in self.table.parameters}

    def findings(self) -> Iterator[Finding]:
        if not self.table.parameters:
            return  # called by position, and without settings
        yield from self._shape()
        for given in self.given.values():
            parameter = self.parameters.get(given.argument.name)
            if parameter:
                yield from self._value(parameter, given)
        for parameter in self.table.parameters:
            yield from self._presence(parameter)
        for port in self.table.ports:
            yield from self._port(port)

    def _given(self, argument: Argument) -> _Given:
        node, scope = source_of(argument.value, argument.scope)
        value = evaluate(node, scope, self.table)
        parameter = next((item for item in self.table.parameters if item.name == argument.name), None)
        canonical, wrong = judge(parameter, value) if parameter and value is not DYNAMIC else (None, None)
        return _Given(argument, node, scope, value, canonical, wrong)

    def _shape(self) -> Iterator[Finding]:
        for node in self.call.node.args:
            message = f"{self.table.name} takes its arguments by name only: write name=value"
            yield self.places.finding("SG115", node, None, message)
        known = [*(port.name for port in self.table.ports), *self.parameters, *self.table.outputs]
        for argument in self.all:
            if argument.is_repeated:
                message = f"{argument.name} is given to the call twice, which Python refuses: keep one"
                yield self.places.finding("SG116", name_node(argument.key), argument.name, message)
        for name, given in self.given.items():
            if name not in known:
                near = nearest(name, known)
                hint = f"did you mean {near!r}?" if near else f"it takes {', '.join(self.parameters)}"
                message = f"{self.table.name} has no parameter {name!r}; {hint}"
                proposed = repr(near) if near and not isinstance(given.argument.key, ast.keyword) else near
                yield self.places.finding("SG101", name_node(given.argument.key), name, message, tuple(known), proposed)

    def _value(self, parameter: Parameter, given: _Given) -> Iterator[Finding]:
        name = parameter.name
        if given.value is DYNAMIC:
            yield self.places.finding(
                "SG114",
                given.argument.value,
                name,
                f"the value is only known when the script runs: it must be {_wanted(parameter)}",
            )
            return
        if isinstance(given.value, Member) and not given.value.imported:
            owner = given.node.value if isinstance(given.node, (ast.Attribute, ast.Subscript)) else given.node
            message = (
                f"{given.value.enum} is not imported, a NameError at the first request: import it beside the module"
            )
            yield self.places.finding("SG108", owner, name, message)
        if given.wrong:
            proposed = None if given.wrong.suggestion is None else _spelt(parameter, given.wrong.suggestion)
            remedy = "" if given.wrong.kind == "command line" else f": write {proposed or _wanted(parameter)}"
            message = given.wrong.message + remedy
            yield self.places.finding(
                _KINDS[given.wrong.kind], given.node, name, message, _allowed(parameter), proposed
            )
            return
        yield from self._minimum(parameter, given)
        yield from self._advice(parameter, given)

    def _minimum(self, parameter: Parameter, given: _Given) -> Iterator[Finding]:
        counts = self._counts(parameter)
        if isinstance(given.value, bool) and parameter.never_boolean and self._holds(parameter.never_boolean):
            message = f"{given.value} is not a whole number: write {max(1, parameter.minimum or 1)} or more"
            yield self.places.finding("SG103", given.node, parameter.name, message)
        elif parameter.minimum is not None and isinstance(given.canonical, int) and given.canonical < parameter.minimum:
            fails = parameter.minimum_holds == "always" or (parameter.minimum_holds == "where it counts" and counts)
            message = f"{shown(given.canonical)} is below the minimum: write {parameter.minimum} or more"
            severity: Severity | None = None if fails else "warning"
            yield self.places.finding("SG104", given.node, parameter.name, message, severity=severity)

    def _advice(self, parameter: Parameter, given: _Given) -> Iterator[Finding]:
        if given.canonical is None:
            return
        if parameter.ignored or self._counts(parameter) is False:
            yield self.places.finding(
                "SG110",
                name_node(given.argument.key),
                parameter.name,
                f"has no effect: {ignored_because(self.table, parameter)}",
            )
            return
        harm = advice(parameter, given.canonical)
        if harm:
            yield self.places.finding("SG109", given.node, parameter.name, harm, severity="warning")
        option = next((option for option in parameter.options if option.member == given.canonical), None)
        if option and option.meant_for and self._counts(parameter):
            yield self.places.finding(
                "SG111", given.node, parameter.name, f"{option.name!r} is meant for {option.meant_for}"
            )
        if option and option.pads_with_nan and self._counts(parameter):
            yield from self._bare_nan(option.name)

    def _bare_nan(self, option: str) -> Iterator[Finding]:
        in_function = [use for use in self.names.method_calls if use.scope is self.call.use.scope]
        keywords = {keyword.arg for use in self.names.method_calls for keyword in use.node.keywords}
        if any(use.node.func.attr in _FILLERS for use in in_function) or STRICT in keywords:
            return
        for use in in_function:
            if qualified(use.node.func, use.scope) == "json.dumps" and _is_returned(use):
                message = (
                    f"{option!r} fills short lists with NaN, which is no JSON: replace it by None before json.dumps"
                )
                yield self.places.finding("SG112", use.node, None, message)

    def _presence(self, parameter: Parameter) -> Iterator[Finding]:
        given = self.given.get(parameter.name)
        if given and (given.value is not None or "none" in parameter.written_as):
            return
        if not parameter.required or not self._counts(parameter):
            return
        code = "SG106" if parameter.only_with else "SG105"
        because = f", which {requirement(self.table, parameter)} needs" if parameter.only_with else ""
        what = f"is {'None' if given else 'missing'}{because}"
        remedy = f"write {parameter.name}={_spelt(parameter, parameter.when_left_out)}"
        message = f"{what}, and {self.table.name} fills in no default: {remedy}"
        place = given.argument.key if given else self._place_of(parameter.only_with)
        yield self.places.finding(code, place, parameter.name, message)

    def _port(self, port: Port) -> Iterator[Finding]:
        given = self.given.get(port.name)
        if given is None and (port.holds != "dataset" or port.passed == "always"):
            if not self.call.node.args:  # else it may be there without its name
                what = "a dataset or None" if port.holds == "dataset" else f"the {port.holds}"
                message = f"is missing: write {port.name}= and {what}"
                yield self.places.finding("SG105", self.call.node, port.name, message)
        elif (given is None or given.value is None) and port.required and self._counts(port):
            what = "is None" if given else "is missing"
            message = (
                f"{what}, and {requirement(self.table, port)} needs a dataset: load one in init() and hand it over"
            )
            place = given.argument.value if given else self._place_of(port.only_with)
            yield self.places.finding("SG107", place, port.name, message)
        elif given and port.holds == "dataset" and (wrong := self._wrong_form(port, given)):
            remedy = f"load it as `scoregen rewrite --dataset {port.name}=PATH` does"
            message = f"{wrong} stands where the module takes a dataset: {remedy}"
            yield self.places.finding("SG103", given.argument.value, port.name, message)
        elif given and given.value is None and port.holds != "dataset":
            yield self.places.finding(
                "SG105", given.node, port.name, f"is None, where {self.table.name} needs the {port.holds}"
            )

    def _wrong_form(self, port: Port, given: _Given) -> str | None:
        """Return what a dataset surely is not to be: a bare DataFrame, or a path where the module takes none."""
        if isinstance(given.node, ast.Call) and qualified(given.node.func, given.scope) == "pandas.read_csv":
            return "a bare DataFrame"
        return shown(given.value) if isinstance(given.value, str) and not port.takes_path else None

    def _place_of(self, condition: Condition | None) -> ast.AST:
        given = self.given.get(condition.parameter) if condition else None
        return given.node if given else self.call.node

    def _counts(self, of: Parameter | Port) -> bool | None:
        """Say whether a parameter or port counts in the script's mode; None where that cannot be told."""
        verdicts = [self._fits(condition) for condition in conditions(self.table, of)]
        return False if False in verdicts else None if None in verdicts else True

    def _holds(self, condition: Condition) -> bool:
        return self._fits(condition) is True and self._counts(self.parameters[condition.parameter]) is True

    def _fits(self, condition: Condition) -> bool | None:
        given = self.given.get(condition.parameter)
        if given and not given.is_known:
            return None
        return bool(given and given.canonical in condition.options)


def _unchecked_rows(names: Names, places: Places) -> Iterator[Finding]:
    """Find columns that are collected by appending in a loop over a row's items, in a function that refuses nothing."""
    refusing: dict[Scope, bool] = {}
    for use in names.method_calls:
        function = use.node.func
        if collects(function) and _in_loop_over_items(use):
            if use.scope not in refusing:
                inside = ast.walk(use.scope.node)
                refusing[use.scope] = any(isinstance(node, (ast.Raise, ast.Assert)) for node in inside)
            if refusing[use.scope]:
                continue
            message = (
                "a row that lacks a key takes the next row's value: refuse requests whose rows have different keys"
            )
            yield places.finding("SG113", use.node, None, message)


def collects(function: ast.Attribute) -> bool:
    """Say whether a method puts something into a list that is found by a key, as requests' columns are collected."""
    return function.attr == "append" and isinstance(function.value, ast.Subscript)


def _is_returned(use: Use) -> bool:
    trail = use.trail
    while trail and not isinstance(trail.node, ast.stmt):
        trail = trail.rest
    return bool(trail and isinstance(trail.node, (ast.Return, ast.Assign)))


def _in_loop_over_items(use: Use) -> bool:
    trail, loops = use.trail, []
    while trail and not isinstance(trail.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if isinstance(trail.node, ast.For):
            loops.append(trail.node.iter)
        trail = trail.rest
    over_items = [
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items"
        for node in loops
    ]
    return len(loops) > 1 and any(over_items)


def _wanted(parameter: Parameter) -> str:
    """Return what a script may write for a parameter, as a message says it."""
    if parameter.type == "integer":
        return f"a whole number, {parameter.minimum} or more"
    allowed = _allowed(parameter)
    return either(allowed) if allowed else "a text"


def _allowed(parameter: Parameter) -> tuple[str, ...] | None:
    if parameter.type == "option":
        return tuple(_spelt(parameter, option.member) for option in parameter.options)
    return (_spelt(parameter, True), _spelt(parameter, False)) if parameter.type == "boolean" else None


def _spelt(parameter: Parameter, value: Value) -> str:
    from generator.rules.literals import spell  # most scripts are clean, and need no words

    return spell(parameter, value)


def _unparsable(error: SyntaxError | ValueError) -> Finding:
    line, column = getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    return Finding(f"not valid Python: {reason}", place=Place(line, column), code="SG100")
