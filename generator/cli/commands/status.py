"""What a command says while it works: on a terminal one line that changes, elsewhere a line for each step."""

from __future__ import annotations

import shutil
import sys
import threading
import time

from generator.text.terminal import cut, visible
from generator.text.verbosity import is_quiet, note

_TICK = 0.5  # seconds between two looks at the clock
_PATIENCE = 1.0  # seconds, after which a step is shown with its time


class Status:
    """Shows steps on standard error. Used as a context, it leaves no line behind on a terminal."""

    def __init__(self, name: str, quiet: bool = False) -> None:
        """Take the name that begins each line; ``quiet`` shows nothing where there is no terminal."""
        self._name = name
        self._is_terminal = sys.stderr.isatty() and not is_quiet()
        self._quiet = quiet
        self._step = ""
        self._detail = ""
        self._since = 0.0
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Status:
        """Begin to look at the clock, where somebody can see it."""
        if self._is_terminal:
            self._ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the line."""
        self._ended.set()
        if self._is_terminal:
            self._ticker.join()
            self._draw("")

    def step(self, text: str) -> None:
        """Say what is being done now."""
        self._step, self._detail, self._since = text, "", time.monotonic()
        if self._is_terminal:
            self._show()
        elif not self._quiet:
            note(f"{self._name}: {text}")

    def at(self, text: str) -> None:
        """Say what is being done, unless that has been said."""
        if text != self._step:
            self.step(text)

    def detail(self, text: str) -> None:
        """Say more of it, where that will not stay."""
        self._detail = text.strip()
        if self._is_terminal:
            self._show()

    def _tick(self) -> None:
        while not self._ended.wait(_TICK):
            self._show()

    def _show(self) -> None:
        took = time.monotonic() - self._since
        if self._step:
            clock = f" {took:.0f} s" if took >= _PATIENCE else ""
            detail = f" ({visible(self._detail)})" if self._detail else ""
            self._draw(f"{self._step} ...{clock}{detail}")

    def _draw(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        with self._lock:
            sys.stderr.write(f"\r\x1b[K{cut(line, width)}")
            sys.stderr.flush()
