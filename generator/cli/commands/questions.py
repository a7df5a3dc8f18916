"""What ``scoregen init`` asks on a terminal where nothing is named: the module, its mode, and the data that needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from generator.facts.modules import Table, load_tables
from generator.rules.modes import counts
from generator.rules.settings import canonical, complete
from generator.text.meaning import meant, possible
from generator.text.wording import several
from generator.translations.language import say, spoken

_Thing = TypeVar("_Thing", bound=Hashable)


class Answers(NamedTuple):
    """The module, and what is set and loaded besides, as a config says it."""

    table: Table
    parameters: dict[str, str]
    datasets: dict[str, str]

    @property
    def arguments(self) -> list[str]:
        """The arguments with which `scoregen init` does the same without a question."""
        said = ["--module", self.table.id]
        said += [word for name, value in self.parameters.items() for word in ("--set", f"{name}={value}")]
        return said + [word for name, path in self.datasets.items() for word in ("--dataset", f"{name}={path}")]


def somebody_answers() -> bool:
    """Say whether there is a terminal on which to ask."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def ask() -> Answers:
    """Ask on the terminal until all is said. Raises EOFError where nobody answers any more."""
    language = spoken()
    table = _choice(say("The module"), {table: table.keys for table in load_tables()}, lambda it: it.name_in(language))
    said: dict[str, str] = {}
    for parameter in table.parameters:
        settings = complete(table, {name: canonical(table.parameter(name), value) for name, value in said.items()}, {})
        if parameter.type == "option" and not parameter.ignored and counts(table, parameter, settings.parameters):
            options = {option: option.spellings for option in parameter.options}
            chosen = _choice(parameter.label_in(language), options, lambda it: it.name_in(language))
            said[parameter.name] = chosen.name
    settings = complete(table, {name: canonical(table.parameter(name), value) for name, value in said.items()}, {})
    needed = [port.name for port in table.datasets if port.required and counts(table, port, settings.parameters)]
    return Answers(table, said, {name: _path(name) for name in needed})


def _choice(what: str, called: Mapping[_Thing, tuple[str, ...]], shown: Callable[[_Thing], str]) -> _Thing:
    """Ask which of several things is meant; ``called`` says what each may be called, ``shown`` what it is called."""
    things = list(called)
    print(
        say("{what}:", what=what), *(f"  {number} {shown(thing)}" for number, thing in enumerate(things, 1)), sep="\n"
    )
    while True:
        answer = input(say("{what} (a number, or a part of the name): ", what=what)).strip()
        chosen = _numbered(answer, things) or meant(answer, called)
        if chosen:
            return chosen
        hint = several(answer, [shown(thing) for thing in possible(answer, called)])
        print(say("{answer!r} is none of them{hint}", answer=answer, hint=hint))


def _numbered(answer: str, things: Sequence[_Thing]) -> _Thing | None:
    return things[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(things) else None


def _path(name: str) -> str:
    return input(say("{name}, a .csv file beside score.py [{name}.csv]: ", name=name)).strip() or f"{name}.csv"
