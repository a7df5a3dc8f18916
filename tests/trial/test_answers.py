"""The answers of a script to many requests: from a process of its own, and from an endpoint."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from generator.trial.answers import NoAnswersError, answers_of_endpoint, answers_of_script

SCRIPT = """\
import json
import os


class AMLResponse:
    def __init__(self, text, status_code):
        self.text, self.status_code = text, status_code

    def get_data(self, as_text):
        return self.text


def init():
    global folder
    folder = os.environ["AZUREML_MODEL_DIR"]


def run(data):
    given = json.loads(data)
    if given == "fail":
        raise KeyError("absent")
    if given == "refuse":
        return AMLResponse("the column is missing", 400)
    if given == "end":
        print("the end of it", flush=True)
        os._exit(3)
    return [given, folder]
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "score.py"
    path.write_text(SCRIPT)
    return path


def bodies(*given: object) -> list[str]:
    return [json.dumps(each) for each in given]


def test_a_script_answers_in_the_order_of_the_requests(script: Path, tmp_path: Path) -> None:
    found = answers_of_script(script, sys.executable, tmp_path, bodies(1, "fail", "refuse", "é"), 20)
    assert [(answer.body, answer.error) for answer in found] == [
        (json.dumps([1, str(tmp_path)]), None),
        (None, ("KeyError", "'absent'")),
        (None, ("ValueError", "the column is missing")),
        (json.dumps(["é", str(tmp_path)]), None),
    ]
    assert all(answer.seconds > 0 for answer in found)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('no model')", "score.py stopped after 0 of 2 requests: ValueError: no model"),
        ("def init(): pass", "score.py stopped after 0 of 2 requests: child.UnfitError: there is no function run()"),
        (SCRIPT, "score.py stopped after 1 of 2 requests: the end of it"),
    ],
)
def test_a_script_that_stops(script: Path, tmp_path: Path, source: str, said: str) -> None:
    script.write_text(source)
    with pytest.raises(NoAnswersError) as caught:
        answers_of_script(script, sys.executable, tmp_path, bodies(1, "end"), 20)
    assert said in str(caught.value)


def test_a_script_that_takes_too_long(script: Path, tmp_path: Path) -> None:
    script.write_text("import time\ntime.sleep(60)\n")
    with pytest.raises(NoAnswersError, match="after 0 of 1 requests: it was not ready after 0 seconds"):
        answers_of_script(script, sys.executable, tmp_path, bodies(1), 0.3)


def test_an_interpreter_that_is_not_there_or_none(script: Path, tmp_path: Path) -> None:
    with pytest.raises(NoAnswersError, match="is no program that can be started"):
        answers_of_script(script, str(tmp_path / "python"), tmp_path, bodies(1), 20)
    (tmp_path / "python").write_bytes(b"\x7fELF")
    (tmp_path / "python").chmod(0o755)
    with pytest.raises(NoAnswersError, match="cannot be started: Exec format error"):
        answers_of_script(script, str(tmp_path / "python"), tmp_path, bodies(1), 20)


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


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/score"
        server.shutdown()


def test_an_endpoint_is_asked_with_its_key(url: str) -> None:
    found = answers_of_endpoint(url, "secret", bodies("a", 424, "b"))
    assert [(answer.body, answer.error) for answer in found] == [
        ('"a" Bearer secret', None),
        (None, ("HTTP 424", "424 Bearer secret")),
        ('"b" Bearer secret', None),
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
