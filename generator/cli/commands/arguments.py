"""Arguments of which several commands take some: ``--set NAME=VALUE``, ``--dataset NAME=PATH``, whole numbers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from generator.findings import UsageError
from generator.text.yaml_reader import read_document
from generator.translations.language import say

_LONGEST_NUMBER = 20  # digits


def add_assignments(parser: argparse.ArgumentParser, parameters: str, datasets: str) -> None:
    """Declare the two options, each with its help."""
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--set", dest="changes", metavar="NAME=VALUE", help=parameters, **several)
    parser.add_argument("--dataset", dest="datasets", metavar="NAME=PATH", help=datasets, **several)


def whole_number(most: int, wrong: Callable[[str], str]) -> Callable[[str], int]:
    """Return what reads a number from 1 to ``most``; ``wrong`` says what to say of any other text."""

    def read(text: str) -> int:
        if text.isdecimal() and len(text) < _LONGEST_NUMBER and 0 < int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(wrong(text))

    return read


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
