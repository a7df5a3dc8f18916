"""``scoregen rewrite``: set parameters in existing scripts, and change nothing else."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.actions import workers
from generator.actions.endpoint_beside import predictions_beside
from generator.actions.missing_data import missing_data
from generator.actions.ownership import put
from generator.actions.rewrite import Rewritten, rewrite
from generator.actions.rewrite_file import rewrite_bytes
from generator.cli.commands import FORCE_OUTPUT_HELP
from generator.cli.commands.arguments import add_assignments, assigned, value_of
from generator.cli.commands.failures import fail, failure_lines
from generator.cli.commands.outcomes import what_was_put
from generator.cli.commands.paths import named, named_path
from generator.config.parse import parse_config
from generator.facts.modules import Table
from generator.files.named import read_named_config, read_named_script
from generator.files.read import read_standard_input, shown
from generator.files.replace import MANY, Folder, replace_all, writable
from generator.findings import START, ConfigError, FileError, RefusedError, ScoregenError, UsageError
from generator.report.diff import as_diff
from generator.rules.module_names import table_named
from generator.rules.settings import BODIES, ENCODINGS, Dataset, Response, Settings
from generator.script.read import read
from generator.text.diff import unified_diff
from generator.text.terminal import visible
from generator.text.verbosity import is_quiet
from generator.translations.language import say

_STDIN = "-"
_MANY = 300  # scripts, from which on a terminal shows how far the work is


class _Wanted(NamedTuple):
    """What the command line asks for."""

    changes: dict[str, Any]
    unset: list[str]
    datasets: dict[str, Dataset]
    response: Response
    prune: bool
    configs: dict[str, Settings]
    table: Table | None


class _Done(NamedTuple):
    """What came of a script: the exit code, and what is to be printed, on standard output and on standard error."""

    code: int = 0
    said: str = ""
    noted: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "scripts", metavar="SCRIPT", type=named, nargs="+", help=say("a score.py, - for standard input and output")
    )
    add_assignments(
        parser,
        say("set a parameter, by name or by label in the designer; the value is a YAML scalar"),
        say("load a .csv or a designer dataset folder, beside the script, once at start"),
    )
    parser.add_argument(
        "--unset", metavar="NAME", action="append", default=[], help=say("remove a parameter or dataset")
    )
    parser.add_argument("--response", choices=BODIES, help=say("change the shape of the response"))
    strictness = parser.add_mutually_exclusive_group()
    strictness.add_argument(
        "--strict-json",
        action="store_true",
        default=None,
        help=say("return null for NaN and infinities, which JSON does not have"),
    )
    strictness.add_argument(
        "--no-strict-json", dest="strict_json", action="store_false", default=None, help=say("return them as they are")
    )
    parser.add_argument(
        "--encoding", choices=ENCODINGS, help=say("return a JSON string, or the object for the server to encode")
    )
    parser.add_argument(
        "--config", metavar="CONFIG", type=named_path, help=say("set what this config has for the script's module")
    )
    parser.add_argument(
        "--module", metavar="MODULE", help=say("of several Score modules that a script calls, the one to change")
    )
    parser.add_argument("--prune", action="store_true", help=say("remove what the mode ignores"))
    shows = parser.add_mutually_exclusive_group()
    shows.add_argument("--diff", action="store_true", help=say("write nothing, show what would change"))
    shows.add_argument("--check", action="store_true", help=say("the same, and exit with 1 if anything would change"))
    shows.add_argument(
        "-o", dest="output", metavar="FILE", type=named, help=say("write there instead: takes one script")
    )
    parser.add_argument("--force", action="store_true", help=say(FORCE_OUTPUT_HELP))


def run(arguments: argparse.Namespace) -> int:
    """Rewrite every script; one that cannot be rewritten stops none of the others. Raises UsageError."""
    if arguments.output is not None and len(arguments.scripts) > 1:
        raise UsageError(say("-o takes one file, and one script"))
    try:
        wanted = _wanted(arguments)
    except (ConfigError, FileError) as error:
        return fail(error, shown(arguments.config))
    worst = 0
    for number, done in enumerate(_each(wanted, arguments)):
        _show_progress(number, len(arguments.scripts))
        sys.stderr.write(done.noted)
        sys.stdout.write(done.said)
        worst = max(worst, done.code)
    return worst


def _each(wanted: _Wanted, arguments: argparse.Namespace) -> Iterable[_Done]:
    """Rewrite each script."""
    scripts = arguments.scripts
    if len(scripts) == 1:
        return _all(scripts, wanted, arguments)
    others = argparse.Namespace(**vars(arguments) | {"scripts": []})  # what each process gets is to stay small
    work = functools.partial(_all, wanted=wanted, arguments=others, wait=len(scripts) < MANY)
    return work(scripts) if _STDIN in scripts else workers.each(work, scripts)


def _all(scripts: Sequence[str], wanted: _Wanted, arguments: argparse.Namespace, wait: bool = True) -> list[_Done]:
    with Folder(wait) as folder:
        return [_rewrite(script, wanted, arguments, folder) for script in workers.swept(scripts)]


def _wanted(arguments: argparse.Namespace) -> _Wanted:
    changes = {name: value_of(text) for name, text in assigned(arguments.changes).items()}
    datasets = {name: Dataset(path) for name, path in assigned(arguments.datasets).items()}
    response = Response(arguments.response, arguments.strict_json, arguments.encoding)
    if not (changes or datasets or response.named or arguments.unset or arguments.prune or arguments.config):
        raise UsageError(
            say("nothing to do: name a change with --set, --unset, --dataset, --response, --prune or --config")
        )
    configs: dict[str, Settings] = {}
    if arguments.config:
        scripts = parse_config(read_named_config(arguments.config), check_outputs=False).scripts
        configs = {script.settings.table.id: script.settings for script in scripts}
        if len(configs) < len(scripts):
            raise UsageError(
                say(
                    "{config} has several scripts of one module: which to take is not clear",
                    config=shown(arguments.config),
                )
            )
    table = table_named(arguments.module) if arguments.module is not None else None
    return _Wanted(changes, arguments.unset, datasets, response, arguments.prune, configs, table)


def _rewrite(script: str, wanted: _Wanted, arguments: argparse.Namespace, folder: Folder) -> _Done:
    """Rewrite a script, and return what is to be said of it."""
    name = "<stdin>" if script == _STDIN else shown(script)
    try:
        content = read_standard_input() if script == _STDIN else read_named_script(script)
        predictions = () if script == _STDIN else predictions_beside(os.fspath(Path(script).parent))
        result, told = rewrite_bytes(content, functools.partial(_changed, wanted=wanted, predictions=predictions))
        done = _put(script, name, content, result, arguments, folder)
        is_told = result != content and not is_quiet()
        notes = (*told, *_missing(script, wanted)) if is_told else ()
        return done._replace(noted="".join(f"{visible(f'{name}: {note}')}\n" for note in notes))
    except ConfigError as error:  # of what the command line asks for, which has no place
        lines = [f"scoregen rewrite: {name}: {finding.said}" for finding in error.findings]
        return _Done(UsageError.exit_code, noted="".join(f"{visible(line)}\n" for line in lines))
    except ScoregenError as error:
        return _Done(error.exit_code, noted="".join(f"{line}\n" for line in failure_lines(error, name)))


def _missing(script: str, wanted: _Wanted) -> list[str]:
    """Return what to say of datasets beside a script that are not there."""
    folder = Path() if script == _STDIN else Path(script).parent
    return list(filter(None, (missing_data(folder, dataset) for dataset in wanted.datasets.values())))


def _changed(source: str, wanted: _Wanted, predictions: tuple[float, ...]) -> Rewritten:
    """Rewrite a script's text: what the command line says is set, and what the config for its module says besides."""
    changes: Mapping[str, Any] = wanted.changes
    datasets, response = wanted.datasets, wanted.response
    if wanted.configs:
        table = read(source, wanted.table).call.table
        settings = wanted.configs.get(table.id)
        if settings is None:
            raise RefusedError(say("the config has no script of {name}, which this one is", name=table.name), START)
        changes = {**settings.parameters, **changes}
        datasets = {**settings.datasets, **datasets}
        response = settings.response._replace(**response.named)
    return rewrite(
        source,
        changes,
        unset=wanted.unset,
        datasets=datasets,
        prune=wanted.prune,
        response=response if response.named else None,
        table=wanted.table,
        predictions=predictions,
    )


def _put(script: str, name: str, content: bytes, result: bytes, arguments: argparse.Namespace, folder: Folder) -> _Done:
    """Write the result where it belongs, or show what would change."""
    if arguments.diff or arguments.check:
        said = ""
        if result != content:
            said = as_diff(unified_diff(content, result, name), sys.stdout.isatty(), os.environ)
        return _Done(int(arguments.check and result != content), said)
    if (arguments.output or script) == _STDIN:
        sys.stdout.buffer.write(result)
        return _Done()
    if result == content and not arguments.output:
        return _told(say("{name}: nothing to change", name=name))
    if arguments.output and (script == _STDIN or writable(Path(arguments.output)) != Path(script).resolve()):
        path = Path(arguments.output)
        return _told(what_was_put(path, *put(path, result, force=arguments.force)))
    target = Path(arguments.output or script)
    replace_all({target: result}, {target: content}, folder=folder)
    return _told(say("{target}: rewritten", target=shown(target)))


def _told(what: str) -> _Done:
    """Return that something was done, which is said unless only errors are wanted."""
    return _Done(said="" if is_quiet() else f"{what}\n")


def _show_progress(done: int, total: int) -> None:
    if total >= _MANY and sys.stderr.isatty() and (done % 50 == 0 or done == total - 1):
        end = "\n" if done == total - 1 else ""
        print(say("\r{done} of {total} scripts", done=done + 1, total=total), end=end, file=sys.stderr, flush=True)
