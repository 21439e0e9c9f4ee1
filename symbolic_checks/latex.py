"""SymPy expressions as LaTeX in the manner of the slides: 2(ŷ − y)x₁, and not −2x₁(−ŷ + y)."""

# ruff: noqa: N802 (SymPy finds a printer's methods by the names of its classes)

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.printing.latex import LatexPrinter

from symbolic_checks.language import Expr, Index

_GREEK = {"lam": r"\lambda", "mu": r"\mu", "eta": r"\eta"}
_SUBSCRIPT = re.compile(r"_(\w+)$")
# A layer's number stands above, as an element's indices take the place below: W^{(1)}_{jk}.
_LAYER = re.compile(r"^([A-Za-z])(\d)$")


@dataclass(frozen=True)
class Step:
    """One line of a derivation: a formula in LaTeX, and a sentence that says what was done."""

    latex: str
    sentence: str


def latex(expression: Expr) -> str:
    r"""An expression as LaTeX.

    >>> from symbolic_checks.lecture import y, i
    >>> latex(2 * sp.Symbol("x_1") * (sp.Symbol(r"\hat{y}") - y[i]))
    '2 \\left(\\hat{y} - y_{i}\\right) x_{1}'
    """
    return str(_LecturePrinter().doprint(expression))


def partial(of: Expr, wrt: Expr) -> str:
    r"""∂``of``/∂``wrt`` as LaTeX.

    Parameters
    ----------
    of
        The quantity above the line.
    wrt
        The one below it.

    Examples
    --------
    >>> from symbolic_checks.lecture import L, b
    >>> partial(L, b)
    '\\frac{\\partial L}{\\partial b}'
    """
    return rf"\frac{{\partial {latex(of)}}}{{\partial {latex(wrt)}}}"


def sigma_sign(index: Expr, size: Expr) -> str:
    """The summation sign over a whole range.

    Parameters
    ----------
    index
        Runs from 1.
    size
        Where it ends.
    """
    return rf"\sum_{{{latex(index)}=1}}^{{{latex(size)}}}"


class _LecturePrinter(LatexPrinter):
    """SymPy's printer with the order of terms and factors that one writes by hand."""

    def _print_Symbol(self, symbol: Any, style: str = "plain") -> str:
        return _GREEK.get(symbol.name) or _LAYER.sub(r"\1^{(\2)}", _SUBSCRIPT.sub(r"_{\1}", symbol.name))

    def _print_Indexed(self, element: Any) -> str:
        indices = "".join(self._print(index) for index in element.indices)
        return f"{self._print_Symbol(element.base.label)}_{{{indices}}}"

    def _print_Sum(self, sum_: Any) -> str:
        signs = " ".join(sigma_sign(index, size) for index, _, size in reversed(sum_.limits))
        return f"{signs} {self._factor(sum_.function)}"

    def _print_Add(self, sum_: Any, order: str | None = None) -> str:
        text = ""
        for term in sorted(sum_.args, key=_term_order):
            negative = _is_negative(term)
            sign = (" - " if text else "- ") if negative else (" + " if text else "")
            text += sign + self._print(-term if negative else term)
        return text

    def _print_Heaviside(self, step: Any) -> str:
        """As a bracket that is 1 where the condition holds, and 0 elsewhere."""
        over, under = step.args[0].as_coeff_add()
        return rf"\left[{self._print(sp.Add(*under))} \ge {self._print(-over)}\right]"

    def _print_Pow(self, power: Any) -> str:
        power = _with_norm(power)
        return str(super()._print_Pow(power) if power.is_Pow else self._print(power))

    def _print_Mul(self, product: Any) -> str:
        if _is_negative(product):
            return f"- {self._factor(-product)}"
        # Not `sp.fraction`: it multiplies 2(ŷ − y) out, and puts e^(−z) below the line.
        factors = [_with_norm(f) for f in sp.Mul.make_args(product)]
        below = [f for f in factors if f.is_Pow and _is_negative(f.exp)]
        above = [f for f in factors if f not in below]
        below += [sp.Integer(f.q) for f in above if f.is_Rational and f.q != 1]
        above = [sp.Integer(f.p) if f.is_Rational else f for f in above]
        above = sorted((f for f in above if f != 1), key=_factor_order(above))
        if not below:
            return " ".join(map(self._factor, above))
        inside = [f for f in above if not f.has(sp.Sum) and not f.is_Add]
        over = " ".join(map(self._factor, inside)) or "1"
        under = self._print(sp.Mul(*(f if f.is_Integer else 1 / f for f in below)))
        beside = [self._factor(f) for f in above if f not in inside]
        return " ".join([rf"\frac{{{over}}}{{{under}}}", *beside])

    def _factor(self, factor: Any) -> str:
        text = str(self._print(factor))
        return rf"\left({text}\right)" if factor.is_Add else text


def _with_norm(power: Expr) -> Expr:
    """A power of Σ g_j² as one of the norm ‖g‖: a sum over j inside a term with its own j is hard to read."""
    if not (power.is_Pow and isinstance(power.base, sp.Sum)):
        return power
    square = power.base.function
    if not (square.is_Pow and square.exp == 2 and isinstance(square.base, sp.Indexed)):
        return power
    return sp.Symbol(rf"\lVert {square.base.base.label} \rVert", positive=True) ** (2 * power.exp)


def _term_order(term: Expr) -> tuple[bool, bool, bool, str]:
    """Positive terms first; among them numbers, then sums and products, then single letters."""
    negative = _is_negative(term)
    return negative, not term.is_number, term.is_Atom or isinstance(term, sp.Indexed), str(term)


def _is_negative(expression: Expr) -> bool:
    """Whether it carries a minus sign as written (SymPy's own test takes ŷ − y for negative, or y − ŷ)."""
    return bool(expression.as_coeff_Mul()[0].is_negative)


def _factor_order(factors: Sequence[Expr]) -> Callable[[Expr], Any]:
    """Numbers, residuals, outputs as in ŷ (1 − ŷ), data, parameters, sums: as the chain rule gives them."""
    complements = [f for f in factors if f.is_Add and any(t.is_number for t in f.args)]
    outputs = {-term for f in complements for term in f.args if not term.is_number}

    def order(factor: Expr) -> tuple[int, str]:
        rank = 6
        if factor.is_number:
            rank = 0
        elif factor.is_Symbol and factor.name in _GREEK:
            rank = 1
        elif factor in complements:
            rank = 4
        elif factor.is_Add:
            rank = 2
        elif factor in outputs:
            rank = 3
        elif factor.has(sp.Sum):
            rank = 7
        elif any(isinstance(symbol, Index) and symbol.order <= 0 for symbol in factor.free_symbols):
            rank = 5
        return rank, str(factor)

    return order
