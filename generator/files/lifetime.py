"""The lifetime of this process: a signal lets it tidy up before it ends, and what it has started ends with it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

if sys.platform == "linux":
    import fcntl

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name))
"""The signals that would end this process at once; Windows has but the first."""


class Stopped(SystemExit):
    """A signal asks this process to end: raised wherever it is, so that it gives back what it holds."""

    def __init__(self, number: int) -> None:
        """Take the exit code that a shell has for a signal."""
        self.number = 128 + number
        super().__init__(self.number)


def stop_on_signals() -> dict[int, object]:
    """Have the signals that would end this process raise Stopped; return what was to be done of each before.

    A signal that is ignored, as under ``nohup``, stays so.
    """
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler == signal.SIG_DFL:
            signal.signal(number, _stop)
    return dict(before)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Have the signals that would end this process raise Stopped meanwhile."""
    try:
        before = stop_on_signals()
    except ValueError:  # only the main thread hears of signals
        before = {}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is not handler:  # a thread of the page's server changes none, and must set none
                signal.signal(number, handler)  # type: ignore[arg-type]  # what getsignal has returned


@contextlib.contextmanager
def asked_to_stop(ask: Callable[[], object]) -> Iterator[None]:
    """Have the signals that would end this process call ``ask`` instead: it tells a loop to end by itself.

    Raises Stopped when the block has ended, if one came.
    """
    heard: list[int] = []

    def hear(number: int, _: object) -> None:
        heard.append(number)
        ask()

    before = {number: signal.signal(number, hear) for number in ENDING if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        raise Stopped(heard[0])


def _stop(number: int, _: object) -> NoReturn:
    for other in ENDING:  # a second one would break off the tidying up
        signal.signal(other, signal.SIG_IGN)
    raise Stopped(number)


class Lifeline:
    """A pipe that breaks when this process ends, whatever ends it: the kernel then kills who hangs on it.

    Only Linux does so. Elsewhere nothing hangs on it, and a process ends by itself.
    """

    def __init__(self) -> None:
        """Open the pipe; nobody hangs on it yet. Raises OSError."""
        self.read, self._write = os.pipe()

    def __enter__(self) -> Lifeline:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Break it, as the end of this process would."""
        os.close(self._write)
        os.close(self.read)

    def hold(self, process: int) -> None:
        """Have a child hang on it, which was started with a copy of ``read``. Raises OSError."""
        _hang(self.read, process)

    def hang(self) -> None:
        """Have this process hang on it, which is a copy of the one that made it. Raises OSError."""
        os.close(self._write)  # only the one that made it keeps it from breaking
        if sys.platform == "linux":
            own = os.open(f"/proc/self/fd/{self.read}", os.O_RDONLY | os.O_NONBLOCK)  # of its own, for its own number
            _hang(own, os.getpid())
            with contextlib.suppress(BlockingIOError):
                os.read(own, 1)  # at the end of the pipe this comes back: it was broken before
                os._exit(1)


def _hang(pipe: int, process: int) -> None:
    """Have the kernel kill a process when a pipe breaks. The end of the pipe must stay open in that process."""
    if sys.platform == "linux":
        fcntl.fcntl(pipe, fcntl.F_SETOWN, process)
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
