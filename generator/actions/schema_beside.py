"""The file that names a model's columns, in the model's folder or in one around it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.files.search import read_found
from generator.findings import FileError
from generator.model.names import MODEL_FOLDER, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path  # to import it takes longer than a check of a script


def schema_in(folder: Path | str) -> bytes | None:
    """Return the file of the model folder that a folder is, or that stands in it; None where none can be read."""
    inner = os.path.join(folder, MODEL_FOLDER)
    try:
        return read_found(os.path.join(inner if os.path.isdir(inner) else folder, SCHEMA))
    except FileError:  # which is said where the model is read
        return None
