"""Misconceptions about a formula that is no chain of links: a wrong term, factor, root or length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations

import sympy as sp

from symbolic_checks.language import Argument, Expr, Index, Sigma, indices_of, is_size, total
from symbolic_checks.misconceptions.misconception import (
    Equations,
    Misconception,
    head,
    identifier,
    rename,
    start,
)
from symbolic_checks.plain import written

_NUMBER = "number"


def misconceptions(
    right: Equations, like: Expr, arguments: tuple[Argument, ...], *, lengths: bool
) -> Iterator[Misconception[Equations]]:
    """Every single misconception about a formula, apart from constant factors and powers of n.

    Parameters
    ----------
    right, like
        The formula, and a symbol of its result's shape.
    arguments
        What it is a formula of.
    lengths
        Whether vectors have lengths in it: mistakes with those are added.
    """
    yield from _returned(right, indices_of(like), arguments)
    for place, definition in enumerate(right.definitions):
        label, what = identifier(head(definition.symbol)), start(definition.sentence)
        for name, sentence, value in rewritten(definition.expression, arguments):
            note = f"{written(definition.symbol)} = {written(value)}"
            slot, make = f"definition {place}", _redefine(place, value)
            text = f"{sentence.rstrip('?')} ({what}){'?' if sentence.endswith('?') else '.'}"
            yield Misconception(f"{name}_in_{label}", text, note, slot, make)
    for name, sentence, value in rewritten(right.expression, arguments):
        # A length that is wrong in one way is not wrong in another as well.
        of_lengths = lengths and (value / right.expression).atoms(sp.Indexed)
        slot = "length" if of_lengths else "result"
        text = sentence if sentence.endswith("?") else f"{sentence}."
        yield Misconception(name, text, written(value), slot, _result(value))
    if not lengths and not indices_of(like):
        for name, value in (("root_taken", right.expression), ("root_of_double_taken", 2 * right.expression)):
            note = f"the root of {written(value)}"
            make = _result(sp.sqrt(value))
            yield Misconception(name, "A root is taken in the end.", note, "result", make, alone=True)
    for name, sentence, factor in _lengths(indices_of(like), arguments) if lengths else ():
        yield Misconception(name, sentence, f"times {written(factor)}", "length", _times(factor))
    yield from _mistaken_arguments(arguments)


def _returned(
    right: Equations, shown: tuple[Expr, ...], arguments: tuple[Argument, ...]
) -> Iterator[Misconception[Equations]]:
    """Another quantity of the same shape in place of the result."""
    for argument in arguments:
        if indices_of(argument.symbol) == shown:
            sentence, note = f"That is `{argument.name}` as it was given.", f"{argument.name} is returned"
            make = _result(argument.symbol)
            yield Misconception(f"{argument.name}_returned", sentence, note, "result", make, alone=True)
    for definition in right.definitions:
        if definition.symbol != right.expression and indices_of(definition.symbol) == shown:
            sentence = f"That is another quantity on the way: {start(definition.sentence)}."
            note, make = f"{written(definition.symbol)} is returned", _result(definition.symbol)
            name = f"{identifier(head(definition.symbol))}_returned"
            yield Misconception(name, sentence, note, "result", make, alone=True)


def _mistaken_arguments(arguments: tuple[Argument, ...]) -> Iterator[Misconception[Equations]]:
    """One argument for another everywhere, or both exchanged."""
    for one, other in permutations(arguments, 2):
        if indices_of(one.symbol) == indices_of(other.symbol):
            sentence = f"`{other.name}` is used everywhere in place of `{one.name}`."
            make = _everywhere({head(one.symbol): head(other.symbol)})
            yield Misconception(
                f"{other.name}_for_every_{one.name}", sentence, sentence, "arguments", make, alone=True
            )
    for one, other in combinations(arguments, 2):
        if indices_of(one.symbol) == indices_of(other.symbol):
            sentence = f"`{one.name}` and `{other.name}` are exchanged."
            make = _everywhere(_exchange(one, other))
            yield Misconception(
                f"{one.name}_and_{other.name}_exchanged", sentence, sentence, "arguments", make, alone=True
            )


def _exchange(one: Argument, other: Argument) -> dict[Expr, Expr]:
    return {head(one.symbol): head(other.symbol), head(other.symbol): head(one.symbol)}


def _everywhere(renamed: dict[Expr, Expr]) -> Callable[[Equations], Equations]:
    def make(equations: Equations) -> Equations:
        definitions = tuple(
            replace(definition, expression=rename(definition.expression, renamed))
            for definition in equations.definitions
        )
        return Equations(definitions, rename(equations.expression, renamed))

    return make


def _redefine(place: int, value: Expr) -> Callable[[Equations], Equations]:
    def make(equations: Equations) -> Equations:
        definitions = list(equations.definitions)
        definitions[place] = replace(definitions[place], expression=value)
        return replace(equations, definitions=tuple(definitions))

    return make


def _result(value: Expr) -> Callable[[Equations], Equations]:
    return lambda equations: replace(equations, expression=value)


def _times(factor: Expr) -> Callable[[Equations], Equations]:
    return lambda equations: replace(equations, expression=factor * equations.expression)


def _lengths(shown: tuple[Expr, ...], arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    """Factors by which a result is off where a vector's length is forgotten, or comes in too often."""
    for argument in arguments:
        if len(indices_of(argument.symbol)) != 1:
            continue
        (index,) = indices_of(argument.symbol)
        squares, absolute = total(argument.symbol**2, index), total(sp.Abs(argument.symbol), index)
        length, size = sp.sqrt(squares), index.size
        it = f"`{argument.name}`"
        more = f"It grows with the length of {it} more than it should: "
        less = f"It grows with the length of {it} less than it should: "
        other = f"The length of {it} is taken as the sum of its absolute values: that is another norm."
        mean = f"The length of {it} is taken with a mean in place of the sum of the squares."
        plain = f"The components of {it} are added up as they are: add up their squares."
        for name, sentence, factor in (
            ("not_normalised", f"{more}how often is it divided by that length?", length),
            ("normalised", f"{less}it is divided by that length once too often.", 1 / length),
            ("squared_length_above", f"{more}by the square of that length.", squares),
            ("squared_length_below", f"{less}by the square of that length.", 1 / squares),
            ("other_norm", other, length / absolute),
            ("other_norm_squared", other, squares / absolute**2),
            ("other_norm_above", other, absolute**2 / squares),
            ("mean_length", mean, sp.sqrt(size)),
            ("mean_square", mean, size),
            ("mean_square_above", mean, 1 / size),
            ("plain_sum", plain, length / total(argument.symbol, index)),
            ("plain_sum_squared", plain, total(argument.symbol, index) ** 2 / squares),
            ("plain_sum_squared_below", plain, squares / total(argument.symbol, index) ** 2),
            ("plain_sum_above", plain, total(argument.symbol, index) / squares),
        ):
            yield f"{argument.name}_{name}", sentence, factor
        if shown == (index,):
            signs = sp.sign(argument.symbol) / argument.symbol
            yield f"{argument.name}_signs", f"Only the signs of {it} are used.", signs * length
            yield f"{argument.name}_absolute", f"Absolute values are taken of {it}.", signs


def rewritten(e: Expr, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    """Every expression with one operation, or one symbol, other than it should be: name, sentence, value.

    Parameters
    ----------
    e
        The right expression.
    arguments
        Of the formula that it is a part of: sentences have their names.
    """
    yield from _inside(e, arguments)
    for one, other in combinations(arguments, 2):
        both = e.has(head(one.symbol)) and e.has(head(other.symbol))
        if both and indices_of(one.symbol) == indices_of(other.symbol):
            sentence = f"`{one.name}` and `{other.name}` are exchanged"
            yield f"{one.name}_and_{other.name}_exchanged", sentence, rename(e, _exchange(one, other))


def _inside(e: Expr, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    """The same for one place in the expression."""
    inside = {name: (sentence, value) for name, sentence, value in _at_top(e, arguments)}
    for name, (sentence, value) in inside.items():
        yield name, sentence, value
    if isinstance(e, sp.Heaviside):
        (number,) = [term for term in sp.Add.make_args(e.args[0]) if term.is_Number] or [sp.Integer(0)]
        moved = sp.Heaviside(e.args[0] - number, e.args[1])
        yield "threshold", "The threshold is another one: from where on is it the second class?", moved
        yield "threshold_missing", "No threshold is used: what becomes of ŷ at ½?", e.args[0] - number
        sentence = "It is 1 minus what it should be: are right and wrong, or the two classes, exchanged?"
        yield "threshold_mirrored", sentence.rstrip("?"), 1 - e
        return
    for place, argument in enumerate(e.args if not isinstance(e, sp.Indexed) else ()):
        if isinstance(argument, sp.Tuple):  # the limits of a sum
            continue
        for name, sentence, value in _inside(argument, arguments):
            if value.has(sp.zoo, sp.nan, sp.oo):
                continue
            yield name, sentence, e.func(*e.args[:place], value, *e.args[place + 1 :])


def _at_top(e: Expr, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    """The same with the outermost operation wrong."""
    if e.is_Add:
        yield from _in_sum(e, arguments)
    if e.is_Mul:
        yield from _in_product(e, arguments)
    if e.is_Pow:
        yield from _in_power(e, arguments)
    if isinstance(e, Sigma):
        z = e.args[0]
        yield "without_sigma", "The sigmoid is missing", z
        yield "sigma_twice", "The sigmoid is taken twice", Sigma(e)
        yield "sigma_mirrored", "The exponent in the sigmoid has the wrong sign", Sigma(-z)
        yield (
            "sigma_with_minus",
            "In the sigmoid there is a minus where a plus should be",
            1 / (1 - sp.exp(-z)),
        )
        yield "power_of_ten", "A power of 10 is used in place of e", 1 / (1 + sp.exp(-sp.log(10) * z))
        yield "tanh", "That is tanh: σ is another function", sp.tanh(z)
        yield "relu", "That is ReLU: σ is another function", (z + sp.Abs(z)) / 2
        yield "step", "That is a step: σ is smooth", sp.Heaviside(z, 1)
        yield "slope_for_sigma", "That is the slope of σ, not σ itself", e * (1 - e)
    if isinstance(e, sp.Sum):
        index, _, size = e.limits[-1]
        name = str(index).rstrip("'")
        yield f"mean_over_{name}", "A mean is used in place of a sum", e / size
        yield from _in_sum_of_squares(e, index, size)
    mine = next((a for a in arguments if a.symbol == e), None)
    if mine is not None:
        for other in arguments:
            if other is not mine and indices_of(other.symbol) == indices_of(e):
                sentence = f"`{other.name}` is used in place of `{mine.name}`"
                yield f"{other.name}_for_{mine.name}", sentence, other.symbol


def _in_sum(e: Expr, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    if e.has(sp.Sum) or e.atoms(sp.Indexed):
        yield "sigma_added", "There is a sigmoid that is not needed", Sigma(e)
    for term in e.args:
        name, that = _told(term, arguments)
        yield f"without_{name}", f"A term is missing: that with {that}", e - term
        yield f"sign_of_{name}", f"A term has the wrong sign: that with {that}", e - 2 * term
        yield f"twice_{name}", f"A term comes in twice: that with {that}", e + term
        for factor in term.args if term.is_Mul else ():
            if not factor.is_Number and not factor.atoms(sp.Indexed):
                over, on = _told(factor, arguments)
                sentence = f"A factor is at the whole sum, and belongs to one term: that with {on}"
                yield f"factor_{over}_on_all", sentence, factor * (e - term) + term
                sentence = f"A factor is at the wrong term: that with {on}"
                yield f"factor_{over}_on_other", sentence, factor * (e - term) + term / factor
        if term == 1 and len(e.args) == 2:
            rest, what = _told(e - term, arguments)
            yield f"complement_of_{rest}", f"{what} is used in place of 1 minus it", term - e


def _in_product(e: Expr, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    for factor in e.args:
        name, that = _told(factor, arguments)
        if factor.is_Number or all(map(is_size, factor.free_symbols)):
            continue
        if factor.is_Pow and factor.exp.is_negative:
            yield f"divisor_{name}_missing", f"A divisor is missing: that with {that}", e / factor
            yield (
                f"multiplied_by_{name}",
                f"It is multiplied where it should be divided: by what has {that} in it",
                e / factor**2,
            )
        else:
            yield f"factor_{name}_missing", f"A factor is missing: that with {that}", e / factor
        yield f"factor_{name}_twice", f"A factor comes in twice: that with {that}", e * factor


def _in_power(e: Expr, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, str, Expr]]:
    name, that = _told(e.base, arguments)
    if e.exp == sp.Rational(1, 2):
        yield f"root_of_{name}_missing", "A square root is missing", e.base
    if e.exp == 2:
        what = f"what has {that} in it" if e.base.is_Add or e.base.is_Mul else that  # y − ŷ is not y
        yield f"square_of_{name}_missing", f"A square is missing: that of {what}", e.base
        yield (
            f"absolute_{name}",
            f"An absolute value is used in place of a square: that of {what}",
            sp.Abs(e.base),
        )
    if e.exp.is_Symbol:
        count, times = _told(e.exp, arguments)
        yield f"power_{count}_missing", f"An exponent is missing: {times}", e.base
        yield f"times_{count}", f"{times} is a factor, but should be an exponent", e.base * e.exp


def _in_sum_of_squares(e: Expr, index: Expr, size: Expr) -> Iterator[tuple[str, str, Expr]]:
    """Σ (a − b)²: squared too late, or every a with every b."""
    squared = e.function
    if not (squared.is_Pow and squared.exp == 2 and squared.base.is_Add):
        return
    yield (
        "square_of_mean",
        "The mean is squared, but the squares should be averaged",
        total(squared.base, index) ** 2 / size,
    )
    yield (
        "variance",
        "The mean is taken off before the squares: that is a variance",
        e - total(squared.base, index) ** 2 / size,
    )
    if len(squared.base.args) == 2:
        one, other = squared.base.args
        every = (
            total(one**2, index) + 2 * total(one, index) * total(other, index) / size + total(other**2, index)
        )
        sentence = "Every prediction is compared with every target: print the shapes of what is subtracted"
        yield "broadcast", sentence, size * every
        yield "broadcast_averaged", sentence, every


def _told(e: Expr, arguments: tuple[Argument, ...]) -> tuple[str, str]:
    """What an expression is about, as a part of a name and in a sentence."""
    names = _names(e, arguments)
    return "_".join(names), " and ".join(f"`{name}`" for name in names if names != [_NUMBER]) or "a number"


def _names(e: Expr, arguments: tuple[Argument, ...]) -> list[str]:
    """The arguments in an expression, or else the quantities, or else its numbers."""
    found = [argument.name for argument in arguments if e.has(argument.symbol)]
    named = [symbol for symbol in e.free_symbols if not isinstance(symbol, Index)]
    quantities = [symbol for symbol in named if not is_size(symbol)]
    inner = sorted({identifier(head(symbol)) for symbol in quantities or named})
    return found or inner or [_NUMBER]
