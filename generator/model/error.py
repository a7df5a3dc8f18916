"""What is raised for a file of a model folder that cannot be read."""

from __future__ import annotations


class ModelError(ValueError):
    """A file of a model folder is not what it should be. The message says why, without the file's name."""
