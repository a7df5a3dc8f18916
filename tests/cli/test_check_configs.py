"""Configs under ``scoregen check``, what cannot be judged, and the formats of ``--check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator import generate
from generator.cli.main import main
from generator.report.formats import FORMATS

GOOD = "module: Score Model\n"
BAD = "module: Score Modell\nparamters: {}\n"
SCRIPT = generate(GOOD, origin="scoregen.yaml")
SAID = [("SG402", 1, 1, "module"), ("SG401", 2, 1, "paramters")]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    return tmp_path


def findings(printed: str, style: str) -> list[tuple[str, int]]:
    """Return the codes and lines of a report."""
    if style == "json":
        return [(record["code"], record["line"]) for record in json.loads(printed)]
    if style == "sarif":
        results = json.loads(printed)["runs"][0]["results"]
        regions = [result["locations"][0]["physicalLocation"]["region"] for result in results]
        return [(result["ruleId"], region["startLine"]) for result, region in zip(results, regions, strict=True)]
    if style == "gitlab":
        return [(one["check_name"], one["location"]["positions"]["begin"]["line"]) for one in json.loads(printed)]
    if style == "junit":
        failures = ElementTree.fromstring(printed).iter("failure")
        return [(one.attrib["type"], int(str(one.text).split(":")[1])) for one in failures]
    lines = printed.splitlines()[:-1]
    places = [line.rpartition("]" if style == "azure" else "::")[2] if style != "text" else line for line in lines]
    return [(place.split()[1].strip(":"), int(place.split(":")[1])) for place in places]


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("named", [[], ["."], ["scoregen.yaml"]], ids=" ".join)
def test_a_config_is_judged_in_every_format(style: str, named: list[str], capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(BAD)
    assert main(["check", *named, "--format", style]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert findings(out, style) == [(code, line) for code, line, _, _ in SAID]


def test_the_words_are_those_of_generate(capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(BAD)
    main(["generate", "scoregen.yaml"])
    said = capsys.readouterr().err.splitlines()
    main(["check", "--format", "json"])
    records = json.loads(capsys.readouterr().out)
    assert [f"scoregen.yaml:{r['line']}:{r['column']}: {r['parameter']}: {r['message']}" for r in records] == said


@pytest.mark.parametrize("name", ["model.yaml", "a.scoregen.yml", "config.yml"])
def test_any_name_will_do_for_a_config_that_is_named(name: str, capsys: Captured) -> None:
    Path(name).write_text(BAD)
    assert main(["check", name]) == 1
    assert f"{name}:1:1: SG402 module: " in capsys.readouterr().out


def test_a_good_config_is_counted_and_nothing_is_said(capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(GOOD)
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["check", "--format", "github"]) == 0
    assert capsys.readouterr().out == "nothing to report in 1 file\n"


def test_a_dataset_that_is_not_there_is_a_warning(capsys: Captured) -> None:
    config = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users.csv}\n"
    Path("scoregen.yaml").write_text(config)
    assert main(["check"]) == 0
    said = "SG409 warning datasets.user_features.path: 'users.csv' is not there: put the data there before you deploy"
    assert capsys.readouterr().out.splitlines()[0] == f"scoregen.yaml:3:19: {said}"
    assert main(["check", "--strict"]) == 1
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert "scoregen.yaml:3:19: datasets.user_features.path: 'users.csv' is not there" in capsys.readouterr().err
    assert not Path("out").exists()
    Path("users.csv").write_text("user\n")
    assert main(["check", "--strict"]) == 0
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0


def test_a_comment_silences_a_warning_and_no_error(capsys: Captured) -> None:
    config = "module: Score SVD Recommender\nparameters:\n  return_ratings: true  # scoregen: ignore[SG404]\n"
    Path("scoregen.yaml").write_text(config)
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().out == ""
    Path("scoregen.yaml").write_text("module: Score Modell  # scoregen: ignore\n")
    assert main(["check"]) == 1


# The formats of --check

COMMANDS: dict[str, list[str]] = {
    "generate": ["generate", "scoregen.yaml"],
    "sync": ["sync"],
    "bundle": ["bundle", "scoregen.yaml", "-d", "out"],
}
commands = pytest.mark.parametrize("command", COMMANDS)
styles = pytest.mark.parametrize("style", [style for style in FORMATS if style != "text"])


@styles
@commands
def test_what_would_change_is_a_finding_in_every_format(command: str, style: str, capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(GOOD)
    arguments = [*COMMANDS[command], "--check", "--format", style]
    before = sorted(Path().iterdir())
    assert main(arguments) == 1
    assert {code for code, _ in findings(capsys.readouterr().out, style)} == {"SG410"}
    assert sorted(Path().iterdir()) == before
    main(COMMANDS[command])
    capsys.readouterr()
    assert main(arguments) == 0
    Path("out/score.py" if command == "bundle" else "score.py").write_text("mine")
    capsys.readouterr()
    assert main(arguments) == 1
    assert [code for code, _ in findings(capsys.readouterr().out, style)] == ["SG411"]


@styles
@commands
def test_a_wrong_config_is_a_finding_in_every_format(command: str, style: str, capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(BAD)
    assert main([*COMMANDS[command], "--check", "--format", style]) == 1
    out, err = capsys.readouterr()
    assert findings(out, style) == [(code, line) for code, line, _, _ in SAID]
    assert err == ""


@styles
@commands
def test_a_script_that_is_not_there_to_be_rewritten(command: str, style: str, capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(GOOD + "mode: rewrite\n")
    Path("score.py").write_text("def run(:\n")
    assert main([*COMMANDS[command], "--check", "--format", style]) == 1
    assert [code for code, _ in findings(capsys.readouterr().out, style)] == ["SG412"]


@commands
def test_a_format_goes_with_check(command: str, capsys: Captured) -> None:
    Path("scoregen.yaml").write_text(GOOD)
    assert main([*COMMANDS[command], "--format", "json"]) == 2
    assert capsys.readouterr() == ("", f"scoregen {command}: --format goes with --check\n")


# No name becomes a command

NAMES = [
    "##vso[task.setvariable variable=x]y",
    "##[error]y",
    "::error::y",
    "  ::set-output name=x::y",
    "a##VSO[task.complete]b",
    "###[group]y",
]


def is_command(line: str) -> bool:
    """Say whether Azure Pipelines or GitHub would take a line of a log for a command."""
    lowered = line.lower()
    return "##vso[" in lowered or "##[" in lowered or lowered.lstrip().startswith("::")


def test_the_commands_would_be_seen() -> None:
    assert all(map(is_command, NAMES))


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has no such names")
@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_no_file_name_becomes_a_command(style: str, name: str, capsys: Captured) -> None:
    Path(f"{name}.scoregen.yaml").write_text(BAD + f"output: '{name}.py'\n")
    Path(f"{name}.py").write_text(SCRIPT.replace("append_or_result_only=True", "append_or_result_only='x'"))
    for arguments in (["check"], ["check", f"{name}.py", f"{name}.txt"], ["sync", "--check"], ["sync"]):
        if style == "text" or arguments != ["sync"]:
            main([*arguments, "--format", style])
            out, err = capsys.readouterr()
            ours = {"github": "::", "azure": "##vso[task.logissue "}.get(style)
            for line in (out + err).splitlines():
                rest = line.removeprefix(ours) if ours and line.startswith(ours) else line
                if ours and rest != line:  # the first command of a line is the only one
                    assert rest.partition(" ")[0] in ("error", "warning", "notice") or rest.startswith("type=")
                else:
                    assert not is_command(line), line


@pytest.mark.parametrize("style", ["azure", "github"])
def test_a_name_ends_no_property(style: str, capsys: Captured) -> None:
    name = "a;type=x]b,line=9::c.scoregen.yaml" if style == "azure" else "a,line=9::b.scoregen.yaml"
    Path(name).write_text(BAD)
    assert main(["check", "--format", style]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    if style == "azure":
        told, _, data = first.removeprefix("##vso[task.logissue ").partition("]")
        properties = dict(part.split("=", 1) for part in told.strip(";").split(";"))
        path = properties.pop("sourcepath").replace("%3B", ";").replace("%5D", "]")
        assert properties == {"type": "error", "linenumber": "1", "columnnumber": "1", "code": "SG402"}
        assert data.startswith(f"{name}:1:1: SG402 module: ")
    else:
        told, _, _ = first.removeprefix("::error ").partition("::")
        path = dict(part.split("=", 1) for part in told.split(","))["file"].replace("%2C", ",").replace("%3A", ":")
    assert path == name


def test_a_gitlab_fingerprint_stays_when_lines_move(capsys: Captured) -> None:
    prints: list[list[Any]] = []
    for text in (BAD, "# a comment\n" + BAD, BAD + BAD.replace("paramters", "paramter2").replace("module", "modul2")):
        Path("scoregen.yaml").write_text(text)
        main(["check", "--format", "gitlab"])
        prints.append([one["fingerprint"] for one in json.loads(capsys.readouterr().out)])
    assert prints[0] == prints[1]
    assert all(len(set(some)) == len(some) for some in prints)


def test_junit_has_a_case_for_each_file(capsys: Captured) -> None:
    Path("a.scoregen.yaml").write_text(BAD)
    Path("b.scoregen.yaml").write_text(GOOD + "output: b.py\n")
    Path("score.py").write_text(SCRIPT)
    assert main(["check", "--format", "junit"]) == 1
    (suite,) = ElementTree.fromstring(capsys.readouterr().out)
    cases = {case.attrib["name"]: [failure.tag for failure in case] for case in suite}
    expected: dict[str, list[str]] = {
        "a.scoregen.yaml": ["failure", "failure"],
        "b.scoregen.yaml": [],
        "score.py": [],
    }
    assert cases == expected
    assert {name: suite.attrib[name] for name in ("tests", "failures", "errors")} == {
        "tests": "3",
        "failures": "2",
        "errors": "0",
    }
