"""``scoregen runtime``: make, list and remove the environments in which scripts are tried and served."""

from __future__ import annotations

import argparse
import functools
import sys

from generator.cli.commands.failures import code_of
from generator.cli.commands.status import Status
from generator.conda.recipe import NoRuntimeError, Recipe
from generator.files.read import is_there, shown
from generator.files.windows import quoted
from generator.findings import FileError, UsageError
from generator.text.terminal import visible
from generator.text.verbosity import note, report
from generator.text.wording import either
from generator.translations.language import say
from generator.trial.cache import Runtime, cache_folder, held, remove, runtimes
from generator.trial.runtime import MakingError, make, runtime_for
from generator.trial.target import find_target, recipe_of_target

_ACTIONS = ("make", "list", "path", "remove")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=_ACTIONS, metavar="ACTION", help=either(_ACTIONS))
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help=say("what the runtime is for: a model folder, a script, a config or a conda file; or its name, as listed"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for."""
    if arguments.action == "list":
        return _list()
    if not arguments.sources:
        raise UsageError(
            say("{action}: name a model folder, a script, a config or a conda file", action=arguments.action)
        )
    work = {"make": _make, "path": _path, "remove": _remove}[arguments.action]
    return max([code_of(source, functools.partial(work, source)) for source in arguments.sources])


def _make(source: str) -> int:
    """Make the runtime of a source unless it is there, and print its interpreter. Raises FileError."""
    runtime = made(source, recipe_of(source))
    print(runtime.python)
    return 0


def _path(source: str) -> int:
    runtime = _named(source)
    if not runtime.is_whole:
        print(
            say(
                "{source}: there is no runtime {name}: {makes}",
                source=shown(source),
                name=runtime.name,
                makes=_makes(source, runtime),
            ),
            file=sys.stderr,
        )
        return 1
    print(runtime.python)
    return 0


def _makes(source: str, runtime: Runtime) -> str:
    """Say how to make a runtime again: of what was named, unless that is the name of one that is not whole."""
    what = "SOURCE" if source == runtime.name else quoted(shown(source))
    return say("`scoregen runtime make {what}` makes it", what=what)


def _remove(source: str) -> int:
    runtime = _named(source)
    if not runtime.folder.exists():
        print(say("{source}: there is no runtime {name}", source=shown(source), name=runtime.name), file=sys.stderr)
        return 1
    try:
        with held(runtime.name, lambda: note(say("{name}: another process is making it", name=runtime.name))):
            remove(runtime)
    except OSError as error:
        raise FileError(
            say(
                "{path}: cannot be removed: {reason}",
                path=shown(error.filename or runtime.folder),
                reason=error.strerror,
            )
        ) from error
    report(say("{name}: removed", name=runtime.name))
    return 0


def _list() -> int:
    """Print all runtimes, with their size and when they were made."""
    found = runtimes()
    room = max((len(runtime.name) for runtime in found), default=0)
    for runtime in found:
        what = (
            f"{size_of(runtime):>8}  {runtime.made}"
            if runtime.is_whole
            else say("not whole: make it again, or remove it")
        )
        print(f"{runtime.name:<{room}}  {what}")
    print(say("{number} in {folder}", number=len(found), folder=shown(cache_folder())))
    return 0


def size_of(runtime: Runtime) -> str:
    """Return the size of a runtime for a reader."""
    return f"{runtime.size / 1e9:.1f} GB" if runtime.size >= 1e9 else f"{runtime.size / 1e6:.0f} MB"


def _named(source: str) -> Runtime:
    """Return the runtime that is called so, or that of a source. Raises FileError."""
    known = {runtime.name: runtime for runtime in runtimes()}
    if source not in known and not is_there(source):
        raise FileError(
            say(
                "{source}: is neither a runtime nor a file: `scoregen runtime list` names the runtimes",
                source=shown(source),
            )
        )
    return known.get(source) or runtime_for(recipe_of(source))


def recipe_of(source: str) -> Recipe:
    """Return the recipe of a source, and say what its notes are. Raises FileError, ConfigError."""
    if not is_there(source):
        raise FileError(say("{source}: cannot be read: No such file or directory", source=shown(source)))
    try:
        recipe = recipe_of_target(find_target(source))
    except NoRuntimeError as error:
        raise FileError(say("{source}: no runtime can be made: {error}", source=shown(source), error=error)) from None
    for said in recipe.notes:
        note(f"{shown(source)}: {said}")
    return recipe


def made(source: str, recipe: Recipe) -> Runtime:
    """Return the runtime of a recipe, which is made unless it is there. Raises FileError, with what uv has said."""
    there = runtime_for(recipe)
    if there.is_whole:
        return there
    try:
        with Status(there.name) as status:
            runtime = make(recipe, status.step, status.detail)
    except MakingError as error:
        said = "".join(f"| {visible(line)}\n" for line in error.output.splitlines())
        raise FileError(
            say("{said}{source}: no runtime could be made: {error}", said=said, source=shown(source), error=error)
        ) from None
    except KeyboardInterrupt:
        raise FileError(say("{name}: stopped; nothing of it is left", name=there.name)) from None
    note(
        say(
            "{name}: made in {seconds:.0f} s, {size}",
            name=runtime.name,
            seconds=runtime.seconds,
            size=size_of(runtime),
        )
    )
    return runtime
