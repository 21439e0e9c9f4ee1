"""A real browser opens the class page: it sorts, filters and links, fetches nothing, and fits a phone."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from a_class import OUTLINE, a_class, hostile
from in_a_browser import chromium, needs_chromium, visit

from autograder.class_page import Portrait, pieces

pytestmark = [pytest.mark.slow, needs_chromium]

ATTACKS = (
    "<script>document.title = 'hacked'; fetch('http://127.0.0.1:9/')</script>"
    "<img src='http://127.0.0.1:9/a.png' onerror=\"document.title='hacked'\">"
    "<link rel=stylesheet href='http://127.0.0.1:9/a.css'><style>body{display:none}</style>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def written(folder: Path, people: list[Portrait]) -> Path:
    path = folder / "index.html"
    path.write_text("".join(pieces(OUTLINE, lambda: people)), "utf-8", "backslashreplace")
    (folder / "feedback").mkdir()
    for person in people:
        if person.glance:
            (folder / "feedback" / f"{person.slug}.html").write_text(f"<title>{person.slug}</title>", "utf-8")
    return path


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    page, acts, console = visit(browser, written(tmp_path, a_class()))
    yield page
    assert console == []
    assert [act for act in acts if "/feedback/" not in act] == []


def students(page: Any) -> list[str]:
    """Who is shown, from above to below."""
    shown: list[str] = page.locator("#table tbody tr:visible th").all_text_contents()
    return shown


def test_a_click_on_a_head_sorts_and_another_turns_it_round(opened: Any) -> None:
    points = opened.locator("#table thead button", has_text="Points")
    points.click()
    scores = [float(each) for each in opened.locator("#table tbody tr td.points").all_text_contents()]
    assert scores == sorted(scores)
    points.click()
    scores = [float(each) for each in opened.locator("#table tbody tr td.points").all_text_contents()]
    assert scores == sorted(scores, reverse=True)
    assert opened.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    opened.locator("#table thead button", has_text="Student").click()
    assert students(opened) == sorted(students(opened))
    assert opened.locator("th[aria-sort]").count() == 1


def test_lateness_is_sorted_by_time_and_who_is_in_time_comes_last(opened: Any) -> None:
    late = opened.locator("#table thead button", has_text="Late")
    late.click()
    assert students(opened)[:2] == ["Dana", "Emil"]  # a minute, and a day
    late.click()
    assert students(opened)[:2] == ["Emil", "Dana"]


def test_it_filters_by_name_state_section_and_mistake(opened: Any) -> None:
    opened.fill("#text", "  EMI")
    assert students(opened) == ["Emil"]
    assert opened.locator("#shown").text_content() == "1 of 9 shown"
    opened.fill("#text", "")
    opened.select_option("#state", "n")
    assert students(opened) == ["Ivo"]
    opened.select_option("#state", "t")
    assert students(opened) == ["Chen"]
    opened.select_option("#section", "B")
    assert students(opened) == []
    opened.select_option("#state", "l")
    assert students(opened) == ["Dana", "Emil"]
    opened.select_option("#state", "")
    opened.select_option("#section", "")
    opened.select_option("#mistake", label="half (1)")
    assert students(opened) == ["Dana"]


def test_a_mistake_is_shown_in_the_table_with_one_click(opened: Any) -> None:
    opened.fill("#text", "nobody")
    opened.locator("#exercise-1 summary", has_text="opposite sign").click()
    opened.locator("#exercise-1 details[open] button").click()
    assert students(opened) == ["Bo", "Chen"]
    assert opened.locator("#text").input_value() == ""


def test_a_name_leads_to_the_page(opened: Any) -> None:
    opened.locator("#exercise-1 summary", has_text="opposite sign").click()
    opened.locator("#exercise-1 details[open] a", has_text="Bo").click()
    assert opened.title() == "bo"
    assert opened.url.endswith("feedback/bo.html#exercise-1")


def test_a_curve_leads_to_the_page_of_somebody_who_has_it(opened: Any) -> None:
    group = opened.locator("#exercise-1 figure a")
    assert group.count() == 1
    assert group.locator("title").text_content() == "Bo, Chen, Dana: sign"
    assert group.get_attribute("href") == "feedback/bo.html"


def test_a_number_above_opens_the_list_of_who_it_is(opened: Any) -> None:
    opened.locator(".tiles a", has_text="late").click()
    opened.locator("#late[open]").wait_for()  # the browser tells the page of a new anchor a moment later
    assert opened.locator("#late a").all_text_contents() == ["Dana", "Emil"]


def test_hostile_text_does_nothing(browser: Any, tmp_path: Path) -> None:
    people = [hostile(ATTACKS), *a_class()]
    opened, acts, console = visit(browser, written(tmp_path, people))
    assert acts == []
    assert console == []
    assert opened.title() == "The class: Going down"
    assert opened.locator("img, iframe, object, script + script").count() == 0
    opened.fill("#text", "hacked")
    assert opened.locator("#table tbody tr:visible").count() == 1


def test_the_policy_holds_even_where_escaping_failed(browser: Any, tmp_path: Path) -> None:
    path = written(tmp_path, a_class())
    path.write_text(path.read_text("utf-8").replace("<main>", f"<main>{ATTACKS}"), "utf-8")
    opened, acts, console = visit(browser, path)
    assert acts == []
    assert opened.title() != "hacked"
    assert opened.locator("h1").is_visible()
    assert any("Content Security Policy" in line for line in console)  # the attacks were made


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits(browser: Any, tmp_path: Path, width: int) -> None:
    people = [*a_class(), *[hostile("word " * 40 + "w" * 200)]]
    opened, acts, console = visit(browser, written(tmp_path, people), width)
    assert acts == console == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_there_is_the_table_and_nothing_to_click(browser: Any, tmp_path: Path) -> None:
    opened, _, _ = visit(browser, written(tmp_path, a_class()))
    opened.emulate_media(media="print")
    assert opened.locator("#table").is_visible()
    assert not opened.locator("#filters").is_visible()
    assert opened.pdf().startswith(b"%PDF")


def test_without_its_script_it_can_be_read(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(written(tmp_path, a_class()).as_uri())
    assert opened.locator("#table tbody tr").count() == len(a_class())
    assert not opened.locator("#filters").is_visible()
    context.close()


def many(count: int) -> list[Portrait]:
    return [person for k in range(count // 9) for person in a_class(f" Example {k}")]


@pytest.mark.parametrize("width", [390, 1280])
def test_in_a_large_class_heads_and_names_stay_in_sight(browser: Any, tmp_path: Path, width: int) -> None:
    opened, _, _ = visit(browser, written(tmp_path, many(90)), width)
    opened.locator("#students").scroll_into_view_if_needed()
    opened.locator("#table tbody tr").last.scroll_into_view_if_needed()
    opened.evaluate("document.querySelector('.wide').scrollLeft = 150")
    away = opened.evaluate(
        """() => {
          const at = (cell) => document.querySelector(cell).getBoundingClientRect();
          const region = at(".wide");
          return [
            at("#table thead th:nth-child(3)").top - region.top,
            at("#table thead th").left - region.left,
            at("#table tbody tr:last-child th").left - region.left,
          ];
        }"""
    )
    assert [abs(each) < 2 for each in away] == [True] * 3, away


def test_names_have_room_in_one_line(browser: Any, tmp_path: Path) -> None:
    opened, _, _ = visit(browser, written(tmp_path, many(90)), 1280)
    heights = opened.evaluate(
        "[...document.querySelectorAll('#table tbody th a')].map(e => e.getClientRects().length)"
    )
    assert set(heights) == {1}


def test_a_narrow_page_says_beside_each_number_what_it_is(browser: Any, tmp_path: Path) -> None:
    opened, _, _ = visit(browser, written(tmp_path, a_class()), 390)
    said = opened.evaluate(
        "[...document.querySelectorAll('.exercises td:not(.bar)')]"
        ".map(e => getComputedStyle(e, '::before').content)"
    )
    assert said == ['"All right: "', '"Mean: "', '"Commonest mistake: "'] * 2


def test_on_paper_notes_have_room_and_every_sheet_a_head(browser: Any, tmp_path: Path) -> None:
    opened, _, _ = visit(browser, written(tmp_path, many(90)), 703)  # A4 without its margins
    opened.emulate_media(media="print")
    widths = opened.evaluate(
        "[...document.querySelectorAll('#table td:last-child')].map(e => e.getBoundingClientRect().width)"
    )
    assert min(widths) > 120
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext reads what is printed")
    (tmp_path / "page.pdf").write_bytes(opened.pdf(format="A4"))
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = [sheet for sheet in printed.split("\f") if "Example" in sheet and "Chen" in sheet]
    heads = [sheet for sheet in sheets if re.search(r"Student +Section +Points", sheet)]
    assert len(heads) > 1
