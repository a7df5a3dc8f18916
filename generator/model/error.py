"""What is raised for a file of a model folder that cannot be read."""

from __future__ import annotations

from generator.findings import RefusedError
from generator.translations.language import say


class ModelError(RefusedError):
    """A file of a model folder is not what it should be. The message says why; ``in_file`` adds the file's name."""


def refuse_larger(content: bytes, most: int) -> None:
    """Raise ModelError for a file's bytes, or its head, that are more than ``most``."""
    if len(content) > most:
        raise ModelError(say("it has more than {number} MB", number=most // 1_000_000))
