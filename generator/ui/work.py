"""What the page works on: a script or a module, its config, and the script that this generates."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.actions.check import check
from generator.actions.first_config import begin, script_at
from generator.actions.generate import contents
from generator.actions.init import start_of_module
from generator.config.parse import Script, parse_config
from generator.config.schema import CONFIG_FILE, DEFAULT_OUTPUT
from generator.config.write import full_config_text
from generator.facts.modules import Table
from generator.files.read import read_bytes_if_there
from generator.files.replace import create
from generator.findings import ConfigError, FileError, Finding, ScoregenError
from generator.model.names import CONDA_FILE, MODEL_FOLDER, SAMPLES, SCHEMA
from generator.rules.module_names import table_called
from generator.text.diff import unified_diff
from generator.text.terminal import visible
from generator.translations.language import say
from generator.trial.target import model_around

_IN_MODEL = (CONDA_FILE, SCHEMA, SAMPLES)
LARGEST_UPLOAD = 20_000_000
"""How many bytes all files may have that are sent to the page."""


class Work(NamedTuple):
    """A folder in which a config stands, or is to stand, the config, and the script as it was found, if there is one.

    ``left`` says what the script does that a config cannot say, because of which its code is kept.
    """

    folder: Path
    config: dict[str, Any]
    source: str | None
    left: tuple[str, ...]

    @property
    def table(self) -> Table:
        """The module."""
        return table_called(self.config["module"])

    @property
    def has_model(self) -> bool:
        """Whether there is a model beside the config, so that a request can be tried."""
        return model_around(self.folder) is not None

    @property
    def samples(self) -> str:
        """The request that the designer left beside the model, if it did."""
        for place in (self.folder / MODEL_FOLDER / SAMPLES, self.folder / SAMPLES):
            with contextlib.suppress(FileError):  # one that cannot be read is as good as none
                content = read_bytes_if_there(place)
                if content is not None:
                    return content.decode("utf-8-sig", errors="replace")
        return ""


class Given(NamedTuple):
    """What a config gives: its text, the script, and what is to be said about either.

    ``script`` is None, and ``source`` empty, where the config gives none: ``problems`` says what is wrong with it,
    ``reason`` what else stands in the way.
    """

    text: str
    source: str
    script: Script | None = None
    problems: tuple[Finding, ...] = ()
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def open_path(path: Path) -> Work:
    """Begin with a script, a model's folder or what is around that. Raises ScoregenError."""
    begun = begin(*script_at(path))
    left = tuple(visible(str(finding)) for finding in begun.start.left)
    return Work(begun.home, dict(begun.start.config), begun.source, left)


def open_module(table: Table, folder: Path) -> Work:
    """Begin with a module, without a script."""
    return Work(folder, dict(start_of_module(table).config), None, ())


def open_files(files: Mapping[str, bytes], folder: Path) -> Work:
    """Begin with files that were sent, by their names; they are written into an empty folder. Raises ScoregenError."""
    script = files[_script_among(files)]
    inside = {name: files[name] for name in _IN_MODEL if name in files}
    home = folder / MODEL_FOLDER if inside else folder
    home.mkdir(exist_ok=True)
    for name, content in {DEFAULT_OUTPUT: script, **inside}.items():
        create(home / name, content)
    try:
        return open_path(home if inside else home / DEFAULT_OUTPUT)
    except FileError as error:
        raise FileError(error.message.replace(f"{home}{os.sep}", "")) from None


def _script_among(names: Collection[str]) -> str:
    """Return which of the files that were sent is the script. Raises FileError where none is, or several may be."""
    scripts = [name for name in names if name.lower().endswith(".py")]
    named = [name for name in scripts if name.lower() == DEFAULT_OUTPUT]
    if len(named or scripts) == 1:
        return (named or scripts)[0]
    if scripts:
        raise FileError(say("choose one script: these are {names}", names=", ".join(map(repr, named or scripts))))
    raise FileError(
        say(
            "there is no {default_output} among the files: choose the downloaded one, or the model's folder; a zip "
            "file has to be unpacked first",
            default_output=DEFAULT_OUTPUT,
        )
    )


def given_by(work: Work, config: Mapping[str, Any]) -> Given:
    """Return what a config gives."""
    text = full_config_text(config, {})
    try:
        (script,) = parse_config(text).scripts
        content, notes = contents(work.folder / CONFIG_FILE, script)
    except ConfigError as error:
        return Given(text, "", problems=error.findings)
    except ScoregenError as error:
        return Given(text, "", reason="\n".join(error.lines(DEFAULT_OUTPUT)))
    source = content.decode("utf-8-sig")
    return Given(text, source, script, findings=tuple(check(source)), notes=notes)


def difference(work: Work, source: str) -> str:
    """Return how a script differs from the one that was found, as a diff; empty where it does not."""
    return "" if work.source is None else unified_diff(work.source.encode(), source.encode(), DEFAULT_OUTPUT)
