"""Everybody is counted once, where they belong."""

import pytest
from a_class import OUTLINE, SIGN, a_class, person, slope, walk

from autograder.class_page.counting import NAMES, ClassTally
from autograder.gradebook import NOTHING


@pytest.fixture
def tally() -> ClassTally:
    made = ClassTally(OUTLINE)
    made.add_all(a_class())
    return made


def names(who: object) -> list[str]:
    return [someone.student for someone in who.some]


def test_people_are_counted_by_what_they_handed_in(tally: ClassTally) -> None:
    assert (tally.people, tally.handed_in) == (9, 8)
    assert names(tally.states[NOTHING]) == ["Ivo"]
    assert names(tally.states["unreadable"]) == ["Hana"]
    assert names(tally.states["grader fault"]) == ["Fay"]
    assert names(tally.late) == ["Dana", "Emil"]
    assert names(tally.stopped) == ["Chen"]
    assert names(tally.by_hand) == ["Gus"]


def test_marks_are_those_that_are_whole(tally: ClassTally) -> None:
    assert sorted(tally.scores) == [0, 0, 2, 4, 4, 6]
    assert {section: sorted(scores) for section, scores in tally.sections.items()} == {
        "A": [0, 2, 6],
        "B": [0, 4, 4],
    }


def test_an_exercise_is_counted_where_it_was_judged(tally: ClassTally) -> None:
    first, second = tally.exercises
    assert (first.judged, second.judged) == (7, 6)  # Hana's could not be read; Fay's second was not judged
    assert first.passed == 3 / 7
    assert first.mean == (4 + 4 + 4 + 3) / 7
    assert second.statuses == {"passed": 2, "timeout": 1, "failed": 2, "grader_fault": 1, "partial": 1}
    assert first.checks["value"].share == pytest.approx(12 / 21)
    assert first.checks["curve"].title == "The curve"


def test_mistakes_are_counted_with_who_has_them(tally: ClassTally) -> None:
    mistakes = tally.exercises[0].mistakes
    assert {name: names(seen.who) for name, seen in mistakes.items()} == {
        "sign": ["Bo", "Chen"],
        "half": ["Dana"],
    }
    assert tally.topics["sign"].count == 2


def test_outcomes_that_differ_in_numbers_are_one(tally: ClassTally) -> None:
    outcomes = [(seen.sentence, names(seen.who)) for seen in tally.exercises[1].outcomes.values()]
    assert ("With 7: size 7.", ["Dana", "Emil"]) in outcomes


def test_a_mistake_in_several_exercises_counts_a_person_once() -> None:
    made = ClassTally(OUTLINE)
    again = walk("failed", SIGN)
    again.verdicts[0] = type(again.verdicts[0])("value", 0.0, 2.0, SIGN, "sign")
    made.add(person("Ada", slope(0.0, SIGN, "sign"), again))
    assert made.topics["sign"].count == 1
    assert made.topics["sign"].exercises == {"slope": 1, "walk": 1}


def test_the_stack_of_an_exercise_fills_the_whole_width(tally: ClassTally) -> None:
    for exercise in tally.exercises:
        at = 0.0
        for _, x, width, _ in exercise.stack:
            assert x == pytest.approx(at, abs=0.02)
            at += width
        assert at == pytest.approx(100, abs=0.05)


def test_what_is_kept_does_not_grow_with_the_class() -> None:
    made = ClassTally(OUTLINE)
    for k in range(NAMES + 700):
        wrong = slope(0.0, f"A. {k} words {'x' * k}", f"mistake {k}")
        made.add(person(f"s{k}", wrong, walk("error", "y" * k)))
    exercise = made.exercises[0]
    assert made.states["graded"].count == NAMES + 700
    assert len(made.states["graded"].some) == NAMES
    assert len(exercise.mistakes) < NAMES + 700
    assert len(made.exercises[1].outcomes) <= len(exercise.mistakes)
    assert exercise.judged == NAMES + 700
