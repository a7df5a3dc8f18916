"""What ``scoregen init`` asks on a terminal where nothing is named: the module, its mode, and the data that needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

from generator.facts.modules import Table, load_tables
from generator.rules.settings import canonical, complete, counts
from generator.text.meaning import meant
from generator.translations.language import say


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
    chosen = _choice(say("The module"), {table.name: table.keys for table in load_tables()})
    table = next(table for table in load_tables() if table.name == chosen)
    said: dict[str, str] = {}
    for parameter in table.parameters:
        settings = complete(table, {name: canonical(table.parameter(name), value) for name, value in said.items()}, {})
        if parameter.type == "option" and not parameter.ignored and counts(table, parameter, settings.parameters):
            options = {option.name: option.spellings for option in parameter.options}
            said[parameter.name] = _choice(parameter.labels[0].text, options)
    settings = complete(table, {name: canonical(table.parameter(name), value) for name, value in said.items()}, {})
    needed = [port.name for port in table.datasets if port.required and counts(table, port, settings.parameters)]
    return Answers(table, said, {name: _path(name) for name in needed})


def _choice(what: str, called: dict[str, tuple[str, ...]]) -> str:
    names = list(called)
    print(f"{what}:", *(f"  {number} {name}" for number, name in enumerate(names, start=1)), sep="\n")
    while True:
        answer = input(say("{what} (a number, or a part of the name): ", what=what)).strip()
        chosen = _numbered(answer, names) or meant(answer, called)
        if chosen:
            return chosen
        print(say("{answer!r} is none of them, or fits several", answer=answer))


def _numbered(answer: str, names: Sequence[str]) -> str | None:
    return names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else None


def _path(name: str) -> str:
    return input(say("{name}, a .csv file beside score.py [{name}.csv]: ", name=name)).strip() or f"{name}.csv"
