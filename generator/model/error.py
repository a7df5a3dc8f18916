"""What is raised for a file of a model folder that cannot be read."""

from __future__ import annotations

from generator.findings import RefusedError


class ModelError(RefusedError):
    """A file of a model folder is not what it should be. The message says why; ``in_file`` adds the file's name."""
