"""What a model folder tells: its columns, its samples, what it was trained with, and what lies beside the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.model.error import ModelError, refuse_larger
from generator.model.learner import LearnerFacts, learner_facts
from generator.model.names import LEARNER, SAMPLES, SCHEMA, largest
from generator.model.samples import parse_samples
from generator.model.schema import Column, parse_schema


class ModelFolder(NamedTuple):
    """The facts of a model folder, each empty where its file is not there or cannot be read.

    ``unread`` says why, by the file's name: nothing that stands there is passed over in silence.
    """

    columns: tuple[Column, ...] = ()
    samples: Sequence[Mapping[str, Any]] = ()
    learner: LearnerFacts | None = None
    unread: Mapping[str, str] = {}

    @property
    def scikit_learn(self) -> tuple[str, ...]:
        """The versions of scikit-learn that the model names."""
        return self.learner.sklearn_versions if self.learner else ()


def read_folder(files: Mapping[str, bytes]) -> ModelFolder:
    """Return what the files of a model folder tell, given by their names, those of ``FILES`` that are there.

    Of a file that is too large the head is enough: that is said of it.
    """
    found: dict[str, Any] = {}
    unread: dict[str, str] = {}
    for name, field, parse in (
        (SCHEMA, "columns", parse_schema),
        (SAMPLES, "samples", parse_samples),
        (LEARNER, "learner", learner_facts),
    ):
        if name in files:
            try:
                refuse_larger(files[name], largest(name))
                found[field] = parse(files[name])
            except ModelError as error:
                unread[name] = str(error)
    return ModelFolder(**found, unread=unread)
