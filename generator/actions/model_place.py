"""Where the folder of a model is, and what its files tell at a glance."""

from __future__ import annotations

import os

from generator.facts.modules import Table, table_of_class
from generator.files.read import LARGEST, is_folder, is_there
from generator.files.search import read_found
from generator.findings import FileError
from generator.model.model_class import HEAD, class_in_pickle, class_in_spec
from generator.model.names import FACTS_FILE, FILES, LEARNER, MODEL_FOLDER, MODEL_SPEC


def model_folder_in(folder: str) -> str | None:
    """Return the model folder that a folder is, or that stands in it; None where there is none.

    A folder is one by its name, or by the files that the designer leaves in it. That of an open model has some of them
    too, and is none. Raises FileError where that cannot be told.
    """
    inner = os.path.join(folder, MODEL_FOLDER)
    if is_folder(inner):
        return inner
    if not is_folder(folder) or is_there(os.path.join(folder, FACTS_FILE)):
        return None
    is_named_so = os.path.basename(os.path.abspath(folder)) == MODEL_FOLDER
    return folder if is_named_so or any(is_there(os.path.join(folder, name)) for name in FILES) else None


def glance(folder: str, name: str, most: int = LARGEST) -> bytes | None:
    """Return a file of the model folder that a folder is, or that stands in it, or its head where it is larger.

    None where there is none, or it cannot be read: that is said where the model is read.
    """
    inner = os.path.join(folder, MODEL_FOLDER)
    try:
        return read_found(os.path.join(inner if os.path.isdir(inner) else folder, name), most)
    except FileError:
        return None


def module_at_a_glance(folder: str) -> tuple[Table, str] | None:
    """Return the module that scores the model in a folder, or beside it, and the file that tells; None if none does."""
    for name, class_in in ((LEARNER, class_in_pickle), (MODEL_SPEC, class_in_spec)):
        content = glance(folder, name, HEAD)
        table = table_of_class(class_in(content)) if content else None
        if table is not None:
            return table, name
    return None
