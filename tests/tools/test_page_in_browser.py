"""The page in a real browser: from a downloaded script to one that recommends, by keyboard, in two languages.

With ``SCOREGEN_PICTURES=1`` the pictures of the docs are made anew.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FileChooser, Page, Route, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_downloaded
from tests.support.stand_in_runtime import make_stand_in_runtime

CHROMIUM = shutil.which("chromium")
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
UNRATED = "From Unrated Items (to suggest new items to users)"
ITEMS = "Item Recommendation"
KIND, SELECTION = "parameters.prediction_kind", "parameters.recommended_item_selection"
DATA, COUNT = "[id='datasets.training_data']", "[id='parameters.max_recommended_item_count']"
KNOWN = ("status of 422", "ERR_CONNECTION_REFUSED", "htmx:sendError", "htmx:afterRequest", "htmx:sendAbort")
"""What the console says of files that are refused, and of a request that a newer one replaces."""
HELPER = "\n\ndef helper():\n    return 1\n"  # code that a config cannot say, so that the script keeps it

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The folder as it comes from the designer."""
    return leave_downloaded(tmp_path / "download", tables_by_key()["score_svd_recommender"])


@contextlib.contextmanager
def served(*arguments: str) -> Iterator[str]:
    """Run the command, and give the address that it prints."""
    command = [sys.executable, "-m", "generator", "ui", "--no-browser", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextlib.contextmanager
def opened(browser: Browser, address: str, language: str = "en") -> Iterator[Page]:
    """Open an address, and see that the page asks nothing of other hosts and that no script of it fails."""
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    page.goto(address)
    yield page
    host = address.split("/")[2]
    assert {url.split("/")[2] for url in asked if not url.startswith(("data:", "blob:"))} == {host}
    assert [text for text in failed if not any(known in text for known in KNOWN)] == []
    context.close()


def picture(page: Page, name: str) -> None:
    """Make a picture for the docs, if that is wanted."""
    if os.environ.get("SCOREGEN_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        page.mouse.wheel(0, -5000)
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")


def option(name: str, value: str) -> str:
    """Return the selector of an option that counts."""
    return f'input[name="{name}"][value="{value}"]:not([disabled])'


class Person:
    """Someone at a page, who has never written code; every click counts, those in the dialogs of the system too."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.clicks = 0

    def click(self, selector: str) -> None:
        self._page.click(selector)
        self.clicks += 1

    def choose_folder(self, folder: Path) -> None:
        """Choose it in the dialog: the button, the folder, the dialog's button, and the browser's question."""
        with self._page.expect_file_chooser() as dialog:
            self.click("#folder")
        dialog.value.set_files(folder)
        self.clicks += 3

    def drop(self, path: Path) -> None:
        """Drag a file or folder from a window of the system onto the page: one press of the button."""
        drop_on(self._page, path)
        self.clicks += 1

    def recommend_unrated_items(self) -> None:
        self.click(option(KIND, ITEMS))
        self.click(option(SELECTION, UNRATED))
        self.click(f"{DATA}:not([disabled])")
        self._page.keyboard.type("ratings.csv")


def drop_on(page: Page, *paths: Path) -> None:
    """Have the browser take a drop as it does from the system: Playwright has no command for it."""
    box = page.locator(".drop").bounding_box()
    assert box
    devtools = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data})


@pytest.mark.parametrize("way", ["choose_folder", "drop"])
def test_a_downloaded_folder_recommends_unrated_items_in_8_clicks(
    browser: Browser, model: Path, tmp_path: Path, way: str
) -> None:
    (model / "_data.pkl").write_bytes(bytes(30_000_000))  # more than may be sent: it stays where it is
    with served() as address, opened(browser, address) as page:
        picture(page, "ui_start")
        person = Person(page)
        getattr(person, way)(model)
        person.recommend_unrated_items()
        with page.expect_download() as download:
            person.click("text=Download score.py")
        assert person.clicks == {"choose_folder": 8, "drop": 5}[way]
        download.value.save_as(tmp_path / "score.py")
        page.wait_for_selector("#script-text >> text=FromUnratedItems")
        if way == "drop":
            picture(page, "ui")
        page.click("text=The config")
        assert "model: trained_model_outputs" in page.locator(".result details").last.inner_text()
    _see_that_it_recommends_unrated_items(tmp_path / "score.py")


def test_a_folder_that_is_named_recommends_unrated_items_in_4_clicks(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        person = Person(page)
        person.recommend_unrated_items()
        person.click("#save")
        page.wait_for_selector("text=score.py: written")
        assert person.clicks == 4
    _see_that_it_recommends_unrated_items(model.parent / "score.py")


def _see_that_it_recommends_unrated_items(script: Path) -> None:
    command = [sys.executable, "-m", "generator", "check", "--strict", str(script)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    source = script.read_text()
    assert "RecommenderPredictionKind.ItemRecommendation" in source
    assert "RecommendedItemSelection.FromUnratedItems" in source
    assert "'ratings.csv'" in source.replace('"', "'")


def test_a_folder_with_several_models_is_not_guessed_at(browser: Browser, model: Path, tmp_path: Path) -> None:
    other = leave_downloaded(tmp_path / "download" / "other", tables_by_key()["score_svd_recommender"])
    with served() as address, opened(browser, address) as page:
        drop_on(page, model.parent)
        page.wait_for_selector("text=There is more than one model in this folder")
        page.set_input_files("#folder", other)
        page.wait_for_selector(option(KIND, ITEMS))


def test_the_folder_around_the_model_will_do_with_the_script_beside_it(browser: Browser, model: Path) -> None:
    (model.parent / "score.py").write_text((model / "score.py").read_text() + HELPER)
    with served() as address, opened(browser, address) as page:
        drop_on(page, model.parent)
        assert "def helper():" in page.locator("#script-text").inner_text()


def test_a_script_alone_can_be_dropped(browser: Browser, model: Path) -> None:
    with served() as address, opened(browser, address) as page:
        drop_on(page, model / "score.py")
        page.wait_for_selector(option(KIND, ITEMS))


def test_a_folder_that_is_named_is_begun_with_and_written_to(browser: Browser, model: Path) -> None:
    before = (model / "score.py").read_bytes()
    with served(str(model)) as address, opened(browser, address) as page:
        assert page.locator("#body").input_value().startswith("[")  # the designer's samples
        page.click(option(KIND, ITEMS))
        page.wait_for_selector(option(SELECTION, UNRATED))
        page.click("#save")
        page.wait_for_selector("text=score.py: written")
    assert "ItemRecommendation" in (model.parent / "score.py").read_text()
    assert "Item Recommendation" in (model.parent / "scoregen.yaml").read_text()
    assert (model / "score.py").read_bytes() == before


def test_it_can_be_done_by_keyboard_alone(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        _tab_to(page, KIND)
        page.keyboard.press("ArrowDown")
        page.wait_for_selector("#script-text >> text=ItemRecommendation")
        page.wait_for_selector(option(SELECTION, UNRATED))
        assert _focused(page) == KIND  # the focus stays
        _tab_to(page, SELECTION, most=1)
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(f"{DATA}:not([disabled])")
        _tab_to(page, "datasets.training_data")
        page.keyboard.type("ratings.csv")
        page.wait_for_selector("#script-text >> text=FromUnratedItems")
        _tab_to(page, "save")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=score.py: written")
    _see_that_it_recommends_unrated_items(model.parent / "score.py")


@pytest.mark.parametrize("field", ["folder", "script"])
def test_what_is_begun_with_is_chosen_by_keyboard(browser: Browser, model: Path, field: str) -> None:
    with served() as address, opened(browser, address) as page:
        _tab_to(page, field)
        _chosen(page).set_files({"folder": model, "script": model / "score.py"}[field])
        page.wait_for_selector(option(KIND, ITEMS))


def _chosen(page: Page) -> FileChooser:
    """Return the dialog that Enter opens; a busy browser may pass over a key that is pressed while it draws."""
    for _ in range(3):
        with contextlib.suppress(PlaywrightTimeoutError):
            with page.expect_file_chooser(timeout=10_000) as dialog:
                page.keyboard.press("Enter")
            return dialog.value
    raise AssertionError("no dialog opens")


def _focused(page: Page) -> str:
    """Return the name of the field that has the focus, or the id of what has no name."""
    found = page.evaluate("document.activeElement.name || document.activeElement.id")
    assert isinstance(found, str)
    return found


def _tab_to(page: Page, name: str, most: int = 30) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in (_focused(page), page.evaluate("document.activeElement.id")):
            return
    raise AssertionError(f"{name} is not reached")


def test_a_wrong_value_is_said_at_its_field(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        page.click(option(KIND, ITEMS))
        page.wait_for_selector(f"{COUNT}:not([disabled])")
        page.fill(COUNT, "0")
        page.wait_for_selector(f"{COUNT}[aria-invalid=true]")
        hint = page.locator(f"[id='{page.locator(COUNT).get_attribute('aria-describedby')}']").inner_text()
        assert hint == "0 is below the minimum: use 1 or more"
        assert page.locator("text=Download score.py").is_disabled()


def test_what_is_typed_while_an_answer_is_on_its_way_stays(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        page.click(option(KIND, ITEMS))
        page.click(f"{COUNT}:not([disabled])")
        page.keyboard.press("Control+A")
        held: list[Route] = []
        page.route("**/work/*", lambda route: held.append(route), times=1)
        page.keyboard.type("1")
        while not held:
            page.wait_for_timeout(50)
        page.keyboard.type("2")
        with page.expect_response("**/work/*"):
            held.pop().continue_()
        page.wait_for_selector("#script-text >> text=max_recommended_item_count=12")
        page.keyboard.type("3")
        assert page.locator(COUNT).input_value() == "123"


def test_what_was_opened_and_typed_stays_and_a_stopped_server_is_said(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        page.click("text=The config")
        page.click("#difference summary")
        page.locator("#script-text").evaluate("it => it.scrollTop = 200")
        page.fill("#body", "[1]")
        page.click(option(KIND, ITEMS))
        page.wait_for_selector(f"{COUNT}:not([disabled])")
        assert page.evaluate("[...document.querySelectorAll('details')].map((it) => it.open)") == [False, True, True]
        assert page.locator("#script-text").evaluate("it => it.scrollTop") == 200
        page.click(f"{COUNT}:not([disabled])")
        page.keyboard.press("Enter")
        assert (page.locator("#body").input_value(), _focused(page)) == ("[1]", "parameters.max_recommended_item_count")
        page.route("**/work/*", lambda route: route.abort("connectionrefused"))
        page.click(option(SELECTION, "From All Items"))
        page.wait_for_selector("#stopped:visible")
        page.unroute("**/work/*")
        page.click(option(SELECTION, "From Rated Items (for model evaluation)"))
        page.wait_for_selector("#stopped", state="hidden")


def test_a_file_that_is_too_large_is_not_sent(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "score.py").write_bytes(bytes(21_000_000))
    with served() as address, opened(browser, address) as page:
        page.set_input_files("#script", tmp_path / "score.py")
        page.wait_for_selector("text=This is more than 20 MB")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            {
                "several": "There is more than one model in this folder: choose the folder of one.",
                "refused": "there is no score.py among the files: choose the downloaded one, or the model's folder; "
                "a zip file has to be unpacked first",
                "kept": "The script does more than a config can say, so its code is kept:",
                "kind": "Recommender prediction kind",
                "wrong": "0 is below the minimum: use 1 or more",
                "answer": "2 rows",
            },
        ),
        (
            "fr",
            {
                "several": "Ce dossier contient plus d'un modèle : choisissez le dossier d'un seul.",
                "refused": "il n'y a pas de score.py parmi les fichiers : choisissez celui que vous avez téléchargé, ou le "
                "dossier du modèle ; un fichier zip doit d'abord être décompressé",
                "kept": "Le script fait plus que ce que dit une configuration ; son code est donc conservé :",
                "kind": "Type de prédiction du générateur de recommandations",
                "wrong": "0 est inférieur au minimum : utilisez 1 ou plus",
                "answer": "2 lignes",
            },
        ),
    ],
)
def test_anyone_can_use_every_state_in_every_language(
    browser: Browser,
    model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: dict[str, str],
) -> None:
    """Run axe on each state, in a wide window and in a narrow one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    make_stand_in_runtime(model)
    (model / "score.py").write_text((model / "score.py").read_text() + HELPER)
    leave_downloaded(tmp_path / "download" / "other", tables_by_key()["score_svd_recommender"])
    with served(str(model)) as address, opened(browser, f"{address}?new=1", language) as page:
        _see_that_anyone_can_use(page, language)
        drop_on(page, model.parent)
        assert page.locator("#several").inner_text() == said["several"]
        _see_that_anyone_can_use(page, language)
        drop_on(page, model / "conda_env.yaml")
        assert page.locator("main > .problem").inner_text() == said["refused"]
        _see_that_anyone_can_use(page, language)

        page.goto(address)
        page.wait_for_selector(f"text={said['kept']}")
        assert page.locator(f"[id='{KIND}-label']").inner_text() == said["kind"]
        _see_that_anyone_can_use(page, language)
        page.click(option(KIND, ITEMS))
        page.wait_for_selector(f"{COUNT}:not([disabled])")
        page.fill(COUNT, "0")
        page.wait_for_selector(f"text={said['wrong']}")
        _see_that_anyone_can_use(page, language)
        page.fill(COUNT, "3")
        page.wait_for_selector("#script-text >> text=ItemRecommendation")
        assert page.locator(".result li a").count()  # findings
        page.click("#send")
        page.wait_for_selector(f"#answer >> text={said['answer']}")
        assert page.locator("#answer th").all_inner_texts() == ["Item 1", "Item 2"]
        page.click("#save")
        page.wait_for_selector(".said >> text=score.py")
        _see_that_anyone_can_use(page, language)


def _see_that_anyone_can_use(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
