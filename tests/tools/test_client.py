"""The generated client as a program, against a server on this machine that answers as told."""

from __future__ import annotations

import base64
import contextlib
import errno
import functools
import importlib.util
import io
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from PIL import Image

from generator import load_tables
from generator.rendering.client import render_client
from generator.rules.settings import complete

GOLDEN = Path(__file__).parents[2] / "golden" / "client"
TABLES = {table.id: table for table in load_tables()}
KEY = "s3cret/Key+of=the==endpoint"
ROWS = [{"user": "u12", "item": "m9"}, {"user": "u15", "item": "m9"}]
RESULT = {"user": ["u12", "u15"], "Rating": [3.5, 4]}


class Request(NamedTuple):
    """What a server was sent."""

    path: str
    headers: dict[str, str]
    body: Any


class Answer(NamedTuple):
    """What a server answers; ``cut`` ends the connection after so many bytes of the body, before a status if negative."""

    body: Any = RESULT
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    cut: int | None = None


class Server:
    """A server that gives its answers one after the other, and the last one from then on."""

    def __init__(self, *answers: Answer | Callable[[Request], Answer], context: ssl.SSLContext | None = None) -> None:
        self.answers = list(answers) or [Answer()]
        self.requests: list[Request] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        if context:
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.port = self._http.server_port
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.port}/score"

    def __enter__(self) -> Server:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body))
                server.requests.append(request)
                told = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                self._send(told(request) if callable(told) else told)

            def _send(self, answer: Answer) -> None:
                body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
                if answer.cut is None or answer.cut >= 0:
                    self.send_response(answer.status)
                    for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    with contextlib.suppress(OSError):  # a client that has given up
                        self.wfile.write(body[: answer.cut])

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class Done(NamedTuple):
    """What a run of the client left."""

    code: int
    out: str
    err: str


class Client:
    """The rendered client in a folder of its own, with samples beside it."""

    def __init__(self, folder: Path, python: Sequence[str], module: str = "score_svd_recommender") -> None:
        self.folder = folder
        self.python = python
        (folder / "consume.py").write_text(
            render_client(complete(TABLES[module], {}, {}), "scoregen.yaml"), encoding="utf-8"
        )
        (folder / "_samples.json").write_text(json.dumps(ROWS), encoding="utf-8")

    def __call__(self, *arguments: str, key: str | None = KEY, stdin: bytes = b"", **environment: str) -> Done:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AZUREML_") and "proxy" not in k.lower()}
        keys = {} if key is None else {"AZUREML_ENDPOINT_KEY": key}
        command = [*self.python, str(self.folder / "consume.py"), *arguments]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            env=inherited | keys | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
            cwd=self.folder,
        )
        out, err = (printed.decode().replace(os.linesep, "\n") for printed in (done.stdout, done.stderr))
        assert "Traceback" not in err
        if key and key.strip():
            assert key.strip() not in out + err
        return Done(done.returncode, out, err)


@functools.cache
def python_3_8() -> str | None:
    """Return a Python 3.8 that runs: a shim of pyenv may be there without one."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for found in [shutil.which("python3.8"), *root.glob("versions/3.8.*/bin/python")]:
        if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
            return str(found)
    return None


@pytest.fixture(params=["this Python", "Python 3.8"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Client:
    python = sys.executable if request.param == "this Python" else python_3_8()
    if python is None:
        pytest.skip("no Python 3.8 found, the oldest that the client is for")
    return Client(tmp_path, [python])


@pytest.fixture
def here(tmp_path: Path) -> Client:
    """Run on this Python alone, where the Python makes no difference."""
    return Client(tmp_path, [sys.executable])


def imported(client: Client) -> Any:
    """Return the client as another program imports it."""
    spec = importlib.util.spec_from_file_location("consume", client.folder / "consume.py")
    assert spec and spec.loader
    consume = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(consume)
    return consume


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), ""),
        (OSError(errno.EINVAL, "Invalid argument"), ""),  # as Windows has it
        (OSError(errno.ENOSPC, "No space left on device"), "consume.py: [Errno 28] No space left on device\n"),
    ],
)
def test_an_output_that_takes_no_more_ends_it_without_a_traceback(here: Client, error: OSError, said: str) -> None:
    """A reader that has seen enough is no error; a full disk is said."""
    program = (
        "import errno, runpy, sys\n"
        "class Closed:\n"
        "    def write(self, text): return len(text)\n"
        f"    def flush(self): raise OSError({error.errno}, {error.strerror!r})\n"
        "    def fileno(self): return 1\n"
        "sys.path.insert(0, '.')\n"
        "import consume\n"
        "sys.stdout = Closed()\n"
        "consume.score = lambda *_, **__: []\n"
        "sys.argv = ['consume.py']\n"
        "code = consume.main()\n"
        "sys.stdout = None\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run([*here.python, "-c", program], cwd=here.folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1 if said else 0, said)


def test_the_client_needs_the_standard_library_alone(tmp_path: Path) -> None:
    for module in TABLES:
        bare = Client(tmp_path, [sys.executable, "-I", "-S"], module)
        with Server() as server:
            assert json.loads(bare("--url", server.url).out) == RESULT


def test_the_samples_are_sent_with_the_key(client: Client) -> None:
    with Server() as server:
        done = client("--url", server.url)
    assert (done.code, json.loads(done.out), done.err) == (0, RESULT, "")
    (request,) = server.requests
    assert (request.path, request.body) == ("/score", ROWS)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["content-type"] == "application/json"
    assert "azureml-model-deployment" not in request.headers


def test_url_and_token_come_from_the_environment(here: Client) -> None:
    with Server() as server:
        done = here(key=None, AZUREML_SCORING_URI=server.url, AZUREML_ENDPOINT_TOKEN="a.token")
    assert done.code == 0
    assert server.requests[0].headers["authorization"] == "Bearer a.token"


def test_a_server_of_your_own_needs_no_key(here: Client) -> None:
    with Server() as server:
        assert here("--url", server.url, key=None).code == 0
    assert "authorization" not in server.requests[0].headers


def test_one_deployment_can_be_asked(here: Client) -> None:
    with Server() as server:
        here("--url", server.url, "--deployment", "green")
    assert server.requests[0].headers["azureml-model-deployment"] == "green"


def test_the_line_break_behind_a_copied_key_is_no_part_of_it(here: Client) -> None:
    with Server() as server:
        assert here("--url", server.url, key=f"{KEY}\r\n").code == 0
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", ["two words", "a\nb: c", "schl\u00fcssel", "\u200bkey", "a\x1bb"])
def test_what_is_no_key_is_refused_unseen(here: Client, key: str) -> None:
    with Server() as server:
        done = here("--url", server.url, key=key)
    assert (done.code, server.requests) == (2, [])
    assert "AZUREML_ENDPOINT_KEY has a blank in it, or another odd character" in done.err


@pytest.mark.parametrize("name", ["rows.json", "r\u00e9ponses 1.json", "a\nb.json"])
def test_a_body_is_read_from_a_file(client: Client, name: str) -> None:
    if os.name == "nt" and "\n" in name:
        pytest.skip("Windows has no such names")
    for encoding in ("utf-8", "utf-16-le"):
        (client.folder / name).write_bytes('\ufeff[{"x": "\u00e9"}]\r\n'.encode(encoding))
        with Server() as server:
            assert client("--url", server.url, name).code == 0
        assert server.requests[0].body == [{"x": "\u00e9"}]


def test_a_body_is_read_from_standard_input(client: Client) -> None:
    with Server() as server:
        assert client("--url", server.url, "-", stdin=b'[{"x": 1}]').code == 0
    assert server.requests[0].body == [{"x": 1}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Expecting value: line 1 column 1"),
        (b"[{'x': 1}]", "Expecting property name enclosed in double quotes: line 1 column 3"),
        (b'[{"x": "\xe9"}]', "'utf-8' codec can't decode byte 0xe9 in position 8"),
        (b'{"x": 1}', "name a file with a JSON list of row objects"),
        (b"[[1, 2]]", "name a file with a JSON list of row objects"),
        (None, "No such file or directory"),
    ],
    ids=["empty", "quotes", "latin-1", "one object", "lists", "missing"],
)
def test_a_body_that_holds_no_rows_is_not_sent(here: Client, content: bytes | None, message: str) -> None:
    if content is not None:
        (here.folder / "rows.json").write_bytes(content)
    with Server() as server:
        done = here("--url", server.url, "rows.json")
    assert (done.code, server.requests) == (2, [])
    assert f"rows.json: {message}" in done.err


def test_missing_samples_are_said(here: Client) -> None:
    (here.folder / "_samples.json").unlink()
    done = here("--url", "https://endpoint.invalid/score")
    assert done.code == 2
    assert "_samples.json: No such file or directory: name a file with a JSON list of row objects" in done.err


FORMS = {
    "rows": {"result": [["u12", 3.5], ["u15", 4]]},
    "columns": {"user": ["u12", "u15"], "Rating": [3.5, 4]},
    "records": {"result": [{"user": "u12", "Rating": 3.5}, {"user": "u15", "Rating": 4}]},
    "rows with columns": {"columns": ["user", "Rating"], "result": [["u12", 3.5], ["u15", 4]]},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoded", ["once", "twice"])
def test_each_form_of_answer_is_printed_as_it_was_meant(here: Client, form: str, encoded: str) -> None:
    with Server(Answer(FORMS[form] if encoded == "once" else json.dumps(FORMS[form]))) as server:
        done = here("--url", server.url)
    assert (done.code, json.loads(done.out), done.err) == (0, FORMS[form], "")


def no_constants(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


@pytest.mark.parametrize("encoded", ["once", "twice"])
def test_numbers_that_json_lacks_become_null_and_that_is_said(client: Client, encoded: str) -> None:
    text = '{"a": [NaN, 1.5, -Infinity, NaN]}'
    with Server(Answer(text.encode() if encoded == "once" else text)) as server:
        done = client("--url", server.url)
    assert json.loads(done.out, parse_constant=no_constants) == {"a": [None, 1.5, None, None]}
    assert done.err == "the answer holds -Infinity and NaN, which JSON lacks: null stands for it\n"


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x1f\x8b\x08\x00", "a text"], ids=["empty", "html", "gzip", "text"])
def test_an_answer_that_is_no_json_is_said(here: Client, body: bytes | str) -> None:
    with Server(Answer(body)) as server:
        done = here("--url", server.url)
    assert (done.code, done.out, len(server.requests)) == (1, "", 1)
    assert done.err.startswith("consume.py: the answer is not JSON (")
    said = {b"": "nothing", b"<html>": "<html>", "a text": '"a text"'}
    assert (isinstance(body, bytes) and body not in said) or f"The endpoint said: {said[body]}" in done.err


STATUSES = {
    400: "check the rows, and that the URL ends in /score",
    401: "put the one that is printed by az ml online-endpoint get-credentials into AZUREML_ENDPOINT_KEY",
    403: "may not score",
    404: "check that the URL ends in /score, that the deployment is there, and that it has traffic",
    405: "check that the URL ends in /score",
    408: "send fewer rows at a time",
    409: "see the log",
    413: "send fewer rows at a time",
    424: "score.py failed: see the log: az ml online-deployment get-logs",
    429: "raise instance_count",
    500: "see the log: az ml online-deployment get-logs",
    502: "score.py failed, or has not started yet",
    503: "none has started yet",
    504: "send fewer rows at a time",
}


BUSY = (429, 502, 503, 504)


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_says_what_to_do_without_another_try_and_without_the_key(here: Client, status: int) -> None:
    def echo(request: Request) -> Answer:
        said = f"bad \x1b[31m{request.headers['authorization']}" + "x" * 2000
        reason = f"row 2 differs {KEY}"
        return Answer(said.encode(), status, {"ms-azureml-model-error-reason": reason, "Retry-After": "0"})

    with Server(echo) as server:
        done = here("--url", server.url, *(["--tries", "1"] if status in BUSY else []))
    assert (done.code, done.out, len(server.requests)) == (1, "", 1)
    first, *said = done.err.splitlines()
    assert first.startswith(f"consume.py: HTTP {status} ")
    assert STATUSES[status] in first
    assert said == [
        "The endpoint said: bad [31mBearer (the key)" + "x" * (500 - len("bad [31mBearer (the key)")),
        "The endpoint said: row 2 differs (the key)",
    ]


@pytest.mark.parametrize("status", BUSY)
def test_a_busy_endpoint_is_asked_again(here: Client, status: int) -> None:
    with Server(Answer("busy", status), Answer()) as server:
        done = here("--url", server.url)
    assert (done.code, json.loads(done.out)) == (0, RESULT)
    assert re.fullmatch(rf"HTTP {status} [A-Za-z ]+: trying again in (0\.\d|1\.0) seconds\n", done.err)
    assert [request.body for request in server.requests] == [ROWS, ROWS]


def test_the_endpoint_says_how_long_to_wait(client: Client) -> None:
    with Server(Answer("busy", 503, {"Retry-After": "1"}), Answer()) as server:
        assert client("--url", server.url).err == "HTTP 503 Service Unavailable: trying again in 1.0 seconds\n"


@pytest.mark.parametrize("wait", ["-1", "Wed, 21 Oct 2015 07:28:00 GMT", "\xb3"])
def test_a_wait_that_is_no_number_of_seconds_does_not_count(here: Client, wait: str) -> None:
    with Server(Answer("busy", 503, {"Retry-After": wait}), Answer()) as server:
        assert here("--url", server.url).code == 0


@pytest.mark.parametrize("wait", ["61", "9" * 5000])
def test_nobody_waits_for_minutes(here: Client, wait: str) -> None:
    with Server(Answer("busy", 429, {"Retry-After": wait}), Answer()) as server:
        done = here("--url", server.url)
    assert (done.code, len(server.requests)) == (1, 1)
    assert f"the endpoint asks to wait {wait[:9]} seconds" in done.err


def test_the_tries_are_counted(here: Client) -> None:
    with Server(Answer("busy", 503)) as server:
        done = here("--url", server.url, "--tries", "2")
    assert (done.code, len(server.requests)) == (1, 2)
    assert done.err.count("trying again in") == 1
    assert "consume.py: HTTP 503" in done.err


@pytest.mark.parametrize("cut", [-1, 5], ids=["before the answer", "within the answer"])
def test_a_broken_connection_is_tried_again(client: Client, cut: int) -> None:
    with Server(Answer(cut=cut), Answer()) as server:
        done = client("--url", server.url)
    assert (done.code, json.loads(done.out), len(server.requests)) == (0, RESULT, 2)
    assert "no connection to 127.0.0.1" in done.err


@contextlib.contextmanager
def sending(part: bytes, pause: float, start: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Iterator[str]:
    """Yield the URL of a server whose answer has no end: the same part again and again."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stopped = threading.Event()

        def answer() -> None:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(1 << 16)
                connection.sendall(start)
                while not stopped.wait(pause):
                    connection.sendall(part)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/score"
        stopped.set()
        thread.join(10)


def test_an_answer_without_end_is_read_up_to_its_bound(client: Client) -> None:
    with sending(b"1" * 1_000_000, 0) as url:
        done = client("--url", url)
    assert (done.code, done.out) == (1, "")
    assert "the answer has more than 100 MB: send fewer rows at a time" in done.err


def test_an_answer_that_drips_is_not_awaited_for_ever(client: Client) -> None:
    with sending(b" ", 0.1) as url:
        done = client("--url", url, "--timeout", "0.5")
    assert done.code == 1
    assert "did not answer within 0.5 seconds" in done.err


@pytest.mark.parametrize(
    ("part", "pause", "start"),
    [(b"HTTP/1.1 100 Continue\r\n\r\n", 0, b""), (b"H", 0.1, b""), (b"x", 0.1, b"HTTP/1.1 200 OK\r\nX: ")],
    ids=["100 Continue", "status", "header"],
)
def test_an_answer_that_never_begins_is_not_awaited_for_ever(
    client: Client, part: bytes, pause: float, start: bytes
) -> None:
    with sending(part, pause, start) as url:
        done = client("--url", url, "--timeout", "0.5")
    assert done.code == 1
    assert "did not answer within 0.5 seconds" in done.err


def test_a_key_at_the_end_of_what_is_shown_is_no_part_of_it(here: Client) -> None:
    """What is shown is cut, and a key that is cut first would not be found any more."""
    with Server(Answer(b"x" * 490 + KEY.encode() + b"y" * 1000), Answer(b" " * 990 + KEY.encode())) as server:
        for _ in range(2):
            done = here("--url", server.url)
            assert "is not JSON" in done.err
            assert KEY[:8] not in done.err


def test_an_error_whose_body_breaks_off_is_the_status_all_the_same(here: Client) -> None:
    with Server(Answer("nothing of that", 424, {"Content-Length": "500"}, cut=0)) as server:
        assert "HTTP 424" in here("--url", server.url).err


def test_nobody_listens(client: Client) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening
        done = client("--url", f"http://127.0.0.1:{taken.getsockname()[1]}/score", "--tries", "1")
    assert done.code == 1
    assert "no connection to 127.0.0.1" in done.err
    assert "check the URL and the network" in done.err


def test_an_answer_that_does_not_come_is_awaited_once(client: Client) -> None:
    release = threading.Event()

    def slow(_: Request) -> Answer:
        release.wait(60)
        return Answer()

    with Server(slow) as server:
        done = client("--url", server.url, "--timeout", "0.5")
        release.set()
    assert (done.code, len(server.requests)) == (1, 1)
    assert "did not answer within 0.5 seconds: send fewer rows at a time, or raise --timeout" in done.err


def test_the_time_counts_from_the_look_up_of_the_host(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that does not answer knows no limit: the client did not end before it."""
    consume = imported(here)
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: release.wait(60))
    began = time.monotonic()
    with pytest.raises(consume.EndpointError, match=r"endpoint\.invalid did not answer within 0\.5 seconds"):
        consume.score(ROWS, url="https://endpoint.invalid/score", timeout=0.5)
    assert time.monotonic() - began < 30
    release.set()


@contextlib.contextmanager
def full_queue() -> Iterator[int]:
    """Yield the port of a server that accepts nobody, and whose queue is full: who connects waits."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, contextlib.ExitStack() as waiting:
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        yield server.getsockname()[1]


def test_all_addresses_of_a_host_share_the_time(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    consume = imported(here)
    with full_queue() as port:
        found = socket.getaddrinfo("127.0.0.1", port, 0, socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found * 20)
        began = time.monotonic()
        with pytest.raises(consume.EndpointError, match=r"localhost:\d+ did not answer within 0\.5 seconds"):
            consume.score(ROWS, url=f"http://localhost:{port}/score", timeout=0.5)
        assert time.monotonic() - began < 5  # not 20 times the half second


def test_a_server_that_never_accepts(client: Client) -> None:
    with full_queue() as port:
        done = client("--url", f"http://127.0.0.1:{port}/score", "--timeout", "0.5")
    assert done.code == 1
    assert "did not answer within 0.5 seconds" in done.err


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_does_not_carry_the_key_away(here: Client, status: int) -> None:
    with Server() as elsewhere, Server(Answer("", status, {"Location": elsewhere.url})) as server:
        done = here("--url", server.url)
    assert (done.code, elsewhere.requests) == (1, [])
    assert f"if the endpoint has moved to {elsewhere.url}, name that as its URL" in done.err


@pytest.mark.parametrize(
    "url",
    ["", "endpoint/score", "ftp://endpoint/score", "https:///score", "https://me:word@endpoint/score", "https://e:0/"],
)
def test_what_is_no_url_is_refused(here: Client, url: str) -> None:
    done = here("--url", url)
    assert done.code == 2
    assert "name the endpoint with --url or AZUREML_SCORING_URI, as in https://" in done.err
    assert "word" not in done.err


@pytest.mark.parametrize(
    "url", ["https://endpoint/a score", "https://endpoint/\u00e9", "https://endpoint:x/", "https://[::1/"]
)
def test_a_url_that_no_request_can_carry_is_refused(here: Client, url: str) -> None:
    assert here("--url", url).code == 2


def test_the_key_is_not_shown_to_the_network(here: Client) -> None:
    with Server() as proxy:
        done = here("--url", "http://endpoint.invalid/score", http_proxy=f"http://127.0.0.1:{proxy.port}")
        assert (done.code, proxy.requests) == (2, [])
        assert "use https://, or --allow-http where the network is yours" in done.err
        allowed = ("--url", "http://endpoint.invalid/score", "--allow-http")
        assert here(*allowed, http_proxy=f"http://127.0.0.1:{proxy.port}").code == 1
        assert proxy.requests == []
        assert here(*allowed, key=None, http_proxy=f"http://127.0.0.1:{proxy.port}").code == 0
    assert proxy.requests[0].path == "http://endpoint.invalid/score"


def test_no_proxy_comes_between_this_machine_and_itself(here: Client) -> None:
    with Server() as server, Server() as proxy:
        assert here("--url", server.url, http_proxy=f"http://127.0.0.1:{proxy.port}").code == 0
    assert (len(server.requests), proxy.requests) == (1, [])


def test_a_certificate_must_be_trusted(client: Client) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl found, which makes the certificate")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([openssl, *made, *names], cwd=client.folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(client.folder / "cert.pem", client.folder / "key.pem")
    with Server(context=context) as server:
        done = client("--url", server.url)
        assert (done.code, server.requests) == (1, [])
        assert "name a file with the certificate's authority in SSL_CERT_FILE" in done.err
        assert client("--url", server.url, SSL_CERT_FILE=str(client.folder / "cert.pem")).code == 0


@pytest.mark.parametrize(
    "arguments", [["--timeout", "0"], ["--timeout", "nan"], ["--timeout", "1e9"], ["--tries", "0"], ["--key", "x"]]
)
def test_arguments_that_make_no_sense_send_nothing(here: Client, arguments: list[str]) -> None:
    with Server() as server:
        assert here("--url", server.url, *arguments).code == 2
    assert server.requests == []


def test_the_page_and_the_help_name_the_same_arguments(pictures: Client) -> None:
    page = (Path(__file__).parents[2] / "docs" / "client.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z][a-z-]+", pictures("--help").out)) - {"--help"}
    assert options == set(re.findall(r"^\| `(--[a-z-]+)` \|", page, re.M)) | {"--max-side"}
    assert "`--max-side` sets" in page


def test_other_programs_can_call_score(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    consume = imported(here)
    with Server(Answer(json.dumps(RESULT)), Answer("no", 424)) as server:
        monkeypatch.setenv("AZUREML_SCORING_URI", server.url)
        monkeypatch.setenv("AZUREML_ENDPOINT_KEY", KEY)
        assert consume.score(ROWS) == RESULT
        with pytest.raises(consume.EndpointError, match="HTTP 424"):
            consume.score(ROWS)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.fixture
def pictures(tmp_path: Path) -> Client:
    return Client(tmp_path, [sys.executable], "score_image_model")


def received(request: Request) -> list[Image.Image]:
    """Return the pictures of a request as the endpoint opens them."""
    return [Image.open(io.BytesIO(base64.b64decode(row["image"]))) for row in request.body]


def dominant(picture: Image.Image) -> str:
    """Return the name of the colour that a picture has most of."""
    shades = dict(zip(("red", "green", "blue"), picture.resize((1, 1)).getpixel((0, 0)), strict=True))  # type: ignore[arg-type]
    return max(shades, key=lambda colour: shades[colour])


def by_colour(request: Request) -> Answer:
    """Answer as an image model does: its category, its id, and what it is taken for."""
    found = zip(request.body, received(request), strict=True)
    return Answer(json.dumps({"result": [[row["category"], row["id"], dominant(image)] for row, image in found]}))


def lines(done: Done) -> dict[str, Any]:
    """Return the printed results by the pictures' names."""
    said = [json.loads(line) for line in done.out.splitlines()]
    return {line["image"]: line.get("result", line.get("error")) for line in said}


def test_each_picture_gets_its_own_result(pictures: Client) -> None:
    folder = pictures.folder / "photos"
    (folder / "more").mkdir(parents=True)
    Image.new("RGB", (40, 30), "blue").save(folder / "blue \u00e9.png")
    Image.new("RGB", (4000, 1000), "red").save(folder / "wide.JPG")
    Image.new("RGBA", (40, 30), (0, 200, 0, 255)).save(folder / "more" / "green.png")
    Image.new("P", (40, 30)).save(folder / "black.gif")
    (folder / "broken.jpg").write_bytes((folder / "wide.JPG").read_bytes()[:2000])
    Image.frombytes("RGB", (40, 30), os.urandom(3600)).save(folder / "cut.png")
    (folder / "cut.png").write_bytes((folder / "cut.png").read_bytes()[:2000])
    (folder / "no.png").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"not a picture, and not named like one")
    with Server(by_colour) as server:
        done = pictures("--url", server.url, "photos")
    found = {name.replace(os.sep, "/"): result for name, result in lines(done).items()}
    assert {name: result[2] for name, result in found.items() if isinstance(result, list)} == {
        "photos/blue \u00e9.png": "blue",
        "photos/wide.JPG": "red",
        "photos/more/green.png": "green",
        "photos/black.gif": "red",
    }
    assert "truncated" in found["photos/broken.jpg"] and "truncated" in found["photos/cut.png"]
    assert "cannot identify" in found["photos/no.png"]
    assert (done.code, len(found)) == (1, 7)
    assert done.err.splitlines()[-2:] == [
        f"[{'#' * 30}] 7 of 7 pictures",
        "consume.py: 3 of 7 pictures cannot be read",
    ]


def test_pictures_are_made_small_and_rgb_and_otherwise_left_alone(pictures: Client) -> None:
    folder = pictures.folder
    Image.new("RGB", (400, 100), "red").save(folder / "1.jpg")
    Image.new("L", (100, 400)).save(folder / "2.png")
    Image.new("RGB", (30, 20), "blue").save(folder / "3.png")
    Image.new("RGB", (30, 20), "blue").save(folder / "4.bmp")
    with Server(by_colour) as server:
        done = pictures("--url", server.url, "--max-side", "200", "1.jpg", "2.png", "3.png", "4.bmp")
    assert done.code == 0
    assert [len(request.body) for request in server.requests] == [1, 1, 2]  # those of one size together
    seen = [(image.format, image.mode, image.size) for request in server.requests for image in received(request)]
    assert seen == [
        ("JPEG", "RGB", (200, 50)),
        ("PNG", "RGB", (50, 200)),
        ("PNG", "RGB", (30, 20)),
        ("PNG", "RGB", (30, 20)),
    ]
    rows = [row for request in server.requests for row in request.body]
    assert base64.b64decode(rows[2]["image"]) == (folder / "3.png").read_bytes()
    assert [{**row, "image": None} for row in rows] == [
        {"image": None, "id": number, "category": None} for number in range(4)
    ]


def test_many_pictures_go_in_several_requests(pictures: Client) -> None:
    folder = pictures.folder / "many"
    folder.mkdir()
    for number in range(45):
        Image.new("RGB", (8, 8), ("red", "blue")[number % 2]).save(folder / f"{number:02}.png")
    with Server(by_colour) as server:
        done = pictures("--url", server.url, "many")
    assert [len(request.body) for request in server.requests] == [20, 20, 5]
    assert [row["id"] for request in server.requests for row in request.body] == list(range(45))
    assert [result[2] for result in lines(done).values()] == [("red", "blue")[number % 2] for number in range(45)]
    assert [line.split("] ")[1] for line in done.err.splitlines()] == [
        f"{number} of 45 pictures" for number in (0, 20, 40, 45)
    ]


def test_large_pictures_go_in_small_requests(pictures: Client) -> None:
    for number in range(3):
        Image.frombytes("RGB", (900, 900), os.urandom(900 * 900 * 3)).save(pictures.folder / f"{number}.png")
    with Server(by_colour) as server:
        assert pictures("--url", server.url, "0.png", "1.png", "2.png").code == 0
    assert [len(request.body) for request in server.requests] == [1, 1, 1]


@pytest.mark.parametrize(
    ("answer", "printed"),
    [
        ({"result": [["red", 0.9]]}, ["red", 0.9]),
        ({"columns": ["label", "p"], "result": [["red", 0.9]]}, {"label": "red", "p": 0.9}),
        ({"result": [{"label": "red", "p": 0.9}]}, {"label": "red", "p": 0.9}),
        ({"label": ["red"], "p": [0.9]}, {"label": "red", "p": 0.9}),
    ],
    ids=["rows", "rows with columns", "records", "columns"],
)
def test_each_form_of_answer_is_told_apart(pictures: Client, answer: Any, printed: Any) -> None:
    Image.new("RGB", (8, 8)).save(pictures.folder / "a.png")
    with Server(Answer(answer)) as server:
        assert lines(pictures("--url", server.url, "a.png")) == {"a.png": printed}


@pytest.mark.parametrize("answer", [{"result": []}, {"result": 5}, [1], {"a": 1}, None])
def test_an_answer_without_a_result_for_each_picture_is_an_error(pictures: Client, answer: Any) -> None:
    Image.new("RGB", (8, 8)).save(pictures.folder / "a.png")
    with Server(Answer(answer)) as server:
        done = pictures("--url", server.url, "a.png")
    assert (done.code, done.out) == (1, "")
    assert "see the log" in done.err


def test_results_so_far_are_kept_when_the_endpoint_fails(pictures: Client) -> None:
    for number in range(21):
        Image.new("RGB", (8, 8), "red").save(pictures.folder / f"{number:02}.png")
    with Server(by_colour, Answer("no", 424)) as server:
        done = pictures("--url", server.url, str(pictures.folder))
    assert (done.code, len(lines(done))) == (1, 20)
    assert "HTTP 424" in done.err


def test_without_pictures_the_samples_are_sent(pictures: Client) -> None:
    with Server() as server:
        assert json.loads(pictures("--url", server.url).out) == RESULT
    assert server.requests[0].body == ROWS


@pytest.mark.parametrize("named", ["nothing", "missing.png"])
def test_what_is_no_picture_is_said(pictures: Client, named: str) -> None:
    (pictures.folder / "nothing").mkdir()
    with Server() as server:
        done = pictures("--url", server.url, named)
    assert done.code
    assert server.requests == []
    assert "no pictures there" in done.err or "No such file" in done.out


def test_pictures_need_pillow(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    bare = Client(tmp_path, [sys.executable, "-I", "-S"], "score_image_model")
    done = bare("--url", "http://127.0.0.1:9/score", "a.png")
    assert (done.code, done.err) == (2, "consume.py: to send pictures, install Pillow: pip install pillow\n")


def test_a_reader_that_stops_early_sees_no_traceback(pictures: Client) -> None:
    if os.name != "posix":
        pytest.skip("needs a shell of POSIX")
    for number in range(21):
        Image.new("RGB", (8, 8), "red").save(pictures.folder / f"{number:02}.png")
    with Server(by_colour) as server:
        command = f"'{sys.executable}' consume.py --url {server.url} . | head -1"
        done = subprocess.run(command, shell=True, cwd=pictures.folder, capture_output=True, text=True)
    assert done.stdout.startswith('{"image": ')
    assert [line for line in done.stderr.splitlines() if not line.startswith("[")] == []
