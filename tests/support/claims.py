"""What holds of all that is written, whatever texts a user gives: they become literals, and they read back.

A script is held against the one of harmless texts in the same places, so a text that became code would show.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import sys
from types import SimpleNamespace
from typing import Any
from unittest import mock

import yaml

from generator.actions.bundle import bundle, wanted_files
from generator.actions.extract import extract
from generator.cli.main import main
from generator.config.parse import Script
from generator.config.write import config_text, full_config_text
from generator.facts.modules import Table
from generator.rendering.score import render
from generator.rules.literals import is_visible
from generator.rules.settings import Dataset, Settings
from generator.script.read import read
from generator.script.source import decode
from generator.text.yaml_reader import read_document

HARMLESS = "harmless"
_SURROGATE = re.compile("[\ud800-\udfff]")
_CODE_SPAN = re.compile("(?<!`)`([^`\n]+)`(?!`)")


def given_texts(table: Table, *texts: str) -> dict[str, str]:
    """Return texts for as many of a module's parameters of that type."""
    names = [parameter.name for parameter in table.parameters if parameter.type == "text"]
    return dict(zip(names, texts, strict=False))


def given_paths(table: Table, *paths: str) -> dict[str, str]:
    """Return paths for as many of a module's datasets."""
    return dict(zip([port.name for port in table.datasets], paths, strict=False))


def harmless_path(name: str, path: str) -> str:
    """Return a harmless path to a dataset of the same kind."""
    return f"{name}.csv" if Dataset(path).is_csv else name


def harmless(settings: Settings) -> Settings:
    """Return the settings with a harmless text for each text and each path."""
    texts = {name: HARMLESS for name in given_texts(settings.table, *"ab") if settings.parameters.get(name) is not None}
    paths = {
        name: dataset._replace(path=harmless_path(name, dataset.path)) for name, dataset in settings.datasets.items()
    }
    return settings._replace(parameters={**settings.parameters, **texts}, datasets=paths)


def changed_literals(before: str, after: str) -> list[tuple[Any, Any]]:
    """Return the literals in which two scripts differ. Raises AssertionError where their syntax trees differ in more.

    The scripts are read as their files are, so that no comment passes for a declaration of the encoding.
    """
    pairs = []
    stack: list[tuple[Any, Any]] = [(ast.parse(before.encode()), ast.parse(after.encode()))]
    while stack:
        one, other = stack.pop()
        assert type(one) is type(other) or isinstance(one, (str, int))
        if isinstance(one, ast.Constant):
            if repr(one.value) != repr(other.value):
                pairs.append((one.value, other.value))
        elif isinstance(one, ast.AST):
            stack += [(getattr(one, field, None), getattr(other, field, None)) for field in one._fields]
        elif isinstance(one, list):
            assert len(one) == len(other)
            stack += zip(one, other, strict=True)
        else:
            assert one == other
    return sorted(pairs, key=repr)


def unseen(text: str) -> set[str]:
    """Return the characters of a text that cannot be seen, or that change how others look; line feeds do not count."""
    return {char for char in set(text) - {"\n"} if not is_visible(char)}


def controls(message: str) -> set[str]:
    """Return the characters of a message that could disturb a terminal; line feeds do not count."""
    return {char for char in set(message) - {"\n"} if not char.isprintable()}


def assert_generated(settings: Settings, origin: str = "") -> str:
    """Return the settings' script, which has their texts in literals, and from which they can be read back."""
    source, plain = render(settings, origin), harmless(settings)
    pairs = [(plain.parameters[name], value) for name, value in settings.parameters.items()]
    pairs += [(plain.datasets[name].path, dataset.path) for name, dataset in settings.datasets.items()]
    expected = sorted(((one, other) for one, other in pairs if one != other), key=repr)
    assert changed_literals(render(plain), source) == expected
    assert not unseen(source)
    assert read(source).values == settings.parameters
    texts = [*map(str, settings.parameters.values()), *(dataset.path for dataset in settings.datasets.values())]
    if not _SURROGATE.search("".join(texts)):  # which a config cannot say
        datasets = extract(source).config.get("datasets", {})
        assert {name: Dataset(**dataset) for name, dataset in datasets.items()} == settings.datasets
    return source


def assert_rewritten(content: bytes, texts: dict[str, str], paths: dict[str, str], *more: str) -> bytes:
    """Return what ``rewrite --set --dataset`` makes of a script, which has just those texts in literals.

    Nothing where that is refused.
    """
    result, said = _rewritten(content, texts, paths, *more)
    assert not controls(said)
    if not result:
        return b""
    source = decode(result)[0]
    values = {name: read(source).values[name] for name in texts}
    assert all(values[name] in (text, read_document(text).value) for name, text in texts.items())
    plain_texts = {name: HARMLESS if isinstance(values[name], str) else text for name, text in texts.items()}
    plain_paths = {name: harmless_path(name, path) for name, path in paths.items()}
    expected, _ = _rewritten(content, plain_texts, plain_paths, *more)
    pairs = [*((HARMLESS, values[name]) for name in texts), *((plain_paths[name], paths[name]) for name in paths)]
    meant = {(one, other) for one, other in pairs if isinstance(other, str) and one != other}
    assert set(changed_literals(decode(expected)[0], source)) == meant
    assert unseen(source) <= unseen(decode(content)[0])
    return result


def _rewritten(content: bytes, texts: dict[str, str], paths: dict[str, str], *more: str) -> tuple[bytes, str]:
    sets = [f"--set={name}={text}" for name, text in texts.items()]
    datasets = [f"--dataset={name}={path}" for name, path in paths.items()]
    code, result, said = run(["rewrite", "-", *sets, *datasets, *more], content)
    return result if code == 0 else b"", said


def assert_config_text(config: dict[str, Any]) -> None:
    """Assert that the text of a config says what the config does, and that it can be seen."""
    full = full_config_text({"module": config["module"]}, config)
    assert read_document(config_text(config)).value == config
    assert not read_document(full).mistakes
    assert not unseen(config_text(config) + full)


def bundled(script: Script, origin: str) -> dict[str, str]:
    """Return all that goes with a script, without it, by the files' names."""
    assert script.deployment
    files = bundle(script, b"", script.deployment, (), origin)
    return {name: content.decode() for name, content in files.items() if content}


def assert_bundled(script: Script, origin: str) -> None:
    """Assert that all that goes with a script says what its config says, and that it can be seen."""
    assert script.deployment and script.conda
    files = bundled(script, origin)
    plain = bundled(script._replace(settings=harmless(script.settings), output="score.py"), origin and "scoregen.yaml")
    assert not unseen("".join(files.values()))
    if "consume.py" in files:
        assert changed_literals(plain["consume.py"], files["consume.py"]) == []
    endpoint, deployment, conda = (
        yaml.safe_load(files[name]) for name in ("endpoint.yml", "deployment.yml", "conda_env.yaml")
    )
    assert endpoint["name"] == script.deployment.endpoint
    assert deployment["model"]["path"] == script.deployment.model
    assert deployment["code_configuration"]["scoring_script"] == script.output.rpartition("/")[2]
    assert conda["name"] == script.conda.name
    assert {*conda["dependencies"][-1]["pip"]} >= {*script.conda.packages}
    spans = _CODE_SPAN.findall(files["README.md"])
    told = {ast.literal_eval(span) if span[:1] in "'\"" else span for span in spans}
    assert told >= {script.deployment.model, *wanted_files(script.settings)}
    assert markdown_of(files["README.md"]) <= markdown_of(plain["README.md"])


def markdown_of(text: str) -> set[str]:
    """Return the lines of a page in Markdown, with all that is between backticks blanked."""
    return set(_CODE_SPAN.sub("``", text).splitlines())


def run(arguments: list[str], content: bytes = b"") -> tuple[int, bytes, str]:
    """Run scoregen with a script on standard input; return the exit code, standard output, and what was said."""
    out, said = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with (
        mock.patch.object(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(said),
    ):
        try:
            code = main(["--debug", *arguments])
        except SystemExit as error:  # argparse's
            code = int(str(error.code))
    out.flush()
    return code, out.buffer.getvalue(), said.getvalue()
