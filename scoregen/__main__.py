"""The command: ``scoregen`` and ``python -m scoregen``."""

from __future__ import annotations

import sys
from typing import NoReturn

import scoregen


def program() -> NoReturn:
    """Run the command, and end the process: with 2 and the reason where another package has the name of ours."""
    try:
        scoregen._generator()
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    from generator.cli.main import program as run  # only where it is ours

    run()


if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", sys.flags.isolated):
        del sys.path[0]  # the current folder: what lies there may be called like a module of ours, and is not to be run
    program()
