"""The facts as compiled from the YAML beside this file: reading YAML takes longer than a whole check."""

from __future__ import annotations

from typing import Any

from generator.facts.compiled import DATA


def load_data() -> dict[str, Any]:
    """Return the facts: ``tables`` and ``codes`` as lists, all else as mappings."""
    return DATA
