"""Files that are alike are found, whatever their names are called; what everybody has is no likeness."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from autograder.cli import main
from autograder.similar import fingerprints, forced_by, page, pairs
from autograder.similar.fingerprints import lines_with, words

ROOT = Path(__file__).parents[2]
OWN = """
def mse_gradient(X, y, w, b):
    errors = []
    for row, target in zip(X, y):
        total = b
        for k, weight in enumerate(w):
            total = total + weight * row[k]
        errors.append(total - target)
    errors = np.array(errors)
    parts = [float(np.sum(errors * X[:, k])) / len(errors) for k in range(len(w))]
    return np.array(parts), float(np.sum(errors) / len(errors))
"""
RENAMED = '''
# written by myself
def mse_gradient(data, goal, slopes, shift):
    """My gradient."""
    d = []
    for line, g in zip(data, goal):
        s = shift   # begin here
        for j, v in enumerate(slopes):
            s = s + v * line[j]
        d.append(s - g)
    d = np.array(d)
    out = [float(np.sum(d * data[:, j])) / len(d) for j in range(len(slopes))]
    return np.array(out), float(np.sum(d) / len(d))
'''
ANOTHER = """
def mse_gradient(X, y, w, b):
    residual = X @ w + b - y
    n = X.shape[0]
    gradient = np.zeros_like(w)
    i = 0
    while i < n:
        gradient += residual[i] * X[i]
        i += 1
    bias = residual.mean()
    return gradient / n, bias
"""


def test_names_comments_and_texts_do_not_count() -> None:
    assert fingerprints([OWN]) == fingerprints([RENAMED])
    assert len(fingerprints([OWN])) > 8


def test_a_pair_is_found_and_another_way_to_write_it_is_not() -> None:
    files = {"ada": fingerprints([OWN]), "bo": fingerprints([RENAMED]), "cy": fingerprints([ANOTHER])}
    (pair,) = pairs(files, frozenset())
    assert (pair.one, pair.other, pair.share) == ("ada", "bo", 1.0)


def test_what_was_given_is_no_likeness() -> None:
    files = {"ada": fingerprints([OWN]), "bo": fingerprints([RENAMED])}
    assert pairs(files, forced_by([fingerprints(["x = 1\n", OWN])])) == []


def test_what_many_have_is_no_likeness() -> None:
    files = {f"s{k}": fingerprints([OWN]) for k in range(30)}
    assert pairs(files, frozenset()) == []


def test_a_stretch_is_found_wherever_it_stands() -> None:
    files = {"ada": fingerprints([OWN]), "bo": fingerprints([f"{ANOTHER}\n{RENAMED}\nz = [1, 2, 3]\n" * 1])}
    (pair,) = pairs(files, frozenset())
    assert pair.share > 0.8


def test_the_lines_that_are_alike_are_found_in_both() -> None:
    ours, theirs = f"{ANOTHER}\n{OWN}", f"{RENAMED}\nz = [1, 2, 3]\n"
    (pair,) = pairs({"ada": fingerprints([ours]), "bo": fingerprints([theirs])}, frozenset())
    mine, other = (
        [text.split("\n")[number].strip() for number in sorted(lines_with(text, pair.shared))]
        for text in (ours, theirs)
    )
    assert "total = total + weight * row[k]" in mine
    assert "errors = np.array(errors)" in mine
    assert "s = s + v * line[j]" in other
    assert "d = np.array(d)" in other
    assert not {line.strip() for line in ANOTHER.split("\n")[3:]} & set(mine)
    assert not {"# written by myself", "z = [1, 2, 3]"} & set(other)


def test_without_a_likeness_no_line_is_alike() -> None:
    assert lines_with(OWN, frozenset()) == lines_with("", fingerprints([OWN])) == frozenset()
    assert lines_with(ANOTHER, fingerprints([OWN])) <= {1, 2}  # the line that is given, and a first name


def test_independent_right_ways_to_write_an_exercise_are_not_alike() -> None:
    path = ROOT / "tests" / "judging" / "submissions" / "derivatives" / "right" / "mse_gradient.py"
    functions = [f"def{text}" for text in path.read_text(encoding="utf-8").split("\ndef")[1:]]
    assert len(functions) > 10
    files = {str(k): fingerprints([text]) for k, text in enumerate(functions)}
    assert len(pairs(files, frozenset())) <= 2


@given(st.text(alphabet="\"'\\#\nab1_ (r", max_size=200))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    read = sum(len(word) for word in words(text) if word != "name")
    assert read <= len(text)
    fingerprints([text])


@pytest.mark.parametrize(
    "piece", ["\n ", "1+", "f'{", '"""', "'", '"\\"', "\\", "rb", "'''a", "(" * 50, "a" * 50, "\ud800"]
)
def test_a_large_hostile_text_is_read_once(piece: str) -> None:
    found = fingerprints([piece * 20_000])
    assert len(found) < 10
    assert len(lines_with(piece * 20_000, found)) <= 20_001


# -- shown


def test_the_page_accuses_nobody_and_escapes_everything() -> None:
    evil = "</pre><script>alert(1)</script>\x1b[31m\x00"
    files = {"a b": fingerprints([OWN]), "c": fingerprints([RENAMED])}
    found = pairs(files, frozenset())
    names = {"a b": evil, "c": "Bo"}
    made = page("Going down", found, names, {"a b": "a b", "c": "c"}, {"a b": evil + OWN, "c": RENAMED})
    assert "<script" not in made
    assert "\x00" not in made
    assert 'href="feedback/a%20b.html"' in made
    assert "&lt;/pre&gt;&lt;script&gt;" in made
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", made, flags=re.DOTALL))
    assert marked.count("float(np.sum(") == 4
    assert "script" not in marked
    assert "default-src &#39;none&#39;" in made or "default-src 'none'" in made
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", " ", made, flags=re.DOTALL).lower()
    assert "shows nothing about anybody" in shown
    assert not re.search(r"cheat|plagiar|copied|dishonest|suspicious|guilty", shown)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in (("ada", OWN), ("bo", RENAMED), ("cy", ANOTHER)):
        (tmp_path / "in" / f"{name}.py").write_text(f"import numpy as np\n{text}")
    grade(tmp_path)
    return tmp_path


def grade(place: Path) -> None:
    common = ("--out", place / "out", "--sandbox", "none", "--workers", 1)
    run("grade", "derivatives", place / "in", *common)


def run(*words: object) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


def test_nobody_is_compared_unless_it_is_asked_for(place: Path) -> None:
    out = place / "out"
    run("report", "derivatives", "--graded", out)
    assert "alike" not in re.sub(r"<style>.*?</style>", "", (out / "index.html").read_text("utf-8"))
    assert not (out / "similar.html").exists()


def test_asked_for_it_is_a_section_with_both_sources_a_click_away(place: Path) -> None:
    out = place / "out"
    said = run("report", "derivatives", "--graded", out, "--similar", place / "in")
    assert str(out / "similar.html") in said
    assert '<a href="similar.html#pair-1">ada and bo</a>' in (out / "index.html").read_text("utf-8")
    shown = (out / "similar.html").read_text("utf-8")
    assert "errors.append(total - target)" in shown
    assert "d.append(s - g)" in shown
    assert "residual = X @ w" not in shown  # cy's
    run("set", "cy", "predict", 1, "--why", "x", "--graded", out)
    assert "similar.html#pair-1" in (out / "index.html").read_text("utf-8")  # it stays with this run
    grade(place)
    assert "similar.html" not in (out / "index.html").read_text("utf-8")
    assert not (out / "similar.html").exists()  # it would show who is in another class by now
    (old,) = out.glob("earlier/*/similar.html")
    assert old.read_text("utf-8") == shown
    grade(place)  # nothing changes
    run("report", "derivatives", "--graded", out, "--similar", place / "in")
    assert (out / "similar.html").read_text("utf-8") == shown
    (place / "in" / "zoe.py").write_text("import numpy as np\n")
    grade(place)
    assert not (out / "similar.html").exists()
    assert len([*out.glob("earlier/*/similar.html")]) == 2


def test_another_class_is_not_compared_on_this_ones_page(place: Path) -> None:
    (place / "last_year").mkdir()
    for name, text in (("ada", OWN), ("zoe", RENAMED)):
        (place / "last_year" / f"{name}.py").write_text(f"import numpy as np\n{text}")
    words = ("report", "derivatives", "--graded", place / "out", "--similar", place / "last_year")
    done = CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    assert done.exit_code == 2
    assert "holds the work of zoe, who are not in what" in done.output
    assert not (place / "out" / "similar.html").exists()
    assert "zoe" not in (place / "out" / "index.html").read_text("utf-8")
