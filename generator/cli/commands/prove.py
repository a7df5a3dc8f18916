"""``scoregen prove``: show that a converted model answers as the one that it was made of."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from collections.abc import Iterable, Iterator

from generator.actions.prove import (
    Converted,
    Proven,
    converted,
    old_model,
    prove_again,
    prove_with_endpoint,
    prove_with_runtime,
)
from generator.cli.commands.arguments import whole_number
from generator.cli.commands.failures import code_of, fail
from generator.cli.commands.paths import named, named_path
from generator.cli.commands.runtime import made as runtime_made
from generator.cli.commands.runtime import recipe_of
from generator.config.schema import CONFIG_FILE
from generator.convert.proof import PROOF_FILE, summary_of
from generator.files.read import shown
from generator.findings import ConfigError
from generator.model.names import MODEL_FOLDER
from generator.text.terminal import cut, visible
from generator.translations.language import say

RUNTIME = "runtime"
_SHOWN = 5
_LONGEST = 300  # columns of what is shown of an answer
_MOST_ROWS = 100_000
_ROOM = 34  # columns
_KEYS = ("AZUREML_ENDPOINT_KEY", "AZUREML_ENDPOINT_TOKEN")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folder", metavar="DIR", type=named_path, help=say("the folder that `scoregen convert` has written")
    )
    parser.add_argument(
        "--against",
        metavar="WHAT",
        help=say(
            "what answers for the old model: `{runtime}`, which is made as `scoregen runtime` does; a "
            "Python with the designer's packages; or the scoring URI of an endpoint (its key in {keys}); "
            "left out, the answers in {proof_file} do",
            runtime=RUNTIME,
            keys=say(" or ").join(_KEYS),
            proof_file=PROOF_FILE,
        ),
    )
    parser.add_argument(
        "--model-dir",
        metavar="OLD",
        type=named_path,
        help=say(
            "the old model's folder, {model_folder}, or its parent (default: one near)", model_folder=MODEL_FOLDER
        ),
    )
    parser.add_argument(
        "--python",
        metavar="PYTHON",
        type=named,
        default=sys.executable,
        help=say("what runs the new script (default: scoregen's own)"),
    )
    rows = whole_number(
        _MOST_ROWS, lambda text: say("{text!r} is not a number of rows from 1 to {most}", text=text, most=_MOST_ROWS)
    )
    parser.add_argument("--rows", metavar="N", type=rows, default=200, help=say("how many rows to make (default: 200)"))


def run(arguments: argparse.Namespace) -> int:
    """Compare, show the figures, and say what differs."""
    return code_of(arguments.folder, functools.partial(_prove, arguments))


def _prove(arguments: argparse.Namespace) -> int:
    try:
        made = converted(arguments.folder)
    except ConfigError as error:
        return fail(error, shown(arguments.folder / CONFIG_FILE))
    proven = _asked(made, arguments)
    _show(proven, made.tolerance.bound)
    return 0 if proven.comparison.is_equal else 1


def _asked(made: Converted, arguments: argparse.Namespace) -> Proven:
    against = arguments.against
    if against is None:
        return prove_again(made, arguments.python)
    if against.startswith(("https://", "http://")):
        key = next((os.environ[name].strip() for name in _KEYS if os.environ.get(name)), None)
        return prove_with_endpoint(made, arguments.python, against, key, arguments.rows)
    model = old_model(made, arguments.model_dir)
    python = str(runtime_made(str(model), recipe_of(str(model))).python) if against == RUNTIME else against
    return prove_with_runtime(made, arguments.python, python, model, arguments.rows)


def _show(proven: Proven, bound: float) -> None:
    comparison = proven.comparison
    figures = {}
    for name, value in summary_of(comparison).items():
        figures[say(name)] = (
            say("{value:.0e} (allowed: {bound:.0e})", value=value, bound=bound)
            if isinstance(value, float)
            else f"{value:,}"
        )
    for name, answers in (
        (say("seconds for the samples, old"), proven.old),
        (say("seconds for the samples, new"), proven.new),
    ):
        figures[name] = f"{answers[0].seconds:.4f}"
    for name, shown_value in figures.items():
        print(f"{name:<{_ROOM}}{shown_value}")
    for said in _said(proven):
        print(said, file=sys.stderr)


def _said(proven: Proven) -> Iterator[str]:
    """Yield what differs, and why requests are not answered, of each the first."""
    comparison = proven.comparison
    for difference in comparison.differences[:_SHOWN]:
        where = say("request {request}{where}", request=difference.request, where=_short(difference.where))
        old, new = _short(difference.old), _short(difference.new)
        yield say("{where}: old {old}, new {new}", where=where, old=old, new=new)
    for reason in _first(comparison.refused_by_new):
        yield say("refused by the new script alone: {reason}", reason=reason)
    for reason in _first(comparison.failed_by_old):
        yield say("answered by the new script alone, where the old one says: {reason}", reason=reason)
    if not comparison.is_equal and not proven.is_of_this_model:
        yield say(
            "{proof_file} was made with another open model than this one: make it anew, with --against",
            proof_file=PROOF_FILE,
        )
    if not comparison.cells:
        yield say("nothing could be compared")
        for reason in _first(": ".join(answer.error) for answer in proven.new if answer.error):
            yield say("the new script says: {reason}", reason=reason)


def _first(reasons: Iterable[str]) -> list[str]:
    """Return some reasons; those of a child of ours are in the catalogue, those of a script in none."""
    return [_short(say(reason) if reason else "") for reason in sorted(set(reasons))[:_SHOWN]]


def _short(text: str) -> str:
    """Return what scripts and endpoints have answered as it can be shown: in a line that does nothing to a terminal."""
    return cut(visible(text[:_LONGEST]), _LONGEST)
