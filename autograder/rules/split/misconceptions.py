"""What students get wrong in dividing data into three sets, each with a function that does so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.wrong_orders import Order, about_orders, shuffled
from autograder.rules.split.sentences import ORDERS, ROUNDED_DOWN

# Takes n and the two shares, and returns the sizes of the validation and of the test set.
Sizes = Callable[[int, float, float], tuple[int, int]]
Sets = tuple[np.ndarray, np.ndarray, np.ndarray]


def right_sizes(n: int, validation: float, test: float) -> tuple[int, int]:
    """Rounded to the nearest number; the test set gets no more than what is left."""
    held = round(validation * n)
    return held, min(round(test * n), n - held)


# What wrong sizes can come from.
WRONG_SIZES: Mapping[str, tuple[str, Sizes]] = {
    "rounded_down": (
        ROUNDED_DOWN,
        lambda n, validation, test: (int(validation * n), min(int(test * n), n - int(validation * n))),
    ),
    "rounded_up": (
        "The sizes are rounded up: round them to the nearest number.",
        lambda n, validation, test: (
            int(np.ceil(validation * n)),
            min(int(np.ceil(test * n)), n - int(np.ceil(validation * n))),
        ),
    ),
    "share_of_the_rest": (
        "The test set's share is taken of what the validation set leaves: take it of all n examples.",
        lambda n, validation, test: (
            round(validation * n),
            round(test * (n - round(validation * n))),
        ),
    ),
}


def split(
    n: int,
    validation: float,
    test: float,
    rng: np.random.Generator,
    *,
    order: Order = shuffled,
    sizes: Sizes = right_sizes,
) -> Sets:
    """What is right, or with another order or other sizes."""
    drawn, (held, tested) = order(rng, n), sizes(n, validation, test)
    return drawn[held + tested :], drawn[:held], drawn[held : held + tested]


def _exchanged(n: int, validation: float, test: float, rng: np.random.Generator) -> Sets:
    train, held, tested = split(n, validation, test, rng)
    return train, tested, held


MISCONCEPTIONS = (
    *(Misconception(name, text, partial(split, sizes=sizes)) for name, (text, sizes) in WRONG_SIZES.items()),
    Misconception("sets_exchanged", ORDERS["sets_exchanged"], _exchanged),
    *about_orders(split, place=3, sentences=ORDERS),
)
