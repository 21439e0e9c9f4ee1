"""Single mistakes in a gradient over examples, and pairs of them: none is overlooked, none misnamed."""

import itertools

import numpy as np
import pytest
from explaining import explains
from trying import Variant, report, told
from trying import exercise as exercise_of

from autograder.sandbox.host import Sandbox

# For each slot of the formula what is right, then what students write instead.
SLOTS = {
    "z": ["X @ w + b", "X @ w", "X @ w - b", "X @ w + 2 * b", "X @ w[::-1] + b"],
    "residual": ["p - y", "y - p", "p", "abs(p - y)", "(p - y) ** 2", "np.sign(p - y)", "(p - y)[::-1]"],
    "inputs": ["X", "X[::-1]", "X * 0 + 1", "X * 0 + X.mean(axis=0)", "abs(X)", "X**2", "X * 0 + w"],
    "divisor": ["len(y)", "1", "len(y) ** 2", "X.shape[1]", "(len(y) - 1 or 1)", "7", "X.size"],
    "factor": ["1", "2", "0.5", "-1", "-2", "-0.5"],
}
CHAINS = ["p * (1 - p)", "1", "p", "(1 - p)", "p**2", "p * (1 + p)", "z * (1 - z)", "(1 - p**2)"]
FORMULA = """
import numpy as np


def gradient(X, y, w, b):
    z = {z}
    p = {output}
    delta = ({residual}) * {chain}
    return {factor} * ({inputs}).T @ delta / {divisor}, {factor} * delta.sum() / {divisor}
"""


def mutants(slots):
    """The right choice of every slot with one or two others."""
    right = {name: choices[0] for name, choices in slots.items()}
    for one, other in itertools.combinations(slots, 2):
        for a, b in itertools.product(slots[one], slots[other]):
            chosen = right | {one: a, other: b}
            if chosen != right:
                yield chosen


def elsewhere(source):
    """Data that the judge does not use, and the function's results on them: two shapes, (dw, db) each."""
    names = {}
    exec(source, names)
    asked, found = [], []
    for n, d in ((11, 4), (6, 3)):
        random = np.random.default_rng(n)
        X, y = random.normal(size=(n, d)), random.integers(0, 2, n) * 1.0
        asked.append((X, y, random.normal(size=d), 0.7))
        with np.errstate(all="ignore"):
            found.append(names["gradient"](*asked[-1]))
    return asked, found


def same(one, other):
    return all(np.allclose(a, b, 1e-7, 1e-9) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    "every", [pytest.param(16, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.thorough)]
)
@pytest.mark.parametrize(
    ("exercise", "output", "chains"),
    [
        ("mse_gradient", "z", ["1"]),
        ("neuron_gradient", "0.5 * (1 + np.tanh(z / 2))", CHAINS),
    ],
)
def test_no_mistake_or_pair_of_mistakes_is_overlooked_or_misnamed(exercise, output, chains, every):
    slots = SLOTS | {"chain": chains}
    _, right = elsewhere(
        FORMULA.format(output=output, **{name: choices[0] for name, choices in slots.items()})
    )
    sources = {FORMULA.format(output=output, **chosen) for chosen in mutants(slots)}
    judged = named = 0
    with Sandbox("auto") as sandbox:
        for source in sorted(sources)[::every]:
            asked, results = elsewhere(source)
            variant = Variant("derivatives", exercise, "mutant", f"{source}\n\n{exercise} = gradient\n")
            made = report(variant, sandbox, f"student {judged % 7}")
            judged += 1
            wrong = [not same([r[k] for r in results], [r[k] for r in right]) for k in (0, 1)]
            if not any(wrong):  # two mistakes that cancel
                assert made.score == made.max_score, source + told(made)
                continue
            assert made.score < made.max_score, source
            by_check = {verdict.check: verdict for verdict in made.verdicts}
            rule = exercise_of(variant).rule
            for k, component in enumerate(("dw", "db")):
                verdict = by_check[component]
                assert (verdict.score < verdict.max_score) == wrong[k], source + told(made)
                name = verdict.misconception
                named += wrong[k] and name is not None
                assert name is None or explains(name, rule, k, asked, [r[k] for r in results]), source + told(
                    made
                )
    assert judged > 300 / every
    assert named > 0.5 * judged
