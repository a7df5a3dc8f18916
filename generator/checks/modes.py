"""Arguments that the script's mode needs, and those that it ignores."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Call, Context
from generator.checks.registry import Remark, check
from generator.facts.modules import Parameter
from generator.rules.literals import spell
from generator.rules.modes import ignored_because, requirement
from generator.script.places import name_node
from generator.translations.language import say


@check("SG105")
def missing(script: Context) -> Iterator[Remark]:
    """Find arguments that the module needs in every mode, and the script leaves out."""
    for call in script.named_calls:
        for parameter in call.table.parameters:
            if not parameter.only_with:
                yield from _missing(call, parameter)
    for call, port, given in script.ports:
        if given is None and (port.holds != "dataset" or port.passed == "always"):
            if not call.node.args and not call.is_open:  # else it may be there without its name
                what = say("a dataset or None") if port.holds == "dataset" else say("the {holds}", holds=port.holds)
                yield Remark(
                    call.node, say("is missing: write {name}= and {what}", name=port.name, what=what), port.name
                )
        elif given and given.value is None and port.holds != "dataset":
            yield Remark(
                given.node,
                say("is None, where {name} needs the {holds}", name=call.table.name, holds=port.holds),
                port.name,
            )


@check("SG106")
def missing_in_mode(script: Context) -> Iterator[Remark]:
    """Find arguments that the script's mode needs, and the script leaves out."""
    for call in script.named_calls:
        for parameter in call.table.parameters:
            if parameter.only_with:
                yield from _missing(call, parameter)


@check("SG107")
def missing_dataset(script: Context) -> Iterator[Remark]:
    """Find datasets that the script's mode needs, and the script leaves out."""
    for call, port, given in script.ports:
        is_fixed = port.holds != "dataset" or port.passed == "always"  # SG105 where it is not there
        if given is None and (is_fixed or call.is_open):
            continue
        if (given is None or given.value is None) and port.required and call.counts(port):
            what = say("is None") if given else say("is missing")
            needs = say("{requirement} needs a dataset", requirement=requirement(call.table, port))
            place = given.argument.value if given else call.place_of(port.only_with)
            yield Remark(
                place,
                say("{what}, and {needs}: load one in init() and hand it over", what=what, needs=needs),
                port.name,
            )


@check("SG110")
def ignored(script: Context) -> Iterator[Remark]:
    """Find arguments that have no effect in the script's mode."""
    for call, parameter, given in script.settings:
        if given.canonical is not None and (parameter.ignored or call.counts(parameter) is False):
            message = say("has no effect: {ignored_because}", ignored_because=ignored_because(call.table, parameter))
            yield Remark(name_node(given.argument.key), message, parameter.name)


def _missing(call: Call, parameter: Parameter) -> Iterator[Remark]:
    given = call.given.get(parameter.name)
    if given and (given.value is not None or "none" in parameter.written_as):
        return
    if not parameter.required or not call.counts(parameter) or (given is None and call.is_open):
        return
    because = (
        say(", which {requirement} needs", requirement=requirement(call.table, parameter))
        if parameter.only_with
        else ""
    )
    what = (say("is None") if given else say("is missing")) + because
    remedy = say(
        "write {name}={when_left_out}", name=parameter.name, when_left_out=spell(parameter, parameter.when_left_out)
    )
    message = say("{what}, and {name} fills in no default: {remedy}", what=what, name=call.table.name, remedy=remedy)
    yield Remark(given.argument.key if given else call.place_of(parameter.only_with), message, parameter.name)
