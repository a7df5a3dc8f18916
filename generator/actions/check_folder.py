"""The judgement of all files of a folder, as ``scoregen check`` finds them, for a Python program."""

from __future__ import annotations

from generator.actions.judge import judge, largest
from generator.files.search import read_found, search
from generator.findings import FileError, Finding
from generator.translations.language import say


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
        raise FileError(say("{filename}: cannot be read: {strerror}", filename=error.filename, strerror=error.strerror))
    return found
