"""The module that scores a model: what the model itself or its conda file tells."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.actions.model_place import module_at_a_glance
from generator.actions.model_release import requirements_in
from generator.config.parse import Script
from generator.facts.modules import Table, load_tables
from generator.files.read import is_there, shown
from generator.findings import ConfigError, FileError, Finding
from generator.model.names import CONDA_FILE
from generator.text.wording import either
from generator.translations.language import say


class ModelsModule(NamedTuple):
    """The modules of which one scores a model, and the file that tells; no modules where nothing tells."""

    tables: tuple[Table, ...] = ()
    file: str = ""


def module_of_model(folder: Path) -> ModelsModule:
    """Return the module by the model's class, else those of the package in its conda file. Raises FileError."""
    found = module_at_a_glance(str(folder))
    if found is not None:
        return ModelsModule((found[0],), found[1])
    conda = folder / CONDA_FILE
    names = [item.name for item in requirements_in(conda)] if is_there(conda) else []
    tables = tuple(table for table in load_tables() if table.package in names)
    return ModelsModule(tables, CONDA_FILE if tables else "")


def module_if_told(folder: Path) -> ModelsModule:
    """Return the module; none where the conda file cannot be read, which a check says."""
    try:
        return module_of_model(folder)
    except FileError:
        return ModelsModule()


def refuse_other_module(script: Script, folder: Path | None) -> None:
    """Raise ConfigError where the model in a folder is not scored by the module of a config's script."""
    if folder is None:
        return
    found = module_if_told(folder)
    if found.tables and script.settings.table not in found.tables:
        message = say(
            "the model in {folder} is of another module, as its {file} says: write {modules}, or name the model of "
            "this script with `model:`",
            folder=shown(folder),
            file=found.file,
            modules=either([table.name for table in found.tables]),
        )
        path = ("module",)
        raise ConfigError(Finding(message, path=path, place=script.places.get(path, script.place), code="SG413"))
