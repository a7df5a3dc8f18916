"""What finding the scripts of a large repository costs beside reading all its files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Row, compare
from generator import generate

FILES, SCRIPTS = 5000, 10
READ_ALL = "import sys\nfor path in sys.stdin.read().split():\n    open(path).read()\n"


def rows() -> list[Row]:
    """Return the comparison; the files are this interpreter's own library, over and over."""
    library = [path.read_bytes() for path in sorted(Path(subprocess.__file__).parent.glob("*.py"))]
    with TemporaryDirectory() as name:
        root = Path(name)
        for number in range(FILES):
            path = root / f"package_{number % 50}" / f"module_{number}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(library[number % len(library)])
        for number in range(SCRIPTS):
            (root / f"package_{number}" / "score.py").write_text(generate("module: score_svd_recommender"))
        _git(root, "init", "--quiet")
        _git(root, "add", "--all")
        listed = "\n".join(map(str, sorted(root.rglob("*.py"))))
        checking = [sys.executable, "-m", "generator", "check", str(root)]
        reading = [sys.executable, "-c", READ_ALL]
        return [
            compare(
                f"check of a repository of {FILES:,} other files / open().read() of each",
                2,
                lambda: subprocess.run(checking, check=True),
                lambda: subprocess.run(reading, check=True, input=listed, text=True),
            )
        ]


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
