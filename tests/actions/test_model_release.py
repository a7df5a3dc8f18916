"""The versions of a script's conda file: what the model needs decides what the config leaves open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.actions.model_release import conda_of
from generator.cli.main import main
from generator.conda.check import check_conda
from generator.config.parse import parse_config
from generator.facts.modules import tables_by_key
from generator.findings import ConfigError
from generator.rendering.conda_env import render_conda
from tests.support.model_folders import leave_model

MODEL, SVD, WIDE = (
    tables_by_key()[name] for name in ("score_model", "score_svd_recommender", "score_wide_and_deep_recommender")
)
CLASSIC = MODEL.package
LATER = "scikit-learn 1.5.0, so by release 0.0.191 or later, on Python 3.9"


def rendered(folder: Path, module: str = "Score Model", **conda: Any) -> tuple[str, tuple[str, ...]]:
    """Return the text of the conda file of a config in a folder, and the notes on it."""
    (script,) = parse_config({"module": module, "conda": conda}).scripts
    found = conda_of(folder / "scoregen.yaml", script)
    return render_conda(script.settings.table, found.settings), found.notes


def test_the_pins_beside_the_model_are_kept(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, MODEL, release="0.0.179")
    text, notes = rendered(tmp_path)
    assert f"{CLASSIC}==0.0.179" in text
    assert "python=3.8.10\n" in text
    assert notes == (f"{CLASSIC} 0.0.179 as {folder / 'conda_env.yaml'} pins it",)


def test_the_model_decides_where_its_file_cannot_load_it(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, MODEL, scikit_learn="1.5.0")
    text, notes = rendered(tmp_path)
    for pin in ("python=3.9.18", f"{CLASSIC}==0.0.195", "azureml-designer-core==0.0.86", "azureml-defaults==1.54.0"):
        assert pin in text
    assert check_conda(text, MODEL, ["1.5.0"]) == []
    installs = f"{folder / 'conda_env.yaml'} pins 0.0.185"
    assert notes == (f"{CLASSIC} 0.0.195, since the model was trained with {LATER}; {installs}",)


def test_where_the_model_tells_nothing_its_file_decides_and_that_is_said(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, SVD, scikit_learn="", release="0.0.181")
    text, notes = rendered(tmp_path, "Score SVD Recommender")
    assert f"{CLASSIC}==0.0.181" in text
    assert notes == (f"{CLASSIC} 0.0.181 as {folder / 'conda_env.yaml'} pins it: the model itself tells no release",)


def test_a_model_without_a_file_decides_too(tmp_path: Path) -> None:
    (leave_model(tmp_path, MODEL, scikit_learn="1.5.0") / "conda_env.yaml").unlink()
    text, notes = rendered(tmp_path)
    assert f"{CLASSIC}==0.0.195" in text
    assert notes == (f"{CLASSIC} 0.0.195, since the model was trained with {LATER}",)


def test_what_cannot_work_is_not_kept(tmp_path: Path) -> None:
    """Of the empty release that the file pins, and of a server that Python 3.8 has none of."""
    path = leave_model(tmp_path, WIDE, release="0.0.76") / "conda_env.yaml"
    path.write_text(path.read_text().replace("azureml-defaults", "azureml-defaults==1.62.0"))
    text, _ = rendered(tmp_path, "Score Wide and Deep Recommender")
    assert check_conda(text, WIDE) == []


def test_a_config_may_pin_another_release_that_loads_it(tmp_path: Path) -> None:
    leave_model(tmp_path, MODEL, release="0.0.179")
    text, notes = rendered(tmp_path, pins={CLASSIC: "0.0.181"})
    assert f"{CLASSIC}==0.0.181" in text
    assert notes == ()


def test_a_config_may_not_pin_one_that_does_not(tmp_path: Path) -> None:
    leave_model(tmp_path, MODEL, scikit_learn="1.5.0")
    with pytest.raises(ConfigError) as raised:
        rendered(tmp_path, pins={CLASSIC: "0.0.185"})
    (finding,) = raised.value.findings
    assert finding.message == (
        f"{CLASSIC}: the model was trained with {LATER}: this file installs 0.22.2: write {CLASSIC}==0.0.195"
    )


def test_a_release_of_which_nothing_is_known_is_refused(tmp_path: Path) -> None:
    leave_model(tmp_path, WIDE, release="0.0.11")
    with pytest.raises(ConfigError, match=r"nothing is known of release 0\.0\.11"):
        rendered(tmp_path, "Score Wide and Deep Recommender")


def test_an_older_release_gets_what_its_python_takes(tmp_path: Path) -> None:
    path = leave_model(tmp_path, MODEL, release="0.0.153") / "conda_env.yaml"
    path.write_text(path.read_text().replace("3.8.10", "3.6.8").replace("0.0.13", "0.0.10"))
    text, _ = rendered(tmp_path)
    for pin in ("python=3.6.8", f"{CLASSIC}==0.0.153", "azureml-designer-serving==0.0.10", "azureml-defaults==1.47.0"):
        assert pin in text
    assert "azureml-designer-core" not in text


def test_generate_and_bundle_write_it_and_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(tmp_path, MODEL, scikit_learn="1.5.0")
    config = tmp_path / "scoregen.yaml"
    config.write_text("module: Score Model\nconda: true\n")
    assert main(["generate", str(config)]) == 0
    assert f"{CLASSIC} 0.0.195, since the model was trained with {LATER}" in capsys.readouterr().err
    assert main(["bundle", str(config), "-d", str(tmp_path / "deploy")]) == 0
    assert f"{CLASSIC} 0.0.195, since the model was trained with {LATER}" in capsys.readouterr().err
    made = [(path / "conda_env.yaml").read_text() for path in (tmp_path, tmp_path / "deploy")]
    assert made[0] == made[1]
    assert f"{CLASSIC}==0.0.195" in made[0]


def test_without_the_folder_that_is_named_the_config_decides_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "scoregen.yaml"
    config.write_text(f"module: Score Model\nmodel: trained_model_outputs\nconda: {{pins: {{{CLASSIC}: 0.0.195}}}}\n")
    assert main(["generate", str(config)]) == 0
    assert "conda_env.yaml: trained_model_outputs is not there, so its versions are those" in capsys.readouterr().err
    assert "python=3.9.18" in (tmp_path / "conda_env.yaml").read_text()


def test_a_bundle_leads_to_the_model_that_the_config_names(tmp_path: Path) -> None:
    leave_model(tmp_path / "models" / "churn", MODEL)
    config = tmp_path / "scoregen.yaml"
    config.write_text("module: Score Model\nmodel: models/churn\n")
    assert main(["bundle", str(config), "-d", str(tmp_path / "deploy")]) == 0
    assert "path: ../models/churn/trained_model_outputs\n" in (tmp_path / "deploy" / "deployment.yml").read_text()
    assert main(["check", str(tmp_path / "deploy")]) == 0


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (f"conda: {{pins: {{{CLASSIC}: 0.0.185}}}}", f"conda.pins: {CLASSIC}: the model was trained with {LATER}"),
        ("request: {optional: [labl]}", "request.optional[0]: the model has no column 'labl'; did you mean 'label'?"),
        ("model: other", "model: 'other' is not a model folder: name the trained_model_outputs of the model"),
    ],
)
def test_check_holds_a_config_against_its_model(
    more: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(tmp_path, MODEL, scikit_learn="1.5.0")
    (tmp_path / "other").mkdir()
    config = tmp_path / "scoregen.yaml"
    config.write_text("module: Score Model\nconda: true\n")
    assert main(["check", str(config)]) == 0
    config.write_text(f"module: Score Model\nrequest: {{}}\n{more}\n".replace("request: {}\nrequest", "request"))
    assert main(["check", str(config)]) == 1
    assert f"SG413 {message}" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["check"], ["generate"], ["generate", "--check"], ["bundle", "-d", "deploy"]])
def test_the_module_is_that_of_the_model(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The environment of the model has another package, which does not hold the module of the config."""
    monkeypatch.chdir(tmp_path)
    folder = leave_model(tmp_path, WIDE)
    config = tmp_path / "scoregen.yaml"
    config.write_text("# ours\nmodule: Score Image Model\nmodel: trained_model_outputs\n")
    assert main([*command, str(config)]) == 1
    said = "".join(capsys.readouterr())
    assert "scoregen.yaml:2:1: " in said
    assert (
        f"trained_model_outputs is of another module, as its conda_env.yaml says: write {WIDE.name}, or name the model"
        in said
    )
    assert not (tmp_path / "score.py").exists()
    (folder / "model_spec.yaml").write_text(f"flavor:\n  module: {WIDE.model_classes[0]}.common.model\n")
    assert main([*command, str(config)]) == 1
    assert f"is of another module, as its model_spec.yaml says: write {WIDE.name}, or name the model" in "".join(
        capsys.readouterr()
    )
    there = config.read_text()
    config.write_text(there.replace("trained_model_outputs", "elsewhere/trained_model_outputs"))  # as the message says
    assert main(["check", str(config)]) == 0
    config.write_text(there)
    (folder / "model_spec.yaml").unlink()
    (folder / "conda_env.yaml").unlink()  # then nothing tells
    config.write_text(config.read_text().replace("Image Model", "Image Model\nconda: false"))
    assert main(["check", str(config)]) == 0
