"""Stands in for uv in tests: makes what uv would make, out of nothing, and can fail or hang when it installs.

Each call is a line of the file that STAND_IN_LOG names. Where STAND_IN_SAYS is set, installing prints that and fails;
where STAND_IN_WAITS is set, installing goes on until that file is there.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def main(arguments: list[str]) -> int:
    words = [word for word in arguments if word not in ("--color", "never")]
    with Path(os.environ["STAND_IN_LOG"]).open("a", encoding="utf-8") as log:
        log.write(" ".join(words) + "\n")
    if words[:2] == ["python", "find"]:
        print(sys.executable)
    elif words[0] == "venv":
        python = Path("env", "bin", "python")
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)
    elif words[:2] == ["pip", "compile"]:
        Path(words[words.index("--output-file") + 1]).write_text("made-up==1.0\n", encoding="utf-8")
    else:
        return install()
    return 0


def install() -> int:
    Path("env", "half").write_text("installed", encoding="utf-8")
    waits = os.environ.get("STAND_IN_WAITS")
    while waits and not Path(waits).exists():
        time.sleep(0.02)
        Path("env", "half").write_text("installed", encoding="utf-8")
    print(os.environ.get("STAND_IN_SAYS", " + made-up==1.0"))
    return 1 if "STAND_IN_SAYS" in os.environ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
