"""What would be released: built as the workflow builds it, and looked at as PyPI and its readers do."""

from __future__ import annotations

import email
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yaml").read_bytes())


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a source distribution and the wheel that was built of it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "uv", "--quiet", "--no-config", "build", "--out-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture(scope="module")
def described(dist: Path) -> Message:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_string(wheel.read(name).decode())


def test_an_index_would_take_it(dist: Path) -> None:
    files = [str(path) for pattern in ("*.whl", "*.tar.gz") for path in dist.glob(pattern)]
    assert len(files) == 2
    done = subprocess.run(
        [str(SCRIPTS / "twine"), "check", "--strict", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.count("PASSED")) == (0, 2), done.stdout


def test_the_wheel_holds_what_a_wheel_should(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    command = [str(SCRIPTS / "check-wheel-contents"), "--config", str(ROOT / "pyproject.toml"), str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.endswith(": OK\n")) == (0, True), done.stdout


def test_the_source_holds_all_that_is_committed_but_what_services_need(dist: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    with tarfile.open(next(dist.glob("*.tar.gz"))) as source:
        there = {name.partition("/")[2] for name in source.getnames()}
    assert {name for name in listed if name} - there <= {".gitattributes", ".gitignore"}


def test_the_description_is_the_readme_without_links_that_lead_nowhere(described: Message) -> None:
    text = str(described.get_payload())
    assert text.startswith("# scoregen\n")
    assert "scoregen check trained_model_outputs" in text
    assert re.findall(r"\]\((?!https:)[^)]*\)|<!--", text) == []


@pytest.fixture(scope="module")
def addressed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as it is installed once the project has addresses, put in as CONTRIBUTING.md says."""
    folder = tmp_path_factory.mktemp("addressed")
    shutil.copytree(released, folder / "source", ignore=shutil.ignore_patterns(".git"))
    urls, links = re.findall(r"```toml\n(.*?)```", (released / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    project = folder / "source" / "pyproject.toml"
    lines = project.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "(?!https:)" not in line]
    assert len(lines) - len(kept) == 2
    at = next(number for number, line in enumerate(kept) if "<!-- .* -->" in line)
    project.write_text("".join([*kept[: at + 1], links, *kept[at + 1 :], "\n", urls]), "utf-8")
    uv = [sys.executable, "-m", "uv", "--quiet", "--no-config"]
    command = [*uv, "pip", "install", "--python", sys.executable, "--no-deps", "--target", str(folder / "there")]
    subprocess.run([*command, str(folder / "source")], check=True)
    return folder / "there"


def test_with_addresses_the_links_of_the_description_lead_there(addressed: Path) -> None:
    (described,) = addressed.glob("*.dist-info/METADATA")
    text = described.read_text("utf-8")
    assert "Project-URL: Homepage, https://example.org/scoregen\n" in text
    assert "](https://example.org/scoregen/blob/main/docs/check.md)" in text
    assert "![scoregen checks" in text
    assert re.findall(r"\]\((?!https:)[^)]*\)|<!--", text) == []


def test_with_addresses_codes_and_the_schema_lead_there(addressed: Path) -> None:
    code = "from generator.report.addresses import page_of; "
    code += "from generator.report.addresses import SCHEMA, address; print(page_of('SG101'), address(SCHEMA))"
    environment = os.environ | {"PYTHONPATH": str(addressed)}
    run = functools.partial(
        subprocess.run, cwd=addressed.parent, env=environment, capture_output=True, text=True, check=True
    )
    done = run([sys.executable, "-c", code])
    assert done.stdout == "https://example.org/scoregen/checks#sg101 https://example.org/scoregen.schema.json\n"
    done = run([sys.executable, "-m", "scoregen", "schema"])
    assert json.loads(done.stdout)["$id"] == "https://example.org/scoregen.schema.json"


def test_it_says_who_made_it_and_for_which_python(described: Message) -> None:
    assert described["Author"] == "The scoregen authors"
    assert described["License-Expression"] == "MIT"
    assert described["Requires-Python"] == ">=3.10"


def test_the_workflow_publishes_only_what_was_checked_and_tags_it_then() -> None:
    jobs = WORKFLOW["jobs"]
    commands = "\n".join(step.get("run", "") for step in jobs["build"]["steps"])
    assert commands.index("python -m build") < commands.index("twine check --strict") < commands.index("scoregen")
    assert "check-wheel-contents dist/*.whl" in commands
    assert (jobs["publish"]["needs"], jobs["tag"]["needs"]) == ("build", ["build", "publish"])


def test_the_workflow_gives_each_job_only_the_right_that_it_needs() -> None:
    rights = {name: job.get("permissions") for name, job in WORKFLOW["jobs"].items()}
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert rights == {"build": None, "publish": {"id-token": "write"}, "tag": {"contents": "write"}}
    assert "password" not in str(WORKFLOW)
    assert "secrets" not in str(WORKFLOW)
