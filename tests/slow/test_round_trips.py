"""Round trips: what goes through several commands comes back, and a rewrite touches nothing but what it sets.

``HYPOTHESIS_PROFILE=scale`` takes ten thousand examples of each. ``SCOREGEN_PYTHONS`` names the interpreters that compile
all that is written; without it those on the path do. The grammar of Python 3.8 is always asked.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import json
import keyword
import os
import re
import shutil
import subprocess
import tokenize
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from generator.actions.bundle_files import bundle
from generator.actions.check import check
from generator.actions.extract import extract
from generator.actions.fix import fix
from generator.actions.rewrite import rewrite
from generator.conda.block import complete_conda
from generator.conda.check import check_conda
from generator.conda.environment_file import read_environment
from generator.config.parse import Config, parse_config
from generator.config.parse import Script as ConfigScript
from generator.config.write import config_text
from generator.facts.modules import Parameter, Port, Table
from generator.findings import ConfigError, RefusedError
from generator.rendering.conda_env import render_conda
from generator.rendering.score import render
from generator.rules.modes import conditions, counts
from generator.rules.settings import BATCH, Dataset, Response, Settings, canonical, complete_response, parameter_name
from generator.script.parse import parse
from generator.script.read import Script, read
from generator.script.source import decode
from generator.text.spans import Span, Text, within
from tests.support import golden
from tests.support.strategies import deployed_configs, responses, spellings

_OLDEST, _NEWEST = 8, 13
_COMPILES = """\
import json, sys, warnings
warnings.simplefilter("error")
print("ready", flush=True)
for line in sys.stdin:
    try:
        compile(json.loads(line).encode(), "score.py", "exec")
        print("fine", flush=True)
    except Exception as error:
        print(ascii(error), flush=True)
"""
PROPERTY = settings(deadline=None, suppress_health_check=list(HealthCheck))


class Python:
    """An interpreter that compiles scripts."""

    def __init__(self, command: str) -> None:
        self.command = command
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([command, "-c", _COMPILES], stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        assert self.process.stdout
        self.starts = self.process.stdout.readline() == "ready\n"

    def ask(self, source: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(source) + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


def on_the_path() -> Iterator[Python]:
    """Yield an interpreter of each version; what pyenv puts first on the path may start none."""
    for minor in range(_OLDEST, _NEWEST + 1):
        for folder in os.get_exec_path():
            command = shutil.which(f"python3.{minor}", path=folder)
            if command:
                python = Python(command)
                if python.starts:
                    yield python
                    break
                python.stop()


@pytest.fixture(scope="module")
def pythons() -> Iterator[list[Python]]:
    named = [Python(command) for command in os.environ.get("SCOREGEN_PYTHONS", "").split()]
    every = named or list(on_the_path())
    try:
        assert [python.command for python in every if not python.starts] == []
        yield every
    finally:
        for python in every:
            python.stop()


def assert_every_python_reads(source: str, pythons: list[Python]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compile(ast.parse(source, feature_version=(3, _OLDEST)), "score.py", "exec")
    for python in pythons:  # all at once
        python.ask(source)
    assert [(python.command, answer) for python in pythons if (answer := python.answer()) != "fine"] == []


def settings_of(config: Config) -> Settings:
    """Return the settings, with one name for all that gives the same script."""
    found = config.scripts[0].settings
    endpoint = found.endpoint if found.endpoint == BATCH else "online"
    return found._replace(response=complete_response(found.table, found.response), endpoint=endpoint)


def modes(settings: Settings) -> dict[str, Any]:
    """Return the parameters on which it depends what else counts."""
    every: list[Parameter | Port] = [*settings.table.parameters, *settings.table.datasets]
    names = {condition.parameter for of in every for condition in conditions(settings.table, of)}
    return {name: value for name, value in settings.parameters.items() if name in names}


def grave(source: str) -> set[str]:
    """Return the errors and warnings of a check, each with its parameter."""
    return {f"{item.about}: {item.message}" for item in check(source) if item.severity != "info"}


def warned(*configs: Config) -> set[str]:
    """Return the warnings of configs, each with its parameter."""
    problems = [problem for config in configs for problem in config.warnings]
    return {f"{problem.about.rpartition('.')[2]}: {problem.message}" for problem in problems}


@st.composite
def changed(draw: st.DrawFn, before: Settings) -> dict[str, Any]:
    """Draw another config of the same module and kind of endpoint."""
    table = before.table
    config: dict[str, Any] = {"module": table.id, "datasets": {}, "endpoint": before.endpoint}
    config["parameters"] = {
        draw(st.sampled_from(parameter.keys)): draw(spellings(parameter))
        for parameter in table.parameters
        if draw(st.booleans())
    }
    for port in table.datasets:
        path = draw(st.sampled_from(["a.csv", "folder/'quoted.csv", "folder", "é \u202e\ufe0f.csv"]))
        config["datasets"][port.name] = {"path": path, "relative_to": draw(st.sampled_from(["script", "model"]))}
    return config | ({} if before.endpoint == BATCH else {"response": draw(responses)})


@given(data=st.data(), config=deployed_configs())
@PROPERTY
def test_a_config_comes_back_from_every_command(
    data: st.DataObject, config: dict[str, Any], pythons: list[Python]
) -> None:
    parsed = parse_config(config, check_outputs=False)
    before = settings_of(parsed)
    script = render(parsed.scripts[0].settings, "scoregen.yaml")
    assert grave(script) <= warned(parsed)
    assert_every_python_reads(script, pythons)
    assert_read_back(script, before)
    assert_deployed(parsed.scripts[0], script)

    wanted = data.draw(changed(before))
    other = parse_config(wanted, check_outputs=False)
    after = settings_of(other)
    event(f"compiled by {len(pythons)} interpreters")
    event(f"{before.endpoint}, to {'another mode' if modes(before) != modes(after) else 'the same mode'}")
    response = after.response if after.endpoint != BATCH else None
    rewritten = rewrite(script, wanted["parameters"], datasets=after.datasets, response=response).source
    assert grave(rewritten) <= warned(parsed, other)
    assert_every_python_reads(rewritten, pythons)
    named = {parameter_name(before.table, key) for key in wanted["parameters"]}
    values = read(rewritten).values
    assert {name: values[name] for name in named} == {name: after.parameters[name] for name in named}
    kept = [name for name in before.parameters if name not in named]
    assert {name: values[name] for name in kept} == {name: before.parameters[name] for name in kept}
    assert_read_back(rewritten, after._replace(parameters=values))


def assert_read_back(script: str, meant: Settings) -> None:
    extracted = extract(script)
    if any("\ud800" <= char <= "\udfff" for char in "".join(map(str, meant.parameters.values()))):
        assert "half a surrogate pair cannot stand in a config" in extracted.left[0].message
        return
    assert extracted.left == ()
    got = settings_of(parse_config(config_text(extracted.config)))
    assert got == settings_of(parse_config(extracted.config))
    assert {name: value for name, value in got.parameters.items() if name in meant.parameters} == meant.parameters
    assert got._replace(parameters={}) == meant._replace(parameters={})


def assert_deployed(script: ConfigScript, source: str) -> None:
    """Assert that the files of a deployment say what the config does; each was read back as it was rendered."""
    if script.conda:
        text = render_conda(script.settings.table, script.conda, "scoregen.yaml")
        assert [item for item in check_conda(text, script.settings.table) if item.severity != "info"] == []
        found = [requirement.text for requirement in read_environment(text).requirements]
        assert {*script.conda.packages, *script.conda.conda_packages} <= {*found}
        assert all(
            any(line.startswith(name) and line.endswith(pin) for line in found)
            for name, pin in script.conda.pins.items()
        )
    if script.deployment:
        try:
            conda = script.conda or complete_conda({})
            assert conda
            files = bundle(script, source.encode(), conda, script.deployment, [], "scoregen.yaml")
        except ConfigError as error:
            reasons = ("is not below the script, and nothing else is deployed", "is another file of the bundle")
            assert all(any(reason in problem.message for reason in reasons) for problem in error.findings)
            event("a dataset elsewhere, or called like a file of the bundle")
            return
        event("bundled")
        assert files["score.py"] == source.encode()
        said = yaml.safe_load(files["endpoint.yml"]) | yaml.safe_load(files["deployment.yml"])
        assert (said["endpoint_name"], said["name"]) == (script.deployment.endpoint, script.deployment.name)
        assert yaml.safe_load(files["endpoint.yml"])["name"] == script.deployment.endpoint
        ast.parse(files.get("consume.py", b""), feature_version=(3, _OLDEST))


class Piece(NamedTuple):
    """A part of a script that can be deleted, doubled or take another's place: a token, or a node of its tree."""

    kind: int | str
    start: int
    end: int


class Mutable(NamedTuple):
    """A script to be mutated: its pieces in groups, of which each is as likely to be chosen from."""

    source: str
    groups: list[list[Piece]]


def tokens_of(source: str) -> Iterator[Piece]:
    starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", source))]
    lines = io.StringIO(source.replace("\r\n", "\n").replace("\r", "\n"))
    for token in tokenize.generate_tokens(lines.readline):
        if token.string.strip():
            start, end = (starts[line - 1] + column for line, column in (token.start, token.end))
            yield Piece(token.string if keyword.iskeyword(token.string) else token.type, start, end)


def nodes_of(source: str) -> Iterator[Piece]:
    """Yield the expressions, each with a comma behind it, the arguments, and the statements with their lines."""
    text = Text(source)
    comma = re.compile(r"\s*,\s*|")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.expr | ast.keyword | ast.alias):
            start, end = text.span(node)
            behind = comma.match(source, end)
            assert behind
            kind = "expression" if isinstance(node, ast.expr) else type(node).__name__
            yield Piece(kind, start, end)
            if behind.end() > end:
                yield Piece(f"{kind},", start, behind.end())
        elif isinstance(node, ast.stmt):
            yield Piece("statement", *with_its_lines(source, text.span(node)))


def mutable(source: str) -> Mutable:
    """Return a script with its pieces; those that a rewrite may change have groups of their own."""
    groups = [list(tokens_of(source)), list(nodes_of(source))]
    with contextlib.suppress(RefusedError):
        spans = allowed_to_change(read(source))
        groups += [
            [piece for piece in group if any(within((piece.start, piece.end), span) for span in spans)]
            for group in groups
        ]
    return Mutable(source, list(filter(None, groups)))


@functools.cache
def to_mutate() -> list[Mutable]:
    """Return the golden scripts, but for those that are there to be refused since they do not parse."""
    scripts = [golden.script(case / "before.py") for case in golden.rewrite_cases() if not golden.is_long(case)]
    scripts += [case.with_suffix(".py").read_bytes() for case in golden.cases()]
    found = []
    for content in scripts:
        source, _ = decode(content)
        with contextlib.suppress(SyntaxError, tokenize.TokenError):
            found.append(mutable(source))
    return found


@st.composite
def mutated(draw: st.DrawFn, *ways: str) -> str:
    """Draw a golden script some of whose pieces are mutated in some ways; most parse all the same."""
    script = draw(st.sampled_from(to_mutate()))
    result = script.source
    for _ in range(8):
        result = draw(mutations(script, ways))
        with contextlib.suppress(SyntaxError):
            parse(result)
            break
    return result


@st.composite
def mutations(draw: st.DrawFn, script: Mutable, ways: Sequence[str]) -> str:
    edits: dict[Span, str] = {}
    for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
        group = draw(st.sampled_from(script.groups))
        index = draw(st.integers(0, len(group) - 1))
        edits |= draw(mutation(script.source, group, index, draw(st.sampled_from(ways))))
    source, end = script.source, len(script.source)
    for (start, stop), text in sorted(edits.items(), reverse=True):
        if stop <= end:
            source, end = source[:start] + text + source[stop:], start
    return source


@st.composite
def mutation(draw: st.DrawFn, source: str, group: list[Piece], index: int, way: str) -> dict[Span, str]:
    """Draw the edits of one mutation of a piece, or of a few in a row."""
    one = group[index]
    last = max(one.end, group[min(index + draw(st.sampled_from([0, 0, 1, 2, 3])), len(group) - 1)].end)
    match way:
        case "delete":
            return {(one.start, last): ""}
        case "double":
            text = source[one.start : last]
            return {(one.start, last): text + draw(st.sampled_from(["", " ", ", "])) + text}
        case "misspell":
            letter = draw(st.integers(one.start, one.end - 1))
            return {(letter, letter + 1): source[letter] * draw(st.sampled_from([0, 2]))}
    texts = {piece: source[piece.start : piece.end] for piece in group if piece.kind == one.kind}
    other = draw(st.sampled_from([piece for piece in texts if texts[piece] != texts[one]] or group))
    return {(one.start, one.end): source[other.start : other.end], (other.start, other.end): texts[one]}


@st.composite
def changes_of(
    draw: st.DrawFn, script: Script
) -> tuple[dict[str, Any], list[str], dict[str, Dataset], Response | None]:
    """Draw what to set, what to take out and what to load in a script, and what it is to give back."""
    table = script.call.table
    changes = {item.name: draw(spellings(item)) for item in table.parameters if draw(st.integers(0, 3))}
    values = script.values | {name: canonical(table.parameter(name), value) for name, value in changes.items()}
    others = [
        item.name
        for item in table.parameters
        if item.name not in changes and not (item.required and has_effect(table, item, values))
    ]
    unset = [draw(st.sampled_from(others))] if others and draw(st.integers(0, 3)) == 0 else []
    loaded = {port.name: Dataset(draw(st.sampled_from(["a.csv", "it's {a}.csv"]))) for port in table.datasets}
    response = Response(**draw(responses)) if draw(st.integers(0, 3)) else None
    return changes, unset, loaded if draw(st.booleans()) else {}, response


@given(data=st.data(), source=mutated("delete", "double", "swap", "misspell"))
@PROPERTY
def test_a_rewrite_of_a_mutated_script_touches_only_what_it_may(data: st.DataObject, source: str) -> None:
    stage = "refused as it is"
    try:
        script = read(source)
        stage = "refused with the changes"
        changes, unset, loaded, response = data.draw(changes_of(script))
        prune = data.draw(st.booleans())
        result = rewrite(source, changes, unset=unset, datasets=loaded, prune=prune, response=response).source
    except RefusedError as error:
        event(stage)
        assert 1 <= error.line <= len(Text(source).lines)
        assert error.message
        return
    event("rewritten" if result != source else "has it all already")
    assert_untouched_but(allowed_to_change(script, loaded or prune, response), source, result)
    after = read(result)
    wanted = parse_config({"module": script.call.table.id, "parameters": changes, "mode": "rewrite"})
    settings = wanted.scripts[0].settings.parameters
    for name, value in after.values.items():
        if name in settings:
            assert value == settings[name]
        elif script.values.get(name) is not None and name not in script.faulty:
            assert value == script.values[name]
    assert after.values.keys() >= changes.keys()
    assert not after.values.keys() & set(unset)
    kept = {item.name for item in script.call.table.parameters if has_effect(script.call.table, item, after.values)}
    assert after.values.keys() >= (kept & script.values.keys()) - set(unset)
    assert other_imports(script) == other_imports(after)
    assert rewrite(result, changes, unset=unset, datasets=loaded, prune=prune, response=response).source == result


@given(source=mutated("misspell", "misspell", "misspell", "swap"))
@PROPERTY
def test_a_fix_of_a_mutated_script_touches_only_what_it_may(source: str) -> None:
    result = fix(source)
    if result != source:
        event("fixed")
        ast.parse(result)
        assert fix(result) == result
        assert len([item for item in check(result) if item.severity == "error"]) <= len(check(source))
        try:
            script = read(source)
            assert_untouched_but([*allowed_to_change(script), *proposed(script)], source, result)
        except RefusedError:  # of several scoring calls, say
            return


def proposed(script: Script) -> list[Span]:
    """Return the words and values that a finding proposes to replace."""
    places = {finding.place for finding in check(script.text.source) if finding.suggestion}
    nodes = (node for node in ast.walk(script.names.module.node) if isinstance(node, (ast.expr, ast.keyword)))
    return [script.text.span(node) for node in nodes if script.text.place(node) in places]


def has_effect(table: Table, parameter: Parameter, values: Mapping[str, Any]) -> bool:
    return not parameter.ignored and counts(table, parameter, values)


def assert_untouched_but(spans: list[Span], source: str, result: str) -> None:
    """Assert that the parts of a script between some spans are all there, in their order."""
    position, end, parts = 0, 0, []
    for start, stop in sorted(spans):
        if start > position:
            parts.append(source[position:start])
        position = max(position, stop)
    parts.append(source[position:])
    assert result.endswith(parts[-1])
    assert result.startswith(parts[0]) or min(spans)[0] == 0
    for part in parts:
        found = result.find(part, end)
        assert found >= 0, part
        end = found + len(part)


def allowed_to_change(script: Script, loading: object = None, response: Response | None = None) -> list[Span]:
    """Return the parts of a script that a rewrite may change: the arguments, where they stand, and the imports.

    Where it loads datasets that is init() too, and where it changes the response run() and the function that scores, with
    what is put in behind; the function that reads requests goes by the mode.
    """
    text, module = script.text, script.names.module.node
    spans = [text.span(script.call.node)]
    holders = [argument.holder for argument in script.given]
    for argument in script.given:
        spans += [text.span(argument.holder)] if argument.holder else []
        spans += [text.span(argument.value)]
        spans += [text.span(spot.node) for value in options(argument.worth) for spot in getattr(value, "trace", ())]
    for node in ast.walk(module):
        is_import = isinstance(node, (ast.Import, ast.ImportFrom))
        if (
            is_import
            or node in holders
            or (isinstance(node, ast.Expr) and any(map(holders.__contains__, ast.walk(node))))
        ):
            spans.append(with_its_lines(script.text.source, text.span(node)))
        free = {"init": loading, "run": response, "body_of": response, "plain": response, "read_frame": True}
        answers = response and script.call.node in ast.walk(node)  # a helper that run() hands the rows to
        if isinstance(node, ast.FunctionDef) and (free.get(node.name) or answers):
            spans.append(with_its_lines(script.text.source, text.span(node)))
    if response:
        functions = [node for node in module.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        end = text.span((functions or module.body)[-1])[1]
        spans.append((end, with_its_lines(script.text.source, (end, end))[1]))
    if not any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in module.body):
        spans.append((0, 0))
    return [widened(script, span) for span in spans]


def options(worth: Any) -> Iterator[Any]:
    """Yield the values that an argument can have."""
    yield from getattr(worth, "options", (worth,))


def widened(script: Script, span: Span) -> Span:
    """Return a part of a script with the brackets and blanks around it, and the comment behind it."""
    before = re.search(r"[(\s]*\Z", script.text.source[: span[0]])
    behind = re.compile(r"[)\s]*(?:#[^\r\n]*)?").match(script.text.source, span[1])
    assert before and behind
    return before.start(), behind.end()


def with_its_lines(source: str, span: Span) -> Span:
    """Return whole statements with what stands on their lines, and the comments above them."""
    above = re.search(r"(?:(?:^|(?<=[\r\n]))[ \t\f]*#[^\r\n]*(?:\r\n|\r|\n))*[^\r\n]*\Z", source[: span[0]])
    behind = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?").match(source, span[1])
    assert above and behind
    return above.start(), behind.end()


def other_imports(script: Script) -> list[str]:
    """Return what a script imports, but for what comes and goes with the arguments and the datasets."""
    ours = ("pandas", "os", "json", "azureml")
    found = [
        f"{binding.target} as {name}"
        for scope in script.names.scopes
        for name, bindings in scope.bindings.items()
        for binding in bindings
        if binding.target and not binding.target.startswith(ours)
    ]
    return sorted(found)
