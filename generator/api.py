"""What other Python programs call. Nothing here touches files or the terminal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from generator.actions import check as checking
from generator.actions import extract as extraction
from generator.actions import rewrite as rewriting
from generator.config.parse import parse_config
from generator.findings import ConfigError, Finding
from generator.rendering.score import render

if TYPE_CHECKING:
    from generator.findings import Finding
    from generator.rules.settings import Dataset, Response


def generate(config: str | Mapping[str, Any], *, origin: str = "") -> str:
    """Return the source of the entry script that a config describes.

    ``config`` is YAML text, or the mapping that such a text holds; it must describe one script. ``origin`` is the
    config's file name, for the script's first line. Raises ConfigError, which holds all that is wrong with the config.

    >>> script = generate({"module": "svd", "parameters": {"prediction kind": "item recommendation"}})
    >>> compile(script, "score.py", "exec").co_name
    '<module>'
    """
    scripts = parse_config(config, check_outputs=False).scripts
    if len(scripts) != 1:
        message = f"one script is wanted, but the config holds {len(scripts)}: pass one block of the list"
        raise ConfigError(Finding(message, path=("scripts",)))
    return render(scripts[0].settings, origin)


def rewrite(
    source: str,
    changes: Mapping[str, Any],
    *,
    unset: Collection[str] = (),
    datasets: Mapping[str, Dataset] | None = None,
    prune: bool = False,
    response: Response | None = None,
) -> str:
    """Return a script with its parameters and its response changed, and every other character as it was.

    ``changes`` gives parameters, by name or label, values in the form of a config; ``datasets`` gives dataset ports
    what the script is to load once, at start; ``unset`` names parameters and dataset ports to take out. What the new
    mode needs comes along; what it ignores stays, unless ``prune``; and so does what ``response`` does not name. Raises
    RefusedError where the script cannot be changed safely, ConfigError where a change is not allowed.

    >>> script = rewrite(generate("module: train model"), {"append score columns to output": False})
    >>> list(extract(script)["parameters"].values())
    [False]
    """
    rewritten = rewriting.rewrite(source, changes, unset=unset, datasets=datasets, prune=prune, response=response)
    return str(rewritten.source)


def check(source: str) -> list[Finding]:
    """Return what is to be said about a script, in the order of its lines: nothing if it scores no designer model.

    >>> script = generate("module: train model").replace("_only=True", "_only=1")
    >>> [finding.message for finding in check(script)]
    ['1 stands where the module takes a boolean: write True or False']
    """
    return checking.check(source)


def extract(source: str) -> dict[str, Any]:
    """Return the config that would generate a script, by the names of the script. Raises RefusedError.

    >>> sorted(extract(generate("module: svd")))
    ['module', 'parameters']
    """
    return dict(extraction.extract(source).config)
