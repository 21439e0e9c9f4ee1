"""What is wrong with steps along gradients: which rule leads from each point to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import CLIMBS

# Relative to the largest number there is: what is farther off is another point.
_SAME = 1e-9
_NEARLY = 1e-4
_FEW = 2


@dataclass(frozen=True)
class Path:
    """Points (T + 1, D), the gradients (T, D) at all but the last, and the learning rate of every step.

    ``shrinkable`` says which of the D numbers are weights; an intercept is none.
    """

    points: np.ndarray
    gradients: np.ndarray
    rates: np.ndarray
    shrinkable: np.ndarray

    @property
    def moves(self) -> np.ndarray:
        """What is taken away in each step, in units of its learning rate: the gradient, where it is right."""
        return (self.points[:-1] - self.points[1:]) / self.rates[:, None]

    @property
    def size(self) -> float:
        """The largest number in it."""
        return 1.0 + float(max(np.abs(self.points).max(), np.abs(self.gradients).max(initial=0.0)))

    def agree(self, moves: np.ndarray, tolerance: float = _SAME) -> bool:
        """Whether these moves lead from each point to the next.

        Parameters
        ----------
        moves
            What is taken away in each step, in units of its learning rate: shape (T, D).
        tolerance
            How far off a point may be, as a share of `size`.
        """
        if not np.isfinite(moves).all():
            return False
        return bool(np.abs((moves - self.moves) * self.rates[:, None]).max() <= tolerance * self.size)


# Takes all paths and returns what explains them, if it does.
_Explains = Callable[[Sequence[Path]], Misconception | None]


def name_of_steps(paths: Sequence[Path]) -> Misconception | None:
    """The one rule that leads along all paths, where they are not those of gradient descent."""
    usable = [path for path in paths if len(path.gradients)]
    finite = all(np.isfinite(path.points).all() and np.isfinite(path.gradients).all() for path in usable)
    if not usable or not finite or sum(len(path.gradients) for path in usable) < _FEW:
        return None
    with np.errstate(all="ignore"):
        if all(path.agree(path.gradients) for path in usable):
            return None
        return next((found for explain in _ALL if (found := explain(usable))), None)


def _flat(paths: Sequence[Path], of: Callable[[Path], np.ndarray]) -> np.ndarray:
    return np.concatenate([np.ravel(of(path)) for path in paths])


def _times(paths: Sequence[Path]) -> Misconception | None:
    """One factor for all steps, or one for each number of the step."""
    moves, gradients = _flat(paths, lambda p: p.moves), _flat(paths, lambda p: p.gradients)
    factor = _ratio(moves, gradients)
    if all(path.agree(factor * path.gradients) for path in paths):
        return _of_factor(factor, paths)
    fixed = _ratio(_flat(paths, lambda p: p.moves * p.rates[:, None]), gradients)
    rates = _flat(paths, lambda p: p.rates)
    if np.ptp(rates) > 0 and all(p.agree(fixed / p.rates[:, None] * p.gradients) for p in paths):
        return _fixed(fixed)
    long = all(len(path.gradients) >= _FEW for path in paths)
    # one factor within each path speaks of something else than of its columns
    apart = any(np.ptp(_columns(path)) > _NEARLY for path in paths)
    if long and apart and all(path.agree(_columns(path) * path.gradients) for path in paths):
        if all(np.abs(np.abs(_columns(path)) - 1).max() < _NEARLY for path in paths):
            return Misconception(
                "some_climb", "Some parameters move down their gradient, and others up: look at the signs."
            )
        return Misconception(
            "rates_differ", "The parameters move with different learning rates: use one for all of them."
        )
    return None


def _columns(path: Path) -> np.ndarray:
    return np.array([_ratio(*pair) for pair in zip(path.moves.T, path.gradients.T, strict=True)])


def _of_factor(factor: float, paths: Sequence[Path]) -> Misconception | None:
    if abs(factor) < _SAME:
        return None
    if abs(factor + 1) < _SAME:
        return Misconception("ascent", CLIMBS)
    rate = float(paths[0].rates[0])
    if np.ptp(_flat(paths, lambda p: p.rates)) == 0 and _is_short(factor * rate) and not _is_short(factor):
        return _fixed(factor * rate)
    if not _is_short(factor):
        return Misconception("step_times", "Every step is too long or too short, by the same factor.")
    return Misconception("step_times", f"Every step is {factor:.6g} times as long as it should be.")


def _fixed(rate: float) -> Misconception:
    text = f"Every step has the learning rate {rate:.6g}: take the one that is given."
    return Misconception("fixed_rate", text)


def _is_short(number: float) -> bool:
    """Whether somebody may have written it: it has two digits at most."""
    return number != 0 and abs(float(f"{number:.1e}") - number) < 1e-9 * abs(number)


def _stops(paths: Sequence[Path]) -> Misconception | None:
    """No step at all where the gradient is short, and right steps where it is longer."""
    lengths = np.concatenate([np.linalg.norm(path.gradients, axis=1) for path in paths])
    still = np.concatenate([~path.moves.any(axis=1) for path in paths])
    if not still.any() or still.all() or lengths[still].max() >= lengths[~still].min():
        return None
    if all(
        path.agree(np.where(path.moves.any(axis=1, keepdims=True), path.gradients, 0.0)) for path in paths
    ):
        return Misconception("stops_early", "It stops where the gradient is small: take all steps.")
    return None


def _by_step(paths: Sequence[Path]) -> Misconception | None:
    """One factor for each number of the step: the rate changes on the way."""
    longest = max(len(path.gradients) for path in paths)
    factors = np.ones(longest)
    for k in range(longest):
        rows = [(path.moves[k], path.gradients[k]) for path in paths if k < len(path.gradients)]
        factors[k] = _ratio(*(np.concatenate(part) for part in zip(*rows, strict=True)))
    if (
        len(paths) < _FEW
        or longest < _FEW
        or not all(p.agree(factors[: len(p.gradients), None] * p.gradients) for p in paths)
    ):
        return None
    return Misconception("rate_changes", f"{_told(factors)} times as long as they should be: {_STAYS}")


_STAYS = "the learning rate stays."


def _told(factors: np.ndarray) -> str:
    """How long the steps are: the first ones, or those around the first change."""
    change = int(np.argmax(np.abs(factors - factors[0]) > _NEARLY * np.abs(factors).max()))
    if change < 4:
        return f"The steps are {_listed(factors[:4])}{', …' if len(factors) > 4 else ''}"
    return f"From step {change + 1} on the steps are {_listed(factors[change : change + 2])}, …"


def _listed(factors: np.ndarray) -> str:
    return ", ".join(f"{factor:.3g}" for factor in factors)


def _remembering(paths: Sequence[Path]) -> Misconception | None:
    """Momentum: earlier gradients are in the step as well."""
    for new, name, sentence in (
        (lambda _: 1.0, "momentum", "Earlier gradients are in every step, with a momentum of {0:.6g}"),
        (lambda beta: 1 - beta, "running_mean", "A running mean of the gradients replaces the gradient"),
    ):
        beta = _memory(paths, name)
        if beta is None or not 0 < abs(beta) <= 1:
            continue
        if all(path.agree(_velocities(path, beta, new(beta))) for path in paths):
            if abs(beta - 1) < _SAME:
                sentence, name = "The gradients are added up from step to step", "gradients_added_up"
            text = f"{sentence.format(beta)}: use only the gradient of this step."
            return Misconception(name, text)
    return None


def _memory(paths: Sequence[Path], name: str) -> float | None:
    """The weight of earlier gradients, told from the first two steps."""
    if name == "running_mean":
        first = [(path.moves[0], path.gradients[0]) for path in paths]
        return 1 - _ratio(*(np.concatenate(part) for part in zip(*first, strict=True)))
    second = [(p.moves[1] - p.gradients[1], p.gradients[0]) for p in paths if len(p.gradients) > 1]
    if not second:
        return None
    return _ratio(*(np.concatenate(part) for part in zip(*second, strict=True)))


def _velocities(path: Path, beta: float, new: float) -> np.ndarray:
    velocity, found = np.zeros(path.gradients.shape[1]), []
    for gradient in path.gradients:
        velocity = beta * velocity + new * gradient
        found.append(velocity)
    return np.array(found)


def _decaying(paths: Sequence[Path]) -> Misconception | None:
    """Weight decay: the weights, or all parameters, shrink beside the step."""
    weights, everything = "The weights shrink", "All parameters shrink"
    for who, which in ((weights, lambda p: p.shrinkable), (everything, lambda p: np.ones_like(p.shrinkable))):
        pulls = np.concatenate([np.ravel(p.points[:-1] * which(p)) for p in paths])
        share = _ratio(_flat(paths, lambda p: p.moves - p.gradients), pulls)
        if abs(share) > 1e-7 and all(
            path.agree(path.gradients + share * path.points[:-1] * which(path)) for path in paths
        ):
            return Misconception(
                "weight_decay",
                f"{who} in every step, in addition to the gradient step: leave this weight decay out.",
            )
    return None


def _limited(paths: Sequence[Path]) -> Misconception | None:
    """Gradients that are cut off, by number or by length, or of which only the signs are left."""

    def same(of: Callable[[Path], np.ndarray]) -> bool:
        return all(path.agree(of(path)) for path in paths)

    if same(lambda p: np.sign(p.gradients)):
        return Misconception("signs_alone", "Only the signs of the gradient are used: its size counts too.")
    if same(lambda p: p.gradients / _lengths(p.gradients)):
        return Misconception("normalised", "The gradient is divided by its length: its length counts.")
    moves, gradients = _flat(paths, lambda p: p.moves), _flat(paths, lambda p: p.gradients)
    bound = float(np.abs(moves).max())
    longest = float(_flat(paths, lambda p: _lengths(p.moves)).max())
    lengths = _flat(paths, lambda p: _lengths(p.gradients))
    if _some(np.abs(gradients) > bound * (1 + _SAME)) and same(lambda p: np.clip(p.gradients, -bound, bound)):
        return Misconception("clipped", f"The gradient is cut off at ±{bound:.6g}: use it in full.")
    if _some(lengths > longest * (1 + _SAME)) and same(
        lambda p: p.gradients * np.minimum(1.0, longest / _lengths(p.gradients))
    ):
        text = f"The gradient is made no longer than {longest:.6g}: use its full length."
        return Misconception("length_clipped", text)
    return None


def _lengths(rows: np.ndarray) -> np.ndarray:
    return np.linalg.norm(rows, axis=1, keepdims=True)


def _some(which: np.ndarray) -> bool:
    return bool(np.count_nonzero(which) >= _FEW and not which.all())


def _nearly(paths: Sequence[Path]) -> Misconception | None:
    if all(path.agree(path.gradients, _NEARLY) for path in paths):
        return Misconception(
            "few_digits",
            "The steps are nearly right, but digits are lost: is something turned into float32, or rounded?",
        )
    return None


def _standing(paths: Sequence[Path]) -> Misconception | None:
    """Only some of the parameters move."""
    still = [np.all(path.moves == 0, axis=0) for path in paths]
    others = all(p.agree(np.where(stays, 0.0, p.gradients)) for p, stays in zip(paths, still, strict=True))
    if others and all(stays.any() and not stays.all() for stays in still):
        return Misconception("some_stay", "Some of the parameters never move: update all in every step.")
    return None


def _ratio(one: np.ndarray, other: np.ndarray) -> float:
    weight = float(other @ other)
    return float(one @ other) / weight if weight else 0.0


_ALL: tuple[_Explains, ...] = (
    _standing,
    _stops,
    _times,
    _remembering,
    _decaying,
    _limited,
    _by_step,
    _nearly,
)
