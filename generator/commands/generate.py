"""``scoregen generate``: write the score.py that a config describes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from generator.config import Config, ConfigError, Problem, Script, parse_config
from generator.diff import unified_diff
from generator.files import FileError, is_inside, read_bytes, read_bytes_if_there, replace
from generator.render import render
from generator.settings import show

_STDOUT = "-"


class _Target(NamedTuple):
    path: Path
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
        "--check", action="store_true", help="write nothing, show what differs, and exit with 1 if anything does"
    )


def run(arguments: argparse.Namespace) -> int:
    """Generate every config's scripts; a config with a problem stops none of the others."""
    if arguments.output and len(arguments.configs) > 1:
        print("scoregen generate: -o takes one config", file=sys.stderr)
        return 2
    if arguments.output == _STDOUT and arguments.check:
        print("scoregen generate: --check compares with a file, and -o - names none", file=sys.stderr)
        return 2
    return max(_generate(path, arguments.output, arguments.check) for path in arguments.configs)


def _generate(path: Path, output: str | None, check: bool) -> int:
    try:
        config = _read(path, placed=output is None)
        targets = _targets(path, config, output)
        return max([_check(target) if check else _write(target) for target in targets], default=0)
    except ConfigError as error:
        for problem in error.problems:
            print(f"{path}:{problem}", file=sys.stderr)
        return 1
    except FileError as error:
        print(error, file=sys.stderr)
        return 2


def _read(path: Path, placed: bool) -> Config:
    config = parse_config(read_bytes(path), check_outputs=placed)
    for warning in config.warnings:
        print(f"{path}:{warning}", file=sys.stderr)
    return config


def _targets(path: Path, config: Config, output: str | None) -> list[_Target]:
    if output and len(config.scripts) > 1:
        raise FileError(f"{path}: has {len(config.scripts)} scripts, and -o takes one: leave -o out")
    targets = []
    for script in config.scripts:
        target = Path(output or path.parent / script.output)
        if not output and not is_inside(target, path.parent):
            raise _refused(script, "leads out of the config's folder through a symbolic link: name it with -o")
        if not target.parent.is_dir():
            raise FileError(f"{target}: cannot be written: the folder {target.parent} does not exist")
        if target.exists() and target.samefile(path):
            raise _refused(script, "is the config itself: give the script another name")
        targets.append(_Target(target, render(script.settings, path.name).encode()))
    return targets


def _refused(script: Script, reason: str) -> ConfigError:
    return ConfigError((Problem(script.place, "error", "output", f"{show(script.output)} {reason}"),))


def _check(target: _Target) -> int:
    old = read_bytes_if_there(target.path)
    if old == target.source:
        return 0
    print(unified_diff(old, target.source, str(target.path)), end="")
    return 1


def _write(target: _Target) -> int:
    if str(target.path) == _STDOUT:
        sys.stdout.buffer.write(target.source)
    elif read_bytes_if_there(target.path) == target.source:
        print(f"{target.path}: up to date")
    else:
        replace(target.path, target.source)
        print(f"{target.path}: written")
    return 0
