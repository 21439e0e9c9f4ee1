"""Bars and curves of a class: nobody is lost, and everything lies in the drawing."""

import pytest
from a_class import CLIMB, FALL
from hypothesis import given
from hypothesis import strategies as st

from autograder.class_page.glance import Learning
from autograder.class_page.histogram import histogram
from autograder.class_page.overlay import Overlay


@given(st.lists(st.floats(-1, 120, allow_nan=False)), st.sampled_from([0.5, 1, 6, 34, 45, 100, 1000]))
def test_every_mark_is_in_one_bar(scores: list[float], most: float) -> None:
    made = histogram(scores, most)
    assert sum(bar.count for bar in made.bars) == len(scores)
    assert len(made.bars) <= 20
    for bar in made.bars:
        assert made.left <= bar.x
        assert bar.x + bar.width <= made.right
        assert 0 <= bar.y <= made.bottom
    assert all(made.left <= tick.at <= made.right + 0.1 for tick in made.ticks)


def test_full_marks_are_in_the_last_bar_and_a_limit_in_the_bar_above_it() -> None:
    made = histogram([45, 44, 5, 4.9], 45)
    assert [bar.count for bar in made.bars] == [1, 1, 0, 0, 0, 0, 0, 0, 2]
    assert [tick.label for tick in made.ticks] == ["0", "5", "10", "15", "20", "25", "30", "35", "40", "45"]


def curve(student: list[float | None] | None, right: bool = False, reference: list[float] = FALL) -> Learning:
    return Learning("t", "step", "loss", 1, [*reference], student, right)


def test_equal_curves_are_one_line_that_says_whose_it_is() -> None:
    overlay = Overlay("step", "loss")
    for name in ("Ada", "Bo", "Chen", "Dana"):
        overlay.add(curve(CLIMB), name, name.lower(), "sign")
    overlay.add(curve(None, True), "Emil", "emil", "")
    (line,) = overlay.plot().lines
    assert line.group.words == "Ada, Bo, Chen and 1 more: sign"
    assert line.group.slug == "ada"
    assert (overlay.people, overlay.same, overlay.right) == (5, 1, 1)
    assert len(overlay.plot().references) == 1


def test_where_everybody_has_other_data_curves_are_relative_to_their_own_reference() -> None:
    overlay = Overlay("epoch", "loss")
    for factor in (1.0, 3.0):
        reference = [factor * loss for loss in FALL]
        overlay.add(curve([2 * loss for loss in reference], reference=reference), "a", "a", "")
    plot = overlay.plot()
    assert plot.relative
    assert len({line.pieces for line in plot.lines}) == 1  # both are twice their reference


def test_a_curve_that_breaks_off_is_marked() -> None:
    overlay = Overlay("step", "loss")
    overlay.add(curve([1.0, 2.0, None, None]), "a", "a", "")
    overlay.add(curve([None, None]), "b", "b", "")
    breaking, nothing = overlay.plot().lines
    assert breaking.ends is not None
    assert nothing.ends is None
    assert nothing.pieces == ()


def test_more_curves_than_can_be_told_apart_are_counted() -> None:
    overlay = Overlay("step", "loss")
    for k in range(1000):
        overlay.add(curve([1.0, 1.0 + k]), str(k), str(k), "")
    assert len(overlay.plot().lines) + overlay.left_out == 1000
    assert len(overlay.plot().lines) < 200


losses = st.lists(st.none() | st.floats(-1e12, 1e12), max_size=12)


@given(st.lists(st.tuples(losses, losses), min_size=1, max_size=5))
def test_no_losses_are_too_odd_to_be_drawn(pairs: list[tuple[list, list]]) -> None:
    overlay = Overlay("step", "loss")
    for student, reference in pairs:
        overlay.add(Learning("t", "x", "y", 1, reference, student, False), "a", "a", "")
    plot = overlay.plot()
    for line in plot.lines:
        for piece in line.pieces:
            for pair in piece.split():
                x, y = map(float, pair.split(","))
                assert plot.left <= x <= plot.right
                assert y == pytest.approx(
                    (plot.top + plot.bottom) / 2, abs=(plot.bottom - plot.top) / 2 + 0.2
                )
