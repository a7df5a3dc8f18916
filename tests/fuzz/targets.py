"""What is fuzzed: each target takes bytes, and raises nothing, whatever they are, unless there is a bug.

A target that takes several texts finds them between bytes 0xff, which no UTF-8 has; other bytes that are no UTF-8
become lone surrogates.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from typing import Any, TypeVar

from generator import ConfigError
from generator.actions.check import check
from generator.actions.extract import extract
from generator.actions.fix import fix
from generator.actions.rewrite import rewrite as rewrite_text
from generator.actions.rewrite_file import rewrite_bytes
from generator.cli.commands.outcomes import lines_of
from generator.conda.check import check_conda
from generator.conda.environment_file import read_environment
from generator.conda.fix import fix_conda
from generator.config.parse import parse_config
from generator.facts.modules import load_tables
from generator.findings import RefusedError
from generator.report.text import line_of
from generator.rules.settings import BODIES, ENDPOINTS, Dataset, Response
from generator.script.read import read
from generator.script.source import UndecodableError, decode
from generator.text.yaml_reader import read_document
from tests.support import golden
from tests.support.claims import (
    assert_bundled,
    assert_config_text,
    assert_generated,
    assert_rewritten,
    controls,
    given_paths,
    given_texts,
    unseen,
)

SEPARATOR = b"\xff"
_DIFFICULT = "\xa5'\"\\\u202e{{ }}"
_MARK = "\ufeff"
_LARGEST_BASE = 10_000
_ENCODINGS = ("shift_jis", "cp950", "latin-1", "utf-7")

_Item = TypeVar("_Item")


def document(data: bytes) -> None:
    """Any bytes are read as YAML, or it is said why not."""
    for source in (data, data.decode(errors="surrogateescape")):
        for mistake in read_document(source).mistakes:
            assert not controls(mistake.message)


def config(data: bytes) -> None:
    """Any bytes are a config, whose scripts hold its texts as literals, or it is said why not."""
    try:
        parsed = parse_config(data)
    except ConfigError as error:
        assert not controls(str(error))
        return
    for script in parsed.scripts:
        if not script.keeps_code:
            assert_generated(script.settings)


def generate(data: bytes) -> None:
    """Any texts in a config, be it as a mapping or as YAML, and in the config's name."""
    selector, module, origin, output, parameters, paths = fields(data, 6)
    table = chosen(load_tables(), selector)
    config = {
        "module": module or table.id,
        "endpoint": chosen(ENDPOINTS, selector[1:]),
        "output": output or "score.py",
        "parameters": given_texts(table, *parameters.split("\t")),
        "datasets": {name: {"path": path} for name, path in given_paths(table, *paths.split("\t")).items()},
    }
    try:
        (script,) = parse_config(config).scripts
    except ConfigError as error:
        assert not controls(str(error))
    else:
        assert_generated(script.settings, origin)


def rewrite(data: bytes) -> None:
    """Any ``--set``, ``--dataset`` and ``--unset``, in scripts as people write them."""
    selector, unset, parameters, paths, more = fields(data, 5)
    content = chosen(bases(), selector)
    table = read(decode(content)[0]).call.table
    options = [*([f"--unset={unset}"] if unset else []), *([f"--set={more}"] if more else [])]
    assert_rewritten(
        content, given_texts(table, *parameters.split("\t")), given_paths(table, *paths.split("\t")), *options
    )


def script(data: bytes) -> None:
    """Any bytes as a script are checked, put right, extracted and rewritten, or refused."""
    try:
        source, _ = decode(data)
    except UndecodableError as error:
        assert not controls(str(error))
        return
    findings = check(source)
    assert not controls("".join(line_of("score.py", finding) for finding in findings))
    fixed = fix(source)
    if fixed != source:
        ast.parse(fixed.removeprefix(_MARK))
    try:
        extracted, left = extract(source)
        table = read(source).call.table
    except RefusedError as error:
        assert not controls(str(error))
        return
    assert not controls(lines_of("score.py", left))
    assert_config_text(extracted)
    texts, paths = given_texts(table, _DIFFICULT, _DIFFICULT), given_paths(table, *["data/\u00e9 1.csv"] * 3)
    datasets = {name: Dataset(path) for name, path in paths.items()}
    before = read(source).values
    if again := rewritten(data, texts, datasets=datasets):
        assert read(again).values.items() >= texts.items()
        assert unseen(again) <= unseen(source)
    if again := rewritten(data, {}, unset=list(texts), prune=True):
        assert not read(again).values.keys() & texts.keys()
    if again := rewritten(data, {}, response=Response(BODIES[1], True)):
        assert read(again).values.items() >= before.items()


def conda(data: bytes) -> None:
    """Any bytes as a conda file are checked and put right."""
    text = data.decode(errors="replace")
    for table in (None, *load_tables()[:2]):
        findings = check_conda(data, table)
        assert not controls("".join(line_of("conda_env.yaml", finding) for finding in findings))
        fixed = fix_conda(text, table)
        if fixed != text:
            assert not read_environment(fixed.removeprefix(_MARK)).wrong
            assert fix_conda(fixed, table) == fixed


def deployment(data: bytes) -> None:
    """Any texts in a config and in what goes with its script: environment, definitions, client and steps."""
    selector, origin, output, paths, folder, name, packages = fields(data, 7)
    output, folder = (text.encode(errors="replace").decode() for text in (output, folder))  # what YAML can say
    table = chosen(load_tables(), selector)
    kind = chosen(ENDPOINTS, selector[1:])
    datasets = given_paths(table, *paths.split("\t"))
    config: dict[str, Any] = {
        "module": table.name,
        "endpoint": kind,
        "output": output or "score.py",
        "conda": {"name": name or "environment", "packages": packages.split("\t") if packages else []},
        "deployment": {"endpoint": "my-endpoint", "model": f"{folder}trained_model_outputs"},
        "datasets": {name: {"path": path} for name, path in datasets.items()},
    }
    config["deployment"] |= {} if kind == ENDPOINTS[0] else {"compute": "my-cluster"}
    try:
        (script,) = parse_config(config).scripts
        assert_bundled(script, origin)
    except ConfigError as error:
        assert not controls(str(error))
        return
    if not any("\ud800" <= letter <= "\udfff" for letter in output + paths):  # which no YAML can say
        assert_config_text({key: config[key] for key in ("module", "endpoint", "output", "datasets") if config[key]})


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (document, config, generate, rewrite, script, conda, deployment)
}


def fields(data: bytes, number: int) -> list[str]:
    """Return the texts between the separators, as many as are wanted."""
    found = [part.decode(errors="surrogateescape") for part in data.split(SEPARATOR)]
    return (found + [""] * number)[:number]


def chosen(items: tuple[_Item, ...], selector: str) -> _Item:
    """Return the item that the first letter of a text stands for."""
    return items[ord(selector[:1] or "a") % len(items)]


@functools.cache
def bases() -> tuple[bytes, ...]:
    """Return the golden scripts that are rewritten, but for the longest, and one in other encodings."""
    cases = [case for case in golden.rewrite_cases() if (case / "after.py").exists()]
    paths = [*(case / "before.py" for case in cases), *(case.with_suffix(".py") for case in golden.cases())]
    small = [path.read_bytes() for path in paths if path.stat().st_size < _LARGEST_BASE]
    with_texts = next(script.decode() for script in small if b"ScoreVowpalWabbit" in script and script.isascii())
    return (*small, *(f"# coding: {name}\n{with_texts}".encode(name) for name in _ENCODINGS))


def rewritten(content: bytes, changes: dict[str, Any], **more: Any) -> str:
    """Return what a script is rewritten to, as Python reads it; nothing where that is refused."""
    try:
        result = rewrite_bytes(content, lambda source: rewrite_text(source, changes, **more))[0]
    except RefusedError as error:
        assert not controls(str(error))
        return ""
    ast.parse(result)
    return decode(result)[0]
