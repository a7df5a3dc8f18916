"""A request that is sent from the page: the script is run once, in the runtime that its endpoint would have."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

from generator.actions.missing_data import missing_data
from generator.conda.recipe import NoRuntimeError
from generator.config.schema import CONFIG_FILE, DEFAULT_OUTPUT
from generator.files.folder import copies, source_of, temporary_folder, write_new_folder
from generator.files.read import shown
from generator.files.windows import quoted
from generator.findings import ScoregenError
from generator.text.terminal import cut, visible
from generator.translations.language import say, say_number
from generator.trial.failures import failure_lines, reason
from generator.trial.process import Trial, attempt
from generator.trial.requests import request_of
from generator.trial.response import Table
from generator.trial.runtime import runtime_for
from generator.trial.table import MORE_COLUMNS, text_lines
from generator.trial.target import Target, find_target, model_around, needs_designer, recipe_of_target
from generator.trial.verdict import judge
from generator.ui.work import Given, Work

_TIMEOUT = 120.0
_MOST_ROWS = 100
_MOST_COLUMNS = 500
_LONGEST = 1000  # columns of a cell, or of a line


class Answer(NamedTuple):
    """What a script has answered: rows, or lines of text, and in a line what came of it, in another what is behind."""

    said: str
    table: Table | None = None
    lines: tuple[str, ...] = ()
    reason: str | None = None


def answer(work: Work, given: Given, body: str) -> Answer:
    """Return what the script answers to a request, or why it does not."""
    if given.script is None:
        return Answer(say("there is no script yet: see what is wrong in the form"))
    model_dir = model_around(work.folder / (given.script.model or "")) or model_around(work.folder)
    if model_dir is None or not model_dir.is_dir():
        return Answer(say("the model is not here: start `scoregen ui` with the model's folder"))
    home = (work.folder / given.script.output).parent
    datasets = given.script.settings.datasets.values()
    if missing := [message for dataset in datasets if (message := missing_data(home, dataset))]:
        return Answer("\n".join(missing))
    data = {dataset.path: home / dataset.path for dataset in datasets if dataset.relative_to == "script"}
    with temporary_folder() as folder:
        path = folder / "script" / DEFAULT_OUTPUT
        try:
            request = request_of(say("the request"), body)
            beside = {item.name: source_of(item.source) for item in copies(path.parent, data, home)}
            write_new_folder(path.parent, {DEFAULT_OUTPUT: given.source.encode(), **beside})
            target = Target(path, model_dir, work.folder / CONFIG_FILE, given.script)
            python = _python(target, given.source.encode())
            outcome = attempt(Trial(str(path), python, str(model_dir), [body], _TIMEOUT))[0]
        except NoRuntimeError as error:
            return Answer(say("no runtime: {message}", message=error.message))
        except (ScoregenError, OSError) as error:
            return Answer(str(error))
        if not outcome.stage:
            remedy = say("`scoregen runtime list` names its runtime, `scoregen runtime remove NAME` takes that away")
            return Answer(say("{python} does not run: {remedy}", python=shown(python), remedy=remedy))
        verdict = judge(request, outcome, None)
        behind = reason(outcome, request, target.outputs or model_dir, shown(python))
        if verdict.response is None:
            lines = failure_lines(outcome, DEFAULT_OUTPUT, _TIMEOUT)
            return Answer(lines[0], None, tuple(lines[1:]), behind)
    said = say("status {status}, ", status=outcome.status) if outcome.status != 200 else ""
    if verdict.table:
        rows = say_number(len(verdict.table.rows), "{number} row", "{number} rows")
        shortened, left_out = _shortened(verdict.table)
        more = say_number(left_out, *MORE_COLUMNS) if left_out else ""
        return Answer(f"{said}{rows} {more}".rstrip(), shortened)
    return Answer(said + say("answered"), None, tuple(text_lines(verdict.response, _LONGEST)), behind)


def _shortened(table: Table) -> tuple[Table, int]:
    """Return what is shown of a table, and how many columns are not: a page holds no more."""
    rows = [[_short(cell) for cell in row[:_MOST_COLUMNS]] for row in table.rows[:_MOST_ROWS]]
    names = None if table.names is None else [_short(name) for name in table.names[:_MOST_COLUMNS]]
    width = len(table.names or (table.rows[0] if table.rows else ()))
    return Table(names, rows), max(0, width - _MOST_COLUMNS)


def _short(cell: Any) -> Any:
    """Return a cell as the page can show it, the beginning of a long one."""
    if cell is None or isinstance(cell, (bool, int, float)):
        return cell
    text = cell if isinstance(cell, str) else str(cell)
    return cut(visible(text[:_LONGEST]), _LONGEST) + ("..." if len(text) > _LONGEST else "")


def _python(target: Target, content: bytes) -> str:
    """Return the interpreter for a script. Raises NoRuntimeError where it is not there."""
    if not needs_designer(content):
        return sys.executable
    runtime = runtime_for(recipe_of_target(target))
    if not runtime.is_whole:
        raise NoRuntimeError(_making(target, runtime.name))
    return str(runtime.python)


def _making(target: Target, name: str) -> str:
    """Return which command makes a runtime: of the model's folder, if that asks for the same, or of the config."""
    model_dir = shown(target.model_dir or Path())
    of_folder = runtime_for(recipe_of_target(find_target(model_dir)))
    if of_folder.name == name:
        where = quoted(model_dir)
        return say("`scoregen runtime make {where}` makes it, which takes some minutes and about 1 GB", where=where)
    where = quoted(shown(target.config or Path()))
    return say(
        "save in the folder, then `scoregen runtime make {where}` makes it, which takes some minutes and about 1 GB",
        where=where,
    )
