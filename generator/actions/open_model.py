"""The open model of a script's config, if its model is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.config.parse import Script
from generator.files.read import LARGEST_CONFIG, read_bytes, shown
from generator.findings import ConfigError, Finding
from generator.model.error import ModelError
from generator.model.open_model import FACTS_FILE, OpenModel, parse_open_model
from generator.rules.settings import BATCH, Request
from generator.text.wording import show


def open_model_of(path: Path, script: Script) -> OpenModel | None:
    """Return the open model that the script of the config at ``path`` scores; None where its model is the designer's.

    Raises ConfigError where the script cannot be made for it, ModelError and FileError where it cannot be read.
    """
    if script.model is None or not script.is_open:
        return None
    facts = path.parent / script.model / FACTS_FILE
    try:
        model = parse_open_model(read_bytes(facts, LARGEST_CONFIG))
    except ModelError as error:
        raise error.in_file(shown(facts)) from None
    misfits = tuple(_misfits(script, model))
    if misfits:
        raise ConfigError(*misfits)
    return model


def _misfits(script: Script, model: OpenModel) -> Iterator[Finding]:
    """Yield what of a script's config no script for an open model can do."""
    settings, name = script.settings, show(script.model)

    def misfit(message: str, *path: str) -> Finding:
        return Finding(message, path=path, place=script.place)

    if model.module != settings.table.id:
        yield misfit(f"{name} is a model for {model.module}: name that module", "module")
    if script.keeps_code:
        yield misfit(f"{name} is an open model, for which the whole script is made: leave `mode` out", "mode")
    if settings.endpoint == BATCH:
        yield misfit(f"{name} is an open model, whose script takes requests only: name another endpoint", "endpoint")
    for key, value in settings.request._asdict().items():
        if value != getattr(Request(), key):
            yield misfit(f"{name} is an open model, whose script takes a list of rows: leave it out", "request", key)
    for key in ("names", "columns"):
        if getattr(settings.response, key):
            yield misfit(f"{name} is an open model, whose script gives all columns back: leave it out", "response", key)
    for port, dataset in settings.datasets.items():
        if not dataset.is_csv:
            message = "a script for an open model reads no designer dataset: save it as a .csv file, and name that"
            yield misfit(message, "datasets", port, "path")
