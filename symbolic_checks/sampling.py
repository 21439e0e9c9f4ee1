"""The mean over all mini-batches: why the gradient of one random batch is right on average."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

import sympy as sp

from symbolic_checks.errors import ProofError
from symbolic_checks.language import Expr
from symbolic_checks.latex import Step

_n, _m = sp.symbols("n m", integer=True, positive=True)
_SIZES = (3, 4, 5)


@dataclass(frozen=True)
class MeanOfBatches:
    """The mean of the batch means over all batches of m out of n examples is the mean over all examples."""

    proof: ClassVar[str] = (
        "SymPy simplifies the weight of one example to 1/n, and for 3, 4 and 5 examples it finds the same by "
        "writing out every batch"
    )

    @property
    def weight(self) -> Expr:
        """How much one example counts: in C(n−1, m−1) of C(n, m) batches, and there with 1/m."""
        return sp.binomial(_n - 1, _m - 1) / sp.binomial(_n, _m) / _m

    def prove(self) -> None:
        """Prove that the weight is 1/n, and write out every batch of a few examples.

        Raises
        ------
        ProofError
            When one of them does not hold.

        Examples
        --------
        >>> MeanOfBatches().prove()
        """
        if sp.gammasimp(sp.combsimp(self.weight) * _n) != 1:
            raise ProofError("The weight of one example could not be simplified to 1/n.", is_wrong=False)
        for n in _SIZES:
            shares = sp.symbols(f"g1:{n + 1}")
            for m in range(1, n + 1):
                means = [sp.Add(*batch) / m for batch in combinations(shares, m)]
                if sp.expand(sp.Add(*means) / len(means) - sp.Add(*shares) / n) != 0:
                    raise ProofError(f"It is wrong for batches of {m} out of {n}.", is_wrong=True)

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        return [
            Step(
                r"\nabla L = \frac{1}{n} \sum_{i=1}^{n} g_i",
                "The full gradient; $g_i$ is the gradient of example $i$'s share of the loss.",
            ),
            Step(r"\nabla L_B = \frac{1}{m} \sum_{i \in B} g_i", "The gradient of a batch of $m$ examples."),
            Step(
                r"\frac{1}{\binom{n}{m}} \sum_B \nabla L_B = \frac{1}{\binom{n}{m}} \sum_{i=1}^{n} "
                r"\binom{n-1}{m-1} \frac{1}{m} g_i",
                "The mean over all batches. For each batch with example $i$ the other $m - 1$ are chosen.",
            ),
            Step(
                r"\binom{n-1}{m-1} \frac{1}{m} \Big/ \binom{n}{m} = \frac{1}{n}",
                "Every example has the same weight.",
            ),
            Step(
                r"\frac{1}{\binom{n}{m}} \sum_B \nabla L_B = \nabla L",
                "So a random batch is right on average: its gradient is an unbiased estimate.",
            ),
        ]
