"""The model folder that a script, a config or a conda file belongs to: found, and read without running anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.actions.model_place import glance, model_folder_in
from generator.files.listing import names_in
from generator.files.read import as_file_error, head, shown
from generator.findings import ConfigError, Finding
from generator.model.error import ModelError
from generator.model.names import (
    CHECKPOINTS,
    FILES,
    LABELS,
    LARGEST_MODEL,
    LEARNED,
    LEARNER,
    MODEL_FOLDER,
    MODEL_SPEC,
    SAMPLES,
    SCHEMA,
    WEIGHTS,
    WIDE_AND_DEEP,
    largest,
)
from generator.model.schema import Column, parse_schema
from generator.model.scikit_learn import named_version
from generator.text.similar import letters
from generator.text.verbosity import detail
from generator.text.wording import show, suggestion
from generator.translations.language import mark, say

if TYPE_CHECKING:
    from pathlib import Path  # to import it takes longer than a check of a script

    from generator.config.parse import Script
    from generator.model.folder import ModelFolder

_TENSORS = re.compile(r"\.(index|data-\d+-of-\d+)$")


def model_folder_at(folder: Path) -> Path | None:
    """Return the model folder that a folder is, or that stands in it; None where there is none. Raises FileError."""
    found = model_folder_in(str(folder))
    return _taken(folder if found == str(folder) else folder / MODEL_FOLDER) if found is not None else None


def _taken(folder: Path) -> Path:
    """Say that a folder is taken for a model's, where that is wanted, and return it."""
    detail(say("{folder}: taken as the folder of the model", folder=shown(folder)))
    return folder


def model_folder_of(config: Path, script: Script) -> Path | None:
    """Return the model folder of a script of the config at a path: the one that it names, else one beside either.

    None where none is there: a model need not lie where its config does, as in a repository. An open model is none:
    nothing of the designer's is in it. Raises ConfigError for a folder that is named and is something else.
    """
    if script.is_open:
        return None
    if script.model is not None:
        named = config.parent / script.model
        found = model_folder_at(named)
        if found is None and named.exists():
            message = say(
                "{model} is not a model folder: name the {model_folder} of the model, or leave it out",
                model=show(script.model),
                model_folder=MODEL_FOLDER,
            )
            raise ConfigError(Finding(message, path=("model",), place=script.place, code="SG413"))
        return found
    folders = dict.fromkeys((config.parent, (config.parent / script.output).parent))
    return next((_taken(folder / MODEL_FOLDER) for folder in folders if (folder / MODEL_FOLDER).is_dir()), None)


def read_model(folder: Path) -> ModelFolder:
    """Return what a model folder tells. Raises FileError for a file that is there and cannot be read."""
    from generator.model.folder import read_folder  # brings the reader of pickles, which a check has no need of

    return read_folder({name: _read(folder, name) for name in FILES if (folder / name).exists()})


def scikit_learn_of(model: ModelFolder, folder: Path) -> tuple[str, ...]:
    """Return the versions of scikit-learn that the model of a folder names; of one that was not read, at a glance."""
    return model.scikit_learn or scikit_learn_in(folder)


def learned_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a model folder that a conversion goes by, by their names in it. Raises FileError.

    Of a file that is too large, the head is returned.
    """
    names = [name for name in (*LEARNED, SCHEMA, SAMPLES) if (folder / name).exists()]
    if names[:1] == [MODEL_SPEC]:  # other models have such a file too
        names += [name for name in (WEIGHTS, LABELS) if (folder / name).is_file()]
    if WIDE_AND_DEEP in names:
        beside = names_in(folder / CHECKPOINTS)
        names += [f"{CHECKPOINTS}/{name}" for name in beside if name == "checkpoint" or _TENSORS.search(name)]
    return {name: _read(folder, name) for name in names}


def _read(folder: Path, name: str) -> bytes:
    """Return a file of a model folder, or its head where it is too large. Raises FileError."""
    path = folder / name
    with as_file_error(path, mark("read")):
        return head(path, largest(name))


def columns_in(folder: Path) -> tuple[Column, ...]:
    """Return the columns of the model folder that a folder is, or that stands in it; none where none can be read."""
    content = glance(str(folder), SCHEMA)
    try:
        return parse_schema(content) if content is not None else ()
    except ModelError:
        return ()


def refuse_unknown_columns(script: Script, folder: Path | None) -> None:
    """Raise ConfigError where a config lets a request leave out columns that the model in a folder does not have."""
    optional = script.settings.request.optional
    if isinstance(optional, str) or not optional:
        return
    known = [column.name for column in columns_in(folder)] if folder else []
    for index, name in enumerate(optional):
        if known and name not in known:
            message = say(
                "the model has no column {name}{hint} (it has {known})",
                name=show(name),
                hint=suggestion(name, known),
                known=", ".join(known),
            )
            path = ("request", "optional", index)
            raise ConfigError(Finding(message, path=path, place=script.places.get(path, script.place), code="SG413"))


def doubtful_columns(script: Script, folder: Path | None) -> list[Finding]:
    """Return a warning for each column of the response, or kept for it, that the model has in another spelling.

    A column that the model does not have may still be one that scoring adds, which only the running model tells, or the
    caller's own. A recommender gives back no columns of its model, but ``User`` for what the model may call ``user``.
    """
    response = script.settings.response
    renamed = {new for new, _ in response.names or ()}
    named: list[tuple[tuple[str | int, ...], str]] = [
        *(() if script.settings.reading.ids else response.columns_named),
        *((("request", "keep", index), name) for index, name in enumerate(script.settings.request.keep)),
    ]
    known = {letters(column.name): column.name for column in columns_in(folder)} if named and folder else {}
    found = []
    for path, name in named:
        meant = known.get(letters(name))
        if meant and meant != name and name not in renamed and name not in known.values():
            message = say(
                "the model has no column {name}, and has {meant}: write that", name=show(name), meant=show(meant)
            )
            found.append(Finding(message, "warning", path, script.place, code="SG413"))
    return found


def scikit_learn_beside(path: Path) -> tuple[str, ...]:
    """Return the versions of scikit-learn that the model beside a file names; none where no model is there."""
    folder = model_folder_at(path.parent)
    return scikit_learn_in(folder) if folder else ()


def scikit_learn_in(folder: Path) -> tuple[str, ...]:
    """Return the versions of scikit-learn that the model of a folder names, at a glance.

    A model that cannot be read names none: that is said where the model is read.
    """
    if not (folder / LEARNER).is_file():
        return ()
    try:
        version = named_version(head(folder / LEARNER, LARGEST_MODEL))
    except OSError:
        return ()
    return (version,) if version else ()
