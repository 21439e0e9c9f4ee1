"""What the handbook says that a check asks for is what it asks for, in words of its own."""

import html
import re
from pathlib import Path

import pytest
from judging.trying import variants

from autograder.course import homework_names, load_homework
from autograder.judging.comparison import TOLERANCE
from autograder.rules.values import Values

ROOT = Path(__file__).parents[2]
NAMES = homework_names(ROOT)
WRONG = list(variants("wrong"))
EXERCISES = [(name, exercise) for name in NAMES for exercise in load_homework(name, ROOT).exercises]
# What each check measures, and against what: words that its meaning cannot do without.
WORDS = {
    "GradientDescent": {
        "iterates": ("every iterate", "v0", "constant lr"),
        "schedule": ("every iterate", "lr is a function", "t = 0"),
        "curve": ("loss", "iterates", "reference", "every step"),
    },
    "Minibatches": {
        "batches": ("each epoch", "all examples", "batches", "sizes"),
        "order": ("random order", "rng alone", "equally likely"),
    },
    "SgdEpoch": {
        "steps": ("order", "mini-batches", "once", "where every epoch ends"),
        "order": ("random order", "rng alone", "equally likely"),
        "curve": ("several epochs", "orders", "curve"),
    },
    "Train": {
        "losses": ("one loss before", "first epoch", "one after each"),
        "parameters": ("w and b", "last epoch"),
        "tolerance": ("stops", "less than the tolerance", "only then"),
    },
    "GradientNoise": {
        "value": ("one draw", "two", "mini-batches", "right size", "result"),
        "draws": ("each draw", "new", "rng alone", "without replacement", "equally likely", "expectation"),
        "curve": ("batch size", "noise", "expectation"),
    },
    "Split": {
        "sizes": ("three sets", "size"),
        "partition": ("every example", "exactly one", "sets"),
        "order": ("random order", "rng alone", "equally likely"),
    },
    "ChooseLambda": {
        "lam": ("λ", "smallest validation loss", "first on a tie"),
        "losses": ("training set", "validation set", "one loss for each"),
        "curve": ("validation losses", "λ", "reference"),
    },
    "CentralDifference": {"value": ("each component", "central difference", "given step")},
    "Labels": {
        "extremum": ("right word", "bowl", "summit"),
        "saddle": ("right word", "one way down", "two ways down"),
        "degenerate": ("right word", "flat"),
    },
    "BestOfStarts": {"value": ("end", "smallest loss", "so many steps")},
    "AllBatches": {"value": ("dw and db", "means over all batches", "no means")},
    "Values": {"curve": ("loop", "learning curve", "reference", "every step")},
}
OF_ALL = {
    "edges": ("right in the edge cases",),
    "form": ("shapes", "types", "no argument changed", "no memory shared"),
}
WAITS = "Counts only if the ordinary values are right."


def said(exercise):
    """What each check of an exercise is said to ask for."""
    return {check.name: check.meaning for check in exercise.rule.checks if check.name in exercise.points}


def components(exercise):
    return exercise.rule.reference.components if isinstance(exercise.rule, Values) else ()


of_every_exercise = pytest.mark.parametrize(
    ("name", "exercise"), EXERCISES, ids=lambda v: str(getattr(v, "function", v))
)


@of_every_exercise
def test_a_meaning_names_what_is_measured_and_against_what(name, exercise):
    words = WORDS[type(exercise.rule).__name__] | OF_ALL
    for check, text in said(exercise).items():
        assert text.endswith((".", "…")), text
        if check in components(exercise):
            subject = f"{check} is" if len(components(exercise)) > 1 else "The result is"
            assert text.startswith(f"{subject} right on every ordinary probe"), text
            (bound,) = re.findall(r"\d+e-\d+", text)
            assert float(bound) == TOLERANCE
        else:
            for word in words[check]:
                assert word in text.casefold(), (check, word, text)


@of_every_exercise
def test_no_two_checks_of_an_exercise_mean_the_same(name, exercise):
    meanings = said(exercise)
    assert len(set(meanings.values())) == len(meanings)


@of_every_exercise
def test_refusals_and_warnings_are_spoken_of_where_they_count(name, exercise):
    rule, meanings = exercise.rule, said(exercise)
    assert ("ValueError" in meanings.get("edges", "")) == bool(getattr(rule, "refused", ()))
    assert ("warning" in meanings.get("form", "")) == bool(getattr(rule, "quiet", False))


@of_every_exercise
def test_a_check_waits_for_the_values_where_its_meaning_says_so_and_only_there(name, exercise):
    """By what the wrong student files are known to lose."""
    first = components(exercise) or tuple(exercise.points)[:1]
    # a measured derivative has the right values, and loses points for how it got them
    wrong = [v for v in WRONG if v.exercise == exercise.function and "difference_quotient" not in v.named]
    known = [v.loses for v in wrong if v.loses]
    for check, text in said(exercise).items():
        assert (WAITS in text) == (check in ("edges", "form")), text
        if WAITS in text:
            assert all(check in loses for loses in known if loses.intersection(first)), check


@pytest.mark.slow
@pytest.mark.xdist_group("handbook")  # the pages are made once
@of_every_exercise
def test_every_meaning_stands_beside_its_check_on_the_page(name, exercise, pages):
    _, _, section = pages[name].partition(f'id="{exercise.function}"')
    section = section.partition("<section")[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>([^<]*)<br><i>', section, re.DOTALL)
    told = {html.unescape(check): " ".join(html.unescape(text).split()) for check, text in rows}
    titles = {check.name: check.title for check in exercise.rule.checks}
    assert told == {titles[check]: " ".join(text.split()) for check, text in said(exercise).items()}
