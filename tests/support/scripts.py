"""Edited scripts for the property tests, put together from ways of writing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st

from generator.facts.modules import Table, Value, load_tables
from generator.rules.literals import quoted, spell
from generator.rules.modes import counts
from generator.rules.settings import canonical, complete
from tests.support.strategies import spellings

MODULES = [table for table in load_tables() if table.parameters]


class Edited(NamedTuple):
    """A script, what it sets (canonical), and the parts of it that no rewrite touches, in their order."""

    source: str
    table: Table
    parameters: Mapping[str, Value]
    untouched: list[str]


class _Layout(NamedTuple):
    """How a series of arguments is laid out."""

    lines: str
    last_comma: bool
    above: bool
    behind: bool
    quote: str
    indentation: str


layouts = st.builds(
    _Layout,
    lines=st.sampled_from(["own", "one", "aligned", "comma first", "pairs"]),
    last_comma=st.booleans(),
    above=st.booleans(),
    behind=st.booleans(),
    quote=st.sampled_from("'\""),
    indentation=st.sampled_from(["    ", "  ", "\t"]),
)
WAYS = [
    "keywords",
    "dict call",
    "dict display",
    "subscripts",
    "update",
    "update with a dict",
    "spread",
    "named",
    "in the module",
    "in init",
]
IMPORTS = [
    "one line",
    "backslash",
    "parentheses",
    "parentheses on one line",
    "sorted",
    "as",
    "module as",
    "from package",
    "whole",
    "star",
    "in the function",
]


@st.composite
def parameters(draw: st.DrawFn, table: Table, with_unrated: bool = False) -> dict[str, Value]:
    """Draw parameters that work: those that count, and no others."""
    given = {
        parameter.name: canonical(parameter, draw(spellings(parameter)))
        for parameter in table.parameters
        if draw(st.booleans()) and not parameter.ignored
    }
    if not with_unrated:
        given = {name: value for name, value in given.items() if value != "FromUnratedItems"}
    every = complete(table, given, {}).parameters
    return {name: value for name, value in every.items() if counts(table, table.parameter(name), every)}


@st.composite
def edited_scripts(draw: st.DrawFn) -> Edited:
    """Draw a script as someone may have edited it."""
    table = draw(st.sampled_from(MODULES))
    values = draw(parameters(table))
    layout = draw(layouts)
    style = draw(st.sampled_from(IMPORTS))
    way = draw(st.sampled_from([way for way in WAYS if style != "in the function" or not way.startswith("in ")]))
    imported, prefix, as_ = _imports(table, style, values)
    ports = {port.name: "None" if port.holds == "dataset" else port.name for port in table.ports}
    own = {name: _spelled(table, name, value, layout.quote, prefix, as_) for name, value in values.items()}
    module, init, body = _statements(f"{prefix}{as_.get(table.class_name, table.class_name)}", way, ports, own, layout)
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    indentation = layout.indentation
    parts = [
        (draw(st.sampled_from(["", "# é — 你好\n", '"""Scores."""\n'])) + "import json\nimport os", True),
        ("\n\n", False),
        ("" if style == "in the function" else imported + "\n", False),
        ("\nFOLDER = os.getenv('AZUREML_MODEL_DIR')  # où ?\n", True),
        (module, False),
        ("\n\ndef init():\n", True),
        (indentation + "global model\n", False),
        (indentation + "model = json.loads('{}')  # 😀\n", True),
        (init, False),
        ("\n\ndef run(data):\n" + indentation + "rows, test = json.loads(data), 'ü'\n", True),
        (_indented(imported, indentation) + "\n" if style == "in the function" else "", False),
        (_indented(body, indentation), False),
        ("\n" + indentation + "return result\n\n\ndef helper(params):\n" + indentation + "params['a'] = 1\n", True),
        (draw(st.sampled_from(["", "# the end"])), True),
    ]
    parts = [(text.replace("\n", newline), is_untouched) for text, is_untouched in parts]
    return Edited("".join(text for text, _ in parts), table, values, [text for text, is_ in parts if is_])


def _imports(table: Table, style: str, values: Mapping[str, Value]) -> tuple[str, str, dict[str, str]]:
    """Return the import statement, what comes before the names that it brings, and their other names."""
    path = table.import_paths[0]
    package, _, module = path.rpartition(".")
    enums = {parameter.enum for parameter in table.parameters if parameter.enum and parameter.name in values}
    names = [table.class_name, *sorted(enums, reverse=True)]
    one_line = ", ".join(names)
    simple = {
        "backslash": f"from {path} import \\\n    {one_line}",
        "parentheses": f"from {path} import (\n" + "".join(f"    {name},\n" for name in names) + ")",
        "parentheses on one line": f"from {path} import ({one_line})  # noqa",
        "sorted": f"from {path} import {', '.join(sorted(names))}",
        "star": f"from {path} import *",
        "in the function": f"from {path} import ({one_line})",
    }
    if style == "as":
        as_ = {name: f"The{name}" for name in names}
        return f"from {path} import " + ", ".join(f"{name} as {other}" for name, other in as_.items()), "", as_
    if style == "module as":
        return f"import {path} as scoring", "scoring.", {}
    if style == "from package":
        return f"from {package} import {module}", f"{module}.", {}
    if style == "whole":
        return f"import {path}", f"{path}.", {}
    return simple.get(style, f"from {path} import {one_line}"), "", {}


def _spelled(table: Table, name: str, value: Value, quote: str, prefix: str, as_: Mapping[str, str]) -> str:
    source = spell(table.parameter(name), value, prefix, indent=-10_000)
    for enum, other in as_.items():
        source = source.replace(f"{enum}.", f"{other}.") if table.parameter(name).enum == enum else source
    if source[0] not in "'\"":
        return source
    parameter = table.parameter(name)
    text = next(option.name for option in parameter.options if option.member == value) if parameter.options else value
    return quoted(str(text), quote)


def _statements(
    scorer: str, way: str, ports: Mapping[str, str], own: Mapping[str, str], layout: _Layout
) -> tuple[str, str, str]:
    """Return what stands in the module, in init() and in run(), not indented but for init()."""
    step = layout.indentation
    call = f"result, = {scorer}().run"
    if way == "keywords":
        return "", "", _series(f"{call}(", {**ports, **own}, layout, ")")
    if way == "dict call":
        return "", "", _series("params = dict(", {**ports, **own}, layout, ")") + f"\n{call}(**params)"
    if way == "dict display":
        return "", "", _series("params = {", {**ports, **own}, layout, "}") + f"\n{call}(**params)"
    if way == "subscripts":
        lines = [f"params[{quoted(name, layout.quote)}] = {value}" for name, value in {**ports, **own}.items()]
        return "", "", "\n".join(["params = {}", *lines, f"{call}(**params)"])
    ports_only = _series("params = dict(", ports, layout, ")")
    if way == "update":
        return "", "", f"{ports_only}\n" + _series("params.update(", own, layout, ")") + f"\n{call}(**params)"
    if way == "update with a dict":
        return "", "", f"{ports_only}\n" + _series("params.update({", own, layout, "})") + f"\n{call}(**params)"
    if way == "named":
        named = {name: f"the_{name}" for name in own}
        lines = [f"{named[name]} = {value}  # {name}" for name, value in own.items()]
        return "", "", "\n".join([*lines, _series(f"{call}(", {**ports, **named}, layout, ")")])
    if way == "spread":
        return (
            "",
            "",
            _series("base = {", own, layout, "}")
            + "\n"
            + _series(f"{call}(**base, ", ports, layout._replace(lines="one"), ")"),
        )
    settings = _series("SETTINGS = dict(", own, layout, ")")
    ports_only = _series("ports = dict(", ports, layout, ")")
    body = f"params = dict(**SETTINGS)\n{ports_only}\n{call}(**params, **ports)"
    if way == "in init":
        return "SETTINGS = None\n", _indented("global SETTINGS\n" + settings, step) + "\n", body
    return settings + "\n", "", body


def _series(opening: str, items: Mapping[str, str], layout: _Layout, closing: str) -> str:
    is_display = closing.startswith("}")
    sources = [
        f"{quoted(name, layout.quote)}: {value}" if is_display else f"{name}={value}" for name, value in items.items()
    ]
    if layout.lines == "one" or not sources:
        return opening + ", ".join(sources) + closing
    if layout.lines == "aligned":
        between = "\n" + " " * len(opening)
        comments = [f"  # {name}" if layout.behind else "" for name in items]
        lines = [f"{source},{comment}" for source, comment in zip(sources, comments, strict=True)]
        return opening + between.join([*lines[:-1], sources[-1] + closing + comments[-1]])
    step = layout.indentation
    if layout.lines == "comma first":
        return opening + "\n" + step + f"\n{step}, ".join(sources) + "\n" + closing
    if layout.lines == "pairs":
        pairs = [", ".join(sources[index : index + 2]) for index in range(0, len(sources), 2)]
        return opening + "\n" + step + f",\n{step}".join(pairs) + closing
    text = opening + "\n"
    for index, (name, source) in enumerate(zip(items, sources, strict=True)):
        is_last = index == len(sources) - 1
        text += f"{step}# about {name}\n" if layout.above else ""
        text += f"{step}{source}{'' if is_last and not layout.last_comma else ','}"
        text += (f"  # {name}, of course" if layout.behind else "") + "\n"
    return text + closing


def _indented(text: str, indentation: str) -> str:
    return "\n".join(indentation + line if line else line for line in text.split("\n")) if text else text


def datasets(table: Table, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the paths of the datasets that the parameters need."""
    return {port.name: "ratings.csv" for port in table.datasets if port.required and counts(table, port, values)}
