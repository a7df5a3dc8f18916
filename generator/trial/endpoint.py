"""The answers of an endpoint at an address: its key goes nowhere else, and stands in none of them."""

from __future__ import annotations

import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import urlsplit

from generator.convert.compare import Answer
from generator.translations.language import say
from generator.trial.answers import MOST_IN_ALL, NoAnswersError, too_much

SECONDS = 60
"""How long one answer may take in all."""

LARGEST_ANSWER = 25_000_000
"""How many bytes one may have."""

_LONGEST_ERROR = 1000
_LONGEST_REASON = 200
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NO_ENTRY = (401, 403, 404)
_BUSY = tuple(f"HTTP {code}" for code in (408, 429, 502, 503, 504))
"""What an endpoint says that has not asked its script."""
_PAUSES = (1.0, 5.0, 15.0)
"""Seconds to wait before it is asked again, each time."""
_AT_ONCE = 1 << 16
_PAUSE = 0.2  # seconds; Windows hears no Ctrl-C meanwhile


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Makes a redirect an error: followed, it would carry the key to another place."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


def answers_of_endpoint(url: str, key: str | None, requests: Sequence[str]) -> list[Answer]:
    """Ask an endpoint, and return its answers in order; ``key`` is its key, or a token.

    Raises NoAnswersError where the endpoint cannot be reached, or would be sent the key in plain text.
    """
    endpoint = _Endpoint(url, key)
    found, length = [], 0
    for body in requests:
        found.append(endpoint.answer(body))
        length += len(found[-1].body or "")
        if length > MOST_IN_ALL:
            raise NoAnswersError(too_much(url))
    return found


class _Endpoint:
    """An endpoint at an address, and the key that it is asked with, which no answer shows."""

    def __init__(self, url: str, key: str | None) -> None:
        """Take the address and the key. Raises NoAnswersError for those that cannot be used."""
        try:
            parts = urlsplit(url)
            is_here, is_plain = parts.hostname in _LOOPBACK, parts.scheme == "http"
        except ValueError as error:
            raise NoAnswersError(say("{url}: is not an address: {error}", url=url, error=error)) from None
        if parts.username is not None:  # which messages would show
            raise NoAnswersError(say("the address has a name or a password in it: leave that out"))
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            raise NoAnswersError(say("the endpoint's key has a blank in it, or another odd character: set it anew"))
        if key and is_plain and not is_here:
            raise NoAnswersError(
                say("{url}: http:// would show the key to the network: use https://, or take the key away", url=url)
            )
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if is_here:  # a proxy has another loopback
            handlers.append(urllib.request.ProxyHandler({}))
        self._url = url
        self._key = key
        self._opener = urllib.request.build_opener(*handlers)
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})

    def answer(self, body: str) -> Answer:
        """Return the answer to a request, asked again while the endpoint is busy. Raises NoAnswersError."""
        request = urllib.request.Request(self._url, body.encode(), self._headers)
        answer = self._in_time(request)
        for pause in _PAUSES:
            if not _is_busy(answer):
                break
            time.sleep(pause)
            answer = self._in_time(request)
        if answer.error and _is_busy(answer):
            raise NoAnswersError(
                say("{url}: answers {code}, again and again: prove it later", url=self._url, code=answer.error[0])
            )
        return answer

    def _in_time(self, request: urllib.request.Request) -> Answer:
        """Return the answer to a request, for which nobody waits longer than the time that it may take.

        Headers can come byte by byte, and a host be looked up for minutes: a thread does that, and is left to it.
        """
        told: list[Answer | Exception] = []

        def ask() -> None:
            try:
                told.append(self._asked(request))
            except Exception as error:
                told.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        end = time.monotonic() + SECONDS
        while thread.is_alive() and time.monotonic() < end:
            thread.join(_PAUSE)
        if not told:
            raise NoAnswersError(say("{url}: cannot be reached: {reason}", url=self._url, reason=_late()))
        if isinstance(told[0], Exception):
            raise told[0]
        return told[0]

    def _asked(self, request: urllib.request.Request) -> Answer:
        start = time.perf_counter()
        try:
            try:
                with self._opener.open(request, timeout=SECONDS) as response:
                    body = self._masked(_text(response, LARGEST_ANSWER))
                return Answer(body, None, time.perf_counter() - start)
            except urllib.error.HTTPError as refusal:
                with refusal:
                    self._refuse_without_entry(refusal)
                    error = self._masked(_text(refusal))[:_LONGEST_ERROR]
                return Answer(None, (f"HTTP {refusal.code}", error), time.perf_counter() - start)
        except (OSError, http.client.HTTPException, ValueError) as failure:
            reason = self._masked(str(failure))
            raise NoAnswersError(say("{url}: cannot be reached: {reason}", url=self._url, reason=reason)) from None

    def _refuse_without_entry(self, refusal: urllib.error.HTTPError) -> None:
        """Raise NoAnswersError for what is no answer of the script: who asks is not let in, or led elsewhere."""
        if refusal.code in _NO_ENTRY:
            reason = self._masked(str(refusal.reason))[:_LONGEST_REASON]
            message = say("{url}: answers {code} {reason}", url=self._url, code=refusal.code, reason=reason)
            raise NoAnswersError(message) from None
        if refusal.code < http.client.BAD_REQUEST:
            message = say(
                "{url}: answers {code}, and leads elsewhere: name the address itself", url=self._url, code=refusal.code
            )
            raise NoAnswersError(message) from None

    def _masked(self, text: str) -> str:
        return text.replace(self._key, say("(the key)")) if self._key else text


def _is_busy(answer: Answer) -> bool:
    return answer.error is not None and answer.error[0] in _BUSY


def _text(response: http.client.HTTPResponse | urllib.error.HTTPError, most: int | None = None) -> str:
    """Return what an answer says; of an error (no ``most``) the start. Raises OSError for too much."""
    end = time.monotonic() + SECONDS
    content = bytearray()
    while part := response.read1(_AT_ONCE):
        content += part
        if most is None and len(content) >= _AT_ONCE:
            break
        if most is not None and len(content) > most:
            raise OSError(say("it answers more than {number} MB", number=most // 1000000))
        if time.monotonic() > end:
            raise TimeoutError(_late())
    return content.decode(errors="replace")


def _late() -> str:
    return say("it has not answered all after {seconds} seconds", seconds=SECONDS)
