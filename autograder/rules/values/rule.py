"""Rule `Values`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.rule import (
    EDGES,
    FORM,
    Check,
    Input,
    Reader,
    Rule,
    Separation,
    StandIn,
    learning_curve,
)
from autograder.judging.trial import Judged, Task, Trial
from autograder.rules.values import (
    diagnosis,
    examples,
    formulas,
    implied,
    judge,
    problems,
    separation,
    simulated,
)
from autograder.rules.values.declared import Declared
from autograder.rules.values.general import MULTIPLES
from autograder.rules.values.quotient import MEASURED

_CURVE = "With the function in the loop, the learning curve is the reference's at every step."
# Names that feedback can give whatever the formula is.
_ALWAYS = frozenset({*MULTIPLES, MEASURED.name})


@dataclass(frozen=True, eq=False)  # what is known of a rule is kept by its identity
class Values(Declared, Rule):
    """Rule: the function's values are compared with a reference.

    One check for each component of the reference, then ``edges``, ``form`` and, where declared, ``curve``.
    """

    @property
    def checks(self) -> tuple[Check, ...]:
        """The components of the reference, and what else is checked."""
        refused = " A ValueError is raised where the value is not defined." if self.refused else ""
        quiet = " No warning of NumPy's." if self.quiet else ""
        return (
            *map(self._component, self.reference.components),
            Check(EDGES.name, EDGES.title, EDGES.meaning + refused),
            Check(FORM.name, FORM.title, FORM.meaning + quiet),
            *([learning_curve(_CURVE)] if self.curve else []),
        )

    def _component(self, name: str) -> Check:
        of = name.removeprefix("d")
        title = f"Gradient for {of} ({name})" if name != of and of in self.parameters else name
        title = self.titles.get(name, "Value" if name == "value" else title)
        what = "The result is" if len(self.reference.components) == 1 else f"{name} is"
        meaning = f"{what} right on every ordinary probe, to 1e-8 of its scale, whatever its shape."
        return Check(name, title, meaning)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The reference's own."""
        return self.reference.parameters

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Send all calls on their way, and return what judges their outcomes."""
        return judge.begin(self, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """The rubric's own, the wrong formulas that SymPy makes, and factors of the whole.

        What can be done to any result or argument (`general`) is the same for all, and not repeated.
        """
        return diagnosis.known(self)

    def names(self) -> frozenset[str]:
        """Those of `known_misconceptions`, every factor of the whole, and a difference quotient."""
        return super().names() | _ALWAYS

    def gives(self, name: str) -> bool:
        """As for any rule; that of a factor is known before any wrong formula is derived."""
        return name in _ALWAYS or super().gives(name)

    def required(self) -> tuple[str, ...]:
        """Every component of the reference."""
        return self.reference.components

    def problems(self, task: Task) -> Iterator[str]:
        """What is wrong with the probes, the worked example and the misconceptions of the exercise's own."""
        return problems.problems(self, task)

    def references(self) -> tuple[Reference, ...]:
        """What the results are compared with."""
        return (self.reference,)

    def inputs(self) -> tuple[Input, ...]:
        """All probes, ordinary ones first."""
        return (
            *(Input("ordinary", probe.name, probe.draw) for probe in self.probes),
            *(Input("edge case", probe.name, probe.draw) for probe in self.edges),
            *(Input("must raise ValueError", probe.name, probe.draw) for probe in self.refused),
        )

    def public_examples(self, task: Task) -> dict[str, Any]:
        """The worked example first, then other inputs, with what is right for them."""
        return examples.public_examples(self, task)

    def prepare(self) -> None:
        """Make all wrong formulas, and what is right on inputs that are the same for everybody."""
        diagnosis.prepare(self)
        implied.expected(self)

    def stand_in(self) -> StandIn:
        """The reference: a function is judged apart from those only whose own judging is over."""
        depth = 1 if len(self.reference.components) > 1 else 0
        return StandIn(self.reference.parameters, self.reference.required, self.reference, depth)

    def reader(self, task: Task) -> Reader | None:
        """Formulas can be read where SymPy knows what is right."""
        return formulas.reader(self.reference, task)

    def wrong_functions(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        """The rubric's own misconceptions, multiples of what is right, and the wrong formulas of SymPy's."""
        yield from simulated.simulations(self).tried.items()

    def untried(self) -> Mapping[str, str]:
        """Misconceptions that cannot be told from others on the probes, or are told in a general way."""
        return simulated.simulations(self).untried

    def separation(self) -> Separation:
        """Whether the probes tell all wrong formulas apart, whatever is drawn."""
        return separation.separation(self)
