"""The site: built strictly from what is committed, every page in one of four groups, and nothing from other hosts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
PAGES = sorted(page.name for page in (ROOT / "docs").glob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clone = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "docs", clone / "docs")
    shutil.copy(ROOT / "zensical.toml", clone)
    program = Path(sysconfig.get_path("scripts")) / "zensical"
    done = subprocess.run([program, "build", "--strict"], cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return clone / "site"


def test_every_page_is_in_one_of_four_groups() -> None:
    groups = {name: pages for group in CONFIG["nav"] for name, pages in group.items()}
    assert list(groups) == ["Start", "How to", "Reference", "Why"]
    assert sorted(page for pages in groups.values() for page in pages) == PAGES


def test_every_page_is_built_and_found_by_the_search(site: Path) -> None:
    found = (site / "search.json").read_text(encoding="utf-8")
    for page in PAGES:
        name = page.removesuffix(".md")
        assert (site / ("index.html" if name == "index" else f"{name}/index.html")).is_file()
        assert f'"{name}/' in found or name == "index"


def test_no_link_of_the_site_leads_nowhere(site: Path) -> None:
    for page in site.rglob("index.html"):
        for target in re.findall(r'<a [^>]*href="([^"#]+)', page.read_text(encoding="utf-8")):
            if not re.match(r"https?:|mailto:", target):
                place = (page.parent / target).resolve()
                assert place.is_file() or (place / "index.html").is_file(), (page, target)


def test_a_page_asks_nothing_of_other_hosts(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|link)[^>]* (?:src|href)="(https?://[^"]+)', text)
        assert loaded == [], page
