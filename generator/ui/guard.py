"""Who may ask the page's server, and how much may be sent: nobody but the page itself, in a browser on this machine."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.translations.language import say

_HEADERS = (
    (b"content-security-policy", b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     b"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)  # fmt: skip


class Guard:
    """Refuses requests that name another host, that come from another page, or that are too large.

    A page of another site can have a browser send requests here, and a name can be made to lead here; neither knows the
    token in the address, and both show in ``Origin`` and ``Host``.
    """

    def __init__(self, app: ASGIApp, port: int, most: int) -> None:
        """Take the application, the port that it listens on, and how many bytes a request may have."""
        self._app = app
        self._hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the application answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        wrong_origin = origin is not None and origin not in [f"http://{host}" for host in self._hosts]
        if headers.get("host") not in self._hosts or wrong_origin or (origin is None and scope["method"] != "GET"):
            await PlainTextResponse(say("this page is for a browser on this machine"), 403)(scope, receive, send)
            return
        length = headers.get("content-length", "")
        if scope["method"] != "GET" and not length.isdecimal():
            await PlainTextResponse(say("a request has to say how long it is"), 411)(scope, receive, send)
            return
        if scope["method"] != "GET" and int(length) > self._most:
            await PlainTextResponse(say("more than {most} MB were sent", most=self._most // 1_000_000), 413)(
                scope, receive, send
            )
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self._app(scope, receive, with_headers)
