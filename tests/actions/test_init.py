"""init: the config says what the script does, each commented-out line can be taken in, and nothing is overwritten."""

from __future__ import annotations

import functools
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from generator import generate
from generator.actions.extract import extract
from generator.actions.init import start_of_module, start_of_script
from generator.actions.rewrite import rewrite
from generator.cli.main import main
from generator.config.parse import Config, parse_config
from generator.facts.modules import Parameter, Port, Table, load_tables, tables_by_key
from generator.files.replace import create
from generator.findings import FileError, Finding, RefusedError
from generator.model.names import MODEL_FOLDER
from generator.pre_commit.hooks import IN_THE_CONFIG, Source, entry, installed_from, source_of
from generator.pre_commit.insert import add_hooks, snippet
from generator.rendering.score import render
from generator.rules.modes import counts
from generator.rules.settings import BATCH, ENDPOINTS, Request, Response, Settings, complete, complete_response
from tests.support import golden, scripts, strategies
from tests.support.model_folders import leave_downloaded, leave_model

ROOT = Path(__file__).parents[2]
SCRIPT = generate("module: Score Model")
OWN_CODE = SCRIPT.replace("    return json.dumps(", "    print(1)\n    return json.dumps(")


def uncommented(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the section and the name in each commented-out line, and the text with that line taken in."""
    section = ""
    for match in re.finditer(r"^( *)(#?)(\w+):", text, re.M):
        section = section if match[1] else match[3]
        if match[2]:
            yield (section, match[3]), text[: match.start(2)] + text[match.end(2) :]


@functools.cache  # many scripts have the same config
def warnings_of(text: str) -> tuple[Finding, ...]:
    return parse_config(text).warnings


def assert_offers_all_else(text: str, settings: Settings) -> None:
    """Assert that each line can be taken in, and that with those set it is all that the module takes."""
    offered = dict(uncommented(text))
    said = yaml.safe_load(text)
    sections = {name: section for name, section in said.items() if isinstance(section, dict)}
    set_ones = {
        *((name, name) for name in said),
        *((section, key) for section in sections for key in sections[section]),
    }
    taken = {("parameters", parameter.name) for parameter in settings.table.parameters if not parameter.ignored}
    taken |= {("datasets", port.name) for port in settings.table.datasets} | {("endpoint", "endpoint")}
    if settings.endpoint != BATCH:
        known = {"body", "encoding"} if settings.request.takes_object else set()
        taken |= {("response", name) for name in Response._fields if name not in known}
        taken |= {("mode", "mode")} if settings.request == Request() else set()
    assert taken <= {*offered, *set_ones}
    assert not offered.keys() & set_ones
    for (_, name), changed in offered.items():
        for warning in warnings_of(changed):
            *above, line = changed.splitlines()[: warning.place.line]
            if "counts only" in warning.message:
                assert f"{name}:" in line
                assert re.match(" *# (only with|needed with) ", above[-1])


def effective(settings: Settings) -> Settings:
    """Return the settings without what has no effect, and with all that is left open."""
    table, parameters = settings.table, settings.parameters
    subjects: list[Parameter | Port] = [*table.parameters, *table.datasets]
    in_effect = {subject.name for subject in subjects if counts(table, subject, parameters)}
    in_effect -= {parameter.name for parameter in table.parameters if parameter.ignored}
    return Settings(
        table,
        {name: value for name, value in parameters.items() if name in in_effect},
        {name: value for name, value in settings.datasets.items() if name in in_effect},
        complete_response(table, settings.response),
        settings.endpoint if settings.endpoint == BATCH else ENDPOINTS[0],
    )


def without_advice(config: Config) -> list[str]:
    """Return what is wrong, without what is said of words on a command line that are better left out."""
    advice = ("is better left out", "is not an option, and has no effect")
    return [found.message for found in config.warnings if not any(words in found.message for words in advice)]


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
def test_a_module_has_the_config_of_the_downloaded_script(table: Table) -> None:
    text = start_of_module(table).text
    (script,) = parse_config(text).scripts
    assert script.settings == complete(table, {}, {})
    assert parse_config(text).warnings == ()
    assert not script.keeps_code
    assert_offers_all_else(text, script.settings)


@pytest.mark.parametrize("case", golden.cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_script_has_a_config_that_generates_it(case: Path) -> None:
    source = golden.generated(case)
    start = start_of_script(source, "a b.py")
    config = parse_config(start.text)
    (script,) = config.scripts
    (of_case,) = parse_config(case.read_text(encoding="utf-8")).scripts
    assert (start.left, config.warnings, script.output, script.keeps_code) == ((), (), "a b.py", False)
    assert effective(script.settings) == effective(of_case.settings)
    if of_case.settings[:3] == effective(of_case.settings)[:3]:
        assert render(script.settings, case.name) == source
    assert_offers_all_else(start.text, script.settings)


@given(config=strategies.configs())
@settings(deadline=None)
def test_any_generated_script_has_a_config_of_its_settings(config: dict[str, Any]) -> None:
    source = generate(config)
    if config.get("endpoint") == BATCH and extract(source).left:  # half a surrogate pair
        with pytest.raises(RefusedError):
            start_of_script(source, "score.py")
        return
    start = start_of_script(source, "score.py")
    got = parse_config(start.text)
    assert without_advice(got) == []
    assert got.scripts[0].keeps_code == bool(start.left)
    if not start.left:
        assert effective(got.scripts[0].settings) == effective(parse_config(config).scripts[0].settings)
    assert_offers_all_else(start.text, got.scripts[0].settings)


@given(edited=scripts.edited_scripts())
@settings(deadline=None)
def test_the_config_of_a_script_with_code_of_its_own_changes_nothing_in_it(edited: scripts.Edited) -> None:
    start = start_of_script(edited.source, "score.py")
    config = parse_config(start.text)
    (script,) = config.scripts
    assert start.left and script.keeps_code
    assert without_advice(config) == []
    assert script.settings.parameters.items() <= edited.parameters.items()
    assert (
        script.settings.parameters
        == parse_config(extract(edited.source).config | {"mode": "rewrite"}).scripts[0].settings.parameters
    )
    kept = rewrite(
        edited.source, script.settings.parameters, datasets=script.settings.datasets, response=script.settings.response
    )
    assert kept.source == edited.source
    assert_offers_all_else(start.text, script.settings)


EDITED = [case for case in golden.rewrite_cases() if not golden.is_long(case)]


@pytest.mark.parametrize("case", EDITED, ids=lambda path: path.name)
def test_the_config_of_an_edited_script_changes_nothing_in_it(
    case: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = golden.script(case / "before.py")
    Path("score.py").write_bytes(before)
    if main(["init", "score.py"]) == 1:
        assert main(["extract", "score.py"]) == 1
        config = capsys.readouterr().out
        assert not config or f"endpoint: {BATCH}" in config
        return
    (script,) = parse_config(Path("scoregen.yaml").read_bytes()).scripts
    assert_offers_all_else(Path("scoregen.yaml").read_text(encoding="utf-8"), script.settings)
    if script.keeps_code and main(["sync"]):
        assert re.search("the (new )?mode needs|may be there already", capsys.readouterr().err)
    elif script.keeps_code:
        assert Path("score.py").read_bytes() == before


def test_a_batch_script_with_code_of_its_own_is_refused() -> None:
    source = generate({"module": "Score Model", "endpoint": "batch"})
    text = start_of_script(source, "score.py").text
    assert parse_config(text).scripts[0].settings.endpoint == "batch"
    assert dict(uncommented(text)) == {}
    with pytest.raises(RefusedError, match="a config for a batch endpoint cannot keep that"):
        start_of_script(source + "\n\nprint(1)\n", "score.py")


def test_the_way_on_for_a_batch_script_with_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    mine = generate({"module": "Score Model", "endpoint": "batch"}) + "\n\nprint(1)\n"
    Path("score.py").write_text(mine)
    assert main(["init", "score.py"]) == 1
    said = capsys.readouterr().err
    assert (
        '`scoregen init --module "Score Model"` writes the config of a new one: give it `endpoint: batch` and another `output`'
        in said
    )
    assert main(["init", "--module", "Score Model"]) == 0
    config = Path("scoregen.yaml").read_text()
    assert "\noutput: score.py\n" in config
    changed = config.replace("\noutput: score.py\n", "\noutput: batch.py\nendpoint: batch\n")
    Path("scoregen.yaml").write_text(changed)
    assert main(["generate", "scoregen.yaml"]) == 0
    assert "def run(mini_batch" in Path("batch.py").read_text()
    assert Path("score.py").read_text() == mine


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "score.py").write_text(SCRIPT)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run(*arguments: str) -> int:
    try:
        return main(["init", *arguments])
    except SystemExit as exit_:
        assert isinstance(exit_.code, int)
        return exit_.code


def test_the_config_stands_beside_the_script(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = folder / "a b" / "é"
    place.mkdir(parents=True)
    (place / "my score.py").write_text(SCRIPT)
    assert run(str(Path("a b", "é", "my score.py"))) == 0
    assert (place / "scoregen.yaml").read_text(encoding="utf-8") == start_of_script(SCRIPT, "my score.py").text
    assert capsys.readouterr() == (
        "a b/é/scoregen.yaml: written\nnext: change it, and run `scoregen sync 'a b/é/scoregen.yaml'`\n",
        "",
    )
    assert main(["sync", "a b/é/scoregen.yaml"]) == 1
    assert main(["sync", "--check", "a b/é/scoregen.yaml"]) == 0


@pytest.mark.parametrize("command", [["score.py"], ["--module", "Score SVD Recommender"], ["shop"], ["--each", "shop"]])
def test_the_next_step_replaces_a_script_of_the_users(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    downloaded = (leave_downloaded(folder / "shop", SVD) / "score.py").read_text()
    output = folder / ("shop/score.py" if "shop" in command else "score.py")
    output.write_text(downloaded)
    assert run(*command) == 0
    said = re.search(
        r"next: change it, and run `scoregen ([^`]+)`, which keeps (\S+) as (\S+)\n", capsys.readouterr().out
    )
    assert said and folder / said[2] == output
    assert main([word for word in said[1].split() if word != "--force"]) == 1
    assert main(said[1].split()) == 1
    assert main(["sync", "--check"]) == 0
    assert Path(said[3]).read_text() == downloaded


def test_code_of_its_own_is_named_and_survives(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(OWN_CODE)
    line = OWN_CODE[: OWN_CODE.index("print(1)")].count("\n") + 1
    assert run("score.py") == 0
    assert capsys.readouterr().err == (
        "score.py: does what a config cannot say; `mode: rewrite` in the config keeps it:\n"
        f"score.py:{line}:5: run() has code of its own, which the config does not carry over\n"
    )
    assert main(["sync"]) == 0
    config = Path("scoregen.yaml").read_text()
    Path("scoregen.yaml").write_text(config.replace("result_only: true", "result_only: false"))
    assert main(["sync"]) == 1
    assert Path("score.py").read_text() == OWN_CODE.replace("result_only=True", "result_only=False")


@pytest.mark.parametrize(
    ("head", "encoding", "newline"),
    [("\ufeff", "utf-8", "\r\n"), ("# coding: latin-1\n# é\n", "latin-1", "\n"), ("", "utf-8", "\r")],
    ids=["BOM and CRLF", "latin-1", "CR"],
)
def test_a_script_in_any_encoding(head: str, encoding: str, newline: str, folder: Path) -> None:
    Path("score.py").write_bytes((head + OWN_CODE).replace("\n", newline).encode(encoding))
    before = Path("score.py").read_bytes()
    assert run("score.py") == 0
    assert main(["sync"]) == 0
    assert Path("score.py").read_bytes() == before


@pytest.mark.parametrize("name", ["Train Anomaly Detection Model", "score_svd_recommender", "Score Image Model"])
def test_a_module_by_any_of_its_names(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--module", name) == 0
    (script,) = parse_config(Path("scoregen.yaml").read_bytes()).scripts
    assert name in script.settings.table.keys
    assert capsys.readouterr().out == (
        "scoregen.yaml: written\nnext: change it, and run `scoregen sync scoregen.yaml`\n"
    )


def test_a_misspelt_module(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--module", "Train SVD Recomender") == 2
    known = ", ".join(table.id for table in load_tables())
    assert capsys.readouterr().err == (
        "scoregen init: 'Train SVD Recomender' is not a module; "
        f"did you mean 'Train SVD Recommender'? (known: {known})\n"
    )
    assert not Path("scoregen.yaml").exists()


def test_nothing_to_start_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert capsys.readouterr().err == "scoregen init: score.py is here: `scoregen init score.py` writes its config\n"
    Path("score.py").unlink()
    Path("score.py").mkdir()
    assert run() == 2
    assert "scoregen init: name a script" in capsys.readouterr().err
    Path("score.py").rmdir()
    assert run() == 2
    assert capsys.readouterr().err == (
        "scoregen init: name a script (`scoregen init SCRIPT`), a module (`scoregen init --module MODULE`), "
        "or --pre-commit\n"
    )
    assert run("score.py", "--module", "Score Model") == 2
    assert "not allowed with" in capsys.readouterr().err


@pytest.mark.parametrize("there", ["file", "empty file", "folder", "link", "dangling link"])
def test_what_is_there_is_never_overwritten(there: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = Path("scoregen.yaml")
    if there == "folder":
        config.mkdir()
    elif "link" in there:
        config.symlink_to("score.py" if there == "link" else "missing/other.yaml")
    else:
        config.write_text("scripts: []\n" if there == "file" else "")
    before = names(folder), config.is_symlink() and config.readlink()
    content = config.read_bytes() if config.is_file() else None
    for arguments in (["score.py"], ["--module", "Score Model"]):
        assert run(*arguments) == 2
        assert capsys.readouterr() == ("", "scoregen.yaml: is there already: change it, or move it away first\n")
    assert before == (names(folder), config.is_symlink() and config.readlink())
    assert content == (config.read_bytes() if config.is_file() else None)


@pytest.mark.parametrize("other", ["scoregen.yaml", "our.scoregen.yaml", "scoregen.yml"])
@pytest.mark.parametrize("arguments", [["score.py"], ["--module", "Score Model"]])
def test_a_script_has_one_config(
    other: str, arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(other).write_text("module: Score Model\n")
    assert run(*arguments) == 2
    assert capsys.readouterr() == ("", f"score.py: has a config already, {other}: change that\n")
    assert names(folder) == sorted(["score.py", other])


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("missing.py", None, 2, "missing.py: cannot be read: No such file or directory\n"),
        (".", None, 2, ".: has no folder trained_model_outputs, which the designer leaves: name it, or a script\n"),
        ("empty.py", b"", 1, "empty.py:1:1: no designer module is used here"),
        ("broken.py", b"def run(:\n", 1, "broken.py:1:"),
        ("bytes.py", b"\xff", 1, "bytes.py:1:1: "),
        ("a\nb.py", SCRIPT.encode(), 1, "'a\\nb.py': a config cannot hold this name: rename the file"),
        ("a\\b.py", SCRIPT.encode(), 1, "a\\b.py: a config cannot hold this name: rename the file"),
        ("a\udcff.py", SCRIPT.encode(), 1, "'a\\udcff.py': a config cannot hold this name: rename the file"),
    ],
    ids=ascii,
)
def test_a_script_that_has_no_config(
    name: str, content: bytes | None, code: int, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    assert run(name) == code
    assert capsys.readouterr().err.startswith(message)
    assert not Path("scoregen.yaml").exists()


def test_create_is_for_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "scoregen.yaml"
    contents = [bytes([65 + number]) * 300_000 for number in range(16)]
    refused: list[str] = []
    start = threading.Barrier(len(contents))

    def write(content: bytes) -> None:
        start.wait()
        try:
            create(path, content)
        except FileError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [f"{path}: is there already: change it, or move it away first"] * (len(contents) - 1)
    assert path.read_bytes() in contents
    assert names(tmp_path) == ["scoregen.yaml"]


def test_create_leaves_nothing_where_it_fails(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written: No such file or directory"):
        create(tmp_path / "missing" / "scoregen.yaml", b"")
    with pytest.raises(FileError, match="cannot be written: File name too long"):
        create(tmp_path / ("a" * 300), b"")
    assert names(tmp_path) == []


def test_create_gives_the_usual_mode(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        create(tmp_path / "scoregen.yaml", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "scoregen.yaml").stat().st_mode) == 0o640


@pytest.mark.usefixtures("unmeasured")
def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import resource, signal; from generator.cli.main import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "raise SystemExit(main(['init', '--module', 'Score Model']))"
    )
    # Without -B Python would write compiled files under that limit too, cut off, for all tests that come after.
    done = subprocess.run([sys.executable, "-Bc", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "scoregen.yaml: cannot be written: File too large\n")
    assert names(tmp_path) == []


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=tester", "-c", "user.email=tester@example.org")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, in a folder of which the user is."""
    git(folder, "init", "--quiet")
    (folder / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(folder / "deep" / "down")
    return folder


def warning(path: Path) -> str:
    """Return what is said where the hooks come from a folder, as they do in an editable clone."""
    source = installed_from()
    return f"{path}: {OF_THIS_MACHINE.format(source.repo)}\n" if source.is_of_this_machine else ""


OF_THIS_MACHINE = "`repo: {}` is a folder of this machine: before others use the file, write the address there to which that repository is pushed"


@pytest.mark.parametrize(
    ("source", "is_told"),
    [
        (Source("/home/anna/scoregen", "v1"), True),
        (Source("file:///home/anna/scoregen", "v1"), True),
        (Source("https://example.org/scoregen", "v1"), False),
        (IN_THE_CONFIG, False),
    ],
)
def test_a_repository_that_only_this_machine_has_is_told(
    source: Source, is_told: bool, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.cli.commands.init.installed_from", lambda: source)
    assert run("--pre-commit") == 0
    assert (OF_THIS_MACHINE.format(source.repo) in capsys.readouterr().err) == is_told


def test_the_hooks_go_to_the_root_of_the_repository(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("..", "..", ".pre-commit-config.yaml")
    assert run("--pre-commit") == 0
    assert capsys.readouterr() == (f"{path}: written\nnext: run `pre-commit install`\n", warning(path))
    assert yaml.safe_load(path.read_bytes()) == {"repos": [entry(installed_from())]}
    before = path.stat()
    assert run("--pre-commit") == 0
    assert capsys.readouterr() == (f"{path}: has the hooks already\n", "")
    assert (before.st_ino, before.st_mtime_ns) == (path.stat().st_ino, path.stat().st_mtime_ns)


def test_a_work_tree_has_its_own_root(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "first")
    git(repository, "worktree", "add", "--quiet", "other")
    monkeypatch.chdir(repository / "other")
    assert run("--pre-commit") == 0
    assert Path(".pre-commit-config.yaml").exists() and not (repository / ".pre-commit-config.yaml").exists()


@pytest.mark.parametrize("link", [False, True])
def test_the_other_bytes_of_the_file_stay(link: bool, repository: Path) -> None:
    text = "# d\u00e9j\u00e0\r\nrepos:\r\n- repo: https://example.org/other\r\n  rev: v1\r\n  hooks:\r\n  - id: a  # c\r\nci: {}"
    path = repository / ".pre-commit-config.yaml"
    place = repository / "shared.yaml" if link else path
    place.write_bytes(text.encode())
    place.chmod(0o640)
    if link:
        path.symlink_to("shared.yaml")
    assert run("--pre-commit") == 0
    assert place.read_bytes() == add_hooks(text, installed_from()).encode()
    assert place.read_bytes().startswith(text.encode()[:-8]) and place.read_bytes().endswith(b"ci: {}")
    assert (path.is_symlink(), stat.S_IMODE(place.stat().st_mode)) == (link, 0o640)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"repos: [{repo: a, hooks: [{id: b}]}]\n", "1:8: `repos` is not a list with a line for each item"),
        (b"repos: []\n# \xe9\n", "1:1: it is not UTF-8"),
        ("repos: []\n".encode("utf-16"), "1:1: it is not UTF-8"),
    ],
    ids=["brackets", "latin-1", "UTF-16"],
)
def test_what_cannot_be_added_is_printed(
    content: bytes, message: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = repository / ".pre-commit-config.yaml"
    path.write_bytes(content)
    assert run("--pre-commit") == 1
    assert capsys.readouterr().err == (
        f"../../.pre-commit-config.yaml:{message}; put this under its `repos:`\n{snippet(installed_from())}"
        f"{warning(Path('../../.pre-commit-config.yaml'))}"
    )
    assert path.read_bytes() == content


def test_hooks_need_a_repository(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--pre-commit") == 2
    assert "this folder is in none" in capsys.readouterr().err
    assert names(folder) == ["score.py"]


def test_a_script_and_the_hooks_at_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("../../score.py", "--pre-commit") == 0
    assert {"scoregen.yaml", ".pre-commit-config.yaml"} <= set(names(repository))
    (repository / ".pre-commit-config.yaml").unlink()
    assert run("../../score.py", "--pre-commit") == 2
    assert (repository / ".pre-commit-config.yaml").exists()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository as that of scoregen, with its hooks committed."""
    folder = tmp_path / "a 100% own cl\u00f6ne"
    folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


def in_folder(folder: Path) -> Source:
    return source_of({"url": folder.as_uri(), "dir_info": {"editable": True}})


def test_a_folder_is_named_with_its_tag_or_commit(checkout: Path) -> None:
    assert in_folder(checkout) == Source(str(checkout), git(checkout, "rev-parse", "HEAD"))
    git(checkout, "tag", "v1.2.3")
    assert in_folder(checkout) == Source(str(checkout), "v1.2.3")
    git(checkout, "commit", "--quiet", "--allow-empty", "--message", "second")
    assert in_folder(checkout) == Source(str(checkout), git(checkout, "rev-parse", "HEAD"))


def test_a_folder_from_which_hooks_cannot_be_installed_is_not_named(checkout: Path, tmp_path: Path) -> None:
    (checkout / "part").mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", checkout / "part")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert in_folder(checkout / "part") == in_folder(empty) == in_folder(tmp_path / "gone") == IN_THE_CONFIG
    git(empty, "init", "--quiet")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", empty)
    assert in_folder(empty) == IN_THE_CONFIG
    git(empty, "commit", "--quiet", "--allow-empty", "--message", "without the hooks")
    assert in_folder(empty) == IN_THE_CONFIG


@pytest.mark.parametrize(
    ("direct_url", "source"),
    [
        ({"vcs_info": {"vcs": "git", "commit_id": "0a1b", "requested_revision": "v1"}}, Source("https://e.org/s", "0a1b")),
        ({"vcs_info": {"vcs": "hg", "commit_id": "0a1b"}}, IN_THE_CONFIG),
        ({"vcs_info": {"vcs": "git", "commit_id": "0a1b"}, "subdirectory": "part"}, IN_THE_CONFIG),
        ({"archive_info": {}}, IN_THE_CONFIG),
    ],
)  # fmt: skip
def test_where_an_installation_came_from(direct_url: dict[str, Any], source: Source) -> None:
    assert source_of({"url": "https://e.org/s"} | direct_url) == source


# From a model folder

PACKAGE = "azureml-designer-classic-modules"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    leave_model(tmp_path, tables_by_key()["Score Model"], scikit_learn="1.5.0")
    return Path(MODEL_FOLDER)


def contents_of(model: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in model.iterdir()}


@pytest.mark.parametrize("named", [".", MODEL_FOLDER, f"{MODEL_FOLDER}/", f"{MODEL_FOLDER}/score.py"])
def test_a_folder_its_parent_or_its_script_gives_a_config_beside_it(
    named: str, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents_of(model)
    assert main(["init", named]) == 0
    captured = capsys.readouterr()
    assert captured.out == "scoregen.yaml: written\nnext: change it, and run `scoregen sync scoregen.yaml`\n"
    assert yaml.safe_load(Path("scoregen.yaml").read_text()) == {
        "module": "Score Model",
        "output": "score.py",
        "model": MODEL_FOLDER,
        "conda": {"pins": {"python": "3.9.18", PACKAGE: "0.0.195"}},
        "parameters": {"append_or_result_only": True},
        "request": {"optional": "auto"},
        "response": None,
    }
    because = "scikit-learn 1.5.0, so by release 0.0.191 or later, on Python 3.9"
    assert f"scoregen.yaml: {PACKAGE} 0.0.195, since the model was trained with {because}" in captured.err
    assert main(["sync", "scoregen.yaml"]) == 1  # as a hook says that it has written
    assert f"- {PACKAGE}==0.0.195" in Path("conda_env.yaml").read_text().replace("  ", "")
    assert contents_of(model) == before


def test_from_within_the_folder_the_config_goes_beside_it(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(model)
    assert main(["init", "."]) == 0
    assert yaml.safe_load(Path("../scoregen.yaml").read_text())["model"] == MODEL_FOLDER
    assert not Path("scoregen.yaml").exists()


def test_a_script_beside_the_folder_is_the_one(model: Path) -> None:
    Path("score.py").write_text((model / "score.py").read_text().replace("_only=True", "_only=False"))
    assert main(["init", "."]) == 0
    assert yaml.safe_load(Path("scoregen.yaml").read_text())["parameters"] == {"append_or_result_only": False}


def test_a_script_of_one_s_own_in_the_folder_stays_and_so_does_the_conda_file(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (model / "score.py").write_text(OWN_CODE)
    before = contents_of(model)
    assert main(["init", "."]) == 0
    said = yaml.safe_load(Path("scoregen.yaml").read_text())
    assert (said["output"], said["mode"], said.get("conda")) == (f"{MODEL_FOLDER}/score.py", "rewrite", None)
    assert "conda_env.yaml in it stays as it is: `scoregen check --fix" in capsys.readouterr().err
    assert main(["sync", "scoregen.yaml"]) == 0
    assert contents_of(model)["conda_env.yaml"] == before["conda_env.yaml"]


def test_dates_call_for_another_response_of_a_script_of_one_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    leave_model(tmp_path, tables_by_key()["Score Model"], columns={"born": "datetime64", "x": "float64"})
    assert main(["init", MODEL_FOLDER]) == 0  # the generated script's default has a form for dates
    said = yaml.safe_load(Path("scoregen.yaml").read_text())
    assert (said["response"], said.get("request")) == (None, None)  # the label is none of the columns
    Path("scoregen.yaml").unlink()
    Path(MODEL_FOLDER, "score.py").write_text(OWN_CODE)
    assert main(["init", MODEL_FOLDER]) == 0
    assert yaml.safe_load(Path("scoregen.yaml").read_text())["response"] == {"strict_json": True}


def test_a_release_of_which_nothing_is_known_is_left_to_the_user(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (model / "_data.pkl").unlink()
    path = model / "conda_env.yaml"
    path.write_text(path.read_text().replace("0.0.185", "0.0.99"))
    assert main(["init", "."]) == 0
    assert "conda" not in yaml.safe_load(Path("scoregen.yaml").read_text())
    assert f"{PACKAGE} 0.0.99 in {path}: nothing is known of it, only of 0.0.140 or later" in capsys.readouterr().err


def test_a_folder_without_a_script_or_a_model_has_a_next_step(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (model / "score.py").unlink()
    assert main(["init", "."]) == 1
    assert capsys.readouterr().err == (
        "trained_model_outputs: has no score.py to start from: "
        '`scoregen init --module "Score Model"` in . writes a config that finds the model\n'
    )
    other = model.rename("my_model")
    assert main(["init", "my_model"]) == 1
    assert (
        '`scoregen init --module "Score Model"` in . writes a config: add `model: my_model` to it'
        in capsys.readouterr().err
    )
    other.rename(model)
    assert main(["init", "--module", "Score Model"]) == 0
    Path("scoregen.yaml").write_text("module: Score Model\nconda: true\n")
    assert main(["sync"]) == 1
    assert f"{PACKAGE}==0.0.195" in Path("conda_env.yaml").read_text()


SVD, MODEL = (tables_by_key()[name] for name in ("Score SVD Recommender", "Score Model"))


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two model folders, one whose script is another's, and one that is empty."""
    monkeypatch.chdir(tmp_path)
    leave_downloaded(tmp_path / "b", SVD)
    leave_model(tmp_path / "a", MODEL, scikit_learn="1.5.0")
    (leave_model(tmp_path / "other", MODEL) / "score.py").write_text("print(1)\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_several_folders_get_one_config(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a", "b") == 0
    first, second = parse_config(Path("scoregen.yaml").read_bytes()).scripts
    assert (first.settings.table, first.output, first.model) == (MODEL, "a/score.py", "a/trained_model_outputs")
    assert (second.settings.table, second.output, second.model) == (SVD, "b/score.py", "b/trained_model_outputs")
    assert first.conda and first.conda.pins["azureml-designer-classic-modules"] == "0.0.195"
    out, err = capsys.readouterr()
    assert out == "scoregen.yaml: written\nnext: change it, and run `scoregen sync scoregen.yaml`\n"
    assert "since the model was trained with scikit-learn 1.5.0" in err
    assert main(["sync"]) == 1
    assert main(["sync", "--check"]) == 0
    assert Path("a/score.py").is_file() and Path("b/conda_env.yaml").is_file()


def test_one_config_says_what_each_of_its_own_says(models: Path) -> None:
    assert run("a", "b") == 0
    together = parse_config(Path("scoregen.yaml").read_bytes()).scripts
    Path("scoregen.yaml").unlink()
    assert run("--each", "a", "b") == 0
    for name, script in zip("ab", together, strict=True):
        (alone,) = parse_config(Path(name, "scoregen.yaml").read_bytes()).scripts
        assert (alone.settings, alone.conda, f"{name}/{alone.output}") == (script.settings, script.conda, script.output)


def test_what_cannot_be_judged_is_named_and_the_rest_is_done(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a", "other", "empty", "nowhere", "b") == 2
    said = capsys.readouterr().err
    assert "other/trained_model_outputs/score.py:1:1: no designer module is used here" in said
    assert "empty: has no folder trained_model_outputs" in said
    assert "nowhere: cannot be read: No such file or directory" in said
    assert len(parse_config(Path("scoregen.yaml").read_bytes()).scripts) == 2


def test_nothing_is_written_of_nothing(models: Path) -> None:
    before = names(models)
    assert run("other", "empty") == 2
    assert names(models) == before


def test_of_several_nothing_is_replaced(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text("module: svd\noutput: own.py\n")
    assert run("a", "b") == 2
    assert "scoregen.yaml: is there already: change it, or move it away first" in capsys.readouterr().err
    assert Path("scoregen.yaml").read_text() == "module: svd\noutput: own.py\n"
    Path("a", "scoregen.yaml").write_text("module: train model\n")
    assert run("--each", "a", "b") == 2
    assert "a/trained_model_outputs/score.py" not in capsys.readouterr().out
    assert Path("a", "scoregen.yaml").read_text() == "module: train model\n"
    assert Path("b", "scoregen.yaml").is_file()


def test_a_script_in_a_list_has_its_config(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a", "b") == 0
    assert run("a") == 2  # before any sync has written its script
    assert "a/score.py: has a config already, scoregen.yaml: change that" in capsys.readouterr().err
    assert names(models / "a") == ["trained_model_outputs"]


def test_one_script_by_two_names_is_one(models: Path) -> None:
    assert run("a", "a/trained_model_outputs", "b") == 0
    assert len(parse_config(Path("scoregen.yaml").read_bytes()).scripts) == 2


def test_the_config_of_folders_elsewhere_stands_around_them(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(models / "empty")
    assert run("../a", "../b") == 0
    assert [script.output for script in parse_config(Path("../scoregen.yaml").read_bytes()).scripts] == [
        "a/score.py",
        "b/score.py",
    ]


def test_code_of_its_own_is_kept_in_a_list_too(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = models / "a" / "trained_model_outputs" / "score.py"
    script.write_text(script.read_text().replace("    return json.dumps(", "    print(1)\n    return json.dumps("))
    before = script.read_bytes()
    assert run("a", "b") == 0
    assert "run() has code of its own" in capsys.readouterr().err
    first, _ = parse_config(Path("scoregen.yaml").read_bytes()).scripts
    assert (first.keeps_code, first.output) == (True, "a/trained_model_outputs/score.py")
    assert main(["sync"]) == 1
    assert script.read_bytes() == before
