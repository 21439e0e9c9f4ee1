"""Rule `Labels`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.homework import Probe
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.rule import EDGES, FORM, Check, Input, Rule
from autograder.judging.trial import Judged, Task, Trial
from autograder.rules.labels import examples, judge, problems


@dataclass(frozen=True)
class Labels(Rule):
    """Rule: a function returns one of a few words, and each kind of input has points of its own.

    Parameters
    ----------
    reference
        What is right: takes the student's arguments and returns a word.
    kinds
        Check → its probes. A check has points where the word is right for all of its probes.
    edges
        Special inputs, which count only where all kinds are right.
    titles
        Check → its title as students read it.
    misconceptions
        Wrong functions, with what students read.
    """

    reference: Reference
    kinds: Mapping[str, tuple[Probe, ...]] = field(hash=False)
    edges: tuple[Probe, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    misconceptions: tuple[Misconception, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """The kinds, and what else is checked."""
        return (*map(self._kind, self.kinds), EDGES, FORM)

    def _kind(self, name: str) -> Check:
        title = self.titles.get(name, name.capitalize())
        listed = ", ".join(dict.fromkeys(probe.name for probe in self.kinds[name]))
        return Check(name, title, f"The right word for each of these: {listed}.")

    @property
    def parameters(self) -> tuple[str, ...]:
        """The reference's own."""
        return self.reference.parameters

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Send all calls on their way, and return what judges their outcomes."""
        return judge.begin(self.reference, self.kinds, self.edges, self.misconceptions, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """The rubric's own."""
        return self.misconceptions

    def required(self) -> tuple[str, ...]:
        """All kinds."""
        return tuple(self.kinds)

    def problems(self, task: Task) -> Iterator[str]:
        """What is wrong with the probes and the misconceptions."""
        return problems.problems(self.reference, self.kinds, self.edges, self.misconceptions)

    def references(self) -> tuple[Reference, ...]:
        """What the words are compared with."""
        return (self.reference,)

    def inputs(self) -> tuple[Input, ...]:
        """All probes, those of the kinds first."""
        ordinary = [probe for probes in self.kinds.values() for probe in probes]
        return (
            *(Input("ordinary", probe.name, probe.draw) for probe in ordinary),
            *(Input("edge case", probe.name, probe.draw) for probe in self.edges),
        )

    def public_examples(self, task: Task) -> dict[str, Any]:
        """Other inputs of the same kinds, and the words for them."""
        return examples.public_examples(self.reference, self.kinds, self.edges, task)
