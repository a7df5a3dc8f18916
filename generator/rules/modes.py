"""Which parameters and datasets count in the mode that the others choose, for configs and for scripts alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.facts.modules import Condition, Parameter, Port, Table, Value
from generator.translations.language import say


def counts(table: Table, of: Parameter | Port, parameters: Mapping[str, Value]) -> bool:
    """Say whether a parameter or port has an effect beside the given (canonical, completed) parameters."""
    return all(parameters.get(condition.parameter) in condition.options for condition in conditions(table, of))


def condition_holds(table: Table, condition: Condition, parameters: Mapping[str, Value]) -> bool:
    """Say whether a parameter counts and has one of a condition's options."""
    of = table.parameter(condition.parameter)
    return parameters.get(condition.parameter) in condition.options and counts(table, of, parameters)


def conditions(table: Table, of: Parameter | Port) -> Iterator[Condition]:
    """Yield the conditions under which a parameter or port counts: its own, then those of the parameter it names."""
    condition = of.only_with
    while condition:
        yield condition
        condition = table.parameter(condition.parameter).only_with


def ignored_because(table: Table, of: Parameter | Port) -> str:
    """Say when a parameter or port that does not count would do so, in terms of the config."""
    if isinstance(of, Parameter) and of.ignored:
        return say(of.ignored)
    return say("it counts only with {requirement}", requirement=requirement(table, of))


def requirement(table: Table, of: Parameter | Port) -> str:
    """Say which modes a parameter or port counts in, in terms of the config."""
    needed = (
        f"{condition.parameter} {say(' or ').join(map(repr, option_names(table, condition)))}"
        for condition in conditions(table, of)
    )
    return say(" and ").join(needed)


def option_names(table: Table, condition: Condition) -> list[str]:
    """Return the designer's names of the options that a condition asks for."""
    options = table.parameter(condition.parameter).options
    return [option.name for option in options if option.member in condition.options]


def dataset_rule(table: Table, port: Port) -> str:
    """Say when a dataset is needed."""
    if not port.only_with:
        return say("optional")
    return say(
        "{value} with {requirement}",
        value=say("needed") if port.required else say("counts only"),
        requirement=requirement(table, port),
    )
