"""What every rule needs: asking the student's function, and putting what happened into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np

from autograder.judging.comparison import Part, show
from autograder.judging.sentences import NOT_ITS_OWN, changes, sentence, shares
from autograder.printable import shortened
from autograder.report import Curves, Example
from autograder.sandbox.host import Batch, Fault, Outcome, Raised, Request, Returned, Unsendable, prepare
from autograder.sandbox.inside.wire import OfNumPy


class Task(Protocol):
    """What a rule may know of the exercise that holds it."""

    @property
    def function(self) -> str:
        """The name of the function."""

    @property
    def points(self) -> Mapping[str, float]:
        """Check → points."""

    @property
    def example(self) -> tuple[Any, ...]:
        """Arguments of the worked example."""

    @property
    def gradient_of(self) -> tuple[str, tuple[int, ...]] | None:
        """The loss whose slope is asked for, and the positions of the arguments to move."""

    @property
    def reveal(self) -> Literal["nothing", "difference", "answer"]:
        """How much of the answer feedback may tell."""


class Callee(Protocol):
    """The part of a sandbox's session that judging uses."""

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
            Its name in the submission.
        calls
            The arguments of each call.
        bind
            Names that mean these callables during the calls; None where there are none.
        """

    def send(self, request: Request) -> Batch:
        """Send calls on their way, whose outcomes are collected later."""

    def collect(self, batch: Batch) -> list[Outcome]:
        """One outcome for each call of a batch."""

    def trace(self, function: str, arguments: tuple[Any, ...]) -> Any:
        """The graph of what the function computes: hostile data, or None.

        Parameters
        ----------
        function
            Its name in the submission.
        arguments
            Of the one call that is traced.
        """

    def restart(self) -> None:
        """Let the next call run as the first one of a new process."""


@dataclass(frozen=True)
class Finding:
    """What one check found; grading turns it into a verdict by the rubric's points.

    ``fault`` is the outcome that kept the check from being judged, if one did.
    """

    passed: bool
    message: str
    misconception: str | None = None
    example: Example | None = None
    curves: Curves | None = None
    fault: Outcome | None = None


# Findings by the name of the check, and the outcomes of the ordinary calls: they tell a stub from a wrong
# function.
Judged = tuple[dict[str, Finding], list[Outcome]]


@dataclass(frozen=True)
class Trial:
    """One exercise of one submission: whom to ask, what was declared, and this student's random numbers.

    ``bind`` are names that stand for callbacks to the referee while the exercise is judged.
    """

    exercise: Task
    callee: Callee
    random: np.random.Generator
    bind: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    def ask(self, *calls: tuple[Any, ...]) -> list[Outcome]:
        """Call the student's function with each tuple of arguments."""
        return self.callee.call(self.exercise.function, calls, self.bind)

    def ask_values(self, calls: Sequence[tuple[Any, ...]]) -> list[Outcome]:
        """The same, of many calls: what they do beside giving values is not looked at, which takes half as
        long."""
        return self.send_values(calls).outcomes()

    def send_values(self, calls: Sequence[tuple[Any, ...]]) -> Asked:
        """The same, on their way."""
        request = prepare(self.exercise.function, calls, self.bind, watched=False)
        return Asked(self.callee, calls, self.callee.send(request))

    def reuse(self, first: tuple[Any, ...], *others: tuple[Any, ...]) -> list[Outcome]:
        """Call twice with the same arrays and once with each of the others, and read all results after that.

        Whoever changes its arguments or gives what is not its own gives something wrong, which can be judged
        by the values; the process need not be asked what it did.
        """
        return self.send_reused(first, *others).outcomes()

    def send_reused(self, first: tuple[Any, ...], *others: tuple[Any, ...]) -> Asked:
        """The same, on their way."""
        calls = [first, first, *others]
        request = prepare(self.exercise.function, calls, self.bind, reused=True)
        return Asked(self.callee, calls, self.callee.send(request))

    def send(self, calls: Sequence[tuple[Any, ...]]) -> Asked:
        """Send calls on their way; they run while the referee does other work."""
        request = prepare(self.exercise.function, calls, self.bind)
        return Asked(self.callee, calls, self.callee.send(request))

    def send_alike(self, calls: Sequence[tuple[Any, ...]], request: Callable[[], Request]) -> Asked:
        """Send calls that are the same for every student: they are encoded once.

        Parameters
        ----------
        calls
            What they are called with.
        request
            Gives these calls, encoded; it counts where no name stands for a callback.
        """
        if self.bind:
            return self.send(calls)
        return Asked(self.callee, calls, self.callee.send(request()))

    def example(
        self, names: Sequence[str], arguments: Sequence[Any], got: Any, expected: Any = None
    ) -> Example:
        """The call as text. What was expected is let out only where the rubric says so.

        Parameters
        ----------
        names
            Of the arguments that are shown, in the function's order.
        arguments
            Of the call, in the order of the names.
        got
            What came back.
        expected
            What is right; None where that is never told.
        """
        lines = [f"{name} = {show(value)}" for name, value in zip(names, arguments, strict=False)]
        call = f"{self.exercise.function}({', '.join(names)})"
        reveal = self.exercise.reveal == "answer" and expected is not None
        return Example("\n".join([call, *lines]), show(got), show(expected) if reveal else None)

    def stopped(self, names: Sequence[str], arguments: Sequence[Any], outcome: Outcome) -> Example:
        """A call that gave nothing as text, with why.

        Parameters
        ----------
        names
            Of the arguments that are shown, in the function's order.
        arguments
            Of the call, in the order of the names.
        outcome
            Of the call; any but `Returned`.
        """
        shown = self.example(names, arguments, "")
        return Example(shown.call, sentence(failure(outcome)))


@dataclass(frozen=True)
class Asked:
    """Calls that are on their way."""

    callee: Callee
    calls: Sequence[tuple[Any, ...]]
    batch: Batch

    def outcomes(self) -> list[Outcome]:
        """One outcome for each call, waiting for them if need be."""
        return self.callee.collect(self.batch)


def of_numpy_too(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments as they are sent so that a number of NumPy's arrives as one; else it would be Python's."""
    return tuple(OfNumPy(each) if isinstance(each, np.generic) else each for each in arguments)


def failure(outcome: Outcome) -> str:
    """Why a call gave nothing that can be compared, as a sentence without its full stop."""
    if isinstance(outcome, Raised):
        return _raised(outcome)
    if isinstance(outcome, Unsendable):
        return f"it returned {outcome.what}"
    if isinstance(outcome, Fault):
        hint = {
            "timeout": " (an endless loop, or far too slow?)",
            "died": "",
            "protocol": " (it writes where only results may go)",
        }
        return outcome.detail + hint[outcome.kind]
    raise TypeError(outcome)


def _raised(outcome: Raised) -> str:
    place = f" in {outcome.place}" if outcome.place != "submission.py" else ""
    where = f", line {outcome.line}{place}: {outcome.text}" if outcome.line else ""
    kind, message = outcome.kinds[0], outcome.message
    if "SyntaxError" in outcome.kinds and "needs Python" in message:
        return f"its text cannot be read: {message}"
    if "SyntaxError" in outcome.kinds:
        return f"its code is not valid Python: {message}"
    if kind == "NotImplementedError" and outcome.function:
        return f"your `{outcome.function}` is not written yet: it still raises NotImplementedError"
    if kind == "NotImplementedError":
        return "it still raises NotImplementedError: delete that line when the function is written"
    if kind == "TypeError" and "positional argument" in message:
        return f"it cannot be called as the exercise asks: {message}"
    if kind == "RecursionError":
        return "it calls itself too often (RecursionError): use a loop"
    if kind == "ModuleNotFoundError" and message.startswith("No module named '"):
        return f"it needs {message.split(chr(39))[1]!r}, which is not available in grading{where}"
    return f"it raised {kind}{message and ': '}{shortened(message)}{where}"


def not_started(function: str, outcomes: Sequence[Outcome]) -> bool:
    """Whether the function is still the stub: itself, not one it calls, raises NotImplementedError always.

    Parameters
    ----------
    function
        The name of the exercise's function.
    outcomes
        Of its ordinary calls; without any the answer is no.
    """
    return bool(outcomes) and all(
        isinstance(o, Raised) and o.kinds[0] == "NotImplementedError" and o.function == function
        for o in outcomes
    )


def raises(outcome: Outcome, kind: str) -> bool:
    """Whether a call raised an exception of this class or of one derived from it.

    Parameters
    ----------
    outcome
        Of the call.
    kind
        The name of the class, as in "ValueError".
    """
    return isinstance(outcome, Raised) and kind in outcome.kinds


def manners(outcomes: Sequence[Outcome], names: Sequence[str]) -> str:
    """The sentence about an argument that was changed, or a result that shares memory; empty if none.

    Parameters
    ----------
    outcomes
        Of all calls whose manners count; those that did not return are left out.
    names
        Of the arguments, in the function's order.
    """
    for outcome in outcomes:
        if not isinstance(outcome, Returned):
            continue
        changed = [names[i] for i in outcome.changed if 0 <= i < len(names)]
        if changed:
            return changes(" and ".join(changed))
        if outcome.shares:
            whose = "an argument" if outcome.shares == "argument" else "an earlier result"
            return shares(whose)
    return ""


def not_yet(*checks: str) -> dict[str, Finding]:
    """Findings of checks that wait for others."""
    return dict.fromkeys(checks, Finding(False, "Counts once the ordinary values are right."))


def judge_form(
    parts: Iterable[tuple[str, Sequence[Part]]],
    outcomes: Sequence[Outcome],
    names: Sequence[str],
    fine: str,
    again: Callable[[], str] = lambda: "",
) -> Finding:
    """The check ``form`` where the values are right.

    Parameters
    ----------
    parts
        For each call what it was, as in "with 5 steps", and the parts of its result.
    outcomes, names
        All calls whose manners count, and the names of their arguments.
    fine
        The sentence where nothing is wrong.
    again
        What is wrong with the values when arrays are used again (see `Trial.reuse`); empty where nothing is.
    """
    for where, found in parts:
        for part in found:
            if part.form:
                return Finding(False, sentence(f"Right values, but with {where} {part.form}"))
    impolite = manners(outcomes, names)
    if impolite:
        return Finding(False, sentence(f"Right values, but {impolite}"))
    if problem := again():
        return Finding(False, sentence(f"Right values, but {problem}"))
    return Finding(True, fine)


def own(*calls: bool) -> str:
    """What is wrong where not all calls with arrays that are used again gave what is right."""
    return "" if all(calls) else NOT_ITS_OWN
