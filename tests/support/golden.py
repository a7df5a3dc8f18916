"""The golden cases: configs and their scripts, scripts before and after a rewrite, clients, and definitions.

``python -m tests.support.golden`` rewrites what is expected on purpose; read the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import io
import shlex
import tempfile
from pathlib import Path

from generator import generate, load_tables
from generator.cli.main import main as scoregen
from generator.rendering.client import render_client
from generator.rules.settings import complete
from tests.support import definitions

FOLDER = Path(__file__).parents[2] / "golden" / "generate"
REWRITES = FOLDER.parent / "rewrite"
CLIENTS = FOLDER.parent / "client"

_MARKER = b"# 5,000 lines more\n"
_MANY_LINES = b"".join(
    b"def helper_%d(rows):\n    return {'number': %d, 'rows': [row for row in rows if row]}\n\n\n" % (number, number)
    for number in range(1250)
)


def cases() -> list[Path]:
    """Return the configs, one for each case."""
    return sorted(FOLDER.glob("*/*.yaml"))


def generated(config: Path) -> str:
    """Return the script that a case's config gives now."""
    return generate(config.read_text(encoding="utf-8"), origin=config.name)


def clients() -> dict[Path, str]:
    """Return the files of the golden clients, and what they hold now."""
    tables = {table.id: table for table in load_tables()}
    return {
        path: render_client(complete(tables[path.parent.name], {}, {}), "scoregen.yaml")
        for path in sorted(CLIENTS.glob("*/consume.py"))
    }


def rewrite_cases() -> list[Path]:
    """Return the folders of rewrite, one for each case: ``before.py``, ``command``, and ``after.py`` or ``refused``."""
    return sorted(path.parent for path in REWRITES.glob("*/before.py"))


def is_long(case: Path) -> bool:
    """Say whether a case of rewrite takes a second each time: tests/slow has it."""
    return _MARKER in (case / "before.py").read_bytes()


def script(path: Path) -> bytes:
    """Return the bytes of a script of rewrite; a marker in it stands for five thousand lines."""
    return path.read_bytes().replace(_MARKER, _MANY_LINES)


def rewritten(before: bytes, command: str) -> tuple[bytes, str]:
    """Return what a command makes of a script now, and the refusal where it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "score.py"
        path.write_bytes(before)
        said = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = scoregen(["rewrite", str(path), *shlex.split(command)])
        if code > 1:  # which says nothing of the script
            raise ValueError(said.getvalue())
        return path.read_bytes(), said.getvalue().replace(f"{path}:", "") if code else ""


def main() -> None:
    """Rewrite what is expected."""
    for config in cases():
        config.with_suffix(".py").write_text(generated(config), encoding="utf-8", newline="\n")
    for path, client in clients().items():
        path.write_text(client, encoding="utf-8", newline="\n")
    definitions.main()
    for case in rewrite_cases():
        result, refusal = rewritten(script(case / "before.py"), (case / "command").read_text(encoding="utf-8"))
        for name, content in (("after.py", result.replace(_MANY_LINES, _MARKER)), ("refused", refusal.encode())):
            if bool(refusal) == (name == "refused"):
                (case / name).write_bytes(content)
            else:
                (case / name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
