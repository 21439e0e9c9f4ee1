"""What the release writes beside `checks.py`, for tests: the worked examples of a homework's rubric."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from autograder.homework import Values, load_homework

COURSE = Path(__file__).parents[2]


def _plain(value: Any) -> Any:
    return np.asarray(value, float).tolist() if np.ndim(value) else float(value)


def examples(name: str) -> dict[str, Any]:
    """The content of ``examples.json``."""
    homework = load_homework(name, COURSE)
    exercises = {}
    for exercise in homework.exercises:
        entry: dict[str, Any] = {
            "rule": type(exercise.rule).__name__,
            "points": exercise.max_score,
            "slide": exercise.slide,
            "hint": exercise.hint,
            "parameters": [],
            "components": ["value"],
            "arguments": [_plain(value) for value in exercise.example],
            "expected": [],
            "gradient_of": exercise.gradient_of,
            "quiet": False,
        }
        if isinstance(exercise.rule, Values):
            reference = exercise.rule.reference
            expected = reference(*exercise.example)
            several = expected if isinstance(expected, tuple) else (expected,)
            entry |= {
                "parameters": list(reference.parameters),
                "components": list(reference.components),
                "expected": [_plain(value) for value in several],
                "quiet": exercise.rule.quiet,
            }
        exercises[exercise.function] = entry
    return {"homework": name, "title": homework.title, "exercises": exercises}
