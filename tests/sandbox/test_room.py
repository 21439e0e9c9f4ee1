"""What a callable may be called with: the quick look at small arguments decides as the thorough one does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.inside import room
from autograder.sandbox.inside.room import Room, room_for, too_large

SHAPES = st.lists(st.integers(0, 40), max_size=3).map(tuple)
ARGUMENTS = st.lists(
    st.one_of(
        SHAPES.map(np.zeros),
        st.floats(),
        st.integers(),
        st.none(),
        st.text(max_size=3),
        st.lists(st.floats(), max_size=30),
        SHAPES.map(lambda shape: [np.zeros(shape)]),
    ),
    max_size=5,
)
ROOMS = st.builds(Room, st.integers(0, 3000), st.integers(0, 40), st.integers(0, 3))


@given(ARGUMENTS, ROOMS)
@settings(max_examples=400)
def test_small_arguments_are_seen_at_once_and_nothing_else_passes_by_it(arguments, limits):
    quick = too_large(arguments, limits)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(room, "_is_plainly_small", lambda *_: False)
        thorough = too_large(arguments, limits)
    assert quick == thorough


def test_what_it_was_called_with_is_never_too_large():
    X, y = np.zeros((7, 3)), np.zeros(7)
    limits = room_for([(X, y, 0.5), (X[:1], y[:1], 2)])
    assert not too_large((X, y, 1.0), limits)
    assert too_large((np.zeros((7, 3, 1)), y), limits) == (
        "it was called with an array of 3 dimensions: the exercise needs fewer"
    )
    assert "numbers" in too_large((np.zeros((2000, 3)), y), limits)
    assert "side of 31" in too_large((np.zeros((31, 1)), y), limits)
