"""The YAML files beside a script: deployments, endpoints, and conda files under any name."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import generate
from generator.actions.check_yaml import check_azure_file, conda_file
from generator.actions.generate import conda_text
from generator.actions.judge import judge
from generator.cli.main import main
from generator.config.parse import parse_config
from generator.facts.modules import tables_by_key
from tests.support.model_folders import CONDA, leave_model

MODEL, SVD = (tables_by_key()[name] for name in ("score_model", "score_svd_recommender"))
SCHEMA = "$schema: https://azuremlschemas.azureedge.net/latest/"
CONDA_TEXT = CONDA.format(package=MODEL.package, release="0.0.185")
ONLINE = f"""\
{SCHEMA}managedOnlineDeployment.schema.json
name: blue
endpoint_name: rows
model: {{path: trained_model_outputs, type: custom_model}}
code_configuration: {{code: ., scoring_script: score.py}}
environment: {{conda_file: conda_env.yaml, image: an/image}}
instance_type: Standard_DS3_v2
instance_count: 1
"""
BATCH = f"""\
{SCHEMA}batchDeployment.schema.json
name: nightly
endpoint_name: rows
model: azureml:rows@latest
compute: azureml:cluster
code_configuration: {{code: ., scoring_script: score.py}}
environment: {{conda_file: conda_env.yaml, image: an/image}}
mini_batch_size: 10
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    leave_model(tmp_path, MODEL)
    for name in ("score.py", "conda_env.yaml"):
        (tmp_path / name).write_bytes((tmp_path / "trained_model_outputs" / name).read_bytes())
    return tmp_path


def found(text: str) -> list[str] | None:
    """Return the findings in a deployment in this folder: code, severity if it is no error, and what it is about."""
    findings = check_azure_file("deployment.yml", text.encode())
    return (
        None
        if findings is None
        else [
            " ".join(filter(None, (item.code, "" if item.severity == "error" else item.severity, item.about)))
            for item in findings
        ]
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "text", [ONLINE, ONLINE.replace("managedOnline", "kubernetesOnline"), ONLINE.partition("\n")[2]]
)
def test_a_deployment_that_fits(text: str) -> None:
    assert found(text) == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ("score.py", "main.py", ["SG302 code_configuration.scoring_script"]),
        ("code: .", "code: src", ["SG302 code_configuration.code"]),
        ("conda_env.yaml", "env/conda.yml", ["SG302 environment.conda_file"]),
        ("trained_model_outputs", "../trained_model_outputs", ["SG302 model.path"]),
        ("trained_model_outputs", "trained_model_outputs/_data.pkl", ["SG304 model.path"]),
        ("trained_model_outputs", "./", ["SG304 model.path"]),
        ("environment: {conda_file: conda_env.yaml, image: an/image}\n", "", ["SG303 model"]),
        ("code_configuration: {code: ., scoring_script: score.py}\n", "", ["SG303 model"]),
        ("name: blue", "name: [", ["SG300"]),
    ],
)
def test_what_does_not_fit(old: str, new: str, findings: list[str]) -> None:
    assert found(ONLINE.replace(old, new)) == findings


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{path: trained_model_outputs, type: custom_model}", "azureml:rows:1"),
        ("{conda_file: conda_env.yaml, image: an/image}", "azureml:an-environment@latest"),
        ("conda_env.yaml", "https://example.org/conda.yml"),
        ("code: .", "code: azureml:code:1"),
        ("trained_model_outputs", "./trained_model_outputs/"),
        ("score.py", "./score.py"),
        ("name: blue", "name: blue\ntags: {a: b}"),
    ],
)
def test_what_is_elsewhere_or_said_otherwise_is_not_found(old: str, new: str) -> None:
    assert found(ONLINE.replace(old, new)) == []


@pytest.mark.parametrize("text", [ONLINE, BATCH])
def test_a_model_of_the_workspace_may_be_one_of_mlflow(text: str, folder: Path) -> None:
    (folder / "score.py").write_text(generate({"module": "Score Model", "endpoint": "batch"}))
    bare = "".join(line for line in text.splitlines(True) if not line.startswith(("code_configuration", "environment")))
    named = bare.replace("{path: trained_model_outputs, type: custom_model}", "azureml:rows@latest")
    assert found(named) == ["SG303 warning model"]
    assert found(named.replace("model: azureml:rows@latest\n", "")) == []
    assert found(named.replace("azureml:rows@latest", "{path: trained_model_outputs, type: mlflow_model}")) == []


APART = (
    ONLINE.replace("code: .", "code: src")
    .replace("conda_env.yaml", "environment/conda.yaml")
    .replace(": trained", ": models/trained")
)


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of a deployment whose files lie in folders of their own; all is well there."""
    monkeypatch.chdir(tmp_path)
    for name in ("src", "environment"):
        (tmp_path / name).mkdir()
    leave_model(tmp_path / "models", SVD, scikit_learn="")
    (tmp_path / "src" / "score.py").write_text(generate({"module": SVD.id}))
    config = parse_config(f"module: {SVD.id}\nconda: true\n").scripts[0]
    assert config.conda
    (tmp_path / "environment" / "conda.yaml").write_text(conda_text(config, config.conda, "scoregen.yaml"))
    assert found(APART) == []
    return tmp_path


def test_a_conda_file_elsewhere_is_held_against_the_script_and_the_model(apart: Path) -> None:
    conda = apart / "environment" / "conda.yaml"
    whole = conda.read_text()
    conda.write_text("".join(line for line in whole.splitlines(True) if "surprise" not in line))
    assert conda_file("environment/conda.yaml", conda.read_bytes()).findings() == []  # type: ignore[union-attr]
    (finding,) = check_azure_file("deployment.yml", APART.encode()) or []
    assert (finding.code, finding.about) == ("SG211", "environment.conda_file")
    assert finding.message.startswith("environment/conda.yaml:")
    assert "scikit-surprise: is missing" in finding.message
    conda.write_text(whole.replace("azureml-designer-core==", "azureml-designer-core>="))  # it says so itself
    assert found(APART) == []


def test_a_script_elsewhere_is_held_against_the_conda_file_and_the_model(apart: Path) -> None:
    script = apart / "src" / "score.py"
    script.write_text(generate({"module": "Assign Data to Clusters"}))
    (finding,) = (item for item in check_azure_file("deployment.yml", APART.encode()) or [] if item.code == "SG132")
    assert finding.about == "code_configuration.scoring_script"
    assert finding.message.startswith("src/score.py:")
    assert "cannot score the script's model, which by its class is one for Score SVD Recommender" in finding.message
    assert found(APART.replace("{path: models/trained_model_outputs, type: custom_model}", "azureml:rows:1")) == []


def test_a_script_elsewhere_runs_on_the_python_of_the_conda_file(apart: Path) -> None:
    script, conda = apart / "src" / "score.py", apart / "environment" / "conda.yaml"
    script.write_text(script.read_text() + "\n\nif LIMIT := 5:\n    pass\n")
    assert found(APART) == []
    conda.write_text(conda.read_text().replace("python=3.8", "python=3.6"))
    findings = [item for item in check_azure_file("deployment.yml", APART.encode()) or [] if item.code == "SG119"]
    (finding,) = findings
    assert finding.about == "code_configuration.scoring_script"
    assert finding.message.endswith("needs Python 3.8, and the endpoint has 3.6 by environment/conda.yaml")


def test_a_script_is_judged_for_the_endpoint_of_the_deployment_that_names_it(apart: Path) -> None:
    script, conda = apart / "src" / "score.py", apart / "environment" / "conda.yaml"
    script.write_text(script.read_text() + "\n\ndef first(rows: list[str]) -> str:\n    return rows[0]\n")
    (apart / "deployment.yml").write_text(APART)
    assert codes(script) == ["SG120"]  # the conda file of the deployment has 3.8, as the designer's
    conda.write_text(conda.read_text().replace("python=3.8", "python=3.9"))
    assert codes(script) == []
    (apart / "deployment.yml").write_text(APART.replace("score.py", "other.py"))
    assert codes(script) == ["SG120"]


def codes(script: Path) -> list[str]:
    judged = judge(str(script), script.read_bytes())
    assert judged
    return [finding.code for finding in judged.findings]


def test_a_deployment_is_judged_beside_scripts_of_several_modules(folder: Path) -> None:
    (folder / "clusters.py").write_text(generate({"module": "Assign Data to Clusters"}))
    assert found(ONLINE.replace("name: blue", "name: [")) == ["SG300"]


def test_each_kind_gets_the_run_that_is_made_for_it(folder: Path) -> None:
    assert found(BATCH) == ["SG301 code_configuration.scoring_script"]
    (folder / "score.py").write_text(generate({"module": "Score Model", "endpoint": "batch"}))
    assert found(BATCH) == []
    assert found(BATCH.partition("\n")[2]) == []  # known by its keys
    assert found(ONLINE) == ["SG301 code_configuration.scoring_script"]
    assert found(ONLINE.partition("\n")[2]) == ["SG301 code_configuration.scoring_script"]


def test_a_run_of_which_it_cannot_be_told_is_named(folder: Path) -> None:
    text = (folder / "score.py").read_text().replace("rows = json.loads(data", "rows = parsed(data")
    (folder / "score.py").write_text(text)
    assert found(ONLINE) == ["SG301 info code_configuration.scoring_script"]


def test_the_message_says_what_to_do(folder: Path) -> None:
    (finding,) = check_azure_file("deployment.yml", BATCH.encode()) or []
    assert str(finding.place) == "6:31"
    assert finding.message == (
        "a deployment of this kind (batch) hands run() a list of files, and run() of 'score.py' takes the text of a "
        "request: a config with `endpoint: batch` gives a script for it"
    )


def test_the_endpoint_beside_it(folder: Path) -> None:
    endpoint = folder / "endpoint.yml"
    endpoint.write_text(f"{SCHEMA}managedOnlineEndpoint.schema.json\nname: rows\n")
    assert found(ONLINE) == []
    endpoint.write_text(f"{SCHEMA}managedOnlineEndpoint.schema.json\nname: others\n")
    assert found(ONLINE) == ["SG305 warning endpoint_name"]
    endpoint.write_text(f"{SCHEMA}batchEndpoint.schema.json\nname: rows\n")
    assert found(ONLINE) == ["SG305 $schema"]
    assert check_azure_file("endpoint.yml", endpoint.read_bytes()) == []


@pytest.mark.parametrize(
    "text",
    [
        ONLINE.replace("trained_model_outputs", "model"),
        "code_configuration: [",
        "code_configuration: text",
        "[code_configuration]",
        f"{SCHEMA}pipelineComponentBatchDeployment.schema.json\nname: x\n",
    ],
)
def test_other_projects_deployments_are_passed_over(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert found(text) is None


@pytest.mark.usefixtures("folder")
def test_odd_values_are_no_stumbling_block() -> None:
    for value in ("5", "[a]", "{}", "null", '"\\0"', "true", "azureml://x"):
        for key in ("model", "code_configuration", "environment", "endpoint_name", "$schema"):
            found(f"{ONLINE}\n".replace(f"\n{key}:", f"\n{key}: {value} #"))
        found(ONLINE.replace("score.py", value))


@pytest.mark.parametrize("name", ["conda_env2.yaml", "conda.yml", "environment.yml", "conda_dependencies.yaml"])
def test_a_conda_file_under_any_name_is_checked(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for conda in folder.rglob("conda_env.yaml"):
        conda.unlink()
    Path(name).write_text(CONDA_TEXT)
    assert main(["check", "."]) == 1
    assert f"{name}:7:3: SG207 azureml-designer-core" in capsys.readouterr().out


def test_the_one_that_a_deployment_names_is_checked_though_it_names_no_package(folder: Path) -> None:
    text = "dependencies:\n- python=3.8.10\n- pip:\n  - azureml-defaults\n"
    (folder / "env.yml").write_text(text)
    assert conda_file("env.yml", text.encode()) is None  # may be anyone's
    (folder / "deployment.yml").write_text(ONLINE.replace("conda_env.yaml", "env.yml"))
    file = conda_file("env.yml", text.encode())
    assert file
    assert "SG203" in [finding.code for finding in file.findings()]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("text", ["services: {a: {depends_on: [b]}}", "dependencies:\n- name: redis\n", "a: [", ""])
def test_other_yaml_is_passed_over(text: str) -> None:
    assert conda_file("compose.yaml", text.encode()) is None
    assert check_azure_file("compose.yaml", text.encode()) is None


def test_the_definitions_of_a_bundle_are_without_findings(folder: Path) -> None:
    for name, more in (
        ("online", ""),
        ("batch", "endpoint: batch\ndeployment: {endpoint: rows-x, model: azureml:a:1, compute: c1}\n"),
    ):
        Path("scoregen.yaml").write_text(f"module: Score Model\noutput: new.py\n{more}")
        assert main(["bundle", "scoregen.yaml", "-d", f"out/{name}"]) == 0
    (folder / "out" / "trained_model_outputs").mkdir()
    (folder / "out" / "online").joinpath("x").mkdir()
    assert main(["check", "out"]) == 0


def test_a_bundle_refuses_a_script_for_the_other_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = generate({"module": "Score Model", "endpoint": "batch"})
    (folder / "score.py").write_text(source.replace("def run(", "def helper():\n    pass\n\n\ndef run("))
    Path("scoregen.yaml").write_text("module: Score Model\nmode: rewrite\n")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert "run() of 'score.py' takes a list of files, and the endpoint is for online" in capsys.readouterr().err
    assert not (folder / "out").exists()
