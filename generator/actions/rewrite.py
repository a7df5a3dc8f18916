"""Change the parameters and the response of an existing script: nothing else of it changes."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from generator.actions.check import examine
from generator.actions.rewrite_plan import NO_PLAN, Plan, is_set, mode_of, plan_of
from generator.config.exchange import exchange_section
from generator.config.parse import parse_config
from generator.facts.modules import Parameter, Table, Value, load_helpers
from generator.findings import START, Finding, RefusedError, UnfollowableError
from generator.rendering.score import render_loading
from generator.rules.command_line import notes as notes_on
from generator.rules.modes import conditions
from generator.rules.settings import Dataset, Request, Response
from generator.script.edit.call import Editor
from generator.script.edit.datasets import loading_edits
from generator.script.edit.enum_imports import Enums
from generator.script.edit.proof import NOTHING, Allowed, first_difference, imports_lost
from generator.script.edit.request import reading_edits
from generator.script.edit.response import may_change, response_edits
from generator.script.objects import Ref
from generator.script.read import Script, followed, read, refused
from generator.script.values import DYNAMIC
from generator.text.spans import Edit, OverlapError, UnreadableError
from generator.translations.language import say

__all__ = ["RefusedError", "Rewritten", "rewrite"]


_OF_THE_CALL = {"SG115", "SG116"}  # errors of a call that name no argument


class Rewritten(NamedTuple):
    """A rewritten script, and what was changed beyond what was asked for, a sentence each.

    ``edits`` is what makes it of the script as it was; None where that takes several steps.
    """

    source: str
    notes: tuple[str, ...]
    edits: tuple[Edit, ...] | None = None


def rewrite(
    source: str,
    changes: Mapping[str, Any],
    *,
    unset: Collection[str] = (),
    datasets: Mapping[str, Dataset] | None = None,
    prune: bool = False,
    response: Response | None = None,
    table: Table | None = None,
    predictions: tuple[float, ...] = (),
) -> Rewritten:
    """Return the script with its parameters and its response changed.

    ``changes`` gives parameters, by name or label, values in the form of a config; ``datasets`` gives dataset ports
    what the script is to load once, at start. ``unset`` names parameters and dataset ports to take out. What the new
    mode needs comes along; what it ignores stays, unless ``prune``. What ``response`` leaves open stays too. A script
    of another module than ``table`` is refused. ``predictions`` are the least and the greatest that the model beside
    the script names, for the notes. Raises RefusedError where the script cannot be changed safely, ConfigError where a
    change is not allowed.
    """
    scripts = read(source, table, [*changes, *unset, *(datasets or {})]).each()
    script = scripts[0]
    asked = changes or unset or datasets or prune
    plans = [plan_of(each, changes, unset, datasets or {}, prune) if asked else NO_PLAN for each in scripts]
    _refuse_different(scripts, plans, [*unset, *(datasets or {})])
    response = response or Response()
    _check_response(script.call.table, response)
    shaped = _response_edits(script, response)
    now, result, allowed, steps = scripts, source, NOTHING, list[list[Edit]]()
    for number, planned in enumerate(plans):
        before = now[number]
        plan = plan_of(before, changes, unset, datasets or {}, prune) if steps else planned
        edits, changed = _edits(before, plan)
        if edits:
            result, allowed = _edited(before, edits), changed
            steps.append(edits)
            if shaped or number + 1 < len(plans):
                now = _again(before, result, allowed)
    if shaped:
        before = now[0]
        shaped = _response_edits(before, response)
        result, allowed = _edited(before, shaped), may_change(before)
        steps.append(shaped)
    if result != source:
        _prove(before, _verify(scripts, result, plans, response), allowed)
    of_model = notes_on(script.call.table, plans[0].values, predictions)
    notes = tuple(dict.fromkeys([*(note for plan in plans for note in plan.notes), *of_model]))
    return Rewritten(result, notes, tuple(steps[0] if steps else ()) if len(steps) < 2 else None)


def _again(before: Script, result: str, allowed: Allowed) -> list[Script]:
    """Return a script as it is read after a step, which is proven, once for each call. Raises RefusedError."""
    after = read(result, before.call.table).each()
    if len(after) != len(before.siblings):
        raise _refused(before, before.call.node, say("the result would not be followed as it is now: edit it by hand"))
    _prove(before, after[0], allowed)
    return after


def _refuse_different(scripts: list[Script], plans: list[Plan], asked: list[str]) -> None:
    """Refuse to treat alike several scoring calls that are given different values of what is to change."""
    script, *others = scripts
    for other, plan in zip(others, plans[1:], strict=True):
        names = {*plans[0].values, *plan.values, *asked}
        order = [name for name in script.call.table.argument_order if name in names]
        different = [name for name in order if not _alike(script, other, name)]
        if different or plan.changes != plans[0].changes:
            lines = f"{script.call.node.lineno}, {other.call.node.lineno}"
            message = say(
                "the scoring calls in lines {lines} do not have the same {name}: give both one dict, as in "
                "`params = dict(...)` and `run(**params)`, or change each by hand",
                lines=lines,
                name=(different or order or ["parameters"])[0],
            )
            raise _refused(other, other.call.node, message)


def _alike(one: Script, other: Script, name: str) -> bool:
    """Say whether two scoring calls are given the same argument, or are not given it."""
    given, its = one.arguments.get(name), other.arguments.get(name)
    if given is None or its is None:
        return given is its
    if given.maybe is not its.maybe:
        return False
    value = given.known
    if value is not DYNAMIC and its.known is not DYNAMIC:
        return (type(value), value) == (type(its.known), its.known)
    return value is its.known and ast.dump(given.value) == ast.dump(its.value)


def _prove(before: Script, after: Script, allowed: Allowed) -> None:
    """Refuse a result in whose syntax tree anything differs but what was to be changed."""
    node = first_difference(before, after, allowed)
    enums = {parameter.enum for parameter in before.call.table.parameters if parameter.enum}
    loading = {*load_helpers(), "pandas"} if allowed.names else set()
    if node is not None or imports_lost(before.names, after.names, enums | loading):
        raise _refused(
            before, node or before.call.node, say("the edit would change more than was asked for: edit by hand")
        )


def _edited(script: Script, edits: list[Edit]) -> str:
    try:
        return script.text.edited(edits)
    except OverlapError:
        message = say("two changes overlap here: make one at a time")
        raise _refused(script, script.call.node, message) from None


def _edits(script: Script, plan: Plan) -> tuple[list[Edit], Allowed]:
    """Return the edits of the call and of what is loaded, and what they change of the syntax tree."""
    if plan.is_empty:
        return [], NOTHING
    enums = Enums(script.names, script.text, script.call)
    editor = Editor(script.text, script.names, script.execution, enums, script.call, script.arguments, script.siblings)
    try:
        for name, value in plan.values.items():
            _set(script, plan, editor, script.call.table.parameter(name), value)
        for name in plan.remove:
            _refuse_needed(script, plan, name)
        for argument in script.given:
            if argument.name in plan.remove:
                editor.remove(argument)
        for port in plan.load:
            editor.hand_over(port, script.arguments.get(port.name))
        for port in plan.unload:
            editor.hand_over_nothing(port, script.arguments.get(port.name))
        reading = _reading(script, plan)
        edits = [*editor.edits(), *_loading(script, plan), *(edit for _, edit in reading)]
        ports = [*plan.load, *plan.unload]
        names = {name for port in ports for name in (port.name, f"{port.name}_path")}
        replaced = editor.allowed.replaced | {id(node) for node, _ in reading}
        return edits, editor.allowed._replace(names=names, replaced=replaced)
    except UnfollowableError as error:
        raise _refused(script, error.node, error.message) from None
    except UnreadableError as error:
        raise _refused(
            script, script.call.node, say("the scoring call or an import cannot be edited: {error}", error=error)
        ) from None


def _set(script: Script, plan: Plan, editor: Editor, parameter: Parameter, value: Value) -> None:
    """Set a parameter where it stands; where that is not known, behind all that the call is given in a dict."""
    argument = script.arguments.get(parameter.name)
    try:
        if argument is not None:
            editor.replace(parameter, argument, value)
            return
    except UnfollowableError:
        if not editor.override(parameter, value):
            raise
        return
    if script.call.rest is None:
        editor.insert(parameter, value)
    elif parameter.name in plan.needed:
        message = say(
            "the new mode needs {name}, and what the call is given {why}: set it too, as in `--set {name}={value}`",
            name=parameter.name,
            why=script.call.rest.why,
            value=value,
        )
        raise _refused(script, script.call.rest.node or script.call.node, message)
    elif not editor.override(parameter, value):
        _refuse_unknown(script, parameter.name)


def _refuse_needed(script: Script, plan: Plan, name: str) -> None:
    """Refuse to take out an argument that may come from elsewhere too, or that the module may need."""
    if name not in plan.pruned:
        _refuse_unseen(script, name)
    table = script.call.table
    result = plan.applied_to(script.values)
    parameter = table.parameter(name)
    modes = [condition.parameter for condition in conditions(table, parameter)]
    unknown = [mode for mode in modes if mode_of(script, mode, result) is DYNAMIC]
    if parameter.required and (unknown or (script.call.rest is not None and not modes)):
        message = say("{name} may be needed: what decides that is only known when the script runs", name=name)
        if unknown:
            message = say("{message}; set {mode} too, with --set", message=message, mode=unknown[0])
        raise _refused(script, script.arguments[name].key, message)


def _refuse_unseen(script: Script, name: str) -> None:
    """Refuse to take out an argument that the call may be given in what is not known."""
    if script.call.rest is not None:
        spread = [keyword.value for keyword in script.call.node.keywords if keyword.arg is None]
        given = script.text.of(spread[-1]) if spread else "params"
        given = given if given.isidentifier() else "params"
        message = say(
            "what the call is given {why}, so {name} may be there, and cannot be taken out: leave it out by hand, as "
            "in `**{{key: value for key, value in {given}.items() if key != '{name}'}}`",
            why=script.call.rest.why,
            name=name,
            given=given,
        )
        raise _refused(script, script.call.rest.node or script.call.node, message)


def _refuse_unknown(script: Script, name: str) -> None:
    """Refuse to add an argument to a call that may be given it already."""
    if script.call.rest is not None:
        message = say(
            "what the call is given {why}, so {name} may be there already: name the parameters in the call, "
            "or in one dict",
            why=script.call.rest.why,
            name=name,
        )
        raise _refused(script, script.call.rest.node or script.call.node, message)


def _reading(script: Script, plan: Plan) -> list[tuple[ast.stmt, Edit]]:
    try:
        return reading_edits(script, plan.values, plan.applied_to(script.values))
    except UnfollowableError as error:
        raise _refused(script, error.node, error.message) from None


def _loading(script: Script, plan: Plan) -> list[Edit]:
    if not plan.load and not plan.unload:
        return []
    for port in plan.load:
        home = script.call.scope.home(port.name)
        if home.parent:
            message = say(
                "{name} is a local name of this function, and must be a global: rename it first", name=port.name
            )
            raise _refused(script, home.bindings[port.name][0].node, message)
    load = {port.name: render_loading(port, dataset) for port, dataset in plan.load.items()}
    try:
        return loading_edits(script.text, script.names, load, [port.name for port in plan.unload])
    except UnfollowableError as error:
        raise _refused(script, error.node, str(error)) from None


def _response_edits(script: Script, response: Response) -> list[Edit]:
    if not response.named:
        return []
    try:
        return response_edits(script, response)
    except UnfollowableError as error:
        raise _refused(script, error.node, str(error)) from None
    except RecursionError:
        raise _refused(script, script.call.node, say("what run() returns is nested too deeply")) from None


def _check_response(table: Table, response: Response) -> None:
    """Raise ConfigError for a response that a config may not have."""
    if response.named:
        section = exchange_section(Request(), response)
        parse_config({"module": table.id, **section}, check_outputs=False)


def _refused(script: Script, node: Any, message: str) -> RefusedError:
    return refused(message, START if node is None else script.text.place(node))


def _remedied(error: Finding) -> str:
    """Return what an error says, with what to do about it in terms of a rewrite."""
    if error.code != "SG107":
        return error.message
    return say(
        "{what}: load one with `--dataset {about}=data.csv`", what=error.message.partition(": ")[0], about=error.about
    )


def _verify(scripts: list[Script], result: str, plans: list[Plan], response: Response) -> Script:
    """Refuse a result that would not work; the place is that of the call in the script as it is."""
    script = scripts[0]
    examined = examine(result)
    errors = [finding for finding in examined.findings if finding.severity == "error"]
    error = next(iter(_new_errors(script, plans[0], errors)), None)
    after = examined.script
    if error or after.execution is None:
        error = error or Finding(say("it does more than can be followed"))
        what = f"{error.code} {error.about}" if error.about else error.code
        raise _refused(
            script,
            script.call.node,
            say("the result would not work: {what}: {remedied}", what=what, remedied=_remedied(error)),
        )
    rewritten = followed(after.places, after.names, after.execution, after.scoring_calls, script.call.table).each()
    if len(rewritten) != len(scripts) or _others(script) != _others(rewritten[0]):
        raise _refused(script, script.call.node, say("the result would give another scoring call other values"))
    for each, its, plan in zip(scripts, rewritten, plans, strict=True):
        _verify_call(each, its, plan)
    if _response_edits(rewritten[0], response):
        raise _refused(script, script.call.node, say("the result would not give the response back: change it by hand"))
    return rewritten[0]


def _verify_call(script: Script, rewritten: Script, plan: Plan) -> None:
    """Refuse a result in which the call is given anything else than what is planned."""
    meant = plan.applied_to(script.values)
    for name in (meant.keys() | rewritten.values.keys()) - (script.faulty - plan.values.keys()):
        if name not in meant or not is_set(rewritten, name, meant[name]):
            raise _refused(
                script, script.call.node, say("the result would give {name} another value: edit it by hand", name=name)
            )
    for port in plan.load:
        handed = rewritten.arguments.get(port.name)
        if handed is None or not isinstance(handed.worth, Ref):
            raise _refused(
                script, script.call.node, say("{name} would not be loaded when it is needed", name=port.name)
            )


def _new_errors(script: Script, plan: Plan, errors: list[Finding]) -> list[Finding]:
    """Return the errors in the way: not those that were there and are not about what the call is given."""
    if not errors:
        return []
    before = Counter(map(_said, examine(script.text.source).findings))
    beside = (finding.about == "" and finding.code not in _OF_THE_CALL for finding in errors)
    return [
        finding
        for finding, is_beside in zip(errors, beside, strict=True)
        if not (before[_said(finding)] and (plan.is_empty or is_beside))
    ]


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.about, finding.message


def _others(script: Script) -> list[tuple[str, dict[str, Any]]]:
    """Return what the scoring calls of other modules are given."""
    others = [call for call in script.calls if call.table is not script.call.table]
    return [(call.table.id, {argument.name: argument.known for argument in call.arguments}) for call in others]
