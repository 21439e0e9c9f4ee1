"""Functions that are given functions: called with the referee's, and compared with a right function.

A rule about one of them declares the right function, wrong ones, and the calls; judging is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.cases import came_back, failed, parts_of, right_with, seen_with, the_only
from autograder.judging.misconception import Misconception
from autograder.judging.sentences import POLITE, not_refused, sentence
from autograder.judging.trial import Finding, Judged, Trial, failure, judge_form, not_yet, own, raises
from autograder.sandbox.host import Outcome, Returned


@dataclass(frozen=True)
class Call:
    """A call of the student's function.

    Parameters
    ----------
    name
        What is special about it, as in "with one start".
    arguments
        In the student's order.
    shown
        The arguments that an example shows, by name: a function has no text.
    """

    name: str
    arguments: tuple[Any, ...]
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Calls:
    """All calls of an exercise: ordinary ones, special ones, and those that must be refused."""

    ordinary: Sequence[Call]
    edges: Sequence[Call]
    refused: Sequence[Call] = ()


@dataclass(frozen=True)
class Simulated:
    """What a function is compared with.

    Parameters
    ----------
    right
        Takes the student's arguments; returns one value, or a tuple with one for each component.
    wrong
        Misconceptions with a function each.
    parameters, components
        Names of the arguments and of the results; ``("value",)`` for a single one.
    """

    right: Callable[..., Any]
    wrong: Sequence[Misconception]
    parameters: tuple[str, ...]
    components: tuple[str, ...] = ("value",)

    def judge(self, trial: Trial, calls: Calls) -> Judged:
        """Findings for the checks ``value``, ``edges`` and ``form``, and the outcomes of ordinary calls.

        Parameters
        ----------
        trial
            Of the student's function.
        calls
            What the function is called with: at least one ordinary call.
        """
        outcomes = trial.ask(*[call.arguments for call in calls.ordinary])
        value = self._compared(trial, calls.ordinary, outcomes)
        if not value.passed:
            return {"value": value} | not_yet("edges", "form"), outcomes
        others = [*calls.edges, *calls.refused]
        edge_outcomes = trial.ask(*[call.arguments for call in others])
        count = len(calls.edges)
        edges = self._compared(trial, calls.edges, edge_outcomes[:count])
        edges = right_with(others) if edges.passed else edges
        for call, outcome in zip(calls.refused, edge_outcomes[count:], strict=True):
            if edges.passed and not raises(outcome, "ValueError"):
                edges = _not_refused(call, outcome)
        asked = [*zip(calls.ordinary, outcomes, strict=True), *zip(calls.edges, edge_outcomes, strict=False)]
        form = judge_form(
            (
                (call.name, parts_of(outcome, self._expected(call), self.components))
                for call, outcome in asked
            ),
            [outcome for _, outcome in asked],
            self.parameters,
            POLITE,
            lambda: own(self._again(trial, calls.ordinary)),
        )
        return {"value": value, "edges": edges, "form": form}, outcomes

    def _expected(self, call: Call) -> tuple[Any, ...]:
        return self._parts(self.right, call)

    def _parts(self, function: Callable[..., Any], call: Call) -> tuple[Any, ...]:
        with np.errstate(all="ignore"):
            value = function(*call.arguments)
        return value if len(self.components) > 1 else (value,)

    def _is_right(self, call: Call, outcome: Outcome) -> bool:
        return came_back(outcome, self._expected(call), self.components)

    def _compared(self, trial: Trial, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> Finding:
        for call, outcome in zip(calls, outcomes, strict=True):
            if self._is_right(call, outcome):
                continue
            if not isinstance(outcome, Returned):
                return failed(call.name, outcome)
            expected = self._expected(call)
            told = expected if len(self.components) > 1 else expected[0]
            example = trial.example(tuple(call.shown), tuple(call.shown.values()), outcome.value, told)
            problems = [p.problem for p in parts_of(outcome, expected, self.components) if p.problem]
            if problems:
                return Finding(False, seen_with(call.name, problems[0]), example=example)
            name, text = self._named(calls, outcomes)
            return Finding(False, seen_with(call.name, f"the result is wrong. {text}".strip()), name, example)
        return Finding(True, f"Right in all {len(calls)} calls.")

    def _named(self, calls: Sequence[Call], outcomes: Sequence[Outcome]) -> tuple[str | None, str]:
        pairs = list(zip(calls, outcomes, strict=True))
        return the_only(
            (known.name, known.sentence)
            for known in self.wrong
            if all(came_back(outcome, self._parts(known, call), self.components) for call, outcome in pairs)
        )

    def _again(self, trial: Trial, calls: Sequence[Call]) -> bool:
        """Whether it gives the same when its arguments are used again."""
        first, other = calls[0], calls[-1]
        again = trial.reuse(first.arguments, other.arguments)
        return all(map(self._is_right, (first, first, other), again))


def _not_refused(call: Call, outcome: Outcome) -> Finding:
    came = "nothing was raised" if isinstance(outcome, Returned) else failure(outcome)
    text = sentence(not_refused(call.name, came))
    return Finding(False, text, fault=None if isinstance(outcome, Returned) else outcome)
