"""Serves the page on this machine, until it is stopped."""

from __future__ import annotations

import contextlib
import socket
import sys
import webbrowser
from pathlib import Path

import uvicorn

from generator.files.lifetime import asked_to_stop
from generator.findings import UsageError
from generator.translations.language import say
from generator.trial.guarded_process import end_all
from generator.ui.app import Page

_HOST = "127.0.0.1"


def serve(folder: Path | None, port: int, *, open_browser: bool) -> None:
    """Serve the page, which begins with a folder if one is named; at any port that is free, for a port of 0.

    Raises UsageError where the port cannot be used.
    """
    page = Page(folder)
    with contextlib.closing(page), listening(port) as listener:
        port = listener.getsockname()[1]
        address = f"http://{_HOST}:{port}/{page.token}/"
        print(address, flush=True)
        print(say("Ctrl-C ends it."), file=sys.stderr, flush=True)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(page.app(port), log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        server = _Server(config)
        with contextlib.suppress(KeyboardInterrupt), asked_to_stop(lambda: setattr(server, "should_exit", True)):
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Ends the scripts that are tried when it is to end itself, so that nobody waits for what they answer."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End them, then the connections."""
        end_all()
        await super().shutdown(sockets)


def listening(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone. Raises UsageError where the port is taken."""
    listener = socket.socket()
    try:
        listener.bind((_HOST, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            say("port {port} cannot be used: {error}: name another with --port, or none", port=port, error=error)
        ) from None
    return listener
