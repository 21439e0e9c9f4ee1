"""The page a student reads: right, kind, and inert whatever the report holds."""

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_reports import all_right, exercise, nothing_started, partly_right, report, samples, syntax_error

from autograder.course import homework_names, load_homework
from autograder.feedback import STANDINGS, headline, page, text
from autograder.report import Curves, Example, Report, Status, Verdict

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "]]><script>alert(1)</script>",
    "</style></title></desc></pre></svg><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% for %}{# #}",
    "<!--", "-->", "&lt;script&gt;", "<![CDATA[", "\x00\x1b[2J\x07\u202e\ud800",
]  # fmt: skip
VOID = {"meta", "link", "br", "hr", "img", "input"}
Tag = tuple[str, tuple[tuple[str, str | None], ...]]


class Page(HTMLParser):
    """Every tag with its attributes, all text, and every fault in how tags are nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a declaration: {data}")


def filled_with(report: Report, payload: str) -> Report:
    """The report with the payload in every string; a number tells the strings apart."""
    count = itertools.count()

    def fill(value: Any, key: str = "") -> Any:
        if isinstance(value, str) and key != "status":
            return f"{payload}{next(count)}"
        if isinstance(value, dict):
            return {name: fill(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [fill(item) for item in value]
        return value

    filled: Report = msgspec.convert(fill(msgspec.to_builtins(report)), Report)
    return filled


@pytest.mark.parametrize("name", samples())
def test_pages_are_well_formed(name: str) -> None:
    html = page(samples()[name], "Derivatives")
    parsed = Page(html)
    assert parsed.faults == []
    assert len(set(parsed.ids)) == len(parsed.ids)
    assert [tag for tag, _ in parsed.tags].count("h1") == 1
    assert [tag for tag, _ in parsed.tags].count("main") == 1
    assert html.startswith("<!doctype html>")
    assert ("lang", "en") in dict(parsed.tags)["html"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_changes_no_tag(payload: str) -> None:
    harmless, hostile = (Page(page(filled_with(partly_right(), word), word)) for word in ("word", payload))
    assert hostile.faults == []
    assert hostile.tags == harmless.tags


@given(st.text(alphabet=st.characters(), max_size=40))
@example("\n\n")
def test_any_text_changes_no_tag_and_leaves_no_control_character(word: str) -> None:
    html = page(filled_with(report(partly_right().exercises[1]), f"x{word}"))
    assert Page(html).tags == Page(page(filled_with(report(partly_right().exercises[1]), "x"))).tags
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    html.encode()


def test_hostile_text_is_shown_as_it_is() -> None:
    words = "".join(Page(page(filled_with(partly_right(), "<b>&amp;"))).words)
    assert words.count("<b>&amp;") > 30


def test_a_page_can_load_and_run_nothing() -> None:
    parsed = Page(page(partly_right()))
    names = {tag for tag, _ in parsed.tags}
    assert names.isdisjoint(
        {"script", "iframe", "object", "embed", "form", "base", "img", "use", "foreignobject"}
    )
    for _, attributes in parsed.tags:
        for name, value in attributes:
            assert not name.startswith("on")
            assert name not in {"style", "src", "srcset", "action", "xlink:href"}
            assert name != "href" or value == "data:," or re.fullmatch(r"#exercise-\d+", value or "")


def test_the_policy_comes_first_and_knows_the_style() -> None:
    html = page(all_right())
    policy = html.index("Content-Security-Policy")
    assert policy < html.index("<style>")
    assert policy < html.index("<title>")
    assert "default-src 'none'" in html
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in html
    assert "url(" not in style
    assert "@import" not in style


def test_every_status_has_words() -> None:
    assert set(STANDINGS) == set(get_args(Status))
    for status in get_args(Status):
        html = page(
            report(exercise("train", status, Verdict("losses", 0, 1, "A message.", title="Recorded losses")))
        )
        assert STANDINGS[status].word in html
        assert STANDINGS[status].sentence in html
        assert "Recorded losses" in html


def test_checks_have_readable_titles() -> None:
    course = Path(__file__).parents[2]
    for name in homework_names(course):
        for task in load_homework(name, course).exercises:
            titles = {check.name: check.title for check in task.rule.checks}
            assert set(task.points) <= set(titles), task.function
            assert len(set(titles.values())) == len(titles)
            for check, title in titles.items():
                assert title[0].isupper(), (task.function, check)


def test_a_check_without_a_title_is_called_by_its_id() -> None:
    verdict = Verdict("temperature", 0, 1, "A message.")
    assert "temperature" in text(report(exercise("train", "failed", verdict)))


def test_nothing_is_said_unkindly() -> None:
    assert (
        headline(nothing_started()) == "Nothing is started yet. Pick any exercise: each is graded on its own."
    )
    assert "start with the note on your file" in headline(syntax_error())
    wrong = report(exercise("train", "failed", Verdict("losses", 0, 1, "Wrong.")))
    assert headline(wrong).startswith("No points yet, but that can change")
    assert headline(all_right()) == "Everything is right. Well done!"


def test_a_fault_of_ours_is_called_ours() -> None:
    html = page(partly_right())
    assert "Your mark is not complete until it is graded again" in html.replace("\n", " ")
    assert "failed on our side" in headline(partly_right())


def test_only_what_needs_work_is_unfolded() -> None:
    hint = exercise("train", "not_started", Verdict("losses", 0, 1, "Which slide is this?"))
    absent = exercise("train", "missing", Verdict("losses", 0, 1, "It was not loaded."))
    for sample, unfolded in (
        (report(hint), 1),
        (report(absent, notes=("Line 3 fails.",)), 1),
        (report(absent, notes=("It was not loaded.",)), 0),  # that is said at the top
        (all_right(), 0),
        (nothing_started(), 0),
        (partly_right(), 5),
        (syntax_error(), 0),
    ):
        tags = Page(page(sample)).tags
        assert sum(tag == "details" and "open" in dict(attributes) for tag, attributes in tags) == unfolded


def test_points_have_no_noise() -> None:
    html = page(report(exercise("train", "partial", Verdict("losses", 0.1 + 0.2, 3.0, "Nearly."))))
    assert "0.3 of 3" in html
    assert "0.30000" not in html + text(partly_right())


def test_a_message_is_not_said_twice_in_a_row() -> None:
    assert page(partly_right()).count("The sign is the opposite one") == 1
    assert text(partly_right()).count("The sign is the opposite one") == 1


@pytest.mark.parametrize(
    ("score", "most", "share"),
    [(1, 4, "25.0"), (4, 4, "100.0"), (5, 4, "100.0"), (-1, 4, "0.0"), (1, 0, "0.0")],
)
def test_the_bar_shows_the_share_of_the_points_and_never_more_than_all(
    score: float, most: float, share: str
) -> None:
    assert f'class="got" width="{share}"' in page(Report("sgd", "alice", score, most, "full", []))


@pytest.mark.parametrize(
    ("score", "most"), [(0, 0), (5, 0), (-1, 2), (float("nan"), 1), (float("inf"), 1), (1, float("inf"))]
)
def test_odd_scores_break_nothing(score: float, most: float) -> None:
    odd = Report("sgd", "alice", score, most, "full", [])
    assert Page(page(odd)).faults == []
    assert text(odd)


def test_long_text_is_cut_and_says_so() -> None:
    html = page(report(output="x" * 100_000))
    assert "92000 more characters" in html
    assert len(html) < 40_000


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_terminal_gets_no_control_characters(payload: str) -> None:
    shown = text(filled_with(partly_right(), payload))
    assert all(c.isprintable() or c == "\n" for c in shown)
    shown.encode()


def test_the_text_holds_what_the_page_holds() -> None:
    shown = text(partly_right())
    for words in (
        "8 of 19.5 points",
        "alice.ipynb, alice.py",
        "mse_gradient: Partly right, 1.5 of 5",
        "differentiating the square brings a 2 down",
        "returned: (array([-0.53120871",
        "expected: (array([-1.03120871",
        "diverges at step",
        "  | loss 0.41\n  | red",
    ):
        assert words in " ".join(shown.split(" ")), words


def test_the_text_of_a_long_word_still_fits() -> None:
    curves = Curves("x" * 300, [1.0], [1.0])
    shown = text(report(exercise("train", "failed", Verdict("losses", 0, 1, "y" * 300, curves=curves))))
    assert max(map(len, shown.splitlines())) <= 88


def test_what_an_error_says_stands_once() -> None:
    raised = "raised ValueError: no, line 7: raise ValueError('no')."
    told = Example("walk(3)", f"It {raised}")
    with_error = exercise("walk", "error", Verdict("value", 0, 1, f"With 3: it {raised}", example=told))
    assert page(report(with_error)).count("no, line 7") == 1
    other = exercise("walk", "failed", Verdict("value", 0, 1, "Too large.", example=Example("walk(3)", "4")))
    assert "It returned" in page(report(other))


@pytest.mark.parametrize(
    "said", ["It raised ValueError: no.", "It was stopped after 2 seconds.", "Its text."]
)
def test_what_gave_nothing_returned_nothing(said: str) -> None:
    verdict = Verdict("value", 0, 1, "Partly right.", example=Example("walk(3)", said))
    shown = report(exercise("walk", "failed", verdict))
    assert "What happened" in page(shown)
    assert "It returned" not in page(shown)
    assert f"happened: {said}" in text(shown)
    other = report(
        exercise("walk", "failed", Verdict("value", 0, 1, "Off.", example=Example("f()", "'It '")))
    )
    assert "It returned" in page(other)
    assert "returned: 'It '" in text(other)


def test_words_between_backticks_are_code_and_nothing_in_them_is_markup() -> None:
    said = "Is `x < 1` or `<script>`? A lone ` stays."
    html = page(report(exercise("walk", "failed", Verdict("value", 0, 1, said))))
    assert "Is <code>x &lt; 1</code> or <code>&lt;script&gt;</code>? A lone ` stays." in html
