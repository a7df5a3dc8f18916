"""``python -m generator.facts.compile``: writes ``compiled.py``, the YAML facts as Python, which loads in no time.

Run it after each change of the YAML: scoregen reads ``compiled.py`` alone, and a test holds that it is current.
"""

from __future__ import annotations

import pprint
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
TARGET = HERE / "compiled.py"


def compiled() -> str:
    """Return the source of ``compiled.py``."""
    data = pprint.pformat(parsed(), width=116, sort_dicts=False, compact=True)
    return (
        '"""The facts, made from the YAML by ``python -m generator.facts.compile``: do not edit."""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import Any\n\n"
        f"DATA: dict[str, Any] = {data}\n"
    )


def parsed() -> dict[str, Any]:
    """Return what the YAML says, with tuples for lists: each file beside this one by its name, and the tables."""
    single = {path.stem: _read(path) for path in sorted(HERE.glob("*.yaml")) if path.suffixes == [".yaml"]}
    return {**single, "tables": tuple(_read(path) for path in sorted(HERE.glob("tables/*.yaml")))}


def _read(path: Path) -> Any:
    return _with_tuples(yaml.safe_load(path.read_text(encoding="utf-8")))


def _with_tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


if __name__ == "__main__":
    TARGET.write_text(compiled(), encoding="utf-8", newline="\n")
