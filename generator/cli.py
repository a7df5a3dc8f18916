"""The command line: finds the command, hands it its arguments, and turns what goes wrong into an exit code.

0: fine; 1: something in the user's files needs attention; 2: wrong usage, a file that cannot be read or written, or a
fault of scoregen's own.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys

from generator import __version__
from generator.commands import SUMMARIES

_WIDTH = 100
_DEBUG = "--debug"
_LONGEST = 300
_INTERRUPTED = 130  # as a shell has it


class _Formatter(argparse.HelpFormatter):
    """Takes the width that the shell names: asking the terminal would load shutil at every start."""

    def __init__(self, prog: str) -> None:
        """Set the width."""
        columns = os.environ.get("COLUMNS", "")
        super().__init__(prog, width=int(columns) if columns.isdecimal() else _WIDTH)


def main(argv: list[str] | None = None) -> int:
    """Run a command; ``argv`` is without the program's name. Returns the exit code."""
    given = sys.argv[1:] if argv is None else argv
    words = [word for word in given if word != _DEBUG]
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 (closed by whoever started the program)
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):  # a name or value that the terminal cannot show is no reason to stop
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if "_ARGCOMPLETE" in os.environ:  # a shell asks what to propose, and shows nothing else
            from generator.completion import propose

            propose(_parser())
        if not words or words[0] not in SUMMARIES:
            return _no_command(words)
        command = importlib.import_module(f"generator.commands.{words[0]}")
        parser = argparse.ArgumentParser(
            f"scoregen {words[0]}", description=SUMMARIES[words[0]], formatter_class=_Formatter, allow_abbrev=False
        )
        command.add_arguments(parser)
        code: int = command.run(parser.parse_args(words[1:]))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk behind standard output, say
        print(f"scoregen: standard output cannot be written: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        if _DEBUG in given:
            raise
        print(_fault(error, words), file=sys.stderr)
        return 2
    return code


def _fault(error: Exception, words: list[str]) -> str:
    """Return what to say of an error that nobody has foreseen."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    what = f"{type(error).__name__} in {place}: {ascii(str(error))[1:-1][:_LONGEST]}"
    command = ascii(" ".join(["scoregen", _DEBUG, *words]))[1:-1]
    return (
        f"scoregen: a fault of scoregen's own, not of your files: {what}\n"
        f"scoregen: no file is half written; please report this, with the files and the output of `{command}`"
    )


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<12}{summary}" for name, summary in SUMMARIES.items())
    parser = argparse.ArgumentParser(
        "scoregen",
        usage="scoregen [-h] [--version] [--debug] COMMAND ...",
        description="The score.py of Azure Machine Learning designer models.",
        epilog=f"commands:\n{listed}\n\n`scoregen COMMAND -h` shows a command's arguments.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"scoregen {__version__}")
    parser.add_argument(_DEBUG, action="store_true", help="show where in scoregen a fault of its own came up")
    return parser


def _no_command(words: list[str]) -> int:
    parser = _parser()
    known = ", ".join(SUMMARIES)
    if words and not words[0].startswith("-"):
        from generator.settings import suggestion

        parser.error(f"{words[0]!r} is not a command{suggestion(words[0], list(SUMMARIES))} (known: {known})")
    parser.parse_args(words)
    parser.error(f"name a command: {known}")
