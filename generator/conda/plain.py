"""What a conda file says of its endpoint, at a glance, if it has the plain form that the designer and scoregen write.

To read YAML in full takes as long as the rest of a check of one script, most of it before the first byte is read. The
plain form leaves nothing open: every line is one of these, and any other file is read in full::

    dependencies:
    - python=3.8.10
    - pip:
      - azureml-designer-serving==0.0.13  # a comment
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = r"[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*"
_END = r"(?:  # [ -~]*)?\n"
_BY_CONDA = rf"- (?:{_NAME}=[0-9]+(?:\.[0-9]+)+{_END})"
_BY_PIP = rf"  - (?:(?:{_NAME}==[0-9]+(?:\.[0-9]+)+|azureml-[a-z-]+){_END})"
_PLAIN = re.compile(
    rf"(?:# [ -~]*\n)?(?:name: {_NAME}\n)?(?:channels:\n(?:- {_NAME}\n)+)?"
    rf"dependencies:\n(?P<conda>(?:{_BY_CONDA})+)- pip:\n(?P<pip>(?:{_BY_PIP})+)"
)
_PYTHON = re.compile(r"^- python=([0-9]+\.[0-9]+)", re.MULTILINE)
_NAMES = re.compile(rf"^ *- ({_NAME})", re.MULTILINE)


class Glance(NamedTuple):
    """The Python that conda takes, as 3.8 (None: the file does not say), and the names of all packages."""

    python: str | None
    packages: tuple[str, ...]


def glance(text: str) -> Glance | None:
    """Return what a conda file says; None for one that has another form than the plain one."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    python = _PYTHON.search(match["conda"])
    return Glance(python and python[1], (*_NAMES.findall(match["conda"]), *_NAMES.findall(match["pip"])))
