"""The project's addresses, as the installed package knows them: ``[project.urls]`` of ``pyproject.toml`` names them."""

from __future__ import annotations

import functools
import importlib.metadata

HOME = "Homepage"
CODES = "Check codes"
SCHEMA = "Config schema"


@functools.cache
def address(label: str) -> str:
    """Return the address that the project has under a label; empty where it has none, as before a release."""
    try:
        named = importlib.metadata.metadata("scoregen").get_all("Project-URL") or []
    except importlib.metadata.PackageNotFoundError:
        return ""
    return next((url for said, _, url in (entry.partition(", ") for entry in named) if said == label), "")


def page_of(code: str) -> str:
    """Return the address at which a check code is explained; empty where there is none."""
    page = address(CODES)
    return f"{page}#{code.lower()}" if page else ""
