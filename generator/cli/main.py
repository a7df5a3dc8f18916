"""The command line: finds the command, hands it its arguments, and turns what goes wrong into an exit code.

0: fine; 1: something in the user's files needs attention; 2: wrong usage, a file that cannot be read or written, or a
fault of scoregen's own.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from typing import NoReturn

from generator import __version__
from generator.cli.commands import DEBUG, HELP, LANG, QUIET, SUMMARIES, VERBOSE
from generator.cli.commands.failures import fail
from generator.cli.parser import no_command, parser_of, parser_of_all
from generator.files.lifetime import Stopped, stop_on_signals
from generator.files.read import failure
from generator.files.windows import is_broken_pipe, takes_escapes
from generator.findings import ScoregenError, UsageError
from generator.text import verbosity
from generator.text.terminal import cut
from generator.text.verbosity import at_volume, detail
from generator.translations.language import LANGUAGES, language_of, mark, say, speaking

_LONGEST = 300
_LITTER = 50_000  # objects: what a start brings in is no litter to look for
_INTERRUPTED = 130  # as a shell has it


def program() -> NoReturn:
    """Run a command as a process of its own, and end it: to take all apart that was imported would take a while."""
    gc.set_threshold(_LITTER)
    stop_on_signals()
    if not takes_escapes():
        os.environ["NO_COLOR"] = "1"
    try:
        code = main()
    except Stopped as stopped:
        os._exit(stopped.number)
    sys.stderr.flush()
    os._exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run a command; ``argv`` is without the program's name. Returns the exit code."""
    given = sys.argv[1:] if argv is None else argv
    words, language = _language_on([word for word in given if word != DEBUG])
    words, level = _volume_on(words)
    with speaking(language), at_volume(level):
        return _answer(words, language, is_debugging=DEBUG in given)


def _answer(words: list[str], language: str, *, is_debugging: bool) -> int:
    """Run the command that a line names, and return its exit code."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 (closed by whoever started the program)
    sys.stderr = sys.stderr or sys.stdout
    try:
        for stream in (sys.stdout, sys.stderr):  # a name or value that the terminal cannot show is no reason to stop
            if isinstance(stream, io.TextIOWrapper):  # what goes into a file or to a program is UTF-8 on every system
                is_set = stream.isatty() or "PYTHONIOENCODING" in os.environ
                stream.reconfigure(encoding=stream.encoding if is_set else "utf-8", errors="backslashreplace")
        if "_ARGCOMPLETE" in os.environ:  # a shell asks what to propose, and shows nothing else
            from generator.cli.completion import propose  # an extra

            propose(parser_of_all())
        if language not in LANGUAGES:
            raise UsageError(
                say(
                    "{language!r} is not a language that scoregen speaks (known: {known})",
                    language=language,
                    known=", ".join(LANGUAGES),
                )
            )
        if words[:1] == [HELP]:  # `help COMMAND` is `COMMAND -h`
            words = [*words[1:], "-h"]
        if not words or words[0] not in SUMMARIES:
            return no_command(words)
        python = ".".join(map(str, sys.version_info[:3]))
        detail(say("scoregen {version} on Python {python}", version=__version__, python=python))
        command = importlib.import_module(f"generator.cli.commands.{words[0]}")  # only the one that is asked for
        parser = parser_of(words[0], command)
        parse = parser.parse_intermixed_args if hasattr(command, "INTERMIXED") else parser.parse_args
        code: int = command.run(parse(words[1:]))
        sys.stdout.flush()
    except OSError as error:
        if is_broken_pipe(error):  # the reader, `head` say, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        if error.filename is not None:
            return fail(failure(error.filename, mark("read"), error), f"scoregen {words[0]}")
        if isinstance(error, FileNotFoundError):  # of the system call that asks where this is
            print(say("scoregen: the current folder is not there any more: change to one that is"), file=sys.stderr)
            return 2
        # a full disk behind standard output, say
        print(say("scoregen: standard output cannot be written: {strerror}", strerror=error.strerror), file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return _INTERRUPTED
    except ScoregenError as error:
        return fail(error, " ".join(["scoregen", *words[:1]]))
    except Exception as error:
        if ended := _of_an_interrupt(error):
            return ended
        if is_debugging:
            raise
        print(_fault(error, words), file=sys.stderr)
        return 2
    return code


def _language_on(words: list[str]) -> tuple[list[str], str]:
    """Return a line without ``--lang LANGUAGE``, and the language; that of the locale where the line names none."""
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == LANG:
            rest = words[index + 1 :] if equals else words[index + 2 :]
            return [*words[:index], *rest], value if equals else "".join(words[index + 1 : index + 2])
    return words, language_of(os.environ)


def _volume_on(words: list[str]) -> tuple[list[str], int]:
    """Return a line without what says how much is to be told, and that; of several the last counts."""
    levels = dict.fromkeys(QUIET, verbosity.QUIET) | dict.fromkeys(VERBOSE, verbosity.VERBOSE)
    end = words.index("--") if "--" in words else len(words)
    said = [levels[word] for word in words[:end] if word in levels]
    return [word for word in words[:end] if word not in levels] + words[end:], said[-1] if said else verbosity.NORMAL


def _of_an_interrupt(error: BaseException | None) -> int | None:
    """Return the exit code where an error came up while a signal was ending it, as argparse may fail at clearing up."""
    while error is not None and not isinstance(error, KeyboardInterrupt | Stopped):
        error = error.__context__
    return None if error is None else error.number if isinstance(error, Stopped) else _INTERRUPTED


def _fault(error: Exception, words: list[str]) -> str:
    """Return what to say of an error that nobody has foreseen."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    what = say(
        "{name} in {place}: {error}", name=type(error).__name__, place=place, error=ascii(str(error))[1:-1][:_LONGEST]
    )
    command = cut(ascii(" ".join(["scoregen", DEBUG, *words]))[1:-1], _LONGEST)
    return say(
        "scoregen: a fault of scoregen's own, not of your files: {what}\nscoregen: no file is half "
        "written; please report this, with the files and the output of `{command}`",
        what=what,
        command=command,
    )
