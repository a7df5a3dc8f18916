"""Scoring calls that Python or the module refuses, and those that cannot be followed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.script.calls import MOST_CALLS
from generator.script.places import name_node
from generator.translations.language import say


@check("SG115")
def by_position(script: Context) -> Iterator[Remark]:
    """Find arguments that are given by position to a module that takes them by name."""
    for call in script.named_calls:
        for node in call.node.args if call.scoring.positional else ():
            yield Remark(node, say("{name} takes its arguments by name only: write name=value", name=call.table.name))


@check("SG116")
def given_twice(script: Context) -> Iterator[Remark]:
    """Find arguments that a call is given twice."""
    for call in script.named_calls:
        for argument in call.arguments:
            if argument.is_repeated:
                message = say("{name} is given to the call twice, which Python refuses: keep one", name=argument.name)
                yield Remark(name_node(argument.key), message, argument.name)


@check("SG117")
def not_followed(script: Context) -> Iterator[Remark]:
    """Find calls whose parameters cannot be told from the text."""
    for call in script.calls:
        rest = call.scoring.rest
        if rest is not None:
            message = say(
                "what the call is given {why}: what {name} is given is not all checked",
                why=rest.why,
                name=call.table.name,
            )
            yield Remark(rest.node or call.node, message)
    for table, node in list(script.imported.items() if script.execution is None else ())[:1]:
        yield Remark(
            node, say("the script does more than can be followed: what {name} is given is not checked", name=table.name)
        )
    for beyond in script.scoring_calls[MOST_CALLS:][:1]:
        message = say(
            "there are more than {most_calls} scoring calls: what is given from here on is not checked",
            most_calls=MOST_CALLS,
        )
        yield Remark(beyond.node, message)


@check("SG118")
def no_scoring_call(script: Context) -> Iterator[Remark]:
    """Find Score modules that are imported and never called."""
    if script.execution is None:
        return  # SG117
    called = {call.table for call in script.scoring_calls}
    for table, node in script.imported.items():
        if table not in called:
            message = say(
                "no call of the run() of {class_name} is reached from run(), so nothing of it is checked: call "
                "it there, on the class or on a name that stands for it",
                class_name=table.class_name,
            )
            yield Remark(node, message)
