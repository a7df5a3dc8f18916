"""``scoregen check``: which scripts are good, how findings are shown, and what --fix puts right."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.actions.check import check, examine
from generator.actions.fix import fix, fix_examined
from generator.cli.main import main
from generator.findings import Finding, Place
from generator.report import Checked
from generator.report.text import Style, as_text, wants_colour

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "golden" / "generate"
SVD = "azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender"
WIDE = "azureml.designer.modules.recommendation.dnn.wide_and_deep.score.score_wide_and_deep_recommender"
IMPORT = f"from {SVD} import RecommenderPredictionKind, ScoreSVDRecommenderModule"
FATAL = 'prediction_kind="Rating Prediction"'
GOOD = "prediction_kind=RecommenderPredictionKind.RatingPrediction"
ITEMS = (
    "prediction_kind=RecommenderPredictionKind.ItemRecommendation,"
    " recommended_item_selection={}, max_recommended_item_count=5, return_ratings=False"
)


def script(parameters: str, imports: str = IMPORT) -> str:
    return (
        f"{imports}\n\n\ndef run(data):\n"
        f"    return ScoreSVDRecommenderModule().run(learner=model, test_data=data, training_data=None, {parameters})\n"
    )


def wide(parameters: str) -> str:
    """A script for the module that takes its options and booleans as text."""
    ports = "trained_wide_and_deep_recommendation_model=m, dataset_to_score=d, training_data=None"
    return (
        f"from {WIDE} import ScoreWideAndDeepRecommenderModule as Module\n"
        f"Module().run({ports}, user_features=None, item_features=None, {parameters})\n"
    )


WARNING = 'recommender_prediction_kind="Rating Prediction", maximum_number_of_items_to_recommend_to_a_user=0'
WIDE_ITEMS = (
    'recommender_prediction_kind="Item Recommendation", recommended_item_selection="From All Items",'
    " maximum_number_of_items_to_recommend_to_a_user=5,"
    " whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels="
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(printed: str) -> list[tuple[str, str]]:
    return [(record["path"], record["code"]) for record in json.loads(printed)]


def test_good_scripts_are_passed_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(script(GOOD))
    for arguments in ([], ["."], ["score.py"], ["--strict"], ["--fix"]):
        assert main(["check", *arguments]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_generated_scripts_have_nothing_worse_than_information(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict", "--format", "json", str(GOLDEN)]) == 0
    assert {record["severity"] for record in json.loads(capsys.readouterr().out)} == {"info"}


def test_an_error_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(script(FATAL))
    assert main(["check"]) == 1
    line, count = capsys.readouterr().out.splitlines()
    assert line == f"score.py:5:111: SG103 prediction_kind: {check(script(FATAL))[0].message}"
    assert count == "1 error in 1 file"


def test_warnings_count_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(wide(WARNING))
    assert main(["check"]) == 0
    _, line, count = capsys.readouterr().out.splitlines()
    assert line.startswith("score.py:2:236: SG104 warning maximum_number_of_items_to_recommend_to_a_user: ")
    assert count == "1 warning, 1 info in 1 file"
    assert main(["check", "--strict"]) == 1


def test_json_has_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    Path("\u00e9 1.py").write_text(wide(WIDE_ITEMS + "True"), encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert json.loads(printed) == [
        {
            "path": "\u00e9 1.py",
            "line": 2,
            "column": 361,
            "end_line": 2,
            "end_column": 365,
            "code": "SG103",
            "severity": "error",
            "parameter": "whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels",
            "message": check(wide(WIDE_ITEMS + "True"))[0].message,
            "allowed": ['"True"', '"False"'],
            "suggestion": '"True"',
        }
    ]


def test_both_formats_have_the_same_findings(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(GOLDEN)])
    lines = capsys.readouterr().out.splitlines()[:-1]
    main(["check", str(GOLDEN), "--format", "json"])
    records = json.loads(capsys.readouterr().out)
    assert [line.split(" ")[:2] for line in lines] == [
        [f"{record['path']}:{record['line']}:{record['column']}:", record["code"]] for record in records
    ]


def test_folders_are_searched_and_other_python_files_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.py", "sub/b.py", "env/c.py"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(script(FATAL))
    Path("env/pyvenv.cfg").write_text("")
    Path("other.py").write_text("print 'Python 2'\n")
    Path("latin.py").write_bytes(b"x = '\xe9'\n")
    assert main(["check", "--format", "json"]) == 1
    assert codes(capsys.readouterr().out) == [("a.py", "SG103"), ("sub/b.py", "SG103")]


def test_a_file_that_is_named_is_judged(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "other.py": b"print 'Python 2'\n",
        "latin.py": b"x = '\xe9'\n",
        "powershell.py": script(FATAL).encode("utf-16"),
        "helpers.py": b"x: list[int] = [1]\n",
        "pipeline.py": b"from azureml.designer.serving.dagengine.score_implementation import init, run\n",
        "starred.py": b"from azureml.designer.serving.dagengine.score_implementation import *\n",
    }
    for name, content in files.items():
        Path(name).write_bytes(content)
    assert main(["check", *files, "--format", "json"]) == 1
    printed, errors = capsys.readouterr()
    assert errors.startswith("helpers.py: cannot be judged: no Score module of the designer is imported in it: ")
    assert codes(printed) == [
        ("other.py", "SG100"),
        ("latin.py", "SG100"),
        ("powershell.py", "SG100"),
        ("pipeline.py", "SG122"),
        ("starred.py", "SG122"),
    ]
    assert "UTF-16" in json.loads(printed)[2]["message"]
    assert main(["check", "pipeline.py"]) == 0
    assert main(["check", "helpers.py", "pipeline.py"]) == 1
    capsys.readouterr()
    monkeypatch.setenv("PRE_COMMIT", "1")  # which names whatever was changed
    assert main(["check", *files]) == 1
    assert [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "powershell.py:1:1",  # the one that is a designer's script, whatever its encoding
        "1 error in 1 file",
    ]


@pytest.mark.parametrize(
    ("name", "python", "said"),
    [
        ("conda_env.yaml", "python=3.9.18", None),
        ("conda_env.yml", "python=3.9.18", None),
        ("conda_env.yaml", "python=3.8.10", "the endpoint has 3.8 by conda_env.yaml"),
        ("conda_env.yaml", "python<3.9", "the endpoint has 3.8 by conda_env.yaml"),
        ("conda_env.yaml", "pip", "the endpoint has 3.8:"),
        ("other.yaml", "python=3.9.18", "the endpoint has 3.8:"),
    ],
)
def test_the_endpoints_python_is_that_of_the_conda_file(
    name: str, python: str, said: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("score.py").write_text("x = {} | {}\n" + script(GOOD))
    Path(name).write_text(f"dependencies:\n- {python}\n- pip:\n  - azureml-designer-serving\n")
    main(["check", "score.py"])
    printed = capsys.readouterr().out
    assert ("SG120" in printed) == (said is not None)
    assert said is None or said in printed


def test_a_module_that_a_package_brings_is_not_missed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text("import dataclasses\nimport contextvars\n" + script(GOOD))
    Path("conda_env.yaml").write_text("dependencies:\n- python=3.6.8\n- pip:\n  - dataclasses==0.8\n")
    assert main(["check", "score.py", "--format", "json"]) == 1
    printed = capsys.readouterr().out
    assert codes(printed) == [("score.py", "SG120")]
    assert "contextvars needs Python 3.7" in json.loads(printed)[0]["message"]


def test_a_python_that_cannot_be_judged_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(script(GOOD))
    Path("conda_env.yaml").write_text("dependencies:\n- python=3.29\n")
    assert main(["check", "score.py"]) == 0
    assert "the endpoint has Python 3.29 by conda_env.yaml, and scoregen runs on" in capsys.readouterr().out


def test_a_named_file_is_checked_wherever_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    Path("env").mkdir()
    Path("env/pyvenv.cfg").write_text("")
    Path("env/score").write_text(script(FATAL))
    assert main(["check"]) == 0
    assert main(["check", "env/score", "./env/score", "--format", "json"]) == 1
    assert codes(capsys.readouterr().out) == [("env/score", "SG103")]


def test_a_file_that_python_cannot_read_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text(script(GOOD) + "print 'Python 2'\n")
    Path("b.py").write_bytes(script(GOOD).encode() + b"# \xe9\n")
    Path("c.py").write_bytes(b"# coding: nonsense\n" + script(GOOD).encode())
    assert main(["check", "--fix"]) == 1
    *lines, count = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["a.py:6:1", "SG100"],
        ["b.py:6:3", "SG100"],
        ["c.py:1:1", "SG100"],
    ]
    assert count == "3 errors in 3 files"


def test_any_encoding_and_line_ending_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {
        "bom.py": b"\xef\xbb\xbf" + script(FATAL).encode(),
        "crlf.py": script(FATAL).replace("\n", "\r\n").encode(),
        "latin.py": f"# coding: latin-1\n# \u00e9\n{script(FATAL)}".encode("latin-1"),
    }.items():
        Path(name).write_bytes(text)
    assert main(["check"]) == 1
    assert [line.partition(": '")[0] for line in capsys.readouterr().out.splitlines()[:-1]] == [
        "bom.py:5:111: SG103 prediction_kind",
        "crlf.py:5:111: SG103 prediction_kind",
        "latin.py:7:111: SG103 prediction_kind",
    ]


def test_a_file_that_cannot_be_read_stops_none_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    Path("z.py").write_text(script(FATAL))
    assert main(["check", "gone.py", "z.py", "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert codes(out) == [("z.py", "SG103")]
    assert err == "gone.py: cannot be read: No such file or directory\n"


def test_a_link_that_leads_nowhere_is_no_error_unless_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    Path("a.py").symlink_to("nowhere")
    assert main(["check"]) == 0
    assert capsys.readouterr().err.startswith("nothing to check: ")
    assert main(["check", "a.py"]) == 2
    assert capsys.readouterr() == ("", "a.py: cannot be read: No such file or directory\n")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(script(FATAL).encode())))
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("<stdin>:5:111: SG103 ")
    assert main(["check", "-", "--fix"]) == 2
    assert capsys.readouterr().err == "scoregen check: --fix writes to files, and - names none\n"


@pytest.mark.parametrize("arguments", [["--format", "html"], ["--strictly"]])
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", *arguments])
    assert stop.value.code == 2


def test_a_finding_is_silenced_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    silenced = script(FATAL).rstrip("\n") + "  # scoregen: ignore[{}]\n"
    Path("score.py").write_text(silenced.format("SG103"))
    assert main(["check", "--fix"]) == 0
    assert Path("score.py").read_text() == silenced.format("SG103")
    Path("score.py").write_text(silenced.format("SG110"))
    assert main(["check"]) == 1


FIXES = {
    "a misspelt member": (
        script("prediction_kind=RecommenderPredictionKind.RatingPredicton"),
        script(GOOD),
    ),
    "a misspelt member by subscript": (
        script("prediction_kind=RecommenderPredictionKind['RatingPredicton']"),
        script("prediction_kind=RecommenderPredictionKind['RatingPrediction']"),
    ),
    "a misspelt keyword": (script("predicton_kind=RecommenderPredictionKind.RatingPrediction"), script(GOOD)),
    "a misspelt key of a dict": (
        script("**{'Prediction-Kind': RecommenderPredictionKind.RatingPrediction}"),
        script("**{'prediction_kind': RecommenderPredictionKind.RatingPrediction}"),
    ),
    "a misspelt key of a dict, its value too": (
        script('**{"predicton_kind": RecommenderPredictionKind.ratingprediction}'),
        script('**{"prediction_kind": RecommenderPredictionKind.RatingPrediction}'),
    ),
    "an option as text where it is a member": (script("prediction_kind='Rating Prediction'"), script(GOOD)),
    "under the name that the script gives the Enum": (
        script("prediction_kind='RatingPrediction'", IMPORT.replace("Kind,", "Kind as Kind,")),
        script("prediction_kind=Kind.RatingPrediction", IMPORT.replace("Kind,", "Kind as Kind,")),
    ),
    "a missing import": (
        script(GOOD, f"from {SVD} import ScoreSVDRecommenderModule"),
        script(GOOD, f"from {SVD} import ScoreSVDRecommenderModule, RecommenderPredictionKind"),
    ),
    "a missing import of an Enum that is misspelt too": (
        script(
            "prediction_kind=RecommenderPredictionKind.Rating_Prediction",
            f"from {SVD} import ScoreSVDRecommenderModule",
        ),
        script(GOOD, f"from {SVD} import ScoreSVDRecommenderModule, RecommenderPredictionKind"),
    ),
    "an Enum reached through its module": (
        script(GOOD, f"import {SVD} as svd").replace("return Score", "return svd.Score"),
        script(GOOD.replace("=", "=svd."), f"import {SVD} as svd").replace("return Score", "return svd.Score"),
    ),
    "a boolean where it is text": (wide(WIDE_ITEMS + "True"), wide(WIDE_ITEMS + '"True"')),
    "text where it is a boolean": (
        script(
            ITEMS.format("RecommendedItemSelection.FromAllItems").replace("False", "'false'"), f"from {SVD} import *"
        ),
        script(ITEMS.format("RecommendedItemSelection.FromAllItems"), f"from {SVD} import *"),
    ),
    "a text with another case, in its own quotes": (
        wide("recommender_prediction_kind='rating prediction'"),
        wide("recommender_prediction_kind='Rating Prediction'"),
    ),
    "a value behind a name that nothing else uses": (
        "KIND = 'RatingPrediction'\n" + wide("recommender_prediction_kind=KIND"),
        "KIND = 'Rating Prediction'\n" + wide("recommender_prediction_kind=KIND"),
    ),
    "a value behind a name that something else uses": (
        "KIND = 'RatingPrediction'\nprint(KIND)\n" + wide("recommender_prediction_kind=KIND"),
        "KIND = 'RatingPrediction'\nprint(KIND)\n" + wide('recommender_prediction_kind="Rating Prediction"'),
    ),
    "beside arguments that are not known": (script(f"{FATAL}, **others()"), script(f"{GOOD}, **others()")),
    "a value with a second name": (
        f"a = b = 'RatingPrediction'\n{wide('recommender_prediction_kind=a')}print(b)\n",
        f"a = b = 'RatingPrediction'\n{wide('recommender_prediction_kind=%sRating Prediction%s' % (2 * (chr(34),)))}print(b)\n",
    ),
    "a value that is named on the way": (
        script("prediction_kind=(kind := 'RatingPrediction')"),
        script(f"prediction_kind=(kind := {GOOD.partition('=')[2]})"),
    ),
    "a member that fails wherever it is used": (
        f"{IMPORT}\nKIND = RecommenderPredictionKind.ratingprediction\nprint(KIND.name)\n{script('prediction_kind=KIND')}",
        f"{IMPORT}\nKIND = RecommenderPredictionKind.RatingPrediction\nprint(KIND.name)\n{script('prediction_kind=KIND')}",
    ),
    "a value under which more comes to light": (
        script("prediction_kind=RecommenderPredictionKind.ItemRecomendation"),
        script("prediction_kind=RecommenderPredictionKind.ItemRecommendation"),
    ),
}


@pytest.mark.parametrize(("before", "after"), FIXES.values(), ids=FIXES)
def test_what_is_surely_meant_is_put_right(before: str, after: str) -> None:
    assert before != after
    assert fix(before) == after
    assert fix(after) == after


LEFT_ALONE = {
    "good": script(GOOD),
    "no designer script": "print('hello')\n",
    "no Python": script("prediction_kind=RecommenderPredictionKind.RatingPredicton") + "print 'x'\n",
    "a member that can be either of two": script(
        ITEMS.format("RecommendedItemSelection.FromUratedItems"), f"from {SVD} import *"
    ),
    "a member that is near nothing": script("prediction_kind=RecommenderPredictionKind.Default"),
    "a near but doubtful member": script(ITEMS.format("RecommendedItemSelection.FromItems"), f"from {SVD} import *"),
    "a keyword whose right name is given too": script(f"{GOOD}, predicton_kind=1"),
    "two keywords of which each may be the one": script(f"{GOOD}, retrun_ratings=True, return_rating=False").replace(
        "retrun_ratings=True", "return_ratings=True"
    ),
    "a doubtful keyword": script(f"{GOOD}, count=5"),
    "a number as text": script(
        ITEMS.format("RecommendedItemSelection.FromAllItems").replace("5", "'5'"), f"from {SVD} import *"
    ),
    "a number below the minimum": script(
        ITEMS.format("RecommendedItemSelection.FromAllItems").replace("5", "0"), f"from {SVD} import *"
    ),
    "a number for a boolean": wide(WIDE_ITEMS + "1"),
    "a missing argument": script(""),
    "a value that only the running script knows": script("prediction_kind=os.getenv('KIND')"),
    "a value that one branch gives": script("prediction_kind=(1 if os.getenv('KIND') else 'RatingPrediction')"),
    "silenced": script(FATAL).rstrip("\n") + "  # scoregen: ignore\n",
}


@pytest.mark.parametrize("source", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_not_sure_is_left_alone(source: str) -> None:
    assert fix(source) == source


def test_a_dict_that_two_modules_take_in_different_forms_is_not_turned_to_and_fro() -> None:
    source = (
        f"{IMPORT}\nfrom {WIDE} import ScoreWideAndDeepRecommenderModule\n"
        "common = {'recommended_item_selection': 'FromAllItems'}\n"
        "ScoreSVDRecommenderModule().run(learner=1, test_data=2, **common)\n"
        "ScoreWideAndDeepRecommenderModule().run(dataset_to_score=2, **common)\n"
    )
    fixed = fix(source)
    assert fix(fixed) == fixed


def test_a_byte_order_mark_stays() -> None:
    assert fix("\ufeff" + script(FATAL)) == "\ufeff" + script(GOOD)


def test_several_mistakes_are_counted() -> None:
    broken = script(
        ITEMS.format("RecommendedItemSelection.FromUndatedItems").replace("return_ratings", "retrun_ratings"),
        f"from {SVD} import (\n    ScoreSVDRecommenderModule,\n)",
    )
    fixed, number = fix_examined(examine(broken))
    assert number == 4
    assert fixed.source == script(
        ITEMS.format("RecommendedItemSelection.FromUnratedItems"),
        f"from {SVD} import (\n    ScoreSVDRecommenderModule,\n    RecommenderPredictionKind,\n    RecommendedItemSelection,\n)",
    )


def test_fix_writes_what_it_puts_right_and_reports_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    broken, fixed = (script(f"{parameter}, count=5").replace("\n", "\r\n").rstrip() for parameter in (FATAL, GOOD))
    Path("score.py").write_bytes(b"\xef\xbb\xbf" + broken.encode())
    Path("score.py").chmod(0o755)
    assert main(["check", "--fix"]) == 1
    assert capsys.readouterr().out == (
        f"score.py: 1 fixed\nscore.py:5:155: SG101 count: {check(fixed)[0].message}\n1 error in 1 file\n"
    )
    assert Path("score.py").read_bytes() == b"\xef\xbb\xbf" + fixed.encode()
    assert Path("score.py").stat().st_mode & 0o777 == 0o755
    assert main(["check", "--fix", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert (codes(out), err) == ([("score.py", "SG101")], "")
    assert Path("score.py").read_bytes() == b"\xef\xbb\xbf" + fixed.encode()


def test_what_was_fixed_does_not_disturb_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(script(FATAL))
    assert main(["check", "--fix", "--format", "json"]) == 0
    assert capsys.readouterr() == ("[]\n", "score.py: 1 fixed\n")


def test_a_file_that_cannot_be_written_stops_none_of_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.py", "b.py"):
        Path(name).write_text(script(FATAL))
    replace = os.replace

    def full(source: str, target: str, **folders: int) -> None:
        if target == "a.py":
            raise OSError(28, "No space left on device")
        replace(source, target, **folders)

    monkeypatch.setattr(os, "replace", full)
    assert main(["check", "--fix"]) == 2
    assert Path("a.py").read_text() == script(FATAL)
    assert Path("b.py").read_text() == script(GOOD)
    out, err = capsys.readouterr()
    assert err == "a.py: cannot be written: No space left on device\n"
    assert out.splitlines()[0] == "b.py: 1 fixed"
    assert {path.name for path in Path().iterdir()} == {"a.py", "b.py"}


def finding(column: int, end: int, line: int = 1, end_line: int = 1) -> Finding:
    return Finding("wrong", path=("name",), place=Place(line, column), end=Place(end_line, end), code="SG102")


def excerpt(line: str, column: int, end: int, width: int = 80, end_line: int = 1) -> list[str]:
    shown = as_text(
        [Checked("a.py", f"{line}\nnext", [finding(column, end, end_line=end_line)])], Style(True, False, width)
    )
    return shown.splitlines()[1:-1]


@pytest.mark.parametrize(
    ("line", "spot", "shown"),
    [
        ("    run(x=1)", (9, 10), ["    run(x=1)", "        ^"]),
        ("\trun(\tx=1)", (7, 10), ["    run(    x=1)", "            ^^^"]),
        ("run('\u6f22\u5b57', e\u0301=1)", (5, 9), ["    run('\u6f22\u5b57', e\u0301=1)", "        ^^^^^^"]),
        ("run('\u6f22\u5b57', e\u0301=1)", (11, 13), ["    run('\u6f22\u5b57', e\u0301=1)", "                ^"]),
        ("run('\x1b[31m', x)", (15, 16), ["    run('\ufffd[31m', x)", "                  ^"]),
        ("run(", (5, 5), ["    run(", "        ^"]),
        ("", (1, 1), ["", "    ^"]),
    ],
)
def test_the_source_line_has_carets_under_the_place(line: str, spot: tuple[int, int], shown: list[str]) -> None:
    assert excerpt(line, *spot) == shown


def test_carets_end_with_the_line() -> None:
    assert excerpt("x = [1,", 5, 2, end_line=2) == ["    x = [1,", "        ^^^"]


@pytest.mark.parametrize("column", [1, 20, 100, 297])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    line = "".join(chr(ord("a") + number % 26) for number in range(300))
    source, carets = excerpt(line, column, column + 3, width=60)
    assert len(source) <= 60
    assert source[carets.index("^") : carets.rindex("^") + 1] == line[column - 1 : column + 2]
    assert source.strip().strip(".") in line


def test_names_of_any_kind_stay_on_their_line() -> None:
    odd = finding(1, 2)._replace(path=("a\nb\x1b",), message="\u202e")
    assert as_text([Checked("a.py", "x", [odd])]).splitlines()[0] == r"a.py:1:1: SG102 a\nb\x1b: \u202e"


@pytest.mark.parametrize(
    ("environment", "on_terminal", "piped"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colour_is_for_terminals_unless_told(environment: dict[str, str], on_terminal: bool, piped: bool) -> None:
    assert (wants_colour(True, environment), wants_colour(False, environment)) == (on_terminal, piped)


def test_colours_are_all_that_they_add() -> None:
    scripts = [Checked("a.py", "run(x=1)", [finding(5, 6)])]
    coloured = as_text(scripts, Style(True, True))
    assert "\x1b[31mSG102\x1b[0m" in coloured
    for escape in ("\x1b[0m", "\x1b[1m", "\x1b[31m"):
        coloured = coloured.replace(escape, "")
    assert coloured == as_text(scripts, Style(True))


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_is_shown_the_source_and_that_all_is_well() -> None:
    Path("score.py").write_text(script(f"\n        {FATAL}"))
    printed = on_a_terminal("check")
    assert "\x1b[31mSG103\x1b[0m" in printed
    assert f"\n    {FATAL})\n                    \x1b[31m^^^^^^^^^^^^^^^^^^^\x1b[0m\n" in printed
    assert printed.endswith("1 error in 1 file\n")
    assert on_a_terminal("check", "--fix") == "score.py: 1 fixed\nnothing to report in 1 file\n"
    Path("score.py").unlink()
    assert on_a_terminal("check").splitlines()[-1] == "nothing of the designer found"


def on_a_terminal(*arguments: str) -> str:
    """Run the command as on a terminal, and return what it prints."""
    import pty

    reading, writing = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", *arguments]
    subprocess.run(command, stdout=writing, env=environment, check=False, timeout=60)
    os.close(writing)
    printed = b""
    with contextlib.suppress(OSError):  # that is how a pseudo-terminal ends
        while part := os.read(reading, 65536):
            printed += part
    os.close(reading)
    return printed.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("unmeasured")
def test_a_good_script_needs_none_of_the_heavy_libraries() -> None:
    Path("score.py").write_text(script(GOOD))
    program = (
        "import sys; from generator.cli.main import main; code = main(['check', 'score.py', '.']);"
        "print(sorted({'libcst', 'jinja2', 'jsonschema', 'json', 'difflib', 'yaml', 'packaging', 'pathlib'} & set(sys.modules))); sys.exit(code)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
