"""``scoregen serve``: answer requests on this machine, by the server that runs on endpoints."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

from generator.actions.generate import outputs, write
from generator.cli.commands.arguments import whole_number
from generator.cli.commands.failures import fail, fail_of_system
from generator.cli.commands.interpreter import Script, add_interpreter, add_target, interpreter, path_of, script_to_run
from generator.cli.commands.status import Status
from generator.config.parse import parse_config
from generator.files.folder import temporary_folder
from generator.files.lifetime import stoppable
from generator.files.read import LARGEST_CONFIG, changed_at, read_bytes, shown
from generator.files.windows import quoted
from generator.findings import ScoregenError, UsageError
from generator.model.names import SAMPLES
from generator.text.terminal import cut, visible
from generator.text.verbosity import is_quiet, note
from generator.translations.language import say
from generator.trial.requests import takes_files
from generator.trial.server import PACKAGE, PORT, Server, Service, check_port
from generator.trial.target import Target

_PAUSE = 0.3  # seconds between two looks at the files
_LAST_LINES = 20
_LONGEST_LINE = 500
_NO_SERVER = "No module named 'azureml_inference_server_http'"


class _Plan(NamedTuple):
    """What is served: what was named, the script, and how it is served."""

    named: str
    script: Script
    service: Service


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_target(parser)
    add_interpreter(parser)
    port = whole_number(65535, lambda text: say("{text!r} is not a port: write a number from 1 to 65535", text=text))
    parser.add_argument("--port", metavar="PORT", type=port, default=PORT, help=say("default: {port}", port=PORT))
    parser.add_argument(
        "--watch", action="store_true", help=say("start again when the script or the config has changed")
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve the script until the user ends it, or it ends by itself."""
    name = shown(arguments.target)
    try:
        plan = _plan(arguments)
        name = plan.script.name
        with stoppable():
            return _serve(plan, arguments.watch)
    except ScoregenError as error:
        return fail(error, name)
    except OSError as error:  # from the interpreter, or for want of a place for temporary files
        return fail_of_system(error, "scoregen serve")
    except KeyboardInterrupt:
        note(say("{name}: ended", name=name))
        return 0


def _plan(arguments: argparse.Namespace) -> _Plan:
    """Return what is to be served. Raises ScoregenError."""
    script = script_to_run(arguments)
    if takes_files(script.content):
        raise UsageError(
            say(
                "the script is for a batch endpoint, which has no server: "
                "`scoregen try {target} --samples FILE` runs it",
                target=quoted(shown(arguments.target)),
            )
        )
    check_port(arguments.port)
    python = interpreter(arguments, script)
    service = Service(str(script.target.script), str(python), str(script.target.model_dir), arguments.port)
    return _Plan(arguments.target, script, service)


def _serve(plan: _Plan, watch: bool) -> int:
    """Serve the script until it ends; with ``watch``, again after each change. Returns the exit code."""
    while True:
        seen = _times(plan.script.target)
        with temporary_folder() as folder:
            server = Server(plan.service, folder, (lambda _: None) if is_quiet() else _say)
            try:
                _announce(plan, server)
                while seen == _times(plan.script.target) and (watch or not server.has_ended):
                    time.sleep(_PAUSE)
            finally:
                server.end()
        if seen == _times(plan.script.target):
            return 1
        note(say("{name}: changed, so it starts again", name=plan.script.name))
        _bring_up_to_date(plan, seen)


def _announce(plan: _Plan, server: Server) -> None:
    """Wait until the server answers, and say where; or why it does not."""
    with Status(plan.script.name) as status:
        status.step(say("starting the server, which loads the model"))
        is_ready = server.wait_until_ready()
    if not is_ready:
        for line in [*server.lines][-_LAST_LINES:]:
            _say(f"| {line}")
        missing = any(_NO_SERVER in line for line in server.lines)
        python = shown(plan.service.python)
        why = (
            say("{python} lacks {package}: `pip` brings it, or --runtime", python=python, package=PACKAGE)
            if missing
            else say("`scoregen try {named}` says why", named=quoted(shown(plan.named)))
        )
        print(say("{name}: the server does not start: {why}", name=plan.script.name, why=why), file=sys.stderr)
        return
    samples = plan.script.target.outputs / SAMPLES if plan.script.target.outputs else None
    print(say("{name}: answers at {address} (Ctrl-C ends it)", name=plan.script.name, address=plan.service.address))
    if samples and samples.exists():
        header = '-H "Content-Type: application/json"'
        curl = "curl.exe" if os.name == "nt" else "curl"  # which is another command in Windows PowerShell
        print(f'{curl} {plan.service.address} {header} --data-binary "@{shown(path_of("", samples))}"')
    sys.stdout.flush()


def _say(line: str) -> None:
    print(cut(visible(line), _LONGEST_LINE), file=sys.stderr, flush=True)


def _times(target: Target) -> list[int | None]:
    """Return when the files were changed last, None for one that is not there."""
    return [changed_at(path) for path in (target.script, target.config) if path]


def _bring_up_to_date(plan: _Plan, seen: list[int | None]) -> None:
    """Write the script of a config that has changed; one that is wrong leaves the script as it is, which is said."""
    if plan.script.target.config is None or seen[-1] == _times(plan.script.target)[-1]:
        return
    try:
        config = parse_config(read_bytes(plan.named, LARGEST_CONFIG))
        outdated = [output for output in outputs(Path(plan.named), config, {}) if output.is_outdated]
        write(outdated)
        for output in outdated:
            note(say("{path}: written", path=shown(output.path)))
    except ScoregenError as error:
        fail(error, shown(plan.named))
