"""The formats of reports, by their names on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from generator.report import Checked
from generator.report.text import Style, as_text, wants_colour

FORMATS = ("text", "json", "sarif", "github", "azure", "junit", "gitlab")


def report(style: str, found: list[Checked], clean: Sequence[str] = (), failures: Sequence[str] = ()) -> str:
    """Return what is to be printed of files in one of the formats.

    ``clean`` are the files of which there is nothing to be said, ``failures`` says which cannot be read.
    """
    if style != FORMATS[0]:
        return _for_programs(style, found, clean, failures)
    is_terminal = sys.stdout.isatty()
    if not is_terminal and not found:
        return ""
    shown = _on_terminal() if is_terminal else Style(False, wants_colour(False, os.environ), 0)
    return as_text(found, shown, len(clean))


def _for_programs(style: str, found: list[Checked], clean: Sequence[str], failures: Sequence[str]) -> str:
    from generator.report import azure, github, gitlab, json, junit, sarif  # slow to import, and text needs none

    if style == "json":
        return json.as_json(found)
    found = _from_here(found)  # all others name files as the repository does
    if style == "sarif":
        return sarif.as_sarif(found, failures, os.environ)
    if style == "github":
        return github.as_github(found, len(clean))
    if style == "azure":
        return azure.as_azure(found, len(clean))
    if style == "gitlab":
        return gitlab.as_gitlab(found)
    good = _from_here([Checked(path, "", []) for path in clean])
    return junit.as_junit(found, [checked.path for checked in good], failures)


def _from_here(found: Sequence[Checked]) -> list[Checked]:
    """Return the files by where links lead, each once: at a link GitHub shows nothing.

    Their paths are relative where they are below the current folder.
    """
    here = os.path.realpath(os.curdir).rstrip(os.sep) + os.sep
    real = {os.path.realpath(checked.path): checked for checked in found}
    return [checked._replace(path=path.removeprefix(here)) for path, checked in real.items()]


def _on_terminal() -> Style:
    from generator.report.on_terminal import style  # with shutil and importlib.metadata, which are slow to import

    return style(wants_colour(True, os.environ))
