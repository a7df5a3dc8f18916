"""What the checks of a script look at: all of it, read once."""

import ast
import functools
from typing import Any, NamedTuple

from generator.facts.modules import Condition, Parameter, Port, Table, Value, load_tables
from generator.facts.python import DEFAULT, Version
from generator.findings import Place
from generator.rules.coercion import Wrong, judge
from generator.rules.modes import conditions
from generator.script import designer
from generator.script.arguments import Argument
from generator.script.calls import MOST_CALLS, ScoringCall, imported_modules, scoring_calls
from generator.script.execution import Execution, TooLongError
from generator.script.parse import parse
from generator.script.places import Places
from generator.script.scopes import Names, Scope, scan
from generator.script.values import DYNAMIC
from generator.text.encodings import without_nulls
from generator.text.spans import place_of_error
from generator.translations.language import say


class Given(NamedTuple):
    """An argument as the script gives it: where its value comes from, the value, and what it means to the module."""

    argument: Argument
    node: ast.expr
    scope: Scope
    value: Any
    canonical: Value
    wrong: Wrong | None

    @property
    def is_known(self) -> bool:
        """Whether it can be told what the module makes of it."""
        return self.value is not DYNAMIC and self.wrong is None


class Call:
    """A scoring call under the table of its module; ``is_open`` if it may be given more than ``given`` holds."""

    def __init__(self, call: ScoringCall) -> None:
        """Judge what the call is given."""
        self.scoring = call
        self.node = call.node
        self.scope = call.scope
        self.table: Table = call.table
        self.arguments = call.arguments
        self.is_open = call.rest is not None
        self.parameters = {parameter.name: parameter for parameter in self.table.parameters}
        self.given = {argument.name: self._given(argument) for argument in call.arguments}
        self._counts: dict[str, bool | None] = {}

    def _given(self, argument: Argument) -> Given:
        node, scope = argument.origin
        value = argument.known
        parameter = self.parameters.get(argument.name)
        canonical, wrong = judge(parameter, value) if parameter and value is not DYNAMIC else (None, None)
        return Given(argument, node, scope, value, canonical, wrong)

    def counts(self, of: Parameter | Port) -> bool | None:
        """Say whether a parameter or port counts in the script's mode; None where that cannot be told."""
        if of.name not in self._counts:
            verdicts = [self._fits(condition) for condition in conditions(self.table, of)]
            self._counts[of.name] = False if False in verdicts else None if None in verdicts else True
        return self._counts[of.name]

    def holds(self, condition: Condition) -> bool:
        """Say whether a condition surely holds."""
        return self._fits(condition) is True and self.counts(self.parameters[condition.parameter]) is True

    def _fits(self, condition: Condition) -> bool | None:
        given = self.given.get(condition.parameter)
        if (given and not given.is_known) or (given is None and self.is_open):
            return None
        return bool(given and given.canonical in condition.options)

    def place_of(self, condition: Condition | None) -> ast.AST:
        """Return where a condition is set: the value of its parameter, or else the call."""
        given = self.given.get(condition.parameter) if condition else None
        return given.node if given else self.node


class Endpoint(NamedTuple):
    """What is known of the endpoint: its Python, the file that says so, and the packages that are installed there.

    ``module`` is the one that scores the model; ``dates`` are its columns of dates, ``predictions`` its least and
    its greatest prediction.
    """

    python: Version = DEFAULT
    file: str = ""
    packages: frozenset[str] = frozenset()
    module: Table | None = None
    dates: tuple[str, ...] = ()
    predictions: tuple[float, ...] = ()


DESIGNERS = Endpoint()
"""That of the conda files which the designer wrote last, where none is at hand."""


class Unreadable(NamedTuple):
    """Why Python cannot read a script, and where that shows."""

    reason: str
    place: Place


class Context:
    """A script as its checks see it: text, tree, names, and the scoring calls that the endpoint reaches.

    ``is_named`` says whether the user has named the file rather than a folder around it. ``unreadable`` says why there
    is no tree; then nothing is in it. ``execution`` holds what was found out by following it, None for a script that
    does too much to be followed.
    """

    def __init__(
        self,
        places: Places,
        tree: ast.Module,
        endpoint: Endpoint = DESIGNERS,
        unreadable: Unreadable | None = None,
        is_named: bool = False,
    ) -> None:
        """Follow the names of a parsed script."""
        self.places = places
        self.endpoint = endpoint
        self.is_named = is_named
        self.tree = tree
        self.unreadable = unreadable
        self.names: Names = scan(tree)
        self.execution = _followed(self.names)
        self.scoring_calls = scoring_calls(self.execution) if self.execution else []
        self.calls = [Call(call) for call in self.scoring_calls[:MOST_CALLS]]

    @functools.cached_property
    def imported(self) -> dict[Table, ast.AST]:
        """The Score modules that the script imports, each with an import of it."""
        return imported_modules(self.names)

    @property
    def is_entry_script(self) -> bool:
        """Whether the file is one that an endpoint runs, as far as can be told."""
        return bool(self.scoring_calls or self.imported)

    @functools.cached_property
    def named_calls(self) -> list[Call]:
        """The calls of modules with settings; the others are called by position."""
        return [call for call in self.calls if call.parameters]

    @functools.cached_property
    def settings(self) -> list[tuple[Call, Parameter, Given]]:
        """The parameters that the calls are given."""
        return [
            (call, call.parameters[name], given)
            for call in self.named_calls
            for name, given in call.given.items()
            if name in call.parameters
        ]

    @functools.cached_property
    def ports(self) -> list[tuple[Call, Port, Given | None]]:
        """The data ports of the calls, and what each is given."""
        return [(call, port, call.given.get(port.name)) for call in self.named_calls for port in call.table.ports]


def _followed(names: Names) -> Execution | None:
    try:
        return Execution(names)
    except (TooLongError, RecursionError):
        return None


def read_script(source: str, endpoint: Endpoint = DESIGNERS, is_named: bool = False) -> Context:
    """Return what the checks look at in a script, which is without a byte order mark.

    Of one that ``is_named`` by the user it is said when there is nothing in it to check.
    """
    places = Places(source)
    try:
        return Context(places, parse(source), endpoint, is_named=is_named)
    except (SyntaxError, ValueError) as error:
        return _unreadable(places, endpoint, error)
    except (RecursionError, MemoryError):
        return _unreadable(places, endpoint, SyntaxError(say("nested too deeply")))


def _unreadable(places: Places, endpoint: Endpoint, error: SyntaxError | ValueError) -> Context:
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    return Context(places, ast.Module([], []), endpoint, Unreadable(reason, place_of_error(error)))


def mentions_a_module(source: str | bytes) -> bool:
    """Say, at little cost, whether a file can be a designer script: whether it names a module's package and class.

    One in UTF-16 can: it is none that Python reads, which is to be said of it.
    """
    content = source.encode(errors="replace") if isinstance(source, str) else without_nulls(source)
    return any(name.encode() in content for name in designer.packages()) and any(name in content for name in _classes())


@functools.cache
def _classes() -> set[bytes]:
    return {table.class_name.encode() for table in load_tables()}
