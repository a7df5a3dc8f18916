"""Writing YAML, the one way for all files: values on a line or in lines, and whether a text says what is meant."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import yaml

from generator.text.invisible import is_visible
from generator.text.yaml_reader import read_document

_PLAIN = re.compile(r"[A-Za-z0-9_][\w .()\[\]<>=~!+/@:-]*", re.ASCII)


def scalar(value: Any) -> str:
    """Return a value that is no list or mapping on one line; text in quotes where it needs them or looks odd.

    It may stand in lines and in braces: ``a: my file.csv``, ``{a: "b[c]"}``.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    is_plain = _PLAIN.fullmatch(value) and all(says(text, [value]) for text in (f"- {value}", f"[{value}]"))
    return value if is_plain else in_quotes(value)


def in_quotes(text: str) -> str:
    """Return a text on one line, in double quotes, with an escape for whatever cannot be seen."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if is_visible(char):
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def in_lines(data: dict[str, Any]) -> str:
    """Return a mapping as PyYAML writes it, a key a line; escaped whole where something in it cannot be seen."""
    can_be_seen = all(map(is_visible, json.dumps(data, ensure_ascii=False)))
    written: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=can_be_seen, width=math.inf)
    return written


def in_one_line(value: Any) -> str:
    """Return any value as PyYAML writes it on one line: text in single quotes where it can be, lists in brackets."""
    written: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=math.inf)
    return written.splitlines()[0]


def says(text: str, meant: Any) -> bool:
    """Say whether a text is YAML that means a value, and nothing is wrong with it."""
    document = read_document(text)
    return not document.mistakes and bool(document.value == meant)
