"""Whether a model can be converted, and why not: what ``describe`` and ``check`` say of it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.actions.model_folder import learned_in, model_folder_at
from generator.files.read import shown
from generator.files.windows import quoted
from generator.model.error import ModelError
from generator.model.names import LEARNED, MODEL_FOLDER, MODEL_SPEC
from generator.text.wording import either
from generator.translations.language import say


def conversion_at(path: str) -> str | None:
    """Return what is to be said of the model whose folder is at a path, or stands there; None where none does.

    A folder that has something of a model's beside a script, as a bundle has, is none. Raises FileError.
    """
    folder = model_folder_at(Path(path))
    files = learned_in(folder) if folder else {}
    if folder is None or (learned_among(files) is None and folder.absolute().name != MODEL_FOLDER):
        return None
    return f"{shown(folder)}: {conversion_of(folder, files)}"


def conversion_of(folder: Path, files: Mapping[str, bytes]) -> str:
    """Say whether a model can be converted to one without the designer's packages, and why not.

    ``files`` are those that its folder holds of it, by name.
    """
    learned = learned_among(files)
    if learned is None:
        return say("it cannot be converted: it has none of {learned}", learned=either(LEARNED))
    if missing := missing_package(learned):
        return say("whether it can be converted is not known: {error}", error=missing)
    from generator.convert.convert import convert  # with numpy, which is an extra

    try:
        convert(files)
    except ModelError as error:
        return say("it cannot be converted: {file}: {message}", file=error.file or learned, message=error.message)
    return say(
        "it can be converted to a Python of today: `scoregen convert {folder} -o DIR`",
        folder=quoted(shown(folder)),
    )


def learned_among(files: Iterable[str]) -> str | None:
    """Return the file that holds a model, among those of its folder; None where none does."""
    return next((name for name in LEARNED if name in files), None)


def missing_package(learned: str) -> str:
    """Return which package a conversion needs that is not installed, and how to install it; nothing if none is."""
    if importlib.util.find_spec("numpy") is None:
        return say("numpy is needed, and not installed: pip install numpy")
    if learned == MODEL_SPEC and importlib.util.find_spec("onnx") is None:
        return say("onnx is needed for image models, and not installed: pip install onnx onnxruntime pillow")
    return ""
