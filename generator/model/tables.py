"""Tables and columns of pandas', as a pickle describes them.

A table keeps its columns in blocks of one type, each a row of an array, with the numbers of the columns they are::

    BlockManager  axes: [Index(["User", "age", "city"]), ...]
                  blocks: [{values: [[28.0, 39.0]], mgr_locs: slice(1, 2, 1)},
                           {values: [["u0", "u1"], ["Oslo", "Bern"]], mgr_locs: array([0, 2])}]
"""

from __future__ import annotations

from typing import Any

from generator.model.arrays import is_array, rows, values
from generator.model.error import ModelError
from generator.model.pickle_reader import Object
from generator.translations.language import say

_MANAGER = "0.14.1"
"""The form in which pandas has kept the state of a table since that version of its own."""


def table(frame: Any) -> dict[str, list[Any]]:
    """Return the columns of a pickled DataFrame, by name, in order. Raises ModelError."""
    axes, blocks = _state(frame, "DataFrame", "BlockManager")
    names = _names(axes[0])
    columns: dict[str, list[Any]] = {}
    for block in blocks:
        places = _places(block["mgr_locs"])
        cells = rows(block["values"])
        if len(cells) != len(places) or not all(0 <= place < len(names) for place in places):
            raise ModelError(say("it has a table whose columns are not those that it says"))
        columns |= {names[place]: column for place, column in zip(places, cells, strict=True)}
    if columns.keys() != set(names) or len(names) != len(set(names)):
        raise ModelError(say("it has a table whose columns are not those that it says"))
    return {name: columns[name] for name in names}


def series(column: Any) -> tuple[str, list[Any]]:
    """Return the name and the values of a pickled Series. Raises ModelError."""
    _, blocks = _state(column, "Series", "SingleBlockManager")
    name = column.attributes.get("name")
    if len(blocks) != 1 or not isinstance(name, str):
        raise ModelError(say("it has a column without a name, or in parts"))
    return name, values(blocks[0]["values"])


def _state(value: Any, kind: str, manager: str) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the axes and the blocks of a table or a column."""
    match value:
        case Object(name=name, attributes={"_mgr": Object(name=managed, state=(_, _, _, {**states}))}) if name.endswith(
            f".{kind}"
        ) and managed.endswith(f".{manager}"):
            match states.get(_MANAGER):
                case {"axes": list(axes), "blocks": list(blocks)} if axes and all(
                    isinstance(block, dict) and {"values", "mgr_locs"} <= block.keys() for block in blocks
                ):
                    return axes, blocks
    raise ModelError(
        say("it has {value!r:.80} where a {kind} belongs, or one of a form that is not known", value=value, kind=kind)
    )


def _names(index: Any) -> list[str]:
    match index:
        case Object(name=name, arguments=(_, {"data": data})) if name.endswith("._new_Index"):
            names = values(data)
            if all(isinstance(each, str) for each in names):
                return names
    raise ModelError(say("it has a table whose columns have no names"))


def _places(places: Any) -> list[int]:
    """Return the numbers of a block's columns: an array of them, or a slice."""
    if is_array(places):
        return values(places)
    match places:
        case Object(name="builtins.slice", arguments=(int(start), int(stop), int(step))) if step > 0 and stop < 10_000:
            return list(range(start, stop, step))
    raise ModelError(say("it has a table whose columns are numbered in a way that is not known"))
