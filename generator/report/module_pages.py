"""The parameter tables for people and programs: as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from generator.facts.modules import Parameter, Table, Value
from generator.rules.literals import spell
from generator.rules.modes import dataset_rule, requirement
from generator.rules.settings import in_config
from generator.translations.language import ENGLISH, speaking

_Mark: TypeAlias = Callable[[str], str]
"""How a format sets off what is written exactly so in a config or a script."""

_ABOVE_THE_SECTIONS = """\
# The Score modules and their parameters

A config names a module by any of the names listed under it, a parameter by its name in `score.py` or by a label of the
designer, and an option by any of its names. This page is the output of `scoregen modules --format markdown`.
"""


@speaking(ENGLISH)
def as_text(tables: tuple[Table, ...]) -> str:
    """Return the tables as indented text."""
    return "\n".join("\n".join(_text_lines(table)) + "\n" for table in tables)


@speaking(ENGLISH)
def as_json(tables: tuple[Table, ...]) -> str:
    """Return the tables as a JSON list, with every field of ``generator.facts.modules.Table``."""
    return json.dumps([_plain(table) for table in tables], indent=2, ensure_ascii=False) + "\n"


@speaking(ENGLISH)
def as_markdown(tables: tuple[Table, ...]) -> str:
    """Return the tables as a Markdown page, a section for each Score module."""
    contents = "".join(f"- [{table.name}](#{table.name.lower().replace(' ', '-')})\n" for table in tables)
    sections = ("\n".join(_markdown_lines(table)) + "\n" for table in tables)
    return "\n".join((_ABOVE_THE_SECTIONS, contents, *sections))


def _text_lines(table: Table) -> Iterator[str]:
    yield table.name
    for title, text in _module_facts(table, str):
        yield f"  {title}: {text}"
    for parameter in table.parameters:
        yield f"  {parameter.name}"
        for title, text in _parameter_facts(table, parameter, str):
            yield f"    {title}: {text}"


def _markdown_lines(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    for title, text in _module_facts(table, _code):
        yield f"- {title}: {text}"
    for parameter in table.parameters:
        yield f"\n### {_code(parameter.name)}\n"
        head, *rows = (f"| {title} | {_cell(text)} |" for title, text in _parameter_facts(table, parameter, _code))
        yield from (head, "|---|---|", *rows)


def _code(text: str) -> str:
    return f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _module_facts(table: Table, mark: _Mark) -> Iterator[tuple[str, str]]:
    yield "module", ", ".join(map(mark, table.keys))
    yield "class", mark(table.class_name)
    yield "imported from", mark(table.import_paths[0])
    for older in table.import_paths[1:]:
        yield "in older scripts from", mark(older)
    yield "package", mark(table.package)
    for port in table.datasets:
        yield "dataset", f"{mark(port.name)}, {dataset_rule(table, port)}"
    if not table.parameters:
        yield "parameters", "none"


def _parameter_facts(table: Table, parameter: Parameter, mark: _Mark) -> Iterator[tuple[str, str]]:
    for label in parameter.labels:
        yield f"label ({label.language})", label.text
    yield "value", _allowed(parameter, mark)
    yield "in score.py", _written(parameter, mark)
    yield "when left out", _left_out(parameter, mark)
    if parameter.only_with:
        yield "only with", requirement(table, parameter)
    if parameter.ignored:
        yield "ignored", parameter.ignored
    if parameter.command_line:
        for reason in parameter.command_line.refused:
            yield "refused", f"{' '.join(map(mark, reason.options))}: {reason.because}"
        for reason in parameter.command_line.discouraged:
            yield "discouraged", f"{' '.join(map(mark, reason.options))}: {reason.because}"


def _allowed(parameter: Parameter, mark: _Mark) -> str:
    if parameter.type == "option":
        spellings = (dict.fromkeys((option.name, *option.spellings)) for option in parameter.options)
        return "; ".join(" or ".join(map(mark, names)) for names in spellings)
    if parameter.type == "boolean":
        return f"{mark('true')} or {mark('false')}"
    allowed = f"a whole number, {parameter.minimum} or more" if parameter.type == "integer" else "text"
    return allowed + (", or nothing" if parameter.nullable else "")


def _written(parameter: Parameter, mark: _Mark) -> str:
    """Show how a script writes a value."""
    examples: dict[str, Value] = {"boolean": True, "integer": parameter.minimum, "text": "text"}
    example = parameter.options[0].member if parameter.options else examples[parameter.type]
    return f"like {mark(spell(parameter, example))}"


def _left_out(parameter: Parameter, mark: _Mark) -> str:
    """Say what ``settings.complete`` puts in the parameter's place."""
    in_script, default = (_shown(parameter, value, mark) for value in (parameter.in_script, parameter.default))
    if in_script:
        other = f" (the designer's default is {default})" if default and default != in_script else ""
        return f"{in_script}, as in the downloaded script{other}"
    return f"{default}, the designer's default" if parameter.required else "not passed to the module"


def _shown(parameter: Parameter, value: Value, mark: _Mark) -> str | None:
    if value is None:
        return None
    return mark(str(value).lower() if isinstance(value, bool) else str(in_config(parameter, value)))


def _plain(item: Any) -> Any:
    if isinstance(item, tuple) and hasattr(item, "_asdict"):
        return {key: _plain(value) for key, value in item._asdict().items()}
    return [_plain(part) for part in item] if isinstance(item, tuple) else item
