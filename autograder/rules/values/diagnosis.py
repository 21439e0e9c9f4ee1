"""Which misconception explains what came back: all are compared at once, the simplest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.judging.misconception import Misconception
from autograder.rules.values import bounds, general, precision, quotient
from autograder.rules.values.axes import Axes, axes_of, summed_axes, words_of
from autograder.rules.values.declared import Declared
from autograder.rules.values.evidence import Evidence, Observed, Simulation
from autograder.rules.values.general import MULTIPLES, Multiple

if TYPE_CHECKING:
    from symbolic_checks.misconceptions import Catalogue
    from symbolic_checks.wrong import WrongFormulas


_ALWAYS_ZERO = Misconception(
    "always_zero", "It is 0 for every input that was tried: is it computed, or rounded away?"
)
_CONSTANT = Misconception(
    "constant", "It is the same number for every input that was tried: which arguments count?"
)
_OTHER = Misconception("other_factor", "It is off by one and the same factor, everywhere.")
# What gives a row of values for each of many misconceptions, on all inputs one after another.
Rows = Callable[[Observed], np.ndarray]
# A rest is explained from so many values on, and on two inputs.
_LEAST_VALUES = 3
# How often every probe is drawn to tell mutants apart.
_DRAWS = 2


def diagnose(
    rule: Declared,
    component: int,
    evidence: Sequence[Evidence],
    own: Sequence[Misconception],
    fresh: Sequence[Evidence] = (),
) -> Misconception | None:
    """The one misconception that explains a component on every input; None where none does, or more than one.

    Parameters
    ----------
    rule
        Whose reference and probes it is about.
    component
        By its position.
    evidence
        At least one input on which it is wrong.
    own
        Those of the exercise's own misconceptions that give just this.
    fresh
        Inputs on which was asked again: nothing is told that does not explain these.
    """
    if own:
        return own[0] if len(own) == 1 else None
    question = _Question(rule, component, Observed(evidence), Observed([*evidence, *fresh]))
    for explain in (
        _nothing_counts,
        _common,
        _single,
        _general,
        _bounded,
        _precise,
        _rare,
        _argument,
        _scaled,
        _double,
        _leftover,
    ):
        found = explain(question)
        if found:  # those that agree on fresh inputs are the same as far as anybody can see
            return found[0] if len(found) == 1 or fresh else None
    return None


@dataclass(frozen=True)
class _Question:
    """One component's values: ``first`` on the probes, and ``seen`` on all inputs."""

    rule: Declared
    component: int
    first: Observed
    seen: Observed

    @property
    def axes(self) -> Axes:
        """What the component is summed over."""
        return axes_of(self.rule.reference, self.component)

    def mutants(self, *, pairs: bool) -> tuple[list[Misconception], Rows]:
        """The misconceptions that are known, and what they give."""
        made = mutants_of(self.rule, self.component, pairs=pairs)
        if made is None or not made.mutants:
            return [], lambda seen: np.empty((0, seen.got.size))
        known = [Misconception(mutant.name, mutant.sentence) for mutant in made.mutants]
        return known, lambda seen: made.fingerprints([each.arguments for each in seen.evidence])

    def places(self, rows: Rows, factor: Callable[[Observed], np.ndarray] | None = None) -> list[int]:
        """The rows, times a factor, that are what came back: tried on the probes first."""

        def fits(seen: Observed) -> np.ndarray:
            return seen.fits(rows(seen) * (factor(seen) if factor else 1.0))

        found = np.flatnonzero(fits(self.first))
        if found.size and len(self.seen.evidence) > len(self.first.evidence):
            found = np.intersect1d(found, np.flatnonzero(fits(self.seen)))
        return found.tolist()

    def explained_by(self, simulation: Simulation) -> bool:
        """Whether a simulation gives what came back."""
        return self.seen.explained_by(simulation)


def _factors(q: _Question, *, rare: bool) -> Iterator[tuple[Misconception, Callable[[Observed], np.ndarray]]]:
    """Each factor for all values; those of n and d only where the inputs tell them from numbers."""
    evidence, words = q.seen.evidence, words_of(q.rule.reference, q.axes)
    examples = len({each.n for each in evidence}) > 1 and all(each.n > 1 for each in evidence)
    there = {"": True, "n": examples, "nd": examples and all(each.d for each in evidence)}
    for name, multiple in MULTIPLES.items():
        if multiple.rare == rare and there[multiple.of_sizes]:
            yield Misconception(name, multiple.sentence.format(**words)), partial(_times, multiple)


def _times(multiple: Multiple, seen: Observed) -> np.ndarray:
    return np.repeat([multiple.of(each.n, each.d) for each in seen.evidence], seen.sizes)


def _nothing_counts(q: _Question) -> list[Misconception]:
    """The same on all inputs, though there are several, and nothing known gives the same there alone."""
    got = q.seen.got
    if len(q.seen.evidence) < 2 or np.ptp(got) != 0:
        return []
    if not np.any(got):
        return [_ALWAYS_ZERO]
    constant = Simulation(_CONSTANT, lambda _, right: np.full_like(right, got[0]))
    return _of_simulations(q, [constant, *general.of_results(q.rule.reference)])


def _common(q: _Question) -> list[Misconception]:
    return [told for told, factor in _factors(q, rare=False) if q.seen.fits(q.seen.right * factor(q.seen))]


def _rare(q: _Question) -> list[Misconception]:
    return [told for told, factor in _factors(q, rare=True) if q.seen.fits(q.seen.right * factor(q.seen))]


def _single(q: _Question) -> list[Misconception]:
    return _fitting(q, pairs=False)


def _double(q: _Question) -> list[Misconception]:
    return _fitting(q, pairs=True)


def _fitting(q: _Question, *, pairs: bool) -> list[Misconception]:
    known, rows = q.mutants(pairs=pairs)
    return [known[place] for place in q.places(rows)]


def _general(q: _Question) -> list[Misconception]:
    """Something done to the right result, or only a part of what was given."""
    fixed = general.fixed_size(q.axes, q.seen.evidence, q.seen.got)
    reference = q.rule.reference
    fits = _of_simulations(q, [*general.of_results(reference), *general.in_part(reference, q.component)])
    if all(told.name.startswith("rounded") for told in fits):
        fits = fits[-1:]
    return [*fits, *([fixed] if fixed else [])]


def _bounded(q: _Question) -> list[Misconception]:
    return bounds.of_result(q.seen)


def _precise(q: _Question) -> list[Misconception]:
    """Digits that are lost: by a cast, by rounding, or by a difference quotient with a large step."""
    if np.median(q.first.errors) < precision.NEARLY and quotient.is_coarse(q.rule, q.component, q.seen):
        return [quotient.MEASURED]
    return precision.lost(q.rule.reference, q.component, q.seen)


def _argument(q: _Question) -> list[Misconception]:
    """Something done to one of the arguments."""
    return _of_simulations(q, general.of_arguments(q.rule.reference, q.component))


def _of_simulations(q: _Question, simulations: Iterable[Simulation]) -> list[Misconception]:
    """Those that give what came back; of such as are the same on other inputs too, the first."""
    with np.errstate(all="ignore"):
        fits = [each for each in simulations if q.explained_by(each)]
        if len(fits) < 2:
            return [simulation.misconception for simulation in fits]
        others = _elsewhere(q)
        first, *rest = fits
        row = first.row(others)
        different = [
            c for c in rest if row is None or (o := c.row(others)) is None or not np.allclose(o, row)
        ]
    return [simulation.misconception for simulation in (first, *different)]


def _elsewhere(q: _Question) -> list[Evidence]:
    """Other inputs, with what is right for them."""
    random, rule = np.random.default_rng(1), q.rule
    found = []
    for probe in rule.probes:
        arguments = probe.draw(random)
        value = rule.reference(*arguments)
        right = np.asarray(value[q.component] if len(rule.reference.components) > 1 else value, float)
        found.append(Evidence(arguments, right, right, rule.reference.scale(*arguments)[q.component], 0, 0))
    return found


def _scaled(q: _Question) -> list[Misconception]:
    """A misconception that is multiplied with a factor as well."""
    known, rows = q.mutants(pairs=False)
    return [
        Misconception(
            f"{known[place].name}+{told.name}",
            f"{known[place].sentence} Apart from that: {told.sentence}",
        )
        for told, factor in _factors(q, rare=False)
        for place in q.places(rows, factor)
    ]


def _leftover(q: _Question) -> list[Misconception]:
    """What is too much, or by what all is multiplied, where no formula fits."""
    got, right, scale = q.seen.got, q.seen.right, q.seen.scale
    if q.first.got.size < _LEAST_VALUES or len(q.first.evidence) < 2:
        return []
    if _constant(got, right, scale) is not None:
        return [_OTHER]
    found = []
    difference = got - right
    for name, values in _features(q):
        ratio = _constant(difference, values, np.abs(values).max() + np.zeros_like(values))
        if ratio is not None:
            sentence = f"What is too much or too little is always the same multiple of `{name}`."
            found.append(Misconception(f"off_by_{name}", sentence))
    return found


def _features(q: _Question) -> Iterator[tuple[str, np.ndarray]]:
    """The arguments of the component's shape, for all values."""
    evidence = q.seen.evidence
    for place, name in enumerate(q.rule.reference.parameters):
        values = [each.arguments[place] for each in evidence if place < len(each.arguments)]
        if len(values) == len(evidence) and all(
            np.shape(value) == each.right.shape for value, each in zip(values, evidence, strict=True)
        ):
            yield name, np.concatenate([np.ravel(np.asarray(value, float)) for value in values])


def _constant(got: np.ndarray, of: np.ndarray, scale: np.ndarray) -> float | None:
    """The one factor c ≠ 0 with got = c · of, if there is one."""
    weight = float(of @ of)
    factor = float(got @ of) / weight if weight else 0.0
    size = np.maximum(scale, np.abs(of)) * max(1.0, abs(factor))
    fits = np.isfinite(factor) and np.all(np.abs(got - factor * of) <= TOLERANCE * size)
    return factor if fits and abs(factor) > 1e-6 and abs(factor - 1) > 1e-3 else None


@lru_cache(maxsize=128)
def mutants_of(rule: Declared, component: int, *, pairs: bool) -> WrongFormulas | None:
    """The mutants of a component, told apart on inputs as the rule draws them; made when first needed.

    Parameters
    ----------
    rule
        Gives the formula to change, and the probes on which mutants are told apart.
    component
        Its position, from 0.
    pairs
        Whether two mistakes are made at a time, instead of one.

    Returns
    -------
    WrongFormulas or None
        None where the reference was not derived by SymPy.
    """
    from symbolic_checks.reference import Reference as Derived
    from symbolic_checks.wrong_formulas import wrong_formulas

    if not isinstance(rule.reference, Derived):
        return None  # not SymPy's: a rubric may have written it itself
    return wrong_formulas(rule.reference, component, _samples(rule), pairs=pairs)


def catalogue_of(rule: Declared, component: int) -> Catalogue | None:
    """The single mistakes in a component with their expressions, so that they can be proven to be others.

    Parameters
    ----------
    rule, component
        As for `mutants_of`.
    """
    from symbolic_checks.misconceptions import catalogue
    from symbolic_checks.reference import Reference as Derived

    if not isinstance(rule.reference, Derived):
        return None
    return catalogue(rule.reference, component, _samples(rule))


def _samples(rule: Declared) -> list[tuple[Any, ...]]:
    random = np.random.default_rng(0)
    return [probe.draw(random) for _ in range(_DRAWS) for probe in rule.probes]


def prepare(rule: Declared) -> None:
    """Make all mutants of a rule now, for this process and those that are forked from it."""
    for component in range(len(rule.reference.components)):
        for pairs in (False, True):
            made = mutants_of(rule, component, pairs=pairs)
            if made is not None:
                made.prepare()


def known(rule: Declared) -> list[Misconception]:
    """Every single misconception about the formula."""
    own = (*rule.misconceptions, *rule.special)
    found = {known.name: replace(known, note="the rubric's own") for known in own}
    for component in range(len(rule.reference.components)):
        made = mutants_of(rule, component, pairs=False)
        for mutant in made.mutants if made else ():
            found.setdefault(mutant.name, Misconception(mutant.name, mutant.sentence, note=mutant.note))
    axes = summed_axes(rule.reference)
    there = {"": True, "n": axes.examples is not None, "nd": bool(axes.examples and axes.features)}
    for name, multiple in MULTIPLES.items():
        if there[multiple.of_sizes]:
            sentence = multiple.sentence.format(**words_of(rule.reference, axes))
            found.setdefault(name, Misconception(name, sentence, note="a factor of the whole"))
    if rule.derived:
        found[quotient.MEASURED.name] = replace(quotient.MEASURED, note="told by the digits that are lost")
    return list(found.values())
