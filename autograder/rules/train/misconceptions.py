"""What students get wrong in a training loop, each with a loop that does so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import sentence
from autograder.rules.train.sentences import LOSSES, NEVER_STOPS, PARAMETERS

Trained = tuple[np.ndarray, float, np.ndarray]
# Whether the loop ends, given all losses so far and the tolerance.
Stop = Callable[[Sequence[float], float], bool]


def right_stop(losses: Sequence[float], tolerance: float) -> bool:
    """The last epoch gained less than the tolerance."""
    return losses[-2] - losses[-1] < tolerance


def train(
    epoch: Callable[..., tuple[Any, Any]],
    loss: Callable[..., float],
    w: np.ndarray,
    b: float,
    max_epochs: int,
    tolerance: float | None = None,
    *,
    stop: Stop = right_stop,
) -> Trained:
    """The loop, which ends after the first epoch with ``stop(losses so far, tolerance)``."""
    w, b = w.astype(float), float(b)
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tolerance is not None and stop(losses, tolerance):
            break
    return w, b, np.array(losses)


def _recorded(change: Callable[[np.ndarray], np.ndarray], *arguments: Any) -> Trained:
    """The right loop, with something done to its losses."""
    w, b, losses = train(*arguments)
    return w, b, change(losses)


def _counted(
    more: int, epoch: Any, loss: Any, w: np.ndarray, b: float, max_epochs: int, *tolerance: Any
) -> Trained:
    """The right loop with more epochs than were asked for, or with fewer."""
    return train(epoch, loss, w, b, max(max_epochs + more, 0), *tolerance)


def _after(epochs: Callable[[int], int], *arguments: Any) -> Trained:
    """All losses, and the parameters after another number of epochs than all."""
    losses = train(*arguments)[2]
    epoch, loss, w, b, *_ = arguments
    w, b, _ = train(epoch, loss, w, b, max(epochs(len(losses) - 1), 0))
    return w, b, losses


_OF_LOSSES: Mapping[str, Callable[..., Trained]] = {
    "first_loss_missing": partial(_recorded, lambda losses: losses[1:]),
    "last_loss_missing": partial(_recorded, lambda losses: losses[:-1]),
    "logged_before_update": partial(_recorded, lambda losses: np.append(losses[:1], losses[:-1])),
    "one_epoch_more": partial(_counted, 1),
    "one_epoch_less": partial(_counted, -1),
    "losses_stay": partial(_recorded, lambda losses: np.full_like(losses, losses[0])),
    "only_last_loss": partial(_recorded, lambda losses: losses[-1:]),
    "losses_backwards": partial(_recorded, lambda losses: losses[::-1]),
}
_OF_PARAMETERS: Mapping[str, Callable[..., Trained]] = {
    "start_returned": partial(_after, lambda epochs: 0),
    "before_the_last": partial(_after, lambda epochs: epochs - 1),
}
_STOPS: Mapping[str, tuple[str, Stop]] = {
    "never_stops": (NEVER_STOPS, lambda losses, tolerance: False),
    "zero_ignored": (
        "A tolerance of 0 is a tolerance too: it stops when the loss rises.",
        lambda losses, tolerance: bool(tolerance) and right_stop(losses, tolerance),
    ),
    "absolute": (
        "A rise must stop it too: which sign has previous loss − loss then?",
        lambda losses, tolerance: abs(losses[-2] - losses[-1]) < tolerance,
    ),
    "not_strict": (
        "It stops when the loss falls by exactly the tolerance: less than it is asked for.",
        lambda losses, tolerance: losses[-2] - losses[-1] <= tolerance,
    ),
    "loss_below": (
        "It compares the loss itself with the tolerance, not by how much it fell.",
        lambda losses, tolerance: losses[-1] < tolerance,
    ),
    "relative": (
        "It compares the relative fall of the loss: the tolerance is on the difference itself.",
        lambda losses, tolerance: losses[-2] - losses[-1] < tolerance * losses[-2],
    ),
    "rise_for_fall": (
        "It takes a fall for a rise: which of the two losses is subtracted from which?",
        lambda losses, tolerance: losses[-1] - losses[-2] < tolerance,
    ),
    "since_the_start": (
        "It compares with the first loss: only the last epoch's gain counts.",
        lambda losses, tolerance: losses[0] - losses[-1] < tolerance,
    ),
    "first_epoch_ignored": (
        "The first epoch cannot stop it: its loss has one before it too.",
        lambda losses, tolerance: len(losses) > 2 and right_stop(losses, tolerance),
    ),
    "twice_in_a_row": (
        "It stops only after two epochs that gain too little: one is enough.",
        lambda losses, tolerance: (
            len(losses) > 2 and right_stop(losses, tolerance) and right_stop(losses[:-1], tolerance)
        ),
    ),
}

ABOUT_LOSSES = tuple(Misconception(name, sentence(text), _OF_LOSSES[name]) for name, text in LOSSES.items())
ABOUT_PARAMETERS = tuple(
    Misconception(name, sentence(text), _OF_PARAMETERS[name]) for name, text in PARAMETERS.items()
)
ABOUT_THE_END = tuple(
    Misconception(name, text, partial(train, stop=stop)) for name, (text, stop) in _STOPS.items()
)
MISCONCEPTIONS = (*ABOUT_LOSSES, *ABOUT_PARAMETERS, *ABOUT_THE_END)
