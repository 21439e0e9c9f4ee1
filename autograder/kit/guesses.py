"""Guesses before the experiments: noted in the notebook, and never told whether they are right."""

from __future__ import annotations

import math
import numbers
import reprlib
from typing import Any

from autograder.kit import published

_NEXT = "Now run the experiment, then open the debrief."
# The names of the guesses that were noted since the notebook was started.
_noted: set[str] = set()


def guess(name: str, answer: Any = None) -> None:
    """Note what you expect of an experiment, before you run it.

    What is printed says whether the guess can be read, not whether it is right: the debrief below the
    experiment does. A guess counts the same, right or wrong.

    Parameters
    ----------
    name : str
        Of the guess, as the notebook has it.
    answer : str or number
        One of the choices, or a number where one is asked for; None is no guess yet.
    """
    known = published.guesses()
    if not isinstance(name, str) or name not in known:
        print(f"There is no guess {_shown(name)} here: keep the name that the notebook has.")
        return
    choices, unit = known[name]["choices"], known[name]["unit"]
    if answer is None:
        asked = _listed(choices) if choices else f"a number{f' of {unit}' if unit else ''}"
        print(f"Commit before you run the experiment: write {asked} in the place of None, and run this cell.")
    elif choices:
        chosen = choice_of(answer)
        if chosen in choices:
            _noted.add(name)
            print(f"Noted: ({chosen}). {_NEXT}")
        else:
            asked = f"write {_listed(choices)}, with quotation marks"
            print(f"{_shown(answer)} is not one of the choices: {asked}.")
    else:
        number = number_of(answer)
        if number is None:
            print(f"{_shown(answer)} is not a number: write one such as 2.5, without quotation marks.")
        else:
            _noted.add(name)
            print(f"Noted: {number:g}{f' {unit}' if unit else ''}. {_NEXT}")


def so_far(points: float) -> str:
    """How many guesses are noted here, as far as the cells of this notebook were run, in a sentence or two.

    Parameters
    ----------
    points : float
        How many lost points all guesses give back at most, right or wrong; never more than half of them.
    """
    every = list(published.guesses())
    left = [name for name in every if name not in _noted]
    lost = f"{points:g} lost {'point' if points == 1 else 'points'}"
    said = (
        f"{len(every) - len(left)} of {len(every)} guesses are noted here. All together, right or wrong, "
        f"they make up for up to {lost}, and for half of what you lose at most."
    )
    return f"{said} Not yet: {', '.join(left)}." if left else said


def choice_of(answer: Any) -> str:
    """A choice without what people write around it: ``" (B)"`` is ``"b"``."""
    return answer[:100].strip(" ().").casefold() if isinstance(answer, str) else ""


def number_of(answer: Any) -> float | None:
    """A finite number, or None."""
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        return None
    try:
        number = float(answer)
    except (OverflowError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _listed(choices: list[str]) -> str:
    quoted = [f'"{choice}"' for choice in choices]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]])


def _shown(answer: Any) -> str:
    """What was written, on one short line."""
    try:
        return " ".join(reprlib.repr(answer).split())[:60]
    except Exception:  # its own __repr__, or an integer of too many digits
        return f"This {type(answer).__name__}"
