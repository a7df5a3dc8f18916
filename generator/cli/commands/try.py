"""``scoregen try``: run a script, as the endpoint would, and show what it answers."""  # noqa: N999

from __future__ import annotations

import argparse
import codecs
import json
import math
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.actions.check import check
from generator.cli.commands.arguments import whole_number
from generator.cli.commands.failures import fail, fail_of_system
from generator.cli.commands.interpreter import Script, add_interpreter, add_target, interpreter, script_to_run
from generator.cli.commands.paths import named
from generator.cli.commands.status import Status
from generator.files.read import LARGEST_CONFIG, read_bytes, read_bytes_if_there, shortest, shown
from generator.files.replace import replace_all
from generator.findings import FileError, ScoregenError, UsageError
from generator.model.names import MODEL_FOLDER, SAMPLES
from generator.report import Checked
from generator.report.text import as_text
from generator.script.source import UndecodableError, decode
from generator.text.terminal import cut, visible
from generator.text.verbosity import is_verbose, note, report
from generator.translations.language import mark, say, say_number
from generator.trial.expected import Kept, read_expected, written
from generator.trial.failures import failure_lines, reason
from generator.trial.process import CAN_LIMIT_MEMORY, Outcome, Trial, attempt
from generator.trial.requests import Request, read_requests
from generator.trial.table import notes, summary, table_lines, text_lines
from generator.trial.target import Target, absolute, wrong_release
from generator.trial.verdict import Verdict, as_json, judge

_TIMEOUT = 300.0
_LAST_LINES = 20
_MOST_MEMORY = 999_999_999  # MB
_LONGEST_LINE = 500
_STAGES = {
    "": mark("starting Python"),
    "import": mark("importing it"),
    "init": mark("running init(), which loads the model"),
    "run": mark("running run()"),
    "response": mark("encoding the response"),
}


class _Plan(NamedTuple):
    """What is to be done: the script, how it is run, the requests, and the answers to expect."""

    script: Script
    requests: list[Request]
    trial: Trial
    expected: dict[str, Kept] | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_target(parser)
    parser.add_argument(
        "--samples",
        metavar="FILE",
        type=named,
        action="append",
        help=say(
            "a request's JSON, - for standard input, or, for a batch, files or a folder; may be given several "
            "times; default: {model_folder}/_samples.json of the model",
            model_folder=MODEL_FOLDER,
        ),
    )
    add_interpreter(parser)
    parser.add_argument(
        "--expect", metavar="FILE", type=named, help=say("compare the answers with those that this file holds")
    )
    parser.add_argument("--update", action="store_true", help=say("write the answers into the file of --expect"))
    parser.add_argument("--format", choices=["text", "json"], default="text", help=say("default: text"))
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        default=_TIMEOUT,
        help=say("default: {timeout:g}", timeout=_TIMEOUT),
    )
    megabytes = whole_number(_MOST_MEMORY, lambda text: say("{text!r} is not a number of megabytes above 0", text=text))
    parser.add_argument(
        "--memory", metavar="MB", type=megabytes, help=say("the most memory that it may ask for; default: no limit")
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the script, and print the responses or why there is none. Only ``serve`` runs a script besides."""
    if arguments.update and not arguments.expect:
        raise UsageError(say("--update needs --expect FILE, the file that is to hold the answers"))
    if arguments.memory and not CAN_LIMIT_MEMORY:
        raise UsageError(say("this system cannot limit the memory of a process: leave --memory out"))
    name = shown(arguments.target)
    try:
        plan = _plan(arguments)
        name = plan.script.name
        with Status(name, quiet=True) as status:
            steps = {stage: say(step) for stage, step in _STAGES.items()}
            tell = None if is_verbose() else lambda stage: status.at(steps[stage])
            outcomes = attempt(plan.trial, _echo() if is_verbose() else None, tell)
    except ScoregenError as error:
        return fail(error, name)
    except OSError as error:  # from the interpreter, or for want of a place for temporary files
        return fail_of_system(error, "scoregen try")
    except KeyboardInterrupt:
        print(say("{name}: stopped", name=name), file=sys.stderr)
        return 1
    if not outcomes[0].stage:
        _show_last_words(outcomes[0])
        python = shown(arguments.python or plan.trial.python)
        print(say("{python}: cannot run a script: it must be Python 3.8 or later", python=python), file=sys.stderr)
        return 2
    verdicts = [
        judge(request, outcome, None if plan.expected is None else plan.expected.get(request.name))
        for request, outcome in zip(plan.requests, outcomes, strict=False)
    ]
    if arguments.update:
        return _update(plan, arguments.expect, verdicts)
    return _report(plan, arguments, verdicts)


def _plan(arguments: argparse.Namespace) -> _Plan:
    """Return what is to be done. Raises ScoregenError."""
    script = script_to_run(arguments)
    target = script.target
    assert target.script and target.model_dir  # as `script_to_run` has seen
    _say_where_the_model_is(arguments.model_dir, target.model_dir)
    requests = read_requests(arguments.samples or [_samples(target)], script.content)
    expected = None
    if arguments.expect and not arguments.update:
        expected = _expected(arguments.expect)
    elif arguments.expect:
        _refuse_what_is_no_answers(Path(arguments.expect))
    python = interpreter(arguments, script)
    given = [request.given for request in requests]
    trial = Trial(str(target.script), str(python), str(target.model_dir), given, arguments.timeout, arguments.memory)
    return _Plan(script, requests, trial, expected)


def _say_where_the_model_is(named: str | None, model_dir: Path) -> None:
    if named is not None and model_dir != absolute(named):
        note(
            say(
                "{named}: AZUREML_MODEL_DIR is the folder around it, {model_dir}",
                named=shown(named),
                model_dir=shown(model_dir),
            )
        )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(say("{text!r} is not a number of seconds above 0", text=text))
    return seconds


def _samples(target: Target) -> str:
    assert target.outputs
    default = target.outputs / SAMPLES
    if not default.exists():
        raise FileError(
            say(
                "{default}: is not there: name a request with --samples, a JSON list of row objects",
                default=shown(default),
            )
        )
    return shortest(default)


def _expected(path: str) -> dict[str, Kept]:
    try:
        return read_expected(read_bytes(path, LARGEST_CONFIG))
    except FileError as error:
        raise FileError(say("{message}: --update writes the answers into it", message=error.message)) from None
    except ScoregenError as error:
        raise FileError(f"{shown(path)}: {error.message}") from None


def _refuse_what_is_no_answers(path: Path) -> None:
    """Raise FileError where a file that is to be replaced by answers holds something else."""
    old = read_bytes_if_there(path)
    try:
        read_expected(old or b"{}")
    except ScoregenError as error:
        raise FileError(
            say("{path}: {message}: name another file, or move this one away", path=shown(path), message=error.message)
        ) from None


def _update(plan: _Plan, path: str, verdicts: list[Verdict]) -> int:
    """Keep the answers; none, where the script did not come to all requests."""
    if len(verdicts) < len(plan.requests) or verdicts[0].outcome.stage in ("import", "init"):
        _explain(plan, verdicts[-1])
        print(say("{path}: not written: there is no answer to keep", path=shown(path)), file=sys.stderr)
        return 1
    replace_all({Path(path): written({verdict.request.name: verdict.kept for verdict in verdicts})})
    report(
        say(
            "{path}: written, {answers}",
            path=shown(path),
            answers=say_number(len(verdicts), "{number} answer", "{number} answers"),
        )
    )
    return 0


def _report(plan: _Plan, arguments: argparse.Namespace, verdicts: list[Verdict]) -> int:
    """Print what came of each request, and return the exit code."""
    if arguments.format == "json":
        said = {"script": plan.script.name, "python": plan.trial.python, "requests": list(map(as_json, verdicts))}
        print(json.dumps(said, indent=2))
    else:
        for verdict in verdicts:
            if len(plan.requests) > 1:
                print(f"{verdict.request.name}:")
            _show(plan, verdict)
    missing = len(plan.requests) - len(verdicts)
    if missing:
        print(
            say(
                "{name}: {missing} of {number} requests were not sent any more",
                name=plan.script.name,
                missing=missing,
                number=len(plan.requests),
            ),
            file=sys.stderr,
        )
    unexpected = [verdict for verdict in verdicts if plan.expected is not None and verdict.differs is None]
    for verdict in unexpected:
        print(
            say(
                "{name}: {expect} has no answer for {request}: --update",
                name=plan.script.name,
                expect=arguments.expect,
                request=verdict.request.name,
            ),
            file=sys.stderr,
        )
    return 0 if all(verdict.is_fine for verdict in verdicts) and not missing and not unexpected else 1


def _show(plan: _Plan, verdict: Verdict) -> None:
    """Print a response, how long it took, what a client has to know, and in what it is not as it should be."""
    outcome = verdict.outcome
    if verdict.response is None:
        if outcome.raised is None:
            _show_last_words(outcome)
        elif is_verbose():
            sys.stderr.write(outcome.raised.traceback)
        _explain(plan, verdict)
    else:
        _show_answer(plan, verdict)
    for difference in verdict.differs or ():
        print(
            say("{name}: not as expected: {difference}", name=plan.script.name, difference=visible(difference)),
            file=sys.stderr,
        )
    if verdict.differs == []:
        report(say("{name}: as expected", name=plan.script.name))


def _show_answer(plan: _Plan, verdict: Verdict) -> None:
    response, table, outcome = verdict.response, verdict.table, verdict.outcome
    assert response
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in table_lines(table, width) if table else text_lines(response, width):
        print(line)
    status = say("status {status}, ", status=outcome.status) if outcome.status != 200 else ""
    report(f"{plan.script.name}: {status}{summary(table, outcome)}")
    if verdict.is_refused:
        _show_reason(plan, verdict)
    for said in notes(response) if outcome.status == 200 else ():
        report(f"{plan.script.name}: {said}")
    if table and not table.rows:
        sys.stdout.write(_findings(plan))
        _show_last_words(outcome)
    for what in verdict.unscored:
        print(what if what.startswith("/") else f"{plan.script.name}: {what}", file=sys.stderr)


def _echo() -> Callable[[bytes], object]:
    """Return what shows the script's output as it comes, whatever bytes it is."""
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def show(chunk: bytes) -> None:
        sys.stderr.write(decoder.decode(chunk))
        sys.stderr.flush()

    return show


def _show_last_words(outcome: Outcome) -> None:
    """Show the last lines that the script has printed, where nothing else says what has happened."""
    for line in outcome.output.decode("utf-8", "backslashreplace").splitlines()[-_LAST_LINES:]:
        print(f"| {cut(visible(line), _LONGEST_LINE)}", file=sys.stderr)


def _explain(plan: _Plan, verdict: Verdict) -> None:
    """Print what has failed, what is behind it, and what a check has to say about the script."""
    for line in failure_lines(verdict.outcome, plan.script.name, plan.trial.timeout):
        print(line, file=sys.stderr)
    _show_reason(plan, verdict)
    wrong = wrong_release(plan.script.target)
    if wrong:
        path, content, found = wrong
        name = shown(shortest(path))
        sys.stderr.write(as_text([Checked(name, content.decode("utf-8-sig", "replace"), found)]))
    sys.stderr.write(_findings(plan))


def _show_reason(plan: _Plan, verdict: Verdict) -> None:
    """Print what is behind a failure or a refused request, if that is known."""
    outputs = plan.script.target.outputs
    assert outputs
    python = shown(plan.trial.python)
    if behind := reason(verdict.outcome, verdict.request, outputs, python, plan.trial.megabytes):
        print(f"{plan.script.name}: {behind}", file=sys.stderr)


def _findings(plan: _Plan) -> str:
    """Return what a check finds that keeps a script from working, as ``scoregen check`` prints it."""
    try:
        source, _ = decode(plan.script.content)
    except UndecodableError:  # which the interpreter has said already
        return ""
    found = [finding for finding in check(source) if finding.severity != "info"]
    return as_text([Checked(plan.script.name, source, found)]) if found else ""
