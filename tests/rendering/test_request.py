"""Requests: what a script takes, what it refuses and with which words, and what a config may say of it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator import ConfigError, check, generate, load_tables
from generator.actions.extract import extract
from generator.config.parse import parse_config
from generator.facts.modules import Table
from tests.support.runtime import Frame, functions, reader, schema_of

TABLES = load_tables()
tables = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
KINDS = schema_of(flag="bool", k="int64", x="float64", day="datetime64", text="str")
GOOD: dict[str, Any] = {"flag": True, "k": 7, "x": 0.5, "day": "2020-01-31", "text": "a"}
MODEL = {"module": "Score Model"}
SVD = {"module": "Score SVD Recommender"}
VW = {"module": "Score Vowpal Wabbit Model"}
RATINGS = schema_of(user="str", item="str", rating="int64")


def answer(body: Any, config: dict[str, Any] = MODEL, schema: dict[str, Any] | None = KINDS, **names: Any) -> str:
    """Return the words with which a script refuses a request, nothing where it takes it."""
    try:
        reader(config, schema, **names)(body if isinstance(body, str) else json.dumps(body))
    except (ValueError, RecursionError) as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "Expecting value"),
        ("nonsense", "Expecting value"),
        ("[" * 100_000, "recursion"),
        ("{}", "must be a JSON list of at least one row object"),
        ('"text"', "must be a JSON list"),
        ("[]", "must be a JSON list of at least one row object"),
        ([GOOD, 7], "row 2 of 2 is not a JSON object"),
        ([[GOOD]], "row 1 of 1 is not a JSON object"),
        ([GOOD, {**GOOD, "more": 1}], "row 2 and the model differ in the columns ['more']"),
        ([{"k": 1}, GOOD], "row 1 and the model differ in the columns ['day', 'flag', 'text', 'x']"),
        ([GOOD, {}], "row 2 and the model differ in the columns ['day', 'flag', 'k', 'text', 'x']"),
    ],
)
def test_what_is_no_table_of_the_models_columns_is_refused(body: Any, reason: str) -> None:
    assert reason in answer(body)


WRONG: dict[str, list[Any]] = {
    "flag": ["False", "true", "0", "no", 0, 1, None, 1.0, {"isNan": True}, [0], {}],
    "k": [7.9, "7", None, True, 2**63, -(2**63), 10**19, {"isNan": True}, [7], {}],
    "x": ["7", True, 10**400, [1.0], {}, "", "nan"],
    "day": [
        "01/02/2020",
        "2020-02-30",
        "",
        "now",
        5,
        "1600-01-01",
        "2300-01-01",
        True,
        [],
        "2020-01-31T10:30:00+02:00",
    ],
    "text": [7, 0.5, False, ["a"], {"a": 1}, "half \ud83d of a character", "\udc00"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]], ids=str)
def test_what_the_model_would_take_for_something_else_is_refused_by_name(name: str, value: Any) -> None:
    said = answer([GOOD, {**GOOD, name: value}, {**GOOD, name: value}])
    shown = "null" if value in (None, {"isNan": True}) else json.dumps(value)[:50]
    assert said.startswith(f"row 2, column '{name}': {shown} is not ")


@pytest.mark.parametrize("literal", ["Infinity", "-Infinity", "1e400", "-1e400"])
def test_infinity_is_no_number(literal: str) -> None:
    body = json.dumps([{**GOOD, "x": "here"}]).replace('"here"', literal)
    assert answer(body).startswith("row 1, column 'x': ")


RIGHT: list[tuple[str, Any, Any]] = [
    ("flag", False, False),
    ("k", -(2**63) + 1, -(2**63) + 1),
    ("k", 2**63 - 1, 2**63 - 1),
    ("k", 7.0, 7),
    ("x", 7, 7),
    ("x", None, None),
    ("x", {"isNan": True}, None),
    ("x", 1e308, 1e308),
    ("text", "", ""),
    ("text", "007", "007"),
    ("text", None, None),
    ("text", "\U0001f600 ü", "\U0001f600 ü"),
    ("day", None, None),
]


@pytest.mark.parametrize(("name", "value", "read"), RIGHT, ids=str)
def test_what_the_model_takes_for_what_it_is_stays_what_it_is(name: str, value: Any, read: Any) -> None:
    columns = reader(MODEL, KINDS)(json.dumps([{**GOOD, name: value}, GOOD]))
    assert (type(columns[name][0]), columns[name][0]) == (type(read), read)
    assert list(columns) == list(GOOD)


@pytest.mark.parametrize("text", ["2020-01-31", "2020-01-31 00:00:00", "2020-01-31T00:00:00Z", "2020-01-31T00:00"])
def test_a_date_is_iso_8601(text: str) -> None:
    columns = reader(MODEL, KINDS)(json.dumps([{**GOOD, "day": text}]))
    assert columns["day"][0].isoformat() == "2020-01-31T00:00:00"


def test_of_a_name_that_a_row_has_twice_the_last_counts() -> None:
    """As in the downloaded script, and as JSON is read nearly everywhere."""
    body = json.dumps([GOOD]).replace('"x": 0.5', '"x": "no number", "x": 0.5')
    assert reader(MODEL, KINDS)(body)["x"] == [0.5]


def test_nan_as_python_writes_it_is_null() -> None:
    columns = reader(MODEL, KINDS)(json.dumps([{**GOOD, "x": float("nan")}]))
    assert columns["x"] == [None]


@pytest.mark.parametrize("beside", [[], [1.0], [None], [float("inf")]], ids=str)
def test_nan_of_a_file_hides_no_number_that_is_too_large(beside: list[Any]) -> None:
    values = [float("nan"), *beside, 2.0]
    read = functions({**MODEL, "endpoint": "batch"}, KINDS)["typed"]
    column = {"name": "x", "elementType": {"typeName": "float64"}}
    if float("inf") in beside:
        with pytest.raises(ValueError, match="row 2, column 'x': Infinity"):
            read(column, values)
    else:
        assert read(column, values) == values


def test_a_category_is_of_the_type_below_it() -> None:
    schema = schema_of(grade="category")
    schema["columnAttributes"][0]["underlyingElementType"] = "int64"
    assert answer([{"grade": 1}], schema=schema) == ""
    assert answer([{"grade": "1"}], schema=schema) == ("row 1, column 'grade': \"1\" is not a whole number of 64 bits")


def test_the_columns_come_in_the_order_of_the_model() -> None:
    turned = dict(reversed(GOOD.items()))
    assert list(reader(MODEL, KINDS)(json.dumps([turned, GOOD]))) == list(GOOD)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("u1", "m1"), ("u1", "m1")], "row 2 repeats the ids of row 1"),
        ([("u1", None)], "row 1, columns ['user', 'item']: an id cannot be null"),
        ([("u1", "m1"), (None, "m1")], "row 2, columns ['user', 'item']: an id cannot be null"),
        ([("u1", "m1"), ("u1", "m2")], ""),
    ],
)
def test_a_pair_that_would_get_no_rating_is_refused(rows: list[tuple[Any, Any]], reason: str) -> None:
    body = [{"user": user, "item": item, "rating": 1} for user, item in rows]
    assert answer(body, SVD, RATINGS) == reason
    assert answer(body, {"module": "Score Wide and Deep Recommender"}, RATINGS) == reason


def test_an_id_may_be_a_whole_number_where_the_model_keeps_ids_as_texts() -> None:
    """Wide and Deep writes text into the schema for ids that were numbers."""
    assert (
        answer([{"user": 12, "item": 10**15, "rating": 1}], {"module": "Score Wide and Deep Recommender"}, RATINGS)
        == ""
    )
    assert "a text, a whole number or null" in answer([{"user": 1.5, "item": "m", "rating": 1}], SVD, RATINGS)


def test_who_asks_for_recommendations_may_ask_twice() -> None:
    parameters = {"prediction_kind": "Item Recommendation", "recommended_item_selection": "From All Items"}
    rows = [{"user": "u1", "item": None, "rating": 1}] * 2
    assert answer(rows, {**SVD, "parameters": parameters}, RATINGS) == ""
    assert "an id cannot be null" in answer([{**rows[0], "user": None}], {**SVD, "parameters": parameters}, RATINGS)


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "| a:1\n| b:1", "\ud800", 7, None, ["| a:1"]])
def test_an_example_is_a_line(text: Any) -> None:
    for schema in (schema_of(example="str"), None):
        said = answer([{"example": "| a:1"}, {"example": text}], VW, schema)
        assert said.startswith("row 2, column 'example': ") and said.endswith(" is not an example on one line")


def test_a_model_without_a_schema_has_one_column() -> None:
    assert answer([{"line": "| a:1"}], VW, None) == ""
    rows = [{"id": "5", "example": "| a:1"}]
    assert answer(rows, VW, None) == "row 1 must have one column, not ['example', 'id']"
    assert answer([{}], VW, None) == "row 1 must have one column, not []"
    keeping = functions({**VW, "request": {"keep": ["id"]}}, None)["read_frame"]
    assert keeping(json.dumps(rows)) == ({"example": ["| a:1"]}, {"id": ["5"]})


def test_columns_that_may_be_left_out() -> None:
    auto = {**MODEL, "request": {"optional": "auto"}}
    lean = {name: value for name, value in GOOD.items() if name not in ("text", "day")}
    assert answer([lean, lean], auto, optional={"text", "day"}) == ""
    assert answer([GOOD, GOOD], auto, optional={"text", "day"}) == ""
    assert answer([lean, GOOD], auto, optional={"text", "day"}) == (
        "row 2 and the model differ in the columns ['day', 'text']"
    )
    assert answer([{**lean, "more": 1}], auto, optional={"text"}).endswith("['day', 'more']")
    listed = {**MODEL, "request": {"optional": ["text", "day", "unknown"]}}
    assert list(reader(listed, KINDS)(json.dumps([lean]))) == ["flag", "k", "x"]


def test_null_leaves_a_column_out_that_has_none_and_may_be_left_out() -> None:
    auto = reader({**MODEL, "request": {"optional": "auto"}}, KINDS, optional={"flag", "k", "x"})
    for null in (None, {"isNan": True}):
        rows = [GOOD, {**GOOD, "flag": null, "x": null}]
        assert auto(json.dumps(rows)) == {
            "k": [7, 7],
            "x": [0.5, None],  # of numbers, null is one of the values
            "day": [datetime(2020, 1, 31)] * 2,
            "text": ["a", "a"],
        }
    with pytest.raises(ValueError, match="row 2, column 'flag': null is not true or false"):
        reader({**MODEL, "request": {"optional": ["k"]}}, KINDS)(json.dumps(rows))
    with pytest.raises(ValueError, match=r"row 2 and the model differ in the columns \['text'\]"):
        auto(json.dumps([{**GOOD, "k": None}, {name: GOOD[name] for name in GOOD if name != "text"}]))


def test_what_is_kept_comes_back_as_it_was() -> None:
    config = {**MODEL, "request": {"keep": ["customer", "k"]}}
    rows = [{**GOOD, "customer": {"a": [1, None]}}, {**GOOD, "customer": 7}]
    columns, kept = reader(config, KINDS)(json.dumps(rows))
    assert list(columns) == list(GOOD)
    assert kept == {"customer": [{"a": [1, None]}, 7], "k": [7, 7]}
    assert answer([GOOD], config).endswith("differ in the columns ['customer']")


def test_one_object_is_a_row() -> None:
    config = {**MODEL, "request": {"body": "row"}}
    assert reader(config, KINDS)(json.dumps(GOOD))["k"] == [7]
    assert answer([GOOD], config) == "the request must be a JSON object, the row to score"


def envelope(config: dict[str, Any]) -> Any:
    return functions({**MODEL, "request": config}, KINDS)["read_envelope"]


def test_the_envelope_of_a_pipeline_endpoint() -> None:
    read = envelope({"body": "designer"})
    for name in ("WebServiceInput0", "input1"):
        assert read(json.dumps({"Inputs": {name: [GOOD]}})) == [GOOD]
        for nothing in ("{}", "null"):
            body = {"Inputs": {name: [GOOD]}, "GlobalParameters": json.loads(nothing)}
            assert read(json.dumps(body)) == [GOOD]
    for wrong in ([GOOD], {}, {"Inputs": [GOOD]}, {"Inputs": {"other": [GOOD]}}, {"Inputs": {}, "more": 1}):
        with pytest.raises(ValueError, match=r"Inputs"):
            read(json.dumps(wrong))
    two: dict[str, Any] = {"Inputs": {"WebServiceInput0": [], "input1": []}}
    with pytest.raises(ValueError, match=r"Inputs must be"):
        read(json.dumps(two))
    with pytest.raises(ValueError, match=r"GlobalParameters must be empty: \['k'\]"):
        read(json.dumps({"Inputs": {"input1": [GOOD]}, "GlobalParameters": {"k": 1}}))
    with pytest.raises(ValueError, match=r"GlobalParameters must be a JSON object"):
        read(json.dumps({"Inputs": {"input1": [GOOD]}, "GlobalParameters": [1]}))


ITEMS = {"prediction_kind": "Item Recommendation", "recommended_item_selection": "From All Items"}


def test_the_parameters_of_a_request() -> None:
    settable = ["max_recommended_item_count", "return_ratings"]
    config = {**SVD, "parameters": ITEMS, "request": {"body": "designer", "parameters": settable}}
    read = functions(config, RATINGS)["read_parameters"]
    assert read({}) == {"max_recommended_item_count": 5, "return_ratings": False}
    assert read({"max_recommended_item_count": 9})["max_recommended_item_count"] == 9
    for wrong in (0, -1, "9", 9.0, True, None, 2**31):
        with pytest.raises(ValueError, match=r"max_recommended_item_count must be in range\(1, 2147483648\)"):
            read({"max_recommended_item_count": wrong})
    for odd in (1, "true", None):
        with pytest.raises(ValueError, match=r"return_ratings must be in \(False, True\)"):
            read({"return_ratings": odd})
    with pytest.raises(ValueError, match=r"'prediction_kind', which cannot be set"):
        read({"prediction_kind": "Rating Prediction"})


def test_a_boolean_that_is_written_as_text_is_asked_for_as_a_boolean() -> None:
    name = "whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels"
    items = {"recommender_prediction_kind": "Item Recommendation", "recommended_item_selection": "From All Items"}
    config = {
        "module": "Score Wide and Deep Recommender",
        "parameters": items,
        "request": {"swagger": True, "parameters": [name]},
    }
    read = functions(config, RATINGS)["read_parameters"]
    assert (read({}), read({name: True})) == ({name: "False"}, {name: "True"})


SCORED: dict[str, list[Any]] = {"x": [1, 2], "Scored Labels": ["a", None], "p": [0.5, float("nan")]}
ANSWERS: list[tuple[dict[str, Any], Any]] = [
    ({"response": {"body": "records", "strict_json": True, "names": {"label": "Scored Labels"}, "columns": ["label"]}}, {"result": [{"label": "a"}, {"label": None}]}),
    ({"response": {"body": "rows", "columns": ["p", "x"], "strict_json": True}}, {"columns": ["p", "x"], "result": [[0.5, 1], [None, 2]]}),
    ({"response": {"body": "columns", "columns": ["x"]}}, {"x": [1, 2]}),
    ({"request": {"body": "row"}, "response": {"columns": ["x"]}}, {"x": 1}),
    ({"request": {"body": "designer"}, "response": {"columns": ["x"]}}, {"Results": {"WebServiceOutput0": [{"x": 1}, {"x": 2}]}}),
    ({"request": {"swagger": True}, "response": {"columns": ["x"]}}, {"Results": [{"x": 1}, {"x": 2}]}),
    ({"request": {"swagger": True, "body": "row"}, "response": {"columns": ["x"]}}, {"Results": {"x": 1}}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), ANSWERS, ids=str)
def test_an_answer_has_the_form_that_its_callers_know(config: dict[str, Any], expected: Any) -> None:
    body_of = functions({**MODEL, **config}, KINDS)["body_of"]
    assert body_of(Frame(**SCORED)) == expected


@pytest.mark.parametrize("request_", [{"body": "row"}, {"body": "designer"}, {"swagger": True}], ids=str)
def test_an_object_is_strict_json_unless_told_otherwise(request_: dict[str, Any]) -> None:
    config: dict[str, Any] = {"module": "Score Model", "request": request_}
    assert "NaN" not in json.dumps(functions(config, KINDS)["body_of"](Frame(p=[float("nan")])))
    config["response"] = {"strict_json": False}
    assert "NaN" in json.dumps(functions(config, KINDS)["body_of"](Frame(p=[float("nan")])))
    assert extract(generate(config)).config["response"] == {"strict_json": False}


def test_what_is_kept_is_always_in_the_answer() -> None:
    config = {**MODEL, "request": {"keep": ["id"]}, "response": {"body": "records", "columns": ["x"]}}
    body_of = functions(config, KINDS)["body_of"]
    assert body_of(Frame(**SCORED), {"id": [7, None]}) == {"result": [{"x": 1, "id": 7}, {"x": 2, "id": None}]}


FORMS: list[dict[str, Any]] = [
    {"request": {"body": "row"}},
    {"request": {"body": "designer"}},
    {"request": {"swagger": True}},
    {"request": {"swagger": "samples", "body": "designer"}},
    {"request": {"optional": "auto"}},
    {"request": {"optional": ["a name"]}},
    {"request": {"keep": ["customer id", "größe"]}},
    {"request": {"keep": ["id"], "optional": "auto"}, "response": {"body": "records", "names": {"b": "a"}, "columns": ["b"]}},
    {"endpoint": "batch", "request": {"keep": ["id"], "optional": "auto"}, "response": {"names": {"b": "a"}, "columns": ["b"]}},
]  # fmt: skip


@tables
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_is_a_script_of_its_own_and_read_back(table: Table, form: dict[str, Any]) -> None:
    config = {"module": table.name, **form}
    try:
        parse_config(config)
    except ConfigError as error:
        assert "leave" in str(error)
        return
    source = generate(config)
    assert source != generate({"module": table.name})
    assert [finding for finding in check(source) if finding.severity != "info"] == []
    extracted = extract(source)
    assert extracted.left == ()
    assert {key: extracted.config.get(key) for key in form} == form
    assert generate(extracted.config) == source


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("request: {body: object}", "request.body: 'object' is not allowed here: use one of 'rows', 'row', 'designer'"),
        ("request: {bodies: row}", "request.bodies: unknown key (known: body, optional, keep, swagger, parameters)"),
        ("request: row", "request: 'row' is not a mapping: write `{optional: auto}`"),
        ("request: {optional: all}", "request.optional: 'all' is not allowed here: use one of 'auto'"),
        ("request: {keep: id}", "request.keep: 'id' is not a list: write `[customer_id]`"),
        ("request: {keep: [a, a]}", "request.keep: something is named twice: name it once"),
        ("request: {keep: ['']}", "request.keep[0]: the name is empty: name a column"),
        ("request: {keep: [a], optional: [a]}", "request.keep: 'a' is under `optional` too: name it once"),
        ("request: {swagger: yes please}", "request.swagger: 'yes please' is not allowed here: use one of true, false, 'samples'"),
        ("request: {parameters: [append_or_result_only]}", "request.parameters: a request has no place for parameters: add `body: designer` or `swagger: true`"),
        ("request: {swagger: true, parameters: [append]}", "request.parameters[0]: unknown parameter of Score Model; did you mean 'append_or_result_only'? (known: append_or_result_only)"),
        ("mode: rewrite\nrequest: {keep: [a]}", "request: `mode: rewrite` leaves how a script reads its requests alone: leave `mode` out to have it generated"),
        ("endpoint: batch\nrequest: {body: row}", "request.body: a batch endpoint hands its script files and sends no response: leave it out"),
        ("endpoint: batch\nresponse: {body: records}", "response.body: a batch endpoint hands its script files and sends no response: leave it out"),
        ("response: {body: row}", "response.body: one object answers one object: add `request: {body: row}`"),
        ("request: {body: row}\nresponse: {encoding: string}", "response.encoding: clients that send requests in this form expect an object: leave `encoding` out"),
        ("request: {body: designer}\nresponse: {body: columns}", "response.body: a pipeline endpoint gives back records: leave `body` out"),
        ("response: {names: {a: x, b: x}}", "response.names: two names stand for one column: name each once"),
        ("response: {names: {a: x}, columns: [x]}", "response.columns[0]: 'x' is called 'a' under `names`: name it so"),
        ("response: {columns: []}", "response.columns: the list is empty: name a column"),
        ("response: {names: [a]}", "response.names: a list is not a mapping: write `{predicted_price: Scored Labels}`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(config: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(f"module: Score Model\n{config}\n")
    assert [str(finding).partition(": ")[2] for finding in caught.value.findings] == [message]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({**SVD, "parameters": ITEMS, "request": {"keep": ["a"]}}, "request.keep: the rows of the answer are not those of the request: it goes only with prediction_kind 'Rating Prediction'"),
        ({**SVD, "request": {"swagger": True, "parameters": ["max_recommended_item_count"]}}, "request.parameters[0]: it counts only with prediction_kind 'Item Recommendation'"),
        ({**SVD, "request": {"swagger": True, "parameters": ["prediction_kind"]}}, "request.parameters[0]: recommended_item_selection, max_recommended_item_count, return_ratings would have to change with it: leave it out"),
        ({**VW, "request": {"swagger": True, "parameters": ["vw_arguments"]}}, "request.parameters[0]: no request may set a text that the module runs on: leave it out"),
        ({**VW, "request": {"optional": "auto"}}, "request.optional: Score Vowpal Wabbit Model needs its one column: leave `optional` out"),
        ({"module": "Score Image Model", "endpoint": "batch", "request": {"keep": ["a"]}}, "request.keep: nothing but the image is known of a file: leave it out"),
    ],
)  # fmt: skip
def test_what_a_module_cannot_take_is_said(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(config)
    assert [str(finding).partition(": ")[2] for finding in caught.value.findings] == [message]


@tables
def test_a_default_script_is_short(table: Table) -> None:
    assert len(generate({"module": table.id}).splitlines()) <= 110


def test_a_refused_request_is_a_value_error_where_the_server_is_another() -> None:
    run = functions(MODEL, KINDS)["run"]
    with pytest.raises(ValueError, match="row 1 and the model differ"):
        run(json.dumps([{"k": 1}]))
    answers: list[Any] = []
    run = functions(MODEL, KINDS, AMLResponse=lambda *given, **named: answers.append((given, named)))["run"]
    run(json.dumps([{"k": 1}]))
    (((message, status), named),) = answers
    assert (status, named) == (400, {"json_str": True})
    assert message == {"message": "row 1 and the model differ in the columns ['day', 'flag', 'text', 'x']"}


def test_the_description_of_an_object_of_whatever_keys_is_what_validators_accept() -> None:
    """inference-schema makes ``required: []`` of an empty dict, which OpenAPI does not know."""
    source = generate({"module": "Score Model", "request": {"swagger": True, "body": "designer"}})
    assert 'StandardPythonParameterType({"Results": {"WebServiceOutput0": [OrderedDict()]}})' in source
    assert "StandardPythonParameterType({})" not in source and "from collections import OrderedDict\n" in source


def test_what_the_description_shows_is_not_of_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = tmp_path / "trained_model_outputs"
    outputs.mkdir()
    (outputs / "_schema.json").write_text(json.dumps(KINDS), encoding="utf-8")
    samples = [{**GOOD, "x": {"isNan": True}, "text": "secret"}]
    (outputs / "_samples.json").write_text(json.dumps(samples), encoding="utf-8")
    monkeypatch.setenv("AZUREML_MODEL_DIR", str(tmp_path))
    plain = functions({**MODEL, "request": {"swagger": True, "keep": ["id"]}}, KINDS)["sample_rows"]()
    assert plain == [{"flag": False, "k": 0, "x": 0.0, "day": "2020-01-31", "text": "", "id": ""}]
    shown = functions({**MODEL, "request": {"swagger": "samples"}}, KINDS)["sample_rows"]()
    assert shown == [{"flag": True, "k": 7, "x": 0.0, "day": "2020-01-31", "text": "secret"}]
    (outputs / "_schema.json").write_text(json.dumps(schema_of(line="str")), encoding="utf-8")
    lines = functions({**VW, "request": {"swagger": True}}, schema_of(line="str"))
    assert lines["read_frame"](lines["sample_rows"]()) == {"line": ["| feature:1"]}
