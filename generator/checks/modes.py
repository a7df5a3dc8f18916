"""Arguments that the script's mode needs, and those that it ignores."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Call, Context
from generator.checks.registry import Remark, check
from generator.facts.modules import Parameter
from generator.rules.literals import spell
from generator.rules.settings import ignored_because, requirement
from generator.script.places import name_node


@check("SG105")
def missing(script: Context) -> Iterator[Remark]:
    """Find arguments that the module needs in every mode, and the script leaves out."""
    for call in script.followed():
        for parameter in call.table.parameters:
            if not parameter.only_with:
                yield from _missing(call, parameter)
    for call, port, given in script.ports():
        if given is None and (port.holds != "dataset" or port.passed == "always"):
            if not call.node.args and not call.is_open:  # else it may be there without its name
                what = "a dataset or None" if port.holds == "dataset" else f"the {port.holds}"
                yield Remark(call.node, f"is missing: write {port.name}= and {what}", port.name)
        elif given and given.value is None and port.holds != "dataset":
            yield Remark(given.node, f"is None, where {call.table.name} needs the {port.holds}", port.name)


@check("SG106")
def missing_in_mode(script: Context) -> Iterator[Remark]:
    """Find arguments that the script's mode needs, and the script leaves out."""
    for call in script.followed():
        for parameter in call.table.parameters:
            if parameter.only_with:
                yield from _missing(call, parameter)


@check("SG107")
def missing_dataset(script: Context) -> Iterator[Remark]:
    """Find datasets that the script's mode needs, and the script leaves out."""
    for call, port, given in script.ports():
        is_fixed = port.holds != "dataset" or port.passed == "always"  # SG105 where it is not there
        if given is None and (is_fixed or call.is_open):
            continue
        if (given is None or given.value is None) and port.required and call.counts(port):
            what = "is None" if given else "is missing"
            needs = f"{requirement(call.table, port)} needs a dataset"
            place = given.argument.value if given else call.place_of(port.only_with)
            yield Remark(place, f"{what}, and {needs}: load one in init() and hand it over", port.name)


@check("SG110")
def ignored(script: Context) -> Iterator[Remark]:
    """Find arguments that have no effect in the script's mode."""
    for call, parameter, given in script.settings():
        if given.canonical is not None and (parameter.ignored or call.counts(parameter) is False):
            message = f"has no effect: {ignored_because(call.table, parameter)}"
            yield Remark(name_node(given.argument.key), message, parameter.name)


def _missing(call: Call, parameter: Parameter) -> Iterator[Remark]:
    given = call.given.get(parameter.name)
    if given and (given.value is not None or "none" in parameter.written_as):
        return
    if not parameter.required or not call.counts(parameter) or (given is None and call.is_open):
        return
    because = f", which {requirement(call.table, parameter)} needs" if parameter.only_with else ""
    what = f"is {'None' if given else 'missing'}{because}"
    remedy = f"write {parameter.name}={spell(parameter, parameter.when_left_out)}"
    message = f"{what}, and {call.table.name} fills in no default: {remedy}"
    yield Remark(given.argument.key if given else call.place_of(parameter.only_with), message, parameter.name)
