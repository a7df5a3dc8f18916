"""What stands beside the parameters of a scoring call: the result, the form of the data, names, and what is said once."""

from __future__ import annotations

from typing import Any

import pytest

from generator import generate
from generator.actions import check as checking
from generator.actions.check import check, examine
from generator.actions.fix import edits_for_each, fix_examined
from generator.checks.context import Context, read_script
from generator.facts.modules import Table, load_tables

CLASSIC = ("Score Model", "Assign Data to Clusters", "Score SVD Recommender")
RESULT = "    (result,) = "


def codes(script: str) -> list[str]:
    return [finding.code for finding in check(script) if finding.severity != "info"]


def replaced(script: str, old: str, new: str) -> str:
    assert old in script
    return script.replace(old, new)


@pytest.mark.parametrize("table", [table for table in load_tables() if table.parameters], ids=lambda table: table.id)
def test_the_result(table: Table) -> None:
    script = generate({"module": table.id})
    attribute = table.result.attribute
    other = {"data": "data_frame", "data_frame": "data"}[attribute]
    assert codes(script) == []
    for target in ("result, = ", "[result] = ", "result, *_ = "):
        assert codes(replaced(script, "(result,) = ", target)) == []
    assert codes(replaced(script, "(result,) = ", "result = ")) == ["SG123"]
    assert codes(replaced(script, f"result.{attribute}", f"result.{other}")) == ["SG123"]
    assert codes(replaced(replaced(script, "(result,) = ", "results = "), "result.", "results[0].")) == []
    assert codes(replaced(replaced(script, "(result,) = ", "results = "), "result.", "results[0][0].")) == []


@pytest.mark.parametrize("module", CLASSIC)
def test_a_directory_where_the_module_takes_what_is_in_it(module: str) -> None:
    """Each fails at every request, as the runtimes show."""
    script = generate({"module": module})
    assert codes(replaced(script, "load(folder).model", "load(folder)")) == ["SG103"]
    made = "DataFrameDirectory(frame, schema)"
    assert codes(replaced(script, f"DataTable.from_dfd({made})", made)) == ["SG103"]


@pytest.mark.parametrize("module", ["Score Wide and Deep Recommender", "Score Vowpal Wabbit Model"])
def test_the_model_of_a_directory_is_taken_where_that_works(module: str) -> None:
    """Both answer when they are given ``.model``, as their runtimes show."""
    script = generate({"module": module})
    assert codes(replaced(script, "load(folder)", "load(folder).model")) == []


def test_a_model_that_init_keeps() -> None:
    script = generate({"module": "Score Model"})
    kept = replaced(script, "global model, schema", "global schema")
    (finding,) = [item for item in check(kept) if item.code == "SG124"]
    assert finding.severity == "error"
    assert "init() keeps 'model' for itself" in finding.message
    caught = replaced(kept, RESULT, "    try:\n        model\n    except NameError:\n        return None\n" + RESULT)
    assert [item.line for item in check(caught) if item.code == "SG124"] == [finding.line + 4]
    branch = replaced(kept, RESULT, "    if data:\n        print(model)\n" + RESULT)
    assert [item.severity for item in check(branch) if item.code == "SG124"] == ["warning", "error"]


def test_what_only_the_running_script_knows_is_said_once() -> None:
    script = generate(
        {
            "module": "Score SVD Recommender",
            "parameters": {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems"},
        }
    )
    one = replaced(script, "max_recommended_item_count=5", "max_recommended_item_count=len(data)")
    two = replaced(one, "return_ratings=False", "return_ratings=bool(data)")
    (said,) = [item for item in check(one) if item.code == "SG114"]
    assert said.about == "max_recommended_item_count"
    (said,) = [item for item in check(two) if item.code == "SG114"]
    assert "max_recommended_item_count and return_ratings" in said.message


@pytest.mark.parametrize("selection", ["FromAllItems", "FromRatedItems"])
def test_any_selection_may_be_filled_with_nan(selection: str) -> None:
    """Seen with more items asked for than there are."""
    parameters = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": selection}
    script = generate({"module": "Score SVD Recommender", "parameters": parameters})
    assert "SG112" in {finding.code for finding in check(script)}


@pytest.mark.parametrize(
    ("arguments", "is_said"),
    [("--link logistic", True), ("--link=logistic", True), ("", False), ("--link identity", False)],
)
def test_a_link_that_squeezes(arguments: str, is_said: bool) -> None:
    script = generate({"module": "Score Vowpal Wabbit Model", "parameters": {"vw_arguments": arguments}})
    assert ("SG125" in {finding.code for finding in check(script)}) == is_said


def test_a_script_is_read_once_and_once_more_for_all_that_is_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems"}
    script = generate({"module": "Score SVD Recommender", "parameters": parameters})
    for right, wrong in (
        ("return_ratings=False", "return_ratings='False'"),
        (".ItemRecommendation", ".ItemRecomendation"),
        ("max_recommended_item_count=", "max_recomended_item_count="),
    ):
        script = replaced(script, right, wrong)
    read: list[str] = []

    def counted(source: str, *others: Any) -> Context:
        read.append(source)
        return read_script(source, *others)

    monkeypatch.setattr(checking, "read_script", counted)
    examined = examine(script)
    assert len(edits_for_each(examined)) == 3
    assert len(read) == 2
    assert fix_examined(examined)[1] >= 3
    assert len(read) <= 4
