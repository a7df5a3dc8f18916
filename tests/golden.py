"""The golden cases of generate: a config and the script expected of it, side by side.

``python -m tests.golden`` rewrites the expected scripts on purpose; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from generator import generate

FOLDER = Path(__file__).parent.parent / "golden" / "generate"


def cases() -> list[Path]:
    """Return the configs, one for each case."""
    return sorted(FOLDER.glob("*/*.yaml"))


def generated(config: Path) -> str:
    """Return the script that a case's config gives now."""
    return generate(config.read_text(encoding="utf-8"), origin=config.name)


def main() -> None:
    """Rewrite the expected scripts."""
    for config in cases():
        config.with_suffix(".py").write_text(generated(config), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
