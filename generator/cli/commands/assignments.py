"""``--set NAME=VALUE`` and ``--dataset NAME=PATH``, where a command takes them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from generator.findings import UsageError
from generator.text.yaml_reader import read_document
from generator.translations.language import say


def add_assignments(parser: argparse.ArgumentParser, parameters: str, datasets: str) -> None:
    """Declare the two options, each with its help."""
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--set", dest="changes", metavar="NAME=VALUE", help=parameters, **several)
    parser.add_argument("--dataset", dest="datasets", metavar="NAME=PATH", help=datasets, **several)


def assigned(texts: Iterable[str]) -> dict[str, str]:
    """Return what stands behind the equals signs, by the names before them. Raises UsageError where there is none."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(say("{text!r}: write it as NAME=VALUE", text=text))
        found[name.strip()] = value
    return found


def value_of(text: str) -> Any:
    """Read a value as a YAML scalar; what YAML would take for more than that is a text."""
    if not text.strip():
        return text
    document = read_document(text)
    return text if document.mistakes or isinstance(document.value, (dict, list)) else document.value
