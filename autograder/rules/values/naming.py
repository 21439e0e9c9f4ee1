"""What is told of a component that is wrong: the mistake that explains it, on fresh inputs too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.trial import Trial
from autograder.rules.values import exchanged, special
from autograder.rules.values.again import AskedAgain, ask_again
from autograder.rules.values.axes import axes_of, sizes_of
from autograder.rules.values.compared import Answered
from autograder.rules.values.declared import Declared
from autograder.rules.values.diagnosis import diagnose
from autograder.rules.values.evidence import Evidence
from autograder.sandbox.host import Fault, Raised


class Naming:
    """Names the mistakes of one exercise of one submission.

    Asks the student's function further questions, so it is for a process that has heard no answers: where
    names stand for others (`Trial.bind`) nothing is named, as no word of that judging is told.
    """

    def __init__(self, rule: Declared, trial: Trial, compared: Sequence[Answered]) -> None:
        self._rule, self._trial, self._compared = rule, trial, compared

    def of_component(self, k: int) -> Misconception | None:
        """The mistake that explains a component on every input; None where none does, or more than one."""
        if self._trial.bind:
            return None
        first = _evidence(self._rule, self._compared, k)
        if first is None or not first:
            return self.of_order
        fresh = _fresh(self._rule, self._again, k) if self._again else None
        if fresh is None:
            return self.of_order
        own = self._own(k, first, fresh)
        if len({each.name for each in own}) > 1:
            return None
        return diagnose(self._rule, k, first, own[:1], fresh) or self.of_order

    def of_edge(self, edges: Sequence[Answered], k: int) -> Misconception | None:
        """The mistake that explains a component on special inputs, where the ordinary ones are right.

        Parameters
        ----------
        edges
            The outcomes of all special inputs.
        k
            The component's position, from 0.
        """
        again = None if self._trial.bind else self._again
        if again is None:
            return None
        ordinary = _evidence(self._rule, self._compared, k)
        fresh, others = _fresh(self._rule, again, k), _readable(self._rule, edges, k)
        if ordinary is None or fresh is None:
            return None
        return special.name_of(self._rule, k, ordinary, [*others, *fresh])

    @cached_property
    def of_order(self) -> Misconception | None:
        """Arguments, or results, in another order; what ended its process tells nothing of that."""
        if self._trial.bind or any(isinstance(each.outcome, Fault) for each in self._compared):
            return None
        found = exchanged.results(self._rule, self._compared)
        values = [each for each in self._compared if not isinstance(each.outcome, Raised)]
        if found is None and not (values and self._is_whole):
            found = exchanged.parameters(self._rule, self._compared, self._trial)
        return found

    @property
    def _is_whole(self) -> bool:
        """Whether some component is right: another order would not leave it so."""
        components = range(len(self._rule.reference.components))
        return any(all(each.holds(k) for each in self._compared) for k in components)

    @cached_property
    def _again(self) -> AskedAgain | None:
        return ask_again(self._rule, self._trial)

    def _own(self, k: int, first: Sequence[Evidence], fresh: Sequence[Evidence]) -> list[Misconception]:
        """The exercise's own misconceptions that explain a component; of several those that explain the
        others as well."""
        rule = self._rule
        fits = {
            each.name: each
            for each in (*rule.misconceptions, *rule.special)
            if special.explains(rule, each, k, first)
            and special.explains(rule, each, k, fresh, where_finite=True)
        }
        own = [*fits.values()]
        if len(own) < 2:
            return own
        others = [other for other in range(len(self._rule.reference.components)) if other != k]
        seen = {other: _evidence(self._rule, self._compared, other) for other in others}
        return [
            each
            for each in own
            if all(
                found and special.explains(self._rule, each, other, found) for other, found in seen.items()
            )
        ]


def _evidence(rule: Declared, compared: Sequence[Answered], k: int) -> list[Evidence] | None:
    """One component on all inputs; None where there are no values on one of them."""
    found = []
    for each in compared:
        values = each.parts[k].values if each.parts else None
        if values is None:
            return None
        n, d = axes_of(rule.reference, k).sizes(sizes_of(rule.reference, each.arguments))
        right = np.asarray(each.expected[k], float)
        found.append(Evidence(each.arguments, values, right, each.scales[k], n, d))
    return found


def _readable(rule: Declared, compared: Sequence[Answered], k: int) -> list[Evidence]:
    """One component on the inputs on which there are finite values, on both sides."""
    there = [each for each in compared if each.parts and each.parts[k].values is not None]
    found = _evidence(rule, there, k) or []
    return [each for each in found if np.isfinite(each.got).all() and np.isfinite(each.right).all()]


def _fresh(rule: Declared, again: AskedAgain, k: int) -> list[Evidence] | None:
    """The same of fresh inputs: on stretched ones what is not finite, on either side, says nothing."""
    plain, stretched = _evidence(rule, again.plain, k), _evidence(rule, again.stretched, k)
    if plain is None or stretched is None:
        return None
    finite = [each for each in stretched if np.isfinite(each.got).all() and np.isfinite(each.right).all()]
    return list(chain(plain, finite))


def not_finite(values: np.ndarray, warnings: Sequence[str]) -> Misconception:
    """NaN, or infinity; ``{where}`` in the sentence stands for the input.

    Parameters
    ----------
    values
        A component that came back; at least one of its numbers is NaN or infinite.
    warnings
        Those of NumPy in the same call; the first one is told.
    """
    warned = f" NumPy warned: {warnings[0]}.".replace("{", "(").replace("}", ")") if warnings else ""
    if np.isnan(values).any():
        text = "is NaN with {where}: there is a 0/0, an ∞ − ∞, or a root or logarithm of a negative number."
        return Misconception("not_a_number", text + warned)
    text = "is infinite with {where}: is something divided by 0, or does an exponential overflow?"
    return Misconception("infinite", text + warned)
