"""The parameter tables as typed, frozen objects: what each Score module takes and how it must be written.

The facts stand in ``tables/``, one YAML file per Score module; ``table.schema.yaml`` says what a table looks like.
"""

import functools
from typing import Any, Literal, NamedTuple, TypeAlias

from generator.facts.compiled import DATA

Value: TypeAlias = bool | int | str | None
"""A parameter's value in canonical form: an option is its member's name, a boolean a bool, a text a str or None."""


class Label(NamedTuple):
    """A parameter's name in the designer, in one language (ISO 639-1)."""

    language: str
    text: str


def _in(language: str, labels: tuple[Label, ...], otherwise: str) -> str:
    """Return the first label of a language."""
    return next((label.text for label in labels if label.language == language), otherwise)


class Option(NamedTuple):
    """One allowed value of an option. ``table.schema.yaml`` describes each field."""

    member: str
    name: str
    meant_for: str | None = None
    pads_with_nan: bool = False
    translated: tuple[Label, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """What a config may call the option: the Enum member's name, or a name that the designer shows."""
        return (self.member, self.name, *(label.text for label in self.translated))

    def name_in(self, language: str) -> str:
        """Return what the designer shows in a language, or else in English."""
        return _in(language, self.translated, self.name)


class Condition(NamedTuple):
    """Holds when ``parameter`` counts and has one of ``options`` (members)."""

    parameter: str
    options: tuple[str, ...]


class Reason(NamedTuple):
    """Command line options that are not to be used, and why."""

    because: str
    options: tuple[str, ...]


class CommandOption(NamedTuple):
    """A command line option that is taken. ``table.schema.yaml`` describes each field."""

    name: str
    kind: Literal["flag", "number", "whole number", "choice", "text"]
    minimum: int | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    what: str = ""
    example: str = ""


class Together(NamedTuple):
    """A command line option that needs another, and why."""

    option: str
    needs: str
    because: str


class Effect(NamedTuple):
    """What a value of a command line option does that is to be known.

    ``predictions`` are the least and the greatest that the file of a model names for which the value is right.
    """

    option: str
    value: str
    effect: str
    predictions: tuple[float, ...]


class CommandLine(NamedTuple):
    """Which command line options a text may hold. ``table.schema.yaml`` describes each field."""

    options: tuple[CommandOption, ...]
    refused: tuple[Reason, ...]
    discouraged: tuple[Reason, ...]
    short: tuple[tuple[str, str], ...] = ()
    together: tuple[Together, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """The options that are taken."""
        return tuple(option.name for option in self.options)

    def option(self, name: str) -> CommandOption | None:
        """Return the option of that name, short or long; None for one that is not taken."""
        return next((option for option in self.options if option.name == name), None)

    def long_name(self, name: str) -> str:
        """Return the long name of an option."""
        return dict(self.short).get(name, name)


class Parameter(NamedTuple):
    """One setting of a Score module. ``table.schema.yaml`` describes each field."""

    name: str
    labels: tuple[Label, ...]
    type: Literal["option", "boolean", "integer", "text"]
    written_as: tuple[str, ...]
    enum: str | None = None
    options: tuple[Option, ...] = ()
    minimum: int | None = None
    minimum_holds: Literal["always", "where it counts", "never"] = "always"
    never_boolean: Condition | None = None
    converts: bool = False
    required: bool = False
    default: Value = None
    in_script: Value = None
    only_with: Condition | None = None
    keeps_columns: bool = False
    ignored: str | None = None
    command_line: CommandLine | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What a config may call the parameter: its name, then its labels."""
        return (self.name, *dict.fromkeys(label.text for label in self.labels))

    def label_in(self, language: str) -> str:
        """Return what the designer shows in a language, or else in English."""
        return _in(language, self.labels, self.labels[0].text)

    @property
    def when_left_out(self) -> Value:
        """What stands for a parameter that is left out where it counts: the downloaded script's, or the designer's."""
        return self.default if self.in_script is None else self.in_script

    @property
    def nullable(self) -> bool:
        """Whether a config may give nothing."""
        return self.type == "text" and "none" in self.written_as


class Port(NamedTuple):
    """One data argument of a Score module's call. ``table.schema.yaml`` describes each field."""

    name: str
    holds: Literal["model", "request", "dataset"]
    form: str
    passed: Literal["always", "if given"] = "if given"
    id_columns: int = 0
    one_id_with: Condition | None = None
    row_for_row_with: Condition | None = None
    lines: bool = False
    takes_path: bool = False
    required: bool = False
    only_with: Condition | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What a config may call the port: its name."""
        return (self.name,)


class CondaPackage(NamedTuple):
    """A package of conda's that a module needs. ``table.schema.yaml`` describes each field."""

    name: str
    version: str
    on_pypi: str | None = None
    required: bool = True


class Result(NamedTuple):
    """The attribute that holds the scored frame, and the shape of the downloaded script's response."""

    attribute: str
    body: Literal["rows", "columns"]


class Table(NamedTuple):
    """All that is known of one Score module. ``table.schema.yaml`` describes each field."""

    id: str
    name: str
    trained_by: tuple[str, ...]
    model_classes: tuple[str, ...]
    package: str
    class_name: str
    import_paths: tuple[str, ...]
    schema: Literal["required", "optional"]
    result: Result
    ports: tuple[Port, ...]
    outputs: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    conda: tuple[CondaPackage, ...] = ()
    translated: tuple[Label, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)  # that of a tuple goes through all parameters and their options, each time

    @property
    def keys(self) -> tuple[str, ...]:
        """What a config may call the module: the table's id, the Score module's name, the training modules' names.

        Then the names that the two have in the designer's other languages.
        """
        return (self.id, self.name, *self.trained_by, *(label.text for label in self.translated))

    def name_in(self, language: str) -> str:
        """Return what the designer calls the Score module in a language, or else in English."""
        return _in(language, self.translated, self.name)

    @property
    def datasets(self) -> tuple[Port, ...]:
        """The ports that a user may point at data."""
        return tuple(port for port in self.ports if port.holds == "dataset")

    @property
    def argument_order(self) -> list[str]:
        """The names of the call's arguments in the order in which they are written."""
        return [port.name for port in self.ports] + [parameter.name for parameter in self.parameters]

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of that name; KeyError when the module has none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise KeyError(name)


@functools.cache
def load_tables() -> tuple[Table, ...]:
    """Return the tables of all Score modules, in the order of their names."""
    return tuple(sorted(map(_table, DATA["tables"]), key=lambda table: table.name))


def table_of_class(name: str) -> Table | None:
    """Return the module that scores the models of a class, by the class's module; None where none is known to."""
    return next(
        (table for table in load_tables() if any(f"{name}.".startswith(f"{its}.") for its in table.model_classes)), None
    )


def load_helpers() -> dict[str, str]:
    """Return from which module each helper is imported that an entry script takes besides its Score module."""
    helpers: dict[str, str] = DATA["helpers"]
    return helpers


def load_entry_points() -> tuple[str, ...]:
    """Return the modules whose init() and run() serve a whole pipeline that was deployed from the designer."""
    found: tuple[str, ...] = DATA["pipelines"]["entry_points"]
    return found


@functools.cache
def tables_by_key() -> dict[str, Table]:
    """Return the tables by all that a config may call a module: see ``Table.keys``."""
    return {key: table for table in load_tables() for key in table.keys}


def _table(data: dict[str, Any]) -> Table:
    return Table(
        id=data["id"],
        name=data["name"],
        trained_by=data["trained_by"],
        model_classes=data["model_classes"],
        package=data["package"],
        class_name=data["class"],
        import_paths=data["import_paths"],
        schema=data.get("schema", "required"),
        result=Result(**data["result"]),
        ports=tuple(map(_port, data["ports"])),
        outputs=data.get("outputs", ()),
        parameters=tuple(map(_parameter, data["parameters"])),
        conda=tuple(CondaPackage(**package) for package in data.get("conda", ())),
        translated=_labels(data.get("translated", {})),
    )


def _port(data: dict[str, Any]) -> Port:
    conditions = ("only_with", "one_id_with", "row_for_row_with")
    return Port(**data | {name: _condition(data.get(name)) for name in conditions})


def _parameter(data: dict[str, Any]) -> Parameter:
    return Parameter(
        **data
        | {
            "labels": _labels(data["labels"]),
            "options": tuple(map(_option, data.get("options", ()))),
            "only_with": _condition(data.get("only_with")),
            "never_boolean": _condition(data.get("never_boolean")),
            "command_line": _command_line(data.get("command_line")),
        }
    )


def _option(data: dict[str, Any]) -> Option:
    return Option(**data | {"translated": _labels(data.get("translated", {}))})


def _labels(data: dict[str, str | tuple[str, ...]]) -> tuple[Label, ...]:
    """Return labels by their languages; several of one where the translation has changed."""
    listed = ((language, (said,) if isinstance(said, str) else said) for language, said in data.items())
    return tuple(Label(language, text) for language, texts in listed for text in texts)


def _condition(data: dict[str, Any] | None) -> Condition | None:
    return Condition(**data) if data else None


def _command_line(data: dict[str, Any] | None) -> CommandLine | None:
    if not data:
        return None
    options = tuple(
        CommandOption(name, **{key: value for key, value in group.items() if key != "options"})
        for group in data["options"]
        for name in group["options"]
    )
    together = tuple(Together(**row) for row in data.get("together", ()))
    short = tuple(data.get("short", {}).items())
    effects = tuple(Effect(**row) for row in data.get("effects", ()))
    return CommandLine(options, _reasons(data["refused"]), _reasons(data["discouraged"]), short, together, effects)


def _reasons(data: tuple[dict[str, Any], ...]) -> tuple[Reason, ...]:
    return tuple(Reason(**reason) for reason in data)
