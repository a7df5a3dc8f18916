"""Bad input and faults around it: a clear error, and nothing lost."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
import sys
from enum import IntEnum
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml

from generator import ConfigError, generate, load_tables
from generator.cli.main import main
from generator.config.parse import parse_config
from generator.config.schema import config_schema
from generator.files.read import read_bytes
from generator.files.replace import replace_all
from generator.findings import FileError
from generator.rendering.score import RenderError, render, templates_folder
from generator.text.similar import APOSTROPHES, fold, nearest

PACKAGE = Path(__file__).parents[2] / "generator"
LISTED = "\\[(.*)\\]"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(config: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(config)
    return [str(problem) for problem in caught.value.findings]


@pytest.mark.parametrize("tag", ["bool maybe", "timestamp foo", "int ''", "float ''", "int x"])
def test_a_tag_that_does_not_fit_its_value(tag: str) -> None:
    assert any(f"cannot be read as {tag.split()[0]}" in problem for problem in problems(f"module: !!{tag}\n"))


@pytest.mark.parametrize("tag", ["!foo", "!!python/object:os.system", "!!set"])
def test_a_tag_on_a_mapping_has_no_meaning(tag: str) -> None:
    assert "has no meaning here" in problems(f"module: Score Model\nparameters: {tag} {{}}\n")[0]


@pytest.mark.parametrize("merged", ["5", "", "[5, {module: Score Model}]"])
def test_only_mappings_can_be_merged(merged: str) -> None:
    assert "2:1: <<: merges no mapping: give it one, or a list of mappings" in problems(
        f"module: Score Model\n<<: {merged}\n"
    )


def test_what_a_merge_brings_is_reported_where_it_stands() -> None:
    config = "scripts:\n- module: score_svd_recommender\n  output: a.py\n  parameters: &p\n    prediction_kind: No\n"
    config += "- module: score_svd_recommender\n  parameters: {<<: *p}\n"
    assert [problem.split(":")[0] for problem in problems(config)] == ["5", "5"]
    config = config.replace("{<<: *p}", "*p")
    assert [problem.split(":")[0] for problem in problems(config)] == ["5", "5"]


@pytest.mark.parametrize("char", ["\0", "\x07", "\ud800", "\ufffe"])
def test_a_character_that_is_no_yaml(char: str) -> None:
    assert problems(f"module: Score Model\n# {char}") == [
        f"2:3: not valid YAML: the character {char!a} is not allowed in it"
    ]


def test_the_errors_are_the_same_without_the_c_loader() -> None:
    """PyYAML is also installed without libyaml."""
    code = (
        "import yaml; del yaml.CSafeLoader\n"
        "from tests.config.test_config import FINE, WRONG, problems\n"
        "from generator.config.parse import parse_config\n"
        "from generator.findings import ConfigError\n"
        "from generator.text.yaml_reader import _Loader\n"
        "assert _Loader is yaml.SafeLoader\n"
        "for config in FINE.values(): parse_config(config)\n"
        "for name, (config, expected) in WRONG.items():\n"
        "    found = problems(config)\n"
        "    assert found == expected or 'YAML' in expected[0], (name, found)\n"
        "parse_config('module: Score Model')\n"
        "try: parse_config('module: \\x07')\n"
        "except ConfigError: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("key", ["a\nb", "c\x1b[31md", "x" * 100_000])
def test_a_message_is_one_line_whatever_the_key(key: str) -> None:
    (problem,) = problems({"module": "Score Model", key: 1})
    assert problem.isprintable()
    assert len(problem) < 300


def test_values_of_subclasses_are_what_they_are_at_heart() -> None:
    class Count(IntEnum):
        FIVE = 5

    class Evil(int):
        def __repr__(self) -> str:
            return "5, evil=1"

    class Kind(str):
        __slots__ = ()

        def __repr__(self) -> str:
            return "evil()"

    config = {"module": "score_svd_recommender", "parameters": {"prediction_kind": Kind("ItemRecommendation")}}
    plain = generate(
        config | {"parameters": {"prediction_kind": "ItemRecommendation", "max_recommended_item_count": 5}}
    )
    for five in (Count.FIVE, Evil(5)):
        assert generate(config | {"parameters": config["parameters"] | {"max_recommended_item_count": five}}) == plain  # type: ignore[operator]


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_a_label_may_have_any_apostrophe(apostrophe: str) -> None:
    label = f"SÉLECTION D{apostrophe}ÉLÉMENT recommande"
    assert fold(label) == "selection d'element recommande"
    offered = config_schema()["$defs"]["score_svd_recommender"]["properties"]["parameters"]["patternProperties"]
    assert any(re.search(pattern, label) for pattern in offered)


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("from all items", ["From Some Items", "From All Items"], "From All Items"),
        (
            "From Rated",
            ["From All Items", "From Rated Items (for model evaluation)"],
            "From Rated Items (for model evaluation)",
        ),
        ("From", ["From All Items", "From Rated Items"], None),
        ("lnik", ["--link", "--lrq"], "--link"),
        ("bogus", ["--bfgs", "--link"], None),
        ("x" * 100_000, ["x" * 99_999], None),
        ("", ["a"], None),
    ],
)
def test_the_nearest_of_the_names(word: str, candidates: list[str], expected: str | None) -> None:
    assert nearest(word, candidates) == expected


@pytest.mark.parametrize(
    ("said", "instead", "reason"),
    [
        ("append_or_result_only=True", "append_or_result_only=False", "sets append_or_result_only to False where"),
        ("append_or_result_only=True,", "", "sets append_or_result_only to None where"),
        ("learner=model,", "learner=model, evil=1,", "sets evil, which the module does not have"),
    ],
)
def test_a_template_that_says_something_else_is_noticed(
    said: str, instead: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = parse_config("module: Score Model").scripts[0].settings
    source = render(settings).replace(said, instead)
    monkeypatch.setattr(jinja2.Template, "render", lambda *_, **__: source)
    with pytest.raises(RenderError, match=reason):
        render(settings)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('"ratings.csv"', '"other.csv"'),
        ("os.path.dirname(os.path.abspath(__file__))", 'os.environ["AZUREML_MODEL_DIR"]'),
        ("training_data=training_data", "training_data=None"),
    ],
)
def test_a_template_that_loads_something_else_is_noticed(
    said: str, instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"module": "score_svd_recommender", "datasets": {"training_data": {"path": "ratings.csv"}}}
    settings = parse_config(config).scripts[0].settings
    source = render(settings).replace(said, instead)
    monkeypatch.setattr(jinja2.Template, "render", lambda *_, **__: source)
    with pytest.raises(RenderError, match="training_data"):
        render(settings)


def test_a_template_may_not_use_what_is_not_there() -> None:
    settings = parse_config("module: Score Model").scripts[0].settings
    template = (templates_folder() / "score.py.j2").read_text(encoding="utf-8")
    environment = __import__("generator.rendering.score", fromlist=["_environment"])._environment()
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string(template + "{{ nothing }}").render(
            table=settings.table, parameters={}, datasets={}, enums=[], origin=""
        )


def test_a_write_that_fails_leaves_the_old_bytes_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {folder / name: b"new" for name in ("a.py", "b.py")}
    for path in files:
        path.write_bytes(b"old")

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    for function in ("replace", "chmod"):
        with (
            monkeypatch.context() as patched,
            pytest.raises(FileError, match=r"a\.py: cannot be written: No space left"),
        ):
            patched.setattr(os, function, full)
            replace_all(files)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a.py": b"old", "b.py": b"old"}


def test_what_cannot_all_be_written_is_not_written_at_all(folder: Path) -> None:
    (folder / "a.py").write_bytes(b"old")
    (folder / "b.py").mkdir()
    with pytest.raises(FileError, match=r"b\.py: cannot be written: it is not a regular file"):
        replace_all({folder / "a.py": b"new", folder / "b.py": b"new"})
    assert (folder / "a.py").read_bytes() == b"old"
    assert sorted(path.name for path in folder.iterdir()) == ["a.py", "b.py"]


def test_only_regular_files_are_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    for path in (folder / "pipe", Path("/dev/zero")):
        with pytest.raises(FileError, match="it is not a regular file"):
            read_bytes(path)
    with pytest.raises(FileError, match="it is a folder, and a file is asked for"):
        read_bytes(folder)


@pytest.mark.parametrize(
    "output",
    ["x" * 300 + ".py", "loop", "pipe", "folder"],
    ids=["too long a name", "links in a circle", "named pipe", "folder"],
)
def test_an_output_that_cannot_be_written(output: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "loop").symlink_to("loop")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "scoregen.yaml").write_text(
        f"scripts:\n- module: Score Model\n- {{module: Score Model, output: {output}}}\n"
    )
    for arguments in (["generate", "scoregen.yaml"], ["generate", "--check", "scoregen.yaml"]):
        assert main(arguments) == 2
        assert "cannot be written" in capsys.readouterr().err
    assert not (folder / "score.py").exists()
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


@pytest.mark.parametrize("second", ["score.py", "link.py", "linked/score.py", "b.yaml"])
def test_two_configs_never_share_a_file(second: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "link.py").symlink_to("score.py")
    (folder / "linked").symlink_to(".")
    (folder / "a.yaml").write_text("module: Score Model\n")
    (folder / "b.yaml").write_text(f"module: Score Image Model\noutput: {second}\n")
    assert main(["generate", "a.yaml", "b.yaml"]) == 1
    expected = "is a config itself" if second == "b.yaml" else "is a file of a.yaml already: give each its own"
    assert f"b.yaml:2:1: output: '{second}' {expected}" in capsys.readouterr().err
    assert "Score Model" in (folder / "score.py").read_text()


def test_a_dash_is_standard_output_only_on_the_command_line(folder: Path) -> None:
    (folder / "scoregen.yaml").write_text("module: Score Model\noutput: '-'\n")
    assert main(["generate", "scoregen.yaml"]) == 0
    assert (folder / "-").exists()


@pytest.mark.parametrize("name", ["new\nline.yaml", "\x1b[31m.yaml", "\udcff.yaml"])
def test_a_message_is_one_line_whatever_the_name(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / name).write_text("module: Score\n")
    assert main(["generate", name]) == 1
    assert capsys.readouterr().err.rstrip("\n").isprintable()


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
@pytest.mark.parametrize("command", ["modules", "schema", "generate scoregen.yaml -o -"])
def test_an_output_that_takes_nothing(command: str, redirection: str, folder: Path) -> None:
    (folder / "scoregen.yaml").write_text("module: Score Model\n")
    shell = f"{sys.executable} -m generator {command} {redirection}"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2 if redirection == ">/dev/full" else done.returncode in (0, 2)


def test_the_facts_stand_in_the_tables_alone() -> None:
    """No parameter's name, option, class or module path stands in Python code, but in the examples of docstrings."""
    facts = {
        word
        for table in load_tables()
        for word in (
            *(table.id, table.name, table.class_name, *table.import_paths, *table.trained_by, table.package),
            *(parameter.name for parameter in table.parameters),
            *(parameter.enum or table.id for parameter in table.parameters),
            *(label.text for parameter in table.parameters for label in parameter.labels),
            *(
                spelling
                for parameter in table.parameters
                for option in parameter.options
                for spelling in option.spellings
            ),
        )
    } - {"VW"}
    for path in set(PACKAGE.rglob("*.py")) - {PACKAGE / "facts" / "compiled.py"}:
        code = without_docstrings(path.read_text(encoding="utf-8"))
        assert [fact for fact in facts if re.search(rf"\b{re.escape(fact)}\b", code)] == [], path.name


def without_docstrings(code: str) -> str:
    lines = code.splitlines()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
    return "\n".join(lines)


def test_every_option_of_every_module_has_a_golden_case() -> None:
    golden = Path(__file__).parents[2] / "golden" / "generate"
    for path in golden.glob("*/*.py"):
        assert path.with_suffix(".yaml").exists(), f"{path} has no config"
    for table in load_tables():
        configs = [parse_config(path.read_text(encoding="utf-8")) for path in golden.glob(f"{table.id}/*.yaml")]
        for parameter in table.parameters:
            used = {config.scripts[0].settings.parameters.get(parameter.name) for config in configs}
            assert {option.member for option in parameter.options} <= used
            assert parameter.type != "boolean" or {True, False} <= used


def test_yaml_is_read_by_the_safe_loader() -> None:
    assert yaml.CSafeLoader is not None
    with pytest.raises(ConfigError, match="could not determine a constructor"):
        parse_config("module: !!python/object/apply:os.getcwd []\n".replace("[]", "''"))
