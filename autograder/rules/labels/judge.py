"""Rule `Labels`: the words for all kinds, beside the right ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.judging.cases import failed, right_with, the_only
from autograder.judging.comparison import describe
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.sentences import NOT_ITS_OWN, sentence
from autograder.judging.trial import Asked, Finding, Judged, Trial, manners, not_yet
from autograder.rules.labels.sentences import another_word, not_a_word
from autograder.sandbox.host import Outcome, Returned


@dataclass(frozen=True)
class Spoken:
    """One call beside the right word."""

    kind: str
    name: str
    arguments: tuple[Any, ...]
    outcome: Outcome
    right: str

    @property
    def word(self) -> str | None:
        """The word that came back; None where none did."""
        return _word(self.outcome)

    @property
    def is_right(self) -> bool:
        """Whether it is the right one."""
        return self.word == self.right


def _word(outcome: Outcome) -> str | None:
    value = outcome.value if isinstance(outcome, Returned) else None
    return value if isinstance(value, str) else None


def begin(
    reference: Reference,
    kinds: Mapping[str, tuple[Probe, ...]],
    edges: Sequence[Probe],
    misconceptions: Sequence[Misconception],
    trial: Trial,
) -> Callable[[], Judged]:
    """Send all calls on their way, and return what judges their outcomes.

    Parameters
    ----------
    reference
        Takes the student's arguments, and returns the right word.
    kinds
        Check → its probes.
    edges
        Probes of special inputs, which count only where all kinds are right.
    misconceptions
        The rubric's own; each has a function.
    trial
        Of the student's function.
    """
    probes = [(kind, probe) for kind in kinds for probe in kinds[kind]]
    asked = trial.send([probe.draw(trial.random) for _, probe in probes])
    special = trial.send([probe.draw(trial.random) for probe in edges])

    def judge() -> Judged:
        answers = _answers(reference, probes, asked)
        found = {kind: _kind(trial, reference, kind, answers, misconceptions) for kind in kinds}
        outcomes = [answer.outcome for answer in answers]
        if not all(finding.passed for finding in found.values()):
            return found | not_yet("edges", "form"), outcomes
        edge_answers = _answers(reference, [("edges", probe) for probe in edges], special)
        wrong = next((answer for answer in edge_answers if not answer.is_right), None)
        words = {answer.right for answer in answers}
        found["edges"] = right_with(edges) if wrong is None else _wrong(trial, reference, wrong, words)
        found["form"] = _form(trial, reference, answers, edge_answers)
        return found, outcomes

    return judge


def _answers(reference: Reference, probes: Sequence[tuple[str, Probe]], asked: Asked) -> list[Spoken]:
    return [
        Spoken(kind, probe.name, call, outcome, reference(*call))
        for (kind, probe), call, outcome in zip(probes, asked.calls, asked.outcomes(), strict=True)
    ]


def _kind(
    trial: Trial,
    reference: Reference,
    kind: str,
    answers: Sequence[Spoken],
    misconceptions: Sequence[Misconception],
) -> Finding:
    own = [answer for answer in answers if answer.kind == kind]
    wrong = next((answer for answer in own if not answer.is_right), None)
    if wrong is None:
        return Finding(True, f"Right for all {len(own)} inputs.")
    words = {answer.right for answer in answers}
    if wrong.word not in words:
        return _wrong(trial, reference, wrong, words)
    with np.errstate(all="ignore"):
        name, text = the_only(
            (known.name, known.sentence)
            for known in misconceptions
            if all(known(*answer.arguments) == answer.word for answer in answers)
        )
    return _wrong(trial, reference, wrong, words, name, text)


def _wrong(
    trial: Trial,
    reference: Reference,
    answer: Spoken,
    words: set[str],
    name: str | None = None,
    text: str = "",
) -> Finding:
    outcome = answer.outcome
    if not isinstance(outcome, Returned):
        return failed(answer.name, outcome)
    example = trial.example(reference.parameters, answer.arguments, outcome.value, answer.right)
    if answer.word not in words:
        found = describe(outcome.value) if answer.word is None else repr(answer.word[:40])
        return Finding(False, sentence(not_a_word(found, words)), example=example)
    said = sentence(another_word(str(answer.word), answer.name))
    return Finding(False, f"{said} {text}".strip(), name, example)


def _form(trial: Trial, reference: Reference, answers: Sequence[Spoken], edges: Sequence[Spoken]) -> Finding:
    impolite = manners([answer.outcome for answer in (*answers, *edges)], reference.parameters)
    if impolite:
        return Finding(False, sentence(f"Right words, but {impolite}"))
    first, other = answers[0], answers[-1]
    again = trial.reuse(first.arguments, other.arguments)
    words = [_word(outcome) for outcome in again]
    if words != [first.right, first.right, other.right]:
        return Finding(False, sentence(f"Right words, but {NOT_ITS_OWN}"))
    return Finding(True, "It returns a word, and no argument is changed.")
