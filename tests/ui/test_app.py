"""The page's server: what it answers, whom, and what it writes."""

from __future__ import annotations

import contextlib
import html
import http.client
import io
import mimetypes
import re
import threading
import urllib.parse
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn

from generator.facts.modules import load_tables, tables_by_key
from generator.trial.cache import complete
from generator.trial.runtime import runtime_for
from generator.trial.target import find_target, recipe_of_target
from generator.ui.app import Page
from generator.ui.server import listening
from generator.ui.work import LARGEST_UPLOAD
from tests.support.model_folders import leave_downloaded, leave_model
from tests.support.stand_in_runtime import make_stand_in_runtime

ITEMS = {"parameters.prediction_kind": "Item Recommendation"}
COLUMNS = {"user": "str", "item": "str", "rating": "int64"}


class Reply(NamedTuple):
    """What the server has answered."""

    status: int
    headers: Mapping[str, str]
    text: str
    content: bytes


class Browser(NamedTuple):
    """What asks a page as a browser does."""

    page: Page
    port: int

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, f"/{self.page.token}{path}", body, {**self._own(method), **(headers or {})})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return Reply(response.status, dict(response.getheaders()), content.decode(errors="replace"), content)

    def send(self, path: str, **fields: str) -> Reply:
        body = urllib.parse.urlencode({name.replace("__", "."): value for name, value in fields.items()}).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def form(self, path: str, fields: Mapping[str, str]) -> Reply:
        return self.send(path, **{name.replace(".", "__"): value for name, value in fields.items()})

    def work(self) -> str:
        """Return the path of what is begun with."""
        return self.ask("GET", "/").headers["location"].removeprefix(f"/{self.page.token}").partition("?")[0]

    def _own(self, method: str) -> dict[str, str]:
        return {"Origin": f"http://127.0.0.1:{self.port}"} if method == "POST" else {}


def served(page: Page) -> Iterator[Browser]:
    with listening(0) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(page.app(port), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Browser(page, port)
        finally:
            server.should_exit = True
            thread.join()
    page.close()


@pytest.fixture(scope="module")
def empty() -> Iterator[Browser]:
    yield from served(Page(None))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return leave_model(tmp_path, tables_by_key()["score_svd_recommender"], scikit_learn="", columns=COLUMNS)


@pytest.fixture
def browser(model: Path) -> Iterator[Browser]:
    yield from served(Page(model))


def upload(files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """Return the body of a form with files, and its type."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + content + b"\r\n"
        for name, content in files.items()
    ]
    return b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:PORT"}, 200),
        ({"Host": "evil.example:PORT"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_only_a_browser_on_this_machine_is_answered(empty: Browser, headers: dict[str, str], status: int) -> None:
    headers = {name: value.replace("PORT", str(empty.port)) for name, value in headers.items()}
    reply = empty.ask("GET", "/", headers=headers)
    assert reply.status == status
    if status == 200:
        assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_who_does_not_know_the_token_finds_nothing(empty: Browser) -> None:
    for path in ("/", "/static/page.js", "/../", f"/{'x' * 22}/"):
        connection = http.client.HTTPConnection("127.0.0.1", empty.port)
        connection.request("GET", path)
        assert connection.getresponse().status == 404
        connection.close()


def test_nothing_but_the_pages_own_files_is_served(empty: Browser) -> None:
    assert empty.ask("GET", "/static/page.js").status == 200
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert empty.ask("GET", path).status == 404


def test_scripts_and_styles_are_told_to_be_such_whatever_the_system_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry of Windows may say that a script is a text, which browsers then do not run."""
    mimetypes.init()
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    monkeypatch.setitem(mimetypes.types_map, ".css", "application/x-css")
    told: dict[str, str] = {}
    for browser in served(Page(None)):
        for name in re.findall(r"/static/([\w.-]+)", browser.ask("GET", "/").text):
            told[name] = browser.ask("GET", f"/static/{name}").headers["content-type"].partition(";")[0]
    assert {kind for name, kind in told.items() if name.endswith(".js")} == {"text/javascript"}
    assert {kind for name, kind in told.items() if name.endswith(".css")} == {"text/css"}


def test_a_form_must_come_from_the_page_and_say_how_long_it_is(empty: Browser) -> None:
    assert empty.ask("POST", "/open", headers={"Origin": ""}).status == 403
    assert empty.ask("POST", "/open", headers={"Origin": "http://evil.example"}).status == 403
    assert empty.ask("POST", "/open", b"", {"Content-Length": str(LARGEST_UPLOAD + 1)}).status == 413
    assert empty.ask("POST", "/open", b"", {"Content-Length": "-1"}).status in (400, 413)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "there is no score.py among the files"),
        ({"score.txt": b"x"}, "there is no score.py among the files"),
        ({"model.zip": b"PK"}, "a zip file has to be unpacked first"),
        ({"one.py": b"", "two.py": b""}, "choose one script: these are &#39;one.py&#39;, &#39;two.py&#39;"),
        ({"score.py": b"#" * 3_000_000}, ">score.py: cannot be read: it has more than 2 MB"),
        ({"score.py": b"def init(:"}, "not valid Python"),
        ({"score.py": b"print(1)"}, "no designer module is used here"),
        ({"../../score.py": b"\xff\xfe\x00"}, "UTF-16"),
    ],
)
def test_what_cannot_be_begun_with_is_said(empty: Browser, files: dict[str, bytes], said: str) -> None:
    body, kind = upload(files)
    reply = empty.ask("POST", "/open", body, {"Content-Type": kind})
    assert (reply.status, said in reply.text) == (422, True)


@pytest.mark.parametrize("names", [["SCORE.PY"], ["score (1).py"], ["score été.py"], ["a.py", "score.py", "z.py"]])
def test_the_script_may_have_any_name_or_others_beside_it(empty: Browser, model: Path, names: list[str]) -> None:
    script = (model / "score.py").read_bytes()
    files = {name: script if len(names) == 1 or name == "score.py" else b"" for name in names}
    body, kind = upload(files)
    assert empty.ask("POST", "/open", body, {"Content-Type": kind}).status == 303


def test_what_is_sent_is_shown_escaped(empty: Browser, model: Path) -> None:
    script = (model / "score.py").read_text() + "\n# <script>alert(1)</script>\nEXTRA = '<b>'\n"
    body, kind = upload({"score.py": script.encode(), "_schema.json": (model / "_schema.json").read_bytes()})
    reply = empty.ask("POST", "/open", body, {"Content-Type": kind})
    assert reply.status == 303
    page = empty.ask("GET", reply.headers["location"].removeprefix(f"/{empty.page.token}"))
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize("module", [table.id for table in load_tables()])
def test_every_module_can_be_begun_with(empty: Browser, module: str) -> None:
    body = f'--x\r\nContent-Disposition: form-data; name="module"\r\n\r\n{module}\r\n--x--\r\n'.encode()
    reply = empty.ask("POST", "/open", body, {"Content-Type": "multipart/form-data; boundary=x"})
    path = reply.headers["location"].removeprefix(f"/{empty.page.token}")
    page = empty.ask("GET", path)
    assert page.status == 200
    assert tables_by_key()[module].class_name in page.text


def test_what_is_no_longer_there_is_said(empty: Browser) -> None:
    for reply in (empty.ask("GET", "/work/nothing"), empty.send("/work/nothing"), empty.send("/work/nothing/score.py")):
        assert reply.status == 404
        assert f'<a href="/{empty.page.token}/?new=1&lang=en">Begin again</a>' in reply.text


def test_a_change_shows_the_script_that_it_gives(browser: Browser) -> None:
    path = browser.work()
    chosen = '<span class="n">ItemRecommendation</span>'
    assert chosen not in browser.ask("GET", path).text
    assert chosen in browser.form(path, ITEMS).text


@pytest.mark.parametrize("samples", [b"\xff[1]", b"x" * 3_000_000])
def test_samples_that_cannot_be_read_are_no_stumbling_block(browser: Browser, model: Path, samples: bytes) -> None:
    (model / "_samples.json").write_bytes(samples)
    page = browser.ask("GET", browser.work())
    assert (page.status, '<textarea id="body"' in page.text) == (200, True)


def test_what_is_downloaded_is_what_is_shown(browser: Browser) -> None:
    path = browser.work()
    script = browser.form(f"{path}/score.py", ITEMS)
    assert script.headers["content-disposition"] == 'attachment; filename="score.py"'
    assert "RecommenderPredictionKind.ItemRecommendation" in script.text
    assert "prediction_kind: Item Recommendation" in browser.form(f"{path}/scoregen.yaml", ITEMS).text
    with zipfile.ZipFile(io.BytesIO(browser.form(f"{path}/bundle.zip", ITEMS).content)) as archive:
        assert {"score.py", "conda_env.yaml", "deployment.yml", "consume.py", "README.md"} <= {*archive.namelist()}
        assert archive.read("score.py") == script.content
    assert browser.form(f"{path}/passwd", ITEMS).status == 404


def test_a_bundle_without_its_data_says_what_is_missing(browser: Browser) -> None:
    unrated = {"parameters.recommended_item_selection": "From Unrated Items (to suggest new items to users)"}
    path = browser.work()
    reply = browser.form(f"{path}/bundle.zip", ITEMS | unrated | {"datasets.training_data": "ratings.csv"})
    assert reply.status == 422
    assert "&#39;ratings.csv&#39; is not there: put the data there" in reply.text


def test_what_is_shown_instead_of_a_download_has_links_that_lead_on(browser: Browser) -> None:
    path = browser.work()
    page = browser.form(f"{path}/bundle.zip", ITEMS | {"parameters.max_recommended_item_count": "0"})
    links = re.findall(r'<a href="(.*?)" lang=', page.text)
    assert [browser.ask("GET", link.removeprefix(f"/{browser.page.token}")).status for link in links] == [200, 200]


def test_saving_replaces_nothing_of_the_users_without_being_told_to(browser: Browser, model: Path) -> None:
    path = browser.work()
    mine = model.parent / "score.py"
    mine.write_text("# mine\n")
    said = re.search(r'class="said" role="alert".*?>(.*?)</p>', browser.form(f"{path}/save", ITEMS).text, re.DOTALL)
    assert said
    assert "is not replaced" in said[1]
    assert mine.read_text() == "# mine\n"
    assert not (model.parent / "scoregen.yaml").exists()
    browser.form(f"{path}/save", ITEMS | {"force": "true"})
    assert "ItemRecommendation" in mine.read_text()
    assert (model.parent / "score.py.orig").read_text() == "# mine\n"
    assert (model.parent / "scoregen.yaml").exists()


def test_what_was_sent_is_saved_nowhere(empty: Browser, model: Path) -> None:
    body, kind = upload({"score.py": (model / "score.py").read_bytes()})
    path = empty.ask("POST", "/open", body, {"Content-Type": kind}).headers["location"]
    path = path.removeprefix(f"/{empty.page.token}").partition("?")[0]
    assert empty.form(f"{path}/save", ITEMS).status == 404
    unrated = {"parameters.recommended_item_selection": "From Unrated Items (to suggest new items to users)"}
    page = empty.form(f"{path}/bundle.zip", ITEMS | unrated | {"datasets.training_data": "ratings.csv"})
    assert "run `scoregen ui` with the model&#39;s folder" in page.text


def test_a_request_needs_a_runtime_and_says_which_command_makes_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = browser.work()
    reply = browser.form(f"{work}/try", ITEMS | {"body": "[]"})
    (source,) = re.findall(r"save in the folder, then `scoregen runtime make (.*?)` makes it", reply.text)
    browser.form(f"{work}/save", ITEMS)
    made = runtime_for(recipe_of_target(find_target(html.unescape(source).strip("'\""))))
    made.python.parent.mkdir(parents=True)
    made.python.write_text("#!/bin/sh\nexit 1\n")
    complete(made, 0)
    assert f"{made.python} does not run" in browser.form(f"{work}/try", ITEMS | {"body": "[]"}).text


def test_a_runtime_that_does_not_run_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(
        "generator.trial.runtime.machine", lambda: "linux-x86_64"
    )  # whose lock the folder and the config share
    model = leave_downloaded(tmp_path, tables_by_key()["score_svd_recommender"])
    python = make_stand_in_runtime(model).python
    python.write_text("#!/bin/sh\nexit 1\n")
    with contextlib.contextmanager(served)(Page(model)) as browser:
        reply = browser.form(f"{browser.work()}/try", ITEMS | {"body": "[]"})
    assert (reply.status, f"{python} does not run: `scoregen runtime list`" in reply.text) == (200, True)


@pytest.mark.parametrize("body", ["", "[", "not JSON"])
def test_a_request_that_is_not_json_is_said(browser: Browser, body: str) -> None:
    reply = browser.form(f"{browser.work()}/try", ITEMS | {"body": body})
    assert (reply.status, "the request:1:" in reply.text, "is not JSON" in reply.text) == (200, True, True)


def test_why_a_request_is_refused_is_said_in_the_pages_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    model = leave_downloaded(tmp_path, tables_by_key()["score_svd_recommender"])
    make_stand_in_runtime(model)
    refusing = "def run(data):\n    if data == '{}':\n        raise ValueError('the request must be a JSON list')\n"
    (model / "score.py").write_text((model / "score.py").read_text().replace("def run(data):\n", refusing))
    with contextlib.contextmanager(served)(Page(model)) as browser:
        reply = browser.form(f"{browser.work()}/try?lang=fr", ITEMS | {"body": "{}"})
    assert "la requête contient un seul objet, alors que la requête doit être une liste JSON" in html.unescape(
        reply.text
    )


def test_a_script_is_tried_with_the_data_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    model = leave_downloaded(tmp_path, tables_by_key()["score_svd_recommender"])
    make_stand_in_runtime(model)
    shown = "def run(data):\n    if data == '[]':\n        raise ValueError(sorted(os.listdir(os.path.dirname(__file__))))\n"
    (model / "score.py").write_text((model / "score.py").read_text().replace("def run(data):\n", shown))
    unrated = {"parameters.recommended_item_selection": "From Unrated Items (to suggest new items to users)"}
    form = ITEMS | unrated | {"datasets.training_data": "data/ratings.csv", "body": "[]"}
    with contextlib.contextmanager(served)(Page(model)) as browser:
        path = browser.work()
        assert "&#39;data/ratings.csv&#39; is not there" in browser.form(f"{path}/try", form).text
        (model / "data").mkdir()
        (model / "data/ratings.csv").write_text("user,item,rating\n")
        assert "[&#39;data&#39;, &#39;score.py&#39;]" in browser.form(f"{path}/try", form).text


def test_a_script_that_keeps_its_code_is_rewritten(empty: Browser, model: Path) -> None:
    script = (model / "score.py").read_text().replace("def run(", "def helper():\n    return 1\n\n\ndef run(")
    body, kind = upload({"score.py": script.encode()})
    path = empty.ask("POST", "/open", body, {"Content-Type": kind}).headers["location"]
    path = path.removeprefix(f"/{empty.page.token}").partition("?")[0]
    source = empty.form(f"{path}/score.py", ITEMS).text
    assert "def helper():" in source
    assert "RecommenderPredictionKind.ItemRecommendation" in source


@pytest.mark.parametrize(("accepted", "shown"), [("fr-CA,fr;q=0.9", "fr"), ("de,en;q=0.5", "en"), ("", "en")])
def test_the_page_speaks_the_browsers_language(empty: Browser, accepted: str, shown: str) -> None:
    assert f'<html lang="{shown}">' in empty.ask("GET", "/", headers={"Accept-Language": accepted}).text
    assert '<html lang="fr">' in empty.ask("GET", "/?lang=fr", headers={"Accept-Language": accepted}).text
