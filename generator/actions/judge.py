"""Check one file: as a config, a conda file, a deployment or a script, by its name and its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.actions.check import Examined, examine
from generator.actions.endpoint_beside import endpoint_beside
from generator.checks.context import DESIGNERS, mentions_a_module
from generator.files.listing import is_python, is_yaml
from generator.files.read import LARGEST, LARGEST_CONFIG, failure, no_more
from generator.files.search import read_found, search
from generator.findings import START, Finding
from generator.script.source import UndecodableError, decode
from generator.translations.language import mark, say

if TYPE_CHECKING:
    from generator.actions.check_yaml import CondaFile

STDIN = "-"
_BY_ENDPOINT = {"SG119", "SG120", "SG130", "SG132"}  # what is said by the endpoint's Python, its packages or its model


class Judged(NamedTuple):
    """What is to be said about a file, and what was read of it: of a script, or of a conda file, both can be fixed."""

    findings: list[Finding]
    script: Examined | None = None
    encoding: str = ""
    conda: CondaFile | None = None


def largest(path: str) -> int:
    """Return how many bytes a file may have that is to be judged."""
    return LARGEST_CONFIG if is_yaml(path) else LARGEST


def judge(path: str, content: bytes, is_named: bool = False) -> Judged | None:
    """Return what is to be said about a file, or standard input; None where there is nothing in it to judge.

    ``is_named`` says whether the user has named the file: then it may be a config by its keys, and a Python file is
    judged even if it mentions no Score module. Raises FileError.
    """
    if is_yaml(path):
        return _judge_yaml(path, content, is_named)
    if not (mentions_a_module(content) or (is_named and (path == STDIN or is_python(path)))):
        return None
    no_more(content, path)
    try:
        source, encoding = decode(content)
    except UndecodableError as error:
        message = say("not valid Python: {message}", message=error.message)
        return Judged([Finding(message, place=error.place or START, code="SG100")])
    endpoint = DESIGNERS if path == STDIN else endpoint_beside(path)
    examined = examine(source, endpoint, is_named)
    if path != STDIN and any(finding.code in _BY_ENDPOINT for finding in examined.findings):
        from generator.actions.endpoint_around import endpoint_around  # brings yaml, and few scripts have need of it

        around = endpoint_around(path, endpoint)
        examined = examined if around == endpoint else examine(source, around, is_named)
    return Judged(examined.findings, examined, encoding)


def check_folder(folder: str) -> dict[str, list[Finding]]:
    """Return what is to be said about each file in a folder that can be judged, by its path; what is fine has nothing.

    Links that lead out of the folder are passed by. Raises FileError.
    """
    targets, unlisted = search([folder])
    found = {}
    for target in targets:
        if not target.leads_out and (content := read_found(target.path, largest(target.path))) is not None:
            judged = judge(target.path, content)
            if judged is not None:
                found[target.path] = judged.findings
    for error in unlisted:
        raise failure(error.filename, mark("read"), error)
    return found


def _judge_yaml(path: str, content: bytes, is_named: bool) -> Judged | None:
    from generator.actions.check_config import can_be_config, check_config  # few files need them
    from generator.actions.check_yaml import check_azure_file, conda_file

    if can_be_config(path, content, is_named):
        return Judged(check_config(content, path))
    if (found := check_azure_file(path, content)) is not None:
        return Judged(found)
    file = conda_file(path, content)
    return None if file is None else Judged(file.findings(), conda=file)
