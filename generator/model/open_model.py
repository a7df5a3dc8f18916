"""The open form of a model: ``model.json`` and ``arrays.npz``, in which there is no pickle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.facts.open_form import is_known
from generator.model.error import ModelError
from generator.model.schema import Column, parse_json
from generator.translations.language import say

FORMAT = 1
"""The version of the form. A script of another one refuses the model."""
ARRAYS_FILE = "arrays.npz"
VOWPAL_WABBIT_FILE = "model.vw"
TREES_FILE = "trees.txt"
"""How the name ends of a file that has boosted trees as LightGBM writes them; ``arrays.npz`` has the same trees."""
_BOOSTED = ("boosted_value", "boosted_two_classes", "boosted_classes")
NET_FILE = "model.onnx"


class OpenModel(NamedTuple):
    """What ``model.json`` says: the Score module's id, the columns of a request, and all that scoring goes by."""

    module: str
    columns: tuple[Column, ...]
    facts: dict[str, Any]


def boosted_learners(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the learners of boosted trees that an open model is, or that it is made of; none where it has others."""
    learner = facts["learner"]
    members = learner.get("members", [learner])
    return list(members) if all(member["kind"] in _BOOSTED for member in members) else []


def parse_open_model(content: bytes) -> OpenModel:
    """Return what a ``model.json`` says. Raises ModelError, also for another version of the form."""
    match parse_json(content):
        case {"format": int(version)} if version != FORMAT:
            message = say(
                "it is of format {version}, and this scoregen knows {format}: convert the model again",
                version=version,
                format=FORMAT,
            )
            raise ModelError(message)
        case {
            "format": int(),
            "module": str(module),
            "task": str(task),
            "columns": list(columns),
            "learner": {"kind": str(kind)} as learner,
        } as facts if is_known(task, kind) and is_known(task, learner.get("of", kind)):
            return OpenModel(module, tuple(_column(column) for column in columns), facts)
    raise ModelError(say("it is not an open model: `scoregen convert` makes one"))


def _column(column: Any) -> Column:
    match column:
        case {"name": str(name), "type": str(kind)}:
            return Column(name, kind)
    raise ModelError(say("it is not an open model: a column has no name or no type"))
