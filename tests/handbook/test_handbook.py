"""The instructor's solution reference: whole, proven, complete in itself, and the same every time."""

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import commands
import pytest

from autograder import handbook
from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.handbook.formulas import mathml, prose
from autograder.handbook.guesses import answered
from autograder.homework import Guess, Homework
from autograder.release.source import read_source
from autograder.rules.values import Values
from symbolic_checks.derivation import Derivation
from symbolic_checks.errors import ProofError

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("handbook")]  # the pages are made once

ROOT = Path(__file__).parents[2]
NAMES = homework_names(ROOT)


def test_there_is_a_page_for_every_homework_and_an_index(pages):
    assert set(pages) == {*NAMES, "index"}


def sections(page):
    """The part of a page that each exercise has, by its name."""
    parts = re.split(r'<section class="[^"]*" id="(\w+)"', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


class Words(HTMLParser):
    """What there is to read, and what would be loaded."""

    def __init__(self):
        super().__init__()
        self.text, self.loads, self.tags = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        found = [value for name, value in attributes if name in ("src", "href", "srcset", "data", "action")]
        self.loads += [value for value in found if not re.match(r"#|\w+\.html(#|$)|data:,$", value)]

    def handle_data(self, data):
        self.text.append(data)


def read(page):
    words = Words()
    words.feed(page)
    return words


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_is_there_with_its_solution_points_and_mistakes(pages, name):
    homework, found = load_homework(name, ROOT), sections(pages[name])
    cells = {cell.exercise: cell for cell in read_source(homework, ROOT).cells if cell.exercise}
    for exercise in homework.exercises:
        words = " ".join("".join(read(found[exercise.function]).text).split())
        assert exercise.slide in words
        assert exercise.hint.replace("`", "") in words
        for line in cells[exercise.function].solution_lines:
            assert " ".join(line.split()) in words, line
        for mistake in exercise.rule.known_misconceptions():
            assert mistake.name in words
            assert " ".join(mistake.sentence.replace("`", "").split()) in words
        for points in exercise.points.values():
            assert re.search(rf"\b{points:g}\b", words)
        if isinstance(exercise.rule, Values):
            for probe in (*exercise.rule.probes, *exercise.rule.edges, *exercise.rule.refused):
                assert probe.name in words


@pytest.mark.parametrize("name", NAMES)
def test_every_guess_is_there_with_its_question_its_answer_and_why(pages, name):
    told = pages[name].partition('<h2 id="guesses">')[2]
    for found in answered(load_homework(name, ROOT), ROOT):
        lines = (f"<code>{found.name}</code>", found.question, f"<b>{found.answer}</b>", found.why)
        assert "<br>".join(lines) in told
        assert found.question
        assert "Guess, then look" not in found.question
        assert re.fullmatch(r"\([abc]\) .{3,}|[\d.]+( kg²)?\.", found.answer, re.DOTALL)


def test_a_guess_without_a_text_for_its_choices_is_shown_by_its_letter(tmp_path):
    (tmp_path / "solutions" / "tiny").mkdir(parents=True)
    (tmp_path / "solutions" / "tiny" / "tiny.py").write_text(
        "# %% [markdown]\n# # Title\n#\n# Larger (a) or smaller (b), by `h`?\n\n"
        '# %%\nchecks.guess("size", None)\n',
        encoding="utf-8",
    )
    guess = Guess("size", "b", "It falls.", ("a", "b"))
    (found,) = answered(Homework("tiny", "Tiny", (), guesses=(guess,)), tmp_path)
    assert (found.question, found.answer) == ("Larger (a) or smaller (b), by h?", "(b)")


@pytest.mark.parametrize("name", NAMES)
def test_every_derivation_is_shown_to_its_last_step(pages, name):
    found = sections(pages[name])
    shown = 0
    for exercise in load_homework(name, ROOT).exercises:
        derivations = getattr(getattr(exercise.rule, "reference", None), "derivations", ())
        for derivation in derivations:
            assert str(mathml(derivation.steps()[-1].latex)) in found[exercise.function]
            shown += 1
    assert shown >= 2


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_a_page_is_complete_in_itself_and_no_latex_is_left(pages, name):
    words = read(pages[name])
    assert words.loads == []
    assert "script" not in words.tags
    assert "default-src 'none'" in html.unescape(pages[name])
    formulas = re.findall(r"<math.*?</math>", pages[name], re.DOTALL)
    assert bool(formulas) == (name != "index")
    assert not any("\\" in formula or "$" in formula for formula in formulas)
    assert not re.search(r"\\(frac|sum|partial|left|hat|lVert)", "".join(words.text))


def test_the_index_leads_to_every_exercise(pages):
    for name in NAMES:
        for exercise in load_homework(name, ROOT).exercises:
            assert f'href="{name}.html#{exercise.function}"' in pages["index"]


def test_it_is_the_same_every_time(pages, tmp_path):
    written = handbook.write(["sgd"], ROOT, tmp_path)
    assert [path.name for path in written] == ["sgd.html", "index.html"]
    assert (tmp_path / "sgd.html").read_text(encoding="utf-8") == pages["sgd"]


def test_a_derivation_that_does_not_hold_is_refused(monkeypatch, tmp_path):
    def prove(self):
        raise ProofError("The derivative is another one.", is_wrong=True)

    monkeypatch.setattr(Derivation, "prove", prove)
    with pytest.raises(HomeworkError, match=r"dL_dw1: The derivative is another one\."):
        handbook.write(["derivatives"], ROOT, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_solution_that_loses_points_is_refused(tmp_path):
    for folder in ("sgd", "data"):
        shutil.copytree(ROOT / "solutions" / folder, tmp_path / "solutions" / folder)
    path = tmp_path / "solutions" / "sgd" / "sgd.py"
    text = path.read_text(encoding="utf-8")
    assert text.count("w = w - lr *") == 1
    path.write_text(text.replace("w = w - lr *", "w = w + lr *"), encoding="utf-8")
    with pytest.raises(
        HomeworkError, match=r"The solution of sgd_epoch in .*sgd\.py does not pass Update steps"
    ):
        handbook.write(["sgd"], tmp_path, tmp_path / "out")


def test_a_file_that_is_somebody_elses_is_left_alone(tmp_path):
    (tmp_path / "index.html").write_text("my own page", encoding="utf-8")
    with pytest.raises(HomeworkError, match="was not made by this command"):
        handbook.write(["sgd"], ROOT, tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "my own page"
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_an_unknown_homework_is_said_in_a_sentence(tmp_path):
    done = commands.run("autograder", "--course", ROOT, "handbook", "sdg", "--out", tmp_path)
    assert done.returncode != 0
    assert "There is no homework 'sdg'" in done.stderr
    assert "Traceback" not in done.stderr


def test_formulas_in_a_sentence_are_formulas_and_the_rest_is_escaped():
    made = str(prose(r"From $\eta$ to <b> & back."))
    assert re.fullmatch(r"From <span[^>]*><math.*</math></span> to &lt;b&gt; &amp; back\.", made)


@pytest.mark.parametrize("latex", [r"\frac12 x", r"\frac{1}{2} x", r"\frac{a + b}{c} x"])
def test_a_strut_is_never_within_a_number_or_a_letter(latex):
    """There a browser reads HTML, and what follows would no longer be a formula."""
    made = str(mathml(latex, inline=True))
    assert made.count("<mspace") == 2
    assert not re.search(r"<(mn|mi|mo)>[^<]*<mspace", made)
