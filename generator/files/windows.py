"""What is different on Windows: names that it keeps, files that are open elsewhere, paths that are too long."""

from __future__ import annotations

import errno
import os
import re
import shlex
import sys
import time
from collections.abc import Callable

from generator.translations.language import say

SYSTEM = os.name
"""``nt`` on Windows; tests that play it say so here."""

LONGEST_PATH = 259
"""How many characters a path may have, unless the system is set to take longer ones."""

_PAUSES = (0.05, 0.2, 0.5)  # seconds between two tries
_RESERVED = r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\xb9\xb2\xb3]) *(?:\..*)?"
_PLAIN = r"[\w+=:./\\-]+"  # what neither the command prompt nor PowerShell takes for more than a character
_OUTPUTS = (-11, -12)  # standard output, standard error
_TAKES_ESCAPES = 4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
_BESIDE = 46  # characters of a temporary name, which a file's path must have room for


def keeps(name: str) -> bool:
    """Say whether this is Windows, and no file can have a name there."""
    return SYSTEM == "nt" and (":" in name or bool(re.fullmatch(_RESERVED, name)) or name.endswith((" ", ".")))


def patiently(change: Callable[[], object]) -> None:
    """Make a change; on Windows try it a few times, since another program, such as a virus scanner, may have the file.

    Raises OSError.
    """
    for pause in (*_PAUSES, None):
        try:
            change()
            return
        except PermissionError:
            if SYSTEM != "nt" or pause is None:
                raise
            time.sleep(pause)


def why(path: str, error: OSError) -> str:
    """Return why something failed; of a long path Windows says only that nothing is there."""
    reason = error.strerror or str(error)
    number = len(os.path.abspath(path))
    if SYSTEM == "nt" and isinstance(error, FileNotFoundError) and number + _BESIDE > LONGEST_PATH:
        return say(
            "{reason}; its path has {number} characters, and Windows may take no more than {most}, those of temporary "
            "names included: have it take long paths, or move the folder up",
            reason=reason,
            number=number,
            most=LONGEST_PATH,
        )
    return reason


def quoted(word: str) -> str:
    """Return a word as a command line takes it; single quotes are characters like others to the command prompt."""
    if SYSTEM != "nt":
        return shlex.quote(word)
    if re.fullmatch(_PLAIN, word):
        return word
    if any(character in word for character in '"$`'):  # which PowerShell alone can be told, the prompt not
        return "'" + word.replace("'", "''") + "'"
    return f'"{word}"'


def takes_escapes() -> bool:
    """Have the consoles of Windows take escapes for colours, and say whether they do: older ones would print them.

    See Microsoft's page "Console Virtual Terminal Sequences".
    """
    if sys.platform == "win32":
        import ctypes  # for Windows alone

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        for handle in map(kernel.GetStdHandle, _OUTPUTS):
            is_console = kernel.GetConsoleMode(handle, ctypes.byref(mode))
            if is_console and not kernel.SetConsoleMode(handle, mode.value | _TAKES_ESCAPES):
                return False
    return True


def is_broken_pipe(error: OSError) -> bool:
    """Say whether who was reading has seen enough, which Windows tells by another number."""
    return isinstance(error, BrokenPipeError) or (SYSTEM == "nt" and error.errno == errno.EINVAL and not error.filename)
