"""Completion: what may stand where Tab was pressed, as argcomplete finds it from the commands' parsers."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
from collections.abc import Callable, Iterable

from argcomplete import autocomplete
from argcomplete.completers import DirectoriesCompleter, FilesCompleter, SuppressCompleter
from argcomplete.lexers import split_line

from generator.cli.commands import HELP, SUMMARIES
from generator.facts.codes import load_codes
from generator.facts.modules import Parameter, Table, load_tables, tables_by_key
from generator.files.read import read_bytes
from generator.rules.settings import parameter_name
from generator.script.read import read
from generator.script.source import decode
from generator.translations.language import say

_FILES = {
    "CONFIG": ("yaml", "yml"),
    "FILE": (),
    "PATH": ("py", "yaml", "yml"),
    "PYTHON": (),
    "SCRIPT": ("py",),
}
"""Which files an argument takes, all where there are no endings, by its name on the command's help."""

_WORDS: dict[str, Callable[[argparse.Namespace, str], Iterable[str]]] = {
    "CODE": lambda _, __: {name: say(code.title) for name, code in load_codes().items()},
    "MODULE": lambda _, __: {key: table.name for key, table in tables_by_key().items()},
    "NAME": lambda line, _: [*_parameters(line), *_datasets(line)],
    "NAME=PATH": lambda line, _: [f"{name}=" for name in _datasets(line)],
    "NAME=VALUE": lambda line, begun: _values(line, begun) or [f"{name}=" for name in _parameters(line)],
}
"""Which words an argument takes, with what they mean where zsh and fish show it, by the line and its last word."""

_ALLOWED: dict[str, Callable[[Parameter], Iterable[str]]] = {
    "boolean": lambda _: ("true", "false"),
    "integer": lambda _: (),
    "option": lambda parameter: (option.member for option in parameter.options),
    "text": lambda _: (),
}
"""Which values are proposed for a parameter, by its type."""


def propose(scoregen: argparse.ArgumentParser) -> None:
    """Give the shell what may stand where Tab was pressed, and end the process.

    ``scoregen`` has the options that stand before a command. Only a command that is on the line is imported.
    """
    words = split_line(os.environ["COMP_LINE"])[3]
    commands = scoregen.add_subparsers()
    for name, summary in SUMMARIES.items():
        parser = commands.add_parser(name, help=say(summary), allow_abbrev=False)
        if name in words:
            importlib.import_module(f"generator.cli.commands.{name}").add_arguments(parser)
            for action in parser._actions:
                action.completer = _completer(action)  # type: ignore[attr-defined]
    commands.add_parser(HELP, help="show a command's arguments").add_argument("command", choices=SUMMARIES)
    autocomplete(scoregen, always_complete_options=False, default_completer=SuppressCompleter())


def _completer(action: argparse.Action) -> Callable[..., Iterable[str]] | None:
    """Return what completes an argument's value; None leaves it to argcomplete, which knows the choices."""
    name = str(action.metavar)
    if name == "DIR":
        return DirectoriesCompleter()
    if name in _FILES:
        return FilesCompleter(_FILES[name])
    if name in _WORDS:
        return lambda prefix, parsed_args, **_: _WORDS[name](parsed_args, prefix)
    return None


def _parameters(line: argparse.Namespace) -> list[str]:
    return [parameter.name for table in _tables(line) for parameter in table.parameters]


def _values(line: argparse.Namespace, begun: str) -> list[str]:
    """Return what may stand for a parameter, by whatever name or label it goes, behind its equals sign."""
    key, equals, _ = begun.partition("=")
    named = [
        parameter
        for table in _tables(line)
        for parameter in table.parameters
        if parameter.name == parameter_name(table, key)
    ]
    values = dict.fromkeys(value for parameter in named for value in _ALLOWED[parameter.type](parameter))
    return [f"{key}={value}" for value in values] if equals else []


def _datasets(line: argparse.Namespace) -> list[str]:
    return [dataset.name for table in _tables(line) for dataset in table.datasets]


def _tables(line: argparse.Namespace) -> Iterable[Table]:
    """Return the tables of the scripts on the line; of all modules, unless there are some that can be read."""
    with contextlib.suppress(Exception):
        return [read(decode(read_bytes(script))[0]).call.table for script in line.scripts]
    return load_tables()
