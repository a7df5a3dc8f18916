"""No value becomes code: whatever texts go in, they come out as literals, shown whole, and read back."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import ConfigError, extract, generate, rewrite
from generator.actions.bundle_files import folders
from generator.actions.rewrite import rewrite as rewrite_text
from generator.actions.rewrite_file import rewrite_bytes
from generator.config.parse import parse_config
from generator.facts.modules import load_tables, tables_by_key
from generator.findings import RefusedError
from generator.rules.dataset_path import path_fault
from generator.rules.settings import BATCH, BODIES, ENCODINGS, ENDPOINTS, Dataset, Settings
from generator.script.read import read
from generator.text.yaml_reader import read_document
from generator.text.yaml_writer import in_quotes
from tests.support.claims import (
    assert_bundled,
    assert_config_text,
    assert_generated,
    assert_rewritten,
    changed_literals,
    controls,
    given_paths,
    given_texts,
    run,
    unseen,
)
from tests.support.strategies import configs, difficult_text

VOWPAL_WABBIT = tables_by_key()["score_vowpal_wabbit_model"]
WIDE_AND_DEEP = tables_by_key()["score_wide_and_deep_recommender"]
NAME = "name_of_the_test_data_file"
SCRIPT = generate({"module": VOWPAL_WABBIT.id, "parameters": {NAME: "a"}})
EXTRACTED = extract(SCRIPT)
RECOMMENDER = generate({"module": WIDE_AND_DEEP.id})
BODY_OF = {"body": BODIES[1], "strict_json": True, "encoding": ENCODINGS[1]}

DIFFICULT = {
    "quotes": "'\"'''\"\"\"",
    "backslashes": "\\\\\\' \\\\n \\N{BULLET}\\",
    "line breaks": "a\nb\r\nc\rd\x0be\x0cf\x85g\u2028h\u2029",
    "NUL": "a\0b",
    "terminal": "\x1b[31m\x07\x7f\x9b",
    "bidirectional": "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "invisible": "\u200b\u200c\u200d\u2060\ufeff\xad\u180e\U000e0001\U000e0041\ufe0f\u3164\u115f",
    "lone surrogates": "\ud800 \udfff",
    "Jinja expression": "{{ 7 * 7 }} {{ ''.__class__ }}",
    "Jinja statement": "{% raw %} {% include 'score.py.j2' %} {%- endif -%}",
    "Jinja comment": "{# #} {#- -#} # for",
    "Python": '")\nimport os\nos.system("x")\n("',
    "encoding": "\xe9 # -*- coding: latin-1 -*-",
    "f-string": "{0} {name!r} %(a)s $HOME",
    "Markdown": "`|\n| <b>](x) ``` ${{ github.token }}",
    "YAML": "- a: &b !!python/object:os.system {c: *b} # d",
}
as_examples = pytest.mark.parametrize("text", DIFFICULT.values(), ids=DIFFICULT)
a_million = "a \u202e'\"\\{{ }}" * 80_000


def settings_of(config: Any) -> Settings:
    return parse_config(config).scripts[0].settings


def path_of(text: str) -> str:
    """Return the most of a text that the path of a dataset may be."""
    letters = "".join(letter for letter in text if letter not in '\\<>:"|?*\x7f' and letter >= " ")
    return "/".join(part.strip(" .") for part in letters.split("/")) or "plain"


@as_examples
def test_a_text_a_path_and_the_name_of_the_config_in_a_generated_script(text: str) -> None:
    texts = given_texts(VOWPAL_WABBIT, "-t", text)
    datasets = {port.name: {"path": path_of(text) + ".csv", "relative_to": "model"} for port in WIDE_AND_DEEP.datasets}
    assert_generated(settings_of({"module": VOWPAL_WABBIT.id, "parameters": texts, "response": BODY_OF}), text)
    assert_generated(settings_of({"module": WIDE_AND_DEEP.id, "datasets": datasets, "endpoint": BATCH}), text)


@given(configs(), difficult_text)
def test_every_text_of_a_config_in_a_generated_script(config: dict[str, Any], origin: str) -> None:
    assert_generated(settings_of(config), origin)


@as_examples
def test_a_text_and_a_path_in_a_rewritten_script(text: str) -> None:
    assert assert_rewritten(SCRIPT.encode(), {NAME: text}, {}, "--response=records", "--strict-json")
    assert assert_rewritten(
        RECOMMENDER.encode(), {}, given_paths(WIDE_AND_DEEP, path_of(text), f"{path_of(text)}.csv", "a")
    )


@given(st.sampled_from([SCRIPT, SCRIPT.replace('"', "'")]), difficult_text)
def test_any_text_in_a_rewritten_script(source: str, text: str) -> None:
    assert_rewritten(source.encode(), {NAME: text}, {})


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "cp950", "euc_jp", "gb18030", "hz", "shift_jis", "utf-7"])
@pytest.mark.parametrize("text", ["~{'\\\"~}+AGE-\x1b$B", "\xa5\" + __import__('os').getcwd(), #'", "\u203e\\"])
def test_no_encoding_makes_code_of_a_text(text: str, encoding: str) -> None:
    content = f"# coding: {encoding}\n{SCRIPT}".encode(encoding)
    try:
        result = rewrite_bytes(content, lambda source: rewrite_text(source, {NAME: text}))[0]
    except RefusedError as error:
        assert not text.isascii()
        assert "save it as UTF-8" in str(error)
    else:
        literals = [node.value for node in ast.walk(ast.parse(result)) if isinstance(node, ast.Constant)]
        assert literals.count(text) == 1


@given(difficult_text.map(path_of).filter(lambda path: not path_fault(path)))
@example(DIFFICULT["bidirectional"])
def test_any_path_in_a_rewritten_script(path: str) -> None:
    source = rewrite(RECOMMENDER, {}, datasets={"training_data": Dataset(path)})
    assert path in [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    assert_rewritten(RECOMMENDER.encode(), {}, {"training_data": path})


@given(difficult_text.filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)))
@example("null")
@example("{a: 1}")
def test_a_text_in_quotes_is_set_as_it_is(text: str) -> None:
    code, result, said = run(["rewrite", "-", f"--set={NAME}={in_quotes(text)}"], SCRIPT.encode())
    assert (code, said) == (0, "")
    assert read(result.decode()).values[NAME] == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="{}%#\u202e\u200b")), difficult_text)
@example("{{ 7 * 7 }} {% raw %} {# #} \u202e", "a")
def test_a_comment_of_a_script_stays_a_comment(comment: str, text: str) -> None:
    above = f"# . {comment.replace('coding', '')}\n"
    assert rewrite(above + SCRIPT, {NAME: text}) == above + rewrite(SCRIPT, {NAME: text})
    assert extract(above + SCRIPT) == EXTRACTED


@given(difficult_text, difficult_text, st.sampled_from(["module", "endpoint", "output", "parameters", "datasets", "a"]))
@example("Score Mod\u202eel", "\u202e", "parameters")
@example(a_million, a_million, "module")
def test_names_that_nobody_knows_are_said_in_what_can_be_seen(module: str, text: str, key: str) -> None:
    wrong = {key: {text: text}} if key.endswith("s") else {key: text or " "}
    for config in ({"module": module or " "}, {"module": VOWPAL_WABBIT.name, f"{key}{text}": 1, **wrong}):
        with pytest.raises(ConfigError) as error:
            parse_config(config)
        assert not controls(str(error.value))
        assert len(str(error.value)) < 10_000


@as_examples
def test_what_is_wrong_on_the_command_line_is_said_in_what_can_be_seen(text: str) -> None:
    options = [f"--set={text}=1", f"--set={NAME}={text}", f"--unset=a{text}", f"--dataset={text}=a", f"--set=a{text}"]
    for option in [*options, f"--no-such{text}"]:
        _, _, said = run(["rewrite", "-", option], SCRIPT.encode())
        assert not controls(said)


@pytest.mark.parametrize("command", [["check", "-"], ["extract", "-"], ["rewrite", "-", "--prune"]])
@pytest.mark.parametrize("old", ["ScoreVowpalWabbitModelModule().run(", "def init("])
def test_what_is_said_of_a_script_can_be_seen(command: list[str], old: str) -> None:
    new = {"def init(": "def '\u202e'(", "ScoreVowpalWabbitModelModule().run(": f"{old}**{{'\u202e\x1b': 1}}, "}[old]
    _, _, said = run(command, SCRIPT.replace(old, new).encode())
    assert not controls(said)


def test_folders_that_are_the_same_are_said_in_what_can_be_seen() -> None:
    blocks = [{"module": "Score Model", "output": output} for output in ("a/\u202eb.py", "a-\u202eb.py")]
    with pytest.raises(ConfigError, match=r"'a-\\u202eb/': rename one") as error:
        folders(parse_config({"scripts": blocks}).scripts)
    assert not controls(str(error.value))


@pytest.mark.parametrize("kind", ENDPOINTS)
@as_examples
def test_all_that_goes_with_a_script(text: str, kind: str) -> None:
    folder = "".join(letter for letter in path_of(text) if letter.isprintable() or ord(letter) > 0x9F)
    folder = folder.encode(errors="ignore").decode()
    block = {"endpoint": "my-endpoint", "model": f"{folder}/trained_model_outputs"}
    block |= {"compute": "my-cluster"} if kind != ENDPOINTS[0] else {}
    name = folder.replace("/", "") + ".py"
    datasets = {port.name: {"path": f"{port.name}/{path_of(text)}"} for port in WIDE_AND_DEEP.datasets}
    config = {"module": WIDE_AND_DEEP.id, "endpoint": kind, "output": name, "conda": True, "deployment": block}
    (script,) = parse_config({**config, "datasets": datasets}).scripts
    assert_bundled(script, text)


@as_examples
def test_the_text_of_a_config(text: str) -> None:
    text = text.encode(errors="ignore").decode()
    datasets = {port.name: {"path": f"a{path_of(text)}"} for port in WIDE_AND_DEEP.datasets}
    assert_config_text({"module": WIDE_AND_DEEP.name, "output": text, "datasets": datasets})
    assert_config_text({"module": VOWPAL_WABBIT.name, "parameters": given_texts(VOWPAL_WABBIT, "-t", text)})


def test_a_text_of_a_million_letters() -> None:
    path = path_of(a_million)
    datasets = {"training_data": {"path": path}}
    texts = given_texts(VOWPAL_WABBIT, "-t", a_million)
    source = generate({"module": WIDE_AND_DEEP.id, "datasets": datasets}, origin=a_million)
    assert not unseen(source)
    assert extract(source)["datasets"]["training_data"]["path"] == path
    result = rewrite(SCRIPT, texts)
    assert changed_literals(rewrite(SCRIPT, {**texts, NAME: "b"}), result) == [("b", a_million)]
    assert read_document(in_quotes(a_million)).value == a_million


@pytest.mark.parametrize(
    "after",
    ["f('a', 'b')", "f('a'); g()", "f(a)", "g('a')", "f(*'a')", "f(x='a')", "x = f('a')", "f('a' + 'b')", "f(f'a{b}')"],
)
def test_code_is_more_than_a_literal(after: str) -> None:
    assert changed_literals("f('a')", "f('b' 'c')") == [("a", "bc")]
    with pytest.raises(AssertionError):
        changed_literals("f('a')", after)


def test_every_module_is_held_against_harmless_texts() -> None:
    for table in load_tables():
        assert_generated(settings_of({"module": table.id}))
