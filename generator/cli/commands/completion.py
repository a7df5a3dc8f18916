"""``scoregen completion``: print the script by which a shell completes scoregen's command line."""

from __future__ import annotations

import argparse
import sys

from generator.findings import UsageError
from generator.text.wording import either
from generator.translations.language import say

_SHELLS = ("bash", "zsh", "fish", "powershell")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("shell", metavar="SHELL", choices=_SHELLS, help=either(_SHELLS))


def run(arguments: argparse.Namespace) -> int:
    """Print the shell's script. Raises UsageError."""
    try:
        from argcomplete.shell_integration import shellcode  # an extra
    except ModuleNotFoundError:
        raise UsageError(say("needs argcomplete: `pip install argcomplete`")) from None
    sys.stdout.write(shellcode(["scoregen"], shell=arguments.shell))
    return 0
