"""The files of a model folder become those of an open model."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from generator.convert.array_store import ArrayStore
from generator.convert.images import image_model
from generator.convert.learner import open_learner
from generator.convert.parts import NotConvertibleError
from generator.convert.vowpal_wabbit import open_vowpal_wabbit
from generator.convert.wide_and_deep import checkpoint_of, wide_and_deep
from generator.facts.learners import of_task
from generator.facts.open_form import measured_releases
from generator.findings import in_file
from generator.model.error import ModelError, refuse_larger
from generator.model.learner import SKLEARN_VERSION, parts_of, sklearn_versions
from generator.model.names import (
    CHECKPOINTS,
    FACTS_FILE,
    LABELS,
    LEARNED,
    MODEL_SPEC,
    SCHEMA,
    VOWPAL_WABBIT,
    WEIGHTS,
    WIDE_AND_DEEP,
    largest,
)
from generator.model.open_model import ARRAYS_FILE, FORMAT, NET_FILE, VOWPAL_WABBIT_FILE
from generator.model.pickle_reader import read_pickle
from generator.model.schema import Column, parse_schema
from generator.text.wording import either
from generator.translations.language import say


def convert(files: Mapping[str, bytes], assumed: str | None = None) -> dict[str, bytes]:
    """Return the files of the open model, by name, of those of a model folder: one of LEARNED, and SCHEMA;
    WIDE_AND_DEEP has CHECKPOINTS beside it, MODEL_SPEC has WEIGHTS and LABELS.

    ``assumed`` is the release whose models it is taken for, one of those that were measured, where it is of another.
    Nothing of the model is run. Raises ModelError for what cannot be read, which names the file if it is not
    the one of LEARNED; NotConvertibleError, which is one, for what is not known.
    """
    for name, content in files.items():
        with in_file(name):
            refuse_larger(content, largest(name))
    with in_file(SCHEMA):
        if SCHEMA not in files and VOWPAL_WABBIT not in files:
            raise ModelError(say("it is not there, and tells the columns of the model: put the designer's file there"))
        columns = parse_schema(files[SCHEMA]) if SCHEMA in files else ()
    schema = {SCHEMA: files[SCHEMA]} if SCHEMA in files else {}
    made_from = next(name for name in LEARNED if name in files)
    beside = [name for name in sorted(files) if name.startswith(f"{CHECKPOINTS}/") or name in (WEIGHTS, LABELS)]
    head: dict[str, Any] = {
        "format": FORMAT,
        "made_from": {name: hashlib.sha256(files[name]).hexdigest() for name in (made_from, *beside)},
        "columns": [{"name": column.name, "type": column.type} for column in columns],
    }
    if made_from == VOWPAL_WABBIT:
        facts = open_vowpal_wabbit(files[VOWPAL_WABBIT])
        return {FACTS_FILE: _json({**head, **facts}), VOWPAL_WABBIT_FILE: files[VOWPAL_WABBIT], **schema}
    if made_from == MODEL_SPEC:
        facts, net = image_model(files, columns)
        return {FACTS_FILE: _json({**head, **facts}), NET_FILE: net, **schema}
    facts, store = _of_pickle(files, made_from, columns, assumed)
    return {FACTS_FILE: _json({**head, **facts}), ARRAYS_FILE: _npz(store), **store.texts, **schema}


def _of_pickle(
    files: Mapping[str, bytes], made_from: str, columns: Sequence[Column], assumed: str | None
) -> tuple[dict[str, Any], ArrayStore]:
    """Return what ``model.json`` says of a model that is kept in a pickle, and its arrays. Raises ModelError."""
    learner = read_pickle(files[made_from])
    version = _scikit_learn(learner, assumed)
    try:
        if made_from == WIDE_AND_DEEP:
            recommender, store = wide_and_deep(learner, checkpoint_of(files))
            facts = {**of_task("ratings", recommender["kind"]), "learner": recommender}
        else:
            facts, store = open_learner(learner, columns)
    except (TypeError, AttributeError, LookupError, ValueError, OverflowError, RecursionError) as error:
        # a damaged pickle may hold anything anywhere: what no part has foreseen is refused all the same
        raise NotConvertibleError(say("its parts do not fit together: {error}", error=str(error)[:100])) from error
    return {"scikit-learn": version, **facts}, store


def _scikit_learn(learner: Any, assumed: str | None) -> str | None:
    """Return the scikit-learn that saved a learner, after its parts are made to name that of an assumed release.

    None for SVD's, which name none. Raises NotConvertibleError where the answers of its models were not measured.
    """
    measured = measured_releases()
    if assumed is not None:
        for part in parts_of(learner):
            if SKLEARN_VERSION in part.attributes:
                part.attributes[SKLEARN_VERSION] = measured[assumed]
    versions = sklearn_versions(learner)
    if len(versions) > 1:
        raise NotConvertibleError(
            say("its parts are of several versions of scikit-learn: {versions}", versions=", ".join(versions))
        )
    for version in set(versions) - set(measured.values()):
        message = say(
            "it was saved by scikit-learn {version}, as no release whose answers were measured: `--assume "
            "{release}` takes it for one of that release, or name {measured}",
            version=version,
            release=max(measured),
            measured=either(sorted(measured)[:-1]),
        )
        raise NotConvertibleError(message)
    return versions[0] if versions else None


def _json(facts: dict[str, Any]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _npz(store: ArrayStore) -> bytes:
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **store.arrays)
    return content.getvalue()
