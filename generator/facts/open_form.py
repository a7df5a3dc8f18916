"""What is known of the environment of a model in an open form."""

from __future__ import annotations

from typing import NamedTuple

from generator.facts.load import load_data


class OpenForm(NamedTuple):
    """The version of Python, and the versions of pip's packages, in order, by name."""

    python: str
    packages: dict[str, str]


def open_form_of(module: str) -> OpenForm:
    """Return what ``open_form.yaml`` says of a Score module's models."""
    said = load_data()["open_form"]
    packages = (said["server"], said["scoring"].get(module, said["scoring"]["default"]))
    return OpenForm(said["python"], {package["name"]: package["version"] for package in packages})
