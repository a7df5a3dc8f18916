"""The designer's runtimes: built when they are first wanted, each with one process that does the jobs of all tests."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

import pytest

KIT = Path(__file__).parent / "kit"
MODULES = {
    "score_model": "classic",
    "assign_data_to_clusters": "classic",
    "score_svd_recommender": "classic",
    "score_wide_and_deep_recommender": "recommender",
    "score_vowpal_wabbit_model": "vowpal_wabbit",
    "score_image_model": "pytorch",
}
"""The kind of runtime that each Score module runs on."""

KINDS = tuple(dict.fromkeys(MODULES.values()))
_DEFAULT_KINDS = "classic recommender vowpal_wabbit"
NO_PYTHON = "no Python 3.8 found, which the designer's packages pin"
_LONGEST_JOB = 180


def cache_folder() -> Path:
    """Return where runtimes and models are kept; what is the vendor's has no place in the checkout."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("SCOREGEN_VENDOR") or Path(cache, "scoregen-vendor")).resolve()
    if folder.is_relative_to(Path(__file__).parents[2]):
        raise pytest.UsageError(f"SCOREGEN_VENDOR: {folder} is in the checkout, name a folder outside")
    return folder


def selected_kinds() -> tuple[str, ...]:
    """Return the kinds that the user asks for; a word that is none is an error, lest nothing be tested."""
    words = os.environ.get("SCOREGEN_VENDOR_KINDS", _DEFAULT_KINDS).split()
    unknown = [word for word in words if word not in KINDS]
    if unknown or not words:
        given = " ".join(unknown) or "nothing"
        raise pytest.UsageError(f"SCOREGEN_VENDOR_KINDS names {given}, where it may name {' '.join(KINDS)}")
    return tuple(words)


class Answer(NamedTuple):
    """What a script gave back for one request: a response, or an error's type and message."""

    response: Any = None
    error: str | None = None
    message: str = ""

    @property
    def body(self) -> Any:
        """What the response says."""
        assert self.error is None, f"{self.error}: {self.message}"
        return json.loads(self.response)


class Runtime:
    """One kind's process, and the folder of its models."""

    def __init__(self, kind: str, log: Path) -> None:
        self.kind = kind
        self.home = cache_folder() / kind
        self.python = self.home / "env" / "bin" / "python"
        self.models = self.home / "models"
        self._log = log
        self._process: subprocess.Popen[str] | None = None

    def ask(self, do: str, **arguments: Any) -> Any:
        """Have the process do a job, and return its answer."""
        process = self._process or self._start()
        assert process.stdin and process.stdout
        killer = threading.Timer(_LONGEST_JOB, _kill, [process])
        killer.start()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
            process.stdin.flush()
        line = process.stdout.readline()
        killer.cancel()
        if not line:
            self.stop()
            tail = "\n".join(self._log.read_text(errors="replace").splitlines()[-20:])
            raise RuntimeError(f"the {self.kind} runtime ended while doing {do}:\n{tail}")
        return json.loads(line)

    def stop(self) -> None:
        """End the process; the next job starts another."""
        if self._process:
            _kill(self._process)
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        with self._log.open("a") as log:
            self._process = _popen([str(self.python), str(KIT / "worker.py")], log, self._log.parent)
        return self._process


def _popen(command: Sequence[str], log: IO[str], scratch: Path) -> subprocess.Popen[str]:
    """Start a process in a group of its own, which can be ended as a whole; what it leaves behind goes to ``scratch``.

    Vowpal Wabbit's option -r writes a file into the current folder.
    """
    return subprocess.Popen(
        command,
        cwd=scratch,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env=quiet_environment() | {"TMPDIR": str(scratch)},
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def quiet_environment() -> dict[str, str]:
    """Return the environment for a runtime: it writes nothing into the checkout, and its libraries say little."""
    return os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


class Model:
    """A trained model, with what the designer puts beside it."""

    def __init__(self, runtime: Runtime, folder: Path, scratch: Callable[[], Path]) -> None:
        self.runtime = runtime
        self.folder = folder
        self.outputs = folder / "trained_model_outputs"
        self.downloaded = (self.outputs / "score.py").read_text(encoding="utf-8")
        self.samples = (self.outputs / "_samples.json").read_text(encoding="utf-8")
        self._scratch = scratch

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the samples."""
        rows: list[dict[str, Any]] = json.loads(self.samples)
        return rows

    def score(self, script: str, request: str | None = None, **where: Path | None) -> Answer:
        """Return what a script gives back for one request; without one, for the samples."""
        return self.score_all(script, [self.samples if request is None else request], **where)[0]

    def score_all(
        self,
        script: str,
        requests: Sequence[str],
        *,
        folder: Path | None = None,
        model: Path | None = None,
        remove: Path | None = None,
    ) -> list[Answer]:
        """Return what a script, freshly loaded, gives back for each request.

        The script is written to ``folder``, and runs with the model in ``model`` (else: this one). ``remove`` is
        deleted once it is loaded.
        """
        path = (folder or self._scratch()) / "score.py"
        path.write_text(script, encoding="utf-8")
        answers = self.runtime.ask(
            "score",
            script=str(path),
            model_dir=str(model or self.folder),
            requests=list(requests),
            remove=[str(remove)] if remove else [],
        )
        return [Answer(**answer) for answer in answers]


class Models:
    """The models of all selected runtimes, by the Score module's table or by the model's own name."""

    def __init__(self, scratch: Path, announce: Callable[[str], None]) -> None:
        self._scratch = scratch
        self._announce = announce
        self._numbers = itertools.count()
        self._runtimes: dict[str, Runtime | str] = {}

    def __call__(self, module: str, name: str | None = None) -> Model:
        """Return the model of a module, skipping the test where its runtime is not to be had."""
        runtime = self.runtime(MODULES[module])
        return Model(runtime, runtime.models / (name or module), self._folder)

    def runtime(self, kind: str) -> Runtime:
        """Return a runtime, which is built when there is none; skip or fail the test where that cannot be."""
        if kind not in selected_kinds():
            pytest.skip(f"{kind} is not selected: SCOREGEN_VENDOR_KINDS names the kinds")
        if kind not in self._runtimes:
            self._runtimes[kind] = self._build(kind)
        found = self._runtimes[kind]
        if isinstance(found, Runtime):
            return found
        if found == NO_PYTHON:
            pytest.skip(found)
        pytest.fail(f"the {kind} runtime could not be built: {found}", pytrace=False)

    def stop(self) -> None:
        """End all processes."""
        for runtime in self._runtimes.values():
            if isinstance(runtime, Runtime):
                runtime.stop()

    def _folder(self) -> Path:
        folder = self._scratch / str(next(self._numbers))
        folder.mkdir()
        return folder

    def _build(self, kind: str) -> Runtime | str:
        """Return the runtime, or why there is none."""
        if not (cache_folder() / kind / "stamp").exists():
            self._announce(f"building the {kind} runtime in {cache_folder()}, which takes a minute or more ...")
        done = build(cache_folder(), kind)
        return Runtime(kind, self._scratch / f"{kind}.log") if done.returncode == 0 else done.stderr.strip()


def build(
    folder: Path, *kinds: str, kit: Path = KIT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Build what is not built yet, with the uv that is installed beside pytest, if there is one."""
    environment = os.environ if environment is None else environment
    path = f"{environment['PATH']}{os.pathsep}{Path(sys.executable).parent}"
    command = [str(kit / "build.sh"), str(folder), *kinds]
    return subprocess.run(command, env={**environment, "PATH": path}, capture_output=True, text=True)


def place_dataset(model: Model, name: str, folder: Path) -> Path:
    """Copy a dataset of the kit into a folder, unless it is there."""
    source, target = model.runtime.models / name, folder / name
    folder.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)
    return target
