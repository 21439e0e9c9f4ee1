"""Misconceptions about a derivative: a link of the chain that is missing, or is another than it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sympy as sp

from symbolic_checks.derivation import Derivation, Factor, Path, derive
from symbolic_checks.language import Definition, Expr, Sigma, indices_of, softmax_of, total
from symbolic_checks.misconceptions import rewriting
from symbolic_checks.misconceptions.links import ERROR, SLOPE, of_softmax
from symbolic_checks.misconceptions.misconception import Misconception, head, identifier, start, used
from symbolic_checks.plain import written


def misconceptions(derivation: Derivation) -> Iterator[Misconception[Derivation]]:
    """Every single misconception about a derivation, apart from constant factors and powers of sizes."""
    yield from _something_else(derivation)
    yield from _in_definitions(derivation)
    for at, path in enumerate(derivation.paths):
        for place, factor in enumerate(path):
            yield from _in_factor(derivation, at, place, factor)
        yield from _parenthesis(derivation, at, path)
    if len(derivation.paths) > 1:
        for at, path in enumerate(derivation.paths):
            yield from _of_path(derivation, at, path)
    yield from _in_the_penalty(derivation)
    yield from _rarely_in_definitions(derivation)


def _something_else(derivation: Derivation) -> Iterator[Misconception[Derivation]]:
    """Another quantity in place of the derivative."""
    wrt = derivation.wrt

    def taken(
        name: str, sentence: str, note: str, value: Callable[[Derivation], Expr]
    ) -> Misconception[Derivation]:
        def make(d: Derivation) -> Derivation:
            return replace(d, paths=((Factor(d.of, d.wrt, value(d)),),))

        return Misconception(name, sentence, note, "whole", make, alone=True)

    single = {a.symbol: a for a in derivation.model.arguments if indices_of(a.symbol) == indices_of(wrt)}
    for symbol, argument in single.items() if derivation.model.output.symbol != wrt else ():
        sentence = f"That is `{argument.name}` as it was given."
        yield taken(f"{argument.name}_returned", sentence, f"{argument.name} is returned", _always(symbol))
    if len(derivation.paths[0]) > 1:
        sentence = f"That is `{single[wrt].name}` after a step: return the derivative itself."
        yield taken("stepped", sentence, f"{written(wrt)} less the derivative", lambda d: wrt - d.expression)
        if not indices_of(wrt):
            yield taken(
                "loss_returned",
                "That is the loss itself: return its slope.",
                "the loss instead of its derivative",
                lambda d: d.model.output.expression,
            )


def _always(value: Expr) -> Callable[[Derivation], Expr]:
    return lambda _: value


def _in_definitions(derivation: Derivation) -> Iterator[Misconception[Derivation]]:
    """A mistake in what the prediction is made of."""
    arguments = derivation.model.arguments
    lone = {argument.symbol: argument.name for argument in arguments}
    for definition in used(derivation.expression, derivation.model.definitions):
        right, slot = definition.expression, f"definition {definition.symbol}"
        for term in sp.Add.make_args(right):
            if right.is_Add and term in lone:
                name = lone[term]
                yield Misconception(
                    f"without_{name}",
                    f"It does not use `{name}`: where is `{name}` needed?",
                    f"{written(definition.symbol)} without {written(term)}",
                    slot,
                    _redefine(definition, right - term),
                )
        if isinstance(right, Sigma):
            yield Misconception(
                "without_sigma",
                "The sigmoid is missing: what does a neuron do with its weighted sum?",
                f"{written(definition.symbol)} without σ",
                slot,
                _redefine(definition, right.args[0]),
            )


def _rarely_in_definitions(derivation: Derivation) -> Iterator[Misconception[Derivation]]:
    """Any other mistake in what the prediction is made of."""
    for definition in used(derivation.expression, derivation.model.definitions):
        label, what = identifier(head(definition.symbol)), start(definition.sentence)
        for name, sentence, value in rewriting.rewritten(definition.expression, derivation.model.arguments):
            note, slot = f"{written(definition.symbol)} = {written(value)}", f"definition {definition.symbol}"
            make = _redefine(definition, value)
            yield Misconception(f"{name}_in_{label}", f"{sentence} ({what}).", note, slot, make, alone=True)


def _redefine(definition: Definition, expression: Expr) -> Callable[[Derivation], Derivation]:
    def make(derivation: Derivation) -> Derivation:
        definitions = tuple(
            replace(d, expression=expression) if d.symbol == definition.symbol else d
            for d in derivation.model.definitions
        )
        return replace(derivation, model=replace(derivation.model, definitions=definitions))

    return make


def _in_factor(
    derivation: Derivation, at: int, place: int, factor: Factor
) -> Iterator[Misconception[Derivation]]:
    """Another value for one link."""
    definition = _defined(derivation, factor)
    last = factor.wrt == derivation.wrt
    error = _error(derivation, factor)

    def taken(name: str, sentence: str, value: Expr) -> Misconception[Derivation]:
        note = f"∂{written(factor.of)}/∂{written(factor.wrt)} taken as {written(value)}"
        return Misconception(name, sentence, note, f"link {at}.{place}", _relink(at, place, value))

    if error is not None:
        output, target = factor.wrt, factor.wrt - error
        for name, (sentence, value) in ERROR.items():
            yield taken(name, sentence, factor.value.xreplace({error: value(output, target)}))
        before = next((d.expression for d in derivation.model.definitions if d.symbol == output), None)
        if isinstance(before, Sigma):
            sentence = "The targets are compared with the weighted sum z: what is the neuron's output?"
            yield taken("sum_for_output", sentence, factor.value.xreplace({error: before.args[0] - target}))
        if len(indices_of(output)) == 1:
            (index,) = indices_of(output)
            sentence = (
                "Every prediction is compared with every target: print the shapes of what is subtracted."
            )
            size = index.size
            everyone = size * output - total(target, index)
            yield taken("broadcast", sentence, factor.value.xreplace({error: everyone}))
            yield taken("broadcast_averaged", sentence, factor.value.xreplace({error: everyone / size}))
    elif isinstance(definition.expression, Sigma):
        for name, (sentence, value) in SLOPE.items():
            if last or name not in ("second_derivative", "times_z"):
                yield taken(name, sentence, value(factor.of, factor.wrt))
        for index in indices_of(factor.of)[:1]:
            sentence = f"The slope of σ is averaged separately from the rest: each {index.noun} has its own."
            yield taken("slope_averaged", sentence, total(factor.value, index) / index.size)
    elif softmax_of(definition.expression) is not None:
        for name, sentence, slope in of_softmax(factor):
            yield taken(name, sentence, slope)
    elif last:
        yield from _inputs(derivation, factor, taken)
    elif factor.value.is_Symbol or isinstance(factor.value, sp.Indexed):
        sentence = f"A link of the chain is missing: where does {_quoted(derivation, factor.value)} come in?"
        yield taken(f"{identifier(head(factor.value))}_missing", sentence, sp.Integer(1))
        sentence = f"A link of the chain comes in twice: {_quoted(derivation, factor.value)}."
        yield taken(f"{identifier(head(factor.value))}_twice", sentence, factor.value**2)


def _defined(derivation: Derivation, factor: Factor) -> Definition:
    """What is differentiated in a link, whichever letters its indices have there."""
    return next(d for d in derivation.model.definitions if head(d.symbol) == head(factor.of))


def _error(derivation: Derivation, factor: Factor) -> Expr | None:
    """Output less target, where a link is the slope of a loss of that."""
    definition = _defined(derivation, factor)
    differences = (factor.wrt - argument.symbol for argument in derivation.model.arguments)
    return next((e for e in differences if definition.expression.has(e) and factor.value.has(e)), None)


def _parenthesis(derivation: Derivation, at: int, path: Path) -> Iterator[Misconception[Derivation]]:
    """The last link multiplied with the target alone: 2 (ŷ) − y x for 2 (ŷ − y) x."""
    (*before, last), error = path, _error(derivation, path[0])
    if not before or error is None or not last.value.is_Symbol:
        return
    wrong = path[0].value.xreplace({error: path[0].wrt - (path[0].wrt - error) * last.value})
    alone = path[0].value.subs(error, path[0].wrt) - (path[0].wrt - error) * last.value
    sentence = f"{_quoted(derivation, last.value)} is a factor of the target alone: is a parenthesis missing?"
    for name, value in (("parenthesis_missing", wrong), ("parentheses_missing", alone)):

        def make(d: Derivation, value: Expr = value) -> Derivation:
            return _relink(at, 0, value)(_relink(at, len(path) - 1, sp.Integer(1))(d))

        note = f"the chain taken as {written(value)}"
        yield Misconception(name, sentence, note, "whole", make, alone=True)


def _inputs(
    derivation: Derivation, factor: Factor, taken: Callable[[str, str, Expr], Misconception[Derivation]]
) -> Iterator[Misconception[Derivation]]:
    """The last link: what the weighted sum changes by when the weight does."""
    value, weight = factor.value, derivation.wrt
    single = [a for a in derivation.model.arguments if not indices_of(a.symbol)]
    definition = _defined(derivation, factor)
    if value == 1:
        for other in single:
            if definition.expression.has(other.symbol):
                sentence = f"`{other.name}` is a factor in it: how much does the prediction change by?"
                yield taken(f"times_{other.name}", sentence, other.symbol)
        return
    if not (value.is_Symbol or isinstance(value, sp.Indexed)):
        if value.has(weight):  # the slope of a penalty
            yield taken("penalty_kept", "The penalty itself was added: add its slope.", weight**2)
            yield taken(
                "penalty_of_sign",
                "That is the slope of an absolute value: this loss squares the weights.",
                sp.sign(weight),
            )
        return
    name = _quoted(derivation, value)
    yield taken(
        "input_missing", f"The last link of the chain is missing: where does {name} come in?", sp.Integer(1)
    )
    yield taken("weight_for_input", f"A weight is used in place of {name}.", weight)
    yield taken("input_squared", f"There is a square of {name} in it: how often is it a factor?", value**2)
    yield taken("input_absolute", f"An absolute value is taken of {name}.", sp.Abs(value))
    yield taken(
        "weighted_input",
        f"In addition to {name} there is a weight in it, as in the prediction itself.",
        weight * value,
    )
    for index in indices_of(value):
        if index not in indices_of(weight):
            sentence = (
                f"A mean is taken of {name} before the errors come in: each belongs to its own {index.noun}."
            )
            yield taken("inputs_averaged", sentence, total(value, index) / index.size)
    for other in single:
        if other.symbol not in (value, weight) and definition.expression.has(other.symbol):
            sentence = f"`{other.name}` is a factor in it: is that what the prediction changes by?"
            yield taken(f"{other.name}_for_{identifier(head(value))}", sentence, other.symbol)


def _of_path(
    derivation: Derivation, at: int, path: tuple[Factor, ...]
) -> Iterator[Misconception[Derivation]]:
    """A part of the loss that is left out, or has another factor."""
    part = next(d for d in derivation.model.definitions if d.symbol == path[0].wrt)
    what, label = start(part.sentence), identifier(head(part.symbol))
    share = "The share of one part of the loss is"
    averaged: list[tuple[str, str, Expr]] = []
    for n in (index.size for index in derivation.model.indices[:1]):
        averaged += [
            (f"{label}_averaged", f"{share} {n} times too small", 1 / n),
            (f"{label}_averaged_halved", f"{share} 2{n} times too small", 1 / (2 * n)),
            (f"{label}_summed", f"{share} {n} times what it should be", n),
        ]
    for name, sentence, factor in (
        (f"{label}_left_out", "One part of the loss is missing", sp.Integer(0)),
        (f"{label}_halved", f"{share} half of what it should be", sp.Rational(1, 2)),
        (f"{label}_doubled", f"{share} twice what it should be", sp.Integer(2)),
        (f"{label}_sign", "The share of one part of the loss has the opposite sign", sp.Integer(-1)),
        *averaged,
    ):
        yield Misconception(
            name,
            f"{sentence}: {what}.",
            f"the path over {written(part.symbol)} times {factor}",
            f"path {at}",
            _relink(at, 0, factor * path[0].value),
        )


def _in_the_penalty(derivation: Derivation) -> Iterator[Misconception[Derivation]]:
    """A number that is penalised as the weights are, where the loss leaves it out."""
    variable = derivation.wrt
    for definition in derivation.model.definitions:
        squares = definition.expression
        alone = isinstance(squares, sp.Sum) and squares.function.is_Pow and squares.function.base.is_symbol
        if indices_of(variable) or not alone or squares.has(variable):
            continue
        name = next(a.name for a in derivation.model.arguments if a.symbol == variable)
        wrong = _redefine(definition, squares + variable**2)(derivation).model
        yield Misconception(
            f"{name}_in_{identifier(head(definition.symbol))}",
            f"`{name}` is in one part of the loss where it should not be: {start(definition.sentence)}.",
            f"{written(definition.symbol)} = {written(squares + variable**2)}",
            "penalty",
            _add_paths(set(derive(wrong, name).paths) - set(derivation.paths)),
        )


def _add_paths(paths: set[Path]) -> Callable[[Derivation], Derivation]:
    return lambda derivation: replace(derivation, paths=(*derivation.paths, *paths))


def _relink(at: int, place: int, value: Expr) -> Callable[[Derivation], Derivation]:
    def make(derivation: Derivation) -> Derivation:
        paths = [list(path) for path in derivation.paths]
        paths[at][place] = replace(paths[at][place], value=value)
        return replace(derivation, paths=tuple(map(tuple, paths)))

    return make


def _quoted(derivation: Derivation, symbol: Expr) -> str:
    """What a student calls it: an argument's name, or what the quantity is."""
    for argument in derivation.model.arguments:
        if argument.symbol == symbol:
            return f"`{argument.name}`"
    return next(start(d.sentence) for d in derivation.model.definitions if d.symbol == symbol)
