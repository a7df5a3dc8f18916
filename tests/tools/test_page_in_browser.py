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
from playwright.sync_api import Browser, Page, sync_playwright

from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_model

CHROMIUM = shutil.which("chromium")
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
COLUMNS = {"user": "str", "item": "str", "rating": "int64"}
UNRATED = "From Unrated Items (to suggest new items to users)"
ITEMS = "Item Recommendation"
KIND, SELECTION = "[id='parameters.prediction_kind']", "[id='parameters.recommended_item_selection']"
DATA = "[id='datasets.training_data']"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return leave_model(
        tmp_path / "download", tables_by_key()["score_svd_recommender"], scikit_learn="", columns=COLUMNS
    )


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
    assert failed == []
    context.close()


def picture(page: Page, name: str) -> None:
    """Make a picture for the docs, if that is wanted."""
    if os.environ.get("SCOREGEN_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        page.mouse.wheel(0, -5000)
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")


def test_a_downloaded_script_recommends_unrated_items_after_a_few_clicks(
    browser: Browser, model: Path, tmp_path: Path
) -> None:
    with served() as address, opened(browser, address) as page:
        picture(page, "ui_start")
        page.set_input_files("#script", model / "score.py")  # 1: the file
        page.wait_for_selector(KIND)
        page.select_option(KIND, ITEMS)  # 2, 3: open the list, choose
        page.wait_for_selector(f"{SELECTION}:not([disabled])")
        page.select_option(SELECTION, UNRATED)  # 4, 5
        page.wait_for_selector(f"{DATA}:not([disabled])")
        page.fill(DATA, "ratings.csv")  # 6
        page.press(DATA, "Tab")
        page.wait_for_selector("#script-text >> text=FromUnratedItems")
        picture(page, "ui")
        with page.expect_download() as download:
            page.click("text=Download score.py")  # 7
        download.value.save_as(tmp_path / "score.py")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--strict", tmp_path / "score.py"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    source = (tmp_path / "score.py").read_text()
    assert "RecommendedItemSelection.FromUnratedItems" in source
    assert "'ratings.csv'" in source.replace('"', "'")


def test_the_models_folder_can_be_chosen_and_only_what_is_read_is_sent(browser: Browser, model: Path) -> None:
    (model / "_data.pkl").write_bytes(b"0" * 30_000_000)  # more than may be sent
    with served() as address, opened(browser, address) as page:
        page.set_input_files("#folder", model)
        page.wait_for_selector(KIND)
        page.click("text=The config")
        assert "model: trained_model_outputs" in page.locator(".result details").last.inner_text()


def test_a_folder_that_is_named_is_begun_with_and_written_to(browser: Browser, model: Path) -> None:
    before = (model / "score.py").read_bytes()
    with served(str(model)) as address, opened(browser, address) as page:
        assert page.locator("#body").input_value().startswith("[")  # the designer's samples
        page.select_option(KIND, ITEMS)
        page.wait_for_selector(f"{SELECTION}:not([disabled])")
        page.click("#save")
        page.wait_for_selector("text=score.py: written")
    assert "ItemRecommendation" in (model.parent / "score.py").read_text()
    assert "Item Recommendation" in (model.parent / "scoregen.yaml").read_text()
    assert (model / "score.py").read_bytes() == before


def test_it_can_be_done_by_keyboard_alone(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "parameters.prediction_kind":
                break
        page.keyboard.type("Item")
        page.wait_for_selector("#script-text >> text=ItemRecommendation")
        page.wait_for_selector(f"{SELECTION}:not([disabled])")
        assert page.evaluate("document.activeElement.id") == "parameters.prediction_kind"  # the focus stays
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "parameters.recommended_item_selection"


def test_a_wrong_value_is_said_at_its_field(browser: Browser, model: Path) -> None:
    with served(str(model)) as address, opened(browser, address) as page:
        page.select_option(KIND, ITEMS)
        count = "[id='parameters.max_recommended_item_count']"
        page.wait_for_selector(f"{count}:not([disabled])")
        page.fill(count, "0")
        page.press(count, "Tab")
        page.wait_for_selector(f"{count}[aria-invalid=true]")
        hint = page.locator(f"[id='{page.locator(count).get_attribute('aria-describedby')}']").inner_text()
        assert hint == "0 is below the minimum: use 1 or more"
        assert page.locator("text=Download score.py").is_disabled()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_error(browser: Browser, model: Path, language: str, width: int) -> None:
    with served() as address, opened(browser, address, language) as page:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("html").get_attribute("lang") == language
        _see_that_anyone_can_use(page)
        page.set_input_files("#script", model / "score.py")
        page.wait_for_selector(KIND)
        _see_that_anyone_can_use(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        label = page.locator("label[for='parameters.prediction_kind']").inner_text()
        assert label in [
            text.text
            for text in tables_by_key()["score_svd_recommender"].parameter("prediction_kind").labels
            if text.language == language
        ]


def _see_that_anyone_can_use(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == []
