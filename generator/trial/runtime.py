"""Makes a runtime: the environment of an endpoint, for the script of a model, on this machine."""

from __future__ import annotations

import contextlib
import functools
import platform
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from generator.conda.recipe import Recipe, fulfils
from generator.facts.compiled import DATA
from generator.facts.runtimes import load_runtimes, lock_path
from generator.files.lifetime import stoppable
from generator.findings import ScoregenError
from generator.rendering.container import uv_settings
from generator.translations.language import say
from generator.trial.cache import Runtime, cache_folder, complete, held, remove, runtime_of
from generator.trial.uv import UvError, find_python, run_uv

_LOCKED_FOR = "linux-x86_64"
_SHOWN = 15  # lines of what uv has said last


class MakingError(ScoregenError):
    """A runtime cannot be made; the message says why and what to do, ``output`` what uv has said last."""

    def __init__(self, message: str, output: str = "") -> None:
        """Remember what uv has said."""
        super().__init__(message)
        self.output = output


def machine() -> str:
    """Return what a runtime is tied to: the system and the processor."""
    return f"{sys.platform}-{platform.machine().lower()}"


def lock_for(recipe: Recipe, machine: str = _LOCKED_FOR) -> str:
    """Return the lock, of those that travel with scoregen, that holds what a recipe asks for; '' where there is none.

    Of several it is the one with the fewest packages.
    """
    if machine != _LOCKED_FOR:
        return ""
    fitting = [text for python, text in _locks() if fulfils(text, python, recipe)]
    return min(fitting, key=lambda text: text.count("=="), default="")


@functools.cache
def _locks() -> list[tuple[str, str]]:
    """Return the locks that are there, each with the Python that it is for."""
    found = []
    for lock in load_runtimes().locks:
        with contextlib.suppress(FileNotFoundError):
            found.append((lock.python, lock_path(lock.name).read_text(encoding="utf-8")))
    return found


def runtime_for(recipe: Recipe) -> Runtime:
    """Return the runtime of a recipe, whether it is there or not."""
    here = machine()
    return runtime_of(recipe.name(here, lock_for(recipe, here)))


def make(recipe: Recipe, tell: Callable[[str], object], detail: Callable[[str], object]) -> Runtime:
    """Return the runtime of a recipe, which is made unless it is there.

    ``tell`` is told each step, ``detail`` each line that uv prints. Two processes that make the same one share it. One
    that is broken off is never taken for whole. Raises MakingError.
    """
    runtime = runtime_for(recipe)
    if runtime.is_whole:
        return runtime
    try:
        with (
            stoppable(),
            held(runtime.name, lambda: tell(say("another process is making it; waiting for that"))) as handle,
        ):
            runtime = runtime_for(recipe)
            if runtime.is_whole:  # the other process has made it
                return runtime
            remove(runtime)
            try:
                return _made(
                    runtime, recipe, tell, functools.partial(run_uv, folder=runtime.folder, tell=detail, keep=(handle,))
                )
            except BaseException:
                with contextlib.suppress(OSError):
                    remove(runtime)
                raise
    except UvError as error:
        raise explained(str(error), error.output) from error
    except OSError as error:
        place = error.filename or cache_folder()
        raise explained(
            say("{place}: cannot be written: {strerror}", place=place, strerror=error.strerror), ""
        ) from error


def _made(
    runtime: Runtime, recipe: Recipe, tell: Callable[[str], object], uv: Callable[[list[str]], object]
) -> Runtime:
    """Make a runtime in its empty place. Raises UvError, OSError."""
    start = time.monotonic()
    folder = runtime.folder
    folder.mkdir(parents=True)
    write_uv_settings(folder, recipe)
    python = find_python(recipe.python)
    tell(say("making an environment of Python {python}", python=recipe.python))
    uv(["venv", "--no-project", "--python", python, "env"])
    lock = lock_for(recipe, machine())
    if lock:
        runtime.lock.write_text(lock, encoding="utf-8", newline="\n")
    else:
        tell(say("resolving {number} requirements", number=len(recipe.requirements)))
        resolve(recipe, str(runtime.python), runtime.lock, uv)
    tell(say("installing packages"))
    uv(["pip", "install", "--python", str(runtime.python), "--require-hashes", "--no-deps", "-r", runtime.lock.name])
    return complete(runtime, time.monotonic() - start)


def write_uv_settings(folder: Path, recipe: Recipe) -> None:
    """Write what uv reads in a folder: requirements, overrides, and what compiling needs. Raises OSError."""
    for name, text in uv_settings(recipe).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def resolve(recipe: Recipe, python: str, lock: Path, uv: Callable[[list[str]], object]) -> None:
    """Have uv write the version and the hashes of every package into a lock. Raises UvError, OSError.

    ``uv`` runs in the folder of the settings, see ``write_uv_settings``.
    """
    options = ["--override", "overrides.txt", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    uv(["pip", "compile", "requirements.in", "--python", python, *options, "--output-file", str(lock)])


def explained(message: str, output: str) -> MakingError:
    """Return what is behind a failure, in words."""
    for failure in DATA["runtime_failures"]:
        if re.search(failure["error"], f"{message}\n{output}", re.IGNORECASE):
            means = say(failure["means"]).replace("{cache}", str(cache_folder()))
            return MakingError(f"{message}: {means}", _tail(output))
    return MakingError(message, _tail(output))


def _tail(output: str) -> str:
    return "\n".join(output.splitlines()[-_SHOWN:])
