"""What commands that work on configs say when a config, a script or a file stands in the way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def code_of(path: Path, work: Callable[[], int]) -> int:
    """Do the work on the config at ``path`` and return its exit code, or say what stands in the way."""
    from generator.actions.generate import UnchangedError
    from generator.files.read import FileError, shown
    from generator.problem import ConfigError
    from generator.report.problems import as_lines

    try:
        return work()
    except ConfigError as error:
        sys.stderr.write(as_lines(shown(path), error.problems))
        return 1
    except UnchangedError as error:
        print(error, file=sys.stderr)
        return 1
    except FileError as error:
        print(error, file=sys.stderr)
        return 2
