"""Parameter values in canonical form, and the rules that a table gives them.

One place says what is wrong with a value (``fault``) and what a mode still needs (``complete``). Which parameters count
in a mode stands in ``modes.py``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from generator.facts.modules import Parameter, Table, Value
from generator.findings import Path
from generator.rules.command_line import command_line_fault
from generator.rules.modes import condition_holds, counts
from generator.text.meaning import meant, possible, spelling_of
from generator.text.similar import letters
from generator.text.wording import several, show, suggestion
from generator.translations.language import say

SPELT_BOOLEANS = dict.fromkeys(("true", "yes", "oui", "vrai"), True) | dict.fromkeys(
    ("false", "no", "non", "faux"), False
)
"""The texts that stand for true or false, in any case."""
Body: TypeAlias = Literal["default", "records", "columns", "rows", "row"]
Encoding: TypeAlias = Literal["string", "object"]
BODIES: tuple[Body, ...] = ("default", "records", "columns", "rows")
ROW: Literal["row"] = "row"
REQUEST_BODIES = ("rows", ROW, "designer")
AUTO = "auto"
SAMPLES = "samples"
LARGEST_NUMBER = 2_147_483_647
"""The largest whole number of a config, far more than there is to count."""
ENCODINGS: tuple[Encoding, ...] = ("string", "object")
IMAGES = "image_directory"
"""The form of a request that holds pictures."""
NUMPY, LIGHTGBM = "numpy", "lightgbm"
SCORED_BY = (NUMPY, LIGHTGBM)
"""What may score the boosted trees of a model in an open form."""
BATCH = "batch"
ENDPOINTS = ("online", "kubernetes", BATCH)


class Dataset(NamedTuple):
    """Where a script finds a dataset: a ``.csv`` file or a designer dataset folder.

    ``path`` is relative to the folder of the script, or of the model (``AZUREML_MODEL_DIR``).
    """

    path: str
    relative_to: Literal["script", "model"] = "script"

    @property
    def is_csv(self) -> bool:
        """Whether it is a CSV file rather than a designer dataset folder."""
        return self.path.lower().endswith(".csv")


class Request(NamedTuple):
    """What run() is given: the body's shape, the columns that may be left out, and those that are handed back.

    ``optional`` is ``AUTO`` for those without which the model scores the same. ``swagger`` is ``SAMPLES`` where the
    description shows rows of the training data, and true where it shows none; ``parameters`` names those that a
    request may set.
    """

    body: str = REQUEST_BODIES[0]
    optional: str | tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    swagger: bool | str = False
    parameters: tuple[str, ...] = ()

    @property
    def is_enveloped(self) -> bool:
        """Whether the rows come within ``Inputs``, beside ``GlobalParameters``, and go back within ``Results``."""
        return bool(self.swagger) or self.body == "designer"

    @property
    def takes_object(self) -> bool:
        """Whether those who send it expect an object for an answer, not the text of one."""
        return self.is_enveloped or self.body == ROW


class Reading(NamedTuple):
    """How a script has to read a request for its module, in the mode that its parameters choose.

    ``ids``: the number of the first columns that the module looks at, 0 where that is all. ``row_for_row``: whether
    each row gets a row of the answer. ``lines``: whether there is one column of texts, each a line.
    """

    form: str
    ids: int
    row_for_row: bool
    lines: bool


class Response(NamedTuple):
    """What run() gives back: the body's shape, whether it is strict JSON, and whether run() or the server encodes it.

    Then the columns' new names, as pairs of new and old, and the columns, by those names, that are given back. None
    leaves a thing as the designer's script has it, or the script that is there.
    """

    body: Body | None = None
    strict_json: bool | None = None
    encoding: Encoding | None = None
    names: tuple[tuple[str, str], ...] | None = None
    columns: tuple[str, ...] | None = None

    @property
    def named(self) -> dict[str, Any]:
        """What is not None, by name."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    @property
    def is_designers(self) -> bool:
        """Whether it is what the designer's script gives back. It must be complete."""
        return self == (BODIES[0], False, ENCODINGS[0], (), ())

    @property
    def columns_named(self) -> list[tuple[Path, str]]:
        """The places in a config that name a column, with the name: of those that are renamed, and of those picked."""
        return [
            *((("response", "names", new), old) for new, old in self.names or ()),
            *((("response", "columns", index), name) for index, name in enumerate(self.columns or ())),
        ]


class Settings(NamedTuple):
    """All that decides what a script does: the module, its parameters (canonical, in the table's order), its data.

    Then what it gives back, the kind of endpoint that calls it, and what scores the boosted trees of an open model.
    """

    table: Table
    parameters: Mapping[str, Value]
    datasets: Mapping[str, Dataset]
    response: Response = Response()
    endpoint: str = ENDPOINTS[0]
    request: Request = Request()
    trees: str = NUMPY

    @property
    def reading(self) -> Reading:
        """How a request has to be read."""
        port = next(port for port in self.table.ports if port.holds == "request")
        one_id = port.one_id_with and condition_holds(self.table, port.one_id_with, self.parameters)
        each = not port.row_for_row_with or condition_holds(self.table, port.row_for_row_with, self.parameters)
        return Reading(port.form, 1 if one_id else port.id_columns, each, port.lines)


def takes_images(table: Table) -> bool:
    """Say whether the module scores pictures."""
    return any(port.form == IMAGES for port in table.ports)


def parameter_name(table: Table, key: str) -> str:
    """Return the name of the parameter that a name or label stands for; the key itself when it is neither."""
    name, known = _names_by_letters(table).get(letters(key), (key, key))
    return name if key == known or re.match(spelling_of(known), key) else key


@functools.cache
def _names_by_letters(table: Table) -> dict[str, tuple[str, str]]:
    return {letters(key): (parameter.name, key) for parameter in table.parameters for key in parameter.keys}


def named_value(table: Table, name: str, value: Any) -> Any:
    """Return a value as a schema knows it: an option by its member, a boolean, a whole number without a fraction.

    What is of no such form is returned as it is.
    """
    parameter = next((parameter for parameter in table.parameters if parameter.name == name), None)
    if parameter and parameter.type == "option" and isinstance(value, str):
        return option_meant(parameter, value) or value
    if parameter and parameter.type == "boolean" and isinstance(value, str):
        return SPELT_BOOLEANS.get(value.lower(), value)
    return whole(value) if parameter and parameter.type == "integer" else value


def option_meant(parameter: Parameter, value: str) -> str | None:
    """Return the member of the only option that a text can mean; None where it fits none, or several."""
    return meant(value, {option.member: option.spellings for option in parameter.options})


def canonical(parameter: Parameter, value: Any) -> Value:
    """Return a config's value in canonical form. The value must be without fault."""
    if parameter.type == "option":
        return option_meant(parameter, value)
    if parameter.type == "boolean" and isinstance(value, str):
        return SPELT_BOOLEANS[value.lower()]
    return value  # type: ignore[no-any-return]


def in_config(parameter: Parameter, value: Value) -> Any:
    """Return a canonical value as a config gives it: an option by the designer's name."""
    return next((option.name for option in parameter.options if option.member == value), value)


def whole(value: Any) -> Any:
    """Return a number without a fraction as a whole one, since a schema does not tell 5.0 from 5; all else as it is."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_NUMBER
    return int(value) if is_whole else value


def complete(table: Table, given: Mapping[str, Value], datasets: Mapping[str, Dataset]) -> Settings:
    """Return the settings with what ``given`` (canonical) leaves out.

    That is what the downloaded script has, and where the chosen mode needs more, the designer's default.
    """
    parameters = {parameter.name: parameter.in_script for parameter in table.parameters} | dict(given)
    for _ in table.parameters:  # one that is filled in may make others count
        for parameter in table.parameters:
            if parameters[parameter.name] is None and parameter.required and counts(table, parameter, parameters):
                parameters[parameter.name] = parameter.default
    set_ones = {name: value for name, value in parameters.items() if value is not None or name in given}
    in_order = {port.name: datasets[port.name] for port in table.datasets if port.name in datasets}
    return Settings(table, set_ones, in_order)


def complete_response(table: Table, response: Response) -> Response:
    """Return a response with what the designer's script has for None; a shape that is the designer's is the default."""
    body = response.body or BODIES[0]
    if body == "columns" == table.result.body:
        body = BODIES[0]
    return Response(
        body,
        response.strict_json or False,
        response.encoding or ENCODINGS[0],
        response.names or (),
        response.columns or (),
    )


def fault(parameter: Parameter, value: Any) -> str | None:
    """Say what is wrong with a config's value and what is allowed; None when nothing is."""
    if value is None and parameter.nullable:
        return None
    rules = {"option": _option, "boolean": _boolean, "integer": _integer, "text": _text}
    return rules[parameter.type](parameter, value)


def below_minimum(value: Any, minimum: int) -> str:
    """Say that a number is too small."""
    return say("{value} is below the minimum: use {minimum} or more", value=show(value), minimum=minimum)


def above_maximum(value: Any, maximum: int) -> str:
    """Say that a number is too large."""
    return say("{value} is above the maximum: use {maximum} or less", value=show(value), maximum=maximum)


def no_boolean(value: Any) -> str:
    """Say that a value is no boolean."""
    hint = say(", without quotes") if isinstance(value, str) else ""
    return say("{value} is not allowed here: use true or false{hint}", value=show(value), hint=hint)


def _option(parameter: Parameter, value: Any) -> str | None:
    if isinstance(value, str) and option_meant(parameter, value):
        return None
    as_member = isinstance(value, str) and value.isidentifier()
    options = parameter.options
    near = {
        spelling: option.member if as_member else option.name for option in options for spelling in option.spellings
    }
    allowed = ", ".join(repr(option.name) for option in options)
    fits = possible(value, {option.name: option.spellings for option in options}) if isinstance(value, str) else []
    return say(
        "{value} is not allowed here: use one of {allowed}{hint}",
        value=show(value),
        allowed=allowed,
        hint=several(value, fits) or suggestion(value, near),
    )


def _boolean(_: Parameter, value: Any) -> str | None:
    is_spelt = isinstance(value, str) and value.lower() in SPELT_BOOLEANS
    return None if is_spelt or isinstance(value, bool) else no_boolean(value)


def _integer(parameter: Parameter, value: Any) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        hint = say(", without quotes") if isinstance(value, str) and value.isdecimal() else ""
        return say(
            "{value} is not a whole number: use {minimum} or more{hint}",
            value=show(value),
            minimum=parameter.minimum,
            hint=hint,
        )
    if parameter.minimum is not None and value < parameter.minimum:
        return below_minimum(value, parameter.minimum)
    if value > LARGEST_NUMBER:
        return above_maximum(value, LARGEST_NUMBER)
    return None


def _text(parameter: Parameter, value: Any) -> str | None:
    if not isinstance(value, str):
        return say("{value} is not text: put it in quotes", value=show(value))
    return command_line_fault(parameter.command_line, value) if parameter.command_line else None
