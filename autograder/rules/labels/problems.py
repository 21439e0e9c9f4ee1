"""What can be wrong with how an exercise is declared: found before anyone is graded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from autograder.homework import Probe
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference


def problems(
    reference: Reference,
    kinds: Mapping[str, tuple[Probe, ...]],
    edges: Sequence[Probe],
    misconceptions: Sequence[Misconception],
) -> Iterator[str]:
    """Each fault as a sentence that says what to do.

    Parameters
    ----------
    reference
        Takes the arguments of a probe, and returns the right word.
    kinds
        Check → its probes.
    edges
        Probes of special inputs.
    misconceptions
        The rubric's own; each has a function.
    """
    if not kinds or not all(kinds.values()):
        yield "one of its kinds has no probes: give each of them some"
        return
    random = np.random.default_rng(0)
    words: dict[str, str] = {}
    for probe in [*(probe for probes in kinds.values() for probe in probes), *edges]:
        try:
            words[probe.name] = reference(*probe.draw(random))
        except Exception as error:
            yield f"the probe {probe.name!r} cannot be used: {type(error).__name__}: {error}"
            return
        if not isinstance(words[probe.name], str):
            yield f"its reference returns no text for the probe {probe.name!r}: return one of a few words"
            return
    if len(set(words.values())) < 2:
        yield "its probes all have the same word: a function that always returns it would be right"
    for own in misconceptions:
        if own.function is None:
            yield f"its misconception {own.name!r} has no function: give one that takes its arguments"
            continue
        try:
            found = {
                own(*arguments) == reference(*arguments)
                for probes in kinds.values()
                for probe in probes
                for arguments in [probe.draw(np.random.default_rng(0))]
            }
        except Exception as error:
            yield f"its misconception {own.name!r} cannot be tried: {type(error).__name__}: {error}"
            continue
        if found == {True}:
            yield f"its misconception {own.name!r} is right on all probes: add one that tells it apart"
