"""What the conda file and the model beside a script say of its endpoint."""

from __future__ import annotations

import os

from generator.actions.model_place import glance, module_at_a_glance
from generator.checks.context import DESIGNERS, Endpoint
from generator.facts.python import DEFAULT, version_of
from generator.files.read import shown
from generator.files.search import read_found
from generator.findings import FileError
from generator.model.error import ModelError
from generator.model.names import CONDA_NAMES, SCHEMA, VOWPAL_WABBIT
from generator.model.vowpal_wabbit import HEADER, predictions_of
from generator.text.verbosity import detail, is_verbose
from generator.translations.language import say

_DATE, _ESCAPE = b"datetime", rb"\u"  # how a type of dates begins, and how JSON may spell that besides


def endpoint_beside(script: str) -> Endpoint:
    """Return the endpoint of a script by the conda file in its folder; the designer's where none can be read.

    The model is that of the model folder that the script is in, or that stands beside it.
    """
    folder = os.path.dirname(script) or os.curdir
    module, _ = module_at_a_glance(folder) or (None, "")
    return _by_conda_file(folder)._replace(module=module, dates=_dates(folder), predictions=predictions_beside(folder))


def endpoint_of_files(alone: Endpoint, conda: str | None, name: str, model: str | None) -> Endpoint:
    """Return a script's endpoint, given what lies beside it, by the text and name of a conda file and a model's folder.

    What is not named stays as it is.
    """
    endpoint = alone
    if conda is not None:
        found = endpoint_of(conda, name)
        endpoint = alone._replace(python=found.python, file=found.file, packages=found.packages)
    if model is not None:
        module, _ = module_at_a_glance(model) or (None, "")
        endpoint = endpoint._replace(module=module, dates=_dates(model), predictions=predictions_beside(model))
    return endpoint


def _by_conda_file(folder: str) -> Endpoint:
    for name in CONDA_NAMES:
        try:
            content = read_found(os.path.join(folder, name))
        except FileError:  # which is said of the file itself, where it is checked
            continue
        if content is not None:
            return _taken(folder, endpoint_of(content.decode("utf-8-sig", errors="replace"), name))
    return _taken(folder, DESIGNERS)


def _taken(folder: str, endpoint: Endpoint) -> Endpoint:
    """Return the endpoint of the scripts in a folder; with ``--verbose`` say for which Python they are judged."""
    if is_verbose():
        python = ".".join(map(str, endpoint.python))
        why = endpoint.file or say("that of the designer, since no conda file beside it names one")
        detail(say("{folder}: judged for Python {python} ({why})", folder=shown(folder), python=python, why=why))
    return endpoint


def _dates(folder: str) -> tuple[str, ...]:
    """Return the columns of dates that the model in a folder, or beside it, has."""
    content = glance(folder, SCHEMA)
    if content is None or not (_DATE in content or _ESCAPE in content):
        return ()
    from generator.model.schema import parse_schema  # brings json

    try:
        return tuple(column.name for column in parse_schema(content) if column.is_date)
    except ModelError:
        return ()


def predictions_beside(folder: str) -> tuple[float, ...]:
    """Return the least and the greatest prediction of the Vowpal Wabbit model in a folder, or beside it."""
    content = glance(folder, VOWPAL_WABBIT, HEADER)
    return () if content is None else predictions_of(content)


def endpoint_of(text: str, name: str) -> Endpoint:
    """Return the endpoint that the text of a conda file describes, by its file's name."""
    from generator.conda.environment_file import read_environment  # brings yaml

    environment = read_environment(text)
    names = (item.name for item in environment.requirements)
    packages = frozenset(name.replace("-", "_").replace(".", "_").lower() for name in names if name)
    if environment.python is None:
        return Endpoint(DEFAULT, "", packages)
    return Endpoint(version_of(environment.python), name, packages)
