"""Learning curves laid out for an SVG."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.feedback.axes import HEIGHT, LEFT, MAX_POINTS, TOP, WIDTH
from autograder.feedback.plot import layout
from autograder.report import Curves

FALL = [0.9**k for k in range(21)]


def points(line: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.split())]


def test_equal_curves_lie_on_each_other() -> None:
    plot = layout(Curves("t", [*FALL], FALL))
    assert plot.student == plot.reference
    assert plot.diverged is None
    assert not plot.log
    xs, ys = zip(*points(plot.student[0]), strict=True)
    assert list(xs) == sorted(xs)
    assert list(ys) == sorted(ys)  # SVG counts y downwards
    assert xs[0] == plot.left
    assert xs[-1] == plot.right


def test_ticks_are_round_and_in_the_plot() -> None:
    plot = layout(Curves("t", [*FALL], FALL))
    assert [tick.label for tick in plot.y_ticks] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert [tick.label for tick in plot.x_ticks] == ["0", "5", "10", "15", "20"]
    assert all(plot.top <= tick.at <= plot.bottom for tick in plot.y_ticks)
    assert all(plot.left <= tick.at <= plot.right for tick in plot.x_ticks)


def test_a_log_axis_where_it_pays_and_only_for_positive_losses() -> None:
    wide = [100 * 0.5**k for k in range(20)]
    assert layout(Curves("t", [*wide], wide)).log
    labels = [tick.label for tick in layout(Curves("t", [*wide], wide)).y_ticks]
    assert labels == ["0.0001", "0.001", "0.01", "0.1", "1", "10", "100"]
    assert not layout(Curves("t", [0.0, *wide], wide)).log
    assert not layout(Curves("t", [-1.0, *wide], wide)).log


def test_a_curve_breaks_off_where_it_diverges() -> None:
    plot = layout(Curves("t", [1.0, 2.0, 4.0, None, None], FALL))
    assert len(points(plot.student[0])) == 3
    assert plot.diverged == points(plot.student[0])[-1]
    assert "diverges at step 3" in plot.summary


@pytest.mark.parametrize("odd", [None, math.nan, math.inf, -math.inf, 1e300])
def test_every_kind_of_odd_loss_is_diverged(odd: float | None) -> None:
    assert layout(Curves("t", [1.0, odd], FALL)).diverged == layout(Curves("t", [1.0, None], FALL)).diverged
    assert layout(Curves("t", [odd], FALL)).diverged == (LEFT, TOP)


def test_one_loss_alone_is_a_dot() -> None:
    plot = layout(Curves("t", [1.0, None, 0.5, None, 0.4, 0.3], FALL))
    assert len(plot.lone) == 2
    assert len(plot.student) == 1


def test_long_curves_are_thinned_and_keep_their_spikes() -> None:
    long = [1.0] * 9_999
    long[5_000] = 2.0
    plot = layout(Curves("t", [*long], long))
    thinned = points(plot.student[0])
    assert len(thinned) <= MAX_POINTS + 2
    assert min(y for _, y in thinned) < thinned[0][1]
    assert [tick.label for tick in plot.x_ticks] == ["0", "2000", "4000", "6000", "8000"]


LOSS = st.none() | st.floats() | st.floats(0, 2)


@given(st.lists(LOSS, max_size=30), st.lists(st.floats() | st.floats(0, 2), max_size=30))
@example([], [])
@example([5e-324, 1e308], [1e-300, 1e300])
@example([1.0, 1.0 + 2**-52], [1.0, 1.0])
@example([0.0], [0.0])
@example([-0.0, 1e-320], [])
def test_any_losses_stay_in_the_drawing(student: list[float | None], reference: list[float]) -> None:
    plot = layout(Curves("t", student, reference))
    drawn = [xy for line in (*plot.student, *plot.reference) for xy in points(line)]
    drawn += [*plot.lone, *([plot.diverged] if plot.diverged else [])]
    for x, y in drawn:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert len(plot.y_ticks) < 15
    assert len(plot.x_ticks) < 15
    assert len({tick.label for tick in plot.x_ticks}) == len(plot.x_ticks)
    assert plot.summary


def test_where_the_curves_part_is_marked_and_told():
    plot = layout(Curves("t", [4.0, 3.0, 2.5, 2.4], [4.0, 3.0, 2.0, 1.0], "epoch"))
    assert plot.parted is not None
    at, step = plot.parted
    assert step == 2
    assert plot.x_ticks[step].at == at
    assert plot.summary.endswith("The two curves separate at epoch 2.")


def test_curves_that_are_one_or_never_were_have_no_such_mark():
    assert layout(Curves("t", [*FALL], FALL)).parted is None
    assert layout(Curves("t", [loss * (1 + 1e-9) for loss in FALL], FALL)).parted is None
    assert layout(Curves("t", [2 * loss for loss in FALL], FALL)).parted is None


def test_a_curve_that_diverges_needs_no_other_mark():
    assert layout(Curves("t", [FALL[0], None], FALL)).parted is None
