"""What strangers write is data in all that the grader writes: pages, tables, reports, names, the terminal."""

import csv
import json
import os
from collections import Counter
from html.parser import HTMLParser

import commands
import pytest
from in_a_browser import chromium, needs_chromium, visit
from ordinary_user import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("output")]

NAMES = [
    b"=cmd|' -C calc'!A0", b"+1+1", b"-2+3", b"@SUM(A1)", b"\t=1+1", "＝1+1".encode(), b"\r=1",
    b"<script>alert(1)<", b"\"><img src=x onerror=alert(1)>", b"{{7*7}}${7*7}%s", b"'; DROP TABLE x; --",
    b"\x1b]0;owned\x07\x1b[2J", b"line\nbreak", "right\u202eto left".encode(), "zero\u200bwidth".encode(),
    b"not \xff utf-8", b"con", b"nul.tar", b"~root", b"-rf", b"$(touch owned)", b"`touch owned`",
    "Ｆｕｌｌ".encode(), "e\u0301".encode(), "\u00e9".encode(), b"x" * 240, "𝔘𝔫𝔦𝔠𝔬𝔡𝔢".encode(),
]  # fmt: skip
TEXTS = [
    "<script>fetch('http://127.0.0.1:9/'+document.title)</script>",
    "<img src=http://127.0.0.1:9/x onerror=alert(1)><svg onload=alert(1)><style>*{display:none}</style>",
    "</pre></code></td></table></details></main></body></html><h1>Full marks</h1>",
    "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\x00\u202e\u2066\ufeff\u2028",
    "]]><!--{% raw %}{{ 7 * 7 }}&#60;script&#62;javascript:alert(1)//",
    "=cmd|'/C calc'!A0\n+1\n@x\n\t=1",
]
SOURCE = """
import numpy as np
TEXT = {text!r}
print(TEXT, TEXT * 50)

def predict(X, w, b):
    raise type(TEXT.replace("\\0", ""), (ValueError,), {{}})(TEXT)

def dL_dw1(x1, x2, y, w1, w2, b):
    return type(TEXT.replace("\\0", ""), (), {{}})()

def mse_gradient(X, y, w, b):
    import warnings
    warnings.warn(TEXT)
    return X.T @ (X @ w + b - y) / len(y), np.mean(X @ w + b - y)

def dL_db(x1, x2, y, w1, w2, b):
    return TEXT

def sigmoide(z):  # a name that is nearly right
    return z

raise RuntimeError(TEXT)
def {broken}(
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class whose names and texts are all payloads: the folder it was graded in, and what was said."""
    place = tmp_path_factory.mktemp("output")
    folder = os.fsencode(place / "in")
    os.mkdir(folder)
    for number, name in enumerate(NAMES):
        text = TEXTS[number % len(TEXTS)]
        with open(os.path.join(folder, name + b".py"), "w", encoding="utf-8") as file:
            file.write(SOURCE.format(text=text, broken="x" if number % 2 else "dL_dw2"))
    with open(os.path.join(folder, b"notebook.ipynb"), "w") as file:
        cells = [
            {
                "cell_type": "code",
                "source": SOURCE.format(text=text, broken="f"),
                "metadata": {},
                "outputs": [],
            }
            for text in TEXTS
        ]
        json.dump({"nbformat": 4, "metadata": {"kernelspec": {"language": TEXTS[0]}}, "cells": cells}, file)
    done = commands.run(
        "autograder", "--course", ROOT, "grade", "derivatives", "in", "--out", "out", cwd=place
    )
    return place, done


def test_the_terminal_is_not_steered(graded):
    _, done = graded
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert [c for c in set(said) if not c.isprintable() and c != "\n"] == []
    assert "Traceback" not in said


def test_every_file_lies_where_it_should_and_has_a_harmless_name(graded):
    place, _ = graded
    assert {path.name for path in place.iterdir()} == {"in", "out"}
    ledger = {"ledger.sqlite", "ledger.lock"}
    assert {path.name for path in (place / "out").iterdir()} == {
        "index.html", "grades.csv", "feedback", "reports", *ledger,
    }  # fmt: skip
    for folder, ending in (("feedback", ".html"), ("reports", ".json")):
        names = [path.name for path in (place / "out" / folder).iterdir()]
        assert len(names) == len(NAMES) + 1
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert name.endswith(ending)
            assert all(c.isalnum() or c in "._-" for c in name)
            assert name[0] not in ".-~"
            assert len(name.encode()) <= 255
    assert len(list((place / "in").iterdir())) == len(NAMES) + 1


def test_no_cell_of_the_table_is_a_formula(graded):
    place, _ = graded
    with (place / "out" / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(NAMES) + 2
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
            assert cell.isprintable()


def test_every_report_is_json_in_utf_8(graded):
    place, _ = graded
    for path in (place / "out" / "reports").iterdir():
        report = json.loads(path.read_bytes().decode("utf-8"))
        assert report["student"].isprintable()
        told = json.dumps(report)
        assert "owned" in told or "alert" in told or "fetch" in told or "Full marks" in told or "calc" in told


def pages(place):
    """The class page and every student's."""
    return [place / "out" / "index.html", *sorted((place / "out" / "feedback").iterdir())]


class Parsed(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_no_page_has_a_tag_that_a_stranger_wrote(graded):
    place, _ = graded
    for path in pages(place):
        page = Parsed()
        page.feed(path.read_text("utf-8"))
        tags = Counter(tag for tag, _ in page.tags)
        own = {"script", "form", "input"} if path.name == "index.html" else set()  # its filter
        assert not {"script", "img", "iframe", "object", "embed", "form", "input", "base"} & {*tags} - own
        assert all(tags[tag] == 1 for tag in own)
        assert not [name for _, found in page.tags for name in found if name.startswith("on")]
        assert all(found.get("href", "#").startswith(("#", "data:,", "feedback/")) for _, found in page.tags)
        assert "Content-Security-Policy" in path.read_text("utf-8").partition("<title>")[0]


@needs_chromium
def test_no_page_does_anything_in_a_browser(graded):
    place, _ = graded
    with chromium() as browser:
        for path in pages(place):
            page, acts, console = visit(browser, path)
            assert acts == console == [], path.name
            of_class = path.name == "index.html"
            assert page.title().startswith("The class: " if of_class else "Feedback for "), page.title()
            assert page.locator("h1").count() == 1
            assert page.locator("h1").is_visible()
            assert of_class or not page.get_by_text("49", exact=True).count()
            page.close()
