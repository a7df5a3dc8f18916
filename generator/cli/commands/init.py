"""``scoregen init``: write the config to start with, and have pre-commit run scoregen."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.actions.find_configs import Owners
from generator.actions.first_config import Begun, begin, script_at, together
from generator.actions.init import start_of_module
from generator.actions.ownership import backup_name, is_of_a_user
from generator.cli.commands.arguments import add_assignments, assigned, value_of
from generator.cli.commands.failures import code_of, fail
from generator.cli.commands.outcomes import say_findings
from generator.cli.commands.paths import named_path
from generator.cli.commands.questions import ask, somebody_answers
from generator.config.schema import CONFIG_FILE, DEFAULT_OUTPUT
from generator.facts.modules import Table
from generator.files.read import from_folder, read_bytes_if_there, shown
from generator.files.replace import create, replace_all, writable
from generator.files.windows import quoted
from generator.findings import ConfigError, FileError, RefusedError, UsageError
from generator.pre_commit.hooks import Source, installed_from
from generator.pre_commit.insert import add_hooks, snippet
from generator.rules.module_names import table_named
from generator.text.verbosity import note, report
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
        type=named_path,
        default=[],
        help=say("a score.py, edited or not, or a model folder; one config is written for several"),
    )
    start.add_argument(
        "--module", metavar="MODULE", help=say("a Score or training module, when there is no script yet")
    )
    add_assignments(parser, say("a parameter, with --module"), say("a dataset, with --module"))
    parser.add_argument("--each", action="store_true", help=say("write a config for each script, beside it"))
    parser.add_argument(
        "--pre-commit", action="store_true", help=say("put the hooks into the repository's {hooks}", hooks=_HOOKS)
    )


def run(arguments: argparse.Namespace) -> int:
    """Do all that is asked for; what cannot be done stops nothing of the rest. Raises UsageError."""
    codes = []
    if (arguments.changes or arguments.datasets) and arguments.module is None:
        raise UsageError(say("--set and --dataset need --module: a script says itself what it sets"))
    if arguments.scripts:
        codes.append(_start_from_paths(arguments.scripts, for_each=arguments.each))
    if arguments.module is not None:
        codes.append(code_of("scoregen init", functools.partial(_start_from_module, arguments)))
    if arguments.pre_commit:
        codes.append(code_of("scoregen init", functools.partial(_add_hooks, Path.cwd())))
    return max(codes) if codes else _start_by_asking()


def _start_by_asking() -> int:
    """Ask which module the script is to be of. Raises UsageError where nobody answers, ConfigError, FileError."""
    try:
        answers = ask() if somebody_answers() else None
    except EOFError:
        answers = None
    if answers is None:
        if Path(DEFAULT_OUTPUT).is_file():
            raise UsageError(say("score.py is here: `scoregen init score.py` writes its config"))
        raise UsageError(
            say("name a script (`scoregen init SCRIPT`), a module (`scoregen init --module MODULE`), or --pre-commit")
        )
    print(
        say("the same without questions: scoregen init {arguments}", arguments=" ".join(map(quoted, answers.arguments)))
    )
    return _write_start(answers.table, answers.parameters, answers.datasets)


def _start_from_paths(paths: Sequence[Path], *, for_each: bool) -> int:
    """Start from scripts, or from model folders or the folders around them: those that can be judged."""
    found: list[Begun] = []
    codes = [code_of(path, functools.partial(_begin, path, found)) for path in dict.fromkeys(paths)]
    if len(paths) == 1 or for_each:
        for each in found:
            path, told = each.home / CONFIG_FILE, [(each.start, each.home / CONFIG_FILE, each.script)]
            codes.append(code_of(path, functools.partial(_write, path, each.start.text, told, [each.output])))
    elif found:
        codes.append(code_of(CONFIG_FILE, functools.partial(_write_together, found)))
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
    told = [(begun.start, begun.script, begun.script) for begun in found]
    return _write(folder / CONFIG_FILE, text, told, [begun.output for begun in found])


def _start_from_module(arguments: argparse.Namespace) -> int:
    """Write the config of a module's script. Raises ConfigError, FileError, UsageError."""
    return _write_start(table_named(arguments.module), assigned(arguments.changes), assigned(arguments.datasets))


def _write_start(table: Table, parameters: Mapping[str, str], datasets: Mapping[str, str]) -> int:
    path, script = Path(CONFIG_FILE), Path(DEFAULT_OUTPUT)
    start = start_of_module(table, {name: value_of(text) for name, text in parameters.items()}, datasets)
    _refuse_another_config(script)
    return _write(path, start.text, [(start, path, script)], [script])


def _write(path: Path, text: str, told: Sequence[tuple[Start, Path, Path]], outputs: Sequence[Path]) -> int:
    """Write a config, and say what was decided: of each script, under which name, and which it is. Raises FileError.

    ``outputs`` are the files that the config is to write. Where one is a user's, `sync` alone would not replace it.
    """
    generated = [output for (start, _, _), output in zip(told, outputs, strict=True) if not start.left]
    theirs = next((output for output in generated if is_of_a_user(read_bytes_if_there(output))), None)
    create(path, text.encode())
    report(say("{path}: written", path=shown(path)))
    for start, about, script in told:
        _say_more(start, about, script)
    named = quoted(shown(path))
    if theirs is None:
        report(say("next: change it, and run `scoregen sync {path}`", path=named))
    else:
        kept = shown(theirs.with_name(backup_name(theirs.name)))
        report(
            say(
                "next: change it, and run `scoregen sync --force {path}`, which keeps {output} as {kept}",
                path=named,
                output=shown(theirs),
                kept=kept,
            )
        )
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
    """Put the hooks into the file of the repository around a folder. Raises FileError, UsageError."""
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)
    if root is None:
        raise UsageError(say("--pre-commit needs a git repository, and this folder is in none"))
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
