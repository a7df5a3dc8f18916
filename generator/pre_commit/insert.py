"""The hooks in the text of a ``.pre-commit-config.yaml``: they are put in, and every other character stays.

The YAML reader says where a list is, lines are put behind its last item, and the result is read back.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.findings import START, Path, RefusedError
from generator.pre_commit.hooks import IN_THE_CONFIG, Source, entry, hooks, listed
from generator.text.spans import Text
from generator.text.yaml_reader import Document, Node, read_document
from generator.text.yaml_writer import in_one_line, says
from generator.translations.language import say

_BYTE_ORDER_MARK = "\ufeff"
_COMMENT = re.compile(r"([ \t]*)#")
_LONGEST = 100_000
_MOST_VALUES = 20_000


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
    if text.startswith(_BYTE_ORDER_MARK):
        return _BYTE_ORDER_MARK + add_hooks(text.removeprefix(_BYTE_ORDER_MARK), source)
    document = _read(text)
    data = {} if document.value is None else document.value
    if not isinstance(data, dict):
        raise RefusedError(say("this is not a mapping with a key `repos`"), START)
    number, missing = _missing(data, source)
    if not missing:
        return text
    if number is None:
        path: Path = ("repos",)
        items = [entry(source)]
    else:
        path = ("repos", number, "hooks")
        items = [listed(hook, data["repos"][number].get("repo")) for hook in missing]
    result = _inserted(Text(text), document.root, path, items)
    _verify(result, data, path, items)
    return result


def _read(text: str) -> Document:
    if len(text) > _LONGEST:
        raise RefusedError(say("it has more than {longest:,} characters", longest=_LONGEST), START)
    document = read_document(text, _MOST_VALUES)
    for mistake in document.mistakes:
        raise RefusedError(mistake.message, mistake.place)
    return document


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


def _inserted(text: Text, root: Node | None, path: Path, items: Sequence[Mapping[str, Any]]) -> str:
    """Return the text with the items behind the others of the list at a path; with the list, where there is none.

    Before, with ``path`` ``("repos",)``::

        repos:
          - repo: https://example.org/other
            hooks: [{id: a}]  # ours

    and after::

        repos:
          - repo: https://example.org/other
            hooks: [{id: a}]  # ours
          - repo: https://example.org/scoregen
            hooks:
              - id: scoregen-check
    """
    if root is None or not root.pairs:
        return _put(text, len(text.source), ["repos:", *_all_lines(items, _Layout(2))])
    if root.style:
        raise RefusedError(say("it is written in braces"), text.place_at(root.span[0]))
    column = _column(text, root)
    key, node = _follow(root, path)
    if key is None or node is None:
        lines = [f"{' ' * column}repos:", *_all_lines(items, _Layout(column + 2))]
        return _put(text, _behind(text, root, column), lines)
    if node.items and not node.style:
        layout = _layout(text, node)
        return _put(text, _behind(text, node, layout.dash), _all_lines(items, layout))
    start, end = node.span
    if re.sub(r"\s", "", text.source[start:end]) not in ("", "[]"):
        place = text.place_at(start)
        raise RefusedError(say("`{path}` is not a list with a line for each item", path=path[-1]), place)
    if start < end:
        text = Text(text.source[:start].rstrip(" \t") + text.source[end:])
    return _put(text, text.next_line(key.span[1]), _all_lines(items, _Layout(_column(text, key) + 2)))


def _column(text: Text, node: Node) -> int:
    """Return how many characters stand before a node on its line."""
    return text.place_at(node.span[0]).column - 1


def _follow(root: Node, path: Path) -> tuple[Node | None, Node | None]:
    """Return the key and the value at a path."""
    key, node = None, root
    for step in path:
        if isinstance(step, int):
            node = node.items[step]
        else:
            key, node = next((pair for pair in node.pairs if pair[0].value == step), (None, node))
    return key, node if key else None


def _layout(text: Text, node: Node) -> _Layout:
    """Return how a list is laid out, by its last item, and the lists in its items, by the last that has one."""
    dash, gap = _dash_and_gap(text, node)
    for item in reversed(node.items):
        _, inner = _follow(item, ("hooks",))
        if inner and inner.items and not inner.style:
            inner_dash, inner_gap = _dash_and_gap(text, inner)
            return _Layout(dash, gap, max(0, inner_dash - _column(text, item)), inner_gap)
    return _Layout(dash, gap)


def _dash_and_gap(text: Text, node: Node) -> tuple[int, int]:
    dash = _column(text, node)
    return dash, max(2, _column(text, node.items[-1]) - dash)


def _behind(text: Text, node: Node, column: int) -> int:
    """Return where the line behind a node begins; comments that are further in than the column belong to the node."""
    source, end = text.source, node.span[1]
    is_behind_block = not source[text.line_start(end) : end].strip()  # a text after | ends where the next line begins
    place = here = text.line_start(end) if is_behind_block else text.next_line(end)
    while here < len(source):
        following = text.next_line(here)
        comment = _COMMENT.match(source, here)
        is_blank = not source[here:following].strip()
        if not is_blank and not (comment and len(comment[1]) > column):
            break
        here = following
        place = place if is_blank else here
    return place


def _put(text: Text, index: int, lines: Sequence[str]) -> str:
    before, after = text.source[:index], text.source[index:]
    if before and not before.endswith(("\n", "\r")):
        before += text.newline
    return before + "".join(line + text.newline for line in lines) + after


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
            yield f"{margin}{key}: {in_one_line(value)}"
        margin = " " * len(margin)


def _verify(result: str, data: dict[str, Any], path: Path, items: list[Any]) -> None:
    wanted: Any = copy.deepcopy(data)
    holder = wanted
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = [*(holder.get(path[-1]) or []), *items]
    if not says(result, wanted):
        raise RefusedError(say("it is written in a way in which nothing can be added safely"), START)
