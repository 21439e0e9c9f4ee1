"""A real browser shows the handbook: nothing is fetched, nothing is complained of, nothing overflows."""

import shutil
from pathlib import Path

import pytest

from autograder import handbook

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install it to run the browser's tests"),
]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [1000, 400])
def test_pages_show_whole_formulas_and_no_scroll_bar(browser, width, tmp_path):
    for path in handbook.write(["neural_network"], ROOT, tmp_path):
        page = browser.new_page(viewport={"width": width, "height": 800})
        console, fetched = [], []
        page.on("console", lambda message, console=console: console.append(message.text))
        page.on("request", lambda request, fetched=fetched: fetched.append(request.url))
        page.goto(path.as_uri())
        assert console == []
        assert [url for url in fetched if not url.startswith("data:")] == [path.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sizes = page.evaluate(
            "[...document.querySelectorAll('math')].map(m => m.getBoundingClientRect().height)"
        )
        assert all(height > 5 for height in sizes)
        assert bool(sizes) == (path.stem != "index")
        page.close()
