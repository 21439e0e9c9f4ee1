"""JupyterLab and nbgrader's formgrader in a real browser: buttons are pressed, cells are run."""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from course import SCRIPTS, Course, hand_in, source

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: install Debian's package chromium"),
]
TOKEN = "only-for-this-test"
SOLUTION = "def predict(X, w, b):\n    return X @ w + b\n"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course with one right submission and one untouched, and a student's copy of the release."""
    course = Course.make(tmp_path_factory.mktemp("browser") / "here")
    course.nbgrader("generate_assignment", "derivatives")
    stub = json.loads((course.folder / "release/derivatives/derivatives.ipynb").read_text())
    hand_in(course, "ada", source(course))
    hand_in(course, "ben", stub)
    shutil.copytree(course.folder / "release" / "derivatives", course.folder / "home" / "derivatives")
    return course


@pytest.fixture(scope="module")
def lab(released):
    """The address of a JupyterLab in the course's folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [SCRIPTS / "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}",
         f"--IdentityProvider.token={TOKEN}", "--ServerApp.port_retries=0"],
        cwd=released.folder, env=released.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/api/status?token={TOKEN}")
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, "JupyterLab ended"
                time.sleep(0.3)
        yield address
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def page(lab):
    """A browser's tab in which one is logged in."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1300, "height": 900})
        tab.set_default_timeout(60_000)
        tab.goto(f"{lab}/login?token={TOKEN}&next=%2Fformgrader%2F")
        yield tab
        browser.close()


def test_formgrader_autogrades_and_gives_feedback_by_its_buttons(page, lab, released):
    page.goto(f"{lab}/formgrader/manage_submissions/derivatives")
    row = page.locator("tr", has=page.locator("td.student-id", has_text="ada"))
    row.locator("td.autograde a").click()
    page.get_by_text("Successfully autograded").first.wait_for()
    page.get_by_role("button", name="OK").click()
    assert row.locator("td.score").inner_text() == "45 / 45"
    row.locator("td.generate-feedback a").click()
    page.get_by_text("Successfully generated feedback").first.wait_for()
    page.get_by_role("button", name="OK").click()
    page.goto((released.folder / "feedback/ada/derivatives/derivatives.html").as_uri())
    assert "derivatives (Score: 45.0 / 45.0)" in page.locator("body").inner_text()
    assert page.locator(".autograder-feedback").count() == 9
    page.goto(f"{lab}/formgrader/gradebook/derivatives/derivatives")
    page.get_by_text("Submission #1").click()
    page.locator(".autograder-feedback").first.wait_for()
    assert page.locator("svg.plot").count() > 0


def test_a_check_turns_green_in_jupyterlab(page, lab, released):
    page.goto(f"{lab}/lab/tree/home/derivatives/derivatives.ipynb")
    page.locator(".jp-Notebook").wait_for()
    page.locator(".jp-NotebookPanel-toolbar").wait_for()
    run_all(page)
    checks = page.locator(".jp-CodeCell", has_text="checks.check(predict")
    checks.locator(".jp-OutputArea-output", has_text="not written yet").wait_for()
    cell = page.locator(".jp-CodeCell", has_text="def predict(X, w, b)").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(SOLUTION)
    run_all(page)
    checks.locator(".jp-OutputArea-executeResult", has_text="3.0").wait_for()


def run_all(page):
    """Run all cells, from the menu as a student does, once the kernel can take them."""
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
