"""The response: said by a config, set in a script that exists, and read back from one."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import ConfigError, Response, check, config_schema, extract, generate, load_tables, rewrite
from generator.cli.main import main
from generator.config.parse import parse_config
from generator.facts.modules import Table
from generator.findings import RefusedError
from generator.rendering.score import RenderError, render
from generator.rules.settings import BODIES, ENCODINGS, complete_response
from generator.script.read import read
from generator.script.understand.response import given_back
from tests.support.golden import REWRITES, rewrite_cases, script
from tests.support.strategies import anything

TABLES = load_tables()
DESIGNERS = Response("default", False, "string")
FORMS = [Response(*form) for form in itertools.product(BODIES, (False, True), ENCODINGS)]
VALIDATOR = Draft202012Validator(config_schema())
tables = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)


def downloaded(table: Table) -> str:
    """Return a script in the shape of the downloaded one."""
    return (REWRITES / f"response_{table.id}_records" / "before.py").read_text(encoding="utf-8")


def said(source: str) -> Response:
    """Return the response of a script as a config says it."""
    (found,) = {item.response for item in given_back(read(source))}
    return found


@tables
def test_the_designers_response_takes_no_word(table: Table) -> None:
    plain = generate({"module": table.id})
    for response in ({}, None, DESIGNERS.named, {"body": "default"}, {"strict_json": False}):
        assert generate({"module": table.id, "response": response}) == plain
    for endpoint in ("online", "kubernetes"):
        assert generate({"module": table.id, "endpoint": endpoint}) == plain


@tables
def test_each_form_is_a_script_of_its_own(table: Table) -> None:
    """But for columns, where they are what the designer's script has."""
    scripts = {generate({"module": table.id, "response": form.named}) for form in FORMS}
    assert len(scripts) == len({complete_response(table, form) for form in FORMS})
    assert len(scripts) == (12 if table.result.body == "columns" else 16)


@given(st.sampled_from(TABLES), st.sampled_from(FORMS), st.sampled_from(FORMS), st.sets(st.sampled_from([0, 1, 2])))
@settings(deadline=None)
def test_what_is_not_named_stays(table: Table, form: Response, other: Response, open_: set[int]) -> None:
    open_names = [Response._fields[place] for place in open_]
    wanted = other._replace(**dict.fromkeys(open_names))
    source = rewrite(downloaded(table), {}, response=form)
    result = said(rewrite(source, {}, response=wanted))
    expected = complete_response(table, form)._replace(**wanted.named)
    assert result == complete_response(table, expected)


CASES = [case for case in rewrite_cases() if "response" in case.name and (case / "after.py").exists()]


@given(data=st.data())
@settings(deadline=None)
def test_no_line_that_is_moved_makes_it_fail(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    lines = script(case / "before.py").decode().splitlines(keepends=True)
    lines.insert(data.draw(st.integers(0, len(lines))), lines.pop(data.draw(st.integers(0, len(lines) - 1))))
    form = data.draw(st.sampled_from(FORMS))
    try:
        result = rewrite("".join(lines), {}, response=form)
    except (RefusedError, ConfigError):
        return
    assert all(complete_response(read(result).call.table, form) == item.response for item in given_back(read(result)))
    assert rewrite(result, {}, response=form) == result


RETURN = 'return json.dumps({"result": frame.values.tolist()})'
SCORE = f"""\
import json
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule


def run(data):
    result, = ScoreModelModule().run(learner=load(), test_data=table(data), append_or_result_only=True)
    frame = result.data_frame
    {RETURN}
"""


@pytest.mark.parametrize(
    ("statements", "form"),
    [
        ('return {"result": frame.to_dict(orient="records")}', ("records", False, "object")),
        ('return json.dumps(obj={"result": 1}) if not data else json.dumps({})', None),
        ('body = frame.to_dict("list")\n    return json.dumps(body)', ("columns", False, "string")),
        ('frame = json.dumps(frame.to_dict("list"))\n    return frame', ("columns", False, "string")),
        ('return {"columns": list(frame.columns), "result": frame.values.tolist()}', ("rows", False, "object")),
        ('return {"columns": list(frame), "result": other.values.tolist()}', None),
        ('return frame.to_json(orient="split")', (None, True, "string")),
        ('return json.loads(frame.to_json(orient="split"))["data"]', (None, True, "object")),
        ("return frame.values.tolist()", (None, False, "object")),
        ('return json.dumps({"rows": frame.to_dict("records")})', (None, False, "string")),
        ("return frame", None),
        ("return str(frame)", None),
        ('return {"result": [score(row) for row in frame.values.tolist()]}', None),
        ('return {"result": frame.to_dict(ORIENT)}', None),
        ('return frame["y"].to_dict()', None),
        ('frame["more"] = 1\n    return frame.to_dict("list")', ("columns", False, "object")),
        ('if data:\n        frame = 3\n    return frame.to_dict("list")', ("columns", False, "object")),
        ('if data:\n        body = 3\n    else:\n        body = frame.to_dict("list")\n    return body', ("columns", False, "object")),
        ('with data as body:\n        body = frame.to_dict("list")\n    return body', ("columns", False, "object")),
        ('for body in frame:\n        return body', None),
        ('body = frame.to_dict("list")\n    body |= {"a": 1}\n    return body', None),
        ('body = frame.to_dict("list")\n    body.pop("a")\n    return body', None),
        ('body = frame.to_dict("list")\n    logging.info("%s", body)\n    return body', ("columns", False, "object")),
        ('body = frame.to_dict("list")\n    later(lambda: body)\n    return body', None),
        ('body = copy = frame.to_dict("list")\n    return body', ("columns", False, "object")),
        ('match data:\n        case 1:\n            return frame.to_dict("list")', ("columns", False, "object")),
        ('return (lambda: frame.to_dict("list"))()', None),
        ('return body_of(frame)', None),
    ],
)  # fmt: skip
def test_what_people_write(statements: str, form: tuple[Any, ...] | None) -> None:
    source = SCORE.replace(RETURN, statements)
    if form is None:
        with pytest.raises(RefusedError) as caught:
            rewrite(source, {}, response=Response("records"))
        assert caught.value.line >= 6
        assert "hand" in caught.value.message
    else:
        assert said(source)[:3] == form
        assert said(rewrite(source, {}, response=Response("rows", True)))[:3] == ("rows", True, form[2])


def test_different_returns_are_to_be_named_whole() -> None:
    source = SCORE.replace(RETURN, f'if data:\n        return {{"result": frame.to_dict("records")}}\n    {RETURN}')
    with pytest.raises(RefusedError, match="name everything"):
        rewrite(source, {}, response=Response(strict_json=True))
    result = rewrite(source, {}, response=Response("columns", True, "object"))
    assert result.count("return body_of(frame)") == 2
    assert said(result)[:3] == ("columns", True, "object")


@pytest.mark.parametrize("form", [Response("list"), Response(encoding="text"), Response(strict_json="yes")])  # type: ignore[arg-type]
def test_a_form_that_there_is_not(form: Response) -> None:
    with pytest.raises(ConfigError, match="is not allowed here"):
        rewrite(SCORE, {}, response=form)


SAYS_NAN = {
    "module": "score_svd_recommender",
    "parameters": {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromRatedItems"},
}


@pytest.mark.parametrize("body", BODIES)
def test_bare_nan_is_no_finding_where_there_is_none(body: str) -> None:
    loose = generate(SAYS_NAN | {"response": {"body": body}})
    strict = generate(SAYS_NAN | {"response": {"body": body, "strict_json": True}})
    assert [finding.code for finding in check(loose)] == ["SG112", "SG111"][::-1]
    assert [finding.code for finding in check(strict)] == ["SG111"]
    assert [finding.code for finding in check(rewrite(loose, {}, response=Response(strict_json=True)))] == ["SG111"]


@pytest.mark.parametrize(
    ("form", "said", "instead"),
    [
        (Response("records"), "[dict(zip(names, row)) for row in zip(*columns)]", "dict(zip(names, columns))"),
        (Response("records"), "body_of(result", "str(result"),
        (Response(strict_json=True), "json.loads(text, parse_constant=lambda name: None)", "json.loads(text)"),
        (
            Response(encoding="object"),
            "return body_of(result.data_frame)",
            "return json.dumps(body_of(result.data_frame))",
        ),
        (Response(), "values.tolist()", 'to_dict("list")'),
        (Response(), "return json.dumps(", "return str("),
    ],
)
def test_the_response_is_read_back(form: Response, said: str, instead: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = parse_config({"module": "score_model", "response": form.named}).scripts[0].settings
    source = render(wanted)
    assert said in source
    monkeypatch.setattr(jinja2.Template, "render", lambda *_, **__: source.replace(said, instead))
    with pytest.raises(RenderError, match="gives back"):
        render(wanted)


WRONG = {
    "response: records": "response: 'records' is not a mapping: write `{body: records}`",
    "response: {body: record}": "response.body: 'record' is not allowed here: use one of 'default', 'records', 'columns', 'rows', 'row'; did you mean 'records'?",
    "response: {strict: true}": "response.strict: unknown key; did you mean 'strict_json'? (known: body, strict_json, encoding, names, columns)",
    "response: {strict_json: 'true'}": "response.strict_json: 'true' is not allowed here: use true or false, without quotes",
    "response: {strict_json: 1}": "response.strict_json: 1 is not allowed here: use true or false",
    "response: {encoding: }": "response.encoding: an empty value is not allowed here: use one of 'string', 'object'",
    "response: {strict_json: true}\nendpoint: batch": "response.strict_json: a batch endpoint hands its script files and sends no response: leave it out",
}


@pytest.mark.parametrize(("lines", "message"), WRONG.items())
def test_what_is_wrong_is_said(lines: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(f"module: Score Model\n{lines}\n")
    (problem,) = caught.value.findings
    assert f"{problem.about}: {problem.message}" == message
    assert problem.place.line == 2


@given(data=st.data())
def test_the_verdicts_agree(data: st.DataObject) -> None:
    keys = st.sampled_from(["body", "strict_json", "encoding", "bodies"])
    values = st.one_of(anything, st.sampled_from([*BODIES, *ENCODINGS]))
    config = {"module": "score_model", "response": data.draw(st.one_of(anything, st.dictionaries(keys, values)))}
    config |= data.draw(
        st.sampled_from([{}, *({"endpoint": kind} for kind in ("online", "kubernetes", "batch", "x", None))])
    )
    config |= data.draw(st.sampled_from([{}, {"mode": "rewrite"}, {"mode": "generate"}]))
    try:
        parse_config(config)
        is_valid = True
    except ConfigError:
        is_valid = False
    assert is_valid == VALIDATOR.is_valid(config)


@pytest.fixture
def score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "score.py"
    path.write_text(SCORE)
    return path


def test_the_command_names_what_is_to_change(score: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rewrite", "score.py", "--response", "records", "--strict-json"]) == 0
    assert said(score.read_text())[:3] == ("records", True, "string")
    assert main(["rewrite", "score.py", "--encoding", "object", "--no-strict-json"]) == 0
    assert said(score.read_text())[:3] == ("records", False, "object")
    assert main(["rewrite", "score.py", "--response", "records", "--check"]) == 0
    assert main(["rewrite", "score.py", "--response", "rows", "--check"]) == 1
    capsys.readouterr()
    assert main(["rewrite", "score.py"]) == 2
    assert "--response" in capsys.readouterr().err


def test_a_config_sets_what_it_names_and_the_command_line_wins(score: Path) -> None:
    Path("scoregen.yaml").write_text("module: Score Model\nresponse: {body: rows, strict_json: true}\n")
    assert main(["rewrite", "score.py", "--config", "scoregen.yaml"]) == 0
    assert said(score.read_text())[:3] == ("rows", True, "string")
    assert main(["rewrite", "score.py", "--config", "scoregen.yaml", "--response", "columns"]) == 0
    assert said(score.read_text())[:3] == ("columns", True, "string")
    Path("scoregen.yaml").write_text("module: Score Model\n")
    assert main(["rewrite", "score.py", "--config", "scoregen.yaml"]) == 0
    assert said(score.read_text())[:3] == ("columns", True, "string")


def test_mode_rewrite_sets_what_the_config_names(score: Path) -> None:
    Path("scoregen.yaml").write_text("module: Score Model\nmode: rewrite\nresponse: {encoding: object}\n")
    assert main(["generate", "scoregen.yaml"]) == 0
    assert said(score.read_text())[:3] == ("default", False, "object")
    assert main(["generate", "scoregen.yaml", "--check"]) == 0


def test_what_extract_writes_is_read_again(score: Path) -> None:
    form: dict[str, Any] = {"body": "records", "strict_json": True, "encoding": "object"}
    score.write_text(generate({"module": "score_model", "response": form}))
    assert main(["extract", "score.py", "-o", "scoregen.yaml"]) == 0
    assert parse_config(Path("scoregen.yaml").read_bytes()).scripts[0].settings.response == Response(**form)
    assert extract(score.read_text())["response"] == form
