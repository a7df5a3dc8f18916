"""The state of a script that is followed: every change is noted, so that branches can be taken back and joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeAlias

MISSING: Final = object()
"""Stands for what a name or a key has before it has anything."""


class Cells(dict[Any, Any]):
    """A container whose changes are noted: names of a frame, slots of a dict, attributes of an object."""

    __slots__ = ("born",)

    def __init__(self, born: int) -> None:
        """Make an empty one; ``born`` tells whether it was there at a mark (``Journal.clock``)."""
        self.born = born


class Mark(NamedTuple):
    """A place to come back to."""

    position: int
    clock: int


Cell: TypeAlias = tuple[int, Any]
Changes: TypeAlias = dict[Cell, tuple[Cells, Any, Any]]
"""What was changed: the container, the key, and what stands there."""
Note: TypeAlias = tuple[Cells, Any, Any]


# if fast:            mark = journal.mark()
#     top = 5         write(cells, "top", 5)      branch = journal.since(mark); journal.undo(mark)
# else:
#     top = 9         write(cells, "top", 9)      other = journal.since(mark); journal.undo(mark)
# ...                 journal.merge(mark, [branch, other])      top is now a Choice of 5 and 9
class Journal:
    """Notes every change of the containers."""

    def __init__(
        self,
        join: Callable[[Any, Any], Any],
        given_up: Callable[[Any], Any],
        matters: Callable[[Any], bool],
    ) -> None:
        """Take how two values are joined, and what loses track of a value and returns what stands there then.

        ``matters`` says whether it makes a difference that a name that had no value has one.
        """
        self._log: list[Note] = []
        self._join = join
        self._given_up = given_up
        self._matters = matters
        self.clock = 0
        self.volatile: dict[Cell, Cells] = {}
        self.touched: list[Note] | None = None

    def write(self, container: Cells, key: Any, value: Any) -> None:
        """Change what stands under a key; MISSING takes it out. What anything may change stays unknown."""
        if self.volatile and (id(container), key) in self.volatile:
            value = value if value is MISSING else self._given_up(value)
        old = container.get(key, MISSING)
        if old is value:
            return
        self._log.append((container, key, old))
        if self.touched is not None:
            self.touched.append((container, key, old))
            self.touched.append((container, key, value))
        if value is MISSING:
            del container[key]
        else:
            container[key] = value

    def mark(self) -> Mark:
        """Return a place to come back to."""
        self.clock += 1
        return Mark(len(self._log), self.clock)

    def since(self, mark: Mark) -> Changes:
        """Return what was changed since a place, as it stands now."""
        log = self._log
        if len(log) == mark.position:
            return {}
        return {
            (id(container), key): (container, key, container.get(key, MISSING))
            for container, key, _ in log[mark.position :]
        }

    def undo(self, mark: Mark) -> None:
        """Take back what was changed since a place."""
        log, position = self._log, mark.position
        while len(log) > position:
            container, key, old = log.pop()
            if old is MISSING:
                container.pop(key, None)
            else:
                container[key] = old

    def merge(self, mark: Mark, branches: list[Changes]) -> bool:
        """Change what stands there to what it is after any one of the branches; say whether that matters.

        What one branch has made after the mark is only known to that branch, and stays as that has left it.
        """
        older: dict[Cell, tuple[Cells, Any]] = {}
        for branch in branches:
            for cell, (container, key, value) in branch.items():
                if container.born >= mark.clock:
                    self.write(container, key, value)
                else:
                    older[cell] = (container, key)
        changed = False
        for cell, (container, key) in older.items():
            old = container.get(key, MISSING)
            values = [branch[cell][2] if cell in branch else old for branch in branches]
            changed |= self._settle(container, key, values)
        return changed

    def merge_touched(self, mark: Mark, touched: list[Note]) -> None:
        """Change what stands there to any that it has been, as behind an exception that may come from anywhere."""
        # try: top = 5; load(); top = 7    behind it, top is what it was, 5 or 7
        every: dict[Cell, tuple[Cells, Any, list[Any]]] = {}
        for container, key, value in touched:
            if container.born < mark.clock:
                every.setdefault((id(container), key), (container, key, [container.get(key, MISSING)]))[2].append(value)
        for container, key, values in every.values():
            self._settle(container, key, values)

    def widen(self, mark: Mark, changes: Changes) -> bool:
        """Give up all that was changed, so that a loop comes to an end; say whether that matters."""
        # for row in rows: count = count + 1    four turns see 5, 6, 7, 8: then count is Unknown
        changed = False
        for container, key, value in changes.values():
            for each in (value, container.get(key, MISSING)):
                if each is not MISSING and container.born < mark.clock:
                    changed |= self._settle(container, key, [self._given_up(each)])
        return changed

    def _settle(self, container: Cells, key: Any, values: list[Any]) -> bool:
        joined = values[0]
        for value in values[1:]:
            if value is not joined:
                joined = self._join(joined, value)
        old = container.get(key, MISSING)
        if joined is old:
            return False
        self.write(container, key, joined)
        return old is not MISSING or self._matters(joined)
