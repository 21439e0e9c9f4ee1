"""Compares values with the right ones, and names the mistake that explains the difference."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ..sentences import NOTHING, misshapen, returned, sentence
from .. import published
from ..judging import is_right
from ..results import TOLERANCE, array_of, arrays, show
from ..slopes import numerical_gradient
from ..trial import MistakeError, Trial, refuses
from ..values import sentences as s


@dataclass(frozen=True)
class Run:
    """One call: what went in, what came back and what should have, by component."""

    where: str
    arguments: tuple[Any, ...]
    value: Any
    got: tuple[np.ndarray, ...]
    expected: tuple[np.ndarray, ...]
    scale: tuple[float, ...]

    def right(self, k: int) -> bool:
        """Whether component k is right; NaN never is."""
        return self.close(k, self.expected[k])

    def close(self, k: int, values: Any, tolerance: float = TOLERANCE) -> bool:
        """Whether component k is what `values` says, within the tolerance.

        Parameters
        ----------
        k
            Counted from 0.
        values
            One number, or an array of the component's shape.
        tolerance
            The largest distance that still counts as equal, as a share of the component's scale.
        """
        return bool(np.all(np.abs(self.got[k] - values) <= tolerance * self.scale[k]))


def check(trial: Trial) -> None:
    """Rule: the values are compared with those in ``examples.json``, ordinary ones first, then special ones.

    Raises
    ------
    MistakeError
        With what was seen on the first inputs that go wrong.
    """
    examples = trial.exercise["examples"]
    ordinary = [_run(trial, example) for example in examples if not example["edge"]]
    parts = [
        part for part, right in zip(trial.exercise["components"], _right(ordinary), strict=True) if right
    ]
    if not trial.misshapen:
        trial.earned = {*parts}
    for run in ordinary:
        wrong = [k for k in range(len(run.got)) if not run.right(k)]
        if wrong:
            raise _wrong(trial, run, ordinary, wrong)
    first = ordinary[0]
    again = trial.call(first.where, *first.arguments)
    if any(np.shares_memory(one, two) for one in arrays(first.value) for two in arrays(again)):
        trial.fault(first.where, "two calls return the same array: make a new one in every call")
    for example in examples:
        if example["edge"]:
            run = _run(trial, example)
            if not all(run.right(k) for k in range(len(run.got))):
                seen = "wrong here, though right on ordinary inputs"
                raise MistakeError(run.where, seen, returned=_named(trial, run.value))
    if not trial.misshapen:
        trial.earned |= {"curve"}
    for example in trial.exercise["refused"]:
        refuses(trial, example["name"], *_arguments(example))


def _right(runs: Sequence[Run]) -> list[bool]:
    """For each component whether it is right in all runs."""
    return [all(run.right(k) for run in runs) for k in range(len(runs[0].got))]


def _run(trial: Trial, example: dict[str, Any]) -> Run:
    arguments = _arguments(example)
    expected = tuple(np.array(part, float) for part in example["expected"])
    where = example["name"]
    value = trial.call(where, *arguments)
    names = trial.exercise["components"]
    found = [value] if len(expected) == 1 else _several(trial, value, expected, where)
    got = []
    for name, item, wanted in zip(names, found, expected, strict=True):
        label = name if len(expected) > 1 else "it"
        got.append(_aligned(trial, where, label, item, wanted.shape, value))
    return Run(where, arguments, value, tuple(got), expected, tuple(example["scale"]))


def _arguments(example: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(np.array(a) if isinstance(a, list) else a for a in example["arguments"])


def _several(trial: Trial, value: Any, expected: Sequence[np.ndarray], where: str) -> list[Any]:
    names = trial.exercise["components"]
    asked = f"({', '.join(names)})"
    if not isinstance(value, tuple | list) or len(value) != len(expected):
        raise MistakeError(where, returned(_kind(value), f"a tuple {asked}"))
    shapes = [_shape(item) for item in value]
    wanted = [part.shape for part in expected]
    if shapes != wanted and shapes == wanted[::-1]:
        seen = f"the shapes are {show(tuple(shapes))}; expected {show(tuple(wanted))}"
        raise MistakeError(where, seen, f"The order is reversed: return {asked}.")
    return list(value)


def _aligned(
    trial: Trial, where: str, label: str, item: Any, shape: tuple[int, ...], value: Any
) -> np.ndarray:
    """The numbers in the shape asked for; a shape that only needs turning is noted as a fault."""
    found = _shape(item)
    asked = f"shape {shape}" if shape else "a number"
    if found is None:
        raise MistakeError(where, f"{label} is {_kind(item)}; expected {asked}")
    array = np.asarray(item).astype(float)
    if found == shape:
        return array
    text = misshapen(label, found, asked)
    if array.size != int(np.prod(shape)):
        likely = s.which_axis(trial.exercise["sizes"]) if len(shape) < 2 and array.size > 1 else ""
        raise MistakeError(where, text, likely, returned=_named(trial, value))
    trial.fault(where, text)
    trial.misshapen = True
    return array.T if found[::-1] == shape else array.reshape(shape)


def _shape(item: Any) -> tuple[int, ...] | None:
    """The shape of something that is made of numbers, or None."""
    array = array_of(item)
    return array.shape if array is not None and array.size else None


def _kind(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def _named(trial: Trial, value: Any) -> str:
    names = trial.exercise["components"]
    if len(names) == 1 or not isinstance(value, tuple | list):
        return show(value)
    return ", ".join(f"{name} = {show(item)}" for name, item in zip(names, value, strict=True))


# -- what a difference looks like


def _wrong(trial: Trial, run: Run, runs: Sequence[Run], wrong: Sequence[int]) -> MistakeError:
    names = trial.exercise["components"]
    loss = _loss(trial)
    seen, likely = [], []
    for k in wrong:
        label = f"{names[k]}: " if len(names) > 1 else ""
        seen.append(label + _seen(trial, run, k, loss))
        fits = _mistakes(trial, runs, k, loss)
        if len(fits) == 1:
            likely.append(label + fits[0])
    texts = {text.partition(": ")[2] if len(names) > 1 else text for text in likely}
    if len(texts) == 1 and len(likely) == len(wrong):
        likely = [*texts]
    lines = {"returned": _named(trial, run.value)}
    if run.where == published.WORKED:
        lines["expected"] = _named(trial, run.expected if len(names) > 1 else run.expected[0])
    right = [names[k] for k in range(len(names)) if k not in wrong]
    if right:
        seen.append(f"{' and '.join(right)} is right")
    return MistakeError(run.where, "; ".join(seen), " ".join(likely), **lines)


def _seen(trial: Trial, run: Run, k: int, loss: Callable[..., Any] | None) -> str:
    got, expected = run.got[k], run.expected[k]
    if not np.all(np.isfinite(got)):
        return "there is nan or inf in it"
    right = "the right value"
    if loss is not None:
        name, positions = _loss_name(trial), trial.exercise["gradient_of"][1]
        slope = numerical_gradient(loss, run.arguments, positions[k : k + 1])
        if np.allclose(slope, expected, rtol=1e-4, atol=1e-5 * run.scale[k]):
            right = f"the slope of {name}, measured by central differences"
    if run.close(k, expected, 1e-5):
        return f"nearly {right}, off by at most {np.max(np.abs(got - expected)):.1e}: rounded?"
    telling = np.abs(expected) > 1e-3 * run.scale[k]
    ratios = got[telling] / expected[telling]
    if ratios.size == 0:
        return f"it is not {right}"
    if np.ptp(ratios) <= 1e-6 * np.max(np.abs(ratios)) and run.close(k, ratios.mean() * expected, 1e-6):
        everywhere = " in every component" if got.size > 1 else ""
        return f"{ratios.mean():.6g} times {right}{everywhere}"
    return f"the ratio to {right} is {show(ratios.ravel())}, not one factor"


def _loss(trial: Trial) -> Callable[..., Any] | None:
    """The loss whose slope is asked for, where the student can already rely on it.

    It is one of the student's functions, or one of a module in the kit; what that takes by keyword alone are
    the student's functions of these names.
    """
    if not trial.exercise["gradient_of"]:
        return None
    name, own = trial.exercise["gradient_of"][0], trial.namespace
    module, _, function = name.rpartition(".")
    of_the_kit = getattr(published.module(module), function) if module else None
    needs = inspect.getfullargspec(of_the_kit).kwonlyargs if of_the_kit else [name]
    if not all(part in published.exercises() and part in own and is_right(part, trial) for part in needs):
        return None
    return partial(of_the_kit, **{part: own[part] for part in needs}) if of_the_kit else own[name]


def _loss_name(trial: Trial) -> str:
    return str(trial.exercise["gradient_of"][0]).rpartition(".")[2]


_Guess = Callable[[Run, int], Any]


def _mistakes(trial: Trial, runs: Sequence[Run], k: int, loss: Callable[..., Any] | None) -> list[str]:
    """Sentences of the mistakes that explain component k on all inputs; specific ones before general ones."""
    own = _known_here(trial, runs)
    others = [other for other in range(len(runs[0].got)) if other != k]
    for guesses in (own, _specific(trial), _other_than_the_slope(trial, loss), _general()):
        fits = [text for text, guess in guesses.items() if _tells(guess, runs, k) and _gives(guess, runs, k)]
        if guesses is own and len(fits) > 1:  # one of them may explain the other components as well
            fits = [text for text in fits if all(_gives(own[text], runs, other) for other in others)]
        if fits:
            return fits
    return []


def _gives(guess: _Guess, runs: Sequence[Run], k: int) -> bool:
    """Whether component k is what a mistake would make of it, on all inputs."""
    for run in runs:
        values = guess(run, k)
        if values is None or np.shape(values) != run.got[k].shape or not run.close(k, values, 1e-6):
            return False
    return True


def _tells(guess: _Guess, runs: Sequence[Run], k: int) -> bool:
    """Whether a mistake would show in component k at all."""
    predictions = [(run, guess(run, k)) for run in runs]
    return not all(
        values is None or np.allclose(values, run.expected[k], rtol=1e-6, atol=0)
        for run, values in predictions
        if values is None or np.shape(values) == run.expected[k].shape
    )


def _known_here(trial: Trial, runs: Sequence[Run]) -> dict[str, _Guess]:
    """Mistakes of this exercise alone, with what they give in each run."""
    places = {id(run): place for place, run in enumerate(runs)}

    def guess(values: Sequence[Any]) -> _Guess:
        return lambda run, k: np.array(values[places[id(run)]][k], float)

    return {mistake["sentence"]: guess(mistake["values"]) for mistake in trial.exercise["mistakes"]}


def _specific(trial: Trial) -> dict[str, _Guess]:
    words = trial.exercise["words"]
    of_all = {
        s.TWICE: _times(2),
        s.HALF: _times(0.5),
        s.SIGN: _times(-1),
        s.SUMMED: _times_examples(1),
        s.AVERAGED_TWICE: _times_examples(-1),
        s.SUMMED_TWICE: _times_examples(1, 2),
        f"{s.AVERAGED_TWICE} And there is one factor 2 too many.": _times_examples(-1, 2),
        s.OVER_ENTRIES: _times_examples(0, features=-1),
        s.OVER_FEATURES: _times_examples(1, features=-1),
    }
    guesses: dict[str, _Guess] = {
        **{text.format(**words): guess for text, guess in of_all.items()},
        sentence(s.SIGN_TWICE): _times(-2),
        sentence(s.SIGN_HALF): _times(-0.5),
    }
    for position, name in enumerate(trial.parameters):
        guesses[s.as_given(name)] = _argument(position)
        guesses[f"A factor {name} is missing."] = _scaled_by(position, lambda x: 1 / x)
        guesses[f"There is one factor {name} too many."] = _scaled_by(position, lambda x: x)
        guesses[f"{name} is left out."] = _moved_by(position, -1)
        guesses[f"{name} has the wrong sign."] = _moved_by(position, -2)
    return guesses


def _other_than_the_slope(trial: Trial, loss: Callable[..., Any] | None) -> dict[str, _Guess]:
    guesses: dict[str, _Guess] = {}
    if loss is not None:
        of, positions = _loss_name(trial), trial.exercise["gradient_of"][1]
        guesses[f"That is the value of {of} itself; expected its slope."] = lambda run, k: loss(
            *run.arguments
        )
        for position, name in enumerate(trial.parameters):
            if position not in positions:
                guesses[f"That is the slope along {name}."] = _slope_along(loss, position)
    return guesses


def _general() -> dict[str, _Guess]:
    def stretched(run: Run, k: int) -> Any:
        expected, length = run.expected[k], float(np.linalg.norm(run.got[k]))
        if expected.ndim != 1 or abs(np.linalg.norm(expected) - 1) > 1e-9:
            return None
        return expected * length * np.sign(expected @ run.got[k])

    return {"The length is wrong: a direction has length 1.": stretched}


def _times(factor: float) -> _Guess:
    return lambda run, k: factor * run.expected[k]


def _times_examples(power: int, factor: float = 1, features: int = 0) -> _Guess:
    """The right value times powers of n and d, where there is a matrix X of shape (n, d)."""

    def guess(run: Run, k: int) -> Any:
        matrix = next((a for a in run.arguments if np.ndim(a) == 2), None)
        if matrix is None or run.got[k].shape == matrix.shape:
            return None
        n, d = (float(size) for size in matrix.shape)
        return factor * run.expected[k] * n**power * d**features

    return guess


def _scaled_by(position: int, change: Callable[[float], float]) -> _Guess:
    def guess(run: Run, k: int) -> Any:
        number = _number(run, position)
        return None if number is None else change(number) * run.expected[k]

    return guess


def _argument(position: int) -> _Guess:
    return lambda run, k: run.arguments[position] if position < len(run.arguments) else None


def _moved_by(position: int, factor: float) -> _Guess:
    def guess(run: Run, k: int) -> Any:
        number = _number(run, position)
        return None if number is None else run.expected[k] + factor * number

    return guess


def _number(run: Run, position: int) -> float | None:
    """An argument that is a single number; None where it is an array, or left out."""
    if position >= len(run.arguments) or np.ndim(run.arguments[position]):
        return None
    return float(run.arguments[position])


def _slope_along(loss: Callable[..., Any], position: int) -> _Guess:
    return lambda run, k: (
        numerical_gradient(loss, run.arguments, [position]) if np.ndim(run.arguments[position]) == 0 else None
    )
