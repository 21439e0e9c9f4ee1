"""One exercise with the student's function, and what can be wrong with it."""

from __future__ import annotations

import copy
import traceback
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .sentences import SILENCES, changes, shares
from . import published
from .results import arrays
from .named import named

# Checks that an ordinary call alone does not settle.
_BESIDE_THE_VALUES = {"edges", "form", "curve"}


class MistakeError(Exception):
    """What is wrong with an exercise: where it was seen, and the lines that say it."""

    def __init__(self, where: str, seen: str, likely: str = "", **lines: str) -> None:
        super().__init__(seen)
        self.where = where
        self.lines = {**lines, "seen": seen, "likely": likely}


class NotWrittenError(Exception):
    """A function is still the stub; its name is the argument."""


class Trial:
    """One exercise with the student's function: calls it politely, and notes what it does on the side."""

    def __init__(self, name: str, namespace: Mapping[str, Any]) -> None:
        self.name = name
        self.namespace = namespace
        self.function = namespace[name]
        self.exercise = published.exercises()[name]
        self.parameters: list[str] = self.exercise["parameters"]
        self.warned: dict[str, str] = {}
        self.faults: list[MistakeError] = []
        self.misshapen = False  # a result has another shape than it should
        self.drawn = False  # something was drawn from a generator that it was given
        self.earned: set[str] = set()  # the checks whose points are sure, whatever is found later

    def call(self, where: str, *arguments: Any) -> Any:
        """The result for these arguments, which the function gets as copies of its own.

        Raises
        ------
        MistakeError
            When the function raises; NotWrittenError when it is still the stub.
        """
        generators = [a for a in arguments if isinstance(a, np.random.Generator)]
        states = [*map(_state, generators)]
        given = [copy.deepcopy(a) if isinstance(a, np.ndarray) else named(a) for a in arguments]
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            before = np.geterr()
            try:
                value = self.function(*given)
            except NotImplementedError as error:
                raise NotWrittenError(_innermost(error, self.name)) from None
            except (Exception, SystemExit) as error:
                raise MistakeError(where, f"it stops: {_explain(error)}", _likely(error)) from error
            if np.geterr() != before:
                self.fault(where, SILENCES)
        self.drawn = self.drawn or states != [*map(_state, generators)]
        for warning in caught:
            self.warned.setdefault(str(warning.message), where)
        for parameter, mine, yours in zip(self.parameters, arguments, given, strict=False):
            if isinstance(mine, np.ndarray):
                if not np.array_equal(mine, yours):
                    self.fault(where, changes(parameter))
                if any(np.shares_memory(part, yours) for part in arrays(value)):
                    self.fault(where, shares(f"the argument {parameter}"))
        return value

    def fault(self, where: str, text: str, **lines: str) -> None:
        """Note what is wrong beside the values; it counts where the values are right.

        Parameters
        ----------
        where
            What the function was called with.
        text
            What is wrong, as it goes on after "right values, but".
        **lines
            What stands beside it, by the word in front: what was returned.
        """
        self.faults.append(MistakeError(where, f"right values, but {text}", **lines))

    def raise_faults(self) -> None:
        """Stop at the first fault that was noted.

        Raises
        ------
        MistakeError
            When there is one.
        """
        for fault in self.faults:
            raise fault

    @property
    def right_so_far(self) -> bool:
        """Whether all is right on ordinary inputs; what is wrong then is seen on special ones alone."""
        return self.earned >= {*self.exercise["points"]} - _BESIDE_THE_VALUES


def refuses(trial: Trial, where: str, *arguments: Any) -> None:
    """Make sure that the function raises a ValueError for these arguments.

    Parameters
    ----------
    trial
        Of the student's function.
    where
        What is special about the arguments, as the message says it.
    *arguments
        Of the call.

    Raises
    ------
    MistakeError
        When no error comes, or another one.
    NotWrittenError
        When the function is still the stub.
    """
    try:
        trial.call(where, *arguments)
    except MistakeError as mistake:
        if isinstance(mistake.__cause__, ValueError):
            return
        raise
    raise MistakeError(where, "no error was raised; expected a ValueError")


def _state(rng: np.random.Generator) -> str:
    """Of a generator, with how many others were made of it."""
    seeds = rng.bit_generator.seed_seq
    return f"{rng.bit_generator.state} {getattr(seeds, 'n_children_spawned', 0)}"


def _innermost(error: BaseException, name: str) -> str:
    """The exercise whose stub raised: the last one on the way there."""
    frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    return next((frame for frame in reversed(frames) if frame in published.exercises()), name)


def _likely(error: BaseException) -> str:
    if "Cannot cast ufunc" in str(error):
        return "An array of integers cannot take floats: make a new array instead."
    if type(error) is NameError:
        return (
            f"Is {error.name} misspelled? Use the function's arguments: the experiments' data are not "
            "available in grading."
        )
    return ""


def _explain(error: BaseException) -> str:
    own = Path(__file__).name
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).name != own]
    line = next((frame.line for frame in reversed(frames) if frame.line), "")
    text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return f"{text} (at “{line}”)" if line else text
