"""The same work on many files, shared among as many processes as there are processors to use."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    Item = TypeVar("Item")
    Result = TypeVar("Result")

_MANY = 1000  # files: of fewer, one process is done sooner
_AT_ONCE = 250
_AHEAD = 3  # parts for each process, so that none waits


def each(work: Callable[[Sequence[Item]], Iterable[Result]], items: Iterable[Item]) -> Iterator[Result]:
    """Yield what the work makes of each item, in their order; it gets some at a time. What it raises is raised here."""
    rest = iter(items)
    first = list(islice(rest, _MANY))
    parts = _parts(chain(first, rest))
    number = _processors()
    if len(first) < _MANY or number < 2:
        for part in parts:
            yield from work(part)
        return
    import multiprocessing  # both are slow to import, and only for many files
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork")
    workers = ProcessPoolExecutor(number, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # for what starts now, before it ignores it
        running = deque(workers.submit(work, part) for part in islice(parts, _AHEAD * number))
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        while running:
            yield from running.popleft().result()
            running += [workers.submit(work, part) for part in islice(parts, 1)]
    finally:
        workers.shutdown(cancel_futures=True)


def _parts(items: Iterator[Item]) -> Iterator[list[Item]]:
    while part := list(islice(items, _AT_ONCE)):
        yield part


def _processors() -> int:
    """Return how many processes can work at the same time; one where a process cannot be doubled safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
