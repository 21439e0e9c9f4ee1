"""What a kit's checks compare with: the worked example first, then other inputs that the rubric declares.

They are drawn from a seed that everybody may know, which no student's grade is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.homework import (
    ChooseLambda,
    Exercise,
    GradientDescent,
    GradientNoise,
    Homework,
    Minibatches,
    Misconception,
    Reference,
    SgdEpoch,
    Split,
    Train,
    Values,
)
from autograder.release.source import ReleaseError

_PUBLIC_SEED = 2026
# The kit's checks know the first example by this name.
_WORKED = "the worked example of its docstring"
# Names of the rules in the kit, and of the arguments where no reference names them.
_RULES: dict[type, tuple[str, tuple[str, ...]]] = {
    Values: ("values", ()),
    GradientDescent: ("gradient_descent", ("gradient", "v0", "lr", "steps")),
    Minibatches: ("minibatches", ("n", "batch_size", "rng")),
    SgdEpoch: ("sgd_epoch", ("X", "y", "w", "b", "lr", "batch_size", "rng", "gradient")),
    Train: ("train", ("epoch", "loss", "w", "b", "max_epochs", "tolerance")),
    GradientNoise: ("gradient_noise", ("X", "y", "w", "b", "batch_size", "draws", "rng", "gradient")),
    Split: ("train_validation_test_split", ("n", "validation", "test", "rng")),
    ChooseLambda: ("choose_lambda", ("X_train", "y_train", "X_val", "y_val", "lambdas", "fit", "loss")),
}


def examples(homework: Homework) -> dict[str, Any]:
    """The content of a kit's ``examples.json``.

    Raises
    ------
    ReleaseError
        When an exercise has no worked example, or one that its reference cannot be called with.
    """
    exercises = {exercise.function: _entry(exercise) for exercise in homework.exercises}
    return {"homework": homework.name, "title": homework.title, "exercises": exercises}


def _entry(exercise: Exercise) -> dict[str, Any]:
    rule = exercise.rule
    name, parameters = _RULES[type(rule)]
    entry: dict[str, Any] = {
        "rule": name,
        "slide": exercise.slide,
        "hint": exercise.hint,
        "operation": exercise.operation,
        "points": dict(exercise.points),
        "parameters": list(parameters),
        "components": ["value"],
        "gradient_of": None,
        "quiet": False,
        "examples": [],
        "refused": [],
        "mistakes": [],
    }
    if isinstance(rule, Values):
        reference = rule.reference
        random = np.random.default_rng(_PUBLIC_SEED)
        entry["parameters"], entry["components"] = list(reference.parameters), list(reference.components)
        entry["quiet"] = rule.quiet
        if exercise.gradient_of is not None:
            entry["gradient_of"] = [exercise.gradient_of[0], list(exercise.gradient_of[1])]
        entry["examples"] = [
            _worked(exercise, reference),
            *(_declared(exercise, reference, p.name, p.draw(random), edge=False) for p in rule.probes),
            *(_declared(exercise, reference, p.name, p.draw(random), edge=True) for p in rule.edges),
        ]
        ordinary = [example for example in entry["examples"] if not example["edge"]]
        entry["mistakes"] = [_mistake(mistake, ordinary) for mistake in rule.misconceptions]
        entry["refused"] = [
            {"name": p.name, "arguments": [_short(a) for a in p.draw(random)]} for p in rule.refused
        ]
    return entry


def _worked(exercise: Exercise, reference: Reference) -> dict[str, Any]:
    asked = ", ".join(reference.parameters)
    if not len(reference.required) <= len(exercise.example) <= len(reference.parameters):
        raise ReleaseError(
            f"The exercise {exercise.function} needs a worked example in rubric.py: example=({asked}), "
            f"{len(reference.required)} arguments, where {len(exercise.example)} are given."
        )
    return _declared(exercise, reference, _WORKED, exercise.example, edge=False)


def _declared(
    exercise: Exercise, reference: Reference, name: str, drawn: Sequence[Any], *, edge: bool
) -> dict[str, Any]:
    try:
        with np.errstate(all="ignore"):
            return _example(reference, name, drawn, edge=edge)
    except (TypeError, ValueError, ArithmeticError) as error:
        asked = ", ".join(reference.parameters)
        what = "worked example" if name == _WORKED else f"probe {name!r}"
        reason = str(error).rstrip(".")
        raise ReleaseError(
            f"The {what} of {exercise.function} in rubric.py does not fit ({asked}): {reason}."
        ) from None


def _example(reference: Reference, name: str, drawn: Sequence[Any], *, edge: bool) -> dict[str, Any]:
    written = _short if name != _WORKED else _whole
    arguments = [written(argument) for argument in drawn]
    called = _called(arguments)
    value = reference(*called)
    several = value if len(reference.components) > 1 else (value,)
    scales = reference.scale(*called)
    if not all(np.isfinite(np.asarray(part, float)).all() for part in (*called, *several, *scales)):
        raise ValueError("there is nan or inf in it, or in what comes out")
    return {
        "name": name,
        "edge": edge,
        "arguments": arguments,
        "expected": [_rounded(part, scale) for part, scale in zip(several, scales, strict=True)],
        "scale": [float(f"{scale:.6g}") for scale in scales],
    }


def _mistake(mistake: Misconception, ordinary: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What a wrong formula gives on the ordinary examples: numbers, as the formula itself would tell more."""
    values = []
    for example in ordinary:
        value = mistake.formula(*_called(example["arguments"]))
        several = value if len(example["expected"]) > 1 else (value,)
        values.append([_rounded(*pair) for pair in zip(several, example["scale"], strict=True)])
    return {"sentence": mistake.sentence, "values": values}


def _called(arguments: Sequence[Any]) -> list[Any]:
    return [np.array(argument) if isinstance(argument, list) else argument for argument in arguments]


def _whole(argument: Any) -> Any:
    return np.asarray(argument).tolist()


def _short(argument: Any) -> Any:
    """An argument with four digits: they are read by people."""
    array = np.asarray(argument)
    if array.dtype.kind in "iu":
        return array.tolist()
    return np.array([float(f"{number:.4g}") for number in array.ravel()]).reshape(array.shape).tolist()


def _rounded(value: Any, scale: float) -> Any:
    """Expected values without the last digits, which differ between processors."""
    digits = 12 - math.ceil(math.log10(scale)) if scale > 0 else 12
    return (np.round(np.asarray(value, float), digits) + 0.0).tolist()
