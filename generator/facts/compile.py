"""``python -m generator.facts.compile``: writes ``compiled.py``, the facts as Python, which load in no time.

Run it after a change of the YAML. Until then the YAML is read, which is right too, only slower.
"""

from __future__ import annotations

import pprint
from pathlib import Path

from generator.facts.load import checksum, parse, sources

TARGET = Path(__file__).with_name("compiled.py")


def compiled() -> str:
    """Return the source of ``compiled.py``."""
    found = sources()
    data = pprint.pformat(parse(found), width=116, sort_dicts=False, compact=True)
    return (
        '"""The facts, made from the YAML by ``python -m generator.facts.compile``: do not edit."""\n\n'
        "from __future__ import annotations\n\n"
        "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import Any\n\n"
        f"CHECKSUM = {checksum(found)}\n"
        f"SIZES = { ({name: len(source) for name, source in found.items()}) }\n"
        f"DATA: dict[str, Any] = {data}\n"
    )


if __name__ == "__main__":
    TARGET.write_text(compiled(), encoding="utf-8", newline="\n")
