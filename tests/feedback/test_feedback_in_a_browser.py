"""A real browser opens a hostile page: nothing runs, nothing is fetched, nothing overflows."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_reports import partly_right, samples
from test_feedback import PAYLOADS, filled_with

from autograder.feedback import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install it to run the browser's tests"),
]

ATTACKS = (
    "<script>document.title = 'hacked'; fetch('http://127.0.0.1:9/')</script>"
    "<img src='http://127.0.0.1:9/a.png' onerror=\"document.title='hacked'\">"
    "<svg onload=\"document.title='hacked'\"></svg><iframe src='http://127.0.0.1:9/'></iframe>"
    "<link rel=stylesheet href='http://127.0.0.1:9/a.css'><style>body{display:none}</style>"
    "<object data='http://127.0.0.1:9/'></object><details open ontoggle=alert(1)>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def visit(browser: Any, path: Path, html: str, width: int = 1000) -> tuple[Any, list[str], list[str]]:
    """The opened page, what it tried to do (dialogs, answered requests), and the console's words."""
    path.write_text(html, "utf-8")
    opened = browser.new_page(viewport={"width": width, "height": 800})
    acts: list[str] = []
    console: list[str] = []
    opened.on("dialog", lambda dialog: (acts.append(f"dialog {dialog.message}"), dialog.dismiss()))
    opened.on("response", lambda response: acts.append(f"fetched {response.url}"))
    opened.on("requestfinished", lambda request: acts.append(f"fetched {request.url}"))
    opened.on("console", lambda message: console.append(message.text))
    opened.goto(path.as_uri())
    opened.wait_for_load_state("load")
    acts = [act for act in acts if act not in (f"fetched {path.as_uri()}", "fetched data:,")]
    return opened, acts, console


def test_hostile_text_does_nothing(browser: Any, tmp_path: Path) -> None:
    payload = " ".join(PAYLOADS) + ATTACKS
    opened, acts, console = visit(browser, tmp_path / "page.html", page(filled_with(partly_right(), payload)))
    assert acts == []
    assert console == []
    assert "Feedback for" in opened.title()
    assert opened.locator("script, img, iframe, object, [onload]").count() == 0
    assert "<script>alert(1)</script>" in opened.locator(".message").first.text_content()


def test_the_policy_holds_even_where_escaping_failed(browser: Any, tmp_path: Path) -> None:
    html = page(partly_right()).replace("<main>", f"<main>{ATTACKS}")
    opened, acts, console = visit(browser, tmp_path / "page.html", html)
    assert acts == []
    assert opened.title() != "hacked"
    assert opened.locator("h1").is_visible()
    assert any("Content Security Policy" in line for line in console)  # the attacks were made


@pytest.mark.parametrize("name", samples())
@pytest.mark.parametrize("width", [320, 1000])
def test_the_page_fits_and_is_styled(browser: Any, tmp_path: Path, name: str, width: int) -> None:
    opened, acts, console = visit(browser, tmp_path / "page.html", page(samples()[name]), width)
    assert acts == console == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate("getComputedStyle(document.body).maxWidth") != "none"
