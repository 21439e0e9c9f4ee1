"""A function of our own in the place of a submission: it is called here, without a sandbox.

What goes in and what comes out is written and read as if it crossed to one, so that a judge sees what it sees
of students: copies, plain numbers, and nothing that could not be sent.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np

from autograder.sandbox.host import Batch, Loaded, Outcome, Raised, Request, Returned, Unsendable, prepare
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.runner import sendable


class InProcess:
    """Stands for a sandbox, and for its one session, with one function in it."""

    level = "none"

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.loaded = Loaded(frozenset({name}))
        self._loaded = copy.deepcopy(function)
        self._function = copy.deepcopy(function)
        self._generators: dict[int, np.random.Generator] = {}

    def session(self, *_cells: Any) -> Self:
        """Whatever is to be loaded: it is this one function that answers."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        pass

    def printed(self) -> str:
        """Nothing is caught."""
        return ""

    def call(
        self,
        function: str,
        calls: Sequence[tuple[Any, ...]],
        bind: Mapping[str, Callable[..., Any]] | None = None,
    ) -> list[Outcome]:
        """One outcome for each tuple of arguments.

        Parameters
        ----------
        function
            A name; whatever it is, the one function is called.
        calls
            The arguments of each call, which gets copies of its own.
        bind
            Names that shall mean other callables; they change nothing here.
        """
        return self.collect(self.send(prepare(function, calls, bind)))

    def send(self, request: Request) -> Batch:
        """Calls and their outcomes at once."""
        decoder = wire.Decoder(
            self._generator, lambda number: request.callables[number], lambda sent: sent.callable
        )
        content = decoder.decode(request.frame[wire.HEADER_SIZE :])
        return Batch(request, [self._outcome(arguments) for arguments in content["calls"]])

    def collect(self, batch: Batch) -> list[Outcome]:
        """They are known."""
        return list(batch.outcomes)

    def trace(self, _function: str, _arguments: tuple[Any, ...]) -> Any:
        """No formula is read of a function that is made of one."""
        return None

    def restart(self) -> None:
        """A new process would have new generators, and the function as it was at first."""
        self._generators.clear()
        self._function = copy.deepcopy(self._loaded)

    def _generator(self, key: int, seed: int) -> np.random.Generator:
        return self._generators.setdefault(key, np.random.default_rng(seed))

    def _outcome(self, arguments: tuple[Any, ...]) -> Outcome:
        before = {k: a.copy() for k, a in enumerate(arguments) if isinstance(a, np.ndarray)}
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            try:
                value = self._function(*arguments)
            except Exception as error:
                kinds = tuple(kind.__name__ for kind in type(error).__mro__)
                return Raised(kinds, str(error))
        arrays = {k: a for k, a in enumerate(arguments) if isinstance(a, np.ndarray)}
        changed = tuple(k for k, a in arrays.items() if not np.array_equal(a, before[k], equal_nan=True))
        parts = value if isinstance(value, tuple | list) else (value,)
        results = [part for part in parts if isinstance(part, np.ndarray)]
        shared = any(np.may_share_memory(a, part) for a in arrays.values() for part in results)
        try:
            crossed = wire.Decoder().decode(wire.encoded(sendable(value)))
        except wire.UnsendableError as error:
            return Unsendable(str(error))
        told = tuple(dict.fromkeys(str(warning.message) for warning in caught))
        return Returned(crossed, changed, "argument" if shared else "", told)
