"""The tests on every supported Python, with the lowest and the highest allowed version of each dependency; lint; types.

``nox`` runs all of it, ``nox -s "tests-3.10(lowest)"`` a part. An interpreter that is not there is skipped, and named;
with ``--error-on-missing-interpreters`` that is an error. None is downloaded. The environments are kept outside the
checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv"
nox.options.reuse_venv = "yes"
nox.options.envdir = str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "scoregen-nox")

# A pyenv shim is there even for a version that is not switched on: what it stands for is looked for after it.
PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *map(str, sorted(PYENV.glob("versions/*/bin")))])
os.environ["UV_PYTHON_DOWNLOADS"] = "never"

PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))
VERSIONS = [nox.param("lowest-direct", id="lowest"), nox.param("highest", id="highest")]


@nox.session(python=PYTHONS)
@nox.parametrize("versions", VERSIONS)
def tests(session: nox.Session, versions: str) -> None:
    """Run the fast suite and the slow one."""
    session.install("--upgrade", "--resolution", versions, "-e", ".[test]")
    session.run("pytest", "-n", "auto", *session.posargs)
    session.run("pytest", "-n", "auto", "tests/slow", *session.posargs)  # pytest 8.0 does not take both at once


@nox.session
def lint(session: nox.Session) -> None:
    """Look for what the linter and the formatter would change."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types."""
    session.install("-e", ".[dev]")
    session.run("mypy")
