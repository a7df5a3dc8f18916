"""``scoregen generate``: write the score.py that a config describes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.config import ConfigError, Problem, Script, parse_config
from generator.diff import unified_diff
from generator.files import FileError, read_bytes, read_bytes_if_there, replace_all, shown, writable
from generator.record import Record
from generator.render import render
from generator.settings import show

_STDOUT = "-"


class _Target(Record):
    """A file to write: its path as the user knows it, the path it leads to, and the content."""

    path: Path
    resolved: Path
    source: bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("configs", metavar="CONFIG", nargs="+", type=Path, help="a YAML config")
    parser.add_argument(
        "-o",
        dest="output",
        metavar="FILE",
        help="write there instead, - for standard output: takes one config of one script",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing, show what differs, and exit with 1 if anything does",
    )


def run(arguments: argparse.Namespace) -> int:
    """Generate every config's scripts; a config with a problem stops none of the others."""
    output: str | None = arguments.output
    if output is not None and (len(arguments.configs) > 1 or not output):
        print("scoregen generate: -o takes one file, and one config", file=sys.stderr)
        return 2
    if output == _STDOUT and arguments.check:
        print("scoregen generate: --check compares with a file, and -o - names none", file=sys.stderr)
        return 2
    taken: dict[Path, Path] = {}
    return max(_generate(path, arguments, taken) for path in arguments.configs)


def _generate(path: Path, arguments: argparse.Namespace, taken: dict[Path, Path]) -> int:
    """Generate one config's scripts; ``taken`` says which config has which file already."""
    try:
        config = parse_config(read_bytes(path), check_outputs=arguments.output is None)
        for warning in config.warnings:
            print(f"{shown(path)}:{warning}", file=sys.stderr)
        if arguments.output is not None and len(config.scripts) > 1:
            print(f"{shown(path)}: has {len(config.scripts)} scripts, and -o takes one: leave -o out", file=sys.stderr)
            return 2
        if arguments.output == _STDOUT:
            sys.stdout.buffer.write(_source(path, config.scripts[0]))
            return 0
        targets = [_target(path, script, arguments, taken) for script in config.scripts]
        return _compare(targets) if arguments.check else _write(targets)
    except ConfigError as error:
        for problem in error.problems:
            print(f"{shown(path)}:{problem}", file=sys.stderr)
        return 1
    except FileError as error:
        print(error, file=sys.stderr)
        return 2


def _target(path: Path, script: Script, arguments: argparse.Namespace, taken: dict[Path, Path]) -> _Target:
    """Return where a script goes, which is never outside the config's folder, a config, or another script's file."""
    named = Path(arguments.output or path.parent / script.output)
    resolved = writable(named)
    if arguments.output is None and not resolved.is_relative_to(writable(path).parent):
        raise _refused(script, "leads out of the config's folder through a symbolic link: name it with -o")
    if any(resolved == writable(config) for config in arguments.configs):
        raise _refused(script, "is a config itself: give the script another name")
    if resolved in taken:
        raise _refused(script, f"is a script of {shown(taken[resolved])} already: give each its own file")
    taken[resolved] = path
    return _Target(named, resolved, _source(path, script))


def _refused(script: Script, reason: str) -> ConfigError:
    return ConfigError((Problem(script.place, "error", "output", f"{show(script.output)} {reason}"),))


def _source(path: Path, script: Script) -> bytes:
    return render(script.settings, path.name).encode()


def _compare(targets: list[_Target]) -> int:
    worst = 0
    for target in targets:
        old = read_bytes_if_there(target.resolved)
        if old != target.source:
            print(unified_diff(old, target.source, shown(target.path)), end="")
            worst = 1
    return worst


def _write(targets: list[_Target]) -> int:
    outdated = [target for target in targets if read_bytes_if_there(target.resolved) != target.source]
    replace_all({target.path: target.source for target in outdated})
    for target in targets:
        print(f"{shown(target.path)}: {'written' if target in outdated else 'up to date'}")
    return 0
