"""The parameter tables for people and programs: as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.settings import requirement
from generator.spelling import spell, spell_allowed
from generator.table import Parameter, Port, Table, Value

_TYPES = {"option": "one of", "boolean": "true or false", "integer": "whole number", "text": "text"}


def as_text(tables: tuple[Table, ...]) -> str:
    """Return the tables as indented text."""
    return "\n".join("\n".join(_text_lines(table)) + "\n" for table in tables)


def as_json(tables: tuple[Table, ...]) -> str:
    """Return the tables as a JSON list, with every field of ``generator.table.Table``."""
    return json.dumps([_plain(table) for table in tables], indent=2, ensure_ascii=False) + "\n"


def as_markdown(tables: tuple[Table, ...]) -> str:
    """Return the tables as Markdown, a section for each Score module."""
    return "\n".join("\n".join(_markdown_lines(table)) + "\n" for table in tables)


def _text_lines(table: Table) -> Iterator[str]:
    yield f"{table.name} ({table.id})"
    yield f"  scores the models of: {', '.join(table.trained_by)}"
    yield f"  class: {table.import_paths[0]}.{table.class_name}"
    yield f"  package: {table.package}"
    for port in table.datasets:
        yield f"  dataset {port.name}"
        yield f"    {_dataset_rule(table, port)}"
    if not table.parameters:
        yield "  no parameters"
    for parameter in table.parameters:
        yield f"  {parameter.name}"
        for label in parameter.labels:
            yield f"    {label.language}: {label.text}"
        for title, text in _facts(table, parameter):
            yield f"    {title}: {text}"


def _markdown_lines(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"Scores the models of *{', '.join(table.trained_by)}*. In a config: `module: {table.id}`, or either name.\n"
    yield f"`{table.class_name}` from `{table.import_paths[0]}`"
    for older in table.import_paths[1:]:
        yield f"(in older scripts from `{older}`)"
    yield f"in the package `{table.package}`.\n"
    if table.datasets:
        yield "| dataset | |\n|---|---|"
        yield from (f"| `{port.name}` | {_dataset_rule(table, port)} |" for port in table.datasets)
        yield ""
    if not table.parameters:
        yield "It takes no parameters."
    for parameter in table.parameters:
        yield f"### `{parameter.name}`\n"
        yield "| | |\n|---|---|"
        yield from (f"| label ({label.language}) | {label.text} |" for label in parameter.labels)
        yield from (f"| {title} | {text} |" for title, text in _facts(table, parameter))
        yield ""


def _facts(table: Table, parameter: Parameter) -> Iterator[tuple[str, str]]:
    yield "value", _allowed(parameter)
    yield "in score.py", _written(parameter)
    if parameter.in_script is not None:
        yield "downloaded script", _config_value(parameter, parameter.in_script)
    if parameter.default is not None:
        yield "designer's default", _config_value(parameter, parameter.default)
    if parameter.ignored:
        yield "ignored", parameter.ignored
    if parameter.only_with:
        yield "only with", requirement(table, parameter)
    if parameter.required:
        yield "required", "where it counts" if parameter.only_with else "always"
    if parameter.command_line:
        for reason in parameter.command_line.refused:
            yield f"refused, since {reason.because}", " ".join(reason.options)
        for reason in parameter.command_line.discouraged:
            yield f"better left out, since {reason.because}", " ".join(reason.options)


def _allowed(parameter: Parameter) -> str:
    if parameter.type == "option":
        return ", ".join(option.name for option in parameter.options)
    least = f", {parameter.minimum} or more" if parameter.minimum is not None else ""
    return _TYPES[parameter.type] + least + (", or nothing" if parameter.nullable else "")


def _written(parameter: Parameter) -> str:
    if parameter.type == "option":
        return spell_allowed(parameter)
    example: Value = {"boolean": True, "integer": parameter.minimum}.get(parameter.type, "")
    also = {"string": f"or in quotes, {str(example)!r}", "none": "or None"}
    others = (also[form] for form in parameter.written_as[1:])
    shown = "text in quotes" if parameter.type == "text" else f"like {spell(parameter, example)}"
    return ", ".join((shown, *others))


def _config_value(parameter: Parameter, value: Value) -> str:
    if parameter.type == "option":
        return next(option.name for option in parameter.options if option.member == value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _dataset_rule(table: Table, port: Port) -> str:
    if not port.only_with:
        return "optional"
    return f"{'needed' if port.required else 'counts only'} with {requirement(table, port)}"


def _plain(item: Any) -> Any:
    if isinstance(item, tuple) and hasattr(item, "_asdict"):
        return {key: _plain(value) for key, value in item._asdict().items()}
    return [_plain(part) for part in item] if isinstance(item, tuple) else item
