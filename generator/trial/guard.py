"""Runs a command that ends when whoever has started it is gone: with it end all processes of its group.

    guard.py COMMAND...

Standard input is a pipe that nobody writes to. It closes when its other end does, however that process has ended: a
signal that cannot be caught leaves nobody to tidy up. The guard ends as its command has ended.

This file is never imported by scoregen; the interpreter that runs scoregen runs it alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

_SIGN = 1 << 31
"""Windows ends what has crashed with a larger code, 0xC0000005 say; to end with it, its number has a sign."""


def main(command: list[str]) -> None:
    """Run the command, and end this process as it has ended."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        os._exit(127)
    threading.Thread(target=_end_with_the_other_side, args=(process,), daemon=True).start()
    code = process.wait()
    if code < 0:
        _end_by(-code)
    os._exit(code if code < _SIGN else code - 2 * _SIGN)


def _end_with_the_other_side(process: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):
        pass
    if sys.platform != "win32":
        os.killpg(os.getpgid(0), signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)


def _end_by(number: int) -> None:
    """End this process by a signal, without a core file of its own; Windows has no such ends."""
    if sys.platform == "win32":
        return
    import resource  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


if __name__ == "__main__":
    main(sys.argv[1:])
