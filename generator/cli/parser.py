"""What may stand on the command line, and the help on it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import Any, NoReturn

from generator import __version__
from generator.cli.commands import DEBUG, EXAMPLES, GROUPS, LANG, QUIET, SUMMARIES, VERBOSE
from generator.text.terminal import visible
from generator.text.wording import suggestion
from generator.translations.language import LANGUAGES, say

_WIDTH = 100
argparse._ = say  # type: ignore[attr-defined]  # its own words too, which gettext would translate by the locale alone


class _Parser(argparse.ArgumentParser):
    """Escapes what cannot be seen of a wrong line, and proposes what may be meant."""

    _words: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Remember what was given."""
        self._words = args or ()
        return super().parse_known_args(args, namespace)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            error.message += suggestion(value, list(map(str, action.choices or ())))
            raise

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, propose the option that is meant, and end the process."""
        super().error(visible(message + self._proposed()))

    def _proposed(self) -> str:
        """Return what is meant by the first option that there is not."""
        options = self._option_string_actions
        words = (word for word in self._words if word.startswith("-") and len(word) > 2 and word[:2] not in options)
        given = (word.partition("=") for word in words)
        name, equals, value = next((parts for parts in given if parts[0] not in options), ("", "", ""))
        return suggestion(name, {option: option + equals + value for option in options}) if name else ""


class _Formatter(argparse.HelpFormatter):
    """Takes the width that the shell names: asking the terminal would load shutil at every start."""

    def __init__(self, prog: str) -> None:
        """Set the width."""
        columns = os.environ.get("COLUMNS", "")
        super().__init__(prog, width=int(columns) if columns.isdecimal() else _WIDTH)


def parser_of(name: str, command: Any) -> argparse.ArgumentParser:
    """Return the parser of a command's line, without the command's name; ``command`` is its module."""
    parser = _Parser(
        f"scoregen {name}",
        description=say(SUMMARIES[name]),
        epilog=say("example: {examples}", examples=EXAMPLES[name]),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    command.add_arguments(parser)
    return parser


def parser_of_all() -> argparse.ArgumentParser:
    """Return the parser of what may stand before a command."""
    listed = "\n\n".join(
        "\n".join([say("{wanted}:", wanted=say(wanted)), *(f"  {name:<12}{say(SUMMARIES[name])}" for name in names)])
        for wanted, names in GROUPS.items()
    )
    parser = argparse.ArgumentParser(
        "scoregen",
        usage=say("scoregen [-h] [-V] [-q | -v] [{lang} LANGUAGE] [{debug}] COMMAND ...", lang=LANG, debug=DEBUG),
        description=say("The score.py of Azure Machine Learning designer models."),
        epilog=say("{listed}\n\nscoregen help COMMAND shows a command's arguments.", listed=listed),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-V",
        "--version",
        action="version",
        version=f"scoregen {__version__}",
        help=say("show program's version number and exit"),
    )
    parser.add_argument(
        LANG, metavar="LANGUAGE", choices=LANGUAGES, help=say("speak this language; default: that of the locale")
    )
    parser.add_argument(*QUIET, action="store_true", help=say("print errors and the result alone"))
    parser.add_argument(
        *VERBOSE, action="store_true", help=say("say what is read, which model, release and runtime are taken, and why")
    )
    parser.add_argument(DEBUG, action="store_true", help=say("show the traceback of an internal error"))
    return parser


def no_command(words: list[str]) -> int:
    """Answer a line that names no command: with the help where it asks for that, or names nothing.

    Ends the process where the line is wrong, or asks for the version.
    """
    parser = parser_of_all()
    known = ", ".join(SUMMARIES)
    if words and not words[0].startswith("-"):
        parser.error(
            say(
                "{words!r} is not a command{hint} (known: {known})",
                words=words[0],
                hint=suggestion(words[0], list(SUMMARIES)),
                known=known,
            )
        )
    parser.parse_args(words)
    parser.print_help()
    return 0
