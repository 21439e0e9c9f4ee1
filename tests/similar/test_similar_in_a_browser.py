"""A real browser opens the page of two files that are alike: a link opens its pair, and nothing runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from in_a_browser import chromium, needs_chromium, visit

from autograder.similar import Pair, page

pytestmark = [pytest.mark.slow, needs_chromium]
EVIL = "</pre><script>document.title = 'hacked'</script><img src='http://127.0.0.1:9/a.png'>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_opens_its_pair_and_hostile_text_does_nothing(
    browser: Any, tmp_path: Path, width: int
) -> None:
    names = {"a": EVIL, "b": "Bo", "c": "Chen"}
    texts = dict.fromkeys(names, f"x = 1  # {EVIL}\n{'y' * 300}\n")
    found = [Pair("a", "b", 0.9, 20), Pair("a", "c", 0.7, 12)]
    path = tmp_path / "similar.html"
    path.write_text(page("Going down", found, names, dict.fromkeys(names, "slug"), texts), "utf-8")
    opened, acts, console = visit(browser, path, width)
    assert acts == console == []
    assert opened.title() == "Files that are alike: Going down"
    assert opened.locator("pre:visible").count() == 0
    opened.goto(f"{path.as_uri()}#pair-2")
    opened.locator("#pair-2").wait_for(state="visible")
    assert opened.locator("pre:visible").count() == 2
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
