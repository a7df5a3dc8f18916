"""What generating costs beside what the libraries alone cost on the same input."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import jinja2
import yaml
from jsonschema import Draft202012Validator

from benchmarks.timing import Row, compare
from generator import config_schema
from generator.config import parse_config
from generator.render import render, templates_folder
from generator.spelling import literal, spell, spell_allowed

SCRIPTS = 1000
BLOCK = """\
- module: Score Wide and Deep Recommender
  output: score_{number}.py
  parameters:
    recommender_prediction_kind: Item Recommendation
    Recommended item selection: From Unrated Items (to suggest new items to users)
    maximum_number_of_items_to_recommend_to_a_user: {number}
  datasets:
    training_data: {{path: ratings_{number}.csv}}
"""


def rows() -> list[Row]:
    """Return the comparison."""
    text = "scripts:\n" + "".join(BLOCK.format(number=number) for number in range(1, SCRIPTS + 1))
    steps = _libraries(text)

    def libraries() -> None:
        for step in steps:
            step()

    return [
        compare(
            f"generate {SCRIPTS:,} scripts from one config / the libraries alone",
            1.5,
            lambda: _generate(text),
            libraries,
        )
    ]


def _generate(text: str) -> list[str]:
    return [render(script.settings, "scoregen.yaml") for script in parse_config(text).scripts]


def _libraries(text: str) -> list[Callable[[], Any]]:
    """Return what PyYAML, jsonschema, Jinja and ast do on the same input, with all made before that is made once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    blocks = yaml.load(text, loader)["scripts"]
    validator = Draft202012Validator(config_schema())
    settings = [script.settings for script in parse_config(text).scripts]
    sources = _generate(text)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "literal": literal,
        "allowed": spell_allowed,
        "written": lambda value, *rest, **more: spell(rest[0], value, *rest[1:], **more),
    }
    template = environment.get_template("score.py.j2")
    return [
        lambda: yaml.load(text, loader),
        lambda: all(validator.is_valid(block) for block in blocks),
        lambda: all(
            template.render(table=one.table, parameters=one.parameters, datasets=one.datasets, enums=[], origin="")
            for one in settings
        ),
        lambda: all(ast.parse(source) for source in sources),
    ]
