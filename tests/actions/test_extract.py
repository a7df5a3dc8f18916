"""extract: what generate wrote is read back whole, and what an edited script does beyond that is named."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import generate
from generator.actions.extract import extract
from generator.actions.rewrite import rewrite
from generator.cli.main import main
from generator.config.parse import parse_config
from generator.config.write import config_text
from generator.facts.modules import Table, load_tables, tables_by_key
from generator.findings import RefusedError
from generator.rules.settings import Dataset, Settings, complete_response
from tests.support import golden, strategies

SCRIPT = """\
import json
import os
from collections import defaultdict as lists
from pathlib import Path

import pandas as pd
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict as to_dfd
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.studio.common.datatable.data_table import DataTable
from azureml.studio.core.io.data_frame_directory import DataFrameDirectory
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.recommendation.score_svd_recommender import score_svd_recommender as svd

FOLDER = Path(os.environ["AZUREML_MODEL_DIR"]) / "trained_model_outputs"
ratings = None

with (FOLDER / "_schema.json").open() as stream:
    schema = json.load(stream)


def init():
    global learner, ratings
    learner = ModelDirectory.load(str(FOLDER)).model
    ratings = DataTable(pd.read_csv("ratings.csv"))


def run(body):
    body = json.loads(body)
    table = lists(list)
    for entry in body:
        for name, cell in entry.items():
            table[name].append(decode_nan(cell))
    request = DataTable.from_dfd(to_dfd(table, schema))
    wanted = {"learner": learner, "test_data": request, "training_data": ratings}
    wanted["prediction_kind"] = svd.RecommenderPredictionKind.ItemRecommendation
    wanted.update(
        recommended_item_selection=svd.RecommendedItemSelection.FromUnratedItems,
        max_recommended_item_count=10,
        return_ratings=True,
    )
    module = svd.ScoreSVDRecommenderModule()
    (scored,) = module.run(**wanted)
    frame = scored.data_frame
    return json.dumps(frame.to_dict("list"))
"""
CONFIG = {
    "module": "Score SVD Recommender",
    "parameters": {
        "prediction_kind": "Item Recommendation",
        "recommended_item_selection": "From Unrated Items (to suggest new items to users)",
        "max_recommended_item_count": 10,
        "return_ratings": True,
    },
    "datasets": {"training_data": {"path": "ratings.csv", "relative_to": "script"}},
}
IMAGES = """\
import json
import os

from azureml.designer.modules.dl.score.score_image_model.score_image_model import ScoreImageModel
from azureml.designer.serving.dagengine.converter import create_imd_from_dict
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.studio.core.io.model_directory import ModelDirectory

folder = os.path.join(os.getenv("AZUREML_MODEL_DIR"), "trained_model_outputs")
with open(f"{folder}/_schema.json") as stream:
    schema = json.load(stream)


def init():
    global model
    model = ModelDirectory.load(folder)


def run(data):
    columns = {"image": [decode_nan(row["image"]) for row in json.loads(data)]}
    images = create_imd_from_dict(columns, schema)
    module = ScoreImageModel()
    module.on_init(model, images)
    return json.dumps({"result": module.run(model, images)[0].data.values.tolist()})
"""
OWN = "has code of its own, which the config does not carry over"


def settings_of(config: Any) -> Settings:
    """Return the settings, with one name for all that gives the same script."""
    settings = parse_config(config, check_outputs=False).scripts[0].settings
    endpoint = settings.endpoint.replace("kubernetes", "online")
    return settings._replace(response=complete_response(settings.table, settings.response), endpoint=endpoint)


def edited(*edits: tuple[str, str], script: str = SCRIPT) -> str:
    for old, new in edits:
        assert old in script
        script = script.replace(old, new)
    return script


def left_of(script: str) -> list[str]:
    return [f"{left.line}: {left.said}" for left in extract(script).left]


def line_of(script: str, text: str) -> int:
    return script[: script.index(text)].count("\n") + 1


@pytest.mark.parametrize("case", golden.cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_script_gives_its_settings_back(case: Path) -> None:
    extracted = extract(case.with_suffix(".py").read_text(encoding="utf-8"))
    assert extracted.left == ()
    assert settings_of(config_text(extracted.config)) == settings_of(case.read_text(encoding="utf-8"))


@given(config=strategies.configs())
@settings(deadline=None)
def test_extract_reads_back_what_generate_wrote(config: dict[str, Any]) -> None:
    extracted = extract(generate(config))
    texts = [value for value in config["parameters"].values() if isinstance(value, str)]
    if any("\ud800" <= char <= "\udfff" for char in "".join(texts)):
        assert [left.said.partition(": ")[2] for left in extracted.left][:1] == [
            "half a surrogate pair cannot stand in a config; left out of the config"
        ]
        return
    assert extracted.left == ()
    assert settings_of(extracted.config) == settings_of(config_text(extracted.config)) == settings_of(config)


@given(config=strategies.configs())
@settings(deadline=None)
def test_extract_reads_back_what_rewrite_wrote(config: dict[str, Any]) -> None:
    wanted = settings_of(config)
    try:
        source = rewrite(generate({"module": config["module"]}), config["parameters"], datasets=wanted.datasets).source
    except ValueError:  # what rewrite refuses is its own affair
        return
    got = settings_of(extract(source).config)
    sayable = {name for name, value in wanted.parameters.items() if "\\ud" not in ascii(value)}
    assert {name: got.parameters.get(name) for name in sayable} == {name: wanted.parameters[name] for name in sayable}
    assert got.datasets == wanted.datasets


def test_a_script_in_the_downloaded_shape_is_read_whole() -> None:
    assert extract(SCRIPT) == (CONFIG, ())


@pytest.mark.parametrize(
    ("edits", "dataset"),
    [
        ([('"ratings.csv"', 'os.path.join(os.path.dirname(os.path.abspath(__file__)), "r.csv")')], ("r.csv", "script")),
        ([('"ratings.csv"', 'os.path.join(os.path.dirname(__file__), "a", "r.csv")')], ("a/r.csv", "script")),
        ([('"ratings.csv"', 'Path(__file__).resolve().parent / "a" / "r.csv"')], ("a/r.csv", "script")),
        ([('"ratings.csv"', 'os.path.join(os.getenv("AZUREML_MODEL_DIR", "."), "r.csv")')], ("r.csv", "model")),
        ([('"ratings.csv"', 'os.environ.get("AZUREML_MODEL_DIR") + "/r.csv"')], ("r.csv", "model")),
        ([('"ratings.csv"', "f\"{os.environ['AZUREML_MODEL_DIR']}/a/r.csv\"")], ("a/r.csv", "model")),
        ([('"ratings.csv"', 'Path(FOLDER, "r.csv")')], ("trained_model_outputs/r.csv", "model")),
        ([('pd.read_csv("ratings.csv")', 'pd.read_csv(filepath_or_buffer="r.csv")')], ("r.csv", "script")),
        ([('DataTable(pd.read_csv("ratings.csv"))', 'DataTable.from_dfd(DataFrameDirectory.load("r"))')], ("r", "script")),
        ([('DataTable(pd.read_csv("ratings.csv"))', 'DataTable.from_dfd(DataFrameDirectory.load(load_from_dir="r"))')], ("r", "script")),
        ([('DataTable(pd.read_csv("ratings.csv"))', 'DataTable.from_dfd(DataFrameDirectory.create(data=pd.read_csv("r.csv")))')], ("r.csv", "script")),
        ([('    ratings = DataTable(pd.read_csv("ratings.csv"))', '    read = pd.read_csv("r.csv")\n    ratings = DataTable(read)')], ("r.csv", "script")),
        ([('": ratings', '": DataTable(pd.read_csv("r.csv"))')], ("r.csv", "script")),
        ([("ratings = None", 'ratings = DataTable(pd.read_csv("r.csv"))'), ('    ratings = DataTable(pd.read_csv("ratings.csv"))\n', "")], ("r.csv", "script")),
    ],
    ids=str,
)  # fmt: skip
def test_a_dataset_is_found_however_it_is_loaded(edits: list[tuple[str, str]], dataset: tuple[str, str]) -> None:
    path, relative_to = dataset
    config = CONFIG | {"datasets": {"training_data": {"path": path, "relative_to": relative_to}}}
    assert extract(edited(*edits)) == (config, ())


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ('"/data/ratings.csv"', "'/data/ratings.csv' is a path of this machine"),
        ('Path(__file__).parent.parent.joinpath("r.csv")', "'../r.csv' leads out of the folder"),
    ],
)
def test_a_dataset_that_no_config_may_name_is_left_out(place: str, reason: str) -> None:
    extracted = extract(edited(('"ratings.csv"', place)))
    assert "datasets" not in extracted.config
    assert any(f"training_data: {reason}" in left.said for left in extracted.left)


@pytest.mark.parametrize(
    ("value", "path", "base"),
    [
        ('DataFrameDirectory.create(data=pd.read_csv("users.csv"))', "users.csv", "script"),
        ('DataFrameDirectory.load("users")', "users", "script"),
        ('"users"', "users", "script"),
        ('os.path.join(os.environ["AZUREML_MODEL_DIR"], "users")', "users", "model"),
    ],
)
def test_wide_and_deep_takes_directories_and_paths(value: str, path: str, base: Any) -> None:
    config = {"module": "Score Wide and Deep Recommender", "datasets": {"user_features": {"path": "x.csv"}}}
    script = edited(("user_features=user_features", f"user_features={value}"), script=generate(config))
    extracted = extract(
        edited(("import DataFrameDirectory", "import DataFrameDirectory\nimport pandas as pd"), script=script)
    )
    assert extracted.left == ()
    assert settings_of(extracted.config).datasets == {"user_features": Dataset(path, base)}


@pytest.mark.parametrize(
    "loading",
    [
        'DataTable(pd.read_csv("ratings.csv", sep=";"))',
        'DataTable(pd.read_csv("ratings.txt"))',
        'DataTable(pd.read_parquet("ratings"))',
        'DataTable.from_dfd(DataFrameDirectory.load("ratings.csv"))',
        'pd.read_csv("ratings.csv")',
        'DataTable(pd.read_csv(os.environ["RATINGS"]))',
        'DataTable(pd.read_csv("data\\\\ratings.csv"))',
        "download_ratings()",
        "5",
    ],
)
def test_a_dataset_that_a_config_cannot_say_is_named(loading: str) -> None:
    script = edited(('DataTable(pd.read_csv("ratings.csv"))', loading))
    extracted = extract(script)
    assert "datasets" not in extracted.config
    named = [left for left in extracted.left if left.said.startswith("training_data: ")]
    assert [(left.line, left.message.rpartition("; ")[2]) for left in named] == [
        (line_of(script, '"training_data": ratings'), "left out of the config")
    ]


@pytest.mark.parametrize(
    ("old", "new", "name", "message"),
    [
        ("=10", "=int(os.environ['COUNT'])", "max_recommended_item_count", "the value is only known when the script runs; left out of the config"),
        ("=10", "='10'", "max_recommended_item_count", "'10' stands where the module takes a whole number; left out of the config"),
        ("=10", "=0", "max_recommended_item_count", "0 is below the minimum: use 1 or more; left out of the config"),
        ("=10", "=0x" + "f" * 3000, "max_recommended_item_count", "a number is too long to be read; left out of the config"),
        ("FromUnrated", "FromUndated", "recommended_item_selection", "RecommendedItemSelection has no member FromUndatedItems; left out of the config"),
        ("return_ratings=True,", "return_rating=True,", "return_rating", "Score SVD Recommender has no such parameter; left out of the config"),
    ],
)  # fmt: skip
def test_a_value_that_a_config_cannot_say_is_named(old: str, new: str, name: str, message: str) -> None:
    script = edited((old, new))
    assert f"{line_of(script, new)}: {name}: {message}" in left_of(script)
    assert name not in extract(script).config["parameters"]


def test_what_only_the_generated_script_sets_is_named() -> None:
    script = edited(("        max_recommended_item_count=10,\n", ""))
    message = "max_recommended_item_count: is not set here: the script that the config generates sets it to 5"
    assert left_of(script) == [f"{line_of(script, 'module.run')}: {message}"]


def test_what_the_config_lacks_to_be_valid_is_named() -> None:
    (left,) = left_of(edited(("ratings = DataTable", "ratings = None  # DataTable")))
    assert "recommended_item_selection: 'From Unrated Items" in left
    assert "needs the dataset training_data" in left


def test_text_that_is_left_out_or_none_stays_so() -> None:
    config = {"module": "Score Vowpal Wabbit Model", "parameters": {"vw_arguments": "--link logistic"}}
    script = generate(config)
    for new in ("", "        vw_arguments=None,\n"):
        extracted = extract(edited(('        vw_arguments="--link logistic",\n', new), script=script))
        assert extracted.left == ()
        assert extracted.config["parameters"]["vw_arguments"] is None


def test_none_that_a_config_cannot_say_is_named() -> None:
    script = edited(('file_type="VW"', "file_type=None"), script=generate({"module": "Score Vowpal Wabbit Model"}))
    (left,) = left_of(script)
    assert left.endswith('specify_file_type: is not set here: the script that the config generates sets it to "VW"')


@pytest.mark.parametrize(
    ("edits", "where", "at"),
    [
        ([('to_dict("list")', 'to_dict("records")')], "run()", "return json"),
        ([('json.dumps(frame.to_dict("list"))', 'json.dumps({"result": frame.values.tolist()})')], "run()", "return json"),
        ([('json.dumps(frame.to_dict("list"))', 'json.dumps(frame.to_dict("list"), default=str)')], "run()", "return json"),
        ([("scored.data_frame\n", "scored.data_frame.round(2)\n")], "run()", "frame = scored"),
        ([("    return json", "    frame['rank'] = 1\n    return json")], "run()", "frame['rank']"),
        ([("    return json", "    frame.dropna(inplace=True)\n    return json")], "run()", "frame.dropna"),
        ([("    return json", "    print(frame)\n    return json")], "run()", "print("),
        ([("    return json", "    if frame.empty:\n        return '[]'\n    return json")], "run()", "if frame"),
        ([("    return json.dumps(frame", "    summary = {'a': 1}\n    return json.dumps(summary) or (frame")], "run()", "return json"),
        ([("    return json.dumps(frame.to_dict(\"list\"))", "    summary = {'a': 1}\n    return json.dumps(summary)")], "run()", "return json"),
        ([("    return json.dumps(frame.to_dict(\"list\"))\n", "")], "run()", "def run"),
        ([("Module()", "Module(learner)")], "run()", "module = svd"),
        ([("module = svd.ScoreSVDRecommenderModule()\n", "\n"), ("module.run", "svd.ScoreSVDRecommenderModule(5).run")], "run()", "(scored,)"),
        ([("= json.loads(body)", "= json.loads(body)['data']")], "run()", "body = json"),
        ([("for entry in body:", "for entry in body[:100]:")], "run()", "for entry"),
        ([("decode_nan(cell)", "float(cell)")], "run()", "for entry"),
        ([("        for name, cell", "        entry.pop('id')\n        for name, cell")], "run()", "for entry"),
        ([("to_dfd(table, schema)", "to_dfd(clean(table), schema)")], "run()", "request ="),
        ([("def run(body):", "def run(body, limit=5):")], "run()", "def run"),
        ([("def run(body):", "async def run(body):")], "run()", "async def run"),
        ([("def run(body):", "@input_schema('data')\ndef run(body):")], "run()", "def run"),
        ([("def run(body):", "def helper(body):\n    return body\n\n\ndef run(body):")], "helper()", "def helper"),
        ([("def run(body):", "class Helper:\n    pass\n\n\ndef run(body):")], "class Helper", "class Helper"),
        ([(".model\n", ".model\n    learner.warm_up()\n")], "init()", "learner.warm_up"),
        ([("ModelDirectory.load(str(FOLDER)).model", "pickle.load(FOLDER)")], "init()", "learner ="),
        ([("load(str(FOLDER)).model", "load('other').model")], "init()", "learner ="),
        ([(".model\n", ".model\n    logging.info('ready')\n")], "init()", "logging."),
        ([("ratings = None\n", "ratings = None\nlogging.basicConfig(level=10)\n")], "the top level", "logging."),
        ([('"_schema.json"', '"other.json"')], "the top level", "with (FOLDER"),
        ([("json.load(stream)", "json.load(stream)['fields']")], "the top level", "with (FOLDER"),
        ([("ratings = None\n", "ratings = None\nos.environ['TZ'] = 'UTC'\n")], "the top level", "os.environ['TZ']"),
        ([("ratings = None\n", "ratings = None\nif __name__ == '__main__':\n    init()\n")], "the top level", "if __name__"),
    ],
    ids=str,
)  # fmt: skip
def test_code_of_its_own_is_named(edits: list[tuple[str, str]], where: str, at: str) -> None:
    script = edited(*edits)
    assert left_of(script) == [f"{line_of(script, at)}: {where} {OWN}"]
    assert extract(script).config == CONFIG


def test_each_part_is_named_once_at_its_first_statement() -> None:
    script = edited(
        (".model\n", ".model\n    print(1)\n    print(2)\n"), ("    return json", "    print(3)\n    return json")
    )
    assert left_of(script) == [
        f"{line_of(script, 'print(1)')}: init() {OWN}",
        f"{line_of(script, 'print(3)')}: run() {OWN}",
    ]


@pytest.mark.parametrize(
    "edits",
    [
        [("ratings = None\n", "ratings = None\nimport logging\nVERSION = '1.2'\nLIMITS = [1, 2]\n")],
        [("=10", "=COUNT"), ("ratings = None\n", "ratings = None\nCOUNT: int = 10\n")],
        [("=10", "=COUNT"), ("ratings = None\n", "ratings = None\nCOUNT = LIMIT = 10\n")],
        [("def init():", 'def init():\n    """Start."""'), ("def run(body):", 'def run(body: str) -> str:\n    """Go."""')],
        [("    frame = scored.data_frame\n", ""), ("frame.to_dict", "scored.data_frame.to_dict")],
        [("    return json.dumps(", "    answer = json.dumps("), ('("list"))\n', '(orient="list"))\n    return answer\n')],
        [("(scored,) = module.run(**wanted)", "[scored] = svd.ScoreSVDRecommenderModule().run(**wanted)"), ("    module = svd.ScoreSVDRecommenderModule()\n", "")],
        [("(scored,) = module.run(**wanted)", "scored = module.run(**wanted)[0]")],
        [("    body = json.loads(body)\n", ""), ("in body:", "in json.loads(body):")],
        [("body = json.loads(body)", "rows = json.loads(body)"), ("in body:", "in rows:")],
        [("with (FOLDER / \"_schema.json\").open() as stream:\n    schema = json.load(stream)", 'schema = json.loads((FOLDER / "_schema.json").read_text())')],
        [("with (FOLDER", 'schema = None\nif (FOLDER / "_schema.json").exists():\n  with (FOLDER'), ("    schema =", "      schema =")],
        [("{\"learner\": learner, \"test_data\": request, \"training_data\": ratings}", "dict(learner=learner, test_data=request, training_data=ratings)")],
        [("=True,\n    )", "=True,\n    )\n    wanted['return_ratings'] = True\n    wanted['return_ratings'] = True")],
    ],
    ids=str,
)  # fmt: skip
def test_other_ways_of_doing_the_same_are_not_named(edits: list[tuple[str, str]]) -> None:
    assert extract(edited(*edits)) == (CONFIG, ())


def test_a_function_of_the_generated_script_is_named_once_it_is_changed() -> None:
    script = generate("module: Score Model")
    assert left_of(edited(('"""Score a request', '"""Score one request'), script=script)) == []
    changed = edited(("not rows:", "len(rows) < 2:"), script=script)
    assert left_of(changed) == [f"{line_of(changed, 'def read_frame')}: read_frame() {OWN}"]


def test_an_import_from_an_older_package_is_named() -> None:
    assert left_of(IMAGES) == [
        "4: imports ScoreImageModel from an older package: the script that the config generates needs azureml-designer-pytorch-modules",
        f"{line_of(IMAGES, 'columns =')}: run() {OWN}",
    ]
    assert extract(IMAGES).config == {"module": "Score Image Model"}


@pytest.mark.parametrize(
    ("script", "line", "message"),
    [
        ("print(1)\n", 1, "no designer module is used here"),
        ("def (:\n", 1, "not valid Python"),
    ],
)
def test_a_script_that_cannot_be_followed_is_refused(script: str, line: int, message: str) -> None:
    with pytest.raises(RefusedError) as caught:
        extract(script)
    assert caught.value.message.startswith(message)
    assert caught.value.line in range(line - 2, line + 3)


def test_what_several_scoring_calls_do_not_share_is_left_out_and_named() -> None:
    script = SCRIPT + "\n\nmodule = svd.ScoreSVDRecommenderModule().run()\n"
    line = script.count("\n")
    assert "parameters" not in extract(script).config
    said = [str(left) for left in extract(script).left]
    assert any(f"prediction_kind: the scoring call in line {line} may be given another value" in item for item in said)
    assert f"{line}:10: scores once more, which the config does not carry over" in said


def test_what_is_not_known_of_the_call_is_named() -> None:
    loaded = edited(("wanted = {", "wanted = load() or {"))
    assert any("what the call is given comes from elsewhere" in str(left) for left in extract(loaded).left)
    assert "parameters" not in extract(loaded).config


@given(statement=st.sampled_from(SCRIPT.splitlines()), place=st.integers(0, SCRIPT.count("\n")))
@settings(deadline=None)
def test_no_line_that_is_moved_makes_extract_fail(statement: str, place: int) -> None:
    lines = SCRIPT.splitlines()
    lines.insert(place, statement)
    try:
        extracted = extract("\n".join(lines))
    except RefusedError:
        return
    if not extracted.left:
        assert settings_of(config_text(extracted.config))


@pytest.mark.parametrize("depth", [200, 3000])
def test_deep_code_is_named_and_not_followed(depth: int) -> None:
    names = "".join(f"a{number + 1} = a{number}\n" for number in range(depth))
    script = edited(
        ("ratings = None\n", f"ratings = None\na0 = Path('r')\n{names}"), ('"ratings.csv"', f"a{depth} / 'r.csv'")
    )
    assert isinstance(extract(script).left, tuple)


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
def test_the_text_of_a_config_gives_the_label_and_what_is_allowed(table: Table) -> None:
    text = config_text(extract(generate({"module": table.id})).config)
    given_ones = settings_of(text).parameters
    for parameter in table.parameters:
        if parameter.name in given_ones:
            comment = text[: text.index(f"  {parameter.name}:")].rpartition(":\n")[2]
            assert f"# {parameter.labels[0].text}: " in text
            assert all(option.name in comment or option.name in text for option in parameter.options)


@given(
    path=st.text(st.characters(exclude_characters="\\\0", exclude_categories=["Cs"]), min_size=1),
    text=strategies.difficult_text,
)
@settings(deadline=None)
def test_any_text_is_read_back_from_the_text_of_a_config(path: str, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    for module, config in (
        ("score_vowpal_wabbit_model", {"parameters": {"name_of_the_test_data_file": text}}),
        ("score_svd_recommender", {"output": path, "datasets": {"training_data": {"path": path}}}),
    ):
        from generator.text.yaml_reader import read_document

        whole = {"module": tables_by_key()[module].name} | config
        assert read_document(config_text(whole)).value == whole


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "score.py").write_text(SCRIPT)
    return tmp_path


def test_the_command_prints_the_config(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["extract", "score.py"]) == 0
    assert capfdbinary.readouterr() == (config_text(CONFIG).encode(), b"")


def test_the_command_names_what_is_left_and_writes_the_config_all_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = edited(("    return json", "    print(frame)\n    return json"))
    Path("score.py").write_text(script)
    assert main(["extract", "score.py", "-o", "scoregen.yaml"]) == 1
    assert Path("scoregen.yaml").read_text() == config_text(CONFIG)
    err = f"score.py:{line_of(script, 'print(')}:5: run() {OWN}\n"
    assert capsys.readouterr() == ("scoregen.yaml: written\n", err)
    assert main(["extract", "score.py", "-o", "scoregen.yaml"]) == 1
    assert capsys.readouterr() == ("scoregen.yaml: unchanged\n", err)


def test_the_command_reads_standard_input(folder: Path) -> None:
    command = [sys.executable, "-m", "generator", "extract", "-"]
    done = subprocess.run(command, input=SCRIPT.encode(), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (config_text(CONFIG).encode(), b"")


def test_a_script_in_another_encoding_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "# -*- coding: latin-1 -*-\r\n" + SCRIPT.replace("ratings.csv", "\xe9.csv").replace("\n", "\r\n")
    Path("score.py").write_bytes(script.encode("latin-1"))
    assert main(["extract", "score.py"]) == 0
    assert 'path: "\xe9.csv"' in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert main(["extract", "-"]) == 1
    assert capsys.readouterr().err.startswith("<stdin>:1:1: ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score.py", "-o", "score.py"], 2),
        (["score.py", "-o", "./score.py"], 2),
        (["score.py", "-o", "missing/scoregen.yaml"], 2),
        (["score.py", "-o", "."], 2),
        (["missing.py"], 2),
        (["."], 2),
        (["other.py"], 1),
        (["broken.py", "-o", "scoregen.yaml"], 1),
    ],
    ids=str,
)
def test_what_cannot_be_done_writes_nothing(
    arguments: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other.py").write_text("print(1)\n")
    Path("broken.py").write_text("def run(:\n")
    assert main(["extract", *arguments]) == code
    out, err = capsys.readouterr()
    assert (out, bool(err)) == ("", True)
    assert {path.name: path.read_text() for path in folder.glob("score*")} == {"score.py": SCRIPT}
