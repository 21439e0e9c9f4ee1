"""What a kit's checks need to know, as JSON: for each exercise what its rule publishes, and the hints; and
what can be guessed, without the answers."""

from __future__ import annotations

from typing import Any

from autograder.homework import Exercise, Homework
from autograder.judging.rule import folder


def examples(homework: Homework) -> dict[str, Any]:
    """The content of a kit's ``examples.json``.

    Raises
    ------
    HomeworkError
        When a rule cannot publish what its check needs.
    """
    exercises = {exercise.function: _entry(exercise) for exercise in homework.exercises}
    guesses = {guess.name: {"choices": list(guess.choices), "unit": guess.unit} for guess in homework.guesses}
    return {
        "homework": homework.name,
        "title": homework.title,
        "exercises": exercises,
        "guesses": guesses,
        "guess_points": homework.guess_points,
    }


def _entry(exercise: Exercise) -> dict[str, Any]:
    return {
        "rule": folder(exercise.rule).name,
        "slide": exercise.slide,
        "hint": exercise.hint,
        "operation": exercise.operation,
        "points": dict(exercise.points),
        "parameters": list(exercise.rule.parameters),
        "quiet": False,
        **exercise.rule.public_examples(exercise),
    }
