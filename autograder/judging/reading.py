"""Reads the formulas that functions compute: evidence beside the verdicts, never a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.judging.rule import Read, Reader
from autograder.judging.trial import Callee
from autograder.sandbox.host import Returned


def read(readers: Mapping[str, Reader], callee: Callee) -> Mapping[str, Mapping[str, Read]]:
    """For each function and each of its checks what it computes, where that can be read.

    Nothing can be asked of the submission afterwards: it has met traced stand-ins, and may keep references to
    them.

    Parameters
    ----------
    readers
        By the names of the functions that are read.
    callee
        The submission that has them.
    """
    returned: dict[str, Sequence[object]] = {}
    for function, reader in readers.items():
        outcomes = callee.call(function, reader.calls)
        values = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
        if len(values) == len(outcomes):
            returned[function] = values
    found = {}
    for function, results in returned.items():
        reader = readers[function]
        trace = callee.trace(function, reader.calls[0])
        found[function] = reader.read(trace, results) if trace is not None else {}
    return found
