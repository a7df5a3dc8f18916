"""What PyYAML, jsonschema, Jinja and ast cost on a config, with all made before that is made once."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from generator import config_schema
from generator.config.parse import parse_config
from generator.rendering.score import render, template
from generator.rules.settings import Settings, complete_response


def generate(text: str) -> list[str]:
    """Return the scripts that scoregen makes of a config."""
    return [render(script.settings, "scoregen.yaml") for script in parse_config(text).scripts]


def alone(text: str) -> Callable[[], None]:
    """Return what the libraries do on the same input."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    blocks = yaml.load(text, loader)["scripts"]
    validator = Draft202012Validator(config_schema())
    settings = [script.settings for script in parse_config(text).scripts]
    sources = generate(text)
    page = template(f"{settings[0].table.id}.py.j2", "score.py.j2")
    words = [_words(one) for one in settings]

    def work() -> None:
        yaml.load(text, loader)
        for block in blocks:
            validator.validate(block)
        for one in words:
            page.render(one)
        for source in sources:
            ast.parse(source)

    return work


def _words(settings: Settings) -> dict[str, Any]:
    """Return what the template is given for a script."""
    table = settings.table
    enums = (parameter.enum for parameter in table.parameters if parameter.name in settings.parameters)
    return {
        "table": table,
        "parameters": settings.parameters,
        "datasets": settings.datasets,
        "enums": list(dict.fromkeys(filter(None, enums))),
        "request": settings.request,
        "reading": settings.reading,
        "response": complete_response(table, settings.response),
        "is_batch": False,
    }
