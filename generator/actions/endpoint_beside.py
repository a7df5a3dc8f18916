"""What the conda file beside a script says of its endpoint."""

from __future__ import annotations

import os

from generator.checks.context import DESIGNERS, Endpoint
from generator.facts.python import DEFAULT, version_of
from generator.files.search import read_found
from generator.findings import FileError
from generator.model.names import CONDA_FILE, FILES, MODEL_FOLDER

_NAMES = (CONDA_FILE, CONDA_FILE.replace(".yaml", ".yml"))


def endpoint_beside(script: str) -> Endpoint:
    """Return the endpoint of a script by the conda file in its folder; the designer's where none can be read.

    The model's columns are those of the model folder that the script is in, or that stands beside it.
    """
    folder = os.path.dirname(script) or os.curdir
    return _by_conda_file(folder)._replace(dates=_dates(folder))


def _by_conda_file(folder: str) -> Endpoint:
    for name in _NAMES:
        try:
            content = read_found(os.path.join(folder, name))
        except FileError:  # which is said of the file itself, where it is checked
            continue
        if content is not None:
            return endpoint_of(content.decode("utf-8-sig", errors="replace"), name)
    return DESIGNERS


def _dates(folder: str) -> tuple[str, ...]:
    """Return the columns of dates that the model in a folder, or beside it, has."""
    is_one = os.path.basename(os.path.abspath(folder)) == MODEL_FOLDER
    if not is_one and not any(os.path.exists(os.path.join(folder, name)) for name in (MODEL_FOLDER, *FILES)):
        return ()
    from generator.actions.model_folder import columns_in  # brings json

    return tuple(column.name for column in columns_in(folder) if column.is_date)


def endpoint_of(text: str, name: str) -> Endpoint:
    """Return the endpoint that the text of a conda file describes, by its file's name."""
    from generator.conda.environment_file import read_environment  # brings yaml

    environment = read_environment(text)
    packages = frozenset(item.name.replace("-", "_") for item in environment.requirements if item.name)
    python = environment.python
    if python is None:
        return Endpoint(DEFAULT, "", packages)
    return Endpoint(version_of(python), name, packages)
