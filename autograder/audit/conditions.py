"""Solutions that are wrong only where something holds of an argument, and whether anything asked has it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.audit import special
from autograder.audit.mutation import Mutant
from autograder.sandbox.host import Request
from autograder.sandbox.inside import wire

_WRAPPED = """
import types as _types
_special = _types.ModuleType("special")
exec({special!r}, _special.__dict__)
_right = {name}

def {name}({parameters}):
    odd = _special.{condition}({parameter})
    value = _right({passed})
    return _special.wrong(value) if odd else value
"""


@dataclass(frozen=True)
class Condition:
    """Something that may hold of one argument."""

    place: int
    parameter: str
    holds: Callable[[Any], bool]

    @property
    def told(self) -> str:
        """As in "an entry of w is 0"."""
        return str(inspect.getdoc(self.holds)).format(self.parameter)

    def is_met(self, calls: Sequence[tuple[Any, ...]]) -> bool:
        """Whether it holds in one of these calls."""
        with np.errstate(all="ignore"):
            return any(len(call) > self.place and self.holds(call[self.place]) for call in calls)


def conditions(parameters: Sequence[str], calls: Sequence[tuple[Any, ...]]) -> Iterator[Condition]:
    """All conditions on a function's arguments, of the kinds that they have in these calls.

    Parameters
    ----------
    parameters
        Names of the arguments, in order.
    calls
        The arguments of each; the last ones may be left out.
    """
    for place, parameter in enumerate(parameters):
        for holds in special.special_of([call[place] for call in calls if len(call) > place]):
            yield Condition(place, parameter, holds)


def wrong_where(text: str, condition: Condition) -> Mutant:
    """The function that a text defines, wrong where a condition holds.

    Parameters
    ----------
    text
        Code with just one function at its top level.
    condition
        Of one of the function's arguments.
    """
    (function,) = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    wrapper = _WRAPPED.format(
        special=inspect.getsource(special),
        name=function.name,
        parameters=ast.unparse(function.args),
        condition=condition.holds.__name__,
        parameter=condition.parameter,
        passed=", ".join(argument.arg for argument in function.args.args),
    )
    return Mutant(1, "the solution", f"wrong where {condition.told}", text + wrapper)


def asked_in(requests: Sequence[Request], function: str) -> list[tuple[Any, ...]]:
    """The arguments of the calls of a function in requests: callables and generators are None.

    Parameters
    ----------
    requests
        Calls of any functions.
    function
        The name of the one whose calls are read.
    """
    calls: list[tuple[Any, ...]] = []
    for request in requests:
        if request.function == function:
            decoder = wire.Decoder(lambda *_: None, lambda _: None, lambda _: None)
            calls += decoder.decode(request.frame[wire.HEADER_SIZE :])["calls"]
    return calls
