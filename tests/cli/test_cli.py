"""The command line: what is written where, what is said, and the exit code."""

from __future__ import annotations

import importlib
import json
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__, generate, load_tables
from generator.cli.commands import EXAMPLES, GROUPS, SUMMARIES
from generator.cli.main import main
from generator.cli.parser import parser_of

DEFAULT = "module: Score Model\n"
SCRIPT = generate(DEFAULT, origin="scoregen.yaml")
OUTDATED = generate(DEFAULT + "parameters: {append_or_result_only: false}\n")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def config(folder: Path) -> Path:
    (folder / "scoregen.yaml").write_text(DEFAULT)
    return folder / "scoregen.yaml"


def test_generate_writes_the_script_beside_the_config(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "scoregen.yaml"]) == 0
    assert Path("score.py").read_bytes() == SCRIPT.encode()
    assert capsys.readouterr() == ("score.py: written\n", "")


def test_generate_from_elsewhere_writes_beside_the_config(folder: Path) -> None:
    place = folder / "a b" / "\u00e9"
    place.mkdir(parents=True)
    (place / "scoregen.yaml").write_text(DEFAULT + "output: scripts/score.py\n")
    (place / "scripts").mkdir()
    assert main(["generate", str(place / "scoregen.yaml")]) == 0
    assert (place / "scripts" / "score.py").read_text() == SCRIPT


def test_generate_leaves_a_current_file_alone(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["generate", "scoregen.yaml"])
    before = Path("score.py").stat()
    assert main(["generate", "scoregen.yaml"]) == 0
    after = Path("score.py").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert capsys.readouterr().out == "score.py: written\nscore.py: unchanged\n"


def test_generate_to_another_file(config: Path, folder: Path) -> None:
    config.write_text(DEFAULT + "output: ../no.py\n")
    (folder / "else").mkdir()
    assert main(["generate", "scoregen.yaml", "-o", "else/where.py"]) == 0
    assert Path("else/where.py").read_text() == SCRIPT
    assert not Path("score.py").exists()


def test_generate_to_standard_output(config: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["generate", "scoregen.yaml", "-o", "-"]) == 0
    assert capfdbinary.readouterr() == (SCRIPT.encode(), b"")
    assert not Path("score.py").exists()


def test_check_shows_a_new_file(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--check", "scoregen.yaml"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("--- /dev/null\n+++ score.py\n@@ -0,0 +1,")
    assert out.count("\n+") == SCRIPT.count("\n") + 1
    assert not Path("score.py").exists()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_check_shows_what_differs_and_writes_nothing(
    newline: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = SCRIPT.replace("result_only=True", "result_only=False").rstrip("\n").replace("\n", newline).encode()
    Path("score.py").write_bytes(edited)
    assert main(["generate", "--check", "scoregen.yaml"]) == 1
    out = capsys.readouterr().out
    assert "-        append_or_result_only=False,\n+        append_or_result_only=True,\n" in out
    assert "\\ No newline at end of file\n" in out
    assert out.count("\n-") < 5
    assert Path("score.py").read_bytes() == edited


def test_check_is_silent_when_nothing_differs(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(SCRIPT)
    assert main(["generate", "--check", "scoregen.yaml"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_config_with_an_invalid_script_writes_none(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text("scripts:\n- {module: Score Model}\n- {module: Score Mode, output: b.py}\n")
    assert main(["generate", "scoregen.yaml"]) == 1
    assert list(Path().glob("*.py")) == []
    assert capsys.readouterr().err.startswith(
        "scoregen.yaml:3:4: scripts[1].module: 'Score Mode' is not a known module"
    )


def test_a_folder_that_is_missing_keeps_all_scripts_from_being_written(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text("scripts:\n- {module: Score Model}\n- {module: Score Model, output: no/b.py}\n")
    assert main(["generate", "scoregen.yaml"]) == 2
    assert list(Path().glob("*.py")) == []
    assert capsys.readouterr().err == "no/b.py: cannot be written: the folder no does not exist\n"


def test_a_bad_config_stops_none_of_the_others(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.yaml").write_text("module: 5\n")
    Path("last.yaml").write_text(DEFAULT + "output: last.py\n")
    assert main(["generate", "bad.yaml", "scoregen.yaml", "last.yaml"]) == 1
    assert sorted(path.name for path in Path().glob("*.py")) == ["last.py", "score.py"]
    assert main(["generate", "bad.yaml", "none.yaml", "scoregen.yaml"]) == 2
    assert "none.yaml: cannot be read: No such file or directory\n" in capsys.readouterr().err


def test_a_warning_does_not_keep_the_script_from_being_written(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text("module: score_svd_recommender\nparameters: {max_recommended_item_count: 3}\n")
    assert main(["generate", "scoregen.yaml"]) == 0
    assert "max_recommended_item_count=3" in Path("score.py").read_text()
    assert capsys.readouterr().err == (
        "scoregen.yaml:2:14: warning: parameters.max_recommended_item_count: is ignored: "
        "it counts only with prediction_kind 'Item Recommendation'\n"
    )


def test_many_scripts_from_one_config(config: Path) -> None:
    config.write_text(
        "scripts:\n" + "".join(f"- {{module: {table.id}, output: {table.id}.py}}\n" for table in load_tables())
    )
    assert main(["generate", "scoregen.yaml"]) == 0
    for table in load_tables():
        assert Path(f"{table.id}.py").read_text() == generate({"module": table.id}, origin="scoregen.yaml")


def test_a_symbolic_link_does_not_lead_out_of_the_folder(
    config: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (folder / "out").symlink_to(outside)
    config.write_text(DEFAULT + "output: out/score.py\n")
    assert main(["generate", "scoregen.yaml"]) == 1
    (folder / "score.py").symlink_to(outside / "score.py")
    config.write_text(DEFAULT)
    assert main(["generate", "scoregen.yaml"]) == 1
    assert list(outside.iterdir()) == []
    reason = "leads out of the config's folder through a symbolic link: `scoregen generate -o FILE` writes there"
    assert capsys.readouterr().err == (
        f"scoregen.yaml:2:1: output: 'out/score.py' {reason}\nscoregen.yaml:1:1: output: 'score.py' {reason}\n"
    )
    assert main(["generate", "scoregen.yaml", "-o", "score.py"]) == 0
    assert [file.name for file in outside.iterdir()] == ["score.py"]


def test_a_symbolic_link_inside_the_folder_is_followed(config: Path) -> None:
    Path("real.py").write_text(OUTDATED)
    Path("score.py").symlink_to("real.py")
    assert main(["generate", "scoregen.yaml"]) == 0
    assert Path("score.py").is_symlink()
    assert Path("real.py").read_text() == SCRIPT


def test_the_config_is_never_its_own_output(config: Path) -> None:
    config.write_text(DEFAULT + "output: scoregen.yaml\n")
    assert main(["generate", "scoregen.yaml"]) == 1
    assert config.read_text() == DEFAULT + "output: scoregen.yaml\n"
    assert main(["generate", "scoregen.yaml", "-o", "./scoregen.yaml"]) == 1


def test_the_mode_of_the_file_is_kept(config: Path) -> None:
    Path("score.py").write_text(OUTDATED)
    Path("score.py").chmod(0o640)
    assert main(["generate", "scoregen.yaml"]) == 0
    assert stat.S_IMODE(Path("score.py").stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(config: Path) -> None:
    old = os.umask(0o027)
    try:
        assert main(["generate", "scoregen.yaml"]) == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE(Path("score.py").stat().st_mode) == 0o640
    assert {path.name for path in Path().iterdir()} == {"score.py", "scoregen.yaml"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["generat", "scoregen.yaml"],
        ["generate"],
        ["generate", "--chek", "scoregen.yaml"],
        ["generate", "scoregen.yaml", "scoregen.yaml", "-o", "a.py"],
        ["generate", "missing.yaml"],
        ["generate", "scoregen.yaml", "--check", "-o", "-"],
        ["generate", "."],
        ["generate", "scoregen.yaml", "-o", "missing/score.py"],
        ["generate", "scoregen.yaml", "-o", "."],
        ["modules", "Score Modell"],
        ["modules", "--format", "html"],
        ["schema", "-o", "missing/schema.json"],
    ],
    ids=" ".join,
)
def test_wrong_usage_and_files_out_of_reach_exit_with_2(
    arguments: list[str], config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(arguments)
    except SystemExit as exit_:
        code = exit_.code
    assert code == 2
    assert capsys.readouterr().err != ""
    assert {path.name for path in Path().iterdir()} == {"scoregen.yaml"}


def test_several_scripts_do_not_fit_one_output(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text("scripts:\n- {module: Score Model}\n- {module: Score Model, output: b.py}\n")
    assert main(["generate", "scoregen.yaml", "-o", "a.py"]) == 2
    assert capsys.readouterr().err == "scoregen.yaml: has 2 scripts, and -o takes one: leave -o out\n"


def test_a_near_command_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["generat"])
    assert "'generat' is not a command; did you mean 'generate'?" in capsys.readouterr().err


def test_modules_shows_all_that_the_tables_hold(capsys: pytest.CaptureFixture[str]) -> None:
    for style in ("text", "json", "markdown"):
        assert main(["modules", "--format", style]) == 0
        out = capsys.readouterr().out
        for table in load_tables():
            for parameter in table.parameters:
                for word in (parameter.name, *parameter.keys, *(option.name for option in parameter.options)):
                    assert word in out


def test_modules_shows_one_module_by_any_of_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("score_model", "Score Model", "Train Anomaly Detection Model"):
        assert main(["modules", key, "--format", "json"]) == 0
        assert [table["id"] for table in json.loads(capsys.readouterr().out)] == ["score_model"]


def test_schema_goes_to_a_file_or_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert main(["schema", "-o", "schema.json"]) == 0
    assert capsys.readouterr().out == Path("schema.json").read_text(encoding="utf-8") + "schema.json: written\n"


def test_the_module_is_the_command(config: Path) -> None:
    command = [sys.executable, "-m", "generator", "generate", "scoregen.yaml", "-o", "-"]
    assert subprocess.run(command, check=True, capture_output=True).stdout == SCRIPT.encode()


def test_a_reader_that_has_seen_enough_is_no_error(config: Path) -> None:
    command = f"{sys.executable} -m generator schema | head -c 10"
    done = subprocess.run(command, shell=True, check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ('{\n  "$sche', "")


def test_a_terminal_of_few_characters_is_no_error(config: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for arguments in (["generate", "scoregen.yaml", "-o", "-"], ["modules"], ["schema"]):
        command = [sys.executable, "-m", "generator", *arguments]
        assert subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 0


def test_a_fault_of_scoregen_says_what_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise TypeError("a\nfault")

    monkeypatch.setattr("generator.cli.commands.modules.run", fail)
    assert main(["modules", "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert re.fullmatch(
        r"scoregen: a fault of scoregen's own, not of your files: TypeError in [\w.]+:\d+: a\\nfault", first
    )
    assert "with the files and the output of `scoregen --debug modules --format json`" in second
    for words in (["--debug", "modules"], ["modules", "--debug"]):
        with pytest.raises(TypeError):
            main(words)


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.cli.commands.modules.run", interrupt)
    assert main(["modules"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (["generate", "--foce"], "arguments are required: CONFIG; did you mean '--force'?"),
        (["generate", "-forse", "a.yaml"], "unrecognized arguments: -forse; did you mean '--force'?"),
        (["check", "--frmat", "--lang=fr"], "arguments inconnus : --frmat ; vouliez-vous dire '--format' ?"),
        (["check", "--format=jsn"], "'gitlab'); did you mean 'json'?"),
        (["runtime", "mak"], "'remove'); did you mean 'make'?"),
        (["check", "--fomat=json"], "unrecognized arguments: --fomat=json; did you mean '--format=json'?"),
        (["rewrite", "score.py", "--sett", "a=b"], "unrecognized arguments: --sett"),
        (["runtime", "make", "--frmo", "x"], ""),
        (["check", "--zzz"], "unrecognized arguments: --zzz\n"),
    ],
)
def test_an_option_that_is_misspelt_is_proposed(line: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(line)
    assert hint in capsys.readouterr().err


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    try:
        code: object = main(arguments)
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    assert (code, captured.err) == (0, "")
    return captured.out


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    whole = shown([], capsys)
    assert whole == shown(["help"], capsys) == shown(["-h"], capsys)
    assert re.findall(r"^  ([a-z]+)  ", whole, re.M) == [name for names in GROUPS.values() for name in names]


def test_each_command_is_in_one_group() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(SUMMARIES)


@pytest.mark.parametrize("command", SUMMARIES)
def test_help_on_a_command_is_its_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole = shown(["help", command], capsys)
    assert whole == shown([command, "--help"], capsys)
    assert f"example: {EXAMPLES[command]}" in " ".join(whole.split())
    name, *rest = shlex.split(EXAMPLES[command])[1:]
    module = importlib.import_module(f"generator.cli.commands.{name}")
    parser = parser_of(name, module)
    (parser.parse_intermixed_args if hasattr(module, "INTERMIXED") else parser.parse_args)(rest)
    assert name == command


def test_help_on_what_is_no_command_proposes_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["help", "chekc"])
    assert stop.value.code == 2
    assert "'chekc' is not a command; did you mean 'check'?" in capsys.readouterr().err


def test_the_version_has_a_short_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(["-V"], capsys) == shown(["--version"], capsys) == f"scoregen {__version__}\n"
