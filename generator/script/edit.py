"""Changing a scoring call's arguments: values replaced where they stand, arguments put in and taken out."""

from __future__ import annotations

import ast
import re
from typing import Any

import libcst as cst

from generator.script.arguments import Argument
from generator.script.calls import ScoringCall
from generator.script.enums import Enums
from generator.script.names import Names, assigned_once
from generator.script.series import Series, read_series
from generator.script.text import Edit, Span, Text
from generator.script.values import source_of
from generator.spelling import quoted, spell
from generator.table import Parameter, Port, Value

_EQUALS = re.compile(r"\s*[=:]\s*")


class Editor:
    """Gathers the edits of one script."""

    def __init__(
        self, text: Text, names: Names, enums: Enums, call: ScoringCall, arguments: dict[str, Argument]
    ) -> None:
        """Take the script as it was read."""
        self._text = text
        self._names = names
        self._enums = enums
        self._call = call
        self._arguments = arguments
        self._values: list[Edit] = []
        self._inserted: list[tuple[Parameter | Port, Any]] = []
        self._removed: list[Argument] = []

    def replace(self, parameter: Parameter, argument: Argument, value: Value) -> None:
        """Give an argument another value, at the name's assignment where nothing else uses the name."""
        node = self._own_source(argument)
        span, source = self._new_value(parameter, node, value)
        self._values.append(Edit(span, source))

    def insert(self, parameter: Parameter, value: Value) -> None:
        """Add an argument."""
        self._inserted.append((parameter, value))

    def remove(self, argument: Argument) -> None:
        """Take an argument out."""
        self._removed.append(argument)

    def hand_over(self, port: Port, argument: Argument | None) -> None:
        """Give the call the dataset that init() has loaded into the global of the port's name."""
        self._set_source(port, argument, port.name)

    def hand_over_nothing(self, port: Port, argument: Argument | None) -> None:
        """Give the call None for a dataset."""
        if argument:
            self._set_source(port, argument, "None")

    def _set_source(self, port: Port, argument: Argument | None, source: str) -> None:
        if argument is None:
            self._inserted.append((port, source))
        elif self._text.of(argument.value) != source:
            self._values.append(Edit(self._text.span(argument.value), source))

    def edits(self) -> list[Edit]:
        """Return all edits; those within one call or dict display are one."""
        holders: dict[int, Any] = {}
        if self._inserted:
            main = self._main_holder()
            holders[id(main)] = main
        edits = []
        for argument in self._removed:
            if isinstance(argument.holder, ast.Assign):
                edits.append(self._line_of(argument.holder))
            else:
                holders[id(argument.holder)] = argument.holder
        for holder in holders.values():
            edits.append(self._edited_holder(holder, insert=bool(self._inserted) and holder is self._main_holder()))
        edits += [edit for edit in self._values if not any(_within(edit.span, other.span) for other in edits)]
        return edits + self._import_edits()

    def _own_source(self, argument: Argument) -> ast.expr:
        node = argument.value
        if not isinstance(node, ast.Name):
            return node
        home = argument.scope.home(node.id)
        uses = [
            use for scope in self._names.scopes if scope.home(node.id) is home for use in scope.uses.get(node.id, [])
        ]
        source, _ = source_of(node, argument.scope)
        binding = assigned_once(node.id, argument.scope)
        directly = binding is not None and binding.value is source
        return source if len(uses) == 1 and directly else node

    def _new_value(self, parameter: Parameter, node: ast.expr, value: Value) -> tuple[Span, str]:
        span = self._text.span(node)
        if parameter.type == "option" and parameter.written_as[0] == "member" and isinstance(value, str):
            enum = self._enums.spelled(parameter.enum or "")
            if isinstance(node, ast.Attribute) and self._text.of(node.value) == enum:
                return (span[1] - len(node.attr), span[1]), value
            if isinstance(node, ast.Subscript) and self._text.of(node.value) == enum:
                return self._text.span(node.slice), quoted(value, self._text.of(node.slice)[0])
            return span, f"{enum}.{value}"
        return span, self._spelled(parameter, value, self._quote(node))

    def _spelled(self, parameter: Parameter, value: Value, quote: str) -> str:
        if parameter.type == "option" and parameter.written_as[0] == "member":
            return f"{self._enums.spelled(parameter.enum or '')}.{value}"
        source = spell(parameter, value, indent=-10_000)
        return quoted(ast.literal_eval(source), quote) if source[0] in "'\"" else source

    def _quote(self, node: ast.expr | None) -> str:
        """Return the kind of quotes that a text has, or else the first text among the arguments."""
        candidates = [node] if node else []
        candidates += [argument.value for argument in self._arguments.values()]
        candidates += [argument.key for argument in self._arguments.values() if isinstance(argument.key, ast.Constant)]
        for candidate in candidates:
            if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str):
                return self._text.of(candidate).lstrip("rRuUbBfF")[0]
        return '"'

    def _main_holder(self) -> Any:
        """Return the call or dict display that holds most of the arguments."""
        held: dict[int, tuple[int, Any]] = {}
        for argument in self._arguments.values():
            if not isinstance(argument.holder, ast.Assign):
                count, _ = held.get(id(argument.holder), (0, None))
                held[id(argument.holder)] = (count + 1, argument.holder)
        return max(held.values(), key=lambda item: item[0])[1] if held else self._call.node

    def _edited_holder(self, holder: Any, insert: bool) -> Edit:
        span = self._text.span(holder)
        series = self._series(holder)
        nodes = _item_nodes(holder)
        names: list[str | None] = [self._name_of(holder, key) for key, _ in nodes]
        for index, (key, value) in enumerate(nodes):
            start = self._text.span(key if key is not None else value)[0]
            series.items[index] = self._with_values(series.items[index], start)
        for index in reversed(range(len(nodes))):
            key = nodes[index][0]
            if any(argument.key is key for argument in self._removed):
                series.remove(index)
                del names[index]
        for parameter, value in self._in_order() if insert else []:
            index = self._place(names, parameter.name)
            series.insert(index, self._item(holder, series, parameter, value))
            names.insert(index, parameter.name)
        return Edit(span, series.code())

    def _in_order(self) -> list[tuple[Parameter | Port, Any]]:
        order = self._call.table.argument_order
        return sorted(self._inserted, key=lambda item: order.index(item[0].name))

    def _with_values(self, item: str, start: int) -> str:
        """Return an item with the values in it replaced; it starts at that place in the script."""
        inside = [edit for edit in self._values if _within(edit.span, (start, start + len(item)))]
        for (left, right), source in sorted(inside, reverse=True):
            item = item[: left - start] + source + item[right - start :]
        return item

    def _series(self, holder: Any) -> Series:
        source = self._text.of(holder)
        node = cst.parse_expression(source)
        module = cst.Module([], default_newline=self._text.newline)
        assert isinstance(node, (cst.Call, cst.Dict))
        return read_series(node, module.code_for_node)

    def _item(self, holder: Any, series: Series, parameter: Parameter | Port, value: Any) -> str:
        source = value if isinstance(parameter, Port) else self._spelled(parameter, value, self._quote(None))
        if isinstance(holder, ast.Dict):
            name = quoted(parameter.name, self._quote(holder.keys[0] if holder.keys else None))
            return f"{name}: {source}"
        named = next((item for item in series.items if re.match(r"\w+\s*=", item)), "x=")
        match = re.match(r"\w+(\s*=\s*)", named)
        return f"{parameter.name}{match[1] if match else '='}{source}"

    def _place(self, names: list[str | None], name: str) -> int:
        order = self._call.table.argument_order
        position = {item: index for index, item in enumerate(order)}
        before = [i for i, item in enumerate(names) if item in position and position[item] < position[name]]
        after = [i for i, item in enumerate(names) if item in position and position[item] > position[name]]
        return before[-1] + 1 if before else after[0] if after else len(names)

    def _name_of(self, holder: Any, key: ast.AST | None) -> str | None:
        return next((argument.name for argument in self._arguments.values() if argument.key is key), None)

    def _line_of(self, statement: ast.Assign) -> Edit:
        """Return the edit that takes a statement out, with its line."""
        start, end = self._text.span(statement)
        source = self._text.source
        while start and source[start - 1] in " \t":
            start -= 1
        match = re.compile(r"[ \t]*;?[ \t]*(#[^\r\n]*)?(\r\n|\r|\n|$)").match(source, end)
        return Edit((start, match.end() if match else end), "")

    def _import_edits(self) -> list[Edit]:
        edits = []
        for statement in self._enums.statements()[:1] if self._enums.missing else []:
            series = self._import_series(statement)
            for enum in self._enums.missing:
                series.insert(_sorted_place(series.items, enum), enum)
            edits.append(Edit(self._text.span(statement), series.code()))
        for enum in self._no_longer_used():
            edits += self._without_import(enum)
        return edits

    def _import_series(self, statement: ast.ImportFrom) -> Series:
        module = cst.Module([], default_newline=self._text.newline)
        line = cst.parse_statement(self._text.of(statement) + self._text.newline)
        assert isinstance(line, cst.SimpleStatementLine) and isinstance(line.body[0], cst.ImportFrom)
        return read_series(line.body[0], module.code_for_node)

    def _no_longer_used(self) -> list[str]:
        """Return the Enum classes whose only uses are taken out."""
        spans = [self._text.span(argument.value) for argument in self._removed]
        found = []
        for enum in {parameter.enum for parameter in self._call.table.parameters if parameter.enum}:
            binding = self._enums.binding(enum)
            uses = [use for scope in self._names.scopes for use in scope.uses.get(enum, [])]
            if (
                binding
                and uses
                and all(any(_within(self._text.span(use.node), span) for span in spans) for use in uses)
            ):
                found.append(enum)
        return sorted(found)

    def _without_import(self, enum: str) -> list[Edit]:
        binding = self._enums.binding(enum)
        statement = binding.node if binding else None
        if not isinstance(statement, ast.ImportFrom) or len(statement.names) < 2:
            return []
        series = self._import_series(statement)
        index = next((i for i, alias in enumerate(statement.names) if alias.name == enum and not alias.asname), None)
        if index is None:
            return []
        series.remove(index)
        return [Edit(self._text.span(statement), series.code())]


def _item_nodes(holder: Any) -> list[tuple[Any, Any]]:
    """Return the key (None where there is none) and the value of each item of a call or dict display, in order."""
    if isinstance(holder, ast.Dict):
        return list(zip(holder.keys, holder.values, strict=True))
    items: list[Any] = sorted([*holder.args, *holder.keywords], key=lambda node: (node.lineno, node.col_offset))
    return [(item, item.value) if isinstance(item, ast.keyword) else (None, item) for item in items]


def _sorted_place(items: list[str], name: str) -> int:
    """Return where a name goes among imported names: in its place where they are sorted, last where they are not."""
    if len(items) > 1 and items == sorted(items):
        return sum(item < name for item in items)
    return len(items)


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
