"""What models are, for people and programs: as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.actions.describe import ColumnFacts, Description
from generator.text.terminal import visible
from generator.text.wording import shortened
from generator.translations.language import say


def as_text(models: Sequence[Description]) -> str:
    """Return descriptions as text, a block for each model."""
    return "\n".join("".join(f"{visible(line)}\n" for line in _text_lines(model)) for model in models)


def as_json(models: Sequence[Description]) -> str:
    """Return descriptions as a JSON list, with every field of ``Description``."""
    plain = [model._asdict() | {"columns": [column._asdict() for column in model.columns]} for model in models]
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def as_markdown(models: Sequence[Description]) -> str:
    """Return descriptions as Markdown, a section for each model."""
    return "\n".join("".join(f"{visible(line)}\n" for line in _markdown_lines(model)) for model in models)


def _text_lines(model: Description) -> Iterator[str]:
    yield f"{model.module}: {model.model}"
    for title, text in _facts(model):
        yield f"  {title}: {text}"
    if model.columns:
        yield f"  {say('request')}: {model.request}"
        width = max(len(column.name) for column in model.columns)
        yield from (f"    {column.name:<{width}}  {_about(column)}" for column in model.columns)
    if model.example:
        yield f"  {say('example')}: {_example(model)}"
    yield f"  {say('response')}: {model.response}"
    if model.shape:
        yield f"    {model.shape}"
    yield from (f"  {say('note')}: {note}" for note in model.notes)


def _markdown_lines(model: Description) -> Iterator[str]:
    yield from (f"# {model.module}: {model.model}", "")
    yield from (f"- {title}: {text}" for title, text in _facts(model))
    if model.columns:
        yield from (
            "",
            f"## {say('Request')}",
            "",
            say("{request}:", request=_capital(model.request)),
            "",
            say("| Column | Holds |"),
            "|---|---|",
        )
        yield from (f"| `{_cell(column.name)}` | {_cell(_about(column))} |" for column in model.columns)
    if model.example:
        yield from ("", "```json", _example(model), "```")
    yield from ("", f"## {say('Response')}", "", _capital(model.response))
    if model.shape:
        yield from ("", "```text", model.shape, "```")
    if model.notes:
        yield from ("", f"## {say('Notes')}", "", *(f"- {note}" for note in model.notes))


def _facts(model: Description) -> Iterator[tuple[str, str]]:
    if model.learner:
        yield say("model"), model.learner
    if model.versions:
        yield say("endpoint"), ", ".join(f"{name} {version}" for name, version in model.versions.items())


def _about(column: ColumnFacts) -> str:
    role = "" if column.role == "used" else column.role
    return "; ".join(filter(None, (f"{column.type}: {column.holds}", role, column.known)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _example(model: Description) -> str:
    """Return the example with its long texts cut: a picture in base64 would fill pages. JSON has them whole."""
    return json.dumps(_cut(model.example), ensure_ascii=False)


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return shortened(value)
    if isinstance(value, list):
        return [_cut(item) for item in value]
    return {name: _cut(item) for name, item in value.items()} if isinstance(value, dict) else value


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
