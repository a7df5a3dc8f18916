"""What is known of the environment of a model in an open form."""

from __future__ import annotations

import functools
from typing import NamedTuple

from generator.facts.load import load_data


class OpenForm(NamedTuple):
    """The version of Python, and the versions of pip's packages, in order, by name."""

    python: str
    packages: dict[str, str]


@functools.cache
def load_open_form() -> OpenForm:
    """Return what ``open_form.yaml`` says."""
    said = load_data()["open_form"]
    return OpenForm(said["python"], {said[key]["name"]: said[key]["version"] for key in ("server", "numpy")})
