"""``python -m benchmarks``: what generating costs beside what the libraries alone cost on the same input."""

from __future__ import annotations

import ast
import statistics
import time
from collections.abc import Callable
from typing import Any

import jinja2
import yaml
from jsonschema import Draft202012Validator

from generator import config_schema
from generator.config import parse_config
from generator.render import render, templates_folder
from generator.spelling import literal, spell, spell_allowed

SCRIPTS = 1000
ROUNDS = 7
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


def main() -> None:
    """Print the medians and their ratio as a Markdown table."""
    text = "scripts:\n" + "".join(BLOCK.format(number=number) for number in range(1, SCRIPTS + 1))
    steps = _libraries(text)
    rounds = [
        ({name: _seconds(step) for name, step in steps.items()}, _seconds(lambda: _generate(text)))
        for _ in range(ROUNDS)
    ]
    ratios = [ours / sum(theirs.values()) for theirs, ours in rounds]
    print(f"{SCRIPTS} scripts from one config, medians of {ROUNDS} rounds\n\n| work | seconds |\n|---|---|")
    for name in steps:
        print(f"| {name} | {statistics.median(theirs[name] for theirs, _ in rounds):.3f} |")
    print(f"| scoregen, all together | {statistics.median(ours for _, ours in rounds):.3f} |")
    print(f"\nscoregen / the libraries alone: {statistics.median(ratios):.2f} (goal: at most 1.5)")


def _generate(text: str) -> list[str]:
    return [render(script.settings, "scoregen.yaml") for script in parse_config(text).scripts]


def _libraries(text: str) -> dict[str, Callable[[], Any]]:
    """Return what the libraries alone do on the same input, each with all that can be made once made before."""
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
    return {
        "PyYAML's C loader": lambda: yaml.load(text, loader),
        "one jsonschema validation a block": lambda: all(validator.is_valid(block) for block in blocks),
        "Jinja rendering": lambda: all(
            template.render(table=one.table, parameters=one.parameters, datasets=one.datasets, enums=[], origin="")
            for one in settings
        ),
        "one ast.parse a script": lambda: all(ast.parse(source) for source in sources),
    }


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
