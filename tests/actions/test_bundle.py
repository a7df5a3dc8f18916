"""The command line of bundle: what lies in the folder, what is said, and the exit code."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import load_tables
from generator.cli.main import main
from generator.files.read import parts

DEPLOYMENT = "deployment: {endpoint: my-endpoint, model: 'azureml:my-model:1'}\n"
CONFIG = "module: Score Model\n" + DEPLOYMENT
FILES = ["README.md", "conda_env.yaml", "consume.py", "deployment.yml", "endpoint.yml", "environment.yml", "score.py"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scoregen.yaml").write_text(CONFIG)
    return tmp_path


def listed(path: str) -> list[str]:
    return sorted(str(found.relative_to(path)) for found in Path(path).rglob("*") if found.is_file())


def test_all_that_a_deployment_needs_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("_samples.json").write_text('[{"x": 1}]')
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert listed("out") == sorted([*FILES, "_samples.json"])
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"out/{name}: written" for name in sorted([*FILES, "_samples.json"])]
    assert err == ""
    assert Path("out/_samples.json").read_text() == '[{"x": 1}]'
    deployment = yaml.safe_load(Path("out/deployment.yml").read_text())
    assert deployment["code_configuration"]["scoring_script"] == "score.py"
    assert Path("out", deployment["environment"]["conda_file"]).is_file()
    assert sorted(path.name for path in Path().iterdir()) == ["_samples.json", "out", "scoregen.yaml"]


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
@pytest.mark.parametrize("endpoint", ["online", "kubernetes", "batch"])
def test_every_module_and_kind_of_endpoint(table: str, endpoint: str) -> None:
    module = table.id  # type: ignore[attr-defined]
    compute = "" if endpoint == "online" else ", compute: my-cluster"
    block = DEPLOYMENT.replace("}", f"{compute}}}")
    Path("scoregen.yaml").write_text(f"module: {module}\nendpoint: {endpoint}\n{block}")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert listed("out") == [name for name in FILES if endpoint != "batch" or name != "consume.py"]
    for name in ("score.py", "consume.py"):
        if (Path("out") / name).exists():
            ast.parse((Path("out") / name).read_text(), feature_version=(3, 8))
    for name in ("conda_env.yaml", "deployment.yml", "endpoint.yml"):
        assert yaml.safe_load((Path("out") / name).read_text())


def test_what_is_not_found_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    config = "module: Score SVD Recommender\nparameters:\n  prediction_kind: ItemRecommendation\n"
    config += "  recommended_item_selection: FromUnratedItems\ndatasets:\n  training_data: {path: data/ratings.csv}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    said = "'data/ratings.csv' is not there: put the data there before you deploy"
    assert capsys.readouterr().err == f"scoregen.yaml:6:19: datasets.training_data.path: {said}\n"
    assert not Path("out").exists()
    Path("data").mkdir()
    Path("data/ratings.csv").write_text("user,item,rating\n")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert (
        capsys.readouterr().err
        == "out/_samples.json: was not found: put the request that consume.py sends first there\n"
    )
    assert Path("out/data/ratings.csv").read_text() == "user,item,rating\n"
    assert "- `_samples.json`: " in Path("out/README.md").read_text()
    Path("_samples.json").write_text("[]")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert "- `_samples.json`: " not in Path("out/README.md").read_text()


def test_a_folder_of_a_dataset_is_copied() -> None:
    Path("users").mkdir()
    Path("users/data.parquet").write_bytes(b"1")
    config = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert Path("out/users/data.parquet").read_bytes() == b"1"


def test_without_a_deployment_the_names_are_proposed_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text("module: Score Model\n")
    Path("trained_model_outputs").mkdir()
    Path("trained_model_outputs/_samples.json").write_text("[]")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "scoregen.yaml: has no `deployment:`: the endpoint is called score-model"
    ]
    assert Path("out/_samples.json").read_text() == "[]"
    Path("scoregen.yaml").write_text("module: Score Model\nendpoint: batch\n")
    assert main(["bundle", "scoregen.yaml", "-d", "other"]) == 1
    assert "deployment: a bundle for batch needs it: `compute` is missing: write `compute:" in capsys.readouterr().err
    assert not Path("other").exists()


def test_several_scripts_have_a_folder_each(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = "- module: Score Model\n  output: a.py\n- module: Score SVD Recommender\n  output: b/c.py\n"
    Path("scoregen.yaml").write_text(f"scripts:\n{blocks}")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert {"a/a.py", "a/conda_env.yaml", "b-c/c.py", "b-c/deployment.yml"} <= set(listed("out"))
    assert capsys.readouterr().err.count("\ntrained_model_outputs: was not found: put the designer's folder there") == 2


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (
            "- {module: Score Model}\n- {module: Score Model, output: b.py}",
            "deployed as blue of score-model: give each",
        ),
        ("- {module: Score Model, output: a/b.py}\n- {module: Train Model, output: a-b.py}", "have one folder, a-b/"),
    ],
)
def test_scripts_that_would_replace_each_other_are_refused(
    blocks: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("scoregen.yaml").write_text(f"scripts:\n{blocks}\n")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert message in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_model_among_the_code_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text(CONFIG.replace("azureml:my-model:1", "./trained_model_outputs"))
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    err = capsys.readouterr().err
    assert "out/trained_model_outputs: is in the folder of deployment.yml, all of which is uploaded as code" in err
    assert "out/trained_model_outputs: was not found: put the designer's folder there" in err


def test_a_folder_that_is_not_empty_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    for name in FILES:
        Path("out", name).unlink()
    Path("out/mine.txt").write_text("mine")
    capsys.readouterr()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    said = "out: holds other files, and no bundle: name another folder with -d, or use --force\n"
    assert capsys.readouterr() == ("", said)
    assert listed("out") == ["mine.txt"]
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--force"]) == 0
    assert listed("out") == sorted([*FILES, "mine.txt"])
    assert Path("out/mine.txt").read_text() == "mine"


def test_a_bundle_is_brought_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    Path("_samples.json").write_text("[]")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    Path("scoregen.yaml").write_text(CONFIG + "parameters: {append_or_result_only: false}\n")
    Path("out/README.md").unlink()
    capsys.readouterr()
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--check"]) == 1
    out = capsys.readouterr().out
    assert "+        append_or_result_only=False," in out
    assert "--- /dev/null\n+++ out/README.md" in out
    assert "--- out/conda_env.yaml" not in out
    assert not Path("out/README.md").exists()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    states = dict(line.split(": ") for line in capsys.readouterr().out.splitlines())
    expected = {"score.py": "replaced", "README.md": "written"}
    assert states == {f"out/{name}": expected.get(name, "unchanged") for name in sorted([*FILES, "_samples.json"])}
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--check"]) == 0
    assert not list(Path("out").glob("*.orig"))


@pytest.mark.parametrize("name", [*FILES, "_samples.json"])
def test_what_was_edited_in_a_bundle_is_kept(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("_samples.json").write_text("[]")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    mine = Path("out", name).read_text() + "\n# mine\n"
    Path("out", name).write_text(mine)
    before = {path: path.read_bytes() for path in Path("out").iterdir()}
    capsys.readouterr()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    ways = f"name another folder with -d, move it away, or use --force, which keeps it as '{name}.orig'\n"
    assert err.startswith(f"scoregen.yaml:1:1: output: out/{name} ")
    assert err.endswith(f", and is not replaced: {ways}")
    assert {path: path.read_bytes() for path in Path("out").iterdir()} == before
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--force"]) == 0
    assert f"out/{name}: replaced, the old file is {name}.orig\n" in capsys.readouterr().out
    assert Path("out", f"{name}.orig").read_text() == mine
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--check"]) == 0


@pytest.mark.parametrize("name", ["score.py", "data/ratings.csv"])
def test_a_copy_that_was_edited_is_kept(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    lay_ratings()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    old = Path("out", name).read_text() + "# mine\n"
    Path("out", name).write_text(old)
    capsys.readouterr()
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--check"]) == 1
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert f"out/{name} differs from " in capsys.readouterr().err
    assert Path("out", name).read_text() == old
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--force"]) == 0
    assert Path("out", name).read_text() == Path(name).read_text()
    assert Path("out", f"{name}.orig").read_text() == old


@pytest.mark.parametrize("name", ["score.py", "data/ratings.csv"])
def test_a_copy_that_nobody_edited_follows_its_source(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    lay_ratings()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    Path(name).write_text(Path(name).read_text() + "# more\n")
    capsys.readouterr()
    for style, said in (("text", f"out/{name}"), ("json", "SG410")):
        assert main(["bundle", "scoregen.yaml", "-d", "out", "--check", "--format", style]) == 1
        assert said in capsys.readouterr().out
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert f"out/{name}: replaced\n" in capsys.readouterr().out
    assert Path("out", name).read_text() == Path(name).read_text()
    assert not list(Path("out").rglob("*.orig"))
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--check"]) == 0


def test_without_the_note_of_the_last_bundle_a_copy_counts_as_edited(capsys: pytest.CaptureFixture[str]) -> None:
    lay_ratings()
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    Path("out/README.md").unlink()
    Path("data/ratings.csv").write_text("user,item,rating\na,b,5\n")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert "out/data/ratings.csv differs from data/ratings.csv" in capsys.readouterr().err


def lay_ratings() -> None:
    config = "module: Score SVD Recommender\nmode: rewrite\ndatasets: {training_data: {path: data/ratings.csv}}\n"
    selection = "recommended_item_selection: FromUnratedItems"
    parameters = f"parameters: {{prediction_kind: ItemRecommendation, {selection}}}\n"
    Path("data").mkdir()
    Path("data/ratings.csv").write_text("user,item,rating\n")
    Path("scoregen.yaml").write_text(config.replace("mode: rewrite\n", "") + parameters)
    assert main(["generate", "scoregen.yaml"]) == 0
    Path("scoregen.yaml").write_text(config + parameters)


def test_the_other_ways_on_for_a_bundle() -> None:
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    Path("out/score.py").write_text("mine")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert main(["bundle", "scoregen.yaml", "-d", "elsewhere"]) == 0
    Path("out/score.py").rename("score.py.mine")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0


def test_what_is_behind_a_link_is_not_copied(capsys: pytest.CaptureFixture[str]) -> None:
    config = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: data/users}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    Path("elsewhere/users").mkdir(parents=True)
    Path("elsewhere/users/data.csv").write_text("theirs")
    Path("data").symlink_to("elsewhere")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert capsys.readouterr().err == "data: is a link, which is not copied: put the file itself there\n"
    assert not Path("out").exists()


def test_what_is_too_much_is_not_copied(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    config = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    Path("users").mkdir()
    for name in ("a", "b", "c"):
        Path("users", name).write_text("12")
    for limit, most in (("MOST_FILES", 2), ("MOST_BYTES", 5)):
        with monkeypatch.context() as patched:
            patched.setattr(f"generator.files.folder.{limit}", most)
            assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
        assert "users: holds more than" in capsys.readouterr().err
    assert not Path("out").exists()


def test_data_that_grow_meanwhile_are_not_copied(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = "module: Score SVD Recommender\ndatasets:\n  training_data: {path: ratings.csv}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    Path("ratings.csv").write_text("1,2,3")

    def grown(path: Path, *given: Any) -> Iterator[bytes]:
        with path.open("a") as file:
            file.write("4")
        return parts(path, *given)

    monkeypatch.setattr("generator.files.replace.parts", grown)
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 2
    assert "ratings.csv: was changed by another program meanwhile: nothing is written, run" in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["ratings.csv", "scoregen.yaml"]


def test_a_file_that_is_kept_keeps_its_mode() -> None:
    config = "module: Score SVD Recommender\ndatasets:\n  training_data: {path: ratings.csv}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    Path("ratings.csv").write_text("1,2,3")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    for name in ("score.py", "ratings.csv"):
        Path("out", name).write_text("mine")
        Path("out", name).chmod(0o600)
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--force"]) == 0
    for name in ("score.py.orig", "ratings.csv.orig", "score.py", "ratings.csv"):
        assert Path("out", name).stat().st_mode & 0o777 == 0o600
    assert Path("out/ratings.csv.orig").read_text() == "mine"
    assert Path("out/ratings.csv").read_text() == "1,2,3"


@pytest.mark.parametrize("inner", ["", "/inner.csv"])
def test_a_link_is_not_copied(inner: str, capsys: pytest.CaptureFixture[str]) -> None:
    config = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    Path("secret").write_text("theirs")
    Path("users").mkdir() if inner else None
    Path("users" + inner).symlink_to(Path("secret").resolve())
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    expected = f"users{inner}: is a link, which is not copied: put the file itself there\n"
    assert capsys.readouterr().err == expected
    assert not Path("out").exists()


def test_nothing_is_written_through_a_link_in_the_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    Path("out/consume.py").rename("consume.py")
    Path("out/consume.py").symlink_to("../consume.py")
    assert main(["bundle", "scoregen.yaml", "-d", "out", "--force"]) == 1
    assert "out/consume.py: leads out of the folder, to " in capsys.readouterr().err


def test_what_is_no_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("mine")
    for words in (["-d", "file"], ["-d", "file", "--force"], ["-d", "file/inner"]):
        assert main(["bundle", "scoregen.yaml", *words]) == 2
        assert capsys.readouterr().err.startswith("file")
    assert Path("file").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("locked").mkdir(mode=0o500)
    assert main(["bundle", "scoregen.yaml", "-d", "locked/out"]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["consume.py", "README.md", "conda_env.yaml", "endpoint.yml"])
def test_a_script_takes_no_other_files_place(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text(f"output: {name}\n{CONFIG}")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert f"{name!r} is another file of the bundle" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["../ratings.csv", "/data/ratings.csv", "a/../../ratings.csv", "README.md"])
def test_a_dataset_outside_is_refused(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    config = f"module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {{path: {path}}}\n"
    Path("scoregen.yaml").write_text(config + DEPLOYMENT)
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert f"datasets.user_features.path: {path!r} " in capsys.readouterr().err
    assert not Path("out").exists()


def test_hand_written_code_goes_with_it() -> None:
    assert main(["generate", "scoregen.yaml"]) == 0
    Path("score.py").write_text(Path("score.py").read_text() + "# mine\n")
    Path("scoregen.yaml").write_text(CONFIG + "mode: rewrite\nparameters: {append_or_result_only: false}\n")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    written = Path("out/score.py").read_text()
    assert written.endswith("# mine\n")
    assert "append_or_result_only=False" in written
