"""What is written for other tools, held against the schemas of their makers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from generator.report.addresses import HOME, address
from generator.report.sarif import as_sarif
from tests.cli.test_check_command import FATAL
from tests.cli.test_check_command import script as svd
from tests.report.test_reports import ODD_NAMES, SCRIPTS, checked, results, sarif
from tests.slow.test_pipelines import pipelines

from .conftest import ROOT

SCHEMAS = {
    ".github": "vendor.github-workflows",
    "azure-pipelines.yaml": "vendor.azure-pipelines",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


@pytest.fixture(scope="session")
def sarif_validator(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Validator:
    """OASIS's schema, as it stands in the source distribution of sarif-pydantic; no wheel has it. Fetched once."""
    folder = tmp_path_factory.mktemp("sarif")
    cache = getattr(request.config, "cache", None)
    schema_file = Path(cache.mkdir("sarif") if cache else folder) / "sarif-schema-2.1.0.json"
    if not schema_file.exists():
        partial = schema_file.with_suffix(f".{os.getpid()}")
        partial.write_bytes(fetched_schema(folder))
        partial.replace(schema_file)
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    assert schema["$id"].startswith("https://raw.githubusercontent.com/oasis-tcs/sarif-spec/")
    assert len(schema["definitions"]) == 52
    draft = validator_for(schema)
    assert {"uri", "uri-reference"} <= set(draft.FORMAT_CHECKER.checkers)
    validator: Validator = draft(schema, format_checker=draft.FORMAT_CHECKER)
    return validator


def fetched_schema(folder: Path) -> bytes:
    package = "sarif-pydantic"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", package]
    done = subprocess.run(
        [*command, "--dest", folder, f"{package}==0.6.2"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"the SARIF schema cannot be fetched: {done.stderr.strip().splitlines()[-1]}")
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as content:
        member = content.extractfile("sarif_pydantic-0.6.2/sarif-schema-2.1.0.json")
        assert member
        return member.read()


def test_sarif_is_valid(sarif_validator: Validator) -> None:
    scripts = [checked(source, name) for source in SCRIPTS.values() for name in (*ODD_NAMES, "/tmp/a b.py", "<stdin>")]
    log = json.loads(as_sarif(scripts, ["a.py: cannot be read: Permission denied"]))
    assert [error.message for error in sarif_validator.iter_errors(log)] == []
    assert len(results(log)) > len(scripts)
    assert any("fixes" in result for result in results(log))
    assert [error.message for error in sarif_validator.iter_errors(sarif())] == []


@pytest.mark.parametrize("uri", ["a b.py", "\u00e9.py", "a\nb.py", "%4.py"])
def test_the_schema_would_see_a_bad_uri(sarif_validator: Validator, uri: str) -> None:
    log = sarif(checked(svd(FATAL)))
    results(log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = uri
    assert list(sarif_validator.iter_errors(log))


@pytest.mark.parametrize("name", pipelines())
def test_a_pipeline_of_the_page_is_valid(name: str, tmp_path: Path) -> None:
    file = tmp_path / "pipeline.yaml"
    schema = SCHEMAS[PurePosixPath(name).parts[0]]
    options = ["--builtin-schema", schema, "--regex-variant", "python"]  # Azure's schema has patterns of no other kind
    command = [sys.executable, "-m", "check_jsonschema", *options, str(file)]
    for content, code in (
        (pipelines()[name], 0),
        (pipelines()[name].replace("steps:", "stepps:").replace("when: always", "when: alwayss"), 1),
    ):
        file.write_text(content, encoding="utf-8")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-workflows", "workflows/ci.yaml"),
        *(("vendor.github-issue-forms", f"ISSUE_TEMPLATE/{form}.yaml") for form in ("bug", "endpoint", "idea")),
    ],
)
def test_a_file_for_github_is_valid(schema: str, name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / ".github" / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="session")
def multitool(fetched: Callable[[str], Path]) -> Path:
    """Microsoft's own validator, which has the rules of its services."""
    folder = fetched("@microsoft/sarif-multitool@5.7.0")
    program = folder / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    program.chmod(0o755)
    return program


PIPELINE = {
    "TF_BUILD": "True",
    "SYSTEM_COLLECTIONURI": "https://dev.azure.com/contoso/",
    "SYSTEM_TEAMPROJECT": "models",
    "SYSTEM_DEFINITIONID": "12",
    "SYSTEM_PHASEID": "3a3a2a60-14c7-570b-14a4-fa42ad92f52a",
    "SYSTEM_PHASENAME": "Job",
    "BUILD_DEFINITIONNAME": "scripts",
    "BUILD_SOURCEBRANCH": "refs/heads/main",
    "BUILD_BUILDID": "345",
}


def validated(multitool: Path, log: str, folder: Path, kinds: str) -> list[str]:
    """Return the errors and warnings of some kinds of rules."""
    (folder / "log.sarif").write_text(log, encoding="utf-8")
    command = [str(multitool), "validate", str(folder / "log.sarif"), "--rule-kind", kinds]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "1 files scanned" in done.stdout, done.stdout + done.stderr
    return re.findall(r": (?:error|warning) .*", done.stdout)


def test_sarif_passes_the_rules_of_its_services(multitool: Path, tmp_path: Path) -> None:
    scripts = [checked(source, "score.py") for source in SCRIPTS.values()]
    for log, rules in ((as_sarif(scripts, (), PIPELINE), "Sarif;Ado;Ghas"), (as_sarif(scripts), "Sarif;Ghas")):
        said = validated(multitool, log, tmp_path, rules)
        if not address(HOME):  # there is none before the first release, and then this one rule says so
            said = [line for line in said if " SARIF2005: " not in line or "'informationUri'" not in line]
        assert said == []


def test_the_rules_would_see_what_is_missing(multitool: Path, tmp_path: Path) -> None:
    log = json.loads(as_sarif([checked(svd(FATAL), "score.py")], (), PIPELINE))
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        del rule["name"]
    assert validated(multitool, json.dumps(log), tmp_path, "Ado")
