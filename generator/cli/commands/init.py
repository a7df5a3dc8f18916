"""``scoregen init``: write the config to start with, and have pre-commit run scoregen."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.actions.begin import Begun, begin, script_at, together
from generator.actions.find_configs import Owners
from generator.actions.init import start_of_module
from generator.cli.commands.failures import code_of, fail
from generator.cli.commands.outcomes import say_findings
from generator.cli.commands.questions import ask, somebody_answers
from generator.config.schema import CONFIG_FILE, DEFAULT_OUTPUT
from generator.facts.modules import Table
from generator.files.read import from_folder, read_bytes_if_there, shown
from generator.files.replace import create, replace_all, writable
from generator.files.windows import quoted
from generator.findings import ConfigError, FileError, RefusedError, ScoregenError, UsageError
from generator.pre_commit.hooks import Source, installed_from
from generator.pre_commit.insert import add_hooks, snippet
from generator.rules.module_names import table_named
from generator.text.volume import note, report
from generator.text.yaml_reader import read_document
from generator.translations.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.actions.init import Start

_HOOKS = ".pre-commit-config.yaml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "scripts",
        metavar="SCRIPT",
        nargs="*",
        type=Path,
        default=[],
        help=say("a score.py, edited or not, or a model folder; one config is written for several"),
    )
    start.add_argument(
        "--module", metavar="MODULE", help=say("a Score or training module, when there is no script yet")
    )
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=say("a parameter, with --module"),
    )
    parser.add_argument(
        "--dataset",
        dest="datasets",
        action="append",
        default=[],
        metavar="NAME=PATH",
        help=say("a dataset, with --module"),
    )
    parser.add_argument("--each", action="store_true", help=say("write a config for each script, beside it"))
    parser.add_argument(
        "--pre-commit", action="store_true", help=say("put the hooks into the repository's {hooks}", hooks=_HOOKS)
    )


def run(arguments: argparse.Namespace) -> int:
    """Do all that is asked for; what cannot be done stops nothing of the rest."""
    codes = []
    if (arguments.changes or arguments.datasets) and arguments.module is None:
        print(
            say("scoregen init: --set and --dataset need --module: a script says itself what it sets"), file=sys.stderr
        )
        return 2
    if arguments.scripts:
        codes.append(_start_from_paths(arguments.scripts, for_each=arguments.each))
    if arguments.module is not None:
        codes.append(_start_from_module(arguments.module, arguments.changes, arguments.datasets))
    if arguments.pre_commit:
        codes.append(_add_hooks(Path.cwd()))
    if codes:
        return max(codes)
    return _start_by_asking() if somebody_answers() else _say_what_to_name()


def _start_by_asking() -> int:
    try:
        answers = ask()
    except EOFError:
        return _say_what_to_name()
    print(
        say("the same without questions: scoregen init {arguments}", arguments=" ".join(map(quoted, answers.arguments)))
    )
    return _write_start(answers.table, answers.parameters, answers.datasets)


def _say_what_to_name() -> int:
    found = say("score.py is here: `scoregen init score.py` writes its config") if Path("score.py").is_file() else ""
    wanted = say("name a script (`scoregen init SCRIPT`), a module (`scoregen init --module MODULE`), or --pre-commit")
    print(say("scoregen init: {found}", found=found or wanted), file=sys.stderr)
    return 2


def _start_from_paths(paths: Sequence[Path], *, for_each: bool) -> int:
    """Start from scripts, or from model folders or the folders around them: those that can be judged."""
    found: list[Begun] = []
    codes = [code_of(path, functools.partial(_begin, path, found)) for path in dict.fromkeys(paths)]
    if len(paths) == 1 or for_each:
        codes += [_write(each.start, each.home / CONFIG_FILE, each.script) for each in found]
    elif found:
        codes.append(code_of(Path(CONFIG_FILE), functools.partial(_write_together, found)))
    return max(codes)


def _begin(path: Path, found: list[Begun]) -> int:
    """Add what a path begins to what is found. Raises FileError, RefusedError."""
    script, folder = script_at(path)
    try:
        begun = begin(script, folder)
    except ConfigError as error:
        if any(finding.path[:1] == ("conda",) for finding in error.findings):
            return fail(error, shown(script))
        print(
            say("{script}: a config cannot hold this name: rename the file, to score.py say", script=shown(script)),
            file=sys.stderr,
        )
        return 1
    except RefusedError as error:
        return fail(error, shown(script))
    for unread, reason in begun.unread.items():
        note(f"{shown(unread)}: {reason}")
    _refuse_another_config(script, begun.output)
    if begun.output.resolve() not in {each.output.resolve() for each in found}:
        found.append(begun)
    return 0


def _write_together(found: Sequence[Begun]) -> int:
    """Write one config for several scripts. Raises ConfigError, FileError."""
    folder, text = together(found, Path.cwd())
    path = folder / CONFIG_FILE
    create(path, text.encode())
    report(say("{path}: written", path=shown(path)))
    for begun in found:
        _say_more(begun.start, begun.script, begun.script)
    report(say("next: change it, and run `scoregen sync {path}`", path=quoted(shown(path))))
    return 0


def _start_from_module(name: str, changes: list[str], datasets: list[str]) -> int:
    try:
        table = table_named(name)
    except UsageError as error:
        return fail(error, "scoregen init")
    for text in (*changes, *datasets):
        if not text.partition("=")[1]:
            return fail(UsageError(say("{text!r}: write it as NAME=VALUE", text=text)), "scoregen init")
    return _write_start(table, _pairs(changes), _pairs(datasets))


def _pairs(texts: list[str]) -> dict[str, str]:
    return {name.strip(): value for name, _, value in (text.partition("=") for text in texts)}


def _write_start(table: Table, parameters: Mapping[str, str], datasets: Mapping[str, str]) -> int:
    values = {name: read_document(value).value if value.strip() else value for name, value in parameters.items()}
    try:
        start = start_of_module(table, values, datasets)
    except ConfigError as error:
        return fail(error, "scoregen init")
    return _write(start, Path(CONFIG_FILE), Path(DEFAULT_OUTPUT))


def _write(start: Start, path: Path, script: Path) -> int:
    """Write the config of a script to a path, unless another config names the script."""
    try:
        _refuse_another_config(script, path.parent / str(start.config["output"]))
        create(path, start.text.encode())
    except ScoregenError as error:
        return fail(error)
    report(say("{path}: written", path=shown(path)))
    _say_more(start, path, script)
    report(say("next: change it, and run `scoregen sync {path}`", path=quoted(shown(path))))
    return 0


def _refuse_another_config(*scripts: Path) -> None:
    """Raise FileError where a config names one of the scripts already."""
    owners = Owners()
    for script in scripts:
        for owner in owners.of(os.path.realpath(script)):
            raise FileError(
                say(
                    "{name}: has a config already, {from_folder}: change that",
                    name=shown(script),
                    from_folder=shown(from_folder(owner)),
                )
            )


def _say_more(start: Start, about: Path, script: Path) -> None:
    """Say what was decided of a script, under the name of the file that it is about, and what its config cannot say."""
    name = shown(script)
    for said in start.notes:
        note(f"{shown(about)}: {said}")
    if start.left:
        note(say("{name}: does what a config cannot say; `mode: rewrite` in the config keeps it:", name=name))
    say_findings(script, start.left)


def _add_hooks(here: Path) -> int:
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)
    if root is None:
        print(say("scoregen init: --pre-commit needs a git repository, and this folder is in none"), file=sys.stderr)
        return 2
    path, source = Path(from_folder(root / _HOOKS)), installed_from()
    try:
        old = read_bytes_if_there(path)
        new = add_hooks((old or b"").decode(), source).encode()
        if new == old:
            report(say("{path}: has the hooks already", path=shown(path)))
            return 0
        create(path, new) if old is None else replace_all({path: new}, {path: old}, {path: _inside(root, path)})
    except (RefusedError, UnicodeDecodeError) as error:
        reason = f"{error}" if isinstance(error, RefusedError) else say("1:1: it is not UTF-8")
        print(
            say(
                "{path}:{reason}; put this under its `repos:`\n{snippet}",
                path=shown(path),
                reason=reason,
                snippet=snippet(source),
            ),
            end="",
            file=sys.stderr,
        )
        _warn_of_a_folder(path, source)
        return 1
    except ScoregenError as error:
        return fail(error)
    report(say("{path}: written", path=shown(path)))
    _warn_of_a_folder(path, source)
    report(say("next: run `pre-commit install`"))
    return 0


def _warn_of_a_folder(path: Path, source: Source) -> None:
    """Say that others cannot install the hooks, where they are to come from a folder of this machine."""
    if source.is_of_this_machine:
        warning = say(
            "{path}: `repo: {repo}` is a folder of this machine: before others use the file, write the address "
            "there to which that repository is pushed",
            path=shown(path),
            repo=source.repo,
        )
        note(warning)


def _inside(root: Path, path: Path) -> Path:
    """Return where a file of a repository leads. Raises FileError where that is not in it."""
    target = writable(path)
    if not target.is_relative_to(root.resolve()):
        raise FileError(
            say(
                "{path}: is not written: it leads out of the repository, to {target}",
                path=shown(path),
                target=shown(target),
            )
        )
    return target
