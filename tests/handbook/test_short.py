"""The short handbook: every slide and solution, each formula once, few mistakes, few sheets of paper."""

import re
from pathlib import Path

import commands
import pytest
from in_a_browser import chromium, needs_chromium

from autograder.course import homework_names, load_homework
from autograder.handbook.guesses import answered
from autograder.handbook.short import commonest, slide_map
from autograder.release.source import read_source
from symbolic_checks.slides import SLIDES

ROOT = Path(__file__).parents[2]
HOMEWORKS = [load_homework(name, ROOT) for name in homework_names(ROOT)]
EXERCISES = [exercise for homework in HOMEWORKS for exercise in homework.exercises]


def test_the_map_has_every_exercise_once_in_the_order_of_the_slides():
    places = slide_map(HOMEWORKS)
    order = [SLIDES.index(place.slide) for place in places]
    assert order == sorted(order)
    mapped = [(h.name, e.function) for place in places for h, e in place.exercises]
    assert sorted(mapped) == sorted((h.name, e.function) for h in HOMEWORKS for e in h.exercises)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.function)
def test_three_different_mistakes_stand_for_all_that_feedback_can_name(exercise):
    known = list(exercise.rule.known_misconceptions())
    chosen = commonest(exercise, known)
    assert len({mistake.sentence for mistake in chosen}) == 3
    assert all(mistake in known for mistake in chosen)


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """The page as the command writes it."""
    out = tmp_path_factory.mktemp("short")
    done = commands.run("autograder", "--course", ROOT, "handbook", "--short", "--out", out, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.iterdir()
    return path


@pytest.mark.slow
@pytest.mark.xdist_group("handbook")
def test_every_solution_is_there_and_no_line_of_a_derivation_twice(short):
    page = short.read_text(encoding="utf-8")
    words = " ".join(re.sub(r"<[^>]*>", "", page).replace("&lt;", "<").replace("&gt;", ">").split())
    for homework in HOMEWORKS:
        for cell in read_source(homework, ROOT).cells:
            for line in cell.solution_lines if cell.exercise else ():
                if not set(line) & set("\"'&"):  # these are escaped
                    assert " ".join(line.split()) in words, line
    for homework in HOMEWORKS:
        for guess in answered(homework, ROOT):
            assert f"<code>{guess.name}</code>: <b>{guess.answer}</b> {guess.why}" in page
    chains = re.findall(r"<li title=[^>]*>(<math.*?</math>)</li>", page, re.DOTALL)
    assert len(chains) > len(EXERCISES)
    assert len(chains) == len(set(chains))


@pytest.mark.slow
@pytest.mark.xdist_group("handbook")
@needs_chromium
def test_a_course_of_five_homeworks_prints_on_ten_pages_with_no_formula_cut_off(short):
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 688, "height": 1000})  # A4 without its margins
        page.goto(short.as_uri())
        page.emulate_media(media="print")
        cut = page.evaluate(
            "[...document.querySelectorAll('.chain li, pre.code')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
        printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert cut == []
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 10
