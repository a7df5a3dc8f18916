"""What is known of the environment of a model in an open form."""

from __future__ import annotations

from typing import NamedTuple

from generator.facts.compiled import DATA


class OpenForm(NamedTuple):
    """The version of Python, and the versions of pip's packages, in order, by name."""

    python: str
    packages: dict[str, str]


def open_form_of(module: str, is_batch: bool, trees: str) -> OpenForm:
    """Return what ``open_form.yaml`` says of a Score module's models, for a batch endpoint or one that is asked.

    ``trees`` is what scores boosted trees.
    """
    data = DATA["open_form"]
    said = data["batch" if is_batch else "online"]
    packages = [*said["caller"], *said["scoring"].get(module, said["scoring"]["default"])]
    packages += [data["trees"][trees]] if trees in data["trees"] else []
    return OpenForm(data["python"], {package["name"]: package["version"] for package in packages})


def measured_releases() -> dict[str, str]:
    """Return the releases whose answers are known, the oldest first, and the scikit-learn that each saves by."""
    return {str(release): str(version) for release, version in DATA["open_form"]["releases"].items()}


def dataset_of_open_models() -> str:
    """Return the name of the only dataset port that a script for an open model has."""
    return str(DATA["open_form"]["dataset"])


def is_known(task: str, kind: str) -> bool:
    """Say whether an open model may name this task, and this kind of learner: they become part of its script."""
    data = DATA
    return task in data["tasks"] and kind in data["open_form"]["kinds"]


def parameter_of(what: str) -> str:
    """Return the name of the parameter that decides something of the columns of an answer."""
    return str(DATA["open_form"]["parameters"][what])


def recommender_of(module: str) -> dict[str, str]:
    """Return what a recommender calls the parameters that all have, by what they decide; nothing for other modules."""
    return dict(DATA["open_form"]["recommenders"].get(module, {}))
