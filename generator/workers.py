"""The same work on many files, shared among as many processes as there are processors to use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Item = TypeVar("Item")
    Result = TypeVar("Result")

_MANY = 1000  # files: of fewer, one process is done sooner
_AT_ONCE = 250


def each(work: Callable[[Sequence[Item]], Iterable[Result]], items: Sequence[Item]) -> Iterator[Result]:
    """Yield what the work makes of each item, in their order; it gets some at a time. What it raises is raised here."""
    parts = [items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)]
    number = _processors()
    if len(items) < _MANY or number < 2:
        for part in parts:
            yield from work(part)
        return
    import multiprocessing
    import signal
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork")
    workers = ProcessPoolExecutor(number, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        for done in workers.map(work, parts):
            yield from done
    finally:
        workers.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return how many processes can work at the same time; one where a process cannot be doubled safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
