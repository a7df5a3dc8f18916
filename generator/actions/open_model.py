"""The open model of a script's config, if its model is one."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.config.parse import Script
from generator.convert.proof import PROOF_FILE, digest, proves, settings_digest
from generator.facts.open_form import dataset_of_open_models
from generator.files.listing import names_in
from generator.files.read import LARGEST_CONFIG, failure, head, read_bytes, shown
from generator.findings import ConfigError, Finding, in_file
from generator.model.error import ModelError
from generator.model.names import FACTS_FILE, LARGEST_MODEL, LARGEST_WEIGHTS
from generator.model.open_model import (
    ARRAYS_FILE,
    NET_FILE,
    TREES_FILE,
    VOWPAL_WABBIT_FILE,
    OpenModel,
    boosted_learners,
    parse_open_model,
)
from generator.rendering.open_answer import answer_of, features_of
from generator.rules.settings import AUTO, LIGHTGBM, Settings
from generator.text.wording import show, suggestion
from generator.translations.language import mark, say


def open_model_of(path: Path, script: Script) -> OpenModel | None:
    """Return the open model that the script of the config at ``path`` scores; None where its model is the designer's.

    Raises ConfigError where the script cannot be made for it, ModelError and FileError where it cannot be read.
    """
    if script.model is None or not script.is_open:
        return None
    facts = path.parent / script.model / FACTS_FILE
    with in_file(shown(facts)):
        model = parse_open_model(read_bytes(facts, LARGEST_CONFIG))
    with whole(facts):
        misfits = tuple(_misfits(script, model))
    if misfits:
        raise ConfigError(*misfits)
    if script.settings.trees == LIGHTGBM:
        with whole(facts):
            _refuse_other_trees(facts.parent, model)
    return model


@contextlib.contextmanager
def whole(place: Path) -> Iterator[None]:
    """Turn what reading a damaged open model raises into one error that names its file.

    Raises ModelError.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        message = say("it is not as `scoregen convert` has written it, which can do that again: {error}", error=error)
        raise ModelError(message).in_file(shown(place)) from error


def is_proven(path: Path, script: Script) -> bool:
    """Say whether ``scoregen prove`` has found that the script of the config at ``path`` answers as the old one.

    A proof is of one open model and of the settings of one config. Raises FileError.
    """
    place = path.parent / PROOF_FILE
    if script.model is None or not place.exists():
        return False
    model = digest(open_files(path.parent / script.model, script.settings.trees))
    try:
        return proves(head(place, 0), model, settings_digest(script.settings))
    except OSError as error:
        raise failure(place, mark("read"), error) from error


def open_files(folder: Path, trees: str) -> dict[str, bytes]:
    """Return the files by which an open model scores, by name; ``trees`` scores its boosted trees. Raises FileError."""
    learned = [ARRAYS_FILE, VOWPAL_WABBIT_FILE, NET_FILE]
    if trees == LIGHTGBM:
        learned = [name for name in names_in(folder) if name.endswith(TREES_FILE)]
    names = [name for name in (FACTS_FILE, *learned) if (folder / name).exists()]
    return {name: read_bytes(folder / name, LARGEST_WEIGHTS) for name in names}


def _refuse_other_trees(folder: Path, model: OpenModel) -> None:
    """Refuse texts of trees that are not those of the model. Raises ModelError, FileError."""
    for learner in boosted_learners(model.facts):
        name = learner["text"]["file"]
        place = folder / name
        if (
            place.name != name  # one of another folder
            or hashlib.sha256(read_bytes(place, LARGEST_MODEL)).hexdigest() != learner["text"]["sha256"]
        ):
            message = say("these are not the trees that the model was converted to: convert it again")
            raise ModelError(message).in_file(shown(place))


def _misfits(script: Script, model: OpenModel) -> Iterator[Finding]:
    """Yield what of a script's config no script for an open model can do."""
    settings, name = script.settings, show(script.model)

    def misfit(message: str, *path: str | int) -> Finding:
        nearest = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in script.places), ())
        return Finding(message, path=path, place=script.places.get(nearest, script.place))

    if model.module != settings.table.id:
        yield misfit(say("{name} is a model for {module}: name that module", name=name, module=model.module), "module")
    boosted = boosted_learners(model.facts)
    if settings.trees == LIGHTGBM and not boosted:
        kind = model.facts["learner"]["kind"].replace("_", " ")
        yield misfit(
            say("{name} has no boosted trees, it is of the kind {kind}: leave this out", name=name, kind=kind),
            "convert",
            "trees",
        )
    elif settings.trees == LIGHTGBM and not all("text" in learner for learner in boosted):
        yield misfit(
            say(
                "{name} has no {trees_file}: convert the model again, or leave this out",
                name=name,
                trees_file=TREES_FILE,
            ),
            "convert",
            "trees",
        )
    if script.keeps_code:
        yield misfit(
            say("{name} is an open model, for which the whole script is made: leave `mode` out", name=name), "mode"
        )
    for path, message in (*_optional_columns(settings, model), *_answered_columns(settings, model)):
        yield misfit(message, *path)
    for port, dataset in settings.datasets.items():
        if port != dataset_of_open_models():
            message = say("the features of users and items are in the model, and it takes no others: leave this out")
            yield misfit(message, "datasets", port)
        if not dataset.is_csv:
            message = say("a script for an open model reads no designer dataset: save it as a .csv file, and name that")
            yield misfit(message, "datasets", port, "path")


def _optional_columns(settings: Settings, model: OpenModel) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what is wrong with the columns that a request may leave out, each at its place in the config."""
    optional, columns = settings.request.optional, [column.name for column in model.columns]
    needed = set(columns[: settings.reading.ids]) | features_of(model)
    for index, name in enumerate(optional if optional != AUTO else ()):
        path = ("request", "optional", index)
        if name not in columns:
            yield (
                path,
                say(
                    "the model has no column {name}{suggestion} (it has {columns})",
                    name=show(name),
                    suggestion=suggestion(name, columns),
                    columns=", ".join(columns),
                ),
            )
        elif name in needed:
            yield (
                path,
                say(
                    "the model scores by {name}, which no request can leave out: take it off the list", name=show(name)
                ),
            )


def _answered_columns(settings: Settings, model: OpenModel) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what is wrong with the columns of the response, each at its place in the config."""
    response, possible = settings.response, answer_of(settings, model).possible
    names = dict(response.names or ())
    for path, name in response.columns_named:
        if name not in possible and not (name in names and path[1] == "columns"):
            yield (
                path,
                say(
                    "the answer has no column {name}{suggestion}",
                    name=show(name),
                    suggestion=suggestion(name, possible),
                ),
            )
    for new in names:
        if new in possible and new not in names.values():
            yield (
                ("response", "names", new),
                say("the answer has a column {new} already: take another name", new=show(new)),
            )
