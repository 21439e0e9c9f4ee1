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
    stands for the losses on both added up. ``penalised`` adds the penalty to the losses; ``only`` is the
    place of the one λ that is fitted, where it is not each of them."""

    fitted: str = "train"
    judged: str = "validation"
    penalised: bool = False
    only: int | None = None

    def sets(self, train: Data, validation: Data) -> tuple[Data, tuple[Data, ...]]:
        """The data to fit to, and those to judge on, one after another."""
        both = np.concatenate([train[0], validation[0]]), np.concatenate([train[1], validation[1]])
        data = {"train": train, "validation": validation, "both": both}
        return data[self.fitted], (train, validation) if self.judged == "sum" else (data[self.judged],)


RIGHT = Places()
# Both take all λ and their losses.
Choice = Callable[[np.ndarray, np.ndarray], Any]
List = Callable[[np.ndarray, np.ndarray], np.ndarray]


def smallest(lambdas: np.ndarray, losses: np.ndarray) -> Any:
    """The right choice: the first on a tie."""
    return lambdas[losses.argmin()]


def as_they_are(lambdas: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """The right list: one loss for each λ, in their order."""
    return losses


def _among(near: float, pick: Callable[[np.ndarray], Any], lambdas: np.ndarray, losses: np.ndarray) -> Any:
    """One of the λ whose losses are the smallest, or nearly so."""
    return pick(np.asarray(lambdas)[losses <= losses.min() + near * abs(losses.min())])


def _until_a_rise(lambdas: np.ndarray, losses: np.ndarray) -> np.ndarray:
    rises = np.flatnonzero(np.diff(losses) > 0)
    return losses[: rises[0] + 2] if rises.size else losses


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
        "The losses on both sets are added up: judge on the validation set only.",
        Places("train", "sum"),
    ),
    "penalised": (
        "The penalty is added to the validation loss: it is for fitting only.",
        Places("train", "validation", penalised=True),
    ),
    "first_lambda_fitted": (
        "Only the first λ is fitted: fit one model for each λ.",
        Places(only=0),
    ),
    "last_lambda_fitted": (
        "All losses are those of the last λ: fit one model for each λ.",
        Places(only=-1),
    ),
}
# What is returned for λ.
WRONG_CHOICES: Mapping[str, tuple[str, Choice]] = {
    "largest_loss": (s.LARGEST_LOSS, lambda lambdas, losses: lambdas[losses.argmax()]),
    "index_for_lambda": (s.PLACE, lambda lambdas, losses: losses.argmin()),
    "loss_for_lambda": (s.LOSS_ITSELF, lambda lambdas, losses: losses.min()),
    "first_lambda": ("That is the first λ, whatever the losses.", lambda lambdas, losses: lambdas[0]),
    "last_lambda": ("That is the last λ, whatever the losses.", lambda lambdas, losses: lambdas[-1]),
    "smallest_lambda": ("That is the smallest λ, whatever the losses.", lambda lambdas, losses: min(lambdas)),
    "largest_lambda": ("That is the largest λ, whatever the losses.", lambda lambdas, losses: max(lambdas)),
    "lambdas_sorted": (
        "The λ are sorted, and the losses are not: which λ does a loss belong to?",
        lambda lambdas, losses: np.sort(lambdas)[losses.argmin()],
    ),
    "losses_of_sorted_lambdas": (
        "The losses are sorted by λ, and the λ are not: which λ does a loss belong to?",
        lambda lambdas, losses: lambdas[losses[np.argsort(lambdas)].argmin()],
    ),
    "second_smallest": (
        "That is the λ with the second smallest loss.",
        lambda lambdas, losses: lambdas[np.argsort(losses)[min(1, len(losses) - 1)]],
    ),
}
_NEARLY = "A loss that is nearly the smallest is taken for the smallest: only the smallest one counts."
# What is returned for λ where some losses are the same, or nearly so.
ON_TIES: tuple[tuple[str, str, Choice], ...] = (
    ("last_on_tie", s.LAST_ON_TIE, partial(_among, 0.0, lambda tied: tied[-1])),
    (
        "largest_on_tie",
        "On a tie, return the first λ: it returns the largest.",
        partial(_among, 0.0, max),
    ),
    (
        "smallest_on_tie",
        "On a tie, return the first λ: it returns the smallest.",
        partial(_among, 0.0, min),
    ),
    *(
        ("nearly_smallest", _NEARLY, partial(_among, near, pick))
        for near in (1e-4, 1e-3, 1e-2, 2e-2, 5e-2, 1e-1)
        for pick in (lambda tied: tied[0], lambda tied: tied[-1], max, min)
    ),
)
# What is made of the losses.
WRONG_LISTS: Mapping[str, tuple[str, List]] = {
    "losses_sorted": (
        "The losses are sorted: the first belongs to the first λ.",
        lambda lambdas, losses: np.sort(losses),
    ),
    "losses_by_lambda": (
        "The losses come in the order of sorted λ: the first belongs to the first λ as it was given.",
        lambda lambdas, losses: losses[np.argsort(lambdas)],
    ),
    "losses_backwards": (
        "The losses come in the opposite order.",
        lambda lambdas, losses: losses[::-1],
    ),
    "losses_doubled": (
        "The losses are twice what `loss` returns.",
        lambda lambdas, losses: 2 * losses,
    ),
    "losses_halved": (
        "The losses are half of what `loss` returns.",
        lambda lambdas, losses: losses / 2,
    ),
    "losses_rooted": (
        "A root is taken of the losses: return them as `loss` gives them.",
        lambda lambdas, losses: np.sqrt(losses),
    ),
    "losses_rounded": (
        "The losses are rounded: leave all digits as they are.",
        lambda lambdas, losses: np.round(losses, 4),
    ),
    "best_so_far": (
        "Each loss is the smallest one so far: return the loss of each λ.",
        lambda lambdas, losses: np.minimum.accumulate(losses),
    ),
    "smallest_loss_alone": (
        "Only the smallest loss is returned: return all losses.",
        lambda lambdas, losses: losses.min(keepdims=True),
    ),
    "stops_at_a_rise": (
        "It stops where a loss rises: try all λ.",
        _until_a_rise,
    ),
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
    made: List = as_they_are,
) -> tuple[float, np.ndarray]:
    """What is right, or on other data, with another choice, or with another list of losses."""
    fitted, judged = places.sets((X_train, y_train), (X_val, y_val))
    losses = []
    for lam in lambdas:
        w, b = fit(*fitted, lam if places.only is None else lambdas[places.only])
        penalty = lam * (w @ w) if places.penalised else 0.0
        losses.append(sum(loss(X, y, w, b) for X, y in judged) + penalty)
    return float(choice(lambdas, np.array(losses))), made(lambdas, np.array(losses))


MISCONCEPTIONS = (
    *(Misconception(name, text, partial(choose, places=at)) for name, (text, at) in WRONG_PLACES.items()),
    *(Misconception(name, text, partial(choose, choice=of)) for name, (text, of) in WRONG_CHOICES.items()),
    *(Misconception(name, text, partial(choose, made=made)) for name, (text, made) in WRONG_LISTS.items()),
    *{name: Misconception(name, text, partial(choose, choice=of)) for name, text, of in ON_TIES}.values(),
)
