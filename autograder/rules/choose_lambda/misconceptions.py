"""What students get wrong in choosing λ, each with a function that does so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.rules.choose_lambda import sentences as s

Data = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Places:
    """Where models are fitted and judged: on ``train``, ``validation``, or ``both`` sets together; ``sum``
    stands for the losses on both added up. ``penalised`` adds the penalty to the losses."""

    fitted: str = "train"
    judged: str = "validation"
    penalised: bool = False

    def sets(self, train: Data, validation: Data) -> tuple[Data, tuple[Data, ...]]:
        """The data to fit to, and those to judge on, one after another."""
        both = np.concatenate([train[0], validation[0]]), np.concatenate([train[1], validation[1]])
        data = {"train": train, "validation": validation, "both": both}
        return data[self.fitted], (train, validation) if self.judged == "sum" else (data[self.judged],)


RIGHT = Places()
# Takes all λ and their losses.
Choice = Callable[[np.ndarray, np.ndarray], Any]
List = Callable[[np.ndarray], np.ndarray]


def smallest(lambdas: np.ndarray, losses: np.ndarray) -> Any:
    """The right choice: the first on a tie."""
    return lambdas[losses.argmin()]


def _last_smallest(lambdas: np.ndarray, losses: np.ndarray) -> Any:
    return lambdas[::-1][losses[::-1].argmin()]


WRONG_PLACES: Mapping[str, tuple[str, Places]] = {
    "judged_on_training": (
        "The models are judged on the data they were fitted to.",
        Places("train", "train"),
    ),
    "fitted_on_validation": (
        "The models are fitted on the validation set.",
        Places("validation", "validation"),
    ),
    "sets_exchanged": ("Training and validation set are exchanged.", Places("validation", "train")),
    "fitted_on_both": ("The models are fitted on both sets together.", Places("both", "validation")),
    "judged_on_both": ("The models are judged on both sets together.", Places("train", "both")),
    "losses_added": (
        "The losses on both sets are added up: the validation set judges.",
        Places("train", "sum"),
    ),
    "penalised": (
        "The penalty is added to the validation loss: it is for fitting only.",
        Places("train", "validation", penalised=True),
    ),
}
# What is returned for λ.
WRONG_CHOICES: Mapping[str, tuple[str, Choice]] = {
    "largest_loss": (s.LARGEST_LOSS, lambda lambdas, losses: lambdas[losses.argmax()]),
    "index_for_lambda": (s.PLACE, lambda lambdas, losses: losses.argmin()),
    "loss_for_lambda": (s.LOSS_ITSELF, lambda lambdas, losses: losses.min()),
    "first_lambda": ("That is the first λ, whatever the losses.", lambda lambdas, losses: lambdas[0]),
    "last_lambda": ("That is the last λ, whatever the losses.", lambda lambdas, losses: lambdas[-1]),
}
# What is made of the losses.
WRONG_LISTS: Mapping[str, tuple[str, List]] = {
    "losses_sorted": ("The losses are sorted: the first belongs to the first λ.", np.sort),
    "losses_backwards": ("The losses come in the opposite order.", lambda losses: losses[::-1]),
    "losses_doubled": ("The losses are twice what `loss` returns.", lambda losses: 2 * losses),
}


def choose(
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_val: np.ndarray,
    y_val: np.ndarray,
    lambdas: np.ndarray,
    fit: Callable[..., tuple[np.ndarray, float]],
    loss: Callable[..., float],
    *,
    places: Places = RIGHT,
    choice: Choice = smallest,
    made: List = np.asarray,
) -> tuple[float, np.ndarray]:
    """What is right, or on other data, with another choice, or with another list of losses."""
    fitted, judged = places.sets((X_train, y_train), (X_val, y_val))
    losses = []
    for lam in lambdas:
        w, b = fit(*fitted, lam)
        penalty = lam * (w @ w) if places.penalised else 0.0
        losses.append(sum(loss(X, y, w, b) for X, y in judged) + penalty)
    return float(choice(lambdas, np.array(losses))), made(np.array(losses))


MISCONCEPTIONS = (
    *(Misconception(name, text, partial(choose, places=at)) for name, (text, at) in WRONG_PLACES.items()),
    *(Misconception(name, text, partial(choose, choice=of)) for name, (text, of) in WRONG_CHOICES.items()),
    *(Misconception(name, text, partial(choose, made=made)) for name, (text, made) in WRONG_LISTS.items()),
    Misconception("last_on_tie", s.LAST_ON_TIE, partial(choose, choice=_last_smallest)),
)
