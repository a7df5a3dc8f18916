"""Round trips: what goes through several commands comes back, and a rewrite touches nothing but what it sets.

``HYPOTHESIS_PROFILE=scale`` takes ten thousand examples of each. ``SCOREGEN_PYTHONS`` names interpreters that compile
all that is written, besides those found on the path; the grammar of Python 3.8 is always asked.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import keyword
import os
import re
import shutil
import subprocess
import tokenize
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from generator.checking import check
from generator.config import ConfigError, parse_config
from generator.config_text import config_text
from generator.extraction import extract
from generator.fixing import fix
from generator.render import render
from generator.rewriting import RefusedError, rewrite
from generator.script.names import Scope, parse
from generator.script.reading import Script, read
from generator.script.source import decode
from generator.script.text import Span
from generator.script.values import source_of
from generator.settings import BATCH, Dataset, Response, Settings, complete_response, counts, parameter_name
from generator.table import Parameter, Table
from tests import golden
from tests.strategies import configs, responses, spellings

_OLDEST, _NEWEST = 8, 13
_COMPILES = """\
import json, sys, warnings
warnings.simplefilter("error")
print("ready", flush=True)
for line in sys.stdin:
    try:
        compile(json.loads(line).encode(), "score.py", "exec")
        print("", flush=True)
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

    def fault(self, source: str) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(source) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def pythons() -> Iterator[list[Python]]:
    found = [shutil.which(f"python3.{minor}") for minor in range(_OLDEST, _NEWEST + 1)]
    named = os.environ.get("SCOREGEN_PYTHONS", "").split()
    every = [Python(command) for command in dict.fromkeys([*named, *filter(None, found)])]
    yield [python for python in every if python.starts]
    for python in every:
        python.process.kill()
        python.process.communicate()
    assert all(python.starts for python in every if python.command in named), "an interpreter does not start"


def assert_every_python_reads(source: str, pythons: list[Python]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compile(ast.parse(source, feature_version=(3, _OLDEST)), "score.py", "exec")
    assert [(python.command, fault) for python in pythons if (fault := python.fault(source))] == []


def settings_of(config: Any) -> Settings:
    """Return the settings, with one name for all that gives the same script."""
    found = parse_config(config, check_outputs=False).scripts[0].settings
    endpoint = found.endpoint if found.endpoint == BATCH else "online"
    return found._replace(response=complete_response(found.table, found.response), endpoint=endpoint)


def grave(source: str) -> set[str]:
    """Return the errors and warnings of a check, each with its parameter."""
    return {f"{item.parameter}: {item.message}" for item in check(source) if item.severity != "info"}


def warned(config: Any) -> set[str]:
    """Return the warnings of a config, each with its parameter."""
    problems = parse_config(config, check_outputs=False).warnings
    return {f"{problem.where.rpartition('.')[2]}: {problem.message}" for problem in problems}


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
        path = draw(st.sampled_from(["a.csv", "folder/'quoted\".csv", "folder", "é \u202e\ufe0f.csv"]))
        config["datasets"][port.name] = {"path": path, "relative_to": draw(st.sampled_from(["script", "model"]))}
    return config | ({} if before.endpoint == BATCH else {"response": draw(responses)})


@given(data=st.data(), config=configs())
@PROPERTY
def test_a_config_comes_back_from_every_command(
    data: st.DataObject, config: dict[str, Any], pythons: list[Python]
) -> None:
    parsed = parse_config(config, check_outputs=False)
    before = settings_of(config)
    script = render(parsed.scripts[0].settings, "scoregen.yaml")
    assert grave(script) <= warned(config)
    assert_every_python_reads(script, pythons)
    assert_read_back(script, before)

    wanted = data.draw(changed(before))
    after = settings_of(wanted)
    response = after.response if after.endpoint != BATCH else None
    rewritten = rewrite(script, wanted["parameters"], datasets=after.datasets, response=response).source
    assert grave(rewritten) <= warned(config) | warned(wanted)
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
    got = settings_of(config_text(extracted.config))
    assert got == settings_of(extracted.config)
    assert {name: value for name, value in got.parameters.items() if name in meant.parameters} == meant.parameters
    assert got._replace(parameters={}) == meant._replace(parameters={})


class Token(NamedTuple):
    """A token of a script and where it stands."""

    kind: int
    start: int
    end: int


def tokens_of(source: str) -> list[Token]:
    starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", source))]
    lines = io.StringIO(source.replace("\r\n", "\n").replace("\r", "\n"))
    found = [
        Token(token.type, starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1])
        for token in tokenize.generate_tokens(lines.readline)
        if token.string.strip()
    ]
    return [token for token in found if token.start < token.end <= len(source)]


def sources() -> Iterator[tuple[str, list[Token]]]:
    """Yield the scripts that are mutated, with their tokens."""
    scripts = [
        golden.script(case / "before.py") for case in golden.rewrite_cases() if case.name != "five_thousand_lines"
    ]
    scripts += [case.with_suffix(".py").read_bytes() for case in golden.cases()]
    for content in scripts:
        source, _ = decode(content)
        try:
            yield source, tokens_of(source)
        except (SyntaxError, tokenize.TokenError):  # one that is there to be refused
            continue


SOURCES = list(sources())


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a golden script some of whose tokens are deleted, doubled or swapped; most parse all the same."""
    source, tokens = draw(st.sampled_from(SOURCES))
    result = source
    for _ in range(5):
        result = draw(mutations(source, tokens))
        with contextlib.suppress(SyntaxError):
            parse(result)
            break
    return result


@st.composite
def mutations(draw: st.DrawFn, source: str, tokens: list[Token]) -> str:
    edits: dict[Span, str] = {}
    for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
        first = draw(st.integers(0, len(tokens) - 1))
        last = min(first + draw(st.sampled_from([0, 1, 2, 3, 3])), len(tokens) - 1)
        span = tokens[first].start, tokens[last].end
        match draw(st.sampled_from(["delete", "double", "swap", "misspell"])):
            case "delete":
                edits[span] = ""
            case "double":
                edits[span] = source[slice(*span)] + draw(st.sampled_from(["", " ", ", "])) + source[slice(*span)]
            case "misspell":
                letter = draw(st.integers(tokens[first].start, tokens[first].end - 1))
                edits[letter, letter + 1] = source[letter] * draw(st.sampled_from([0, 2]))
            case _:
                alike = [token for token in tokens if may_stand_for(source, token, tokens[first])] or tokens
                one, other = tokens[first], draw(st.sampled_from(alike))
                edits[one.start, one.end] = source[other.start : other.end]
                edits[other.start, other.end] = source[one.start : one.end]
    end = len(source)
    for (start, stop), text in sorted(edits.items(), reverse=True):
        if stop <= end:
            source, end = source[:start] + text + source[stop:], start
    return source


def may_stand_for(source: str, one: Token, other: Token) -> bool:
    """Say whether a token can take another's place and leave a script that parses: names, texts, numbers, brackets."""
    words = source[one.start : one.end], source[other.start : other.end]
    return one.kind == other.kind and not any(map(keyword.iskeyword, words))


@st.composite
def changes_of(
    draw: st.DrawFn, script: Script
) -> tuple[dict[str, Any], list[str], dict[str, Dataset], Response | None]:
    """Draw what to set, what to take out and what to load in a script, and what it is to give back."""
    table = script.call.table
    changes = {item.name: draw(spellings(item)) for item in table.parameters if draw(st.booleans())}
    others = [item.name for item in table.parameters if item.name not in changes]
    unset = [draw(st.sampled_from(others))] if others and draw(st.integers(0, 3)) == 0 else []
    loaded = {port.name: Dataset(draw(st.sampled_from(["a.csv", "it's \".csv"]))) for port in table.datasets}
    response = draw(st.none() | st.builds(lambda named: Response(**named), responses))
    return changes, unset, loaded if draw(st.booleans()) else {}, response


@given(data=st.data(), source=mutated())
@PROPERTY
def test_a_rewrite_of_a_mutated_script_touches_only_what_it_may(data: st.DataObject, source: str) -> None:
    try:
        script = read(source)
        changes, unset, loaded, response = data.draw(changes_of(script))
        prune = data.draw(st.booleans())
        result = rewrite(source, changes, unset=unset, datasets=loaded, prune=prune, response=response).source
    except (RefusedError, ConfigError):
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


@given(source=mutated())
@PROPERTY
def test_a_fix_of_a_mutated_script_touches_only_what_it_may(source: str) -> None:
    result = fix(source)
    if result != source:
        event("fixed")
        ast.parse(result)
        assert fix(result) == result
        assert len([item for item in check(result) if item.severity == "error"]) <= len(check(source))
        try:
            assert_untouched_but(allowed_to_change(read(source)), source, result)
        except RefusedError:  # of several scoring calls, say
            return


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

    Where it loads datasets that is init() too, and run() where it changes the response, with what is put in behind.
    """
    text, module = script.text, script.names.module.node
    spans = [text.span(script.call.node)]
    holders = [argument.holder for argument in script.given]
    for argument in script.given:
        spans += [text.span(source_of(argument.value, argument.scope)[0]), text.span(argument.holder)]
        spans += [text.span(node) for node in names_on_the_way(argument.value, argument.scope)]
    for node in ast.walk(module):
        is_import = isinstance(node, (ast.Import, ast.ImportFrom))
        if (
            is_import
            or node in holders
            or (isinstance(node, ast.Expr) and any(map(holders.__contains__, ast.walk(node))))
        ):
            spans.append(with_its_lines(script, text.span(node)))
        free = {"init": loading, "run": response, "body_of": response}
        if isinstance(node, ast.FunctionDef) and free.get(node.name):
            spans.append(with_its_lines(script, text.span(node)))
    if response:
        functions = [node for node in module.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        end = text.span((functions or module.body)[-1])[1]
        spans.append((end, with_its_lines(script, (end, end))[1]))
    if not any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in module.body):
        spans.append((0, 0))
    return [widened(script, span) for span in spans]


def names_on_the_way(node: ast.expr, scope: Scope) -> Iterator[Any]:
    """Yield the values of the names that lead to an argument's value."""
    for _ in range(20):
        if isinstance(node, ast.NamedExpr):
            node = node.value
        elif isinstance(node, ast.Name) and (binding := scope.home(node.id).single(node.id)) and binding.value:
            node, scope = binding.value, binding.scope
        else:
            return
        yield node


def widened(script: Script, span: Span) -> Span:
    """Return a part of a script with the brackets and blanks around it, and the comment behind it."""
    before = re.search(r"[(\s]*\Z", script.text.source[: span[0]])
    behind = re.compile(r"[)\s]*(?:#[^\r\n]*)?").match(script.text.source, span[1])
    assert before and behind
    return before.start(), behind.end()


def with_its_lines(script: Script, span: Span) -> Span:
    """Return whole statements with what stands on their lines, and the comments above them."""
    source = script.text.source
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
