"""Check a config: everything that ``generate`` reports, each with its code, and datasets that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.actions.missing_data import missing_data
from generator.actions.model_folder import doubtful_columns, model_folder_of, refuse_unknown_columns
from generator.actions.model_module import refuse_other_module
from generator.actions.model_release import conda_of
from generator.config.parse import Config, Script, parse_config
from generator.facts.codes import is_ignored
from generator.files.listing import is_config
from generator.findings import ConfigError, Finding
from generator.text.spans import Text
from generator.text.yaml_reader import Document, read_document

_LOOKS_LIKE_A_CONFIG = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\{ *)?['\"]?(?:module|scripts)['\"]? *:", re.MULTILINE)


def can_be_config(path: str, content: bytes, is_named: bool) -> bool:
    """Say whether a YAML file is to be judged as a config: by its name or, if the user names it, by its keys."""
    return is_config(path) or (is_named and bool(_LOOKS_LIKE_A_CONFIG.search(content)))


def check_config(content: bytes, name: Path | str) -> list[Finding]:
    """Return what is to be said about the config at a path, in the order of its lines, without what is silenced."""
    path = Path(name)
    document = read_document(content)
    try:
        config = parse_config(document)
    except ConfigError as error:
        found = list(error.findings)
    else:
        found = [*config.warnings, *missing_datasets(path, config), *_misfits(path, config, document)]
    lines = Text(content.decode("utf-8-sig", errors="replace")).lines
    heard = [finding for finding in found if not is_ignored(finding, lines)]
    return sorted(heard, key=lambda finding: finding.order)


def _misfits(path: Path, config: Config, document: Document) -> list[Finding]:
    """Return what the models of a config at a path have against it, each at the key that it is about."""
    found: list[Finding] = []
    for number, script in enumerate(config.scripts):
        above: tuple[str | int, ...] = ("scripts", number) if "scripts" in document.value else ()
        found += [item._replace(place=document.place((*above, *item.path))) for item in _misfits_of(path, script)]
    return found


def _misfits_of(path: Path, script: Script) -> list[Finding]:
    """Return what the model of a script has against the config at a path."""
    found: list[Finding] = []
    try:
        folder = model_folder_of(path, script)
        refuse_other_module(script, folder)
        refuse_unknown_columns(script, folder)
        found += doubtful_columns(script, folder)
        if script.conda:
            conda_of(path, script)
    except ConfigError as error:
        found += error.findings
    return found


def missing_datasets(path: Path, config: Config) -> list[Finding]:
    """Return a warning for each dataset beside a script of the config at a path that is not there."""
    return [finding for script in config.scripts for finding in _missing(path.parent, script)]


def _missing(folder: Path, script: Script) -> Iterator[Finding]:
    home = (folder / script.output).parent
    for name, dataset in script.settings.datasets.items():
        if message := missing_data(home, dataset):
            path = ("datasets", name, "path")
            yield Finding(message, "warning", path, script.places.get(path, script.place), code="SG409")
