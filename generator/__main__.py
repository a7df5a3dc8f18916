"""``python -m generator`` is ``scoregen``."""

import sys

if not getattr(sys.flags, "safe_path", sys.flags.isolated):
    del sys.path[0]  # the current folder: what lies there may be called like a module of ours, and is not to be run

from generator.cli.main import program

program()
