"""The command line of sync: which configs are brought up to date, what is said, and the exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import generate
from generator.actions.find_configs import Owners
from generator.cli.main import main

CONFIG = "module: Score Model\n"
SCRIPT = generate(CONFIG, origin="scoregen.yaml")
REWRITE = "module: Score Model\nmode: rewrite\nparameters: {append_or_result_only: false}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    subprocess.run(["git", "init", "--quiet"], check=True)
    return tmp_path


@pytest.fixture
def sync(capsys: pytest.CaptureFixture[str]) -> Sync:
    return Sync(capsys)


class Sync:
    """The command, as a function: its exit code, and the lines of its standard output and standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, list[str], list[str]]:
        code = main(["sync", *arguments])
        out, err = self._capsys.readouterr()
        return code, out.splitlines(), err.splitlines()


def save(name: str, text: str = CONFIG) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_what_is_out_of_date_is_written_once(sync: Sync) -> None:
    save("scoregen.yaml")
    assert sync() == (1, ["score.py: written", "1 written"], [])
    assert Path("score.py").read_text() == SCRIPT
    assert sync() == (0, ["1 unchanged"], [])


def test_check_writes_nothing(sync: Sync) -> None:
    save("scoregen.yaml")
    save("score.py", generate("module: Score Model\nparameters: {append_or_result_only: false}\n"))
    code, out, _ = sync("--check")
    assert code == 1
    assert "-        append_or_result_only=False," in out
    assert out[-1] == "1 out of date, 0 unchanged"
    assert Path("score.py").read_text() != SCRIPT
    sync()
    assert sync("--check") == (0, ["0 out of date, 1 unchanged"], [])


def test_every_config_below_is_found_by_its_name(sync: Sync) -> None:
    names = ["scoregen.yaml", "a/scoregen.yml", "b c/x.scoregen.yaml", "d/\u00e9.y.scoregen.yml", ".e/scoregen.yaml"]
    others = ["myscoregen.yaml", "scoregen.json", "scoregen.yaml.orig", "f/config.yaml", "ignored/scoregen.yaml"]
    for name in names + others:
        save(name)
    save(".gitignore", "ignored/\n")
    code, out, _ = sync()
    assert code == 1
    assert out == [*(f"{Path(name).parent / 'score.py'}: written" for name in sorted(names)), "5 written"]


@pytest.mark.parametrize("git", [True, False])
def test_a_config_that_was_deleted_is_none(sync: Sync, git: bool) -> None:
    path = save("scoregen.yaml")
    if git:
        subprocess.run(["git", "add", "--all"], check=True)
    path.unlink()
    code, out, err = sync()
    assert (code, out) == (0, [])
    assert err == ["no scoregen.yaml or *.scoregen.yaml there or below: `scoregen init SCRIPT` writes one"]


def test_a_script_stands_for_the_configs_that_name_it(sync: Sync) -> None:
    save("top.scoregen.yaml", "module: Score Model\noutput: deep/er/score.py\n")
    save("deep/other.scoregen.yaml", "module: Score Model\noutput: other.py\n")
    save("deep/er/score.py", "")
    save("unnamed.py", "")
    paths = ["unnamed.py", "deep/score.py", "gone/score.py"]
    unnamed = [f"{path}: no config names it: `scoregen init SCRIPT` writes one" for path in paths]
    assert sync(*paths) == (1, [], unnamed)
    assert sync("deep/er/score.py", "unnamed.py")[:2] == (1, ["deep/er/score.py: replaced", "1 replaced"])
    assert not Path("deep/other.py").exists()


def test_a_script_that_was_renamed_away_is_made_again(sync: Sync) -> None:
    save("scoregen.yaml")
    assert sync("score.py")[1] == ["score.py: written", "1 written"]


def test_configs_of_the_repository_around_are_not_asked(sync: Sync) -> None:
    save("scoregen.yaml", "module: Score Model\noutput: inner/score.py\n")
    save("inner/.git", "")
    save("inner/score.py", "")
    assert Owners().of(str(Path("inner/score.py").resolve())) == []


def test_a_config_goes_by_one_name_however_it_is_handed_over(sync: Sync) -> None:
    save("a/scoregen.yaml")
    Path("link").symlink_to("a")
    handed = ["a/scoregen.yaml", "link/scoregen.yaml", "./a/../a/scoregen.yaml", "a/score.py", str(Path("a").resolve())]
    assert sync(*handed) == (1, ["a/score.py: written", "1 written"], [])


def test_any_name_will_do_for_a_config_that_is_named(sync: Sync) -> None:
    save("model.yaml")
    assert sync("model.yaml")[0] == 1
    assert Path("score.py").exists()


@pytest.mark.parametrize("handed", [["."], ["a.scoregen.yaml"], ["b.scoregen.yaml"], ["score.py"]])
def test_two_configs_for_one_script_are_refused_however_they_are_split(sync: Sync, handed: list[str]) -> None:
    save("a.scoregen.yaml")
    save("b.scoregen.yaml", REWRITE)
    save("score.py", "")
    code, out, err = sync(*handed)
    assert (code, out) == (1, [])
    assert set(err) <= {
        "a.scoregen.yaml:1:1: output: 'score.py' is a file of b.scoregen.yaml too: give each its own",
        "b.scoregen.yaml:1:1: output: 'score.py' is a file of a.scoregen.yaml too: give each its own",
    }
    assert err
    assert Path("score.py").read_text() == ""


def test_a_bad_config_stops_none_of_the_others(sync: Sync) -> None:
    save("a/scoregen.yaml", "module: Score Modell\n")
    save("b/scoregen.yaml")
    save("c/scoregen.yaml", "module: Score Model\noutput: missing/score.py\n")
    code, out, err = sync()
    assert (code, out) == (2, ["b/score.py: written", "1 written"])
    assert [line.partition(":")[0] for line in err] == ["a/scoregen.yaml", "c/missing/score.py"]


def test_an_unreadable_config_beside_a_script_is_none_of_its(sync: Sync) -> None:
    save("scoregen.yaml", "module: [\n")
    save("model.scoregen.yaml")
    save("score.py", "")
    assert sync("score.py")[0] == 1
    assert Path("score.py").read_text() == generate(CONFIG, origin="model.scoregen.yaml")


def test_mode_rewrite_sets_what_the_config_gives_and_nothing_else(sync: Sync) -> None:
    own = SCRIPT.replace("def run(data):", "def own():\n    return 1\n\n\ndef run(data):")
    save("score.py", own.replace("\n", "\r\n"))
    save("scoregen.yaml", REWRITE)
    assert sync()[:2] == (1, ["score.py: replaced", "1 replaced"])
    after = own.replace("append_or_result_only=True", "append_or_result_only=False")
    assert Path("score.py").read_bytes() == after.replace("\n", "\r\n").encode()
    assert sync() == (0, ["1 unchanged"], [])


def test_mode_rewrite_leaves_what_the_config_leaves_out(sync: Sync) -> None:
    script = generate(
        {
            "module": "Score SVD Recommender",
            "parameters": {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems"},
        }
    )
    save("score.py", script)
    save(
        "scoregen.yaml",
        "module: Score SVD Recommender\nmode: rewrite\nparameters: {max_recommended_item_count: 9}\n",
    )
    assert sync() == (1, ["score.py: replaced", "1 replaced"], [])
    assert Path("score.py").read_text() == script.replace("item_count=5", "item_count=9")


def test_mode_rewrite_brings_what_the_new_mode_needs_and_says_so(sync: Sync) -> None:
    save("score.py", generate("module: Score SVD Recommender"))
    save(
        "scoregen.yaml",
        "module: Score SVD Recommender\nmode: rewrite\nparameters: {prediction_kind: ItemRecommendation}\n",
    )
    _, _, err = sync()
    assert "score.py: max_recommended_item_count is set to 5, which the mode needs" in err


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (None, "scoregen.yaml:1:1: output: 'score.py' is not there, and `mode: rewrite` changes a script that is: "),
        ("print(1)\n", "score.py:1:1: no designer module is used here"),
        ("def run(:\n", "score.py:1:9: not valid Python: "),
        ("caf\u00e9 = '\udce9'\n", "score.py:1:9: cannot be read as text: "),
        (generate("module: score_svd_recommender"), "the config is for Score Model, the script is of Score SVD Recomm"),
    ],
    ids=["missing", "another program", "no Python", "no text", "another module"],
)
def test_mode_rewrite_says_why_it_leaves_a_script_alone(sync: Sync, script: str | None, message: str) -> None:
    save("scoregen.yaml", REWRITE)
    if script is not None:
        Path("score.py").write_bytes(script.encode(errors="surrogateescape"))
    code, out, err = sync()
    assert (code, out) == (1, [])
    assert message in err[0]
    assert script is None or Path("score.py").read_bytes() == script.encode(errors="surrogateescape")


def test_generate_keeps_hand_written_code_too(sync: Sync, capsys: pytest.CaptureFixture[str]) -> None:
    save("score.py", SCRIPT + "# mine\n")
    save("scoregen.yaml", REWRITE)
    assert main(["generate", "scoregen.yaml", "-o", "other.py"]) == 0
    assert Path("score.py").read_text() == SCRIPT + "# mine\n"
    assert main(["generate", "scoregen.yaml"]) == 0
    assert (
        Path("score.py").read_text()
        == Path("other.py").read_text()
        == SCRIPT.replace("only=True", "only=False") + "# mine\n"
    )


def test_a_link_that_leads_out_of_the_folder_is_refused(sync: Sync, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "score.py"
    outside.write_text("mine")
    Path("score.py").symlink_to(outside)
    save("scoregen.yaml")
    code, _, err = sync()
    assert code == 1
    assert "leads out of the config's folder through a symbolic link" in err[0]
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("handed", ["other.py", "."])
def test_where_there_is_no_config_nothing_heavy_is_loaded(handed: str) -> None:
    save("other.py", "")
    heavy = {"jinja2", "jsonschema", "libcst", "yaml", "pathlib"}
    code = "import sys; from generator.cli.main import main; main(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, "sync", handed],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
        text=True,
    )
    assert not heavy & set(done.stdout.split())


def test_two_configs_for_one_conda_file_are_refused_however_they_are_split(sync: Sync) -> None:
    for name in ("a", "b"):
        save(f"{name}.scoregen.yaml", f"module: Score Model\noutput: {name}.py\nconda: true\n")
    for handed in (["."], ["a.scoregen.yaml"], ["b.scoregen.yaml"], ["conda_env.yaml"], ["a.py"]):
        code, out, err = sync(*handed)
        assert (code, out) == (1, [])
        assert "output: 'conda_env.yaml' is a file of " in err[0]
    for name in ("a", "b"):  # generate and sync agree
        assert main(["generate", f"{name}.scoregen.yaml"]) == 1
    assert not Path("conda_env.yaml").exists()


def test_a_conda_file_stands_for_the_config_that_names_it(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    save("scoregen.yaml", "module: Score Model\nconda: true\n")
    assert sync("conda_env.yaml")[1] == ["score.py: written", "conda_env.yaml: written", "2 written"]
    Path("conda_env.yaml").unlink()
    assert sync("conda_env.yaml")[1] == ["conda_env.yaml: written", "1 written, 1 unchanged"]
    save("other/conda_env.yaml", "name: x\n")
    unnamed = "other/conda_env.yaml: no config names it: `scoregen init SCRIPT` writes one"
    assert sync("other/conda_env.yaml") == (1, [], [unnamed])
    monkeypatch.setenv("PRE_COMMIT", "1")  # which names whatever was changed
    assert sync("other/conda_env.yaml") == (0, [], [])


def test_the_repository_is_looked_through_from_within(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    save("scoregen.yaml", "module: Score Model\noutput: sub/score.py\n")
    save("sub/score.py", "")
    monkeypatch.chdir("sub")
    assert sync("score.py")[0] == 1
    assert Path("score.py").read_text() == SCRIPT


def test_lines_that_git_ends_otherwise_are_the_same(sync: Sync) -> None:
    save("scoregen.yaml")
    save("score.py", SCRIPT.replace("\n", "\r\n"))
    assert sync("--check") == (0, ["0 out of date, 1 unchanged"], [])
