"""What is noted while a script is followed: calls that run, loops, what they are given, and the ends of it."""

import ast
from typing import NamedTuple

from generator.facts.modules import Table
from generator.script.journal import Changes, Mark
from generator.script.objects import Slot, Unknown, Value
from generator.script.scopes import Scope

OTHER = "other"
"""Stands for any use of a value but that as one argument of one scoring call, and the look-up of an item."""

READ = "read"
"""Stands, with the key, for looking up an item of a dict and using that."""

MOST_STEPS = 50_000

DEEPEST = 40  # calls within calls

MOST_ESCAPED = 60

MOST_PASSES = 4  # of a loop, before what it changes is given up


class TooLongError(Exception):
    """A script does more than is worth following."""


class Reached(NamedTuple):
    """A scoring call as it is reached: its module, what it is given by name and by position, and what is not known."""

    table: Table
    node: ast.Call
    scope: Scope
    slots: dict[str, Slot]
    order: list[tuple[str, Slot]]
    positional: list[Value]
    rest: Unknown | None


class Running:
    """A function that is being followed: where it began, and what it has returned so far."""

    def __init__(self, node: ast.AST | None, mark: Mark) -> None:
        self.node = node
        self.mark = mark
        self.branches = 0
        self.returned: list[tuple[Value, Changes | None]] = []


class Loop(NamedTuple):
    """A loop that is being followed: where it began, and how its ``break`` and ``continue`` leave the state."""

    mark: Mark
    breaks: list[Changes]
    continues: list[Changes]


class Given(NamedTuple):
    """What a function is given: by position, by name, and whether more may come with ``*`` or ``**``."""

    positional: list[Value]
    slots: dict[str, Slot]
    more: bool
    rest: Unknown | None
