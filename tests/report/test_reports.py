"""The reports of ``scoregen check`` that other tools read: all say the same, each as its readers want it."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import __version__
from generator.actions.check import examine
from generator.actions.fix import edits_for_each, fix
from generator.cli.main import main
from generator.facts.codes import load_codes
from generator.findings import START, Finding
from generator.report import Checked, addresses
from generator.report.fingerprint import line_hashes
from generator.report.github import as_github
from generator.report.json import as_json
from generator.report.sarif import as_sarif
from generator.report.text import Style, as_text
from tests.cli.test_check_command import FATAL, FIXES, GOOD, IMPORT, LEFT_ALONE, WARNING, wide
from tests.cli.test_check_command import script as svd
from tests.facts.test_codes import file_of as example_of
from tests.support.scripts import Edited, edited_scripts

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/continuous_integration.md"
SCRIPTS = {
    **{code.code: example_of(code, code.wrong) for code in load_codes().values() if code.about == "script"},
    **{name: before for name, (before, _) in FIXES.items()},
    **LEFT_ALONE,
    "over two lines": svd("\n    prediction_kind='Rating '\n    'Prediction'"),
    "behind characters that take two units": svd(f"**{{'\U0001f600\u6f22': 1}}, {FATAL}"),
    "a byte order mark that is left": "\ufeff" + svd(GOOD, IMPORT.replace("RecommenderPredictionKind, ", "")),
    "CRLF": svd(FATAL).replace("\n", "\r\n"),
    "CR": svd(FATAL).replace("\n", "\r"),
    "what looks like a command, a link and a place for an argument": svd(
        "**{'%0A::error::{0}[a](1)\\n::set-output name=a::b': 1}"
    ),
}
ODD_NAMES = ["a b.py", "\u00e9\u6f22.py", "a\nb.py", "a:b,c=d::e.py", "%41.py", "'\"#?&.py", "~ .py"]
if sys.platform == "linux":  # others have no names that are no text
    ODD_NAMES.append("\udcff.py")
MISTAKES = [
    ("prediction_kind", "predicton_kind"),
    ("return_ratings", "retrun_ratings"),
    ("From All Items", "From all items"),
    ("RatingPrediction", "RatingPredicton"),
    ("FromRatedItems", "FromRatedItem"),
    ("True", "'true'"),
    ("False", '"False"'),
    ('"True"', "True"),
    (", RecommenderPredictionKind", ""),
    (", RecommendedItemSelection", ""),
    ("append_or_result_only", "append_or_result"),
    ("=5", "='5'"),
]


class Found(NamedTuple):
    """A finding as a report has it; None for what that report does not tell."""

    path: str
    line: int
    column: int
    end_line: int | None
    end_column: int | None
    code: str
    severity: str
    message: str


@st.composite
def damaged_scripts(draw: st.DrawFn) -> str:
    edited: Edited = draw(edited_scripts())
    source = edited.source
    for old, new in draw(st.lists(st.sampled_from(MISTAKES), min_size=3, max_size=8, unique=True)):
        source = source.replace(old, new)
    return source


def checked(source: str, path: str = "score.py") -> Checked:
    examined = examine(source)
    return Checked(path, source, examined.findings, edits_for_each(examined))


def expected(script: Checked) -> list[Found]:
    return [found(script.path, finding) for finding in script.findings]


def found(path: str, finding: Finding) -> Found:
    message = f"{finding.about}: {finding.message}" if finding.about else finding.message
    return Found(path, *finding.place, *finding.behind, finding.code, finding.severity, message)


def sarif(*scripts: Checked) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(as_sarif(scripts))
    return log


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def from_sarif(printed: str) -> Iterator[Found]:
    assert printed.isascii()
    severities = {"error": "error", "warning": "warning", "note": "info"}
    for result in results(json.loads(printed)):
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        place = (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"])
        path = os.fsdecode(unquote_to_bytes(location["physicalLocation"]["artifactLocation"]["uri"]))
        yield Found(path, *place, result["ruleId"], severities[result["level"]], result["message"]["text"])


def from_json(printed: str) -> Iterator[Found]:
    for record in json.loads(printed):
        message = f"{record['parameter']}: {record['message']}" if record["parameter"] else record["message"]
        place = (record["line"], record["column"], record["end_line"], record["end_column"])
        yield Found(record["path"], *place, record["code"], record["severity"], message)


def from_text(printed: str) -> Iterator[Found]:
    for line in printed.splitlines()[:-1]:
        parts = re.fullmatch(r"(.*?):(\d+):(\d+): (SG\d+)(?: (warning|info))?(?:: | )(.*)", line)
        assert parts, line
        path, row, column, code, severity, message = parts.groups()
        yield Found(path, int(row), int(column), None, None, code, severity or "error", message)


def from_github(printed: str) -> Iterator[Found]:
    """Read commands as the runner does, which unescapes one character after the other, the percent sign last."""
    severities = {"error": "error", "warning": "warning", "notice": "info"}
    *commands, summary = printed.split("\n")[:-1]
    assert not summary.startswith("::")
    for line in commands:
        empty, command, data = line.split("::", 2)
        assert empty == ""
        name, _, listed = command.partition(" ")
        pairs = [pair.split("=", 1) for pair in listed.split(",")]
        properties = {key: unescaped(value, "\r\n:,%") for key, value in pairs}
        for number in ("line", "endLine", "col", "endColumn"):
            assert properties.get(number, "1").isdecimal()
        (told,) = from_text(f"{unescaped(data, chr(13) + chr(10) + '%')}\n\n")
        end_column = int(properties["endColumn"]) if "endColumn" in properties else None
        assert (properties["line"] == properties["endLine"]) == (end_column is not None) == ("col" in properties)
        assert "col" not in properties or int(properties["col"]) == told.column
        assert (int(properties["line"]), severities[name]) == (told.line, told.severity)
        assert properties["title"] == f"{told.code} {load_codes()[told.code].title}"
        yield told._replace(path=properties["file"], end_line=int(properties["endLine"]), end_column=end_column)


def unescaped(text: str, characters: str) -> str:
    for char in characters:
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def on_one_line(text: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def assert_all_say_the_same(script: Checked) -> None:
    wanted = expected(script)
    shown = [item._replace(message=on_one_line(item.message)) for item in wanted]
    assert list(from_json(as_json([script]))) == wanted
    assert list(from_sarif(as_sarif([script]))) == wanted
    assert list(from_github(as_github([script]))) == [
        item if item.line == item.end_line else item._replace(end_column=None) for item in shown
    ]
    in_text = [item._replace(end_line=None, end_column=None) for item in shown]
    assert list(from_text(as_text([script._replace(path="score.py")]))) == [
        item._replace(path="score.py") for item in in_text
    ]


@pytest.mark.parametrize("source", SCRIPTS.values(), ids=SCRIPTS)
def test_all_formats_have_the_same_findings(source: str) -> None:
    assert_all_say_the_same(checked(source))


names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


@given(damaged_scripts(), names.filter(lambda name: name not in (".", "..")))
def test_all_formats_have_the_same_findings_of_any_script(source: str, name: str) -> None:
    assert_all_say_the_same(checked(source, name))


def edited(source: str, result: dict[str, Any], newlines: list[str]) -> str:
    """Apply a result's fix as a viewer would: its lines and columns are those of the text as it was, without a mark."""
    if source.startswith("\ufeff"):
        return "\ufeff" + edited(source.removeprefix("\ufeff"), result, newlines)
    (proposal,) = result["fixes"]
    (change,) = proposal["artifactChanges"]
    assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
    ends = [match.end() for match in re.finditer("|".join(newlines), source)]
    starts = [0, *ends]
    position, parts = 0, []
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert position <= start <= end, "in order, and apart"
        parts += [source[position:start], replacement["insertedContent"]["text"]]
        position = end
    return "".join([*parts, source[position:]])


def assert_fixes_are_those_of_fix(source: str) -> None:
    """Each rids the script of its finding; the first, again and again, makes of it what ``--fix`` makes of it."""
    wanted = fix(source)
    for _ in range(20):
        log = sarif(checked(source))
        newlines = log["runs"][0]["newlineSequences"]
        before = Counter((item["ruleId"], item["message"]["text"]) for item in results(log))
        fixable = [result for result in results(log) if "fixes" in result]
        for result in fixable:
            after = sarif(checked(edited(source, result, newlines)))
            what = (result["ruleId"], result["message"]["text"])
            assert Counter((item["ruleId"], item["message"]["text"]) for item in results(after))[what] < before[what]
        if not fixable:
            break
        source = edited(source, fixable[0], newlines)
    assert source == wanted


@pytest.mark.parametrize("source", SCRIPTS.values(), ids=SCRIPTS)
def test_a_fix_in_sarif_is_what_check_would_do(source: str) -> None:
    assert_fixes_are_those_of_fix(source)


@given(damaged_scripts())
def test_a_fix_in_sarif_is_what_check_would_do_with_any_script(source: str) -> None:
    assert_fixes_are_those_of_fix(source)


@pytest.mark.parametrize(("before", "after"), FIXES.values(), ids=FIXES)
def test_what_check_puts_right_has_a_fix(before: str, after: str) -> None:
    fixed = [result for result in results(sarif(checked(before))) if "fixes" in result]
    assert fixed
    assert all(result["fixes"][0]["description"]["text"] for result in fixed)


@pytest.mark.parametrize("source", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_check_leaves_alone_has_none(source: str) -> None:
    assert not any("fixes" in result for result in results(sarif(checked(source))))


def test_of_two_findings_that_want_the_same_name_only_one_has_a_fix() -> None:
    source = svd(f"{GOOD}, retrun_ratings=True, return_ratngs=False")
    fixed = [result for result in results(sarif(checked(source))) if "fixes" in result]
    assert [result["message"]["text"].partition(":")[0] for result in fixed] == ["retrun_ratings"]


def test_of_two_findings_that_say_the_same_the_one_that_is_put_right_has_the_fix() -> None:
    wrong = "recommender_prediction_kind="
    either = f"{wrong}('RatingPrediction' if input() else 'Rating Prediction')"
    source = wide(f"{wrong}'RatingPrediction'") + wide(either)
    first, second = (result for result in results(sarif(checked(source))) if result["ruleId"] == "SG102")
    assert first["message"] == second["message"]
    assert ("fixes" in first, "fixes" in second) == (True, False)


def test_every_code_is_a_rule_with_all_that_code_scanning_requires() -> None:
    driver = sarif()["runs"][0]["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("scoregen", __version__)
    assert [rule["id"] for rule in driver["rules"]] == list(load_codes())
    for rule, code in zip(driver["rules"], load_codes().values(), strict=True):
        texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"]]
        assert [text.lower() for text in texts] == [code.title.lower(), code.meaning.lower()]
        assert all(0 < len(text) <= 1024 for text in texts)
        level = {"error": "error", "warning": "warning", "info": "note"}[code.severity]
        assert rule["defaultConfiguration"] == {"level": level}
        for help_text in rule["help"].values():
            assert code.right == "" or code.right.splitlines()[-1] in help_text
            assert code.remedy[:20] in help_text
            assert not help_text.startswith("#")


def test_a_result_leads_to_its_rule() -> None:
    for source in SCRIPTS.values():
        log = sarif(checked(source))
        for result in results(log):
            assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_line_has_the_hash_that_the_upload_action_gives_it() -> None:
    """The hashes are what github/codeql-action 4.36 printed of these texts."""
    assert line_hashes("") == ["c129715d7a2bc9a3:1"]
    text = "x\t= 1234567890\n" * 10 + "\tprint('\u00e9 \U0001f600')\r\n\r\n\rend"
    assert line_hashes(text) == [
        "36cf101b908baf2d:1",
        "36cf101b908baf2d:2",
        "36cf101b908baf2d:3",
        "36cefb42f943a796:1",
        "f12561835070e9c2:1",
        "3abaf0f8b23554da:1",
        "1ab244955499e8d2:1",
        "d4b82764861c132a:1",
        "6a6f8145a95dff62:1",
        "486238da14bf2efa:1",
        "f05eaa01dbf172:1",
        "6141ba0c28270ece:1",
        "165fbdbbce84915c:1",
        "43b6461eda086fe2:1",
    ]


@given(damaged_scripts(), st.text(st.sampled_from(" \t#a\n"), max_size=200))
@example(svd(FATAL), "\n" * 200)
def test_findings_keep_their_fingerprints_when_lines_move(source: str, above: str) -> None:
    moved = "".join(f"#{line}\n" for line in above.splitlines()) + source
    before, after = (
        [(result["ruleId"], result["partialFingerprints"]) for result in results(sarif(checked(text)))]
        for text in (source, moved)
    )
    assert before == after


Report = Callable[..., tuple[int, str, str]]


@pytest.fixture
def report(folder: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["check", *arguments])
        return code, *capsys.readouterr()

    return run


def locations(printed: str) -> set[tuple[str, str | None]]:
    artifacts = [
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in results(json.loads(printed))
    ]
    return {(artifact["uri"], artifact.get("uriBaseId")) for artifact in artifacts}


def files(printed: str) -> set[str]:
    return {item.path for item in from_github(printed)}


def test_any_name_is_a_uri_and_a_property(folder: Path, report: Report) -> None:
    for name in ODD_NAMES:
        (folder / name).write_text(svd(FATAL))
    _, printed, _ = report("--format", "sarif")
    assert {base for _, base in locations(printed)} == {"%SRCROOT%"}
    uris = {uri for uri, _ in locations(printed)}
    assert {os.fsdecode(unquote_to_bytes(uri)) for uri in uris} == set(ODD_NAMES)
    assert all(urlsplit(uri) == ("", "", uri, "", "") for uri in uris)
    _, printed, _ = report("--format", "github")
    assert {path.replace(r"\udcff", "\udcff") for path in files(printed)} == set(ODD_NAMES)
    _, printed, _ = report("--format", "json")
    assert {record["path"] for record in json.loads(printed)} == set(ODD_NAMES)


def test_paths_are_those_of_the_repository(folder: Path, report: Report) -> None:
    (folder / "sub").mkdir()
    for path in (folder / "sub/a.py", folder.parent / "out side.py"):
        path.write_text(svd(FATAL))
    (folder / "link.py").symlink_to("sub/a.py")
    outside = (folder.parent / "out side.py").as_posix()
    named = ["link.py", str(folder / "sub/a.py"), "./sub/../sub/a.py", "../out side.py"]
    _, printed, _ = report(*named, "--format", "sarif")
    assert locations(printed) == {("sub/a.py", "%SRCROOT%"), (f"file://{outside.replace(' ', '%20')}", None)}
    assert len(results(json.loads(printed))) == 2
    _, printed, _ = report(*named, "--format", "github")
    assert (files(printed), printed.splitlines()[-1]) == ({"sub/a.py", outside}, "2 errors in 2 files")


@pytest.mark.parametrize("style", ["json", "sarif", "github"])
def test_standard_input_has_a_name(style: str, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(svd(FATAL).encode())))
    code, printed, _ = report("-", "--format", style)
    read = {"json": from_json, "sarif": from_sarif, "github": from_github}[style]
    assert (code, [item.path for item in read(printed)]) == (1, ["<stdin>"])


@pytest.mark.parametrize("style", ["text", "json", "sarif", "github"])
def test_the_exit_code_depends_on_no_format(style: str, folder: Path, report: Report) -> None:
    codes = []
    for source in (svd(GOOD), wide(WARNING), svd(FATAL)):
        (folder / "score.py").write_text(source)
        codes += [report("--format", style)[0], report("--strict", "--format", style)[0]]
    assert codes == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("style", ["json", "sarif", "github"])
def test_what_cannot_be_read_is_no_part_of_a_report(style: str, folder: Path, report: Report) -> None:
    (folder / "folder.py").mkdir()
    (folder / "score.py").write_text(svd(FATAL))
    (folder / "latin.py").write_bytes(svd(GOOD).encode() + b"# \xe9\n")
    code, printed, errors = report("gone.py", ".", "score.py/x.py", "--format", style)
    assert (code, errors) == (
        2,
        "gone.py: cannot be read: No such file or directory\nscore.py/x.py: cannot be read: Not a directory\n",
    )
    read = {"json": from_json, "sarif": from_sarif, "github": from_github}[style]
    assert [(item.path, item.code) for item in read(printed)] == [("latin.py", "SG100"), ("score.py", "SG103")]


def test_sarif_says_what_could_not_be_read(folder: Path, report: Report) -> None:
    (folder / "score.py").write_text(svd(GOOD))
    (invocation,) = json.loads(report("--format", "sarif")[1])["runs"][0]["invocations"]
    assert invocation == {"executionSuccessful": True, "toolExecutionNotifications": []}
    (invocation,) = json.loads(report("gone.py", "--format", "sarif")[1])["runs"][0]["invocations"]
    message = {"text": "gone.py: cannot be read: No such file or directory"}
    notifications = [{"level": "error", "message": message}]
    assert invocation == {"executionSuccessful": False, "toolExecutionNotifications": notifications}


@pytest.mark.parametrize(
    ("content", "line"), [(svd(GOOD).encode() + b"# \xe9\n", 6), (b"# coding: nonsense\n" + svd(GOOD).encode(), 1)]
)
def test_bytes_that_are_no_text_have_no_fingerprint(content: bytes, line: int, folder: Path, report: Report) -> None:
    (folder / "score.py").write_bytes(content)
    (result,) = results(json.loads(report("--format", "sarif")[1]))
    assert "partialFingerprints" not in result
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == line


@pytest.mark.parametrize("style", ["json", "sarif", "github"])
def test_what_is_fixed_is_said_beside_the_report(style: str, folder: Path, report: Report) -> None:
    (folder / "score.py").write_text(svd(f"{FATAL}, count=5"))
    code, printed, errors = report("--fix", "--format", style)
    assert (code, errors) == (1, "score.py: 1 fixed\n")
    read = {"json": from_json, "sarif": from_sarif, "github": from_github}[style]
    assert list(read(printed)) == expected(checked(svd(f"{GOOD}, count=5")))


def test_annotations_end_with_a_count_even_where_there_are_none(folder: Path, report: Report) -> None:
    code, printed, errors = report("--format", "github")
    assert (code, printed) == (0, "nothing of the designer found\n")
    assert errors.startswith("nothing to check: ")
    (folder / "score.py").write_text(svd(GOOD))
    assert report("--format", "github") == (0, "nothing to report in 1 file\n", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_fix_fits_the_file(encoding: str, newline: str, folder: Path, report: Report) -> None:
    """Behind a byte order mark, in its encoding and with its line endings."""
    source = f"# coding: {encoding.removesuffix('-sig')}\n# \u00e9\n{svd(FATAL, IMPORT.replace(', ', chr(44)))}"
    (folder / "score.py").write_bytes(source.replace("\n", newline).encode(encoding))
    log = json.loads(report("--format", "sarif")[1])
    (result,) = results(log)
    text = edited((folder / "score.py").read_bytes().decode(encoding), result, log["runs"][0]["newlineSequences"])
    assert report("--fix")[0] == 0
    assert (folder / "score.py").read_bytes() == text.encode(encoding)


@pytest.fixture
def unread_addresses() -> Iterator[None]:
    """Have the project's addresses read anew, and again behind the test."""
    addresses.address.cache_clear()
    yield
    addresses.address.cache_clear()


@pytest.mark.usefixtures("unread_addresses")
def test_codes_are_links_on_a_terminal_where_the_project_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    urls = ["Homepage, https://example.org/s", "Check codes, https://example.org/s/checks"]
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: Message(urls))
    assert addresses.page_of("SG101") == "https://example.org/s/checks#sg101"
    found = Checked("score.py", "x", [Finding("wrong", place=START, code="SG101")])
    linked = as_text([found], Style(True, True, 80, addresses.page_of))
    assert "\x1b]8;;https://example.org/s/checks#sg101\x1b\\\x1b[31mSG101\x1b[0m\x1b]8;;\x1b\\" in linked
    driver = json.loads(as_sarif([found]))["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == "https://example.org/s"
    assert driver["rules"][1]["helpUri"] == "https://example.org/s/checks#sg101"


@pytest.mark.usefixtures("unread_addresses")
def test_without_an_address_nothing_leads_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: Message([]))
    found = Checked("score.py", "x", [Finding("wrong", place=START, code="SG101")])
    assert "\x1b]8" not in as_text([found], Style(True, True, 80, addresses.page_of))
    driver = json.loads(as_sarif([found]))["runs"][0]["tool"]["driver"]
    assert "informationUri" not in driver
    assert not any("helpUri" in rule for rule in driver["rules"])


class Message:
    """What an installed package says of itself."""

    def __init__(self, urls: list[str]) -> None:
        self._urls = urls

    def get_all(self, _: str) -> list[str]:
        return self._urls
