"""Explain schema errors of a script's block in plain words: where, what is wrong, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.config.schema import OPEN_MODEL_FOLDER, REQUIRED_VERSION, REWRITE, config_schema
from generator.facts.modules import Parameter, Port, Table, load_tables, tables_by_key
from generator.findings import Finding, Path
from generator.model.names import OPEN_MODEL
from generator.rules.command_line import advice
from generator.rules.dataset_path import path_fault
from generator.rules.modes import conditions, ignored_because, option_names
from generator.rules.module_names import tables_possible
from generator.rules.settings import fault, no_boolean, parameter_name
from generator.rules.validator import Invalid
from generator.text.wording import either, part_of, several, show, suggestion, without_blank
from generator.text.yaml_writer import in_one_line
from generator.translations.language import mark, say

_LONGEST_VALUE = 60  # characters
_KINDS = {"parameters": mark("parameter"), "datasets": mark("dataset")}
_WORDS = {"object": mark("a mapping"), "array": mark("a list"), "string": mark("text")}
_FILES = mark("a batch endpoint hands its script files and sends no response: leave it out")
_DOES_NOT_GO: dict[Path, str] = {
    ("client",): mark("only the client of a model of pictures does something to what it sends: leave it out"),
    ("mode",): mark("a script for a batch endpoint is generated as a whole: leave `mode` out"),
    ("request",): mark(
        "`mode: rewrite` leaves how a script reads its requests alone: leave `mode` out to have it generated"
    ),
}
_EXAMPLES: dict[Path, str] = {
    ("convert",): mark(": write `{trees: lightgbm}`"),
    ("request",): mark(": write `{optional: auto}`"),
    ("response",): mark(": write `{body: records}`"),
    ("response", "names"): mark(": write `{predicted_price: Scored Labels}`"),
}


def explain(invalid: Invalid, table: Table | None, given: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is invalid in a script's block, as it looks to the user.

    ``table`` is the block's module (None: unknown), ``given`` its parameters by name.
    """
    if invalid.keyword == "deprecated":
        yield from _deprecated(invalid, table, given)
    elif invalid.keyword == "additionalProperties":
        for key in invalid.value:
            if key not in invalid.known:
                message = _elsewhere(key, invalid, table) or _unknown_key(key, invalid.known, table, invalid.path)
                yield Finding(message, path=(*invalid.path, key), code="SG401")
    elif _wants_open_model(invalid):
        yield Finding(_no_open_model(), path=("convert",))
    elif invalid.path == ("output",) and invalid.keyword == "not":
        return  # where a file may go depends on the command: ``parse`` says it
    elif invalid.keyword == "required":
        for key in invalid.wanted:
            if key not in invalid.value and not _is_misnamed(table, invalid):
                yield _missing(key, table, invalid.path)._replace(code="SG403")
    else:
        is_path = invalid.path[:1] == ("datasets",) and invalid.keyword == "not"
        yield Finding(_wrong_value(invalid, table), path=invalid.path, code="SG407" if is_path else "SG402")


def _wants_open_model(invalid: Invalid) -> bool:
    """Say whether it is `convert` that wants a model, or one that is called as an open model is."""
    if invalid.keyword == "pattern":
        return invalid.path == ("model",) and invalid.wanted == OPEN_MODEL_FOLDER
    return invalid.keyword == "required" and invalid.path == () and invalid.wanted == ["model"]


def _no_open_model() -> str:
    return say(
        "it is for a model in an open form, which `scoregen convert` writes: name its folder, as "
        "`model: {open_model}`, or leave this out",
        open_model=OPEN_MODEL,
    )


def _deprecated(invalid: Invalid, table: Table | None, given: Mapping[str, Any]) -> Iterator[Finding]:
    subject = _subject(table, invalid.path)
    assert table and subject  # only the modules' own definitions deprecate anything
    if isinstance(subject, Parameter) and (speaks_against := advice(subject, invalid.value)):
        yield Finding(speaks_against, "warning", invalid.path)
        return
    modes = [table.parameter(condition.parameter) for condition in conditions(table, subject)]
    unknown = given.keys() - {parameter.name for parameter in table.parameters}  # one of them may be the mode, misspelt
    if not unknown and not any(mode.name in given and fault(mode, given[mode.name]) for mode in modes):
        yield Finding(
            say("is ignored: {ignored_because}", ignored_because=ignored_because(table, subject)),
            "warning",
            invalid.path,
        )


def _subject(table: Table | None, path: Path) -> Parameter | Port | None:
    """Return the parameter or dataset port that a path within a block names."""
    if not table or len(path) != 2:
        return None
    return next((subject for subject in _subjects(table, path[0]) if subject.name == path[1]), None)


def _subjects(table: Table, section: str | int) -> tuple[Parameter | Port, ...]:
    return table.parameters if section == "parameters" else table.datasets


def _is_misnamed(table: Table | None, invalid: Invalid) -> bool:
    """Say whether a missing dataset is there under a wrong name, which is said already."""
    ports = {port.name for port in table.datasets} if table else set()
    return invalid.path == ("datasets",) and not set(invalid.value) <= ports


def _elsewhere(key: str, invalid: Invalid, table: Table | None) -> str | None:
    """Say where a key of a block belongs that stands under another section, or under none."""
    if table is None or len(invalid.path) > 1 or "scripts" in invalid.known:
        return None
    name = parameter_name(table, key)
    sections = ["parameters"] if any(parameter.name == name for parameter in table.parameters) else []
    sections += ["datasets"] if any(port.name == key for port in table.datasets) else []
    known = config_schema()["$defs"]
    sections += [section for section in ("request", "response", "convert") if key in known[section]["properties"]]
    if not sections or invalid.path[:1] == (sections[0],):
        return None
    value = invalid.value[key]
    written = in_one_line({key: value}) if len(repr(value)) <= _LONGEST_VALUE else f"{{{key}: ...}}"
    return say(
        "belongs under {sections}: write `{section}: {written}`",
        sections=either([f"`{section}`" for section in sections]),
        section=sections[0],
        written=written,
    )


def _unknown_key(key: str, known: tuple[str, ...], table: Table | None, path: Path) -> str:
    kind = _KINDS.get(str(path[0])) if table and len(path) == 1 else None
    if table and kind:
        subjects = _subjects(table, path[0])
        names = ", ".join(subject.name for subject in subjects)
        if not names:
            return say("{name} takes no {kind}s: leave it out", name=table.name, kind=say(kind))
        return say(
            "unknown {kind} of {name}{meant} (known: {names})",
            kind=say(kind),
            name=table.name,
            meant=_meant(key, subjects),
            names=names,
        )
    if "scripts" in known:
        return say("cannot stand beside `scripts`: move it into the blocks of that list")
    here = known if path else (*known, "scripts")
    return say("unknown key{hint} (known: {here})", hint=suggestion(key, here), here=", ".join(here))


def _meant(key: str, subjects: tuple[Parameter | Port, ...]) -> str:
    """Propose a name where a name was written, and a label where a label was."""
    as_name = key.isidentifier()
    meant = {known: subject.name if as_name else known for subject in subjects for known in subject.keys}
    return suggestion(key, meant) or part_of(key, {subject.name: subject.keys for subject in subjects})


def _missing(key: str, table: Table | None, path: Path) -> Finding:
    if key == "module":
        modules = ", ".join(repr(table.name) for table in load_tables())
        return Finding(say("`module` is missing: name one of {modules}", modules=modules), path=path)
    if key == "path":
        return Finding(say("`path` is missing: write `{path}: {{path: data.csv}}`", path=path[-1]), path=path)
    assert table  # all else that is required, a module's own definition requires
    port = next(port for port in table.datasets if port.required and key in (port.name, "datasets"))
    condition = next(conditions(table, port), None)
    who = say(" or ").join(map(repr, option_names(table, condition))) if condition else table.name
    message = say(
        "{who} needs the dataset {name}: add `datasets: {{{name}: {{path: data.csv}}}}`", who=who, name=port.name
    )
    return Finding(message, path=("parameters", condition.parameter) if condition else path)


def _wrong_value(invalid: Invalid, table: Table | None) -> str:
    subject = _subject(table, invalid.path)
    value = invalid.value
    if isinstance(subject, Parameter):
        return fault(subject, value) or say("is not allowed here")
    if invalid.path == ("module",):
        return _unknown_module(value)
    if (invalid.keyword, invalid.wanted) in (("not", {"const": REWRITE}), ("type", "null")):
        return say(_DOES_NOT_GO.get(invalid.path, _FILES))
    if invalid.path == (REQUIRED_VERSION,):
        if invalid.keyword == "not":
            return say("is for all scripts: move it to the top, beside `scripts`")
        if isinstance(value, str):
            return say("{value} names no versions: write it like '>=0.1' or '>=0.1, <0.3'", value=show(value))
        return say("{value} names no versions: write it in quotes, like '>=0.1'", value=show(value))
    if invalid.keyword == "enum":
        allowed = tuple(invalid.wanted)
        words = [word for word in allowed if isinstance(word, str)]
        return say(
            "{value} is not allowed here: use one of {allowed}{hint}",
            value=show(value),
            allowed=", ".join(map(show, allowed)),
            hint=suggestion(value, words),
        )
    if invalid.keyword == "not":
        return path_fault(str(value))
    if invalid.keyword == "pattern":
        what = say("the model's folder") if invalid.path == ("model",) else say("a file")
        return say("{value} is not a usable path: name {what}, with / between folders", value=show(value), what=what)
    if invalid.keyword == "minItems":
        what = say("write a block for each script") if invalid.path == ("scripts",) else say("name a column")
        return say("the list is empty: {what}", what=what)
    if invalid.keyword == "minLength":
        return say("the name is empty: name a column")
    if invalid.keyword == "uniqueItems":
        return say("something is named twice: name it once")
    return _wrong_type(invalid, table, subject)


def _unknown_module(value: Any) -> str:
    modules = ", ".join(repr(table.name) for table in load_tables())
    keys = sorted(tables_by_key(), key=lambda key: key.isidentifier() != str(value).isidentifier())
    fits = [each.name for each in tables_possible(value)] if isinstance(value, str) else []
    hint = several(value, fits) or suggestion(value, keys)
    return say(
        "{value} is not a known module: use one of {modules}{hint}", value=show(value), modules=modules, hint=hint
    )


def _wrong_type(invalid: Invalid, table: Table | None, subject: Parameter | Port | None) -> str:
    value = invalid.value
    wanted = invalid.wanted if isinstance(invalid.wanted, str) else invalid.wanted[0]
    example = say(_EXAMPLES[invalid.path]) if invalid.path in _EXAMPLES else ""
    if isinstance(subject, Port):
        example = say(": write `{path: data.csv}`")
    if table and table.datasets and invalid.path == ("datasets",):
        example = say(": write `{{{name}: {{path: data.csv}}}}`", name=table.datasets[0].name)
    if wanted == "array" and invalid.path[:1] in (("request",), ("response",)):
        example = say(": write `[customer_id]`")
    if wanted == "string":
        example = say(": put it in quotes")
    if wanted == "boolean":
        return no_boolean(value)
    if wanted == "object" and isinstance(value, str) and without_blank(value):
        return without_blank(value)
    return say("{value} is not {words}{example}", value=show(value), words=say(_WORDS[wanted]), example=example)
