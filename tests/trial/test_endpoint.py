"""What is asked of an endpoint at an address: once, with its key, which stays between the two."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from generator.trial import endpoint
from generator.trial.answers import NoAnswersError
from generator.trial.endpoint import answers_of_endpoint


def bodies(*requests: Any) -> list[str]:
    return [json.dumps(request) for request in requests]


class Endpoint(BaseHTTPRequestHandler):
    """Answers with what it was asked and the key; a number is the status of a refusal."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = json.loads(body)
        self.send_response(given if isinstance(given, int) else 200)
        self.end_headers()
        self.wfile.write(f"{body} {self.headers['Authorization']}".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/score"
        server.shutdown()


@pytest.fixture
def url() -> Iterator[str]:
    with served(Endpoint) as address:
        yield address


def test_an_endpoint_is_asked_with_its_key(url: str) -> None:
    found = answers_of_endpoint(url, "secret", bodies("a", 424, "b"))
    assert [(answer.body, answer.error) for answer in found] == [
        ('"a" Bearer (the key)', None),
        (None, ("HTTP 424", "424 Bearer (the key)")),
        ('"b" Bearer (the key)', None),
    ]
    assert answers_of_endpoint(url, None, bodies("a"))[0].body == '"a" None'


@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_endpoint_that_lets_nobody_in_gives_no_answers(url: str, status: int) -> None:
    with pytest.raises(NoAnswersError, match=f"{url}: answers {status} "):
        answers_of_endpoint(url, "wrong", bodies(status))


def test_an_endpoint_that_is_not_there(url: str) -> None:
    nowhere = url.replace("/score", "").rpartition(":")[0] + ":9"
    with pytest.raises(NoAnswersError, match="cannot be reached"):
        answers_of_endpoint(nowhere, None, bodies(1))


class Elsewhere(Endpoint):
    """Leads to another address, or answers without end."""

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(302 if given == "away" else 200)
        self.send_header("Location", "/other")
        self.end_headers()
        self.wfile.write(b"1" * 1000)

    def do_GET(self) -> None:
        raise AssertionError("it was followed")


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with served(Elsewhere) as address:
        yield address


def test_a_redirect_does_not_carry_the_key_away(elsewhere: str) -> None:
    with pytest.raises(NoAnswersError, match="answers 302, and leads elsewhere: name the address itself"):
        answers_of_endpoint(elsewhere, "secret", bodies("away"))


def test_an_answer_has_a_bound(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "LARGEST_ANSWER", 999)
    with pytest.raises(NoAnswersError, match="it answers more than 0 MB"):
        answers_of_endpoint(elsewhere, None, bodies(1))


def test_an_answer_has_a_limit_of_time(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr("generator.trial.endpoint.time.monotonic", lambda: next(clock))
    with pytest.raises(NoAnswersError, match="it has not answered all after 60 seconds"):
        answers_of_endpoint(elsewhere, None, bodies(1))


def test_the_key_is_not_shown_to_the_network() -> None:
    with pytest.raises(NoAnswersError, match="would show the key to the network: use https://"):
        answers_of_endpoint("http://endpoint.invalid/score", "secret", bodies(1))


def test_what_is_no_address(elsewhere: str) -> None:
    with pytest.raises(NoAnswersError, match="is not an address"):
        answers_of_endpoint("https://[1/score", None, bodies(1))


class Waiting(Endpoint):
    """Never comes to an answer: it says again and again that it goes on, or sends a header byte by byte."""

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: " if given == "drip" else b"")
        with contextlib.suppress(OSError):
            while not self.server.is_over:  # type: ignore[attr-defined]
                self.wfile.write(b"a" if given == "drip" else b"HTTP/1.1 100 Continue\r\n\r\n")
                time.sleep(0.01)


@pytest.mark.parametrize("how", ["drip", "goes on"])
def test_an_endpoint_that_never_answers_is_not_waited_for(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "SECONDS", 0.3)
    with HTTPServer(("127.0.0.1", 0), Waiting) as server:
        server.is_over = False  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        start = time.monotonic()
        with pytest.raises(NoAnswersError, match=r"it has not answered all after 0\.3 seconds"):
            answers_of_endpoint(f"http://127.0.0.1:{server.server_port}/score", None, bodies(how))
        assert time.monotonic() - start < 2
        server.is_over = True  # type: ignore[attr-defined]
        server.shutdown()


class Telling(Endpoint):
    """Lets nobody in, and says the key in the reason."""

    def do_POST(self) -> None:
        self.send_response(401, f"no {self.headers['Authorization']} {'x' * 60_000}")
        self.end_headers()


def test_a_reason_does_not_tell_the_key() -> None:
    with served(Telling) as url, pytest.raises(NoAnswersError) as caught:
        answers_of_endpoint(url, "secret", bodies(1))
    assert f"{url}: answers 401 no Bearer (the key) xxx" in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("key", ["sec\nret", "sec ret", "sécret", "sec\u2028ret"])
def test_an_odd_key_is_not_told(key: str, url: str) -> None:
    with pytest.raises(NoAnswersError, match="has a blank in it, or another odd character") as caught:
        answers_of_endpoint(url, key, bodies(1))
    assert "sec" not in str(caught.value)


def test_a_password_in_the_address_is_not_told() -> None:
    with pytest.raises(NoAnswersError, match="leave that out") as caught:
        answers_of_endpoint("https://me:secret@127.0.0.1/score", None, bodies(1))
    assert "secret" not in str(caught.value)


def test_all_answers_together_have_a_bound(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "MOST_IN_ALL", 1500)
    with pytest.raises(NoAnswersError, match="compare fewer rows, with --rows"):
        answers_of_endpoint(elsewhere, None, bodies(1, 1, 1))
