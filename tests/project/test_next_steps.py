"""The next steps that messages name: each is found in the code, is one that scoregen takes, and leads on where it is tried."""

from __future__ import annotations

import argparse
import ast
import functools
import importlib
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from generator import ConfigError, generate
from generator.cli.commands import SUMMARIES
from generator.cli.main import main
from generator.cli.parser import parser_of
from generator.config.parse import parse_config
from generator.facts.modules import tables_by_key
from tests.support.model_folders import COLUMNS, leave_model

ROOT = Path(__file__).parents[2]
PLACES = [
    *sorted((ROOT / "generator").rglob("*.py")),
    *sorted((ROOT / "generator").rglob("*.yaml")),
    *sorted((ROOT / "templates").glob("*.j2")),
]
Captured = pytest.CaptureFixture[str]


def named() -> Iterator[str]:
    """Yield the command lines of scoregen that stand between backticks in its messages, help and docstrings."""
    for path in PLACES:
        if path.name != "compiled.py":
            yield from re.findall(r"`(scoregen [a-z][^`\n]*)`", path.read_text(encoding="utf-8"))


def words_of(line: str) -> list[str]:
    """Return the words of a command line, with what a message puts in its place replaced by a word."""
    return shlex.split(re.sub(r"\{[^{}]*(?:\([^)]*\))*[^{}]*\}", "x", line))[1:]


def test_there_are_many() -> None:
    assert len(set(named())) > 20


@pytest.mark.parametrize("line", sorted(set(named())))
def test_a_command_line_of_a_message_is_one(line: str) -> None:
    command, *rest = words_of(line)
    assert command in SUMMARIES
    parser = parser_of(command, importlib.import_module(f"generator.cli.commands.{command}"))
    known = {option for action in all_actions(parser) for option in action.option_strings}
    assert {word.partition("=")[0] for word in rest if word.startswith("-")} <= known


def all_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from all_actions(inner)


# What a message says in these words is done, and the command that said it passes.

UNRATED = ["--set", "prediction_kind=ItemRecommendation", "--set", "recommended_item_selection=FromUnratedItems"]
MODEL = "module: Score Model\n"
DEEP = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users.csv}\n"


Step: TypeAlias = Callable[[], int]


def write(name: str, text: str) -> Step:
    def step() -> int:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
        return 0

    return step


def run(*arguments: str) -> Step:
    return functools.partial(main, list(arguments))


def change(work: Callable[[], object]) -> Step:
    def step() -> int:
        work()
        return 0

    return step


def leave(**columns: str) -> Step:
    table = tables_by_key()["score_model"]
    return change(lambda: leave_model(Path(), table, columns=columns or COLUMNS))


def append(name: str, text: str) -> Step:
    return change(lambda: Path(name).write_text(Path(name).read_text() + text))


def remove(name: str) -> Step:
    return change(lambda: Path(name).unlink())


HELD = "trained_model_outputs/score.py"
BATCH = "module: Score Model\nendpoint: batch\noutput: batch.py\n"
BATCH_BY_HAND = generate(BATCH) + "\n\nprint('mine')\n"
NO_RUN = """\
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule


def run(data):
    return model.predict(data)
"""
PATH_FOR_DATA = generate("module: Score SVD Recommender").replace("training_data=None", "training_data='data.csv'")

STEPS: dict[str, tuple[list[Step], list[str], str, list[Step]]] = {
    "--dataset where a rewrite needs one": (
        [write("score.py", generate("module: Score SVD Recommender")), write("data.csv", "user\n")],
        ["rewrite", "score.py", *UNRATED],
        "load one with `--dataset training_data=data.csv`",
        [run("rewrite", "score.py", *UNRATED, "--dataset", "training_data=data.csv")],
    ),
    "init where there is no config": (
        [write("score.py", generate(MODEL))],
        ["sync"],
        "`scoregen init SCRIPT` writes one",
        [run("init", "score.py"), run("sync", "--force")],
    ),
    "the script for init": (
        [write("score.py", generate(MODEL))],
        ["init"],
        "`scoregen init score.py` writes its config",
        [run("init", "score.py")],
    ),
    "the data that is not there": (
        [write("scoregen.yaml", DEEP)],
        ["bundle", "scoregen.yaml", "-d", "out"],
        "put the data there before you deploy",
        [write("users.csv", "user\n")],
    ),
    "a dataset of another kind": (
        [write("scoregen.yaml", DEEP.replace("users.csv", "users.xlsx")), write("users.csv", "user\n")],
        ["generate", "scoregen.yaml"],
        "save the data as one of them",
        [write("scoregen.yaml", DEEP)],
    ),
    "a dataset outside": (
        [write("scoregen.yaml", DEEP.replace("users.csv", "../users.csv"))],
        ["generate", "scoregen.yaml"],
        "put the data in it, and leave .. out",
        [write("users.csv", "user\n"), write("scoregen.yaml", DEEP)],
    ),
    "another folder for a bundle": (
        [write("scoregen.yaml", MODEL), write("out/mine.txt", "mine")],
        ["bundle", "scoregen.yaml", "-d", "out"],
        "name another folder with -d, or use --force",
        [run("bundle", "scoregen.yaml", "-d", "out", "--force")],
    ),
    "without --check": (
        [write("scoregen.yaml", MODEL)],
        ["sync", "--check", "--format", "github"],
        "run the command without --check",
        [run("sync")],
    ),
    "the pins of a model": (
        [leave(), append(HELD, "\n\nprint('mine')\n")],
        ["check", "trained_model_outputs"],
        "write azureml-defaults==1.54.0",
        [run("check", "--fix", "trained_model_outputs")],
    ),
    "a config whose script is not there": (
        [write("scoregen.yaml", MODEL), leave(), remove(HELD)],
        ["serve", "scoregen.yaml", "--model-dir", "."],
        "`scoregen generate scoregen.yaml` writes it",
        [run("generate", "scoregen.yaml")],
    ),
    "a script that calls no run()": (
        [write("score.py", NO_RUN)],
        ["init", "score.py"],
        '`scoregen init --module "Score Model"` starts one',
        [remove("score.py"), run("init", "--module", "Score Model"), run("generate", "scoregen.yaml")],
    ),
    "a batch script with code of its own": (
        [write("score.py", BATCH_BY_HAND)],
        ["init", "score.py"],
        '`scoregen init --module "Score Model"` writes the config of a new one: give it `endpoint: batch` and another',
        [run("init", "--module", "Score Model"), write("scoregen.yaml", BATCH), run("generate", "scoregen.yaml")],
    ),
    "a model without a script": (
        [leave(), remove(HELD)],
        ["init", "."],
        '`scoregen init --module "Score Model"` in . writes a config that finds the model',
        [run("init", "--module", "Score Model"), run("generate", "scoregen.yaml")],
    ),
    "dates in the response": (
        [leave(born="datetime64"), write("score.py", generate(MODEL).replace(", default=plain)", ")"))],
        ["check", "score.py"],
        "`scoregen rewrite SCRIPT --strict-json` makes them text",
        [run("rewrite", "score.py", "--strict-json")],
    ),
    "a path where a dataset is wanted": (
        [write("score.py", PATH_FOR_DATA), write("data.csv", "user\n")],
        ["check", "score.py"],
        "load it as `scoregen rewrite SCRIPT --dataset training_data=PATH` does",
        [run("rewrite", "score.py", "--dataset", "training_data=data.csv")],
    ),
    "a script that no config names": (
        [write("score.py", generate(MODEL))],
        ["sync", "score.py"],
        "`scoregen init SCRIPT` writes one",
        [run("init", "score.py"), run("sync", "--force", "score.py")],
    ),
    "a script that scores nothing": (
        [write("other.py", "print(1)\n"), write("score.py", generate(MODEL))],
        ["check", "other.py"],
        "name the entry script, or its folder",
        [run("check", "score.py"), run("check", ".")],
    ),
    "what check fixes": (
        [write("score.py", generate(MODEL).replace("result_only=True", "result_only='True'"))],
        ["check", "score.py"],
        "write True",
        [run("check", "--fix", "score.py")],
    ),
}
NOT_AGAIN = {  # their step is the other command itself, or another way, or what is left to do needs a runtime
    "the script for init",
    "--dataset where a rewrite needs one",
    "a config whose script is not there",
    "a script that calls no run()",
    "a batch script with code of its own",
    "a model without a script",
    "a script that scores nothing",
}


@pytest.mark.parametrize("name", STEPS)
def test_what_a_message_proposes_leads_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    before, command, said, steps = STEPS[name]
    for step in before:
        step()
    capsys.readouterr()
    first = main(command)
    printed = "".join(capsys.readouterr())
    assert said in printed, printed
    assert first != 0 or name == "init where there is no config"
    done = [step() for step in steps]
    assert max(done) <= ("sync" in command), "sync ends with 1 where it has written"
    if name not in NOT_AGAIN:
        assert main(command) == 0, "".join(capsys.readouterr())


# Each step that stands in a message is one of those above, or is tried where it belongs.

TRIED = {
    "scoregen check --fix": "what check fixes",
    "scoregen check --fix {folder}": "the pins of a model",
    "scoregen generate {config}": "a config whose script is not there",
    'scoregen init --module "{config}"': "a batch script with code of its own",
    'scoregen init --module "{name}"': "a script that calls no run()",
    "scoregen init --module {module}": "a model without a script",
    "scoregen init --module MODULE": "a script that calls no run()",
    "scoregen generate -o FILE": "tests/cli/test_cli.py",
    "scoregen init {script}": "tests/files/test_named.py",
    "scoregen sync --force {path}": "tests/actions/test_init.py",
    "scoregen init SCRIPT": "a script that no config names",
    "scoregen init score.py": "the script for init",
    "scoregen rewrite SCRIPT --dataset {name}=PATH": "a path where a dataset is wanted",
    "scoregen rewrite SCRIPT --strict-json": "dates in the response",
    "--dataset {about}=data.csv": "--dataset where a rewrite needs one",
    "scoregen sync {path}": "tests/actions/test_init.py",
    "scoregen convert {folder} -o DIR": "tests/actions/test_describe.py",
    "scoregen prove DIR --against PYTHON": "tests/vendor/test_convert.py",
    "scoregen runtime list": "tests/slow/test_runtime.py",
    "scoregen runtime make {what}": "tests/slow/test_runtime.py",
    "scoregen runtime remove NAME": "tests/slow/test_runtime.py",
    "scoregen runtime make {where}": "tests/vendor/test_runtime.py",
    "scoregen try --update": "tests/slow/test_try.py",
    "scoregen try {target} --samples FILE": "tests/slow/test_serve.py",
    "scoregen try {named}": "tests/slow/test_serve.py",
    "scoregen modules score_vowpal_wabbit_model": "alone",
    "scoregen modules --format markdown": "alone",
    "scoregen explain --format markdown": "alone",
}


@functools.cache
def in_messages() -> set[str]:
    """Return what stands between backticks in the texts of the code and of the tables, but not in docstrings."""
    found: set[str] = set()
    for path in PLACES:
        content = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            found.update(re.findall(r"`([^`\n]+)`", content))
        elif path.name != "compiled.py":
            for text in texts(ast.parse(content)):
                found.update(re.findall(r"`([^`\n]+)`", text))
    return found


def texts(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of a module, what an f-string puts in written as in the code."""
    nodes = list(ast.walk(tree))
    parts = {id(inner) for node in nodes if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
                for part in node.values
                if isinstance(part, ast.Constant | ast.FormattedValue)
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (parts | alone):
            yield node.value


def test_each_step_of_a_message_is_tried() -> None:
    steps = {step for step in in_messages() if re.match(r"scoregen \w+ [^{A-Z]*[-{A-Z\w]|--dataset", step)}
    assert {step for step in steps if " -h" not in step} == set(TRIED)
    for place in TRIED.values():
        assert place == "alone" or place in STEPS or (ROOT / place).is_file()


@pytest.mark.parametrize("step", [step for step, place in TRIED.items() if place == "alone"])
def test_a_step_that_needs_nothing(step: str, capsys: Captured) -> None:
    assert main(words_of(step)) == 0
    assert capsys.readouterr().out


def test_what_pip_is_to_install_is_an_extra_of_ours() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = text.partition("[project.optional-dependencies]")[2].partition("\n[")[0]
    wanted = {step.removeprefix("pip install ") for step in in_messages() if step.startswith("pip install ")}
    assert wanted == {'".[ui]"', "argcomplete", "uv"}
    assert "\nui = [" in extras
    assert all(f'"{name}' in extras for name in ("argcomplete", "uv"))


SVD = "module: Score SVD Recommender\n"
ONLINE = "module: Score Model\n"
UNRATED_MODE = "parameters: {prediction_kind: ItemRecommendation, recommended_item_selection: FromUnratedItems}\n"
NAMES = "endpoint: my-endpoint, model: azureml:my-model:1"
MENDED = [  # a config, what is said of it, and the config in which that is done
    (f"{ONLINE}conda: 5", "conda: true", f"{ONLINE}conda: true"),
    (f"{ONLINE}conda: 5", "conda: {packages: [shap==0.39.0]}", f"{ONLINE}conda: {{packages: [shap==0.39.0]}}"),
    (f"{ONLINE}conda: {{packages: a}}", "packages: [shap==0.39.0]", f"{ONLINE}conda: {{packages: [shap==0.39.0]}}"),
    (f"{ONLINE}conda: {{conda_packages: a}}", "conda_packages: [libgomp]", f"{ONLINE}conda: {{conda_packages: [libgomp]}}"),
    (f"{ONLINE}conda: {{pins: []}}", "pins: {azureml-defaults: 1.54.0}", f"{ONLINE}conda: {{pins: {{azureml-defaults: 1.54.0}}}}"),
    (f"{ONLINE}conda: {{packages: [azureml-defaults==1]}}", "pins: {azureml-defaults: VERSION}", f"{ONLINE}conda: {{pins: {{azureml-defaults: 1.53.0}}}}"),
    (f"{ONLINE}deployment: 5", f"deployment: {{{NAMES}}}", f"{ONLINE}deployment: {{{NAMES}}}"),
    (f"{ONLINE}endpoint: batch\ndeployment: 5", f"deployment: {{{NAMES}, compute: my-cluster}}", f"{ONLINE}endpoint: batch\ndeployment: {{{NAMES}, compute: my-cluster}}"),
    (f"{ONLINE}deployment: {{endpoint: abc}}", "model: azureml:my-model:1", f"{ONLINE}deployment: {{endpoint: abc, model: azureml:my-model:1}}"),
    (f"{ONLINE}deployment: {{{NAMES}, compute: cpu}}", "endpoint: batch", f"{ONLINE}endpoint: batch\ndeployment: {{{NAMES}, compute: cpu}}"),
    (f"{ONLINE}deployment: {{{NAMES}, compute: cpu}}", "endpoint: kubernetes", f"{ONLINE}endpoint: kubernetes\ndeployment: {{{NAMES}, compute: cpu}}"),
    (f"{ONLINE}response: 5", "{body: records}", f"{ONLINE}response: {{body: records}}"),
    (f"{ONLINE}response: {{body: row}}", "request: {body: row}", f"{ONLINE}response: {{body: row}}\nrequest: {{body: row}}"),
    (f"{ONLINE}response: {{names: 5}}", "{predicted_price: Scored Labels}", f"{ONLINE}response: {{names: {{predicted_price: Scored Labels}}}}"),
    (f"{ONLINE}request: 5", "{optional: auto}", f"{ONLINE}request: {{optional: auto}}"),
    (f"{ONLINE}request: {{keep: a}}", "[customer_id]", f"{ONLINE}request: {{keep: [customer_id]}}"),
    (f"{ONLINE}request: {{parameters: [append_or_result_only]}}", "body: designer", f"{ONLINE}request: {{body: designer, parameters: [append_or_result_only]}}"),
    (f"{ONLINE}request: {{parameters: [append_or_result_only]}}", "swagger: true", f"{ONLINE}request: {{swagger: true, parameters: [append_or_result_only]}}"),
    (f"{SVD}datasets: 5", "{training_data: {path: data.csv}}", f"{SVD}datasets: {{training_data: {{path: data.csv}}}}"),
    (f"{SVD}datasets: {{training_data: 5}}", "{path: data.csv}", f"{SVD}datasets: {{training_data: {{path: data.csv}}}}"),
    (f"{SVD}datasets: {{training_data: {{}}}}", "training_data: {path: data.csv}", f"{SVD}datasets: {{training_data: {{path: data.csv}}}}"),
    (f"{SVD}{UNRATED_MODE}", "datasets: {training_data: {path: data.csv}}", f"{SVD}{UNRATED_MODE}datasets: {{training_data: {{path: data.csv}}}}"),
    ("5", "module:", "module: Score Model"),
    (f"{ONLINE}---\n{ONLINE}", "scripts:", "scripts: [{module: Score Model}]"),
]  # fmt: skip


@pytest.mark.parametrize(("broken", "step", "mended"), MENDED, ids=[step for _, step, _ in MENDED])
def test_what_a_message_has_one_write_is_taken(broken: str, step: str, mended: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(broken)
    assert f"`{step}`" in "\n".join(finding.message for finding in caught.value.findings)
    done = step.replace("VERSION", "1.53.0").strip("{}")
    assert done.partition(":")[0] in mended
    parse_config(mended)
