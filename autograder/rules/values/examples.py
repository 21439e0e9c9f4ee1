"""What the kit's check compares with: the worked example first, then other inputs that the rubric declares.

They are drawn from a seed that everybody may know, which no student's grade is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.errors import HomeworkError
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.trial import Task
from autograder.kit.published import WORKED
from autograder.rules.values.axes import in_order, summed_axes, words_of
from autograder.rules.values.declared import Declared

_PUBLIC_SEED = 2026


def public_examples(rule: Declared, task: Task) -> dict[str, Any]:
    """Inputs and what is right for them, as JSON.

    Parameters
    ----------
    rule
        Gives the probes, the edge cases, what is right, and the exercise's own misconceptions.
    task
        Gives the worked example, and the loss whose gradient is asked for.

    Raises
    ------
    HomeworkError
        When there is no worked example, or one that the reference cannot be called with.
    """
    reference, random = rule.reference, np.random.default_rng(_PUBLIC_SEED)
    found = [
        _worked(task, reference),
        *(_declared(task, reference, p.name, p.draw(random), edge=False) for p in rule.probes),
        *(_declared(task, reference, p.name, p.draw(random), edge=True) for p in rule.edges),
    ]
    ordinary = [example for example in found if not example["edge"]]
    return {
        "components": list(reference.components),
        "quiet": rule.quiet,
        "gradient_of": [task.gradient_of[0], list(task.gradient_of[1])] if task.gradient_of else None,
        "words": words_of(reference, summed_axes(reference)),
        "sizes": list(dict.fromkeys(str(index.size) for index in in_order(reference))),
        "examples": found,
        "mistakes": [_told(own, ordinary) for own in rule.misconceptions],
        "refused": [{"name": p.name, "arguments": [_short(a) for a in p.draw(random)]} for p in rule.refused],
    }


def _worked(task: Task, reference: Reference) -> dict[str, Any]:
    asked = ", ".join(reference.parameters)
    if not len(reference.required) <= len(task.example) <= len(reference.parameters):
        raise HomeworkError(
            f"The exercise {task.function} needs a worked example in rubric.py: example=({asked}), "
            f"{len(reference.required)} arguments, where {len(task.example)} are given."
        )
    return _declared(task, reference, WORKED, task.example, edge=False)


def _declared(
    task: Task, reference: Reference, name: str, drawn: Sequence[Any], *, edge: bool
) -> dict[str, Any]:
    try:
        with np.errstate(all="ignore"):
            return _example(reference, name, drawn, edge=edge)
    except (TypeError, ValueError, ArithmeticError) as error:
        asked = ", ".join(reference.parameters)
        what = "worked example" if name == WORKED else f"probe {name!r}"
        reason = str(error).rstrip(".")
        raise HomeworkError(
            f"The {what} of {task.function} in rubric.py does not fit ({asked}): {reason}."
        ) from None


def _example(reference: Reference, name: str, drawn: Sequence[Any], *, edge: bool) -> dict[str, Any]:
    written = _short if name != WORKED else _whole
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


def _told(own: Misconception, ordinary: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What a wrong formula gives on the ordinary examples: numbers, as the formula itself would tell more."""
    values = []
    for example in ordinary:
        value = own(*_called(example["arguments"]))
        several = value if len(example["expected"]) > 1 else (value,)
        if not all(np.isfinite(np.asarray(part, float)).all() for part in several):
            raise HomeworkError(
                f"The misconception {own.name!r} in rubric.py gives nan or infinity for "
                f"{example['name']!r}: change its function, or the example."
            )
        values.append([_rounded(*pair) for pair in zip(several, example["scale"], strict=True)])
    return {"sentence": own.sentence, "values": values}


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
