"""The class page as a file: it shows the class, escapes everything, and does not grow without end."""

import html
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from a_class import OUTLINE, SIGN, a_class, hostile, person, slope, walk
from click.testing import CliRunner

from autograder.class_page import MOST_ROWS, Portrait, lines, pieces
from autograder.cli import main

ROOT = Path(__file__).parents[2]
PAYLOADS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'--><!--</style></title></textarea>{{ 7 * 7 }}",
    "javascript:alert(1)",
    "\x1b[31m\x00\u202eevil\ud800",
    "</option></select>&lt;b&gt;",
)  # fmt: skip


def page(people: list[Portrait]) -> str:
    return "".join(pieces(OUTLINE, lambda: people))


def text(page: str) -> str:
    """What a reader sees."""
    shown = re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(shown).split())


def test_it_tells_how_many_there_are() -> None:
    shown = text(page(a_class()))
    for words in ("9 people", "8 handed in", "1 nothing handed in", "1 unreadable", "2 late"):
        assert words in shown
    assert "1 not judged completely" in shown
    assert "2 It has the opposite sign. sign in slope" in shown


def test_what_guesses_give_back_has_a_column_where_anybody_has_some() -> None:
    people = a_class()
    assert "Guesses" not in page(people)
    some = [Portrait(replace(each.row, guesses="0"), each.slug, each.glance) for each in people]
    assert "Guesses" not in page(some)
    some[1] = Portrait(replace(some[1].row, guesses="1.5"), some[1].slug, some[1].glance)
    table = page(some).partition('<table id="table">')[2].partition("</table>")[0]
    heads = re.findall(r"<th scope=\"col\"[^>]*>([^<]*)</th>", table)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr")[2:]]
    assert {len(row) for row in rows} == {len(heads)}
    column = heads.index("Guesses")
    assert sorted(row[column] for row in rows) == ["0"] * (len(people) - 1) + ["1.5"]
    (theirs,) = (row for row in rows if row[column] == "1.5")
    assert some[1].row.student in theirs[0]


def test_each_name_is_a_link_to_its_page_and_exercise() -> None:
    made = page(a_class())
    section = made.partition('id="exercise-1"')[2].partition("</section>")[0]
    for name in ("bo", "chen"):
        assert f'<a href="feedback/{name}.html#exercise-1">{name.title()}</a>' in section
    assert 'href="feedback/ivo.html' not in made  # there is no such page


def test_a_name_that_means_something_in_an_address_is_written_as_such() -> None:
    made = page([Portrait(each.row, "a b&c#d?e", each.glance) for each in a_class()[:1]])
    assert "feedback/a%20b%26c%23d%3Fe.html" in made


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_text(payload: str) -> None:
    made = page([hostile(payload), hostile(payload)])
    for tag in re.findall(r"<(script|img|iframe|/style|/title|/textarea)\b", made):
        assert tag in ("script", "/style", "/title")
    assert made.count("<script") == made.count("</script>") == made.count("</style>") == 1
    assert "onerror=alert(1)>" not in made
    assert "\x00" not in made
    assert "\u202e" not in made
    assert "49" not in text(made).split()
    made.encode("utf-8", "backslashreplace")


def test_nothing_is_loaded_and_only_its_own_script_may_run() -> None:
    made = page(a_class())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', made)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert not re.findall(r'(?:src|href)="(?!#|feedback/|data:,)', made)
    assert " style=" not in made


def test_a_list_is_cut_where_the_table_has_all() -> None:
    many = [person(f"s{k:04}", slope(0.0, SIGN, "sign"), walk("passed")) for k in range(500)]
    made = page(many)
    assert "300 more: the table below has all" in text(made)
    assert made.count('data-m="0"') == 500


def test_its_memory_does_not_grow_with_the_class() -> None:
    def everybody(count: int) -> Iterator[Portrait]:
        for k in range(count):
            yield person(f"s{k}", slope(0.0, SIGN, "sign"), walk("failed", f"Line {k}."), late=60)

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in pieces(OUTLINE, lambda: everybody(count)):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    assert peak(3000) < peak(1000) + 1_000_000


def test_more_people_than_a_browser_shows_are_counted_and_not_listed() -> None:
    one = person("Ada", slope(4.0), walk("passed"))
    made = page([one] * (MOST_ROWS + 5))
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5}" in text(made)
    assert made.count('<tr><th scope="row"><a href="feedback/ada.html">') == MOST_ROWS


def test_a_class_of_nobody_has_a_page() -> None:
    assert "0 people" in text(page([]))
    assert "0 handed in" in text(page([]))


def test_the_terminal_gets_the_same_in_a_few_lines() -> None:
    told = [*lines(OUTLINE, a_class())]
    assert told[0] == "8 of 9 handed in, 1 unreadable, 2 late, 1 not judged completely."
    assert "2 have sign (slope): It has the opposite sign." in told
    assert "\x1b" not in "".join(lines(OUTLINE, [hostile("\x1b[31m")] * 2))


# -- with the commands


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A class of two that was graded."""
    (tmp_path / "in").mkdir()
    for name, code in (("ada", "X @ w + b"), ("bo", "X @ w - b")):
        (tmp_path / "in" / f"{name}.py").write_text(f"def predict(X, w, b):\n    return {code}\n")
    grade(tmp_path)
    return tmp_path


def run(*words: object, status: int = 0) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    assert done.exit_code == status, done.output
    return done.output


def grade(place: Path) -> str:
    out = ("--out", place / "out", "--sandbox", "none", "--workers", 1)
    return run("grade", "derivatives", place / "in", *out)


def test_grading_makes_it_and_names_it_first(place: Path) -> None:
    said = grade(place)
    assert said.index("index.html") < said.index("grades.csv")
    shown = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert "2 people" in text(shown)
    for link in set(re.findall(r'href="(feedback/[^"#]+)', shown)):
        assert (place / "out" / link).is_file()


def test_it_is_as_before_where_nothing_changed(place: Path) -> None:
    before = (place / "out" / "index.html").stat().st_mtime_ns
    grade(place)
    assert (place / "out" / "index.html").stat().st_mtime_ns == before
    assert not (place / "out" / "earlier").exists()


def test_points_by_hand_are_on_it_at_once(place: Path) -> None:
    run("set", "bo", "predict", 2, "--why", "At the board.", "--graded", place / "out")
    assert "1 with points given by hand" in text((place / "out" / "index.html").read_text(encoding="utf-8"))


def test_report_makes_it_again_where_it_is_gone(place: Path) -> None:
    whole = (place / "out" / "index.html").read_text(encoding="utf-8")
    (place / "out" / "index.html").unlink()
    said = run("report", "derivatives", "--graded", place / "out")
    assert "2 of 2 handed in." in said
    assert str(place / "out" / "index.html") in said
    assert (place / "out" / "index.html").read_text(encoding="utf-8") == whole


def test_an_edited_one_is_kept_aside(place: Path) -> None:
    (place / "out" / "index.html").write_text("mine")
    said = run("report", "derivatives", "--graded", place / "out")
    assert "earlier/run-1-changed" in said
    assert (place / "out" / "earlier" / "run-1-changed" / "index.html").read_text() == "mine"


def test_report_says_where_there_is_nothing(place: Path) -> None:
    assert "`autograder grade` first" in run("report", "sgd", "--graded", place / "in", status=2)
    assert "holds marks of derivatives" in run("report", "sgd", "--graded", place / "out", status=2)
    assert not (place / "in" / "ledger.lock").exists()
