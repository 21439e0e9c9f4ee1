"""A real browser opens a hostile page: nothing runs, nothing is fetched, nothing overflows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from in_a_browser import chromium, needs_chromium, visit
from sample_reports import partly_right, samples
from test_feedback import PAYLOADS, filled_with

from autograder.feedback import page

pytestmark = [pytest.mark.slow, needs_chromium]

ATTACKS = (
    "<script>document.title = 'hacked'; fetch('http://127.0.0.1:9/')</script>"
    "<img src='http://127.0.0.1:9/a.png' onerror=\"document.title='hacked'\">"
    "<svg onload=\"document.title='hacked'\"></svg><iframe src='http://127.0.0.1:9/'></iframe>"
    "<link rel=stylesheet href='http://127.0.0.1:9/a.css'><style>body{display:none}</style>"
    "<object data='http://127.0.0.1:9/'></object><details open ontoggle=alert(1)>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def written(folder: Path, html: str) -> Path:
    path = folder / "page.html"
    path.write_text(html, "utf-8")
    return path


def test_hostile_text_does_nothing(browser: Any, tmp_path: Path) -> None:
    payload = " ".join(PAYLOADS) + ATTACKS
    opened, acts, console = visit(browser, written(tmp_path, page(filled_with(partly_right(), payload))))
    assert acts == []
    assert console == []
    assert "Feedback for" in opened.title()
    assert opened.locator("script, img, iframe, object, [onload]").count() == 0
    assert "<script>alert(1)</script>" in opened.locator(".message").first.text_content()


def test_the_policy_holds_even_where_escaping_failed(browser: Any, tmp_path: Path) -> None:
    html = page(partly_right()).replace("<main>", f"<main>{ATTACKS}")
    opened, acts, console = visit(browser, written(tmp_path, html))
    assert acts == []
    assert opened.title() != "hacked"
    assert opened.locator("h1").is_visible()
    assert any("Content Security Policy" in line for line in console)  # the attacks were made


@pytest.mark.parametrize("name", samples())
@pytest.mark.parametrize("width", [320, 1000])
def test_the_page_fits_and_is_styled(browser: Any, tmp_path: Path, name: str, width: int) -> None:
    opened, acts, console = visit(browser, written(tmp_path, page(samples()[name])), width)
    assert acts == console == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate("getComputedStyle(document.body).maxWidth") != "none"
