"""The check codes: their examples are judged as they say, and their pages show them all."""

from __future__ import annotations

import re
import tempfile
import textwrap
from pathlib import Path

import pytest

from generator import generate
from generator.actions.check import check, examine
from generator.actions.check_config import check_config
from generator.actions.check_yaml import check_azure_file
from generator.checks.context import DESIGNERS
from generator.checks.registry import all_checks
from generator.cli.main import main
from generator.conda import judge
from generator.conda.check import check_conda
from generator.config import deployment_checks
from generator.facts.codes import Code, load_codes
from generator.facts.modules import Table, load_tables, tables_by_key
from generator.findings import Finding
from generator.report.code_pages import as_markdown, example
from tests.support.model_folders import leave_model

ROOT = Path(__file__).parents[2]
SCRIPT = """\
import json
import os

import pandas as pd
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.studio.core.io.model_directory import ModelDirectory
{imports}

MODEL_FOLDER = os.path.join(os.environ["AZUREML_MODEL_DIR"], "trained_model_outputs")
with open(os.path.join(MODEL_FOLDER, "_schema.json")) as file:
    SCHEMA = json.load(file)


def read_request(data):
    rows = json.loads(data)
    if any(row.keys() != rows[0].keys() for row in rows):
        raise ValueError("the rows carry different keys")
    columns = {{name: [decode_nan(row[name]) for row in rows] for name in rows[0]}}
    return {request}


{functions}"""
DATA_TABLE = "from azureml.studio.common.datatable.data_table import DataTable\n"
INIT = """\
def init():
    global model
    model = ModelDirectory.load(MODEL_FOLDER){of_directory}


"""
RUN = """\
def run(data):
    request = read_request(data)
{call}
    return json.dumps(result.{attribute}.to_dict("list"))
"""
FORMS = {
    "learner": ".model",
    "model_directory": "",
    "data_table": "DataTable.from_dfd(create_dfd_from_dict(columns, SCHEMA))",
    "data_frame_directory": "create_dfd_from_dict(columns, SCHEMA)",
}

codes = pytest.mark.parametrize("code", load_codes().values(), ids=lambda code: code.code)
codes_with_examples = pytest.mark.parametrize(
    "code", [code for code in load_codes().values() if code.right], ids=lambda code: code.code
)
codes_of_scripts = pytest.mark.parametrize(
    "code", [code for code in load_codes().values() if code.about == "script"], ids=lambda code: code.code
)


def file_of(code: Code, text: str) -> str:
    """Return the whole file of an example: an entry script, a conda file or a config."""
    return script(code, text) if code.about == "script" and not code.whole else example(code, text)


def checked(code: Code, source: str) -> list[Finding]:
    """Return the findings in such a file; one that is no script lies beside a script that calls the code's module."""
    if code.about == "script":
        module = tables_by_key()[code.model_of] if code.model_of else None
        endpoint = DESIGNERS._replace(dates=(code.dates,) if code.dates else (), module=module)
        return examine(source, endpoint, is_named=True).findings if code.whole else check(source, endpoint)
    if code.about == "deployment":
        return deployed(code, source)
    if code.about == "config":
        return check_config(source.encode(), Path("scoregen.yaml"))
    return check_conda(source, tables_by_key()[str(code.module)], [code.model] if code.model else [])


ENDPOINT = "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: my-endpoint\n"


def deployed(code: Code, source: str) -> list[Finding]:
    """Return the findings in a deployment, with all that it may name beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        leave_model(folder, tables_by_key()[str(code.module)])
        (folder / "score.py").write_text(generate({"module": code.module}), encoding="utf-8")
        (folder / "conda_env.yaml").touch()
        if "batch" not in source:
            (folder / "endpoint.yml").write_text(ENDPOINT)
        found = check_azure_file(str(folder / "deployment.yml"), source.encode())
    assert found is not None
    return found


def script(code: Code, text: str) -> str:
    """Return the whole entry script of an example."""
    table = table_of(code, text)
    forms = {port.holds: FORMS[port.form] for port in table.ports}
    shown = example(code, text)
    if code.module:
        shown = RUN.format(call=textwrap.indent(shown, "    "), attribute=table.result.attribute)
    init = "" if "def init()" in shown else INIT.format(of_directory=forms["model"])
    own, functions = shown.split(")\n\n\n", 1) if shown.startswith("from ") else ("", shown)
    imports = f"{own})\n" if own else imports_of(table)
    if "DataTable" in forms["request"]:
        imports = DATA_TABLE + imports
    return SCRIPT.format(imports=imports.strip(), request=forms["request"], functions=init + functions)


def table_of(code: Code, text: str) -> Table:
    if code.module:
        return tables_by_key()[code.module]
    return next(table for table in load_tables() if table.class_name in text)


def imports_of(table: Table) -> str:
    enums = {parameter.enum for parameter in table.parameters if parameter.enum}
    names = "".join(f"    {name},\n" for name in sorted({table.class_name, *enums}))
    return f"from {table.import_paths[0]} import (\n{names})"


@codes_with_examples
def test_the_wrong_example_gets_its_code(code: Code) -> None:
    found = checked(code, file_of(code, code.wrong))
    assert (code.code, code.severity) in {(finding.code, finding.severity) for finding in found}


@codes_with_examples
def test_the_right_example_works(code: Code) -> None:
    found = {finding.code: finding.severity for finding in checked(code, file_of(code, code.right))}
    assert code.code not in found
    assert "error" not in found.values()


@codes_of_scripts
def test_the_right_example_is_a_whole_script(code: Code) -> None:
    compile(file_of(code, code.right), "score.py", "exec")


@codes_with_examples
def test_the_examples_differ(code: Code) -> None:
    assert code.wrong != code.right


@codes_with_examples
def test_a_comment_silences_what_can_be_silenced(code: Code) -> None:
    source = file_of(code, code.wrong)
    lines = source.splitlines(keepends=True)
    for number in {finding.line for finding in checked(code, source) if finding.code == code.code}:
        lines[number - 1] = f"{lines[number - 1].rstrip()}  # scoregen: ignore[{code.code}]\n"
    assert (code.code in {finding.code for finding in checked(code, "".join(lines))}) != code.can_be_ignored


def test_each_code_has_one_check() -> None:
    of_scripts = [code.code for code in load_codes().values() if code.about == "script"]
    of_deployments = [code.code for code in load_codes().values() if code.about == "deployment"]
    assert sorted(all_checks()) == of_scripts
    of_conda = [code.code for code in load_codes().values() if code.about == "conda file"]
    assert ["SG200", "SG201", "SG202", *sorted(judge.rule)] == of_conda  # the first three whatever the script is
    assert ["SG300", *sorted(deployment_checks.check)] == of_deployments  # which says that there is nothing to check
    assert sorted(load_codes()) == list(load_codes())


@codes
def test_explain_shows_all_of_a_code(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code.code]) == 0
    page, errors = capsys.readouterr()
    assert errors == ""
    assert page.startswith(f"{code.code} ({code.severity}): {code.title}\n")
    for text in (code.meaning, code.remedy):
        assert text in " ".join(page.split())
    for text in (code.wrong, code.right) if code.right else ():
        assert textwrap.indent(example(code, text), "    ") in page
    assert (f"\n    # scoregen: ignore[{code.code}]\n" in page) == code.can_be_ignored


def test_explain_takes_lower_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SG103"]) == 0
    page = capsys.readouterr().out
    assert main(["explain", "sg103"]) == 0
    assert capsys.readouterr().out == page


def test_explain_shows_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "SG105"])
    assert (
        capsys.readouterr().out
        == """\
SG105 (error): missing argument

The module always needs the argument: no default is filled in.

Wrong:

    (result,) = ScoreModelModule().run(
        learner=model,
        test_data=request,
    )

Right:

    (result,) = ScoreModelModule().run(
        learner=model,
        test_data=request,
        append_or_result_only=True,
    )

What to do: Add the argument to the call.

To silence it, end the line that the finding names with:

    # scoregen: ignore[SG105]
"""
    )


def test_explain_lists_all_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=2) for line in lines] == [
        [code.code, code.severity, code.title] for code in load_codes().values()
    ]


@pytest.mark.parametrize(
    ("word", "near"),
    [("SG-103", "; did you mean 'SG103'?"), ("103", "; did you mean 'SG103'?"), ("nonsense", ""), ("", "")],
)
def test_explain_of_an_unknown_code(word: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 2
    expected = f"scoregen explain: {word!r} is not a check code{near} (`scoregen explain` lists them)\n"
    assert capsys.readouterr() == ("", expected)


def test_explain_gives_one_section_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SG103", "--format", "markdown"]) == 0
    assert re.findall("^## (.*)$", capsys.readouterr().out, re.MULTILINE) == ["SG103"]


def test_the_page_of_the_codes_is_current() -> None:
    """Rewritten with ``scoregen explain --format markdown > docs/checks.md``."""
    assert (ROOT / "docs/checks.md").read_text(encoding="utf-8") == as_markdown(load_codes().values())
