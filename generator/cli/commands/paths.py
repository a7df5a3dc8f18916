"""Arguments that name a file or a folder."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.translations.language import say

if TYPE_CHECKING:
    from pathlib import Path


def named(text: str) -> str:
    """Take a path as a text. An empty one names nothing: often it is a variable of the shell that is not set."""
    if not text:
        raise argparse.ArgumentTypeError(say("it is empty: name a file or a folder"))
    return text


def named_path(text: str) -> Path:
    """Take a path."""
    from pathlib import Path  # to import it takes longer than a check of a script

    return Path(named(text))
