"""The judgement of all files of a folder, as ``scoregen check`` finds them, for a Python program."""

from __future__ import annotations

from generator.actions.check import check
from generator.actions.check_yaml import check_config_or_azure_file, conda_file
from generator.actions.endpoint_beside import endpoint_beside
from generator.checks.context import mentions_a_module
from generator.files.read import LARGEST, LARGEST_CONFIG, no_more
from generator.files.search import read_found, search
from generator.findings import START, FileError, Finding
from generator.script.source import UndecodableError, decode
from generator.translations.language import say

_YAML = (".yaml", ".yml")


def check_folder(folder: str) -> dict[str, list[Finding]]:
    """Return what is to be said about each file in a folder that can be judged, by its path; what is fine has nothing.

    Links that lead out of the folder are passed by. Raises FileError.
    """
    targets, unlisted = search([folder])
    judged = {}
    for target in targets:
        if not target.leads_out and (content := read_found(target.path, _most(target.path))) is not None:
            found = _findings(target.path, content)
            if found is not None:
                judged[target.path] = found
    for error in unlisted:
        raise FileError(say("{filename}: cannot be read: {strerror}", filename=error.filename, strerror=error.strerror))
    return judged


def _most(path: str) -> int:
    return LARGEST_CONFIG if path.endswith(_YAML) else LARGEST


def _findings(path: str, content: bytes) -> list[Finding] | None:
    """Return what is to be said about a file; None where there is nothing in it to judge. Raises FileError."""
    if path.endswith(_YAML):
        found = check_config_or_azure_file(path, content)
        if found is not None:
            return found
        file = conda_file(path, content)
        return None if file is None else file.findings()
    if not mentions_a_module(content):
        return None
    no_more(content, path)
    try:
        source, _ = decode(content)
    except UndecodableError as error:
        message = say("not valid Python: {message}", message=error.message)
        return [Finding(message, place=error.place or START, code="SG100")]
    return check(source, endpoint_beside(path))
