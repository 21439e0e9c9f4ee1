"""Normal forms as a person writes them: factors, one term an example, and what two of them differ in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_checks.formula.graph import FormulaError
from symbolic_checks.formula.normal import Forms, Poly

_LONGEST = 200
_MOST_TERMS = 150
_LONGEST_NUMBER = 9
_DIGITS = str.maketrans("0123456789-", "₀₁₂₃₄₅₆₇₈₉₋")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# An example's number stands in a name as one of these signs: it is exchanged for ᵢ, or for its digits.
_EXAMPLE = 0xE000
_MOST_EXAMPLES = 64
_SHORT = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(1, 3): "⅓", Fraction(2, 3): "⅔"}


def example_sign(number: int) -> str:
    """What stands for an example's number in a name."""
    return chr(_EXAMPLE + number)


def subscript(number: int) -> str:
    """A number as lowered digits."""
    return str(number).translate(_DIGITS)


def general(text: str) -> str:
    """With ᵢ for the number of every example."""
    return "".join("ᵢ" if _is_sign(sign) else sign for sign in text)


def particular(text: str) -> str:
    """With its digits for the number of every example."""
    return "".join(subscript(ord(sign) - _EXAMPLE) if _is_sign(sign) else sign for sign in text)


def _is_sign(sign: str) -> bool:
    return _EXAMPLE <= ord(sign) < _EXAMPLE + _MOST_EXAMPLES


@dataclass(frozen=True)
class Product:
    """A number times factors, over divisors."""

    number: Fraction
    factors: tuple[str, ...]
    divisors: tuple[str, ...] = ()

    def signed(self) -> str:
        """In one line."""
        return ("−" if self.number < 0 else "") + self.text()

    def text(self, *, number: bool = True) -> str:
        """In one line, without its sign."""
        times = abs(self.number) if number else Fraction(1)
        parts = [*([_fraction(times)] if times != 1 or not self.factors else []), *_with_powers(self.factors)]
        text = "·".join(parts)
        below = _with_powers(self.divisors)
        if not below:
            return text
        return f"{text}/{below[0]}" if len(below) == 1 else f"{text}/({'·'.join(below)})"


class Writer:
    """Writes the forms of one exercise.

    Parameters
    ----------
    forms
        Where they were made.
    names
        Of the inputs, with the examples' signs in them.
    known
        Forms that have a name, such as ŷ₁, or are written as a sum of two names: ``(ŷ₁ − y₁)``.
    """

    def __init__(self, forms: Forms, names: Sequence[str], known: Sequence[tuple[Poly, str]]) -> None:
        self._forms = forms
        self._names = list(names)
        self._known = [(form, name) for form, name in known if len(form) > 1]
        self._single = {form: name for form, name in known if len(form) == 1}
        sigmas = [k for k, atom in forms.atoms.items() if atom.kind == "sigma"]
        self._slopes: list[tuple[Poly, str]] = []
        for k in sigmas:  # those inside others come first
            self._slopes.append((1 - forms.generator(k), f"(1 − {self._name(k)[0]})"))

    def products(self, form: Poly) -> dict[str, Product]:
        """A form as a sum of products, one for the examples that occur in it together."""
        groups = self._groups(form)
        if "" in groups and len(groups) > 1:  # a part of every example's may have been added up
            extracted, rest = self._extracted(form)
            found = {key: self._product(part) for key, part in extracted.items()}
            if found:
                return found | {key: self._product(part) for key, part in self._groups(rest).items()}
        return {key: self._product(part) for key, part in groups.items()}

    def _groups(self, form: Poly) -> dict[str, Poly]:
        """The terms that have the same examples in them."""
        if len(form) > _MOST_TERMS:
            raise FormulaError("too long to be read")
        groups: dict[str, dict[Any, Any]] = {}
        for powers, factor in form.terms():
            signs = {sign for k, power in enumerate(powers) if power for sign in self._examples(k)}
            groups.setdefault("".join(sorted(signs)), {})[powers] = factor
        ordered = sorted(groups.items(), key=lambda item: (len(item[0]), item[0]))
        return {signs: self._forms.ring.from_dict(terms) for signs, terms in ordered}

    def _extracted(self, form: Poly) -> tuple[dict[str, Poly], Poly]:
        """Multiples of what has a name, one for every example, and a rest that is shorter by that."""
        powers, form = _without_common(form)
        common = self._forms.ring.from_dict({powers: 1})
        for kind in dict.fromkeys(general(name) for _, name in self._known):
            parts: dict[str, Poly] = {}
            rest = form
            for known, name in self._known:
                if general(name) != kind or len(known) < 2:
                    continue
                times = form.coeff(self._forms.ring.from_dict({known.LM: 1})) / known.LC
                if times:
                    (signs,) = [*{sign for sign in name if _is_sign(sign)}] or [""]
                    parts[signs] = known * times * common
                    rest -= known * times
            if parts and "" not in parts and len(rest) <= len(form) - 2 * len(parts):
                return parts, rest * common
        return {}, form

    def text(self, products: Mapping[str, Product]) -> str:
        """A sum of products in one line; with a Σ where all examples have the same.

        Raises
        ------
        FormulaError
            When it is too long.
        """
        text = particular(self._line(products))
        if len(text) > _LONGEST:
            raise FormulaError("too long to be read")
        return text

    def _line(self, products: Mapping[str, Product]) -> str:
        """The same with the examples' signs in it."""
        single = {key: product for key, product in products.items() if len(key) == 1}
        terms: list[tuple[bool, str]] = []
        if len({general(product.signed()) for product in single.values()}) == 1 < len(single) == self._count:
            product = next(iter(single.values()))
            number = abs(product.number)
            front = f"{_fraction(number)}·" if number != 1 else ""
            inside = general(product.text(number=False))
            terms.append((product.number < 0, f"{front}Σᵢ {inside}"))
            single.clear()
        else:
            terms += [(product.number < 0, product.text()) for product in single.values()]
        terms += [(product.number < 0, product.text()) for key, product in products.items() if len(key) != 1]
        text = _added(terms) or "0"
        return text[1:-1] if len(terms) == 1 and _is_enclosed(text) else text

    @property
    def _count(self) -> int:
        """How many examples there are."""
        return len({sign for name in self._names for sign in name if _is_sign(sign)})

    def _examples(self, number: int) -> set[str]:
        if number < self._forms.inputs:
            return set(filter(_is_sign, self._names[number]))
        monoms = self._forms.atoms[number].of.monoms()
        inside = {k for powers in monoms for k, power in enumerate(powers) if power}
        return {sign for k in inside for sign in self._examples(k)}

    def _product(self, form: Poly) -> Product:
        """A sum as a product, as far as it is one of what has a name."""
        number = form.content()
        if form.LC < 0:
            number = -number
        powers, form = _without_common(form / number)
        sums, form = _divided(form, self._known)
        slopes, form = _divided(form, self._slopes)
        if len(form) > 1:
            sums.append(f"({self._sum(form)})")
        else:  # what is left of a division is a number, or a monomial
            number *= form.LC
            powers = tuple(a + b for a, b in zip(form.LM, powers, strict=True))
        named = [(k, *self._name(k)) for k, power in enumerate(powers) for _ in range(power)]
        atoms = [name for k, name, below in named if not below and k >= self._forms.inputs]
        inputs = [name for k, name, below in named if not below and k < self._forms.inputs]
        divisors = tuple(name for _, name, below in named if below)
        return Product(_as_fraction(number), (*sums, *atoms, *slopes, *inputs), divisors)

    def _sum(self, form: Poly) -> str:
        """What is no product, with names for the parts that have one."""
        for known, name in self._known:
            times = form.coeff(self._forms.ring.from_dict({known.LM: 1})) / known.LC
            rest = form - known * times
            if times and not name.startswith("(") and len(rest) <= len(form) - len(known) + 1:
                first = Product(_as_fraction(times), (name,))
                return _added([(times < 0, first.text()), *self._terms(rest)])
        return _added(self._terms(form))

    def _terms(self, form: Poly) -> list[tuple[bool, str]]:
        """Each term: whether it is negative, and its text."""
        single = [self._product(self._forms.ring.from_dict({powers: c})) for powers, c in form.terms()]
        return [(product.number < 0, product.text()) for product in single]

    def _name(self, number: int) -> tuple[str, bool]:
        """A generator's name, and whether it is what is divided by."""
        name = self._single.get(self._forms.generator(number))
        if name or number < self._forms.inputs:
            return name or self._names[number], False
        atom = self._forms.atoms[number]
        inside = next((name for form, name in self._known if form == atom.of), "")
        length = inside.startswith("‖")
        inside = inside or self._line(self.products(atom.of))
        root = inside.removesuffix("²") if length else f"√({inside})"
        return {
            "exp": (f"e^({inside})", False),
            "exp_minus": (f"e^(−({inside}))", False),
            "sigma": (f"σ({inside})", False),
            "log": (f"ln({inside})", False),
            "root": (root, False),
            "reciprocal_root": (root, True),
            "reciprocal": (inside if length or len(atom.of) == 1 else f"({inside})", True),
        }[atom.kind]


def _without_common(form: Poly) -> tuple[tuple[int, ...], Poly]:
    """The powers that all terms of a sum have in common, and the sum divided by them."""
    powers = tuple(map(min, zip(*form.monoms(), strict=True)))
    terms = {tuple(a - b for a, b in zip(each, powers, strict=True)): c for each, c in form.terms()}
    return powers, form.ring.from_dict(terms)


def _divided(form: Poly, known: Sequence[tuple[Poly, str]]) -> tuple[list[str], Poly]:
    """The names of the factors that a sum has, and what is left of it."""
    names: list[str] = []
    for factor, name in known:
        while len(form) > 1 and _may_divide(factor, form):
            quotient, rest = form.div(factor)
            if rest:
                break
            names.append(name)
            form = quotient
    return names, form


def _may_divide(factor: Poly, form: Poly) -> bool:
    """Whether the first and the last term of a sum are multiples of a factor's first and last, as those of
    every multiple are: most factors need no division to be ruled out."""
    order = form.ring.order
    for which in (max, min):
        powers, others = (which(each.monoms(), key=order) for each in (factor, form))
        if any(power > other for power, other in zip(powers, others, strict=True)):
            return False
    return True


def _as_fraction(number: Any) -> Fraction:
    return Fraction(int(number.numerator), int(number.denominator))


def _is_enclosed(text: str) -> bool:
    """Whether one pair of parentheses holds all of it."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1 and sign == ")"
    return False


def difference(mine: Mapping[str, Product], right: Mapping[str, Product]) -> tuple[Fraction, str]:
    """By which number all of it is multiplied (0: by none), and what else differs, as a clause; empty where
    nothing does, or nothing short can be said.

    Parameters
    ----------
    mine, right
        What the code computes, and what is right, as `Writer.products` gives them.
    """
    if mine.keys() != right.keys():
        missing = [key for key in right if key not in mine]
        same = all(mine[key] == right.get(key) for key in mine)
        if same and mine and all(len(key) == 1 for key in missing):
            examples = _listed([str(ord(key) - _EXAMPLE) for key in missing])
            return Fraction(0), f"the part of example {examples} is missing" if len(missing) == 1 else (
                f"the parts of examples {examples} are missing"
            )
        return Fraction(0), ""
    ratios = {mine[key].number / right[key].number for key in right}
    if len(ratios) != 1:
        return Fraction(0), ""
    clauses = {_exchange(mine[key], right[key]) for key in right}
    clause = clauses.pop()
    return (ratios.pop(), clause) if not clauses else (Fraction(0), "")


def _exchange(mine: Product, right: Product) -> str:
    """Which factors are missing, and which are too many."""
    had, wanted = _counted(mine), _counted(right)
    missing, extra = list((wanted - had).elements()), list((had - wanted).elements())
    if missing and extra:
        used = "is" if len(extra) == 1 else "are"
        return f"{_listed(extra)} {used} used in place of {_listed(missing)}"
    if missing:
        return (
            f"the factor {missing[0]} is missing"
            if len(missing) == 1
            else (f"the factors {_listed(missing)} are missing")
        )
    if extra:
        return (
            f"the factor {extra[0]} is one too many"
            if len(extra) == 1
            else (f"the factors {_listed(extra)} are too many")
        )
    return ""


def _counted(product: Product) -> Counter[str]:
    below = [f"1/{divisor}" for divisor in product.divisors]
    return Counter(general(factor) for factor in (*product.factors, *below))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _added(terms: Sequence[tuple[bool, str]]) -> str:
    """Terms with their signs, a positive one first if there is one."""
    ordered = sorted(terms, key=lambda term: term[0]) if terms and terms[0][0] else list(terms)
    text = ""
    for negative, term in ordered:
        text += (" − " if negative else " + ") + term if text else ("−" if negative else "") + term
    return text


def _with_powers(factors: Sequence[str]) -> list[str]:
    """Equal factors put together."""
    counted = Counter(factors)
    return [
        name if count == 1 else f"{name}{str(count).translate(_POWERS)}" for name, count in counted.items()
    ]


def _fraction(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    if len(str(number)) > _LONGEST_NUMBER:
        raise FormulaError("a number that nobody wrote")
    return _SHORT.get(number, f"{number.numerator}/{number.denominator}")
