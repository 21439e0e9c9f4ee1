"""A real browser, and what a page does in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: install it to run the browser's tests"
)


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser, without a window."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def visit(browser: Any, path: Path, width: int = 1000) -> tuple[Any, list[str], list[str]]:
    """The opened page, what it did, and the console's words.

    It does something by a dialog, another page, or a request that was made, as those that its policy forbids
    are not.
    """
    opened = browser.new_page(viewport={"width": width, "height": 800})
    acts: list[str] = []
    console: list[str] = []
    opened.on("dialog", lambda dialog: (acts.append(f"dialog {dialog.message}"), dialog.dismiss()))
    opened.on("response", lambda response: acts.append(f"fetched {response.url}"))
    opened.on("requestfinished", lambda request: acts.append(f"fetched {request.url}"))
    opened.on("popup", lambda popup: acts.append(f"opened {popup.url}"))
    opened.on("console", lambda message: console.append(message.text))
    opened.goto(path.as_uri())
    opened.wait_for_load_state("load")
    own = (f"fetched {path.as_uri()}", "fetched data:,")
    return opened, [act for act in acts if act not in own], console
