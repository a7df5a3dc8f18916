"""Whether the data that a script loads is where it looks for it."""

from __future__ import annotations

from pathlib import Path

from generator.files.read import as_on_the_disk
from generator.rules.settings import Dataset
from generator.text.wording import show
from generator.translations.language import say


def missing_data(home: Path, dataset: Dataset) -> str:
    """Return what to say of a dataset that is not beside the script in a folder; empty where it is, or is elsewhere."""
    if dataset.relative_to != "script":
        return ""
    there = as_on_the_disk(home, dataset.path)
    if there == dataset.path:
        return ""
    path = show(dataset.path)
    if not there:
        return say("{path} is not there: put the data there before you deploy", path=path)
    return say(
        "{path} is {there} on the disk, and the endpoint tells them apart: name it as it is",
        path=path,
        there=show(there),
    )
