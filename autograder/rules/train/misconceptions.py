"""What students get wrong in a training loop, each with a loop that does so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import sentence
from autograder.rules.train.sentences import LOSSES, NEVER_STOPS, PARAMETERS, RISES

Trained = tuple[np.ndarray, float, np.ndarray]
# Whether the loop ends, given all losses so far and the tolerance.
Stop = Callable[[Sequence[float], float], bool]
# Takes all parameters, all losses, and whether the tolerance has ended it.
End = Callable[[list[Any], list[float], bool], tuple[np.ndarray, float, list[float]]]


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
    end: End = lambda visited, losses, stopped: (*visited[-1], losses),
) -> Trained:
    """The loop, which ends after the first epoch with ``stop(losses so far, tolerance)``; ``end`` makes of
    all parameters that were visited, and of their losses, what is returned."""
    w, b = w.astype(float), float(b)
    losses, visited, stopped = [loss(w, b)], [(w, b)], False
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        visited.append((w, b))
        losses.append(loss(w, b))
        if tolerance is not None and stop(losses, tolerance):
            stopped = True
            break
    last_w, last_b, kept = end(visited, losses, stopped)
    return last_w, last_b, np.array(kept)


def _too_little(losses: Sequence[float], tolerance: float) -> int:
    """How many epochs gained less than the tolerance."""
    return sum(before - after < tolerance for before, after in pairwise(losses))


def _recorded(change: Callable[[np.ndarray], np.ndarray], *arguments: Any) -> Trained:
    """The right loop, with something done to its losses."""
    w, b, losses = train(*arguments)
    return w, b, change(losses)


def _counted(
    more: int, epoch: Any, loss: Any, w: np.ndarray, b: float, max_epochs: int, *tolerance: Any
) -> Trained:
    """The right loop with more epochs than were asked for, or with fewer."""
    return train(epoch, loss, w, b, max(max_epochs + more, 0), *tolerance)


def _from_the_start(
    epoch: Any, loss: Any, w: np.ndarray, b: float, max_epochs: int, *tolerance: Any
) -> Trained:
    """Every epoch is given the first parameters."""
    return train(lambda *_: epoch(w, b), loss, w, b, max_epochs, *tolerance)


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
    "always_from_the_start": _from_the_start,
    "losses_added_up": partial(_recorded, np.cumsum),
    "differences": partial(_recorded, lambda losses: np.append(losses[:1], -np.diff(losses))),
    "differences_alone": partial(_recorded, lambda losses: -np.diff(losses)),
    "losses_rounded": partial(_recorded, lambda losses: np.round(losses, 4)),
    "running_mean_of_losses": partial(
        _recorded, lambda losses: np.cumsum(losses) / np.arange(1, len(losses) + 1)
    ),
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
        RISES,
        lambda losses, tolerance: abs(losses[-2] - losses[-1]) < tolerance,
    ),
    "not_strict": (
        "It stops when the loss falls by exactly the tolerance: it must stop only below the tolerance.",
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
        "It confuses a fall with a rise: which loss is subtracted from which?",
        lambda losses, tolerance: losses[-1] - losses[-2] < tolerance,
    ),
    "since_the_start": (
        "It compares with the first loss: only the last epoch's gain counts.",
        lambda losses, tolerance: losses[0] - losses[-1] < tolerance,
    ),
    "since_the_largest": (
        "It compares with the largest loss so far: only the last epoch's gain counts.",
        lambda losses, tolerance: max(losses[:-1]) - losses[-1] < tolerance,
    ),
    "negative_ignored": (
        "A negative tolerance is a tolerance too: a rise by more than its size must stop it.",
        lambda losses, tolerance: tolerance >= 0 and right_stop(losses, tolerance),
    ),
    "first_epoch_ignored": (
        "The first epoch cannot stop it: there is a loss before this epoch too.",
        lambda losses, tolerance: len(losses) > 2 and right_stop(losses, tolerance),
    ),
    "rise_alone": (
        "Only a rise stops it: a fall that is smaller than the tolerance must stop it too.",
        lambda losses, tolerance: losses[-1] > losses[-2],
    ),
    "gain_by_epoch": (
        "It compares the mean gain of all epochs: only the last epoch's gain counts.",
        lambda losses, tolerance: (losses[0] - losses[-1]) / (len(losses) - 1) < tolerance,
    ),
    "two_epochs_back": (
        "It compares with the loss two epochs back: the one before this epoch counts.",
        lambda losses, tolerance: len(losses) > 2 and losses[-3] - losses[-1] < tolerance,
    ),
    "once_is_forgiven": (
        "It stops only when the second epoch gains too little: one is enough.",
        lambda losses, tolerance: _too_little(losses, tolerance) >= 2,
    ),
    "patience": (
        "It stops only when the third epoch gains too little: one is enough.",
        lambda losses, tolerance: _too_little(losses, tolerance) >= 3,
    ),
    "twice_in_a_row": (
        "It stops only after two epochs that gain too little: one is enough.",
        lambda losses, tolerance: (
            len(losses) > 2 and right_stop(losses, tolerance) and right_stop(losses[:-1], tolerance)
        ),
    ),
}

_ENDS: Mapping[str, tuple[str, End]] = {
    "last_epoch_undone": (
        "The epoch that stops it is left out: return its loss and its parameters too.",
        lambda visited, losses, stopped: (*visited[-1 - stopped], losses[: len(losses) - stopped]),
    ),
    "last_loss_not_kept": (
        "The loss of the epoch that stops it is left out: append it before the loop ends.",
        lambda visited, losses, stopped: (*visited[-1], losses[: len(losses) - stopped]),
    ),
    "last_parameters_not_kept": (
        "The parameters are those from before the epoch that stops it: return those after it.",
        lambda visited, losses, stopped: (*visited[-1 - stopped], losses),
    ),
    "best_returned": (
        "The parameters are those with the smallest loss: return those after the last epoch.",
        lambda visited, losses, stopped: (*visited[int(np.argmin(losses))], losses),
    ),
}

ABOUT_LOSSES = tuple(Misconception(name, sentence(text), _OF_LOSSES[name]) for name, text in LOSSES.items())
ABOUT_PARAMETERS = tuple(
    Misconception(name, sentence(text), _OF_PARAMETERS[name]) for name, text in PARAMETERS.items()
)
ABOUT_THE_END = (
    *(Misconception(name, text, partial(train, stop=stop)) for name, (text, stop) in _STOPS.items()),
    *(Misconception(name, text, partial(train, end=end)) for name, (text, end) in _ENDS.items()),
)
MISCONCEPTIONS = (*ABOUT_LOSSES, *ABOUT_PARAMETERS, *ABOUT_THE_END)
