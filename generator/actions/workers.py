"""Share work on many files among processes, one for each processor."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from generator.files.lifetime import ENDING, Lifeline, Stopped, stop_on_signals
from generator.findings import ScoregenError
from generator.translations.language import say

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    Item = TypeVar("Item")
    Result = TypeVar("Result")

_MANY = 1000  # files: of fewer, one process is done sooner
_AT_ONCE = 100
_AHEAD = 3  # parts for each process, so that none waits
_PATIENCE = 1  # seconds, which processes may take to end


class WorkerError(ScoregenError):
    """A worker process was killed from outside, for example by the system when memory ran out."""

    exit_code = 2


def each(work: Callable[[Sequence[Item]], Iterable[Result]], items: Iterable[Item]) -> Iterator[Result]:
    """Yield what the work makes of each item, in their order; it gets some at a time. What it raises is raised here.

    The processes end with this one, whatever ends it, and as soon as nobody wants their results any more. Then a thread
    may be left that waits for them, so that this process is to end by ``os._exit``. Raises WorkerError where one of
    them was ended.
    """
    rest = iter(items)
    first = list(islice(rest, _MANY))
    parts = _parts(chain(first, rest))
    number = processors()
    if sys.platform != "linux" or len(first) < _MANY or number < 2:  # elsewhere no process can be doubled safely
        for part in parts:
            yield from work(part)
        return
    import multiprocessing  # both are slow to import, and only for many files
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    context = multiprocessing.get_context("fork")
    with Lifeline() as lifeline:
        workers = ProcessPoolExecutor(number, context, _begin, (lifeline,))
        try:
            blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *ENDING})  # until each can handle them
            running = deque(workers.submit(_done, work, part) for part in islice(parts, _AHEAD * number))
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            while running:
                yield from running.popleft().result()
                running += [workers.submit(_done, work, part) for part in islice(parts, 1)]
        except BaseException as error:
            _end(multiprocessing.active_children())
            workers.shutdown(wait=False, cancel_futures=True)  # the rest of a half-sent result would never come
            if isinstance(error, BrokenProcessPool):
                raise WorkerError(
                    say("one of its processes was ended, for want of memory maybe: run it again")
                ) from None
            raise
        workers.shutdown()


def _end(started: Sequence[BaseProcess]) -> None:
    """End processes: all may tidy up first, in the same second."""
    until = time.monotonic() + _PATIENCE
    for process in started:
        process.terminate()
    for process in started:
        process.join(max(0, until - time.monotonic()))
        process.kill()


def _begin(lifeline: Lifeline) -> None:
    """Begin the life of a worker: the process that has started it alone ends it."""
    if sys.platform != "linux":
        return
    lifeline.hang()
    for number in (signal.SIGINT, *ENDING):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    stop_on_signals()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, *ENDING})


def _done(work: Callable[[Sequence[Item]], Iterable[Result]], part: Sequence[Item]) -> list[Result]:
    """Return what the work makes of some items, in a worker; once that is asked to end, it takes no others."""
    try:
        return list(work(part))
    except Stopped as stopped:
        os._exit(stopped.number)


def swept(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items, and free what each has left behind before the next.

    The names of a script refer to one another, so that they are not freed by themselves.
    """
    for number, item in enumerate(items):
        if number:
            gc.collect(0)
        yield item


def _parts(items: Iterator[Item]) -> Iterator[list[Item]]:
    while part := list(islice(items, _AT_ONCE)):
        yield part


def processors() -> int:
    """Return how many processes can work at the same time."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return 1
