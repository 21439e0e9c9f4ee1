"""All mistakes of one reference at once: those that differ from it and from each other, compiled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, islice
from typing import Any

import numpy as np
import sympy as sp

from symbolic_checks.derivation import Derivation, compose
from symbolic_checks.errors import DerivationError
from symbolic_checks.indexed import elements, small_sizes, write_out_at
from symbolic_checks.language import Definition, Expr, label_of
from symbolic_checks.misconceptions import chains, rewriting
from symbolic_checks.misconceptions.misconception import Equations, Misconception, Mutant, head, rename, used
from symbolic_checks.numpy_code import Program, Result
from symbolic_checks.reference import Reference
from symbolic_checks.wrong import Told, WrongFormulas

# Relative to the scale: what agrees to this is the same.
_SAME = 1e-9
# More take too long to build.
_MOST_PAIRS = 700


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The mutants of one component of a reference, with a function that computes all of them at once.

    Parameters
    ----------
    reference, component
        Whose mutants they are: the component by its position.
    mutants
        All different from the reference, and from each other.
    equal
        Those that change nothing on the samples.
    synonyms
        For a mutant's name others that are the same on the samples.
    formulas
        The mutants without their expressions.
    """

    reference: Reference
    component: int
    mutants: tuple[Mutant, ...]
    equal: tuple[Mutant, ...]
    synonyms: dict[str, tuple[Mutant, ...]]
    formulas: WrongFormulas = field(repr=False)

    def fingerprints(self, samples: Sequence[tuple[Any, ...]]) -> np.ndarray:
        """What the mutants give on all samples one after another, shape (mutants, values)."""
        return self.formulas.fingerprints(samples)

    def proofs(self, samples: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Mutant, Mutant | None, str]]:
        """For every mutant that changes nothing: the mutant, None, and ``proven`` where SymPy shows that it
        never does, ``same`` where it does not on these samples either, ``different`` where it does. For
        every synonym: the mutant, the one that stands for it, and ``same`` or ``different``.
        """
        others = [(mutant, name) for name, merged in self.synonyms.items() for mutant in merged]
        standing = {mutant.name: mutant for mutant in self.mutants}
        shown = [*self.equal, *(mutant for mutant, _ in others), *self.mutants]
        source = _source(self.reference, self.component, shown)
        rows = _formulas(shown, source, range(len(shown))).fingerprints(samples)
        right, scale = _right(self.reference, self.component, samples)

        def same(one: np.ndarray, other: np.ndarray) -> str:
            finite = np.isfinite(one) & np.isfinite(other)
            return "same" if np.all((np.abs(one - other) <= _SAME * scale)[finite]) else "different"

        for mutant, row in zip(self.equal, rows, strict=False):
            proven = _is_zero(self.reference, self.component, mutant)
            yield mutant, None, "proven" if proven else same(row, right)
        of = dict(zip(standing, rows[len(self.equal) + len(others) :], strict=True))
        for (mutant, name), row in zip(others, rows[len(self.equal) :], strict=False):
            yield mutant, standing[name], same(row, of[name])


def catalogue(
    reference: Reference, component: int, samples: Sequence[tuple[Any, ...]], *, pairs: bool = False
) -> Catalogue:
    """The single mistakes in one component, or the pairs of two.

    Parameters
    ----------
    reference, component
        What is right: the component by its position.
    samples
        Arguments on which mutants are told apart: those that agree on all of them count as one, and
        the first, which is the simplest, stands for all.
    pairs
        Two mistakes at a time, of which neither hides the other; none where there would be too many.
    """
    singles = list(_mutants(reference, component, pairs=False))
    doubles = _pairs(reference, component) if pairs else []
    if pairs and not doubles:
        return Catalogue(reference, component, (), (), {}, WrongFormulas((), "", ()))
    both = [*singles, *doubles]
    try:
        mutants, source = both, _source(reference, component, both)
    except DerivationError:  # of a loss of one's own some may have no rule in NumPy
        mutants = _writable(reference, component, both)
        source = _source(reference, component, mutants)
    rows = _formulas(mutants, source, range(len(mutants))).fingerprints(samples)
    right, scale = _right(reference, component, samples)
    kept: list[int] = []
    equal: list[Mutant] = []
    synonyms: dict[int, list[Mutant]] = {}
    for place, (mutant, row) in enumerate(zip(mutants, rows, strict=True)):
        if not np.all(np.isfinite(row)):
            continue
        if np.all(np.abs(row - right) <= _SAME * scale):
            equal.append(mutant)
            continue
        same = np.flatnonzero(np.all(np.abs(rows[np.array(kept, int)] - row) <= _SAME * scale, axis=1))
        if kept and same.size:
            synonyms.setdefault(kept[same[0]], []).append(mutant)
        else:
            kept.append(place)
    if pairs:  # what is as simple as one mistake is told as one
        simple = set(map(id, singles))
        kept = [place for place in kept if id(mutants[place]) not in simple]
    named = _distinct([mutants[place] for place in kept])
    merged = {
        mutant.name: tuple(synonyms[place])
        for place, mutant in zip(kept, named, strict=True)
        if place in synonyms
    }
    return Catalogue(reference, component, named, tuple(equal), merged, _formulas(named, source, kept))


def _formulas(mutants: Sequence[Mutant], source: str, places: Sequence[int]) -> WrongFormulas:
    """The mutants without their expressions; each has a place among the results of the source."""
    told = tuple(Told(mutant.name, mutant.sentence, mutant.note) for mutant in mutants)
    return WrongFormulas(told, source, tuple(places))


def _is_zero(reference: Reference, component: int, mutant: Mutant) -> bool:
    """Whether the difference to the right result, written out at a small size, is 0 as SymPy finds."""
    result = reference.program.results[component]
    right = Equations(reference.program.definitions, result.expression)
    sizes = small_sizes(index for axes in reference.indices for index in axes)
    for element in elements(result.like, sizes) if not reference.program.elementwise else [result.like]:
        one, other = (
            compose(write_out_at(each.expression, result.like, element, sizes), each.definitions, sizes)
            for each in (right, mutant.equations)
        )
        if sp.expand(one - other) != 0 and sp.simplify((one - other).rewrite(sp.exp)) != 0:
            return False
    return True


def _distinct(mutants: Sequence[Mutant]) -> tuple[Mutant, ...]:
    """The mutants with a number after every name that has been there before."""
    seen: Counter[str] = Counter()
    named = []
    for mutant in mutants:
        seen[mutant.name] += 1
        count = seen[mutant.name]
        named.append(replace(mutant, name=f"{mutant.name}_{count}") if count > 1 else mutant)
    return tuple(named)


def _right(
    reference: Reference, component: int, samples: Sequence[tuple[Any, ...]]
) -> tuple[np.ndarray, np.ndarray]:
    """The right values on all samples in a row, and the scale of each."""
    rows, scales = [], []
    for arguments in samples:
        value = reference(*arguments)
        part = np.ravel(value[component] if len(reference.components) > 1 else value)
        rows.append(part)
        scales.append(np.full(part.size, reference.scale(*arguments)[component]))
    return np.concatenate(rows), np.concatenate(scales)


def _pairs(reference: Reference, component: int) -> list[Mutant]:
    made = list(islice(_mutants(reference, component, pairs=True), _MOST_PAIRS + 1))
    return made if len(made) <= _MOST_PAIRS else []


def _writable(reference: Reference, component: int, mutants: list[Mutant]) -> list[Mutant]:
    """Those that have a rule in NumPy."""
    try:
        _source(reference, component, mutants)
    except DerivationError:
        half = len(mutants) // 2
        parts = (mutants[:half], mutants[half:]) if half else ()
        return [mutant for part in parts for mutant in _writable(reference, component, part)]
    return mutants


def _mutants(reference: Reference, component: int, *, pairs: bool) -> Iterator[Mutant]:
    derivation = reference.derivations[component] if reference.derivations else None
    if isinstance(derivation, Derivation):
        return _applied(derivation, chains.misconceptions(derivation), _equations, pairs=pairs)
    program = reference.program
    result = program.results[component].expression
    right = Equations(used(result, program.definitions), result)
    like, lengths = program.results[component].like, bool(reference.derivations)
    made = rewriting.misconceptions(right, like, program.arguments, lengths=lengths)
    return _applied(right, made, lambda equations: equations, pairs=pairs)


def _equations(derivation: Derivation) -> Equations:
    expression = derivation.expression
    return Equations(used(expression, derivation.model.definitions), expression)


def _applied(
    right: Any, made: Iterable[Misconception[Any]], finish: Callable[[Any], Equations], *, pairs: bool
) -> Iterator[Mutant]:
    if not pairs:
        for one in made:
            yield Mutant(one.name, one.sentence, one.note, finish(one.make(right)))
        return
    for one, other in combinations([each for each in made if not each.alone], 2):
        if one.slot != other.slot:
            yield Mutant(
                f"{one.name}+{other.name}",
                f"Two things at once. {one.sentence} {other.sentence}",
                f"{one.note}; {other.note}",
                finish(other.make(one.make(right))),
            )


def _source(reference: Reference, component: int, mutants: Sequence[Mutant]) -> str:
    """One NumPy function of all mutants: what they have in common is computed once."""
    program = reference.program
    definitions = _Definitions(program.definitions)
    like = program.results[component].like
    results = tuple(Result(like, definitions.disentangled(mutant.equations)) for mutant in mutants)
    wrong = Program(program.arguments, tuple(definitions.all.values()), results, program.elementwise)
    return wrong.value_source(as_tuple=True)


class _Definitions:
    """The definitions of many mutants at once, with names of their own where they are not right."""

    def __init__(self, right: Sequence[Definition]) -> None:
        self._right = {definition.symbol: definition.expression for definition in right}
        self._labels: dict[tuple[Expr, Expr], str] = {}
        self.all: dict[str, Definition] = {}

    def disentangled(self, equations: Equations) -> Expr:
        """The expression with a new name for every definition that is wrong, or depends on a wrong one."""
        renamed: dict[Expr, Expr] = {}
        for definition in equations.definitions:
            symbol = definition.symbol
            expression = rename(definition.expression, renamed)
            if expression != self._right[symbol]:
                new = f"{label_of(symbol)}~{len(self.all)}"
                symbol = _with_label(symbol, self._labels.setdefault((symbol, expression), new))
                renamed[head(definition.symbol)] = head(symbol)
            self.all.setdefault(label_of(symbol), Definition(symbol, expression, definition.sentence))
        return rename(equations.expression, renamed)


def _with_label(symbol: Expr, label: str) -> Expr:
    if isinstance(symbol, sp.Indexed):
        return sp.IndexedBase(label, real=True)[symbol.indices]
    return sp.Symbol(label, real=True)
