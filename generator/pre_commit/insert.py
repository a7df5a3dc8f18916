"""The hooks in the text of a ``.pre-commit-config.yaml``: they are put in, and every other character stays.

PyYAML says where a list is, lines are put behind its last item, and the result is compared with what is wanted.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import yaml

from generator.findings import START, Place, RefusedError
from generator.pre_commit.hooks import IN_THE_CONFIG, Source, entry, hooks, listed

_Path: TypeAlias = tuple[str | int, ...]

_LINE_BREAK = re.compile("\r\n|\r|\n")
_COMMENT = re.compile(r"([ \t]*)#")
_LONGEST = 100_000
_MOST_VALUES = 20_000
_UNREADABLE = (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class _Layout(NamedTuple):
    """Where a list has its dashes, and how far behind them its items begin; the same of the lists in its items."""

    dash: int
    gap: int = 2
    inner_dash: int = 2
    inner_gap: int = 2


def snippet(source: Source) -> str:
    """Return what belongs into the list of repositories, for a person to put it there."""
    return "".join(f"{line}\n" for line in _lines(entry(source), _Layout(2)))


def add_hooks(text: str, source: Source) -> str:
    """Return the text with the hooks from the source; the text itself where it has them all. Raises RefusedError.

    A repository that has one of them already is given the others.
    """
    root, data = _read(text)
    data = {} if data is None else data
    if not isinstance(data, dict):
        raise RefusedError("this is no mapping with a key `repos`", START)
    place, missing = _missing(data, source)
    if not missing:
        return text
    if place is None:
        path: _Path = ("repos",)
        items = [entry(source)]
    else:
        path = ("repos", place, "hooks")
        items = [listed(hook, data["repos"][place].get("repo")) for hook in missing]
    result = _inserted(text, root, path, items)
    _verify(result, data, path, items)
    return result


def _read(text: str) -> tuple[yaml.Node | None, Any]:
    if len(text) > _LONGEST:
        raise RefusedError(f"it has more than {_LONGEST:,} characters", START)
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        _refuse_too_many(root)
        return root, None if root is None else loader.construct_document(root)
    except RefusedError:
        raise
    except yaml.MarkedYAMLError as error:
        raise RefusedError(f"not valid YAML: {error.problem}", _place(error.problem_mark)) from error
    except _UNREADABLE as error:
        raise RefusedError(f"not valid YAML: {error}", START) from error


def _refuse_too_many(root: yaml.Node | None) -> None:
    """Refuse a text whose aliases make too much of it. Raises RefusedError."""
    sizes: dict[int, int] = {}

    def size(node: yaml.Node) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = _MOST_VALUES  # what holds itself has no end
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            items = node.value if isinstance(node, yaml.SequenceNode) else [item for pair in pairs for item in pair]
            sizes[id(node)] = 1 + sum(map(size, items))
        return sizes[id(node)]

    if root and size(root) > _MOST_VALUES:
        raise RefusedError(f"it has more than {_MOST_VALUES:,} values, those that aliases repeat included", START)


def _missing(data: Mapping[str, Any], source: Source) -> tuple[int | None, list[Mapping[str, Any]]]:
    """Return which of the repositories is ours, and the hooks that none of them has."""
    ours = {hook["id"] for hook in hooks()}
    present: set[Any] = set()
    place = None
    for number, repo in enumerate(_list(data, "repos")):
        ids = {hook["id"] for hook in _list(repo, "hooks") if isinstance(hook, Mapping) and hook.get("id") in ours}
        same = isinstance(repo, Mapping) and repo.get("repo") == source.repo != IN_THE_CONFIG.repo
        place = number if place is None and (ids or same) else place
        present |= ids
    return place, [hook for hook in hooks() if hook["id"] not in present]


def _list(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, Mapping) else None
    return value if isinstance(value, list) else []


def _inserted(text: str, root: yaml.Node | None, path: _Path, items: Sequence[Mapping[str, Any]]) -> str:
    if not isinstance(root, yaml.MappingNode):
        return _put(text, len(text), ["repos:", *_all_lines(items, _Layout(2))])
    if root.flow_style:
        raise RefusedError("it is written in braces", _place(root.start_mark))
    key, node = _follow(root, path)
    column = root.start_mark.column
    if key is None or node is None:
        lines = [f"{' ' * column}repos:", *_all_lines(items, _Layout(column + 2))]
        return _put(text, _behind(text, root, column), lines)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        layout = _layout(node)
        return _put(text, _behind(text, node, layout.dash), _all_lines(items, layout))
    start, end = node.start_mark.index, node.end_mark.index
    if re.sub(r"\s", "", text[start:end]) not in ("", "[]"):
        raise RefusedError(f"`{path[-1]}` is no list with a line for each item", _place(node.start_mark))
    if start < end:
        text = text[:start].rstrip(" \t") + text[end:]
    return _put(text, _line_end(text, key.end_mark.index), _all_lines(items, _Layout(key.start_mark.column + 2)))


def _follow(root: yaml.Node, path: _Path) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Return the key and the value at a path; the last of several, as YAML takes it."""
    key, node = None, root
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            key, node = next(((key, value) for key, value in reversed(node.value) if key.value == step), (None, node))
    return key, node if key else None


def _layout(node: yaml.SequenceNode) -> _Layout:
    """Return how a list is laid out, by its last item, and the lists in its items, by the last that has one."""
    dash, gap = _dash_and_gap(node)
    for item in reversed(node.value):
        _, inner = _follow(item, ("hooks",)) if isinstance(item, yaml.MappingNode) else (None, None)
        if isinstance(inner, yaml.SequenceNode) and not inner.flow_style:
            inner_dash, inner_gap = _dash_and_gap(inner)
            return _Layout(dash, gap, max(0, inner_dash - item.start_mark.column), inner_gap)
    return _Layout(dash, gap)


def _dash_and_gap(node: yaml.SequenceNode) -> tuple[int, int]:
    dash = node.start_mark.column
    return dash, max(2, node.value[-1].start_mark.column - dash)


def _behind(text: str, node: yaml.Node, column: int) -> int:
    """Return where the line behind a node begins; comments that are further in than the column belong to the node."""
    ends = (
        token.end_mark.index
        for token in yaml.scan(text, yaml.SafeLoader)
        if token.start_mark.index < token.end_mark.index <= node.end_mark.index
    )
    end = max(ends)
    last_break = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end))
    is_behind_block = not text[last_break + 1 : end].strip()  # a text in lines of its own ends where the next begins
    place = here = last_break + 1 if is_behind_block else _line_end(text, end)
    while here < len(text):
        comment = _COMMENT.match(text, here)
        is_blank = not text[here : _line_end(text, here)].strip()
        if not is_blank and not (comment and len(comment[1]) > column):
            break
        here = _line_end(text, here)
        place = place if is_blank else here
    return place


def _line_end(text: str, index: int) -> int:
    match = _LINE_BREAK.search(text, index)
    return match.end() if match else len(text)


def _put(text: str, place: int, lines: Sequence[str]) -> str:
    match = _LINE_BREAK.search(text)
    newline = match[0] if match else "\n"
    before, after = text[:place], text[place:]
    if before and not before.endswith(("\n", "\r")):
        before += newline
    return before + "".join(line + newline for line in lines) + after


def _all_lines(items: Sequence[Mapping[str, Any]], layout: _Layout) -> list[str]:
    return [line for item in items for line in _lines(item, layout)]


def _lines(item: Mapping[str, Any], layout: _Layout) -> Iterator[str]:
    inner = _Layout(layout.dash + layout.gap + layout.inner_dash, layout.inner_gap)
    margin = f"{' ' * layout.dash}-".ljust(layout.dash + layout.gap)
    for key, value in item.items():
        if key == "hooks":
            yield f"{margin}{key}:"
            yield from _all_lines(value, inner)
        else:
            yield f"{margin}{key}: {_inline(value)}"
        margin = " " * len(margin)


def _inline(value: Any) -> str:
    dumped: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=math.inf)
    return dumped.splitlines()[0]


def _verify(result: str, data: dict[str, Any], path: _Path, items: list[Any]) -> None:
    wanted: Any = copy.deepcopy(data)
    holder = wanted
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = [*(holder.get(path[-1]) or []), *items]
    try:
        _, got = _read(result)
    except RefusedError:
        got = None
    if got != wanted:
        raise RefusedError("it is written in a way in which nothing can be added safely", START)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else START
