"""A real browser shows the handbook: nothing is fetched, nothing is complained of, nothing overflows."""

from pathlib import Path

import pytest
from in_a_browser import chromium, needs_chromium, visit

from autograder import handbook
from autograder.course import homework_names

pytestmark = [pytest.mark.slow, needs_chromium]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("width", [1000, 400])
def test_pages_show_whole_formulas_and_no_scroll_bar(browser, width, tmp_path):
    for path in handbook.write(homework_names(ROOT), ROOT, tmp_path):
        page, acts, console = visit(browser, path, width)
        assert acts == console == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sizes = page.evaluate(
            "[...document.querySelectorAll('math')].map(m => m.getBoundingClientRect().height)"
        )
        assert all(height > 5 for height in sizes)
        assert bool(sizes) == (path.stem != "index")
        page.close()


def test_a_narrow_page_says_beside_each_number_what_it_is(browser, tmp_path):
    unnamed = (
        "[...document.querySelectorAll('.contents td, .checks-of td.points, .kind')]"
        ".filter(e => e.textContent && getComputedStyle(e, '::before').content.length < 7)"
        ".map(e => e.textContent)"
    )
    for path in handbook.write(["derivatives", "sgd"], ROOT, tmp_path):
        page, *_ = visit(browser, path, 400)
        assert page.evaluate(unnamed) == []
        page.set_viewport_size({"width": 1000, "height": 800})
        assert len(page.evaluate(unnamed)) > 3  # the table's head says it
        page.close()


def test_print_cuts_off_no_formula_and_no_code(browser, tmp_path):
    path, _ = handbook.write(["neural_network"], ROOT, tmp_path)
    page, *_ = visit(browser, path, 688)  # A4 without its margins
    page.emulate_media(media="print")
    cut = page.evaluate(
        "[...document.querySelectorAll('.steps li, .formula, pre')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    )
    page.close()
    assert cut == []
