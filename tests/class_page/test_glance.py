"""What is kept of one person is small, and says what the report says."""

import math

import msgspec
import pytest
from a_class import CLIMB, FALL, HALF, SIGN, slope

from autograder.class_page import Glance, glance_of
from autograder.report import Curves, ExerciseReport, Report, Verdict


def glance(*exercises: ExerciseReport) -> Glance:
    return glance_of(Report("descent", "Ada", 0.0, 6.0, "none", list(exercises)))


def test_a_mistake_is_told_without_where_it_was_seen() -> None:
    (part,) = glance(slope(0.0, SIGN, "sign")).parts
    assert [(named.name, named.sentence) for named in part.mistakes] == [
        ("sign", "It has the opposite sign.")
    ]
    assert part.outcome == ""


def test_a_mistake_in_several_checks_is_one() -> None:
    verdicts = [
        Verdict("dw", 0, 1, SIGN, "sign"),
        Verdict("db", 0, 1, SIGN, "sign"),
        Verdict("c", 0, 1, HALF, "half"),
    ]
    (part,) = glance(ExerciseReport("slope", 0, 3, "failed", verdicts)).parts
    assert [named.name for named in part.mistakes] == ["sign", "half"]


def test_without_a_name_it_is_what_was_seen_first() -> None:
    verdicts = [Verdict("a", 1, 1, "Right."), Verdict("b", 0, 1, "A shape."), Verdict("c", 0, 1, "Another.")]
    (part,) = glance(ExerciseReport("slope", 1, 3, "partial", verdicts)).parts
    assert part.outcome == "A shape."
    assert part.mistakes == []


@pytest.mark.parametrize("status", ["not_started", "missing", "grader_fault"])
def test_what_was_not_tried_has_no_outcome(status: str) -> None:
    (part,) = glance(ExerciseReport("slope", 0, 1, status, [Verdict("a", 0, 1, "Not judged.")])).parts
    assert part.outcome == ""


def test_a_curve_that_is_the_references_is_not_kept_twice() -> None:
    (right,), (wrong,) = (glance(slope(score)).parts[0].curves for score in (4.0, 0.0))
    assert right.student is None
    assert right.right
    assert wrong.student == [pytest.approx(loss, rel=1e-3) for loss in CLIMB]
    assert not wrong.right


@pytest.mark.parametrize("odd", [None, math.nan, math.inf, 1e300])
def test_losses_that_are_not_finite_are_none(odd: float | None) -> None:
    verdict = Verdict("curve", 0, 1, "", curves=Curves("t", [1.0, odd], FALL[:2]))
    ((curve,),) = [part.curves for part in glance(ExerciseReport("slope", 0, 1, "failed", [verdict])).parts]
    assert curve.student == [1.0, None]


def test_it_stays_small_whatever_the_report_holds() -> None:
    long = "x" * 100_000
    curves = Curves(long, [*map(float, range(1, 50_001))], [1.0] * 50_000, long, long)
    verdicts = [Verdict("check", 0, 1, f"{long}. {long}", f"m{k}", curves=curves) for k in range(500)]
    made = glance(ExerciseReport("slope", 0, 500, "failed", verdicts))
    assert len(msgspec.json.encode(made)) < 30_000


def test_it_is_read_back_as_it_was() -> None:
    made = glance(slope(0.0, SIGN, "sign"))
    assert msgspec.json.decode(msgspec.json.encode(made), type=Glance) == made
